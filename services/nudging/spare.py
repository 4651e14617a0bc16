"""Who is spared a reminder: it is nobody's last day, nothing is late, and there were enough this month."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.nudging.monthly import may_remind
from services.common.rules import Rules
from services.nudging.recipients import Owed
from storage.nudging import month_store


async def not_spared(
    conn: AsyncConnection,
    asked: Sequence[Owed],
    heard: Sequence[tuple[int, int]],
    rules: Rules,
    today: date,
) -> list[int]:
    """Return those of `heard`, (person id, unit id), who get a message of what is asked for today.

    What presses, a last day or something late, always goes out. `today` is local.
    """
    pressing = {each.unit_id for each in asked if rules.days.on_or_before(each.last_on) <= today}
    units: defaultdict[int, set[int]] = defaultdict(set)
    for person_id, unit_id in heard:
        units[person_id].add(unit_id)
    calm = {person_id for person_id, theirs in units.items() if not theirs & pressing}
    if not calm:
        return list(units)
    written = await month_store.days_written(conn, calm, today.replace(day=1), today)
    ahead = await _last_days(conn, {unit for person in calm for unit in units[person]}, rules, today)
    return [
        person_id
        for person_id, theirs in units.items()
        if person_id not in calm
        or may_remind(
            written.get(person_id, 0),
            len(frozenset().union(*(ahead.get(unit, frozenset()) for unit in theirs))),
        )
    ]


async def _last_days(
    conn: AsyncConnection, unit_ids: set[int], rules: Rules, today: date
) -> dict[int, frozenset[date]]:
    """Return by unit the working days to come in this month that are the last for something."""
    end = (today.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    found = await month_store.last_days(conn, unit_ids, today, end)
    return {unit: frozenset(map(rules.days.on_or_before, days)) - {today} for unit, days in found.items()}
