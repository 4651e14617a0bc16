"""Let things go wrong at random for as long as asked, and see what holds.

python -m tests.faults --minutes 30 --engine both --seed 1
python -m tests.faults --replay build/faults/sqlite-17.json
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.e2e.kit import UNITS, Office, Warm, copy_program, dates_included, serving
from tests.faults.injections import faults_of
from tests.faults.play import Outcome, play
from tests.faults.script import Engine, Script, by_chance, load, shortened
from tests.faults.small_disk import can_mount
from tests.postgres_server import programs

KEPT = Path("build/faults")
_SHORTEN_FOR = 1800.0
"""Seconds that may go into making a script shorter."""


@dataclass
class Stand:
    """The program, ready to start, and a database with the plan."""

    warm: Warm
    folder: Path
    imported: Path
    mounts: bool
    plays: int = 0
    seen: dict[Engine, list[Outcome]] = field(default_factory=dict)

    def play(self, script: Script) -> Outcome:
        """Play a script in a folder of its own."""
        self.plays += 1
        folder = self.folder / f"play-{self.plays}"
        folder.mkdir(mode=0o755)
        return play(self.warm, folder, script, self.imported, mounts=self.mounts)


@contextmanager
def _stand() -> Iterator[Stand]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as held:
        folder = Path(held)
        folder.chmod(0o755)  # the database server runs as somebody else
        warm = Warm(copy_program(folder / "program"))
        try:
            with serving() as api:
                office = Office(warm, folder, api)
                office.does("unit", "import", UNITS, "--yes")
                plan = dates_included(folder)
                office.does("plan", "import", plan, "--dates", "keep", as_of="2026-05-04T08:00+07:00")
            yield Stand(warm, folder, office.database, can_mount(folder))
        finally:
            warm.stop()


def rage(minutes: float, engines: list[Engine], seed: int) -> int:
    """Play scripts by chance, on one engine after the other; 1 where something did not hold."""
    failed = 0
    with _stand() as stand:
        if not stand.mounts:
            _say("no disk can be mounted here: full disks on SQLite alone, by a limit of file sizes")
        end = time.monotonic() + 60 * minutes
        while time.monotonic() < end:
            engine = engines[stand.plays % len(engines)]
            faults = faults_of(engine, mounts=stand.mounts)
            outcome = stand.play(script := by_chance(engine, seed, faults))
            stand.seen.setdefault(engine, []).append(outcome)
            if outcome.broken:
                failed += 1
                _tell_failure(stand, script, outcome)
            seed += 1
        for engine, outcomes in stand.seen.items():
            _show(engine, outcomes)
    return int(failed > 0)


def _tell_failure(stand: Stand, script: Script, outcome: Outcome) -> None:
    """Write down a script that failed, as short as it can be made."""
    _say(f"{script.engine}, seed {script.seed}:", *outcome.broken)
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / f"{script.engine}-{script.seed}.json"
    script.save(path)
    until = time.monotonic() + _SHORTEN_FOR

    def fails(shorter: Script) -> bool:
        """Play it twice: what goes wrong depends on moments."""
        return time.monotonic() < until and any(stand.play(shorter).broken for _ in range(2))

    short = shortened(script, fails)
    short.save(path)
    left = f"{len(short.injections)} of {len(script.injections)} faults are left"
    _say(f"{left}: python -m tests.faults --replay {path}")


def replay(path: Path, times: int) -> int:
    """Play a script that was written down, so many times; 1 where something did not hold."""
    script, failed = load(path), 0
    with _stand() as stand:
        for _ in range(times):
            outcome = stand.play(script)
            failed += bool(outcome.broken)
            _say(*(outcome.broken or ["all holds"]))
    return int(failed > 0)


def _show(engine: Engine, outcomes: list[Outcome]) -> None:
    injected = sum((outcome.injected for outcome in outcomes), Counter[str]())
    well = sorted(seconds for outcome in outcomes for seconds in outcome.well_after) or [0.0]
    _say(
        f"{engine}: {len(outcomes)} provinces of three days, {injected.total()} faults,"
        f" {sum(bool(outcome.broken) for outcome in outcomes)} provinces in which something did not hold;"
        f" {sum(outcome.accepted for outcome in outcomes)} messages accepted,"
        f" {sum(outcome.recorded for outcome in outcomes)} answers recorded;"
        f" well after {well[len(well) // 2]:.1f} s (half) and {well[-1]:.1f} s (all);"
        f" at most {max(outcome.largest for outcome in outcomes) / 2**20:.0f} MB",
        *(f"  {count:5} {fault}" for fault, count in injected.most_common()),
    )


def _say(*lines: str) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.flush()


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="tests.faults", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--engine", choices=("both", "sqlite", "postgresql"), default="both")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--replay", type=Path)
    parser.add_argument("--times", type=int, default=3)
    asked = parser.parse_args()
    if asked.replay:
        return replay(asked.replay, asked.times)
    engines: list[Engine] = ["sqlite", "postgresql"] if asked.engine == "both" else [asked.engine]
    if programs() is None and "postgresql" in engines:
        _say("NOTHING RUNS ON POSTGRESQL: no server is installed (Debian: postgresql)")
        engines.remove("postgresql")
    return rage(asked.minutes, engines, asked.seed)


if __name__ == "__main__":
    sys.exit(main())
