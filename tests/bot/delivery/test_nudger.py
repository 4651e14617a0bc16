"""The ladder over a quarter with its holidays: what arrives on people's phones, and when."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from domain.common.workdays import Workdays
from storage.database.schema import outgoing
from storage.organisation import unit_store
from tests.cast import (
    HANG,
    LAM,
    LEADING,
    QUAN,
    SUPPORTING,
    TOAN,
    Somebody,
    Stage,
    Tap,
    open_stage,
    settings_for,
    words_of,
)
from tests.owing import ROUND_THE_CLOCK, days_of, live, owe
from tests.set_clock import SetClock, at

SATURDAY = date(2026, 5, 9)
"""A Saturday on which offices work, to make up for Saturday 2 May's eve."""


@pytest.fixture
async def spring(empty: Stage) -> Stage:
    """The stage on 1 April 2026 with a working Saturday; Quân and Lâm for one unit, Toản for another."""
    rules = replace(empty.rules, days=replace(empty.rules.days, working=frozenset({SATURDAY})))
    stage = Stage(empty.database, rules, settings_for(Path("x")), SetClock(at("2026-04-01 07:00")))
    for who in (HANG, QUAN, LAM, TOAN):
        await stage.joins(who)
    await stage.post()  # the unit is told of who joins
    stage.channel.sent.clear()
    return stage


QUARTER = list(days_of(date(2026, 4, 1), date(2026, 5, 22)))


async def test_a_quarter_with_its_holidays_goes_by_the_ladder(spring: Stage) -> None:
    """Due on Monday 11 May. Days off before it: Giỗ Tổ (27 April for Sunday), 30 April, 1 May, weekends.

    Counted by hand, backwards: 9/5 (Saturday, worked) is 1, 8/5 2, 7/5 3, 6/5 4, 5/5 5, 4/5 6, 29/4 7,
    28/4 8, 24/4 9, 23/4 10, 22/4 11, 21/4 12, 20/4 13, 17/4 14.
    """
    assert not spring.rules.days.is_working(date(2026, 4, 27))
    await owe(spring, LEADING, date(2026, 5, 11), today=date(2026, 4, 1))
    rang = await live(spring, QUARTER)
    before = [date(2026, 4, 17), date(2026, 4, 29), date(2026, 5, 7), SATURDAY]
    after = [
        date(2026, 5, day) for day in (11, 12, 13, 14, 15, 18, 19, 20, 22)
    ]  # every second day from the seventh on
    assert rang[QUAN.chat] == before + after
    assert rang[LAM.chat] == after
    assert TOAN.chat not in rang
    assert all("Bản tin" in words_of(delivered) for delivered in spring.channel.to(HANG))


async def test_what_falls_due_on_a_day_off_is_asked_for_on_the_working_day_before(spring: Stage) -> None:
    await owe(spring, LEADING, date(2026, 5, 1), today=date(2026, 4, 1))
    rang = await live(spring, days_of(date(2026, 4, 28), date(2026, 5, 5)))
    assert rang[LAM.chat] == [date(2026, 4, 29), date(2026, 5, 4), date(2026, 5, 5)]


async def test_all_that_is_due_comes_in_one_message_a_day(spring: Stage) -> None:
    due = [date(2026, 5, day) for day in (4, 5, 6, 7, 8, 11, 12)]
    await owe(spring, LEADING, *due, today=date(2026, 4, 1))
    rang = await live(spring, QUARTER, ROUND_THE_CLOCK)
    for chat in (QUAN.chat, LAM.chat):
        assert len(rang[chat]) == len(set(rang[chat]))
    last = words_of(spring.channel.to(QUAN)[-1])
    assert "có 7 việc cần báo cáo" in last
    assert all(f"{number}. Báo cáo" in last for number in range(1, 8))


async def test_what_is_late_keeps_step_and_rings_every_second_day_not_daily(spring: Stage) -> None:
    await owe(spring, LEADING, date(2026, 4, 10), date(2026, 4, 13), today=date(2026, 4, 1))
    rang = await live(spring, QUARTER)
    late = [day for day in rang[QUAN.chat] if day >= date(2026, 5, 4)]
    working = [day for day in days_of(date(2026, 5, 4), QUARTER[-1]) if spring.rules.days.is_working(day)]
    assert late in (working[::2], working[1::2])
    assert "có 2 việc cần báo cáo" in words_of(spring.channel.to(QUAN)[-1])


