"""How often a person is written to in a month in which nothing is late."""

from collections import Counter
from datetime import date

import pytest
from sqlalchemy import update

from storage.database.schema import assignment
from tests.cast import LEADING, QUAN, Stage
from tests.handlers.organisation.test_second_chat import two
from tests.memory_channel import MemoryChannel
from tests.owing import days_of, live, owe

SEPTEMBER = (date(2026, 9, 3), date(2026, 9, 30))
"""A month without days off, but for its second day."""


@pytest.fixture
async def autumn(empty: Stage) -> Stage:
    empty.clock.set("2026-08-31 07:00")
    await empty.joins(QUAN)
    return empty


async def test_one_report_a_month_rings_four_times_and_on_its_last_day(autumn: Stage) -> None:
    await owe(autumn, LEADING, date(2026, 9, 30), today=date(2026, 8, 31))
    rang = (await live(autumn, days_of(*SEPTEMBER)))[QUAN.chat]
    assert rang == [date(2026, 9, 10), date(2026, 9, 21), date(2026, 9, 25), date(2026, 9, 30)]


async def test_the_last_days_of_several_reports_come_before_reminders(autumn: Stage) -> None:
    due = (date(2026, 9, 14), date(2026, 9, 21), date(2026, 9, 28))
    await owe(autumn, LEADING, *due, today=date(2026, 8, 31))
    rang: list[date] = []
    for day in days_of(*SEPTEMBER):
        rang += (await live(autumn, [day]))[QUAN.chat]
        async with autumn.database.writing() as conn:
            of_day = update(assignment).where(assignment.c.due_on == day)
            await conn.execute(of_day.values(state="done", next_nudge_on=None))
    assert set(due) <= set(rang)
    assert len(rang) == 4


async def test_what_is_late_is_never_spared(autumn: Stage) -> None:
    await owe(autumn, LEADING, date(2026, 9, 7), today=date(2026, 8, 31))
    rang = (await live(autumn, days_of(*SEPTEMBER)))[QUAN.chat]
    assert len([day for day in rang if day > date(2026, 9, 7)]) > 4


async def test_no_more_than_one_message_a_working_day_over_all_channels(autumn: Stage) -> None:
    both = two(autumn)
    await both.link()
    await owe(autumn, LEADING, date(2026, 9, 15), date(2026, 9, 29), today=date(2026, 8, 31))
    rang: Counter[date] = Counter()
    phones: tuple[tuple[MemoryChannel, str], ...] = ((autumn.channel, QUAN.chat), (both.second, "z-quan"))
    for day in days_of(date(2026, 9, 3), date(2026, 9, 14)):
        for hour in ("08:00", "10:00", "16:00"):
            before = sum(len(both.on(*phone)) for phone in phones)
            autumn.clock.set(f"{day} {hour}")
            await both.program.tick()
            rang[day] += sum(len(both.on(*phone)) for phone in phones) - before
    assert max(rang.values()) == 1
    assert rang.total() <= 4
