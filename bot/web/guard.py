"""What guards every page that we serve: headers that allow no foreign part, and a look at who posts."""

import hashlib
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars

from bot.web.api_limits import CallLimit
from bot.web.visitors import Network, visitor
from handlers.common.capabilities import Limit

OF_SESSION: Final = Limit(300, 60.0)
OF_ADDRESS: Final = Limit(1_200, 60.0)
"""A whole office may stand behind one address."""
FONTS = Path(__file__).parent / "fonts"
"""The letters of the pages and of the sandbox, served under /fonts."""
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


class SecurityHeaders:
    """Sets headers on every answer, over whatever the answer itself set."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str] = HEADERS) -> None:
        self._app, self._headers = app, headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and put the headers on what comes back."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        await self._app(scope, receive, with_headers)


class WithRequestId:
    """Gives each request an id that its answer bears, and all that is logged of it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; an id that comes with it is a stranger's, and counts for nothing."""
        name = f"web-{secrets.token_hex(4)}"

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["X-Request-Id"] = name
            await send(message)

        with bound_contextvars(request=name):
            await self._app(scope, receive, named)


class NotTooOften:
    """Answers so many requests of one session, and of one address, within a minute; the others it refuses.

    `refuse` answers one of those; it is called with the seconds after which one may come again.
    """

    def __init__(
        self,
        app: ASGIApp,
        proxies: Sequence[Network],
        refuse: Callable[[Request, int], Response],
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app, self._proxies, self._refuse, self._seconds = app, proxies, refuse, seconds
        self._sessions, self._addresses = CallLimit(OF_SESSION), CallLimit(OF_ADDRESS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on where there is room for it."""
        request = Request(scope)
        turn = self._addresses.take(visitor(request, self._proxies), self._seconds())
        if turn.is_open and (cookies := request.headers.get("cookie")):
            turn = self._sessions.take(hashlib.sha256(cookies.encode()).hexdigest(), self._seconds())
        app = self._app if turn.is_open else self._refuse(request, turn.seconds)
        await app(scope, receive, send)


class UnderPrefix:
    """Lets an application live under a path of its host, "/nhacviec"; "": at its root.

    A proxy before it may hand on the whole path or cut the prefix off: both mean the same page.
    """

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self._app, self._prefix = app, prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with the whole path, and with the prefix as what comes before the routes."""
        if self._prefix and scope["type"] == "http":
            scope = {**scope, "path": self._whole(scope["path"]), "root_path": self._prefix}
        await self._app(scope, receive, send)

    def _whole(self, path: str) -> str:
        if path == self._prefix:
            return f"{path}/"
        return path if path.startswith(f"{self._prefix}/") else f"{self._prefix}{path}"


def is_own(request: Request, public: str = "") -> bool:
    """Whether a page of ours sent the request, by its Origin: browsers set that on every POST.

    `public` is the address that people have for the pages: a proxy may name another host to us.
    """
    origin = urlsplit(request.headers.get("origin", ""))
    known = urlsplit(public)
    if origin.netloc and (origin.scheme, origin.netloc) == (known.scheme, known.netloc):
        return True
    return bool(origin.netloc) and origin.netloc == request.headers.get("host")