async def test_somebody_of_two_units_gets_one_message_for_both(spring: Stage) -> None:
    await spring.hear(QUAN, f"/start {await spring.code(SUPPORTING, 'focal')}")
    await owe(spring, LEADING, date(2026, 4, 10), today=date(2026, 4, 1))
    await owe(spring, SUPPORTING, date(2026, 4, 10), today=date(2026, 4, 1))
    sent = [each for each in await spring.nudged("2026-04-10 08:00") if each.chat == QUAN.chat]
    assert len(sent) == 1
    assert f"{LEADING}, {SUPPORTING} có 2 việc" in words_of(sent[0].message)


@pytest.mark.parametrize(
    ("moment", "rings"),
    [
        ("2026-04-10 07:59", False),
        ("2026-04-10 08:00", True),
        ("2026-04-10 16:59", True),
        ("2026-04-10 17:00", False),
        ("2026-04-11 09:00", False),  # a Saturday
        ("2026-04-30 09:00", False),
        ("2026-05-09 09:00", True),  # a working one
    ],
)
async def test_phones_ring_in_working_hours_alone(spring: Stage, moment: str, rings: bool) -> None:
    await owe(spring, LEADING, date(2026, 4, 10), today=date(2026, 4, 10))
    assert bool(await spring.nudged(moment)) == rings


async def test_what_was_answered_meanwhile_is_not_asked_for(spring: Stage) -> None:
    """The message is worded when it goes out: an answer between the sweep and the sending counts."""
    await owe(spring, LEADING, date(2026, 4, 10), date(2026, 4, 13), today=date(2026, 4, 1))
    spring.clock.set("2026-04-13 08:00")
    await spring.program.nudger.sweep()
    await spring.hear(LAM, "1 xong, BC số 1/BC-SNgV")
    await spring.post()
    (nudged,) = spring.channel.to(QUAN)
    assert "có 1 việc" in words_of(nudged)
    assert "hạn 13/4" in words_of(nudged)


async def test_nothing_goes_out_where_everything_was_answered_meanwhile(spring: Stage) -> None:
    await owe(spring, LEADING, date(2026, 4, 10), today=date(2026, 4, 1))
    spring.clock.set("2026-04-10 08:00")
    await spring.program.nudger.sweep()
    await spring.hear(LAM, "1 xong")
    await spring.post()
    assert not spring.channel.to(QUAN)


async def test_done_work_is_never_asked_for_again(spring: Stage) -> None:
    await owe(spring, LEADING, date(2026, 4, 10), today=date(2026, 4, 1))
    await spring.nudged("2026-04-01 08:00")
    await spring.talk((QUAN, Tap("1 Đã xong"), "hoàn thành"))
    assert set(await live(spring, days_of(date(2026, 4, 2), date(2026, 4, 20)))) == {HANG.chat}


async def test_work_that_is_under_way_is_asked_for_again(spring: Stage) -> None:
    await owe(spring, LEADING, date(2026, 4, 10), today=date(2026, 4, 1))
    await spring.nudged("2026-04-01 08:00")
    await spring.talk((QUAN, Tap("1 Đang làm"), "đang thực hiện"))
    rang = await live(spring, days_of(date(2026, 4, 2), date(2026, 4, 10)))
    assert rang[QUAN.chat] == [date(2026, 4, 7), date(2026, 4, 9), date(2026, 4, 10)]


async def test_after_three_days_of_silence_one_message_names_all_that_was_missed(spring: Stage) -> None:
    """Rungs fell on the days on which the program was down: 7 to 9 April."""
    await owe(
        spring, LEADING, date(2026, 4, 8), date(2026, 4, 10), date(2026, 4, 16), date(2026, 6, 30),
        today=date(2026, 4, 1),
    )  # fmt: skip
    await live(spring, days_of(date(2026, 4, 1), date(2026, 4, 6)))
    sent = [each for each in await spring.nudged("2026-04-10 09:30") if each.chat == QUAN.chat]
    assert len(sent) == 1
    told = words_of(sent[0].message)
    assert "có 3 việc" in told
    for due in ("hạn 8/4, quá 2 ngày", "hạn 10/4, hôm nay", "hạn 16/4, còn 4 ngày"):
        assert due in told


async def test_what_did_not_go_out_by_the_days_end_is_replaced_the_next_day(spring: Stage) -> None:
    await owe(spring, LEADING, date(2026, 4, 17), today=date(2026, 4, 1))
    spring.clock.set("2026-04-08 16:58")  # the rung of seven days
    assert await spring.program.nudger.sweep() == 1
    spring.clock.set("2026-04-08 17:05")
    await spring.post()
    assert not spring.channel.sent
    spring.clock.set("2026-04-09 08:00")
    await spring.post()  # somebody's message wakes the courier before the nudger
    assert not spring.channel.sent
    (sent,) = await spring.nudged("2026-04-09 08:00")
    assert "còn 6 ngày làm việc" in words_of(sent.message)
    assert not await spring.nudged("2026-04-09 10:00")


