"""What a coordinator can have asked for once more, and whom that would reach. Reads only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from domain.organisation.people import Person
from services.common.results import Refused
from services.common.rules import Rules
from services.nudging.recipients import hearers
from storage.assignments import assignment_store
from storage.nudging import manual_nudge_store
from storage.plans import plan_store
from storage.requests import request_store

TargetKind = Literal["late", "plan", "unit", "duty", "request"]
KINDS: tuple[TargetKind, ...] = get_args(TargetKind)


@dataclass(frozen=True, slots=True)
class NudgeTarget:
    """What is to be asked for: all that is late (no id), or all of one plan, unit, duty or request."""

    kind: TargetKind
    id: int = 0


@dataclass(frozen=True, slots=True)
class Chosen:
    """The assignments of a target, and the target's name ("" for all that is late)."""

    name: str
    assignments: tuple[Assignment, ...]

    @property
    def units(self) -> dict[int, str]:
        """The names of the units by id."""
        return units_of(self.assignments)


@dataclass(frozen=True, slots=True)
class Reach:
    """Who would hear of it: (person id, unit id).

    unreachable  people without a channel
    written      people to whom today's message is out already
    """

    heard: tuple[tuple[int, int], ...]
    unreachable: frozenset[int]
    written: frozenset[int]

    @property
    def people(self) -> tuple[int, ...]:
        """Those who would get a message."""
        return tuple(dict.fromkeys(person for person, _ in self.heard if person not in self.unreachable))


def units_of(assignments: Iterable[Assignment]) -> dict[int, str]:
    """Return the names of the units of assignments by id."""
    return {each.unit_id: each.unit for each in assignments}


async def owed_now(conn: AsyncConnection, by: Person, today: date) -> tuple[Assignment, ...]:
    """Return what is open up to the next due date of each plan that `by` compiles, and of each request.

    What waits for the coordinator's decision on a later date is left out.
    """
    owed = await manual_nudge_store.still_owed(conn, by.units("coordinator"))
    last = await manual_nudge_store.next_due(conn, today)
    near = (each for each in owed if each.due_on <= last.get(each.plan_id or 0, date.max))
    return tuple(each for each in near if each.can_be_asked(today))


async def held_now(conn: AsyncConnection, by: Person, today: date) -> tuple[Assignment, ...]:
    """Return what waits for the coordinator's decision on a later date: nobody is asked for it before."""
    owed = await manual_nudge_store.still_owed(conn, by.units("coordinator"))
    return tuple(each for each in owed if not each.can_be_asked(today) and each.wanted_on)


def is_late(assignment: Assignment, today: date) -> bool:
    """Whether an assignment is overdue on a local day."""
    return assignment.timeliness(today) == "overdue"


def pressing(assignments: Sequence[Assignment], today: date, rules: Rules) -> tuple[Assignment, ...]:
    """Return what is late, on its ladder, or asked for by a request; where nothing is, all of it."""
    near = tuple(each for each in assignments if each.request_id is not None or _is_near(each, today, rules))
    return near or tuple(assignments)


def _is_near(assignment: Assignment, today: date, rules: Rules) -> bool:
    first = rules.ladders.of(assignment.kind, assignment.plan).first
    return rules.days.between(today, assignment.last_on) <= first


async def choose(
    conn: AsyncConnection, target: NudgeTarget, *, by: Person, today: date, rules: Rules
) -> Chosen | Refused[Literal["not_yours", "gone"]]:
    """Return the assignments that a target means for the coordinator `by`.

    Refused where it is another coordinator's ("not_yours"), or nothing of the duty is open ("gone").
    """
    if not await _is_theirs(conn, target, by):
        return Refused("not_yours")
    owed = await owed_now(conn, by, today)
    if target.kind == "duty":
        return await _duty(conn, target.id, owed, today, rules)
    theirs = pressing([each for each in owed if _belongs(each, target, today)], today, rules)
    return Chosen(_name(target, theirs), theirs)


async def _duty(
    conn: AsyncConnection, duty_id: int, owed: Sequence[Assignment], today: date, rules: Rules
) -> Chosen | Refused[Literal["not_yours", "gone"]]:
    """A dated duty, and the reports in which units tell of an undated one."""
    rows = await manual_nudge_store.duties(conn, {each.plan_id for each in owed if each.plan_id is not None})
    text = next((row.text for row in rows if row.id == duty_id), None)
    if text is None:
        return Refused("gone")
    reported = await manual_nudge_store.reporting_on(conn, duty_id)
    theirs = [
        each
        for each in owed
        if each.duty_id == duty_id or (each.kind == "report" and (each.plan_id, each.unit_id) in reported)
    ]
    return Chosen(text, pressing(theirs, today, rules))


def _belongs(assignment: Assignment, target: NudgeTarget, today: date) -> bool:
    if target.kind == "late":
        return is_late(assignment, today)
    ids = {"plan": assignment.plan_id, "unit": assignment.unit_id, "request": assignment.request_id}
    return ids.get(target.kind) == target.id


def _name(target: NudgeTarget, assignments: Sequence[Assignment]) -> str:
    if not assignments:
        return ""
    names = {"plan": assignments[0].plan, "unit": assignments[0].unit, "request": assignments[0].text}
    return names.get(target.kind) or ""


async def _is_theirs(conn: AsyncConnection, target: NudgeTarget, by: Person) -> bool:
    """Whether a target is this coordinator's own, also where it is finished."""
    compiled = by.units("coordinator")
    if target.kind == "plan":
        plan = await plan_store.find(conn, target.id)
        return plan is not None and plan.coordinator_id in compiled
    if target.kind == "unit":
        return any(
            each.coordinator_id in compiled for each in await assignment_store.of_units(conn, [target.id])
        )
    if target.kind == "duty":
        plans = await plan_store.listing(conn, compiled)
        return target.id in {row.id for row in await manual_nudge_store.duties(conn, [p.id for p in plans])}
    if target.kind == "request":
        request = await request_store.find(conn, target.id)
        return request is not None and request.coordinator_id in compiled
    return True


async def reach(conn: AsyncConnection, assignments: Sequence[Assignment], today: date, rules: Rules) -> Reach:
    """Return whom a message about these assignments would reach."""
    heard = await hearers(conn, rules, assignments, today)
    people = {person for person, _ in heard}
    unreachable = people - await manual_nudge_store.reachable(conn, people)
    written = await manual_nudge_store.had_message(conn, people - unreachable, today)
    return Reach(tuple(heard), frozenset(unreachable), written)
