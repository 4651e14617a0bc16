"""The parties of what a button names: the unit that owes it, the unit that compiles or asked for it."""

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Executable, func, literal, null, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.schema import (
    absence,
    assignment,
    evidence,
    extension,
    plan,
    progress,
    question,
    request,
)

Kind = Literal["assignment", "progress", "evidence", "wish", "plan", "request", "question", "absence"]


@dataclass(frozen=True, slots=True)
class Parties:
    """The ids of the unit, of the coordinating unit and of the person whose it is, where there are such."""

    unit_id: int | None
    coordinator_id: int | None
    person_id: int | None


async def parties(conn: AsyncConnection, kind: Kind, id_: int) -> Parties | None:
    """Return the parties of a thing; None where it no longer exists."""
    row = (await conn.execute(_query(kind, id_))).first()
    return None if row is None else Parties(row.unit_id, row.coordinator_id, row.person_id)


def _query(kind: Kind, id_: int) -> Executable:
    if kind == "absence":
        return select(_NONE.label("unit_id"), _NONE.label("coordinator_id"), absence.c.person_id).where(
            absence.c.id == id_
        )
    if kind == "request":
        return select(_NONE.label("unit_id"), request.c.coordinator_id, _NONE.label("person_id")).where(
            request.c.id == id_
        )
    if kind == "question":
        return select(question.c.unit_id, question.c.coordinator_id, _NONE.label("person_id")).where(
            question.c.id == id_
        )
    if kind == "plan":
        amended = plan.alias("amended")
        owner = func.coalesce(amended.c.coordinator_id, plan.c.coordinator_id).label("coordinator_id")
        return (
            select(_NONE.label("unit_id"), owner, _NONE.label("person_id"))
            .select_from(plan)
            .outerjoin(amended, amended.c.id == plan.c.amends_id)
            .where(plan.c.id == id_)
        )
    return _of_assignment(kind, id_)


def _of_assignment(kind: Kind, id_: int) -> Executable:
    """The parties of an assignment, or of the one that words, a file or a wish belong to."""
    wanted: ColumnElement[Any] = literal(id_)
    if (table := _ABOUT.get(kind)) is not None:
        wanted = select(table.c.assignment_id).where(table.c.id == id_).scalar_subquery()
    owner = func.coalesce(plan.c.coordinator_id, request.c.coordinator_id).label("coordinator_id")
    return (
        select(assignment.c.unit_id, owner, _NONE.label("person_id"))
        .select_from(assignment)
        .outerjoin(plan, plan.c.id == assignment.c.plan_id)
        .outerjoin(request, request.c.id == assignment.c.request_id)
        .where(assignment.c.id == wanted)
    )


_NONE = null()
_ABOUT = {"progress": progress, "evidence": evidence, "wish": extension}
