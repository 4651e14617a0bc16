"""Connections of the web server: so many at most, and none that waits for ever.

Each takes a descriptor of the process, and the database and the channel need theirs.
"""

import asyncio
import resource
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_SECONDS = 10.0
"""Within so many seconds a request has to be there, head and body."""
ANSWER_SECONDS = 60.0
"""Within so many seconds more its answer has to be taken."""
_MOST, _SHARE = 100, 4
_COMING = (h11.IDLE, h11.SEND_BODY)


def most_connections() -> int:
    """Return how many connections may be open: a quarter of what the process may open, 100 at most."""
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return _MOST if soft == resource.RLIM_INFINITY else max(1, min(_MOST, soft // _SHARE))


class BoundedProtocol(H11Protocol):
    """One connection. Where there are too many, the one that longest sends no request is cut off."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._limit: asyncio.TimerHandle | None = None
        self.began = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """Take a connection, in the place of an idle one where there are too many."""
        super().connection_made(transport)
        self._await_request()
        if len(self.connections) > most_connections():
            idle = [
                connection
                for connection in self.connections
                if isinstance(connection, BoundedProtocol) and connection.is_coming
            ]
            min(idle, key=lambda one: one.began, default=self).transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Leave no timer behind."""
        super().connection_lost(exc)
        if self._limit is not None:
            self._limit.cancel()

    def on_response_complete(self) -> None:
        """Begin to wait for the next request."""
        super().on_response_complete()
        self._await_request()

    @property
    def is_coming(self) -> bool:
        """Whether a request is still awaited, or its body."""
        return self.conn.their_state in _COMING and not self.transport.is_closing()

    def _await_request(self) -> None:
        self.began = self.loop.time()
        self._after(REQUEST_SECONDS, self._end_if_coming)

    def _after(self, seconds: float, then: Any) -> None:
        if self._limit is not None:
            self._limit.cancel()
        self._limit = self.loop.call_later(seconds, then)

    def _end_if_coming(self) -> None:
        if self.is_coming:
            self.transport.abort()
        else:
            self._after(ANSWER_SECONDS, self.transport.abort)
