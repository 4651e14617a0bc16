"""/metrics, and who may read it: whoever has the token, or without one whoever is on this machine."""

import hmac
from collections.abc import Awaitable, Callable
from ipaddress import ip_address

from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

PATH = "/metrics"
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")


def metrics_route(text: Callable[[], Awaitable[bytes]], token: str | None, *, public: bool) -> Route:
    """Return the route /metrics.

    `token`: what `Authorization: Bearer` must bear, from wherever; without one only requests of this machine
    itself are answered, and none where the server is `public`, since a proxy's requests look like those.
    """

    async def metrics(request: Request) -> Response:
        if token is None:
            is_open = not public and _is_from_here(request)
            return await _figures(text) if is_open else Response(status_code=404)
        if not _bears(request, token):
            return Response(status_code=401, headers={"WWW-Authenticate": "Bearer"})
        return await _figures(text)

    return Route(PATH, metrics)


async def _figures(text: Callable[[], Awaitable[bytes]]) -> Response:
    return Response(await text(), headers={"Content-Type": CONTENT_TYPE_LATEST})


def _bears(request: Request, token: str) -> bool:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    return scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode())


def _is_from_here(request: Request) -> bool:
    """Whether a request comes from this machine, and through no proxy that says so."""
    if request.client is None or any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ip_address(request.client.host).is_loopback
    except ValueError:
        return False
