"""What is held about a person, and how it is let go (Luật 91/2025/QH15, Nghị định 356/2025/NĐ-CP).

The unit's record of work stays, without the person: what was reported, and the audit, know people by number.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.common.text import fold
from domain.organisation.people import Role
from storage.database.schema import (
    absence,
    account,
    calendar_key,
    dialog,
    extension,
    handout,
    incoming,
    membership,
    outgoing,
    page_file,
    page_key,
    page_message,
    person,
    progress,
    unit,
    web_key,
    wrong_code,
)
from storage.organisation import written_name

_WAITING = ("pending", "claimed")


@dataclass(frozen=True, slots=True)
class Term:
    """A part in a unit, and how long it was held; `until` is None where it still is."""

    unit: str
    role: Role
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class PersonalData:
    """All that is held about a person; `chats` are (channel, chat id). Instants are UTC.

    `said`, `wishes` and `nudges` count updates, asked extensions and messages sent. `agreed_at` is None
    after a withdrawal. `left_at` is when the last seat ended, None while one is held.
    """

    name: str
    chats: tuple[tuple[str, str], ...]
    terms: tuple[Term, ...]
    agreed_at: datetime | None
    notice: str
    said: int
    wishes: int
    nudges: int
    left_at: datetime | None
    phone: str = ""


async def held(conn: AsyncConnection, person_id: int) -> PersonalData:
    """Return what is held about a person."""
    row = (await conn.execute(select(person).where(person.c.id == person_id))).one()
    chats = await conn.execute(
        select(account.c.channel, account.c.chat).where(account.c.person_id == person_id)
    )
    terms = await _terms(conn, person_id)
    ends = [term.until for term in terms if term.until is not None]
    return PersonalData(
        name=row.name,
        chats=tuple((chat.channel, chat.chat) for chat in chats),
        terms=terms,
        agreed_at=row.consented_at,
        notice=row.consent_version or "",
        said=await _count(conn, progress.c.person_id == person_id),
        wishes=await _count(conn, extension.c.asked_by == person_id),
        nudges=await _count(conn, and_(outgoing.c.person_id == person_id, outgoing.c.state == "sent")),
        left_at=None if len(ends) < len(terms) else max(ends, default=row.joined_at),
        phone=row.phone or "",
    )


async def _terms(conn: AsyncConnection, person_id: int) -> tuple[Term, ...]:
    rows = await conn.execute(
        select(unit.c.name, membership.c.role, membership.c.since, membership.c.until)
        .join(unit, unit.c.id == membership.c.unit_id)
        .where(membership.c.person_id == person_id)
        .order_by(membership.c.id)
    )
    return tuple(Term(row.name, row.role, row.since, row.until) for row in rows)


async def _count(conn: AsyncConnection, condition: ColumnElement[bool]) -> int:
    return (await conn.execute(select(func.count()).where(condition))).scalar_one()


async def withdraw(conn: AsyncConnection, person_id: int) -> None:
    """Take back a person's consent: what waits for them is dropped, and nothing more is sent to them.

    Under which notice they had agreed, and when they withdrew, stays in the audit.
    """
    await conn.execute(update(person).where(person.c.id == person_id).values(consented_at=None))
    is_person = (outgoing.c.person_id == person_id, outgoing.c.state.in_(_WAITING))
    await conn.execute(
        update(outgoing).where(*is_person).values(state="dropped", why="withdrawn", words=None)
    )


async def erase(conn: AsyncConnection, person_id: int, now: datetime) -> None:
    """Blank a person: name, accounts, what their chats hold, what they were sent, seats, keys, absences.

    Notices to others, answers that wait, others' own pages and buttons shown to others lose the name too. The
    row stays, for the record of work to point at. The caller empties the database's log afterwards
    (`Database.forget_frames`).
    """
    name = (await conn.execute(select(person.c.name).where(person.c.id == person_id))).scalar_one()
    await withdraw(conn, person_id)
    is_person = outgoing.c.person_id == person_id
    await conn.execute(
        update(outgoing)
        .where(is_person)
        .values(words=None, chat=None, message=None, why=None, passed_chat=None, passed_message=None)
    )
    await _unname(conn, person_id, name)
    await _forget_chats(conn, person_id)
    seats = (membership.c.person_id == person_id, membership.c.until.is_(None))
    await conn.execute(update(membership).where(*seats).values(until=now))
    for keys in (web_key, calendar_key):
        await conn.execute(delete(keys).where(keys.c.person_id == person_id))
    away = or_(absence.c.person_id == person_id, absence.c.substitute_id == person_id)
    await conn.execute(delete(absence).where(away))
    blank = {"name": "", "phone": None, "consent_version": None, "erased_at": now}
    await conn.execute(update(person).where(person.c.id == person_id).values(blank))


async def _unname(conn: AsyncConnection, person_id: int, name: str) -> None:
    """Take the person's name out of what others were told, are about to be told, and were offered.

    What still waits goes unless it is about them alone.
    """
    lost = outgoing.c.lost_person_id == person_id
    waits = outgoing.c.state.in_(_WAITING)
    await conn.execute(update(outgoing).where(lost, waits).values(state="dropped", words=None))
    await conn.execute(update(outgoing).where(lost).values(words=None))
    if name:
        naming = written_name.holding(outgoing.c.words, name)
        await conn.execute(update(outgoing).where(naming, ~waits).values(words=None))
        await _rewrite(conn, outgoing.c.words, naming, lambda text: written_name.blotted(text, name))
        answers = written_name.holding(incoming.c.answer, name)
        await _rewrite(conn, incoming.c.answer, answers, lambda answer: written_name.blotted(answer, name))
        offered = dialog.c.choices.contains(fold(name), autoescape=True)
        await _rewrite(conn, dialog.c.choices, offered, lambda dialogs: written_name.unoffered(dialogs, name))
        await _unname_shown(conn, name)


async def _unname_shown(conn: AsyncConnection, name: str) -> None:
    """Take a name out of what others' own pages show, and out of the buttons of their letters."""
    text, choices = page_message.c.text, page_message.c.choices
    await _rewrite(conn, text, written_name.naming(text, name), lambda told: written_name.struck(told, name))
    offering = written_name.holding(choices, name)
    await _rewrite(conn, choices, offering, lambda rows: written_name.blotted(rows, name))
    in_letters = handout.c.kind == "act", written_name.naming(handout.c.name, name)
    await conn.execute(delete(handout).where(*in_letters))


