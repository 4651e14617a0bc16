"""What an officer's line costs the database: few questions, and none that grows with the province."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from tests.cast import QUAN, Answering, Stage

_OF_DELIVERY = 4
"""Whose chat it is, that it was received, that its answer leaves, that it is out."""
_LARGE = {
    *("account", "assignment", "extension", "incoming", "item_number", "membership", "outgoing", "person"),
    *("progress", "unit"),
}


@contextmanager
def _asked() -> Iterator[list[tuple[str, Any]]]:
    """Yield the statements that any database is asked meanwhile, with their parameters."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        asked.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    yield asked
    event.remove(Engine, "before_cursor_execute", note)


async def test_a_line_asks_the_database_a_few_times(stage: Stage) -> None:
    await stage.say(QUAN, "1 được 10%")
    lines = (("1 được 40%", 16), ("1.1 được 40%", 21), ("1 được 50%, 2 được 20%", 23), ("2 xong", 17))
    for said, most in lines:
        with _asked() as asked:
            await stage.talk((QUAN, said, "Đã ghi"))
        assert len(asked) <= most + _OF_DELIVERY, "\n".join((said, *(statement for statement, _ in asked)))
        assert sum("FROM item_number" in statement for statement, _ in asked) == 1, said


async def test_a_line_goes_through_no_large_table(stage: Stage) -> None:
    await stage.nudged("2026-06-10 08:00")
    with _asked() as asked:
        await stage.talk((QUAN, Answering("15/6", "1 được 40%"), "Đã ghi"), (QUAN, "1.2 xong", "Đã ghi"))
    looks = [(statement, how) for statement, how in asked if not statement.startswith("INSERT")]
    async with stage.database.reading() as conn:
        for statement, parameters in looks:
            plan = await conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            gone_through = [row.detail for row in plan if row.detail.startswith("SCAN")]
            assert not [each for each in gone_through if each.split()[1] in _LARGE], statement
