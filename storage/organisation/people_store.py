"""People: who they are to a channel, which seats they hold, whether they can be reached."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import Row, Select, Subquery, bindparam, func, insert, select, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.lifecycle import OPEN
from domain.organisation.people import Person, Role, Seat
from storage.common.reach import OWN_PAGE, REACHES
from storage.database.schema import account, assignment, dialog, membership, person, unit
from storage.organisation.succession import held


@dataclass(frozen=True, slots=True)
class ChatAccount:
    """Where a person can be written to."""

    person_id: int
    channel: str
    chat: str
    reachable: bool


@dataclass(frozen=True, slots=True)
class Contact:
    """A person of a unit, for the coordinator's list to phone."""

    unit_id: int
    unit: str
    name: str
    role: Role
    reachable: bool
    phone: str = ""


@dataclass(frozen=True, slots=True)
class KnownChat:
    """Who is behind a chat. `menu` marks the commands that its menu shows, "" where that is not known."""

    person: Person
    reachable: bool
    menu: str


_BEHIND = (
    select(person, account.c.reachable, account.c.menu)
    .join(account, account.c.person_id == person.c.id)
    .where(account.c.channel == bindparam("channel"), account.c.chat == bindparam("chat"))
)
_OF_CHAT = update(account).where(
    account.c.channel == bindparam("in_channel"), account.c.chat == bindparam("in_chat")
)


async def look_up(conn: AsyncConnection, channel: str, chat: str, today: date) -> KnownChat | None:
    """Return who is behind a chat, with the seats that count on a local day; None for a stranger."""
    row = (await conn.execute(_BEHIND, {"channel": channel, "chat": chat})).one_or_none()
    if row is None:
        return None
    return KnownChat(await _person(conn, row, today), bool(row.reachable), row.menu or "")


async def find(conn: AsyncConnection, channel: str, chat: str, today: date) -> Person | None:
    """Return the person behind a chat with the seats that count on a local day, None for a stranger."""
    known = await look_up(conn, channel, chat, today)
    return known.person if known else None


async def get(conn: AsyncConnection, person_id: int, today: date) -> Person:
    """Return a person by id with the seats that count on a local day, their own first."""
    row = (await conn.execute(select(person).where(person.c.id == person_id))).one()
    return await _person(conn, row, today)


async def names(conn: AsyncConnection, people: Iterable[int]) -> dict[int, str]:
    """Return the names of people by id, without those who were erased."""
    rows = await conn.execute(
        select(person.c.id, person.c.name).where(person.c.id.in_(list(people)), person.c.erased_at.is_(None))
    )
    return {row.id: row.name for row in rows}


async def _person(conn: AsyncConnection, row: Row[tuple[object, ...]], today: date) -> Person:
    seats = await _seats(conn, row.id, today)
    return Person(row.id, row.name, row.language, seats, agreed=row.consented_at is not None)


@lru_cache(maxsize=8)
def _held_by(today: date) -> Select[tuple[int, str, str, int]]:
    seats = held(today)
    return (
        select(seats.c.unit_id, unit.c.name, seats.c.role, seats.c.inherited)
        .join(unit, unit.c.id == seats.c.unit_id)
        .where(seats.c.person_id == bindparam("person"))
        .order_by(seats.c.inherited, seats.c.id)
    )


async def _seats(conn: AsyncConnection, person_id: int, today: date) -> tuple[Seat, ...]:
    rows = await conn.execute(_held_by(today), {"person": person_id})
    return tuple(Seat(row.unit_id, row.name, row.role, bool(row.inherited)) for row in rows)


async def add(
    conn: AsyncConnection, channel: str, chat: str, name: str, language: str, consent: str, now: datetime
) -> int:
    """Add a person who has agreed to the notice of version `consent`; return the id."""
    added = await conn.execute(
        insert(person)
        .values(name=name, language=language, consented_at=now, consent_version=consent, joined_at=now)
        .returning(person.c.id)
    )
    person_id = int(added.scalar_one())
    await conn.execute(insert(account).values(person_id=person_id, channel=channel, chat=chat))
    return person_id


