"""The listening side: uvicorn on loopback in a thread of its own, that can go down and come back."""

import asyncio
import gc
import socket
import threading
import warnings
from collections.abc import Coroutine
from typing import Any, Final

from starlette.requests import Request
from starlette.types import ASGIApp
from uvicorn import Config, Server

from tests.botapi.errors import Unanswered

HOST: Final = "127.0.0.1"
_PATIENCE: Final = 10.0


class Listener:
    """Serves an application on one port; the methods without `async` are for other threads."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        # Bound but never listening: it keeps the port for us while the server is down.
        self._holder = _bound(port)
        self.port: int = self._holder.getsockname()[1]
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="bot-api", daemon=True)
        self._server: Server | None = None
        self._closing = asyncio.Event()

    def start(self) -> None:
        self._thread.start()
        self.up()

    def up(self) -> None:
        self._run(self._up())

    def down(self) -> None:
        """Stop listening and cut all connections; calls under way are not answered."""
        self._run(self._down())

    def stop(self) -> None:
        self.down()
        self._run(_end_all())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_PATIENCE)
        self._loop.close()
        self._holder.close()
        with warnings.catch_warnings():  # a connection that came just as the server went is nobody's fault
            warnings.simplefilter("ignore", ResourceWarning)
            gc.collect()

    async def cut(self, request: Request) -> None:
        """Abort the connection of a request."""
        if self._server:
            for connection in list(self._server.server_state.connections):
                if connection.transport.get_extra_info("peername") == tuple(request.scope["client"]):
                    connection.transport.abort()
        # uvicorn learns of it in the loop's next turn, and then expects no answer.
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    async def pause(self, seconds: float) -> None:
        """Wait; raise Unanswered when the server goes down, or already has."""
        if seconds > 0 and not self._closing.is_set():
            try:
                async with asyncio.timeout(seconds):
                    await self._closing.wait()
            except TimeoutError:
                return
        if self._closing.is_set():
            raise Unanswered(0)

    def _run(self, coroutine: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(_PATIENCE)

    async def _up(self) -> None:
        if self._server:
            return
        config = Config(
            self._app,
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            backlog=512,
            timeout_keep_alive=60,
        )
        config.load()
        self._closing.clear()
        self._server = Server(config)
        self._server.lifespan = config.lifespan_class(config)
        # Server.serve() would add signal handlers and a tick of 0.1 s; neither is wanted in a thread.
        await self._server.startup(sockets=[_bound(self.port)])

    async def _down(self) -> None:
        if self._server is None:
            return
        server, self._server = self._server, None
        self._closing.set()
        for listening in server.servers:
            listening.close()
        for connection in list(server.server_state.connections):
            connection.transport.abort()
        if tasks := set(server.server_state.tasks):
            await asyncio.wait(tasks, timeout=_PATIENCE / 2)


async def _end_all() -> None:
    """Cancel what still runs in the server's loop."""
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _bound(port: int) -> socket.socket:
    # asyncio turns Nagle's delay off only where the protocol is named.
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind((HOST, port))
    return sock