async def test_a_plan_that_goes_live_in_the_afternoon_is_asked_for_the_same_day(spring: Stage) -> None:
    await owe(spring, LEADING, date(2026, 4, 10), today=date(2026, 4, 1))
    await owe(spring, SUPPORTING, date(2026, 4, 10), today=date(2026, 4, 1))
    assert len(await spring.nudged("2026-04-10 08:00")) == 3
    await owe(spring, LEADING, date(2026, 4, 13), today=date(2026, 4, 10))
    sent = await spring.nudged("2026-04-10 14:00")
    assert [each.chat for each in sent] == [QUAN.chat]


async def test_a_unit_without_anybody_is_simply_not_asked(empty: Stage) -> None:
    async with empty.database.reading() as conn:
        assert SUPPORTING in await unit_store.ids(conn)
    await empty.joins(HANG)
    await owe(empty, SUPPORTING, date(2026, 6, 3), today=date(2026, 6, 1))
    assert set(await live(empty, days_of(date(2026, 6, 1), date(2026, 6, 5)))) == {HANG.chat}


NEW = Somebody("c-moi", "Sùng Thị Mỷ", LEADING)


async def test_who_joins_between_two_rungs_hears_on_that_day_what_is_open(spring: Stage) -> None:
    await owe(spring, LEADING, date(2026, 4, 10), date(2026, 6, 30), today=date(2026, 4, 1))
    await live(spring, days_of(date(2026, 4, 1), date(2026, 4, 7)))
    spring.clock.set("2026-04-08 10:00")
    await spring.joins(NEW)
    await spring.post()  # the unit is told of who joins
    spring.channel.sent.clear()
    rang = await live(spring, [date(2026, 4, 8), date(2026, 4, 9), date(2026, 4, 10)])
    assert rang[NEW.chat] == [date(2026, 4, 8), date(2026, 4, 9), date(2026, 4, 10)]
    assert rang[QUAN.chat] == [date(2026, 4, 9), date(2026, 4, 10)]
    assert "có 1 việc" in words_of(spring.channel.to(NEW)[-3])


async def test_who_joins_in_the_evening_hears_in_the_morning(spring: Stage) -> None:
    await owe(spring, LEADING, date(2026, 4, 13), today=date(2026, 4, 1))
    await live(spring, days_of(date(2026, 4, 1), date(2026, 4, 9)))
    spring.clock.set("2026-04-10 19:00")  # a Friday
    await spring.joins(NEW)
    rang = await live(spring, days_of(date(2026, 4, 11), date(2026, 4, 14)))
    assert rang[NEW.chat] == [date(2026, 4, 13), date(2026, 4, 14)]
    late = Somebody("c-muon", "Lý A Páo", LEADING)
    spring.clock.set("2026-04-15 18:00")
    await spring.joins(late)
    await owe(spring, SUPPORTING, date(2026, 4, 30), today=date(2026, 4, 15))
    assert (await live(spring, [date(2026, 4, 16)]))[late.chat] == [date(2026, 4, 16)]


async def test_who_joins_a_second_unit_still_gets_one_message_a_day(spring: Stage) -> None:
    await owe(spring, LEADING, date(2026, 4, 10), today=date(2026, 4, 1))
    await owe(spring, SUPPORTING, date(2026, 4, 20), today=date(2026, 4, 1))
    assert QUAN.chat in {sent.chat for sent in await spring.nudged("2026-04-07 08:00")}
    spring.clock.set("2026-04-07 10:00")
    await spring.hear(QUAN, f"/start {await spring.code(SUPPORTING, 'focal')}")
    await spring.post()  # the unit is told of who joins
    assert not await spring.nudged("2026-04-07 14:00")
    rang = await live(spring, [date(2026, 4, 8), date(2026, 4, 9), date(2026, 4, 10)])
    assert rang[QUAN.chat] == [date(2026, 4, 8), date(2026, 4, 10)]  # the 20th makes it four a month
    assert f"{SUPPORTING} · 50/KH-UBND" in words_of(spring.channel.to(QUAN)[-2])


async def test_what_the_program_slept_through_until_the_evening_comes_the_next_morning(spring: Stage) -> None:
    await owe(spring, LEADING, date(2026, 4, 17), today=date(2026, 4, 1))
    await live(spring, days_of(date(2026, 4, 1), date(2026, 4, 7)))
    assert not await spring.nudged("2026-04-08 17:30")  # the rung of seven days
    (sent,) = await spring.nudged("2026-04-09 08:00")
    assert "còn 6 ngày làm việc" in words_of(sent.message)


