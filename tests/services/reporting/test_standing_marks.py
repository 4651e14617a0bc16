"""How many stand under which mark, asked without a chat."""

from datetime import date

from services.reporting.standing_marks import by_clause, by_day, by_unit, marks_of
from tests.cast import TOAN, Stage

AFTER = date(2026, 6, 20)


def test_the_worst_mark_comes_first_and_what_is_called_off_has_none() -> None:
    ways = marks_of(
        {"in_time": 2, "overdue": 1, "done_late": 1, "done_in_time": 3, "cancelled": 4, "past": 5}
    )
    assert ways == (("overdue", 1), ("open", 2), ("done", 4))


async def test_units_clauses_and_days_count_the_same_assignments(stage: Stage) -> None:
    await stage.hear(TOAN, "1 xong, BC 4/BC-SCT")
    async with stage.database.reading() as conn:
        units = await by_unit(conn, [1], AFTER)
        clauses = await by_clause(conn, 1, AFTER)
        days = await by_day(conn, 1, date(2026, 1, 1), date(2026, 12, 31), AFTER)
    counts = [
        {
            mark: sum(dict(marks).get(mark, 0) for marks in some.values())
            for mark in ("overdue", "open", "done")
        }
        for some in (units, clauses, days)
    ]
    assert counts[0] == counts[1] == counts[2] == {"overdue": 2, "open": 4, "done": 1}
