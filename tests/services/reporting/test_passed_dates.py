"""A date that has passed keeps its units, whoever has a later one by leave."""

from datetime import date

from services.reporting.passed_dates import passed_dates
from tests.cast import LEADING, SILENT, TOAN, Stage

JUNE = date(2026, 6, 15)


async def test_a_unit_with_a_later_date_stays_among_those_of_the_plans_date(stage: Stage) -> None:
    await stage.hear(TOAN, "1 xong, BC 4/BC-SCT")
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql(
            "UPDATE assignment SET due_on = '2026-06-20', last_on = '2026-06-20'"
            " WHERE planned_on = '2026-06-15' AND unit_id = (SELECT id FROM unit WHERE name = ?)",
            (LEADING,),
        )
        (first,) = await passed_dates(conn, 1, JUNE, date(2026, 6, 16))
        (again,) = await passed_dates(conn, 1, date(2026, 6, 20), date(2026, 6, 21))
        assert await passed_dates(conn, 1, date(2026, 6, 16), date(2026, 6, 19)) == ()
    assert (first.planned_on, first.units, first.answered) == (JUNE, 3, 1)
    assert {owing.unit for owing in first.missing} == {LEADING, SILENT}
    assert (again.planned_on, again.units, again.answered) == (JUNE, 3, 1)
