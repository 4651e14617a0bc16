"""Note days of absence on which a colleague hears somebody's nudges, and take them back."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.absence import LONGEST
from domain.organisation.event import Event
from domain.organisation.people import Person
from services.common.results import Refused
from storage.common import audit_log, outbox
from storage.organisation import absence_store
from storage.organisation.absence_store import Absence, Colleague


@dataclass(frozen=True, slots=True)
class AbsenceSet:
    """The days are noted and the substitute is told. `is_away_too`: the substitute has days of their own."""

    absence_id: int
    substitute: Colleague
    first: date
    last: date
    is_away_too: bool


@dataclass(frozen=True, slots=True)
class AbsenceOverlaps:
    """Nothing was done: an absence is noted already that shares a day."""

    absence: Absence


_Reason = Literal["reversed", "past", "too_long", "not_a_colleague"]
BadDays = Refused[_Reason] | AbsenceOverlaps


async def check_days(
    conn: AsyncConnection, first: date, last: date, *, by: Person, today: date
) -> BadDays | None:
    """Return why `by` cannot be absent from the first to the last of these local days; None: they can."""
    if last < first:
        return Refused("reversed")
    if last < today:
        return Refused("past")
    if (last - first).days >= LONGEST:
        return Refused("too_long")
    same = await absence_store.overlapping(conn, [by.id], max(first, today), last)
    return AbsenceOverlaps(same[0]) if same else None


async def possible_substitutes(conn: AsyncConnection, *, by: Person, today: date) -> tuple[Colleague, ...]:
    """Return who may stand in for `by`: the other focal points and leaders of their units."""
    return await absence_store.colleagues(conn, by.id, by.units("focal", "leader"), today)


async def set_absence(
    conn: AsyncConnection,
    substitute_id: int,
    first: date,
    last: date,
    *,
    by: Person,
    now: datetime,
    today: date,
) -> AbsenceSet | BadDays:
    """Let a colleague hear what `by` would from `first` to `last`, both local days of absence.

    A message of today that has not gone out goes to the substitute. Needs a writing transaction. Refused:
    the days will not do, or the substitute has no seat in a unit of `by` ("not_a_colleague").
    """
    bad = await check_days(conn, first, last, by=by, today=today)
    if bad is not None:
        return bad
    first = max(first, today)
    others = await possible_substitutes(conn, by=by, today=today)
    substitute = next((each for each in others if each.id == substitute_id), None)
    if substitute is None:
        return Refused("not_a_colleague")
    absence_id = await absence_store.add(conn, by.id, substitute.id, first, last, now)
    about = f"person {by.id}, {first} to {last}, by person {substitute.id}"
    await audit_log.note(conn, now, "absence", about, by.id)
    if first == today:
        await _pass_on(conn, by.id, substitute.id, today)
    event = Event("away", by.id, first=first, last=last)
    await outbox.put_notice(conn, [substitute.id], today, f"away:{absence_id}", event)
    also = await absence_store.overlapping(conn, [substitute.id], first, last)
    return AbsenceSet(absence_id, substitute, first, last, is_away_too=bool(also))


async def cancel_absence(
    conn: AsyncConnection, absence_id: int, *, by: Person, now: datetime, today: date
) -> Absence | Refused[Literal["gone"]]:
    """Take back an absence of `by`, or end it today; the substitute is told. Return it as it was.

    Needs a writing transaction. Refused: it is over, was taken back, or is somebody else's ("gone").
    """
    own = await absence_store.of_person(conn, by.id, today)
    absence = next((each for each in own if each.id == absence_id), None)
    if absence is None:
        return Refused("gone")
    await absence_store.cancel(conn, absence.id)
    about = f"person {by.id}, {absence.first} to {absence.last}"
    await audit_log.note(conn, now, "present", about, by.id)
    if absence.first <= today:
        await _pass_on(conn, absence.substitute_id, by.id, today)
    event = Event("back", by.id, first=absence.first, last=absence.last)
    await outbox.put_notice(conn, [absence.substitute_id], today, f"back:{absence.id}", event)
    return absence


async def _pass_on(conn: AsyncConnection, from_id: int, to_id: int, today: date) -> None:
    """Let another hear today what has not gone out to somebody yet."""
    if await outbox.is_waiting(conn, from_id, today):
        await outbox.put_daily(conn, [to_id], today)
