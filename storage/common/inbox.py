"""What was received: stored before it is confirmed, handled once, answered."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Row,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.common import terms
from storage.database.dialect import insert
from storage.database.schema import incoming

LEASE: Final = timedelta(seconds=60)
"""For so long an update is one program's to handle; whoever works longer on it says so with `keep`."""
_STORE = insert(incoming).on_conflict_do_nothing().returning(incoming.c.id, incoming.c.update_id)
_HANDLED = update(incoming).where(incoming.c.id == bindparam("row"), incoming.c.handled_at.is_(None))
_ANSWERED = update(incoming).where(
    incoming.c.id == bindparam("row"), incoming.c.answered_at.is_(None), terms.is_last(terms.TERM)
)


@dataclass(frozen=True, slots=True)
class Received:
    """An update that is not finished: not handled yet (`answer` is None), or its answer not sent.

    answers_sent  how many of its answers are out
    doubts        how often the next one was sent without the server's answer
    """

    id: int
    channel: str
    update_id: str
    chat: str
    payload: Mapping[str, Any]
    answer: str | None
    answers_sent: int = 0
    doubts: int = 0


async def store(
    conn: AsyncConnection, channel: str, updates: Iterable[tuple[str, str, Mapping[str, Any]]], now: datetime
) -> list[Received]:
    """Keep (update id, chat, payload) of each; return those that are new."""
    distinct: dict[str, tuple[str, Mapping[str, Any]]] = {}
    for update_id, chat, payload in updates:
        distinct.setdefault(update_id, (chat, payload))
    if not distinct:
        return []
    rows = [
        {
            "channel": channel,
            "update_id": update_id,
            "chat": chat,
            "payload": json.dumps(payload, ensure_ascii=False),
            "received_at": now,
        }
        for update_id, (chat, payload) in distinct.items()
    ]
    added = (await conn.execute(_STORE, rows)).all()
    return [Received(row.id, channel, row.update_id, *distinct[row.update_id], None) for row in sorted(added)]


async def pass_over(conn: AsyncConnection, rows: Iterable[Received], now: datetime) -> None:
    """Note that these are neither handled nor answered, and keep nothing of what was said."""
    ids = [row.id for row in rows]
    passed = {"handled_at": now, "answered_at": now, "payload": None, "answer": None, "chat": ""}
    await conn.execute(update(incoming).where(incoming.c.id.in_(ids)).values(passed))


async def unfinished(
    conn: AsyncConnection, channel: str, among: Collection[str] | None = None
) -> list[Received]:
    """Return what a crash left behind, in the order in which it came; only of these updates if given."""
    wanted = [incoming.c.channel == channel, incoming.c.answered_at.is_(None)]
    if among is not None:
        wanted.append(incoming.c.update_id.in_(among))
    rows = await conn.execute(select(incoming).where(*wanted).order_by(incoming.c.id))
    return [_received(row) for row in rows]


def _received(row: Row[Any]) -> Received:
    return Received(
        id=row.id,
        channel=row.channel,
        update_id=row.update_id,
        chat=row.chat,
        payload=json.loads(row.payload or "{}"),
        answer=row.answer,
        answers_sent=row.answers_sent,
        doubts=row.doubts,
    )


