"""A web server within the program: it leaves the signals alone."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator

import uvicorn
from starlette.types import ASGIApp

from bot.web.connections import BoundedProtocol
from bot.web.guard import WithRequestId

_TAKEN_AT_ONCE = 32
"""So many connections are accepted before the first of them is looked at."""


class Server(uvicorn.Server):
    """A server that leaves the signals to the program."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


@contextlib.asynccontextmanager
async def serving(app: ASGIApp, listening: socket.socket) -> AsyncIterator[asyncio.Task[None]]:
    """Serve as long as the block lasts; the value is the server's task, which ends only by a fault."""
    config = uvicorn.Config(
        WithRequestId(app),
        http=BoundedProtocol,
        backlog=_TAKEN_AT_ONCE,
        proxy_headers=False,  # `visitors` reads them, from known proxies alone
        log_level="warning",
        lifespan="off",
        ws="none",
        server_header=False,
    )
    server = Server(config)
    task = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield task
    finally:
        server.should_exit = True
        await task