async def test_a_clock_that_jumps_asks_nobody_twice_and_skips_no_rung(spring: Stage) -> None:
    """An hour on and back, a day on and back, a weekend on and back."""
    await owe(spring, LEADING, date(2026, 4, 10), today=date(2026, 4, 1))
    rang = []
    for moment in (
        "04-01 08:00", "04-01 09:00", "04-01 08:00",  # seven working days before
        "04-06 08:00", "04-07 08:00", "04-06 08:05", "04-07 08:00",  # three days before is the 7th
        "04-09 08:00", "04-10 08:00", "04-09 09:00", "04-10 08:00", "04-10 09:00",
        "04-13 08:00", "04-10 10:00", "04-13 08:00",
    ):  # fmt: skip
        rang += [moment for sent in await spring.nudged(f"2026-{moment}") if sent.chat == QUAN.chat]
    assert rang == ["04-01 08:00", "04-07 08:00", "04-09 08:00", "04-10 08:00", "04-13 08:00"]


async def test_a_round_of_thousands_keeps_nobody_waiting_for_an_answer(spring: Stage) -> None:
    await owe(spring, LEADING, date(2026, 4, 10), today=date(2026, 4, 10))
    columns = "plan_id, unit_id, period, due_on, last_on, planned_on, next_nudge_on"
    async with spring.database.writing() as conn:
        await conn.exec_driver_sql(
            f"INSERT INTO assignment ({columns}) WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1"  # noqa: S608 - words of ours
            f" FROM n WHERE i < 2000) SELECT {columns} FROM assignment, n"
        )
    spring.clock.set("2026-04-10 08:00")
    sweep = asyncio.create_task(spring.program.nudger.sweep())
    await asyncio.sleep(0)
    assert "hiện không có việc nào" in await spring.say(TOAN, "/viec")
    assert not sweep.done()
    assert await sweep == 2000


def rungs(due: date, first: date, last: date, days: Workdays) -> set[date]:
    """The days on which an open assignment is asked for, told from the rule's own words."""
    working = [day for day in days_of(due - timedelta(days=90), max(due, last)) if days.is_working(day)]
    up_to = [day for day in working if day <= due]
    early = {up_to[-1 - count] for count in (14, 7, 3, 1, 0)}
    after = [day for day in working if day > due]
    late = {*after[:6], *after[6::2]}  # daily, then every second day
    return {day for day in early | late if first <= day <= last}


FIRST, LAST = date(2026, 4, 23), date(2026, 5, 7)
DUE = st.lists(st.dates(date(2026, 4, 29), date(2026, 5, 16)), min_size=1, max_size=3)
ANSWERS = st.dictionaries(st.dates(FIRST, LAST), st.integers(1, 3), max_size=3)


@settings(
    max_examples=5,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example(due=[date(2026, 5, 11), date(2026, 5, 12), date(2026, 5, 16)], answers={})
@given(due=DUE, answers=ANSWERS)
async def test_nobody_is_asked_twice_a_day_or_after_they_are_done_or_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, due: list[date], answers: dict[date, int]
) -> None:
    """Random due dates, and reports that are done in the evening of random days; no limit a month."""
    monkeypatch.setattr("domain.nudging.monthly.MOST_A_MONTH", 99)
    stage = await open_stage(tmp_path / f"{uuid4()}.db", "2026-04-20 07:00")
    await stage.joins(QUAN)
    stage.channel.sent.clear()
    await owe(stage, LEADING, *sorted(due), today=FIRST)
    open_: dict[int, date] = dict(enumerate(sorted(due), 1))
    try:
        for day in days_of(FIRST, LAST):
            sent = await stage.nudged(f"{day} 09:00") + await stage.nudged(f"{day} 16:00")
            wanted = [n for n, one in open_.items() if day in rungs(one, FIRST, LAST, stage.rules.days)]
            assert len(sent) == bool(wanted), (day, open_)
            async with stage.database.reading() as conn:
                rows = await conn.execute(
                    select(outgoing.c.numbered).where(outgoing.c.day == day, outgoing.c.state == "sent")
                )
                asked = [row.numbered for row in rows]
            ordered = sorted(wanted, key=lambda n: (open_[n], n))
            assert asked == ([str(ordered)] if wanted else []), day
            if (done := answers.get(day)) in open_:
                del open_[done]
                async with stage.database.writing() as conn:
                    await conn.exec_driver_sql("UPDATE assignment SET state = 'done' WHERE id = ?", (done,))
    finally:
        await stage.database.close()
