"""How people are reached: whose contacts somebody may see, which channel comes first, telephone numbers."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.people import Person
from domain.organisation.unit_contacts import UnitContacts
from services.common.results import Refused
from services.organisation.register_keepers import register_keepers
from storage.common import audit_log
from storage.organisation import contact_store


@dataclass(frozen=True, slots=True)
class FirstChannel:
    """A channel that is tried before a person's others from now on."""

    channel: str


@dataclass(frozen=True, slots=True)
class PhoneKept:
    """A telephone number was kept, or forgotten where it is ""."""

    phone: str


async def contacts_seen_by(
    conn: AsyncConnection, by: Person, today: date, zone: tzinfo
) -> tuple[UnitContacts, ...]:
    """Return how the units are reached that somebody may see, those that nothing reaches first.

    A coordinator sees the units of their plans, whoever was set to keep the register all. `today` is local.
    """
    units = await _visible(conn, by)
    contacts = await contact_store.contacts_of(conn, units, today, zone)
    return tuple(sorted(contacts, key=lambda unit: (unit.is_reached, unit.unit)))


async def _visible(conn: AsyncConnection, by: Person) -> dict[int, tuple[str, date | None]]:
    own = by.units("coordinator")
    if not own:
        return {}
    keeps = bool(set(own) & set(await register_keepers(conn)))
    return await contact_store.asked_since(conn, None if keeps else own)


async def choose_first(
    conn: AsyncConnection, account_id: int, *, by: Person, now: datetime
) -> FirstChannel | Refused[Literal["gone"]]:
    """Let one of somebody's own channels be tried before the others; "gone" where it is none of theirs.

    Needs a writing transaction.
    """
    own = {channel.id: channel for channel in await contact_store.own_channels(conn, by.id)}
    if account_id not in own:
        return Refused("gone")
    await contact_store.put_first(conn, by.id, account_id)
    channel = own[account_id].channel
    await audit_log.note(
        conn, now, "first channel", f"person {by.id}", by.id, became=channel.partition(":")[0]
    )
    return FirstChannel(channel)


async def keep_own_phone(conn: AsyncConnection, phone: str, *, by: Person, now: datetime) -> PhoneKept:
    """Keep somebody's own telephone number, "" to forget it. Needs a writing transaction.

    The audit tells that it was given, not the number: that goes with the person.
    """
    await contact_store.keep_phone(conn, by.id, phone)
    await audit_log.note(
        conn, now, "phone", f"person {by.id}", by.id, became="given" if phone else "forgotten"
    )
    return PhoneKept(phone)


async def keep_unit_phone(
    conn: AsyncConnection, unit_id: int, phone: str, *, by: Person, now: datetime
) -> PhoneKept | Refused[Literal["not_yours"]]:
    """Keep the telephone number of the office of a unit whose contacts somebody may see, or of their own.

    Needs a writing transaction.
    """
    if unit_id not in by.units() and unit_id not in await _visible(conn, by):
        return Refused("not_yours")
    await contact_store.keep_unit_phone(conn, unit_id, phone)
    await audit_log.note(conn, now, "phone", f"unit {unit_id}", by.id, became=phone or "forgotten")
    return PhoneKept(phone)
