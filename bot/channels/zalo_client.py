"""A thin client of the Zalo Bot Platform: one method of this class a method of its API.

Its server may say "ok": false under HTTP 200, so only the envelope counts. The token stands in every address:
no address, and no error of the HTTP library, goes into an error of ours.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

import aiohttp

_CONNECT_SECONDS: Final = 5.0
_ANSWER_SECONDS: Final = 15.0
_FILE_SECONDS: Final = 60.0
_POLL_MARGIN: Final = 10.0
_CHUNK: Final = 2**16
_LONGEST_ANSWER: Final = 2**20


class ZaloError(Exception):
    """A call of the Zalo Bot Platform did not succeed."""


class NotReached(ZaloError):
    """The request has not left this machine, or found no server."""


class NoAnswer(ZaloError):
    """Nobody knows whether the request arrived: there was no answer."""


class BadAnswer(ZaloError):
    """The answer is none of this API; `status` is its HTTP status."""

    def __init__(self, status: int) -> None:
        super().__init__(f"an unreadable answer, HTTP {status}")
        self.status = status


class Rejected(ZaloError):
    """The server says that it did not do it: its `code`, and its own words."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(f"{code}: {description}")
        self.code = code
        self.description = description


class FileTooLarge(ZaloError):
    """A file is larger than what is taken; it was not read to its end."""


@dataclass(frozen=True, slots=True)
class BotIdentity:
    """Who the bot is: its id, and the name under which people find it."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class TextStyle:
    """A stretch of a text in UTF-16 code units, and its style: "b" bold, "i" italic."""

    start: int
    length: int
    style: str


class ZaloClient:
    """Calls the API for one bot. Use it as `async with`. Every method raises ZaloError."""

    def __init__(self, token: str, api_url: str) -> None:
        self._base = f"{api_url}/bot{token}"
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> "ZaloClient":
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), trust_env=True)
        return self

    async def __aexit__(self, *_: object) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def get_me(self) -> BotIdentity:
        """Ask who the bot is."""
        result = _mapping(await self._call("getMe", {}))
        name = result.get("account_name") or result.get("display_name") or ""
        return BotIdentity(str(result.get("id", "")), str(name))

    async def send_message(self, chat: str, text: str, styles: Sequence[TextStyle]) -> str:
        """Send a text of 1 to 2,000 UTF-16 code units; return the message's id."""
        body: dict[str, object] = {"chat_id": chat, "text": text}
        if styles:
            body["text_styles"] = [
                {"start": each.start, "len": each.length, "st": [each.style]} for each in styles
            ]
        return str(_mapping(await self._call("sendMessage", body)).get("message_id", ""))

    async def get_update(self, seconds: int) -> object | None:
        """Wait for the next update; None after a quiet while. It cannot be asked for again."""
        try:
            return await self._call("getUpdates", {"timeout": str(seconds)}, seconds + _POLL_MARGIN)
        except Rejected as rejected:
            if rejected.code == HTTPStatus.REQUEST_TIMEOUT:
                return None
            raise

    async def set_webhook(self, url: str, secret: str) -> None:
        """Let updates be brought to an address, each with the secret in a header."""
        await self._call("setWebhook", {"url": url, "secret_token": secret})

    async def delete_webhook(self) -> None:
        """Let updates wait to be asked for."""
        await self._call("deleteWebhook", {})

    async def webhook_url(self) -> str:
        """Return the address to which updates are brought, "" where there is none."""
        return str(_mapping(await self._call("getWebhookInfo", {})).get("url") or "")

    async def download(self, url: str, most_bytes: int) -> bytes:
        """Return the bytes at an address that an update told."""
        limits = aiohttp.ClientTimeout(sock_connect=_CONNECT_SECONDS, sock_read=_FILE_SECONDS)
        try:
            async with self._open.get(url, timeout=limits, allow_redirects=False) as answer:
                if answer.status != HTTPStatus.OK:
                    raise Rejected(answer.status, "no file")
                return await _read(answer, most_bytes)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as wrong:
            failure = _transport_error(wrong)
        raise failure

    async def _call(
        self, method: str, body: Mapping[str, object], seconds: float = _ANSWER_SECONDS
    ) -> object:
        limits = aiohttp.ClientTimeout(sock_connect=_CONNECT_SECONDS, sock_read=seconds)
        try:
            async with self._open.post(
                f"{self._base}/{method}", json=body, timeout=limits, allow_redirects=False
            ) as answer:
                return _result(answer.status, await _read(answer, _LONGEST_ANSWER))
        except (aiohttp.ClientError, TimeoutError, OSError) as wrong:
            failure = _transport_error(wrong)
        raise failure  # not from within the except: the library's error holds the address

    @property
    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise NotReached("not opened")
        return self._session


def _transport_error(wrong: Exception) -> ZaloError:
    kind = type(wrong).__name__
    if isinstance(wrong, aiohttp.ConnectionTimeoutError | aiohttp.ClientConnectorError | ValueError):
        return NotReached(kind)
    return NoAnswer(kind)


async def _read(answer: aiohttp.ClientResponse, most_bytes: int) -> bytes:
    body = bytearray()
    async for chunk in answer.content.iter_chunked(_CHUNK):
        body += chunk
        if len(body) > most_bytes:
            raise FileTooLarge("too large")
    return bytes(body)


def _result(status: int, body: bytes) -> object:
    """Read the envelope. Raises Rejected where it says no, BadAnswer where it is none."""
    try:
        envelope = json.loads(body)
    except (ValueError, RecursionError):
        envelope = None
    if not isinstance(envelope, dict) or not isinstance(envelope.get("ok"), bool):
        raise BadAnswer(status)
    if envelope["ok"]:
        return envelope.get("result")
    code = envelope.get("error_code")
    fallback = status if status >= HTTPStatus.BAD_REQUEST else 0
    raise Rejected(code if type(code) is int else fallback, str(envelope.get("description", ""))[:200])


def _mapping(result: object) -> Mapping[str, Any]:
    if not isinstance(result, dict):
        raise BadAnswer(HTTPStatus.OK)
    return result
