"""What goes wrong with Telegram, in our words; the token stays out of all of it."""

import logging
from dataclasses import dataclass, field
from typing import Final

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
)

from bot.channels.base import SendError, Trouble
from bot.channels.telegram_http import Lost, NotSent, TooFast

_LOGGERS: Final = ("telegram.Bot",)  # it writes down addresses, which hold the token


@dataclass(frozen=True, slots=True)
class _ErrorRule:
    error: type[TelegramError]
    words: str
    reason: str
    permanent: bool = False
    trouble: Trouble | None = None


_TABLE: Final = (
    _ErrorRule(Forbidden, "blocked by the user", "blocked", permanent=True),
    _ErrorRule(Forbidden, "user is deactivated", "deactivated", permanent=True),
    _ErrorRule(Forbidden, "kicked", "kicked", permanent=True),
    _ErrorRule(Forbidden, "", "forbidden", permanent=True),
    _ErrorRule(BadRequest, "chat not found", "chat_gone", permanent=True),
    _ErrorRule(BadRequest, "user not found", "chat_gone", permanent=True),
    _ErrorRule(BadRequest, "peer_id_invalid", "chat_gone", permanent=True),
    _ErrorRule(BadRequest, "chat was deactivated", "chat_gone", permanent=True),
    _ErrorRule(BadRequest, "thread not found", "topic_gone", permanent=True),
    _ErrorRule(BadRequest, "topic_closed", "topic_gone", permanent=True),
    _ErrorRule(BadRequest, "have no rights to send", "no_rights", permanent=True),
    _ErrorRule(BadRequest, "not enough rights", "no_rights", permanent=True),
    _ErrorRule(BadRequest, "chat_write_forbidden", "no_rights", permanent=True),
    _ErrorRule(BadRequest, "too long", "too_long", permanent=True),
    _ErrorRule(BadRequest, "too big", "too_big", permanent=True),
    _ErrorRule(BadRequest, "", "refused", permanent=True),
    _ErrorRule(NetworkError, "request entity too large", "too_big", permanent=True),
    _ErrorRule(InvalidToken, "", "token", trouble="away"),
    _ErrorRule(EndPointNotFound, "", "token", trouble="away"),
    _ErrorRule(Conflict, "", "conflict", trouble="away"),
    _ErrorRule(NotSent, "", "network", trouble="away"),
    _ErrorRule(Lost, "", "timeout", trouble="lost"),
    _ErrorRule(NetworkError, "", "network", trouble="faulty"),
    _ErrorRule(TelegramError, "", "unknown", trouble="faulty"),
)

UNREACHABLE: Final = frozenset({"blocked", "deactivated", "kicked", "forbidden", "chat_gone", "no_rights"})
"""The reasons that lie with the chat, not with the message: nothing at all reaches it any more."""


def send_error(error: TelegramError, secret: str) -> SendError:
    """Put the library's error into our words; `reason` is a key of the table, then the server's own words."""
    if isinstance(error, TooFast):
        return SendError("too_fast", retry_after=error.seconds)
    if isinstance(error, ChatMigrated):
        return SendError("moved", moved_to=str(error.new_chat_id))
    words = error.message.casefold()
    row = next(row for row in _TABLE if isinstance(error, row.error) and row.words in words)
    reason = row.reason if row.words else f"{row.reason}: {redacted(secret, error.message)}"
    return SendError(
        reason,
        permanent=row.permanent,
        unreachable=row.reason in UNREACHABLE,
        ambiguous=row.trouble == "lost",
        trouble=row.trouble,
    )


def secret_of(token: str) -> str:
    """Return the part of a token that must not be seen: the number before the colon is public."""
    return token.partition(":")[2] or token


def redacted(secret: str, text: str) -> str:
    """Return a text fit to be read by others."""
    return text.replace(secret, "***") if secret else text


@dataclass(frozen=True, slots=True)
class _Redaction:
    secret: str = field(repr=False)

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if self.secret and self.secret in message:
            record.msg, record.args = redacted(self.secret, message), None
        return True


def keep_out_of_logs(secret: str) -> None:
    """Blot a secret out of what the libraries log, at any level, for as long as the program runs."""
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_Redaction(secret))
