"""Who is reached where, and how soon units came to be reached."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.organisation.people import Role

_AFTER = (0, 1, 3, 7, 14, 30, 90)
"""Days for which the share is told."""


@dataclass(frozen=True, slots=True)
class PersonContact:
    """A person of a unit; `channels` reach them, in the order in which they are tried, `shut` no more.

    `phone` is "" where they have given none.
    """

    name: str
    role: Role
    phone: str
    channels: tuple[str, ...]
    shut: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitContacts:
    """A unit with its people. `phone` is its office's, "" where nobody has told it.

    `days` are those from when it was first asked until it had a focal point, None before it has one.
    """

    id: int
    unit: str
    phone: str
    people: tuple[PersonContact, ...]
    days: int | None

    @property
    def focal(self) -> tuple[PersonContact, ...]:
        """Its focal points."""
        return tuple(person for person in self.people if person.role == "focal")

    @property
    def is_reached(self) -> bool:
        """Whether a message reaches one of its focal points."""
        return any(person.channels for person in self.focal)


def units_by_channel(units: Iterable[UnitContacts]) -> Counter[str]:
    """Count the units that each messenger reaches; its bots count as one, a unit once for each messenger."""
    counts: Counter[str] = Counter()
    for unit in units:
        counts.update({channel.partition(":")[0] for person in unit.focal for channel in person.channels})
    return counts


def reached_after(units: Sequence[UnitContacts]) -> tuple[tuple[int, int], ...]:
    """Return (days, units that had a focal point by then), up to the days at which no more came."""
    days = [unit.days for unit in units if unit.days is not None]
    steps = [(after, sum(day <= after for day in days)) for after in _AFTER]
    end = next((place for place, (_, count) in enumerate(steps) if count == len(days)), len(steps) - 1)
    return tuple(steps[: end + 1])
