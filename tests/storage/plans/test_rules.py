"""What is kept of a reporting rule beside its dates: its recurrence, and whether a date is itself in time."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr
from sqlalchemy import select

from documents.reading import read_text
from domain.plans.commitments import commit
from domain.plans.plan import without_undated_own_reports
from storage.database.opening import open_database
from storage.database.schema import duty, reporting_rule
from storage.organisation import unit_store
from storage.plans import plan_store
from tests.cast import PLAN

NOW = datetime(2026, 3, 5, 2, tzinfo=UTC)
DATES = "trước ngày 15/6 và 15/11 năm 2026"
QUARTERS = [date(2026, 4, 10), date(2026, 7, 10), date(2026, 10, 10), date(2027, 1, 10)]


@pytest.mark.parametrize(
    ("words", "inclusive", "recurring"),
    [
        (DATES, False, []),
        ("chậm nhất ngày 15/6 và 15/11 năm 2026", True, []),
        ("hằng quý trước ngày 10 tháng đầu quý sau", False, QUARTERS),
    ],
)
async def test_a_rule_keeps_how_its_dates_are_meant(
    tmp_path: Path, words: str, inclusive: bool, recurring: list[date]
) -> None:
    from bot.app.wiring import load_register

    register = load_register()
    read = without_undated_own_reports(read_text(PLAN.replace(DATES, words), register))
    database = await open_database(tmp_path / "nhacviec.db")
    async with database.writing() as conn:
        await unit_store.save(conn, register.units)
        await plan_store.add(conn, read, commit(read, register, date(2026, 3, 5)), NOW)
        rule = (await conn.execute(select(reporting_rule))).one()
        lines = (await conn.execute(select(duty.c.due, duty.c.inclusive))).all()
    await database.close()
    assert rule.inclusive is inclusive
    assert [line.inclusive for line in lines if line.due] == [False]
    start = datetime(2026, 3, 5)  # noqa: DTZ001 - dateutil's rules are of local days
    assert (_first(rule.rrule, start) if rule.rrule else []) == recurring


def _first(rule: str, start: datetime) -> list[date]:
    return [day.date() for day, _ in zip(rrulestr(rule, dtstart=start), range(4), strict=False)]