async def _rewrite(
    conn: AsyncConnection, column: Column[str], where: ColumnElement[bool], change: Callable[[str], str]
) -> None:
    """Change the text of a column in some rows of its table."""
    table = column.table
    for row in (await conn.execute(select(table.c.id, column.label("text")).where(where))).all():
        is_row = update(table).where(table.c.id == row.id)
        await conn.execute(is_row.values({column: change(row.text)}))


async def _forget_chats(conn: AsyncConnection, person_id: int) -> None:
    """Remove the accounts and all that is kept of their chats.

    What was received and is not answered keeps the chat until it is, and nothing of what was said.
    """
    chats = await conn.execute(
        delete(account).where(account.c.person_id == person_id).returning(account.c.channel, account.c.chat)
    )
    for channel, chat in chats.all():
        for table in (dialog, wrong_code, handout):
            await conn.execute(delete(table).where(table.c.channel == channel, table.c.chat == chat))
        for page in (page_key, page_message, page_file):
            await conn.execute(delete(page).where(page.c.chat == chat))
        is_chat = update(incoming).where(incoming.c.channel == channel, incoming.c.chat == chat)
        await conn.execute(is_chat.values(payload=None))
        await conn.execute(is_chat.where(incoming.c.answered_at.is_not(None)).values(chat="", answer=None))
