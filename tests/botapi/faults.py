"""What can go wrong on the way, switched on and off while the bot runs.

Every fault may be narrowed: `method` is a glob ("send*", "getUpdates", "file" for downloads), `chat` an id,
`times` how often it strikes (None: until it is lifted). With `accepted=True` the call takes effect and only
its answer is spoilt: the case that doubles messages in a careless bot. A fault is lifted by `lift()`, by
leaving it as a context manager, by `Faults.clear()`, or by having struck `times` times.

    with api.faults.delay(0.05): ...
    api.faults.fail(502, method="sendMessage", accepted=True, times=1)
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import partial
from types import TracebackType
from typing import Final, Self, TypedDict, Unpack

from starlette.responses import HTMLResponse, Response

from tests.botapi.errors import Refused, too_many

GARBAGE: Final = b'{"ok": true, "result": [{"update_id": 7, "mess\xff\xfe'


class Where(TypedDict, total=False):
    """Which calls a fault strikes; see the top of the module."""

    method: str
    chat: int | None
    times: int | None


@dataclass
class Fault:
    """One thing that goes wrong. `answer` replaces the answer; None with `delay` 0 cuts the line."""

    registry: "Faults"
    answer: Callable[[], Response] | None = None
    delay: float = 0.0
    accepted: bool = False
    method: str = "*"
    chat: int | None = None
    times: int | None = None
    struck: int = field(default=0, init=False)
    lifted: bool = field(default=False, init=False)

    def lift(self) -> None:
        self.registry.remove(self)

    def concerns(self, method: str, chat: int | None) -> bool:
        return fnmatchcase(method, self.method) and self.chat in (None, chat)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.lift()


@dataclass(frozen=True, slots=True)
class Trouble:
    """What one call meets: seconds to wait before and after its effect, and at most one spoilt answer."""

    before: float = 0.0
    after: float = 0.0
    fault: Fault | None = None


class Faults:
    """All faults that are switched on. Safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._active: list[Fault] = []

    def fail(
        self, status: int = 502, *, html: bool = True, accepted: bool = False, **where: Unpack[Where]
    ) -> Fault:
        """Answer with an error of the server: as a proxy's HTML page, or as Telegram's own envelope."""

        def answer() -> Response:
            if html:
                return HTMLResponse(f"<html><body><h1>{status}</h1></body></html>\r\n", status)
            return Refused(status, f"Error {status}").response()

        return self._add(Fault(self, answer, accepted=accepted, **where))

    def garble(self, body: bytes = GARBAGE, *, accepted: bool = False, **where: Unpack[Where]) -> Fault:
        """Answer 200 with `body`: something that is not JSON, nor UTF-8, unless it is given."""
        answer = partial(Response, body, media_type="application/json")
        return self._add(Fault(self, answer, accepted=accepted, **where))

    def flood(self, retry_after: int, **where: Unpack[Where]) -> Fault:
        """Answer 429 with `retry_after` seconds, without effect."""
        return self._add(Fault(self, too_many(retry_after).response, **where))

    def drop_before(self, **where: Unpack[Where]) -> Fault:
        """Cut the line before the call takes effect."""
        return self._add(Fault(self, **where))

    def drop_after(self, **where: Unpack[Where]) -> Fault:
        """Cut the line after the call has taken effect."""
        return self._add(Fault(self, accepted=True, **where))

    def delay(self, seconds: float, *, accepted: bool = False, **where: Unpack[Where]) -> Fault:
        """Let each call take so long; it takes effect at the end, or with `accepted` at the beginning."""
        return self._add(Fault(self, delay=seconds, accepted=accepted, **where))

    def clear(self) -> None:
        with self._lock:
            for fault in self._active:
                fault.lifted = True
            self._active = []

    def remove(self, fault: Fault) -> None:
        with self._lock:
            fault.lifted = True
            self._active = [other for other in self._active if other is not fault]

    def spare(self, trouble: Trouble) -> None:
        """Take back a strike at an accepted call: it was refused, so there was nothing to spoil."""
        fault = trouble.fault
        if fault is None or not fault.accepted:
            return
        with self._lock:
            fault.struck -= 1
            if not fault.lifted and all(other is not fault for other in self._active):
                self._active.append(fault)

    def meet(self, method: str, chat: int | None) -> Trouble:
        """Return what a call meets, and count it: all delays, and the oldest other fault that concerns it."""
        with self._lock:
            concerned = [fault for fault in self._active if fault.concerns(method, chat)]
            delays = [fault for fault in concerned if fault.delay]
            spoilt = next((fault for fault in concerned if not fault.delay), None)
            for fault in [*delays, *([spoilt] if spoilt else [])]:
                fault.struck += 1
            self._active = [
                fault for fault in self._active if fault.times is None or fault.struck < fault.times
            ]
        before = sum(fault.delay for fault in delays if not fault.accepted)
        return Trouble(before, sum(fault.delay for fault in delays if fault.accepted), spoilt)

    def _add(self, fault: Fault) -> Fault:
        with self._lock:
            self._active.append(fault)
        return fault