async def add_account(conn: AsyncConnection, person_id: int, channel: str, chat: str) -> None:
    """Let a chat be a person's, beside those that are."""
    await conn.execute(insert(account).values(person_id=person_id, channel=channel, chat=chat))


async def agree(conn: AsyncConnection, person_id: int, consent: str, now: datetime) -> None:
    """Note that somebody who had withdrawn has agreed anew, to the notice of version `consent`."""
    is_person = person.c.id == person_id
    await conn.execute(update(person).where(is_person).values(consented_at=now, consent_version=consent))


async def speak(conn: AsyncConnection, person_id: int, language: str) -> None:
    """Note the language, "vi" or "en", in which somebody wants to be spoken to."""
    await conn.execute(update(person).where(person.c.id == person_id).values(language=language))


async def seat(conn: AsyncConnection, person_id: int, unit_id: int, role: Role, now: datetime) -> int:
    """Give a person a seat; one that they hold already is left as it is. Return the seat's id."""
    is_seat = (
        membership.c.person_id == person_id,
        membership.c.unit_id == unit_id,
        membership.c.role == role,
    )
    held = await conn.execute(select(membership.c.id).where(*is_seat, membership.c.until.is_(None)))
    if (seat_id := held.scalars().first()) is not None:
        return int(seat_id)
    values = {"person_id": person_id, "unit_id": unit_id, "role": role, "since": now}
    added = await conn.execute(insert(membership).values(values).returning(membership.c.id))
    return int(added.scalar_one())


async def unseat(conn: AsyncConnection, person_id: int, now: datetime) -> None:
    """Take all seats from a person; that they were held stays on record."""
    is_held = (membership.c.person_id == person_id, membership.c.until.is_(None))
    await conn.execute(update(membership).where(*is_held).values(until=now))


async def has_lost_seat(conn: AsyncConnection, person_id: int, since: datetime) -> bool:
    """Whether a seat of a person has ended at a moment or later."""
    is_lost = (membership.c.person_id == person_id, membership.c.until >= since)
    return (await conn.execute(select(membership.c.id).where(*is_lost).limit(1))).first() is not None


async def accounts(conn: AsyncConnection, person_id: int) -> tuple[ChatAccount, ...]:
    """Return where a person may be written to: first where they want, then the newest, their own page last.

    Nowhere once they have withdrawn.
    """
    rows = await conn.execute(
        select(account)
        .join(person, person.c.id == account.c.person_id)
        .where(account.c.person_id == person_id, person.c.consented_at.is_not(None))
        .order_by(account.c.channel == OWN_PAGE, account.c.first.desc(), account.c.id.desc())
    )
    return tuple(ChatAccount(row.person_id, row.channel, row.chat, row.reachable) for row in rows)


async def is_reached(conn: AsyncConnection, person_id: int) -> bool:
    """Whether a message reaches a person by any account, as far as is known."""
    theirs = select(account.c.id).where(account.c.person_id == person_id, REACHES).limit(1)
    return (await conn.execute(theirs)).first() is not None


async def mark(conn: AsyncConnection, channel: str, chat: str, *, reachable: bool, why: str | None) -> bool:
    """Note whether a chat can be reached; return whether that is news.

    What its menu shows is not known any more: it may have been cleared meanwhile.
    """
    changed = await conn.execute(
        update(account)
        .where(account.c.channel == channel, account.c.chat == chat, account.c.reachable != reachable)
        .values(reachable=reachable, unreachable_why=why, menu=None)
    )
    return changed.rowcount > 0


async def note_seen(conn: AsyncConnection, channel: str, chat: str, now: datetime) -> None:
    """Note that the person of a chat has written in it, or looks at it."""
    await conn.execute(_OF_CHAT, {"in_channel": channel, "in_chat": chat, "seen_at": now})


