"""People, by their parts in units."""

from dataclasses import dataclass
from typing import Final, Literal

Role = Literal["focal", "leader", "coordinator"]
ROLES: tuple[Role, ...] = ("focal", "leader", "coordinator")
Offer = Literal["focal", "leader", "coordinator", "group"]
"""What a code gives: a seat in a unit, or its group chat."""
GROUP: Final = "group"
OFFERS: tuple[Offer, ...] = (*ROLES, GROUP)


@dataclass(frozen=True, slots=True)
class Seat:
    """A person's part in one unit; `inherited` where that has ended and their own unit has its work."""

    unit_id: int
    unit: str
    role: Role
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has joined; with no seat left they see nothing any more but what is held about them.

    `agreed` is false once they have withdrawn their consent: then nothing is sent to them unasked.
    """

    id: int
    name: str
    language: str
    seats: tuple[Seat, ...]
    agreed: bool = True

    def units(self, *roles: Role) -> tuple[int, ...]:
        """The ids of the units in which the person has one of the roles, or any where none is named."""
        return tuple(dict.fromkeys(s.unit_id for s in self.seats if not roles or s.role in roles))
