"""Where messengers bring what people say: each update is stored before it is answered."""

import hmac
import json
from collections.abc import Awaitable, Callable, Sequence

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.base import WebhookEndpoint

LONGEST_BODY = 2**20
"""Bytes of an update: the longest that a messenger sends has some ten thousand."""
_log = structlog.get_logger()


def webhook_routes(endpoints: Sequence[WebhookEndpoint]) -> list[Route]:
    """Return a route for each endpoint of the channels."""
    return [Route(endpoint.path, _handler(endpoint), methods=["POST"]) for endpoint in endpoints]


def _handler(endpoint: WebhookEndpoint) -> Callable[[Request], Awaitable[Response]]:
    async def handler(request: Request) -> Response:
        given = request.headers.get(endpoint.header, "")
        if not hmac.compare_digest(given.encode(), endpoint.secret.encode()):
            return Response(status_code=403)
        try:
            body = await _body(request)
        except ClientDisconnect:
            return Response(status_code=400)
        if body is None:
            return Response(status_code=413)
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            return Response(status_code=400)
        return await _stored(endpoint, update)

    return handler


async def _stored(endpoint: WebhookEndpoint, update: object) -> Response:
    """Answer 200 once an update is stored; else the messenger shall bring it again."""
    try:
        is_stored = await endpoint.take(update)
    except Exception:  # noqa: BLE001 - the boundary of the endpoint: what is not stored is brought again
        _log.exception("update_not_stored")
        is_stored = False
    return Response(status_code=200 if is_stored else 503)


async def _body(request: Request) -> bytes | None:
    """Read a body no further than its limit; None where it goes on."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_BODY:
            return None
    return bytes(body)
