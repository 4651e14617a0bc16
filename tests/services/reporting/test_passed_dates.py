"""A date that has passed keeps its units, whoever has a later one by leave."""

from datetime import date

from sqlalchemy import select, update

from services.reporting.passed_dates import passed_dates
from storage.database.schema import assignment, unit
from tests.cast import LEADING, SILENT, TOAN, Stage

JUNE = date(2026, 6, 15)


async def test_a_unit_with_a_later_date_stays_among_those_of_the_plans_date(stage: Stage) -> None:
    await stage.hear(TOAN, "1 xong, BC 4/BC-SCT")
    async with stage.database.writing() as conn:
        leading = select(unit.c.id).where(unit.c.name == LEADING).scalar_subquery()
        theirs = (assignment.c.planned_on == JUNE, assignment.c.unit_id == leading)
        later = {"due_on": date(2026, 6, 20), "last_on": date(2026, 6, 20)}
        await conn.execute(update(assignment).where(*theirs).values(later))
        (first,) = await passed_dates(conn, 1, JUNE, date(2026, 6, 16))
        (again,) = await passed_dates(conn, 1, date(2026, 6, 20), date(2026, 6, 21))
        assert await passed_dates(conn, 1, date(2026, 6, 16), date(2026, 6, 19)) == ()
    assert (first.planned_on, first.units, first.answered) == (JUNE, 3, 1)
    assert {owing.unit for owing in first.missing} == {LEADING, SILENT}
    assert (again.planned_on, again.units, again.answered) == (JUNE, 3, 1)
