"""What is to go wrong, and when: made by chance from a seed, written down, played again, made shorter."""

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final, Literal

Engine = Literal["sqlite", "postgresql"]
DAYS: Final = ("2026-06-04", "2026-06-10", "2026-06-15")
"""Days on which the plan's first report has a rung."""
DAY_SECONDS: Final = 8.0
"""How long things go wrong on each day."""


@dataclass(frozen=True, slots=True)
class Injection:
    """A fault (a name of `injections.FAULTS`) that begins `at` seconds into a day and lasts for `seconds`."""

    day: int
    at: float
    seconds: float
    fault: str


@dataclass(frozen=True, slots=True)
class Script:
    """Some days of a province. `seed` decides what people say, and what a fault leaves open."""

    engine: Engine
    seed: int
    injections: tuple[Injection, ...]

    def save(self, path: Path) -> None:
        """Write it down as JSON."""
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")


def load(path: Path) -> Script:
    """Read what was written down."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return Script(data["engine"], data["seed"], tuple(Injection(**each) for each in data["injections"]))


def by_chance(engine: Engine, seed: int, faults: Sequence[str]) -> Script:
    """Make a script: two to five faults on each day, which overlap as they like."""
    chance = random.Random(seed)  # noqa: S311 - it chooses moments, it keeps no secret
    made = []
    for day in range(len(DAYS)):
        for _ in range(chance.randrange(2, 6)):
            at = round(chance.uniform(0, DAY_SECONDS - 1), 2)
            seconds = round(chance.uniform(0.1, DAY_SECONDS - at), 2)
            made.append(Injection(day, at, seconds, chance.choice(faults)))
    return Script(engine, seed, tuple(sorted(made, key=lambda each: (each.day, each.at))))


def shortened(script: Script, fails: Callable[[Script], bool]) -> Script:
    """Return a shorter script that still fails: halves are left out, then quarters, at last single faults."""
    size = max(1, len(script.injections) // 2)
    while True:
        for start in range(0, len(script.injections), size):
            left = script.injections[:start] + script.injections[start + size :]
            if fails(shorter := replace(script, injections=left)):
                script = shorter
                break
        else:
            if size == 1:
                return script
            size //= 2
        size = min(size, max(1, len(script.injections) // 2))
