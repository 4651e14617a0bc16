"""What a restored database goes on with, and what it must not take up where its backup left it."""

from datetime import timedelta

import pytest
from markupsafe import Markup
from sqlalchemy import insert, select, update

from handlers.common.conversation import Outgoing, to_json
from services.organisation.resume_restored import Resumed, resume_restored
from storage.common import audit_log, dialog_store, outbox
from storage.database.dialect import highest_id
from storage.database.schema import membership, metadata, outgoing
from storage.organisation import people_store
from tests.cast import HANG, LAM, QUAN, TOAN, TUYEN, Stage, words_of
from tests.set_clock import at

SEATED = sorted(who.chat for who in (HANG, QUAN, LAM, TOAN, TUYEN))
RECORDED_UNTIL = at("2026-06-01 16:42")


async def restored(stage: Stage, when: str, *, nothing_lost: bool = False) -> Resumed:
    """Let the stage's database be one that was brought back at a moment."""
    stage.clock.set(when)
    now = stage.clock.now()
    async with stage.database.writing() as conn:
        chain = await audit_log.verify(conn)
        return await resume_restored(
            conn, chain, RECORDED_UNTIL, now=now, today=now.date(), nothing_lost=nothing_lost
        )


async def leave_a_notice(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        person = await people_store.find(conn, stage.channel.name, QUAN.chat, at("2026-06-01 09:00").date())
        assert person is not None
        await outbox.put(
            conn,
            [person.id],
            at("2026-06-01 09:00").date(),
            "notice",
            topic="old",
            words=to_json((Outgoing(Markup("đồng chí Lâm đã về")),)),
        )


async def states(stage: Stage) -> dict[tuple[str, str, str | None], int]:
    async with stage.database.reading() as conn:
        rows = [
            (row.kind, row.state, row.why)
            for row in await conn.execute(select(outgoing).order_by(outgoing.c.id))
        ]
    return {row: rows.count(row) for row in rows}


async def test_everybody_with_a_seat_is_told_once_and_before_the_nudges(stage: Stage) -> None:
    resumed = await restored(stage, "2026-06-10 07:00")
    assert (resumed.told, resumed.ended) == (5, 0)
    sent = await stage.nudged("2026-06-10 08:00")
    first = sent[: len(SEATED)]
    assert sorted(each.chat for each in first) == SEATED
    assert all("16:42, 1/6/2026" in words_of(each.message) for each in first)
    nudges = sent[len(SEATED) :]
    assert sorted(each.chat for each in nudges) == [QUAN.chat, TOAN.chat]
    assert await stage.nudged("2026-06-10 09:00") == []


async def test_a_notice_that_waited_is_shown_as_unsure_and_never_sent(stage: Stage) -> None:
    await leave_a_notice(stage)
    assert (await restored(stage, "2026-06-01 12:00")).ended == 1
    sent = await stage.nudged("2026-06-01 12:10")
    assert "đồng chí Lâm đã về" not in " ".join(words_of(each.message) for each in sent)
    assert (await states(stage))["notice", "unsure", "restored"] == 1


async def test_a_nudge_that_waited_goes_out_as_what_is_true_then(stage: Stage) -> None:
    stage.clock.set("2026-06-10 07:30")
    async with stage.database.writing() as conn:
        today = stage.clock.now().date()
        person = await people_store.find(conn, stage.channel.name, QUAN.chat, today)
        assert person is not None
        await outbox.put_daily(conn, [person.id], today)
    await restored(stage, "2026-06-10 07:45")
    sent = [each for each in await stage.nudged("2026-06-10 08:00") if each.chat == QUAN.chat]
    assert [("15/6" in words_of(each.message)) for each in sent] == [False, True]


async def test_nothing_goes_on_waiting_for_an_answer(stage: Stage) -> None:
    await stage.talk((QUAN, "xong", ()))
    async with stage.database.reading() as conn:
        asked = await dialog_store.load(conn, stage.channel.name, QUAN.chat, stage.clock.now())
    assert asked.topic
    await restored(stage, "2026-06-01 09:05")
    async with stage.database.reading() as conn:
        left = await dialog_store.load(conn, stage.channel.name, QUAN.chat, stage.clock.now())
    assert (left.topic, left.choices, left.items) == ("", {}, asked.items)


async def test_no_id_of_the_lost_time_is_given_again(stage: Stage) -> None:
    async with stage.database.reading() as conn:
        before = {table.name: await highest_id(conn, table.name) for table in metadata.sorted_tables}
    await restored(stage, "2026-06-01 12:00")
    async with stage.database.writing() as conn:
        added = await conn.execute(
            insert(outgoing)
            .values(person_id=1, day=stage.clock.now().date(), kind="digest")
            .returning(outgoing.c.id)
        )
        assert added.scalar_one() > before["outgoing"] + 1_000_000
        after = {table.name: await highest_id(conn, table.name) for table in metadata.sorted_tables}
    assert after.pop("audit") == before.pop("audit") + 1
    assert [name for name in before if after[name] < before[name] + 1_000_000] == []


async def test_a_seat_that_was_to_end_is_left_its_day(stage: Stage) -> None:
    soon, later = at("2026-06-01 13:00"), at("2026-06-09 13:00")
    async with stage.database.writing() as conn:
        first, second, third = (await conn.execute(select(membership.c.id).limit(3))).scalars()
        for seat, ends_at in ((first, soon), (second, later)):
            await conn.execute(update(membership).where(membership.c.id == seat).values(ends_at=ends_at))
    await restored(stage, "2026-06-01 12:00")
    async with stage.database.reading() as conn:
        rows = await conn.execute(select(membership.c.id, membership.c.ends_at))
        ends = {row.id: row.ends_at for row in rows}
    assert (ends[first], ends[second], ends[third]) == (
        at("2026-06-01 12:00") + timedelta(days=1),
        later,
        None,
    )


async def test_the_audit_tells_of_it_and_stays_whole(stage: Stage) -> None:
    async with stage.database.reading() as conn:
        before = await audit_log.verify(conn)
    await restored(stage, "2026-06-01 12:00")
    async with stage.database.reading() as conn:
        chain = await audit_log.verify(conn)
        (line,) = await audit_log.after(conn, before.count, 10)
    assert (chain.count, chain.broken) == (before.count + 1, None)
    assert (line.what, line.about, line.person_id) == (
        "restore",
        f"line {before.count} {before.last[:16]}",
        None,
    )


@pytest.mark.parametrize("nothing_lost", [True, False])
async def test_where_nothing_was_lost_all_goes_on(stage: Stage, nothing_lost: bool) -> None:
    await leave_a_notice(stage)
    await stage.talk((QUAN, "xong", ()))
    was = await restored(stage, "2026-06-01 09:05", nothing_lost=nothing_lost)
    async with stage.database.reading() as conn:
        asked = await dialog_store.load(conn, stage.channel.name, QUAN.chat, stage.clock.now())
    sent = [words_of(each.message) for each in await stage.nudged("2026-06-01 09:06")]
    assert (
        was == Resumed(0, 0),
        any("đồng chí Lâm đã về" in words for words in sent),
        bool(asked.topic),
    ) == (nothing_lost,) * 3
