"""Some days of a province as a script wants them: what goes wrong, what people say, and what must hold."""

import subprocess
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from tests.e2e.inside import number
from tests.e2e.kit import Warm
from tests.faults.injections import FAULTS, OF_THE_DATABASE
from tests.faults.invariants import broken, due, waiting
from tests.faults.province import Province, province
from tests.faults.script import DAY_SECONDS, DAYS, Injection, Script

WELL_WITHIN = 60.0
_SAYS_EVERY = 0.4
_TICK = 0.05


@dataclass
class Outcome:
    """What a script led to."""

    broken: list[str] = field(default_factory=list)
    injected: Counter[str] = field(default_factory=Counter)
    well_after: list[float] = field(default_factory=list)
    """Seconds from the end of a day's faults until all was done, day by day."""
    accepted: int = 0
    recorded: int = 0
    largest: int = 0


def play(warm: Warm, folder: Path, script: Script, imported: Path, *, mounts: bool) -> Outcome:
    """Play a script in an empty folder, up to the first day on which something does not hold."""
    outcome = Outcome()
    try:
        with province(warm, folder, script, imported, mounts=mounts) as here:
            for index, day in enumerate(DAYS):
                here.day = day
                _day(here, [each for each in script.injections if each.day == index], outcome)
                if outcome.broken:
                    break
            outcome.accepted, outcome.largest = len(here.api.log.sends), here.largest
            outcome.recorded = number(here.office, "SELECT count(*) FROM progress")
    except (AssertionError, subprocess.TimeoutExpired) as wrong:
        outcome.broken.append(f"{wrong}"[:2000])
    return outcome


def _day(here: Province, injections: Sequence[Injection], outcome: Outcome) -> None:
    began = time.monotonic()
    here.supervise()
    _storm(here, injections, outcome)
    if here.server is not None:
        here.server.comes_up()
    ended = time.monotonic()
    if not _until(here, lambda: _is_well(here), WELL_WITHIN):
        log = here.program.err[-1500:] if here.program else ""
        left = f"{due(here)} due, {waiting(here)} wait, {here.api.pending} updates pending"
        outcome.broken.append(
            f"I6: not well {WELL_WITHIN:.0f} s after the faults of {here.day}: {left}\n{log}"
        )
        return
    outcome.well_after.append(time.monotonic() - ended)
    assert here.running is not None
    here.running.stop()
    here.program = None
    outcome.broken += broken(here, began)


def _storm(here: Province, injections: Sequence[Injection], outcome: Outcome) -> None:
    """Let everything go wrong at its time, and people speak meanwhile."""
    began, ahead, speaks_at = time.monotonic(), [*injections], 0.0
    lasting: dict[Injection, tuple[AbstractContextManager[None], float]] = {}
    while ahead or lasting or time.monotonic() - began < DAY_SECONDS:
        now = time.monotonic() - began
        here.supervise()
        here.look()
        if now >= speaks_at and now < DAY_SECONDS:
            here.says(here.chance.choice(here.people))
            speaks_at = now + _SAYS_EVERY
        for each in [each for each in ahead if each.at <= now]:
            ahead.remove(each)
            lasting[each] = _begin(here, each)
            outcome.injected[each.fault] += 1
        for each in [each for each in lasting if each.at + each.seconds <= now]:
            _end(here, each, lasting.pop(each))
        time.sleep(_TICK)


def _begin(here: Province, injection: Injection) -> tuple[AbstractContextManager[None], float]:
    began, fault = time.monotonic(), FAULTS[injection.fault](here)
    if injection.fault in OF_THE_DATABASE:
        here.hindered[began] = float("inf")
    fault.__enter__()
    return fault, began


def _end(here: Province, injection: Injection, lasting: tuple[AbstractContextManager[None], float]) -> None:
    fault, began = lasting
    fault.__exit__(None, None, None)
    if injection.fault in OF_THE_DATABASE:
        here.hindered[began] = time.monotonic() + 11.0  # a program waits for so long before it tries again


def _is_well(here: Province) -> bool:
    """Whether all that was said is answered, and all that is due is out."""
    here.supervise()
    if here.api.pending:
        return False
    unanswered = "SELECT count(*) FROM incoming WHERE answered_at IS NULL"
    return number(here.office, unanswered) == 0 and due(here) == 0 and waiting(here) == 0


def _until(here: Province, condition: Callable[[], bool], within: float) -> bool:
    end = time.monotonic() + within
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.2)
    return False
