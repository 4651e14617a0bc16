"""How often an officer's line asks the database: on a server each time is a round trip."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

from tests.cast import QUAN, Stage

_OF_DELIVERY = 4
"""Whose chat it is, that it was received, that its answer leaves, that it is out."""


@contextmanager
def _asked() -> Iterator[list[str]]:
    """Yield the statements that any database is asked meanwhile."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield asked
    event.remove(Engine, "before_cursor_execute", note)


async def test_a_line_asks_the_database_a_few_times(stage: Stage) -> None:
    await stage.say(QUAN, "1 được 10%")
    lines = (("1 được 40%", 16), ("1.1 được 40%", 21), ("1 được 50%, 2 được 20%", 23), ("2 xong", 17))
    for said, most in lines:
        with _asked() as asked:
            await stage.talk((QUAN, said, "Đã ghi"))
        assert len(asked) <= most + _OF_DELIVERY, "\n".join((said, *asked))
        assert sum("FROM item_number" in statement for statement in asked) == 1, said