async def expected_chats(conn: AsyncConnection, channel: str, chats: Collection[str]) -> frozenset[str]:
    """Return the chats that are no strangers': of people with a seat or who are joining, of groups."""
    in_chats = (account.c.channel == channel, account.c.chat.in_(chats))
    seated = (
        select(account.c.chat)
        .join(membership, membership.c.person_id == account.c.person_id)
        .where(*in_chats, membership.c.until.is_(None))
    )
    joining = select(dialog.c.chat).where(
        dialog.c.channel == channel, dialog.c.chat.in_(chats), dialog.c.topic == "consent"
    )
    groups = (chat for chat in chats if chat.startswith("-"))
    return frozenset((*(await conn.execute(union(seated, joining))).scalars(), *groups))


async def count_chats(conn: AsyncConnection, channel: str) -> int:
    """Return how many people have an account on a channel, be it reachable or not."""
    mine = account.c.channel == channel
    return int((await conn.execute(select(func.count()).select_from(account).where(mine))).scalar_one())


async def show(conn: AsyncConnection, channel: str, chat: str, menu: str) -> None:
    """Note the mark of the menu that a chat is given."""
    is_chat = (account.c.channel == channel, account.c.chat == chat)
    await conn.execute(update(account).where(*is_chat).values(menu=menu))


async def move(conn: AsyncConnection, channel: str, chat: str, to: str) -> None:
    """Follow a chat to its new id, which has no menu yet."""
    is_chat = (account.c.channel == channel, account.c.chat == chat)
    await conn.execute(update(account).where(*is_chat).values(chat=to, menu=None))


async def holders(
    conn: AsyncConnection, unit_ids: Iterable[int], roles: Sequence[Role], today: date
) -> list[tuple[int, int]]:
    """Return (person id, unit id) of all who hold one of the roles in one of the units on a local day."""
    seats = held(today)
    rows = await conn.execute(
        select(seats.c.person_id, seats.c.unit_id)
        .where(seats.c.unit_id.in_(list(unit_ids)), seats.c.role.in_(roles))
        .distinct()
        .order_by(seats.c.person_id)
    )
    return [(row.person_id, row.unit_id) for row in rows]


async def seated(conn: AsyncConnection, today: date) -> tuple[int, ...]:
    """Return the people who hold a seat on a local day."""
    seats = held(today)
    rows = await conn.execute(select(seats.c.person_id).distinct().order_by(seats.c.person_id))
    return tuple(rows.scalars())


async def owing(conn: AsyncConnection, plan_ids: Sequence[int]) -> tuple[int, ...]:
    """Return the units that still owe something in plans, whenever it is due."""
    open_ = (assignment.c.plan_id.in_(plan_ids), assignment.c.state.in_(OPEN), ~assignment.c.past)
    rows = await conn.execute(select(assignment.c.unit_id).where(*open_).distinct())
    return tuple(rows.scalars())


async def contacts(conn: AsyncConnection, unit_ids: Iterable[int], today: date) -> tuple[Contact, ...]:
    """Return the people of units on a local day; one with several accounts is reachable if one of them is."""
    seats = held(today)
    rows = await conn.execute(_contacts(seats).where(seats.c.unit_id.in_(list(unit_ids))))
    people: dict[tuple[int, int, str], Contact] = {}
    for row in rows:
        key = (row.unit_id, row.person_id, row.role)
        reachable = bool(row.reachable) or (key in people and people[key].reachable)
        people[key] = Contact(row.unit_id, row.unit, row.name, row.role, reachable, row.phone or "")
    return tuple(people.values())


def _contacts(seats: Subquery) -> Select[tuple[int, int, str, str, str, str, bool]]:
    return (
        select(
            seats.c.unit_id,
            seats.c.person_id,
            seats.c.role,
            unit.c.name.label("unit"),
            person.c.name,
            person.c.phone,
            REACHES.label("reachable"),
        )
        .join(unit, unit.c.id == seats.c.unit_id)
        .join(person, person.c.id == seats.c.person_id)
        .outerjoin(account, account.c.person_id == person.c.id)
        .order_by(seats.c.id)
    )
