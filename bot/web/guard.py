"""What guards every page that we serve: headers that allow no foreign part, and a look at who posts."""

import secrets
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars

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