async def claim(
    conn: AsyncConnection,
    channels: Collection[str],
    now: datetime,
    limit: int,
    but: Collection[int] = (),
    *,
    answers: bool,
) -> list[Received]:
    """Take what waits in up to `limit` chats, all that may be taken in each, in its order; ours until the
    lease ends. None of the rows `but`, which are in hand.

    A chat is one program's at a time: nothing is taken that comes behind what another has. `answers`: what
    was handled and is not answered is taken as well; only the one that sends may ask for it.
    """
    before = incoming.alias("before")
    waits, waits_before = (_waits(rows, but, answers=answers) for rows in (incoming, before))
    first = ~exists().where(
        before.c.channel == incoming.c.channel,
        before.c.chat == incoming.c.chat,
        before.c.id < incoming.c.id,
        *waits_before,
    )
    is_free = or_(
        incoming.c.handled_at.is_not(None), incoming.c.lease_until.is_(None), incoming.c.lease_until <= now
    )
    heads = (
        select(incoming.c.channel, incoming.c.chat)
        .where(incoming.c.channel.in_(channels), *waits, first, is_free)
        .order_by(incoming.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    chats = {(row.channel, row.chat) for row in await conn.execute(heads)}
    if not chats:
        return []
    in_them = select(incoming).where(tuple_(incoming.c.channel, incoming.c.chat).in_(chats), *waits)
    rows = (await conn.execute(in_them.order_by(incoming.c.id).with_for_update())).all()
    taken = _unbroken(rows, now)
    to_handle = [row.id for row in taken if row.handled_at is None]
    if to_handle:
        lease = update(incoming).where(incoming.c.id.in_(to_handle)).values(lease_until=now + LEASE)
        await conn.execute(lease)
    return [_received(row) for row in taken]


def _waits(rows: FromClause, but: Collection[int], *, answers: bool) -> list[ColumnElement[bool]]:
    """Whether a row is not finished, and in no hand of ours; without `answers`, whether it is not handled."""
    to_handle = [] if answers else [rows.c.handled_at.is_(None)]
    return [rows.c.answered_at.is_(None), *to_handle, rows.c.id.not_in(but)]


def _unbroken(rows: Iterable[Row[Any]], now: datetime) -> list[Row[Any]]:
    """Return of each chat what comes before the first row that another program has."""
    taken, closed = [], set()
    for row in rows:
        chat = row.channel, row.chat
        if row.handled_at is None and row.lease_until is not None and row.lease_until > now:
            closed.add(chat)
        if chat not in closed:
            taken.append(row)
    return taken


async def keep(conn: AsyncConnection, rows: Collection[int], now: datetime) -> None:
    """Go on working on rows that were claimed."""
    mine = (incoming.c.id.in_(rows), incoming.c.handled_at.is_(None))
    await conn.execute(update(incoming).where(*mine).values(lease_until=now + LEASE))


async def give_back(conn: AsyncConnection, rows: Collection[int]) -> None:
    """Let others take rows up that were claimed."""
    mine = (incoming.c.id.in_(rows), incoming.c.handled_at.is_(None))
    await conn.execute(update(incoming).where(*mine).values(lease_until=None))


async def release(conn: AsyncConnection) -> None:
    """Let everything be taken up that waits, also what another program has: it may have died.

    One that lives goes on beside whoever takes it up; only one of the two can note that it was handled.
    """
    held = (incoming.c.lease_until.is_not(None), incoming.c.handled_at.is_(None))
    await conn.execute(update(incoming).where(*held).values(lease_until=None))


async def unanswered(conn: AsyncConnection) -> tuple[int, datetime | None]:
    """Return how many updates are not finished, and when the oldest of them was received."""
    query = select(func.count(), func.min(incoming.c.received_at)).where(incoming.c.answered_at.is_(None))
    count, oldest = (await conn.execute(query)).one()
    return count, oldest


async def handled(conn: AsyncConnection, row_id: int, answer: str, now: datetime) -> bool:
    """Note the answer, in the transaction that did the work; False where it was done before.

    What was said is no longer needed here.
    """
    values = {"row": row_id, "handled_at": now, "answer": answer, "payload": None}
    done = await conn.execute(_HANDLED, values)
    return done.rowcount == 1


async def answer_of(conn: AsyncConnection, row_id: int) -> str:
    """Return the answer with which an update was handled; none where that is out."""
    return (await conn.scalar(select(incoming.c.answer).where(incoming.c.id == row_id))) or "[]"


async def note_sending(
    conn: AsyncConnection, row_id: int, answers_sent: int, doubts: int, term: str = ""
) -> bool:
    """Note how many answers are out, and how often the next one was sent without the server's answer.

    Written before an answer leaves, so that a program that dies does not send it for ever. False where it is
    another's to send now: the term of sending is over, or it was answered.
    """
    values = {"row": row_id, "answers_sent": answers_sent, "doubts": doubts, "term": term}
    return (await conn.execute(_ANSWERED, values)).rowcount == 1


async def answered(conn: AsyncConnection, row_id: int, now: datetime, term: str = "") -> None:
    """Note that the answer is out; nothing is kept but that the update came.

    Nothing is noted where the term of sending is over.
    """
    gone = {"payload": None, "answer": None, "chat": "", "lease_until": None}
    await conn.execute(_ANSWERED, {"row": row_id, "answered_at": now, "term": term, **gone})


async def forget(conn: AsyncConnection, before: datetime) -> None:
    """Drop finished updates that can no longer be delivered again."""
    await conn.execute(delete(incoming).where(incoming.c.answered_at < before))
