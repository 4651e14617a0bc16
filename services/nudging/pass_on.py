"""What becomes of a last day's nudge that nobody saw, or that did not arrive: the next channel, the phone."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.event import Event
from domain.organisation.people import Person
from domain.organisation.unit_contacts import UnitContacts
from services.common.rules import Rules
from services.organisation.contacts import contacts_seen_by
from storage.common import outbox
from storage.nudging import pass_on_store
from storage.nudging.pass_on_store import CALL_TOPIC
from storage.organisation import absence_store, people_store

GRACE = timedelta(minutes=15)
"""So long a last day's nudge may be on its way before its unit is to be phoned."""


async def pass_on_unseen(conn: AsyncConnection, now: datetime, rules: Rules) -> int:
    """From the set hour on, let last-day nudges that nobody has seen go by their person's next channel.

    `now` is local. Needs a writing transaction. Return how many there were.
    """
    if now.time() < rules.pass_on_at:
        return 0
    ids = await pass_on_store.unseen(conn, now.date(), _next_day(rules, now.date()))
    if ids:
        await pass_on_store.pass_on(conn, ids)
    return len(ids)


def _next_day(rules: Rules, today: date) -> date:
    return rules.days.on_or_after(today + timedelta(days=1))


async def unreached_units(conn: AsyncConnection, rules: Rules, today: date) -> dict[int, frozenset[int]]:
    """Return the units whose last day this is and whose focal points no nudge of today has reached, each with
    the units that compile what it owes.

    One whose focal points are all away with nobody in their place is among them, one without any too.
    """
    owing = await pass_on_store.last_day_units(conn, today, _next_day(rules, today))
    if not owing:
        return {}
    heard = await absence_store.hearers(conn, {each.unit_id for each in owing}, ["focal"], today)
    reached_people = await pass_on_store.reached_on(conn, today)
    reached = {unit_id for person_id, unit_id in heard if person_id in reached_people}
    by_unit: defaultdict[int, set[int]] = defaultdict(set)
    for each in owing:
        if each.unit_id not in reached and each.coordinator_id is not None:
            by_unit[each.unit_id].add(each.coordinator_id)
    return {unit_id: frozenset(coordinators) for unit_id, coordinators in by_unit.items()}


async def tell_to_phone(conn: AsyncConnection, units: Iterable[int], rules: Rules, today: date) -> None:
    """Tell who compiles for units that are still unreached to phone them, of each unit once a day.

    Needs a writing transaction. Of units without a focal point the lists tell: nothing was to reach them.
    """
    unreached = await unreached_units(conn, rules, today)
    peopled = {unit for _, unit in await absence_store.hearers(conn, unreached, ["focal"], today)}
    wanted = {unit: unreached[unit] for unit in units if unit in unreached and unit in peopled}
    compiling = {coordinator for coordinators in wanted.values() for coordinator in coordinators}
    for person_id, coordinator in await people_store.holders(conn, compiling, ["coordinator"], today):
        theirs = {unit for unit, coordinators in wanted.items() if coordinator in coordinators}
        new = theirs - await pass_on_store.told_to_phone(conn, person_id, today)
        if new:
            event = Event("to_phone", person_id, units=tuple(sorted(new)))
            await outbox.put_notice(conn, [person_id], today, CALL_TOPIC, event)


async def call_list(
    conn: AsyncConnection, by: Person, now: datetime, rules: Rules
) -> tuple[UnitContacts, ...]:
    """Return the units of somebody's plans that are to be phoned today; `now` is local.

    Nobody is while nudges may still be on their way.
    """
    today = now.date()
    if now < datetime.combine(today, rules.ladders.hours.opens, now.tzinfo) + GRACE:
        return ()
    unreached: Collection[int] = await unreached_units(conn, rules, today)
    if not unreached:
        return ()
    seen = await contacts_seen_by(conn, by, today, rules.zone)
    return tuple(unit for unit in seen if unit.id in unreached)
