"""What a test can do with any server that is played: let it listen, go down, come back, and wait for it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Protocol, Self

from starlette.applications import Starlette

from tests.botapi.server import HOST, Listener


class PlayedApp(Protocol):
    """The application of a server; `line` is set before it listens."""

    asgi: Starlette
    line: Listener


class PlayedServer:
    """A server that listens while used as a context manager. `changed` is the lock of all that it knows."""

    def __init__(self, app: PlayedApp, changed: threading.Condition, port: int) -> None:
        self._changed = changed
        self._listener = app.line = Listener(app.asgi, port)
        self.port = self._listener.port
        self.url = f"http://{HOST}:{self.port}"

    def __enter__(self) -> Self:
        self._listener.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.stop()

    def wait_until(self, condition: Callable[[], bool], timeout: float = 20.0, what: str = "") -> None:
        """Return once a condition holds, looked at after every call and message; else AssertionError."""
        end = time.monotonic() + timeout
        with self._changed:
            while not condition():
                left = end - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"waited {timeout} s for {what or condition}")
                self._changed.wait(min(left, 0.1))

    def goes_down(self) -> None:
        """Stop listening and cut every connection."""
        self._listener.down()

    def comes_back(self) -> None:
        """Listen again, on the same port."""
        self._listener.up()

    @contextmanager
    def down(self) -> Iterator[None]:
        """Be down for the length of a block."""
        self.goes_down()
        try:
            yield
        finally:
            self.comes_back()
