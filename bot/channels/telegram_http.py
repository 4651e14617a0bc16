"""The library's HTTP over aiohttp, with stricter checks of what comes back.

The client that the library brings looks through all its connections at every request: with twenty under way
a call costs ten times as much.
"""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

import aiohttp
from telegram.error import NetworkError, TelegramError
from telegram.request import BaseRequest, RequestData
from yarl import URL

_CONNECT_SECONDS: Final = 5.0
_TURN_SECONDS: Final = 10.0
_UPLOAD_SECONDS: Final = 20.0
_MOST_BYTES: Final = 20 * 2**20
"""A Bot API server gives no file beyond 20 MB."""
_CHUNK: Final = 2**16
_PATIENCE: Final = 5.0  # seconds, after a 429 that does not say how many
_PROXIES: Final = ("http", "https")


class TooFast(TelegramError):
    """Too many requests. The library's RetryAfter warns of its own deprecation at each one."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"too many requests, wait {seconds:g} s")
        self.seconds = seconds


class NotSent(NetworkError):
    """The request has not left this machine, or not got past the proxy."""


class Lost(NetworkError):
    """Nobody knows whether the request arrived: there was no answer."""


class Garbled(NetworkError):
    """The answer is no answer of a Bot API server."""


class TooLarge(NetworkError):
    """The answer goes on beyond what a Bot API server sends; it was not read to its end."""

    def __init__(self) -> None:
        super().__init__("request entity too large")


class LimitedRequest(BaseRequest):
    """Up to `at_once` requests at a time, through `proxy` where there is one.

    `seconds` are those for which an answer is waited for. Raises ValueError where `proxy` cannot be one.
    """

    def __init__(self, at_once: int, proxy: str | None = None, seconds: float = 5.0) -> None:
        self._at_once, self._proxy, self._seconds = at_once, _proxy(proxy), seconds
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds for which an answer is waited for."""
        return self._seconds

    async def initialize(self) -> None:
        """Open a session, unless one is open."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._at_once),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                proxy=self._proxy,
                trust_env=self._proxy is None,
            )

    async def shutdown(self) -> None:
        """Close every connection."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Return status and body. Raises NotSent, Lost, TooLarge, and for a POST TooFast or Garbled."""
        if self._session is None:
            raise NotSent("not initialized")
        has_files = request_data is not None and request_data.contains_files
        limits = aiohttp.ClientTimeout(
            total=None,
            connect=_seconds(pool_timeout, _TURN_SECONDS),
            sock_connect=_seconds(connect_timeout, _CONNECT_SECONDS),
            sock_read=_seconds(read_timeout, self._seconds)
            + (_seconds(write_timeout, _UPLOAD_SECONDS) if has_files else 0.0),
        )
        content = _content(request_data) if request_data else {}
        code, body = await self._ask(self._session, method, url, content, limits)
        if method == "POST":
            _check(code, body)
        return code, body

    @staticmethod
    async def _ask(
        session: aiohttp.ClientSession,
        method: str,
        url: str,
        content: Mapping[str, Any],
        limits: aiohttp.ClientTimeout,
    ) -> tuple[int, bytes]:
        try:
            async with session.request(
                method, url, timeout=limits, allow_redirects=False, **content
            ) as answer:
                return answer.status, await _read(answer)
        except (aiohttp.ConnectionTimeoutError, aiohttp.ClientConnectorError) as wrong:
            raise NotSent(_told(wrong)) from None
        except aiohttp.ClientHttpProxyError as wrong:
            raise NotSent(f"the proxy answers {wrong.status}") from None
        except (aiohttp.ClientError, TimeoutError, OSError) as wrong:
            raise Lost(_told(wrong)) from None


async def _read(answer: aiohttp.ClientResponse) -> bytes:
    """Read an answer as it comes, no further than its limit. Raises TooLarge."""
    body = bytearray()
    async for chunk in answer.content.iter_chunked(_CHUNK):
        body += chunk
        if len(body) > _MOST_BYTES:
            raise TooLarge
    return bytes(body)


def _told(wrong: Exception) -> str:
    return f"{type(wrong).__name__}: {wrong}"


def _seconds(wanted: Any, usual: float) -> float:
    """Return what the library asks for; it marks by an object of its own where it leaves that to us."""
    return float(wanted) if isinstance(wanted, int | float) else usual


def _content(data: RequestData) -> Mapping[str, Any]:
    if not data.contains_files:
        return {"json": data.parameters}
    form = aiohttp.FormData(data.json_parameters, quote_fields=False)
    for name, (file, content, kind) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=file, content_type=kind)
    return {"data": form}


def _proxy(address: str | None) -> URL | None:
    if address is None:
        return None
    proxy = URL(address)
    if proxy.scheme not in _PROXIES or not proxy.host:
        raise ValueError("a proxy has an address such as http://proxy:3128")
    return proxy


def _check(code: int, body: bytes) -> None:
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    if not isinstance(answer, dict) or answer.get("ok") is not (200 <= code < 300):
        raise Garbled(f"an unreadable answer, HTTP {code}")
    if code == HTTPStatus.TOO_MANY_REQUESTS:
        parameters = answer.get("parameters")
        raise TooFast(float((parameters or {}).get("retry_after") or _PATIENCE))
