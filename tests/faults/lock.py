"""Another process holds the database for half a minute while nudges go out and answers come in.

Run it as python -m tests.faults.lock [SECONDS]. The lock and the program are real ones. Whoever was due is
asked once; whatever was typed is recorded and confirmed once and in its order; nothing is confirmed while it
cannot be written; the log says once that the database waits; and nobody has to do anything.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.botapi import User
from tests.e2e.inside import finishes_the_round, gather, query, unanswered
from tests.e2e.kit import (
    UNITS,
    Office,
    Running,
    Warm,
    copy_program,
    dates_included,
    installed,
    nudges,
    serving,
    texts,
)

DAY = "2026-06-04"
"""A day with a rung of the plan's first report."""
WELL_WITHIN = 60.0
"""Seconds after the lock's end."""
_HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


def main(seconds: float = 30.0) -> int:
    """Hold the database so long. Raises AssertionError."""
    with tempfile.TemporaryDirectory() as folder:
        warm = Warm(copy_program(Path(folder) / "program"))
        try:
            with serving() as api, installed(warm, Path(folder), api) as office:
                office.does("unit", "import", UNITS, "--yes")
                plan = dates_included(Path(folder))
                office.does("plan", "import", plan, "--dates", "keep", as_of="2026-05-04T08:00+07:00")
                sys.stdout.write(_lived_through(office, seconds))
        finally:
            warm.stop()
    return 0


def _lived_through(office: Office, seconds: float) -> str:
    crowd = gather(office, 2)
    speakers = crowd[::3]
    with office.running(f"{DAY}T08:00+07:00") as one:
        office.waits_for(lambda: sum(len(nudges(user)) for user in crowd) >= len(crowd) // 4, one)
        with held(office.database):
            end = time.monotonic() + seconds
            for percent in (10, 20, 30):
                for user in speakers:
                    user.types(f"1 được {percent}%")
                time.sleep(max(0.0, end - time.monotonic()) / 4)
            time.sleep(max(0.0, end - time.monotonic()))
            assert one.status is None, one.err
            assert not any(_confirmed(user) for user in crowd), "confirmed, and not written"
            assert office.api.pending == 3 * len(speakers), "taken off the server, and not written"
        began = time.monotonic()
        _gets_well(office, crowd, one)
        took = time.monotonic() - began
    _check(office, crowd, speakers, one)
    return (
        f"{seconds:.0f} s locked, {len(crowd)} nudged, {3 * len(speakers)} answers: well after {took:.1f} s\n"
    )


@contextmanager
def held(database: Path) -> Iterator[None]:
    """Let another process write, and not come to an end."""
    other = subprocess.Popen(
        [sys.executable, "-c", _HOLD, database], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    try:
        yield
    finally:
        other.communicate()


def _gets_well(office: Office, crowd: list[User], running: Running) -> None:
    end = time.monotonic() + WELL_WITHIN
    finishes_the_round(office, crowd, running, DAY)
    office.waits_for(
        lambda: office.api.pending == 0 and unanswered(office) == 0, running, end - time.monotonic()
    )
    office.waits_for(lambda: "database_well" in running.err, running, end - time.monotonic())


def _check(office: Office, crowd: list[User], speakers: list[User], running: Running) -> None:
    assert running.err.count("database_waits") == running.err.count("database_well") == 1, running.err
    assert [len(nudges(user)) for user in crowd] == [1] * len(crowd)
    for user in crowd:
        typed = [10, 20, 30] if user in speakers else []
        assert _confirmed(user) == [f"Đã ghi việc 1: đang thực hiện, {percent}%" for percent in typed]
    said = query(office, "SELECT percent, count(*) FROM progress GROUP BY percent ORDER BY percent")
    assert said == [(percent, len(speakers)) for percent in (10, 20, 30)]
    assert query(office, "SELECT DISTINCT state FROM outgoing WHERE kind = 'daily'") == [("sent",)]
    assert query(office, "PRAGMA integrity_check") == [("ok",)]


def _confirmed(user: User) -> list[str]:
    """Return what a person was told to be recorded, in order."""
    return [
        line.partition(" · ")[0]
        for told in texts(user)
        for line in told.splitlines()
        if line.startswith("Đã ghi")
    ]


if __name__ == "__main__":
    sys.exit(main(*map(float, sys.argv[1:])))
