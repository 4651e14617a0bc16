"""Let the storm rage, lock the database, send what is hostile: python -m tests.faults [KILLS] [SEED]."""

import random
import sys
import tempfile
import time
from pathlib import Path

from tests.botapi import BotApi
from tests.e2e.kit import UNITS, Warm, copy_program, dates_included, installed, serving
from tests.faults.fuzz import main as fuzz
from tests.faults.lock import main as lock
from tests.faults.storm import Storm


def storm(kills: int = 1000, seed: int = 20260615) -> int:
    """Kill so often; 1 where something was lost or doubled without a reason."""
    with tempfile.TemporaryDirectory() as folder:
        warm = Warm(copy_program(Path(folder) / "program"))
        try:
            return _rage(warm, Path(folder), kills, seed)
        finally:
            warm.stop()


def _rage(warm: Warm, folder: Path, kills: int, seed: int) -> int:
    began = time.monotonic()
    with serving() as api, installed(warm, folder, api) as office:
        office.does("unit", "import", UNITS, "--yes")
        office.does(
            "plan", "import", dates_included(folder), "--dates", "keep", as_of="2026-05-04T08:00+07:00"
        )
        storm = Storm(office, random.Random(seed))  # noqa: S311 - it chooses moments, it keeps no secret
        storm.begin()
        storm.rage(kills)
        _show(storm, api, time.monotonic() - began)
    return 0


def _show(storm: Storm, api: BotApi, seconds: float) -> None:
    told = ", ".join(f"{count} while {what}" for what, count in storm.where.most_common())
    sys.stdout.write(
        f"{storm.kills} kills until {storm.day} ({told}), {len(api.log.sends)} messages accepted,"
        f" {storm.excused.total()} of them with nobody left to note it: none missing, none doubled without"
        f" a reason, {seconds:.0f} s\n"
    )


if __name__ == "__main__":
    sys.exit(storm(*map(int, sys.argv[1:])) or lock() or fuzz())
