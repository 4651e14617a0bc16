"""What a message asks of people costs the same in a department and in a province."""

from datetime import date
from typing import Any

from sqlalchemy import Engine, event

from storage.organisation import people_store
from tests.cast import LEADING, QUAN, Stage


async def test_the_seats_of_one_person_are_looked_up_and_not_picked_from_all(stage: Stage) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        asked.append((statement, parameters))

    async with stage.database.reading() as conn:
        event.listen(Engine, "before_cursor_execute", note)
        person = await people_store.find(conn, stage.channel.name, QUAN.chat, date(2026, 6, 1))
        event.remove(Engine, "before_cursor_execute", note)
        assert person is not None
        assert [seat.unit for seat in person.seats] == [LEADING]
        for statement, parameters in asked:
            plan = await conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            assert not [row for row in plan if row.detail.startswith("SCAN membership")]
