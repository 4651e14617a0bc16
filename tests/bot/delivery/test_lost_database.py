"""The database is away at one moment, whichever: all is done once, without a new start."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import update

from bot.app.clock import wall
from bot.delivery import patience
from config.database_url import Place
from storage.common.audit_anchors import anchors_of
from storage.database.schema import outgoing
from tests.bot.delivery.test_courier import RUNG, outbox_rows
from tests.cast import QUAN, TOAN, Stage, open_stage
from tests.lossy_database import LossyDatabase, Moment
from tests.memory_channel import Sent

MOMENTS: tuple[Moment, ...] = ("before", "after")


@pytest.fixture
async def lossy(furnished_place: Place, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """A stage whose database can be let fail."""
    monkeypatch.setattr(patience, "_FIRST_WAIT", 0.001)
    opened = await open_stage(furnished_place, "2026-06-01 09:00")
    yield Stage(LossyDatabase(opened.database), opened.rules, opened.settings, opened.clock)
    await opened.database.close()


def database_of(stage: Stage) -> LossyDatabase:
    assert isinstance(stage.database, LossyDatabase)
    return stage.database


@pytest.mark.parametrize("moment", MOMENTS)
async def test_what_is_said_while_the_database_is_lost_is_recorded_and_answered_once(
    lossy: Stage, moment: Moment
) -> None:
    database, percent, struck = database_of(lossy), 0, True
    while struck:
        percent += 1
        database.fail(percent - 1, moment)
        told = await lossy.hear(QUAN, f"1 được {percent}%")
        struck = database.mend()
        assert [f"{percent}%" in str(message.text) for message in told] == [True], percent
    assert percent > 4
    said = [row["percent"] for row in await progress(lossy)]
    assert said == list(range(1, percent + 1))


@pytest.mark.parametrize("moment", MOMENTS)
async def test_who_is_due_while_the_database_is_lost_hears_at_once_and_once(
    lossy: Stage, moment: Moment
) -> None:
    await lossy.nudged(RUNG)
    asked, call, struck = len(lossy.channel.sent), 0, True
    while struck:
        await put_due_again(lossy)
        database_of(lossy).fail(call, moment)
        sent = await lossy.nudged(RUNG)
        struck = database_of(lossy).mend()
        sent += await when_the_lease_has_ended(lossy)
        assert {each.chat for each in sent} == {QUAN.chat, TOAN.chat}, call
        assert len(sent) == asked, call
        assert {row["state"] for row in await outbox_rows(lossy)} == {"sent"}, call
        call += 1
    assert call > 8


@pytest.mark.parametrize("call", range(8))
async def test_a_program_that_finds_no_database_at_its_start_waits_for_it(lossy: Stage, call: int) -> None:
    stop = asyncio.Event()
    database_of(lossy).fail(call, "before")
    running = asyncio.create_task(lossy.program.run(stop, 0.05))
    lossy.clock.set(RUNG)
    for _ in range(600):
        if lossy.channel.to(QUAN) and lossy.channel.to(TOAN) and anchors_of(lossy.database.path).exists():
            break
        await asyncio.sleep(0.05)
    stop.set()
    await asyncio.wait_for(running, 10)
    assert database_of(lossy).mend()
    assert len(lossy.channel.to(QUAN)) == len(lossy.channel.to(TOAN)) == 1
    assert anchors_of(lossy.database.path).exists()


async def when_the_lease_has_ended(stage: Stage) -> list[Sent]:
    """Return what goes out then: what was claimed, and not heard of, is nobody's until its minute is over."""
    async with stage.database.writing() as conn:
        await conn.execute(update(outgoing).values(lease_until=wall()))
    return await stage.nudged(RUNG)


async def put_due_again(stage: Stage) -> None:
    """Let the day begin anew."""
    async with database_of(stage).inner.writing() as conn:
        await conn.exec_driver_sql("DELETE FROM outgoing")
        await conn.exec_driver_sql(
            "UPDATE assignment SET next_nudge_on = '2026-06-04' WHERE asked_on = '2026-06-04'"
        )


async def progress(stage: Stage) -> list[dict[str, object]]:
    async with stage.database.reading() as conn:
        rows = await conn.exec_driver_sql("SELECT percent FROM progress ORDER BY id")
        return [dict(row._mapping) for row in rows]
