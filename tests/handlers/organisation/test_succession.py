"""A unit that ends in the middle of a plan: its successor's people are asked, and nothing is lost."""

import pytest
from sqlalchemy import insert, update

from storage.database.schema import unit
from storage.organisation import people_store, unit_store
from storage.organisation.succession import held
from tests.cast import HANG, LAM, LEADING, QUAN, SILENT, SUPPORTING, TOAN, Somebody, Stage, words_of
from tests.set_clock import at

HEIR = "Sở Công Thương và Ngoại vụ"
NGA = Somebody("c-nga", "Đỗ Thanh Nga", HEIR, "focal")


async def ends(stage: Stage, name: str, last: str, heir: str) -> None:
    """Let a unit end after a day; its successor is entered where it is new."""
    async with stage.database.writing() as conn:
        known = await conn.execute(unit.select().where(unit.c.name == heir))
        if known.first() is None:
            await conn.execute(insert(unit).values(name=heir))
        await conn.execute(
            update(unit).where(unit.c.name == name).values(until=at(f"{last} 00:00").date(), successor=heir)
        )


@pytest.fixture
async def merged(stage: Stage) -> Stage:
    """Sở Công Thương ends with 10 June; its successor's focal point is Nga."""
    await ends(stage, SUPPORTING, "2026-06-10", HEIR)
    await stage.joins(NGA)
    return stage


async def test_until_its_last_day_the_successor_has_none_of_it(merged: Stage) -> None:
    merged.clock.set("2026-06-10 16:00")
    await merged.talk((NGA, "/viec", "không có việc nào"), (TOAN, "/viec", "còn 2 việc"))


async def test_the_successor_sees_answers_and_is_nudged_by_the_old_name(merged: Stage) -> None:
    sent = await merged.nudged("2026-06-10 09:00")
    assert {one.chat for one in sent} >= {TOAN.chat}
    assert NGA.chat not in {one.chat for one in sent}
    sent = await merged.nudged("2026-06-12 09:00")
    nudge = next(words_of(one.message) for one in sent if one.chat == NGA.chat)
    assert f"{SUPPORTING} có 1 việc" in nudge
    await merged.talk(
        (NGA, "/viec", (SUPPORTING, "còn 2 việc", "nhãn hiệu")),
        (NGA, "1 xong, BC số 9/BC-SCTNV", "hoàn thành"),
        (HANG, "/tinhhinh", f"✓ {SUPPORTING} · 1/1"),
        (NGA, "/start", "đầu mối Sở Công Thương và Ngoại vụ."),
    )


async def test_the_old_people_keep_what_they_had_and_see_the_same(merged: Stage) -> None:
    await merged.talk((TOAN, "1.1 được 30%", "Đã ghi"))
    merged.clock.set("2026-06-11 09:00")
    await merged.talk((NGA, "/viec", "30%"), (TOAN, "/viec", "30%"))


async def test_the_successors_other_units_stay_their_own(merged: Stage) -> None:
    merged.clock.set("2026-06-11 09:00")
    assert "thư mời" not in await merged.say(NGA, "/viec")
    await merged.talk((QUAN, "/viec", ("còn 3 việc", "thư mời")))


async def test_a_unit_whose_successor_has_people_is_not_called_empty(merged: Stage) -> None:
    async with merged.database.writing() as conn:
        await conn.exec_driver_sql(
            "UPDATE membership SET until = '2026-06-01 00:00:00.000000' WHERE unit_id = (SELECT id FROM unit"
            " WHERE name = ?)",
            (SUPPORTING,),
        )
    await merged.talk((HANG, "/tinhhinh", f"{SUPPORTING} · 0/1, chưa có đầu mối"))
    merged.clock.set("2026-06-11 09:00")
    told = await merged.say(HANG, "/tinhhinh")
    assert f"{SUPPORTING} · 0/1 " in told.replace("\n", " ")
    assert f"{SILENT} · 0/1, chưa có đầu mối" in told
    async with merged.database.reading() as conn:
        among = (await unit_store.ids(conn))[SUPPORTING], (await unit_store.ids(conn))[SILENT]
        last, after = at("2026-06-10 00:00").date(), at("2026-06-11 00:00").date()
        assert await unit_store.without(conn, "focal", among, last) == (SUPPORTING, SILENT)
        assert await unit_store.without(conn, "focal", among, after) == (SILENT,)


async def test_what_is_a_persons_own_stands_first(merged: Stage) -> None:
    await ends(merged, HANG.unit, "2026-06-10", LEADING)
    both = Somebody("c-hai", "Cao Thị Hai", HEIR, "coordinator")
    await merged.joins(both)
    code = await merged.code(LEADING, "coordinator")
    await merged.hear(both, f"/start {code}")
    async with merged.database.reading() as conn:
        person = await people_store.find(conn, "memory", both.chat, at("2026-06-11 00:00").date())
    assert person is not None
    assert [(seat.unit, seat.inherited) for seat in person.seats] == [
        (HEIR, False),
        (LEADING, False),
        (SUPPORTING, True),
        (HANG.unit, True),
    ]


async def test_a_successor_that_ends_in_its_turn_passes_it_on(stage: Stage) -> None:
    last = Somebody("c-an", "Hà Thị An", "Sở Kinh tế", "leader")
    await ends(stage, LEADING, "2026-05-31", HEIR)
    await ends(stage, HEIR, "2026-06-30", "Sở Kinh tế")
    await stage.joins(last)
    await stage.talk((last, "/viec", "không có việc nào"))
    stage.clock.set("2026-07-01 09:00")
    await stage.talk((last, "/viec", (LEADING, "còn 3 việc")), (LAM, "/viec", "còn 3 việc"))


async def test_two_units_that_name_each_other_come_to_an_end(stage: Stage) -> None:
    await ends(stage, LEADING, "2026-05-31", SUPPORTING)
    await ends(stage, SUPPORTING, "2026-05-31", LEADING)
    async with stage.database.reading() as conn:
        rows = (await conn.execute(held(at("2026-06-01 00:00").date()).select())).all()
    assert len({(row.person_id, row.unit_id) for row in rows}) == len(rows)
    await stage.talk((QUAN, "/viec", "còn 5 việc"), (TOAN, "/viec", "còn 5 việc"))


async def test_a_compiling_unit_that_ended_is_spoken_for_by_its_successor(stage: Stage) -> None:
    heir = Somebody("c-binh", "Ma Văn Bình", "Sở Du lịch", "coordinator")
    await ends(stage, HANG.unit, "2026-06-01", heir.unit)
    await stage.joins(heir)
    assert "33/KH-UBND" not in await stage.say(heir, "/tinhhinh")
    stage.clock.set("2026-06-02 09:00")
    await stage.talk(
        (heir, "/tinhhinh", "33/KH-UBND"),
        (QUAN, "1 xin lùi đến 30/6 do chờ số liệu", "đã chuyển đơn vị tổng hợp"),
    )
    await stage.post()
    assert "xin gia hạn" in words_of(stage.channel.to(heir)[-1])
