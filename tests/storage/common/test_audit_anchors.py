"""The audit's head is signed each day: a tail that was cut off, an empty audit, a new chain are found."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from storage.common import audit_log
from storage.common.audit_anchors import Compared, anchor, compare
from tests.cast import Stage

NOW = datetime(2026, 6, 1, 8, tzinfo=UTC)


async def anchored(stage: Stage) -> Path:
    """Let some lines be written, sign the head on two days; return the file of the anchors."""
    async with stage.database.writing() as conn:
        for day in (1, 2):
            await audit_log.note(conn, NOW, "erase", f"person {day}")
            await anchor(conn, stage.database.path, date(2026, 6, day))
            await anchor(conn, stage.database.path, date(2026, 6, day))
        await audit_log.note(conn, NOW, "erase", "person 3")
    return stage.database.path.with_name(f"{stage.database.path.name}.audit-anchors")


async def compared(stage: Stage) -> Compared:
    async with stage.database.reading() as conn:
        return await compare(conn, stage.database.path)


async def test_a_whole_audit_matches_each_day(stage: Stage) -> None:
    file = await anchored(stage)
    assert await compared(stage) == Compared(2)
    for path in (file, file.with_suffix(".audit-key")):
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM audit WHERE id >= (SELECT max(id) - 1 FROM audit)",
        "DELETE FROM audit",
        "UPDATE audit SET hash = 'f' || substr(hash, 2) || 'x'",
    ],
)
async def test_a_tail_that_was_cut_emptied_or_forged_is_found(stage: Stage, harm: str) -> None:
    await anchored(stage)
    async with stage.database.writing() as conn:
        for trigger in ("audit_no_update", "audit_no_delete"):
            await conn.exec_driver_sql(f"DROP TRIGGER {trigger}")
        await conn.exec_driver_sql(harm)
    found = await compared(stage)
    assert found.broken is not None
    assert not found.forged


async def test_forged_anchors_and_a_lost_key_are_found(stage: Stage) -> None:
    file = await anchored(stage)
    whole = file.read_text()
    for forged in (whole.replace("2026-06-02", "2026-06-03"), "no anchor\n"):
        file.write_text(forged)
        assert (await compared(stage)).forged
    file.unlink()
    file.with_suffix(".audit-key").unlink()
    assert (await compared(stage)).forged


async def test_the_program_signs_the_head_of_each_day_once(stage: Stage) -> None:
    for _ in range(2):
        await stage.program.anchor_audit()
    assert await compared(stage) == Compared(1)
    stage.clock.let_pass(hours=24)
    await stage.program.anchor_audit()
    assert await compared(stage) == Compared(2)
