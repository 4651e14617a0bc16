"""What was received: stored before it is confirmed, handled once, answered."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.dialect import insert
from storage.database.schema import incoming

_STORE = insert(incoming).on_conflict_do_nothing().returning(incoming.c.id, incoming.c.update_id)
_HANDLED = update(incoming).where(incoming.c.id == bindparam("row"), incoming.c.handled_at.is_(None))
_ANSWERED = update(incoming).where(incoming.c.id == bindparam("row"))


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
    return [
        Received(
            id=row.id,
            channel=row.channel,
            update_id=row.update_id,
            chat=row.chat,
            payload=json.loads(row.payload or "{}"),
            answer=row.answer,
            answers_sent=row.answers_sent,
            doubts=row.doubts,
        )
        for row in rows
    ]


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


async def note_sending(conn: AsyncConnection, row_id: int, answers_sent: int, doubts: int) -> None:
    """Note how many answers are out, and how often the next one was sent without the server's answer.

    Written before an answer leaves, so that a program that dies does not send it for ever.
    """
    values = {"row": row_id, "answers_sent": answers_sent, "doubts": doubts}
    await conn.execute(_ANSWERED, values)


async def answered(conn: AsyncConnection, row_id: int, now: datetime) -> None:
    """Note that the answer is out; nothing is kept but that the update came."""
    gone = {"payload": None, "answer": None, "chat": ""}
    await conn.execute(_ANSWERED, {"row": row_id, "answered_at": now, **gone})


async def forget(conn: AsyncConnection, before: datetime) -> None:
    """Drop finished updates that can no longer be delivered again."""
    await conn.execute(delete(incoming).where(incoming.c.answered_at < before))
