"""Give numbers to the items that people are shown. The one place that does."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, tzinfo

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.item_numbers import ItemNumber, ItemNumbers, give_numbers
from storage.assignments import number_store
from storage.assignments.number_store import NumberedAssignment, NumberOwner


class Unnumbered(Exception):
    """A message cannot be worded before these open assignments have numbers, which takes a transaction."""

    def __init__(self, owner: NumberOwner, open_ids: tuple[int, ...]) -> None:
        super().__init__(f"{owner} lacks numbers")
        self.owner, self.open_ids = owner, open_ids


async def numbers_for_message(
    conn: AsyncConnection, person_id: int, open_ids: tuple[int, ...]
) -> ItemNumbers:
    """Return a person's numbers; nothing is written. Raises Unnumbered where one of these has none."""
    owner = NumberOwner(person_id=person_id)
    numbers = (await number_store.held(conn, [owner]))[owner]
    if numbers.lacking(open_ids):
        raise Unnumbered(owner, open_ids)
    return numbers


async def number_items(
    conn: AsyncConnection, owner: NumberOwner, open_ids: Iterable[int], now: datetime, zone: tzinfo
) -> ItemNumbers:
    """Return the numbers of one owner, after these open assignments have been given theirs.

    Needs a writing transaction where one of them has none.
    """
    return (await number_items_of(conn, {owner: tuple(open_ids)}, now, zone))[owner]


async def number_items_of(
    conn: AsyncConnection, shown: Mapping[NumberOwner, tuple[int, ...]], now: datetime, zone: tzinfo
) -> dict[NumberOwner, ItemNumbers]:
    """Do the same for many owners at once: `shown` has the open assignments that each is shown."""
    numbers = await number_store.held(conn, shown)
    lacking = {owner: ids for owner in shown if (ids := numbers[owner].lacking(shown[owner]))}
    if not lacking:
        return numbers
    if await _end_what_is_over(conn, lacking, now, zone):
        numbers |= await number_store.held(conn, lacking)
    elsewhere = await number_store.elsewhere(conn, {id_ for ids in lacking.values() for id_ in ids})
    given: dict[NumberOwner, tuple[ItemNumber, ...]] = {}
    for owner, ids in lacking.items():
        given[owner] = give_numbers(numbers[owner], ids, now.astimezone(zone).date(), elsewhere)
        for each in given[owner]:
            elsewhere.setdefault(each.assignment_id, set()).add(each.number)
    await number_store.give(conn, given)
    return {owner: numbers[owner].joined(given.get(owner, ())) for owner in shown}


async def _end_what_is_over(
    conn: AsyncConnection, owners: Iterable[NumberOwner], now: datetime, zone: tzinfo
) -> bool:
    over = await number_store.over(conn, tuple(owners))
    ended = {each.id: _day_of_end(each, now, zone) for each in over}
    await number_store.end(conn, ended)
    return bool(ended)


def _day_of_end(over: NumberedAssignment, now: datetime, zone: tzinfo) -> date:
    """Return the local day since when an assignment is over.

    That of its last word, which may be later than the one on which the unit did its part (its leader approved
    it since). Of what was called off no word tells: today.
    """
    if over.finished_on is None or over.last_word_at is None:
        return now.astimezone(zone).date()
    return max(over.finished_on, over.last_word_at.astimezone(zone).date())
