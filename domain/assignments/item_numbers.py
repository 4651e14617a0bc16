"""The numbers under which somebody is shown items: each item keeps its own for as long as it is open."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, count
from types import MappingProxyType

REST = timedelta(days=7)
"""For so long after an item is over its number is given to no other one."""


@dataclass(frozen=True, slots=True)
class ItemNumber:
    """The number of one assignment; `ended_on` is the local day on which that was over, None before."""

    assignment_id: int
    number: int
    ended_on: date | None = None

    def is_free(self, today: date) -> bool:
        """Whether the number may be given to another assignment."""
        return self.ended_on is not None and today >= self.ended_on + REST


@dataclass(frozen=True, slots=True)
class ItemNumbers:
    """The numbers of one person, or of the group chat of one unit: no number and no assignment twice."""

    given: tuple[ItemNumber, ...] = ()

    def __getitem__(self, assignment_id: int) -> int:
        """Return the number of an assignment that has one. Raises KeyError where it has none."""
        number = self.of(assignment_id)
        if number is None:
            raise KeyError(assignment_id)
        return number

    def of(self, assignment_id: int) -> int | None:
        """Return the number of an assignment; None where it has none, or none any more."""
        return next((each.number for each in self.given if each.assignment_id == assignment_id), None)

    def behind(self, number: int) -> int | None:
        """Return the assignment that has a number, open or over; None where none has."""
        return next((each.assignment_id for each in self.given if each.number == number), None)

    def lacking(self, open_ids: Iterable[int]) -> tuple[int, ...]:
        """Return which of these open assignments have no number, or have lost it when they were over."""
        having = {each.assignment_id for each in self.given if each.ended_on is None}
        return tuple(id_ for id_ in dict.fromkeys(open_ids) if id_ not in having)

    def joined(self, more: Sequence[ItemNumber]) -> "ItemNumbers":
        """Return these after others were given: what had the same number before has none any more."""
        numbers, ids = {each.number for each in more}, {each.assignment_id for each in more}
        stay = (each for each in self.given if each.number not in numbers and each.assignment_id not in ids)
        return ItemNumbers((*stay, *more))


def give_numbers(
    before: ItemNumbers,
    open_ids: Iterable[int],
    today: date,
    elsewhere: Mapping[int, Collection[int]] = MappingProxyType({}),
) -> tuple[ItemNumber, ...]:
    """Return the new numbers of those open assignments that lack one, in their order.

    One that was over and is open again has its old number back. Else it gets a number that it has
    `elsewhere` (with a colleague, or in the unit's group), if that is free here, else the lowest free one.
    """
    bearers = {each.number: each.assignment_id for each in before.given if not each.is_free(today)}
    had = {each.assignment_id: each.number for each in before.given}
    made = []
    for id_ in before.lacking(open_ids):
        wished = [*([had[id_]] if id_ in had else []), *sorted(elsewhere.get(id_, ()))]
        number = next(n for n in chain(wished, count(1)) if bearers.get(n, id_) == id_)
        bearers[number] = id_
        made.append(ItemNumber(id_, number))
    return tuple(made)
