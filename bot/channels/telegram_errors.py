"""What goes wrong with Telegram, in our words; the token stays out of all of it.

TelegramError (the library's)
├── TooFast      a 429: wait so many seconds
└── NetworkError
    └── Garbled  an answer that is none of the Bot API's: a proxy's page, half a body
"""

import json
import logging
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)
from telegram.request import HTTPXRequest

from bot.channels.base import SendError, Trouble

_HTTP_TOO_MANY: Final = 429
_PATIENCE: Final = 5.0  # seconds, after a 429 that does not say how many
_LOGGERS: Final = ("httpx", "telegram.Bot")  # they write down addresses, which hold the token


class TooFast(TelegramError):
    """Too many requests. The library's RetryAfter warns of its own deprecation at each one."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"too many requests, wait {seconds:g} s")
        self.seconds = seconds


class Garbled(NetworkError):
    """The answer is no answer of a Bot API server."""


class Request(HTTPXRequest):
    """The library's HTTP, which trusts answers further than a network of proxies allows."""

    async def do_request(self, url: str, method: str, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Return status and body; raise TooFast or Garbled instead where the answer is one."""
        code, body = await super().do_request(url, method, *args, **kwargs)
        if method == "POST":
            _check(code, body)
        return code, body


def _check(code: int, body: bytes) -> None:
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    if not isinstance(answer, dict) or answer.get("ok") is not httpx.codes.is_success(code):
        raise Garbled(f"an unreadable answer, HTTP {code}")
    if code == _HTTP_TOO_MANY:
        parameters = answer.get("parameters")
        raise TooFast(float((parameters or {}).get("retry_after") or _PATIENCE))


@dataclass(frozen=True, slots=True)
class _Row:
    error: type[TelegramError]
    words: str
    reason: str
    permanent: bool = False
    trouble: Trouble | None = None


_TABLE: Final = (
    _Row(Forbidden, "blocked by the user", "blocked", permanent=True),
    _Row(Forbidden, "user is deactivated", "deactivated", permanent=True),
    _Row(Forbidden, "kicked", "kicked", permanent=True),
    _Row(Forbidden, "", "forbidden", permanent=True),
    _Row(BadRequest, "chat not found", "chat_gone", permanent=True),
    _Row(BadRequest, "user not found", "chat_gone", permanent=True),
    _Row(BadRequest, "peer_id_invalid", "chat_gone", permanent=True),
    _Row(BadRequest, "chat was deactivated", "chat_gone", permanent=True),
    _Row(BadRequest, "have no rights to send", "no_rights", permanent=True),
    _Row(BadRequest, "not enough rights", "no_rights", permanent=True),
    _Row(BadRequest, "chat_write_forbidden", "no_rights", permanent=True),
    _Row(BadRequest, "too long", "too_long", permanent=True),
    _Row(BadRequest, "too big", "too_big", permanent=True),
    _Row(BadRequest, "", "refused", permanent=True),
    _Row(NetworkError, "request entity too large", "too_big", permanent=True),
    _Row(InvalidToken, "", "token", trouble="away"),
    _Row(EndPointNotFound, "", "token", trouble="away"),
    _Row(Conflict, "", "conflict", trouble="away"),
    _Row(TimedOut, "", "timeout", trouble="lost"),
    _Row(NetworkError, "", "network", trouble="faulty"),
    _Row(TelegramError, "", "unknown", trouble="faulty"),
)

UNREACHABLE: Final = frozenset({"blocked", "deactivated", "kicked", "forbidden", "chat_gone", "no_rights"})
"""The reasons that lie with the chat, not with the message: nothing at all reaches it any more."""

_NEVER_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)


def send_error(error: TelegramError, secret: str) -> SendError:
    """Put the library's error into our words; `reason` is a key of the table, then the server's own words."""
    if isinstance(error, TooFast):
        return SendError("too_fast", retry_after=error.seconds)
    if isinstance(error, ChatMigrated):
        return SendError("moved", moved_to=str(error.new_chat_id))
    words = error.message.casefold()
    row = next(row for row in _TABLE if isinstance(error, row.error) and row.words in words)
    trouble = row.trouble and (_on_the_way(error.__cause__) or row.trouble)
    reason = row.reason if row.words else f"{row.reason}: {without(secret, error.message)}"
    return SendError(
        reason,
        permanent=row.permanent,
        unreachable=row.reason in UNREACHABLE,
        ambiguous=trouble == "lost",
        trouble=trouble,
    )


def _on_the_way(cause: BaseException | None) -> Trouble | None:
    """Tell from the error of the HTTP client how far a message came; None where there was an answer."""
    if isinstance(cause, _NEVER_SENT):
        return "away"
    return "lost" if isinstance(cause, httpx.TransportError) else None


def secret_of(token: str) -> str:
    """Return the part of a token that must not be seen: the number before the colon is public."""
    return token.partition(":")[2] or token


def without(secret: str, text: str) -> str:
    """Return a text fit to be read by others."""
    return text.replace(secret, "***") if secret else text


@dataclass(frozen=True, slots=True)
class _Redaction:
    secret: str = field(repr=False)

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if self.secret and self.secret in message:
            record.msg, record.args = without(self.secret, message), None
        return True


def keep_out_of_logs(secret: str) -> None:
    """Blot a secret out of what the libraries log, at any level, for as long as the program runs."""
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_Redaction(secret))
