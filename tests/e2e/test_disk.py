"""A disk that is full: nothing is said to be saved that is not, and all goes on when there is room again."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager

from tests.e2e.inside import query
from tests.e2e.kit import Office, Running

EVENING = "2026-06-04T18:00+07:00"
HEALTH, JUSTICE = "Sở Y tế", "Sở Tư pháp"


@contextmanager
def full_disk(office: Office, running: Running) -> Iterator[None]:
    """Let no file of a running program grow beyond the database's journal as it is."""
    journal = office.database.with_name(office.database.name + "-wal")
    before = resource.prlimit(running.process, resource.RLIMIT_FSIZE)
    resource.prlimit(running.process, resource.RLIMIT_FSIZE, (max(journal.stat().st_size, 20_000), before[1]))
    try:
        yield
    finally:
        if running.status is None:
            resource.prlimit(running.process, resource.RLIMIT_FSIZE, before)


def test_a_full_disk_is_told_and_nothing_that_was_confirmed_is_lost(office: Office) -> None:
    health, justice = office.seats({701: (HEALTH, "focal"), 702: (JUSTICE, "focal")})
    with office.running(EVENING) as one:
        health.types("1 được 10%")
        health.wait_for("Đã ghi việc 1: đang thực hiện, 10%")
        with full_disk(office, one):
            justice.types("1 được 20%")
            office.waits_for(lambda: "database_waits" in one.err, one)
            assert not justice.messages
            assert one.status is None
        justice.wait_for("Đã ghi việc 1: đang thực hiện, 20%", timeout=30)
        office.waits_for(lambda: "database_well" in one.err, one)
        assert one.err.count("database_waits") == 1
    assert query(office, "SELECT percent FROM progress ORDER BY id") == [(10,), (20,)]
    assert query(office, "PRAGMA integrity_check") == [("ok",)]


def test_a_program_before_a_full_disk_stops_when_it_is_asked_to(office: Office) -> None:
    (health,) = office.seats({701: (HEALTH, "focal")})
    with office.running(EVENING) as one, full_disk(office, one):
        health.types("1 được 10%")
        office.waits_for(lambda: "database_waits" in one.err, one)
        assert one.stop() < 10
    with office.running("2026-06-04T18:10+07:00"):
        health.wait_for("Đã ghi việc 1: đang thực hiện, 10%")
    assert query(office, "SELECT percent FROM progress") == [(10,)]
