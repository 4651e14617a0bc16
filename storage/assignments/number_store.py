"""The numbers that people, and the group chats of units, have been given for assignments."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.item_numbers import ItemNumber, ItemNumbers
from domain.assignments.lifecycle import OPEN, State
from storage.database.schema import assignment, item_number, progress

_n = item_number.c
_CLASHES = delete(item_number).where(
    _n.person_id.is_not_distinct_from(bindparam("of_person")),
    _n.unit_id.is_not_distinct_from(bindparam("of_unit")),
    or_(_n.assignment_id == bindparam("assignment"), _n.number == bindparam("its_number")),
)
"""What had the number before, and the number that the assignment had."""
_HELD = {
    of: select(_n.person_id, _n.unit_id, _n.assignment_id, _n.number, _n.ended_on)
    .where(_n[of].in_(bindparam("ids", expanding=True)))
    .order_by(_n.number)
    for of in ("person_id", "unit_id")
}


@dataclass(frozen=True, slots=True)
class NumberOwner:
    """Whose numbers they are: a person's, or those of the group chat of a unit."""

    person_id: int | None = None
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class NumberedAssignment:
    """An assignment that is over and still has a number; `last_word_at` (UTC): of the last progress on it."""

    id: int
    state: State
    finished_on: date | None
    last_word_at: datetime | None


async def held(conn: AsyncConnection, owners: Collection[NumberOwner]) -> dict[NumberOwner, ItemNumbers]:
    """Return the numbers of each of these owners."""
    found: defaultdict[NumberOwner, list[ItemNumber]] = defaultdict(list)
    for of, statement in _HELD.items():
        ids = [id_ for owner in owners if (id_ := getattr(owner, of)) is not None]
        for row in await conn.execute(statement, {"ids": ids}) if ids else ():
            number = ItemNumber(row.assignment_id, row.number, row.ended_on)
            found[NumberOwner(row.person_id, row.unit_id)].append(number)
    return {owner: ItemNumbers(tuple(found[owner])) for owner in owners}


async def elsewhere(conn: AsyncConnection, assignment_ids: Iterable[int]) -> dict[int, set[int]]:
    """Return the numbers that anybody has for these assignments while they are open."""
    theirs = (_n.assignment_id.in_(list(assignment_ids)), _n.ended_on.is_(None))
    found: defaultdict[int, set[int]] = defaultdict(set)
    for row in await conn.execute(select(_n.assignment_id, _n.number).where(*theirs).distinct()):
        found[row.assignment_id].add(row.number)
    return found


async def give(conn: AsyncConnection, given: Mapping[NumberOwner, Iterable[ItemNumber]]) -> None:
    """Keep new numbers."""
    rows = [
        {
            "person_id": owner.person_id,
            "unit_id": owner.unit_id,
            "assignment_id": each.assignment_id,
            "number": each.number,
        }
        for owner, numbers in given.items()
        for each in numbers
    ]
    if rows:
        clashes = [
            {
                "of_person": row["person_id"],
                "of_unit": row["unit_id"],
                "assignment": row["assignment_id"],
                "its_number": row["number"],
            }
            for row in rows
        ]
        await conn.execute(_CLASHES, clashes)
        await conn.execute(insert(item_number), rows)


async def over(conn: AsyncConnection, owners: Collection[NumberOwner]) -> tuple[NumberedAssignment, ...]:
    """Return the assignments that are over by now, of those for which these owners have a number."""
    last = select(func.max(progress.c.said_at)).where(progress.c.assignment_id == assignment.c.id)
    is_over = or_(assignment.c.state.not_in(OPEN), assignment.c.past)
    rows = await conn.execute(
        select(
            assignment.c.id, assignment.c.state, assignment.c.finished_on, last.scalar_subquery().label("at")
        ).where(
            is_over, assignment.c.id.in_(select(_n.assignment_id).where(_of(owners), _n.ended_on.is_(None)))
        )
    )
    return tuple(NumberedAssignment(row.id, row.state, row.finished_on, row.at) for row in rows)


async def end(conn: AsyncConnection, ended: Mapping[int, date]) -> None:
    """Note for everybody since which local day assignments (by id) are over."""
    for assignment_id, day in ended.items():
        mine = (_n.assignment_id == assignment_id, _n.ended_on.is_(None))
        await conn.execute(update(item_number).where(*mine).values(ended_on=day))


def _of(owners: Collection[NumberOwner]) -> ColumnElement[bool]:
    people = [owner.person_id for owner in owners if owner.person_id is not None]
    units = [owner.unit_id for owner in owners if owner.unit_id is not None]
    return or_(_n.person_id.in_(people), _n.unit_id.in_(units))
