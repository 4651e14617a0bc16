"""What people of an organisation are told of: by ids and days, never by names."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from domain.organisation.people import Role

EventKind = Literal[
    "seat_vacant",
    "seat_taken",
    "seat_handed_over",
    "seat_replaces",
    "seat_kept",
    "seat_ends",
    "seat_stays",
    "away",
    "back",
    "unreachable",
    "quota",
    "bot_full",
    "to_phone",
    "restored",
]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a person. It is worded when the message leaves, by what is known then.

    unit_id, role  the seat that it is about
    seat_id        the newcomer's membership, or the one that is to end, to object to
    others         people by id: who is replaced, or keeps the seat
    first, last    the local days of an absence, both away
    ends_at        when the seats of `others`, or the person's, end (aware)
    reason         why a person cannot be written to
    channel        whose quota it is, or whose bot is full
    percent        of the quota that is used up
    units          those that no nudge reaches on their last day
    recorded_until of a restored backup: nothing later is on record (aware); None where nothing ever was
    """

    kind: EventKind
    person_id: int
    unit_id: int = 0
    role: Role | None = None
    seat_id: int = 0
    others: tuple[int, ...] = ()
    first: date | None = None
    last: date | None = None
    ends_at: datetime | None = None
    reason: str = ""
    channel: str = ""
    percent: int = 0
    units: tuple[int, ...] = ()
    recorded_until: datetime | None = None
