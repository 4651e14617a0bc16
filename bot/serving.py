"""A web server within the program: it leaves the signals alone, and those who come early queue."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator

import uvicorn
from starlette.types import ASGIApp


class PortTaken(Exception):
    """The port of the web server cannot be opened."""


class Server(uvicorn.Server):
    """A server that leaves the signals to the program."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


def listen(host: str, port: int) -> socket.socket:
    """Take the port before anything else is done. Raises PortTaken."""
    try:
        return socket.create_server((host, port))
    except OSError as wrong:
        raise PortTaken(f"{host}:{port}") from wrong


@contextlib.asynccontextmanager
async def serving(app: ASGIApp, listening: socket.socket) -> AsyncIterator[asyncio.Task[None]]:
    """Serve as long as the block lasts; the value is the server's task, which ends only by a fault."""
    config = uvicorn.Config(app, log_level="warning", lifespan="off", ws="none", server_header=False)
    server = Server(config)
    task = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield task
    finally:
        server.should_exit = True
        await task
