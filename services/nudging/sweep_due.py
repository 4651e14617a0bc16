"""Put the messages of a working day into the outbox. The database is the schedule: a sweep may come at any
time, and often."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import DueAssignment
from domain.assignments.assignment_change import sweep
from services.assignments.number_items import number_items_of
from services.common.rules import Rules
from services.nudging.recipients import hearers
from services.nudging.spare import not_spared
from storage.assignments import assignment_writer
from storage.assignments.number_store import NumberOwner
from storage.common import outbox
from storage.nudging import digest_store, due_store, newcomers
from storage.organisation import absence_store, people_store


@dataclass(frozen=True, slots=True)
class Swept:
    """What one batch did: how many assignments are asked for, and whether that was the last batch."""

    asked: int
    is_last: bool


async def begin_day(conn: AsyncConnection, today: date) -> None:
    """Replace daily messages and digests that could not go out on earlier days.

    Today's message goes to whoever holds, or substitutes in, the seat of the person who missed one. Needs a
    writing transaction. Called again on the same day, it adds nothing.
    """
    missed_on: defaultdict[date, set[int]] = defaultdict(set)
    for person_id, day in await outbox.replace_stale(conn, today):
        missed_on[day].add(person_id)
    for day, missed in missed_on.items():
        units = {unit for person in missed for unit in (await people_store.get(conn, person, today)).units()}
        then = await absence_store.heard(conn, units, day)
        seats = {(hearing.seat_of, hearing.unit_id) for hearing in then if hearing.person_id in missed}
        now = await absence_store.heard(conn, units, today)
        people = (hearing.person_id for hearing in now if (hearing.seat_of, hearing.unit_id) in seats)
        await outbox.put_daily(conn, dict.fromkeys(people), today)
        await assignment_writer.note_asked_again(conn, units, day, today)


async def put_digests(conn: AsyncConnection, today: date) -> None:
    """Put the day's digest of each coordinator into the outbox, once; it is worded when it is sent."""
    await outbox.put(conn, await digest_store.coordinators(conn, today), today, "digest")


async def sweep_due(conn: AsyncConnection, now: datetime, rules: Rules, limit: int) -> Swept:
    """Ask for up to `limit` assignments whose day has come; after the last, tell newcomers what is open.

    `now` is local and aware, within the office's hours. Needs a writing transaction.
    """
    today = now.date()
    assignments = await due_store.due(conn, today, limit)
    if not assignments:
        await _tell_newcomers(conn, now, rules)
        return Swept(0, is_last=True)
    await assignment_writer.write(conn, *sweep(assignments, today, rules.schedule))
    pressing = [each for each in assignments if each.can_be_asked(today)]
    heard = await hearers(conn, rules, pressing, today)
    await outbox.put_daily(conn, await not_spared(conn, pressing, heard, rules, today), today)
    await _number(conn, pressing, heard, now, rules)
    return Swept(len(pressing), is_last=False)


async def _number(
    conn: AsyncConnection,
    assignments: Sequence[DueAssignment],
    heard: Iterable[tuple[int, int]],
    now: datetime,
    rules: Rules,
) -> None:
    """Give each of many people the numbers of their items at once; `heard` has (person id, unit id)."""
    of_unit: defaultdict[int, list[int]] = defaultdict(list)
    for each in sorted(assignments, key=lambda each: (each.last_on, each.id)):
        of_unit[each.unit_id].append(each.id)
    shown: dict[NumberOwner, tuple[int, ...]] = {}
    for person_id, unit_id in heard:
        owner = NumberOwner(person_id=person_id)
        shown[owner] = (*shown.get(owner, ()), *of_unit[unit_id])
    await number_items_of(conn, shown, now, rules.zone)


async def _tell_newcomers(conn: AsyncConnection, now: datetime, rules: Rules) -> None:
    """Tell focal points who have joined between two rungs what is open."""
    today = now.date()
    before = rules.days.on_or_before(today - timedelta(days=1))
    since = datetime.combine(before, time.min, rules.zone)
    for person_id in await newcomers.unheard(conn, since, today, rules.zone):
        units = (await people_store.get(conn, person_id, today)).units("focal")
        assignments = [
            each for each in await due_store.still_open(conn, units) if _is_near(each, today, rules)
        ]
        if assignments:
            await assignment_writer.note_asked(conn, [each.id for each in assignments], today)
            await outbox.put_daily(conn, [person_id], today)


def _is_near(each: DueAssignment, today: date, rules: Rules) -> bool:
    """Whether the unit's other people have heard of it already, or are about to, and it is not held."""
    if each.is_held(today):
        return False
    first = rules.ladders.of(each.kind, each.plan).first
    return each.asked_on is not None or rules.days.between(today, each.last_on) <= first
