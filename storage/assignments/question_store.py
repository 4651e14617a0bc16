"""Questions of units to those who compile, what is said to be no work of a unit's, and the answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, Select, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.schema import duty, outgoing, person, question, unit

Kind = Literal["question", "disclaim"]
"""question: something is asked; disclaim: an item is said to be no work of the unit's."""

_COORDINATOR, _MOVED_TO = unit.alias("coordinator"), unit.alias("moved_to")
_ASKER, _ANSWERER = person.alias("asker"), person.alias("answerer")


@dataclass(frozen=True, slots=True)
class Question:
    """What a unit asked, and the answer (None while there is none). Its moments are in UTC.

    `assignment_id` is None where it is about no single item; `line` is the text of the report's line that it
    is about, `moved_to` the unit that was given the work.
    """

    id: int
    kind: Kind
    assignment_id: int | None
    duty_id: int | None
    line: str | None
    unit_id: int
    unit: str
    coordinator_id: int
    coordinator: str
    asked_by: int
    asker: str
    asked_at: datetime
    text: str
    answer: str | None
    answerer: str | None
    answered_at: datetime | None
    moved_to: str | None

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered it."""
        return self.answered_at is None


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """A question before it has an id."""

    kind: Kind
    assignment_id: int | None
    duty_id: int | None
    unit_id: int
    coordinator_id: int
    asked_by: int
    text: str


def _questions() -> Select[Any]:
    return (
        select(
            question,
            unit.c.name.label("unit"),
            duty.c.text.label("line"),
            _COORDINATOR.c.name.label("coordinator"),
            _MOVED_TO.c.name.label("moved_to"),
            _ASKER.c.name.label("asker"),
            _ANSWERER.c.name.label("answerer"),
        )
        .join(unit, unit.c.id == question.c.unit_id)
        .join(_COORDINATOR, _COORDINATOR.c.id == question.c.coordinator_id)
        .join(_ASKER, _ASKER.c.id == question.c.asked_by)
        .outerjoin(duty, duty.c.id == question.c.duty_id)
        .outerjoin(_MOVED_TO, _MOVED_TO.c.id == question.c.moved_to_id)
        .outerjoin(_ANSWERER, _ANSWERER.c.id == question.c.answered_by)
        .order_by(question.c.id)
    )


async def add(conn: AsyncConnection, new: NewQuestion, now: datetime) -> int:
    """Keep a question; return its id."""
    added = await conn.execute(
        insert(question)
        .values(
            kind=new.kind,
            assignment_id=new.assignment_id,
            duty_id=new.duty_id,
            unit_id=new.unit_id,
            coordinator_id=new.coordinator_id,
            asked_by=new.asked_by,
            asked_at=now,
            text=new.text,
        )
        .returning(question.c.id)
    )
    return int(added.scalar_one())


async def get(conn: AsyncConnection, question_id: int) -> Question | None:
    """Return a question."""
    row = (await conn.execute(_questions().where(question.c.id == question_id))).one_or_none()
    return _question(row) if row else None


async def waiting(
    conn: AsyncConnection, coordinators: Iterable[int], most: int | None = None
) -> tuple[Question, ...]:
    """Return what nobody of these units has answered, oldest first; the first `most` of it."""
    query = _questions().where(question.c.coordinator_id.in_(list(coordinators)))
    rows = await conn.execute(query.where(question.c.answered_at.is_(None)).limit(most))
    return tuple(map(_question, rows))


async def count_waiting(conn: AsyncConnection, coordinators: Iterable[int]) -> int:
    """Return how many these are."""
    query = select(func.count(question.c.id)).where(question.c.coordinator_id.in_(list(coordinators)))
    return int((await conn.execute(query.where(question.c.answered_at.is_(None)))).scalar_one())


async def of_assignments(conn: AsyncConnection, ids: Sequence[int]) -> tuple[Question, ...]:
    """Return all that was asked about assignments, oldest first."""
    rows = await conn.execute(_questions().where(question.c.assignment_id.in_(ids)))
    return tuple(map(_question, rows))


async def of_unit(conn: AsyncConnection, unit_id: int, coordinators: Iterable[int]) -> tuple[Question, ...]:
    """Return all that a unit asked these coordinating units, newest first."""
    of_unit_ = (question.c.unit_id == unit_id, question.c.coordinator_id.in_(list(coordinators)))
    rows = await conn.execute(_questions().where(*of_unit_).order_by(None).order_by(question.c.id.desc()))
    return tuple(map(_question, rows))


async def told_by(conn: AsyncConnection, chat: str, message: str) -> int | None:
    """Return the question that a message told a coordinator of."""
    sent = (outgoing.c.chat == chat, outgoing.c.message == message)
    return (await conn.execute(select(outgoing.c.question_id).where(*sent))).scalars().first()


async def answer(
    conn: AsyncConnection,
    question_id: int,
    person_id: int,
    text: str,
    now: datetime,
    *,
    moved_to_id: int | None = None,
) -> None:
    """Keep an answer; `moved_to_id` is the unit that was given the work."""
    answered = {"answered_by": person_id, "answer": text, "answered_at": now, "moved_to_id": moved_to_id}
    await conn.execute(update(question).where(question.c.id == question_id).values(answered))


def _question(row: Row[Any]) -> Question:
    return Question(
        id=row.id,
        kind=row.kind,
        assignment_id=row.assignment_id,
        duty_id=row.duty_id,
        line=row.line,
        unit_id=row.unit_id,
        unit=row.unit,
        coordinator_id=row.coordinator_id,
        coordinator=row.coordinator,
        asked_by=row.asked_by,
        asker=row.asker,
        asked_at=row.asked_at,
        text=row.text,
        answer=row.answer,
        answerer=row.answerer,
        answered_at=row.answered_at,
        moved_to=row.moved_to,
    )
