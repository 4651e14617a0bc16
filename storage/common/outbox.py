"""The outbox: messages that wait to be sent, claimed with a lease, sent, marked."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Row, and_, case, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from structlog.contextvars import get_contextvars

from domain.organisation.event import Event
from storage.common import terms
from storage.common.event_json import event_from_json, event_to_json
from storage.database.dialect import insert
from storage.database.schema import account, outgoing

LEASE = timedelta(seconds=60)
MAX_AMBIGUOUS_SENDS = 2
"""So often a message may be sent whose arrival is unknown; then it is `unsure` and not sent again."""
_OF_A_DAY = ("daily", "digest")
"""Kinds that are worded when they are sent, and go out on their day or not at all."""
_IS_OUT = outgoing.c.sent_at.is_not(None)
"""Whether a message has gone out: it may go by another channel as well, and stays sent if that fails."""


@dataclass(frozen=True, slots=True)
class References:
    """What a message is about, by id.

    hours_before    of a request's reminder: so many hours before it is due
    lost_person_id  the person who cannot be written to
    """

    request_id: int | None = None
    hours_before: int | None = None
    extension_id: int | None = None
    lost_person_id: int | None = None
    question_id: int | None = None


_ABOUT_NOTHING = References()


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """A message to one person. A notice carries its words or its event; what has no words gets them when it
    is sent.

    avoids  the channels by which it does not go: it failed there, or was not seen
    is_out  it has gone out by one of them
    cause   the request that left it, as the log names it; none where the program did by itself
    """

    id: int
    person_id: int
    day: date
    kind: str
    words: str | None
    attempts: int
    repeated: bool
    doubts: int
    about: References = _ABOUT_NOTHING
    event: Event | None = None
    avoids: tuple[str, ...] = ()
    is_out: bool = False
    cause: str | None = None


async def put_daily(conn: AsyncConnection, people: Iterable[int], today: date) -> None:
    """See to it that each person gets a message today that names what is asked for by now.

    One that still waits is worded when it is sent and will name it; one that is out already does not, so
    that another follows: only after a plan went live in the middle of a day.
    """
    counts = dict.fromkeys(people, 0)
    of_today = (outgoing.c.person_id.in_(counts), outgoing.c.day == today, outgoing.c.kind == "daily")
    still_waits = and_(outgoing.c.state == "pending", ~_IS_OUT).label("waits")
    waiting = set()
    for row in await conn.execute(select(outgoing.c.person_id, still_waits).where(*of_today)):
        counts[row.person_id] += 1
        waiting |= {row.person_id} if row.waits else set()
    for count in set(counts.values()):
        of_count = [each for each, theirs in counts.items() if theirs == count and each not in waiting]
        await put(conn, of_count, today, "daily", topic=str(count))


async def put(
    conn: AsyncConnection,
    people: Iterable[int],
    day: date,
    kind: str,
    *,
    topic: str = "",
    words: str | None = None,
    event: Event | None = None,
    about: References = _ABOUT_NOTHING,
) -> None:
    """Put a message for each person into the outbox, once for the same (person, day, kind, topic)."""
    said = {"words": words, "event": event_to_json(event) if event is not None else None}
    shared = {"day": day, "kind": kind, "topic": topic, **said, **asdict(about)}
    shared["cause"] = get_contextvars().get("request")
    rows = [{"person_id": person_id, **shared} for person_id in people]
    if rows:
        await conn.execute(insert(outgoing).on_conflict_do_nothing(), rows)


async def put_notice(
    conn: AsyncConnection,
    people: Iterable[int],
    day: date,
    topic: str,
    content: str | Event,
    about: References = _ABOUT_NOTHING,
) -> None:
    """Tell people of an event, in words or by what is worded when it is sent.

    Each call is another event, also of the same topic on the same day.
    """
    words, happened = (None, content) if isinstance(content, Event) else (content, None)
    of_day = (outgoing.c.day == day, outgoing.c.kind == "notice")
    same = or_(outgoing.c.topic == topic, outgoing.c.topic.startswith(f"{topic}#", autoescape=True))
    for person_id in people:
        count_query = select(func.count()).where(outgoing.c.person_id == person_id, *of_day, same)
        earlier = (await conn.execute(count_query)).scalar_one()
        name = f"{topic}#{earlier + 1}" if earlier else topic
        await put(conn, [person_id], day, "notice", topic=name, words=words, event=happened, about=about)


async def is_waiting(conn: AsyncConnection, person_id: int, today: date) -> bool:
    """Whether a person's message of the day has not gone out yet."""
    of_today = (outgoing.c.person_id == person_id, outgoing.c.day == today, outgoing.c.kind == "daily")
    pending = (outgoing.c.state == "pending", ~_IS_OUT)
    waiting = await conn.execute(select(outgoing.c.id).where(*of_today, *pending))
    return waiting.first() is not None


async def replace_stale(conn: AsyncConnection, today: date) -> list[tuple[int, date]]:
    """Take back what could not go out on earlier days; return (person id, day) of the daily messages."""
    stale = and_(
        outgoing.c.kind.in_(_OF_A_DAY),
        outgoing.c.day < today,
        outgoing.c.state == "pending",
    )
    rows = (
        await conn.execute(
            select(outgoing.c.person_id, outgoing.c.day, outgoing.c.kind).where(stale, ~_IS_OUT)
        )
    ).all()
    await conn.execute(update(outgoing).where(stale).values(state=_unless_out("replaced")))
    return [(row.person_id, row.day) for row in rows if row.kind == "daily"]


async def claim(
    conn: AsyncConnection,
    now: datetime,
    limit: int,
    daily: date | None,
    *,
    but: Collection[int] = (),
    down: Collection[str] = (),
) -> list[OutboxMessage]:
    """Take up to `limit` messages that wait, or whose holder died; they are ours until the lease ends.

    Of the daily ones and the digests only those of the day `daily` are taken, none where it is None; none
    of those with the ids `but`, which are in hand; none of people who are reached only through the channels
    that are `down`. Notices go first: somebody waits for them.
    """
    over = and_(outgoing.c.state == "claimed", outgoing.c.lease_until <= now)
    await _give_up(conn, or_(outgoing.c.state == "pending", over))
    wanted = [_may_go(now, daily), outgoing.c.id.not_in(but), *([_gets_through(down)] if down else [])]
    waiting = (
        select(outgoing.c.id)
        .where(*wanted)
        .order_by(outgoing.c.kind != "notice", outgoing.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    claimed = await conn.execute(
        update(outgoing)
        .where(outgoing.c.id.in_(waiting))
        .values(
            state="claimed",
            lease_until=now + LEASE,
            attempts=outgoing.c.attempts + 1,
            repeated=or_(outgoing.c.repeated, outgoing.c.state == "claimed"),
        )
        .returning(outgoing)
    )
    rows = sorted(claimed, key=lambda row: (row.kind != "notice", row.id))
    return [_message(row) for row in rows]


def _may_go(now: datetime, daily: date | None) -> ColumnElement[bool]:
    """Whether a message waits and is not to come later, or its holder died."""
    free = or_(
        and_(
            outgoing.c.state == "pending",
            or_(outgoing.c.not_before.is_(None), outgoing.c.not_before <= now),
        ),
        and_(outgoing.c.state == "claimed", outgoing.c.lease_until <= now),
    )
    return and_(free, or_(outgoing.c.kind.not_in(_OF_A_DAY), outgoing.c.day == daily))


async def ready(conn: AsyncConnection, now: datetime, daily: date | None) -> tuple[int, int | None]:
    """Return how many messages `claim` could take, and the id of the oldest of them."""
    query = select(func.count(), func.min(outgoing.c.id)).where(_may_go(now, daily))
    count, oldest = (await conn.execute(query)).one()
    return count, oldest


def _message(row: Row[tuple[object, ...]]) -> OutboxMessage:
    return OutboxMessage(
        id=row.id,
        person_id=row.person_id,
        day=row.day,
        kind=row.kind,
        words=row.words,
        attempts=row.attempts,
        repeated=row.repeated,
        doubts=row.doubts,
        about=References(
            row.request_id, row.hours_before, row.extension_id, row.lost_person_id, row.question_id
        ),
        event=event_from_json(row.event) if row.event else None,
        avoids=tuple((row.avoids or "").split()),
        is_out=row.sent_at is not None,
        cause=row.cause,
    )


def _gets_through(down: Collection[str]) -> ColumnElement[bool]:
    """Whether a message's person has an account on a channel that is well, or none on one that is not.

    Channels that the message avoids do not count.
    """
    avoided = literal(" ") + func.coalesce(outgoing.c.avoids, "") + " "
    theirs = select(account.c.id).where(
        account.c.person_id == outgoing.c.person_id,
        account.c.reachable,
        ~avoided.contains(literal(" ") + account.c.channel + " "),
    )
    return or_(
        theirs.where(account.c.channel.not_in(down)).exists(),
        ~theirs.where(account.c.channel.in_(down)).exists(),
    )


async def begin_sending(conn: AsyncConnection, outbox_message: OutboxMessage, term: str = "") -> bool:
    """Note that a message is about to leave: until an answer comes, nobody knows whether it arrived.

    A program that dies now has sent it once, perhaps. False where the claim, or the term of sending, is not
    ours any more: it must not be sent then.
    """
    begun = await conn.execute(
        update(outgoing)
        .where(
            outgoing.c.id == outbox_message.id,
            outgoing.c.state == "claimed",
            outgoing.c.attempts == outbox_message.attempts,
            terms.is_last(term),
        )
        .values(doubts=outbox_message.doubts + 1)
    )
    return begun.rowcount == 1


async def _give_up(conn: AsyncConnection, *ended: ColumnElement[bool]) -> None:
    """Send no third copy of what a program that died had begun to send twice."""
    twice = outgoing.c.doubts >= MAX_AMBIGUOUS_SENDS
    given_up = {"state": _unless_out("unsure"), "why": "timeout", "repeated": True, "lease_until": None}
    await conn.execute(update(outgoing).where(*ended, twice).values(given_up))


async def release(conn: AsyncConnection) -> None:
    """Free what was claimed by the program that sent before us; only the one that sends now may ask."""
    await _give_up(conn, outgoing.c.state == "claimed")
    await conn.execute(
        update(outgoing).where(outgoing.c.state == "claimed").values(state="pending", repeated=True)
    )


async def sent(
    conn: AsyncConnection,
    outbox_message: OutboxMessage,
    now: datetime,
    channel: str,
    chat: str,
    message: str,
    items: Mapping[int, int],
) -> None:
    """Note that a message went out, where to, under which id, and which assignments it shows by number."""
    if outbox_message.is_out:
        by_another = {"passed_channel": channel, "passed_chat": chat, "passed_message": message}
        await _finish(conn, outbox_message, "sent", passed_at=now, **by_another)
        return
    where = {"channel": channel, "chat": chat, "message": message}
    shown = {"numbered": json.dumps(list(items.values())), "numbers": json.dumps(list(items))}
    await _finish(conn, outbox_message, "sent", sent_at=now, **shown, **where)


async def dropped(conn: AsyncConnection, outbox_message: OutboxMessage, why: str) -> None:
    """Note that a message does not go out: nothing is left to say, or nobody can be reached."""
    await _finish(conn, outbox_message, _unless_out("dropped"), why=why)


async def failed(conn: AsyncConnection, outbox_message: OutboxMessage, why: str) -> None:
    """Note that a message will never be delivered."""
    await _finish(conn, outbox_message, _unless_out("failed"), why=why)


async def unsure(conn: AsyncConnection, outbox_message: OutboxMessage, why: str) -> None:
    """Note that a message was sent twice, and that both times the answer was lost: it is not sent again."""
    end = _unless_out("unsure")
    await _finish(conn, outbox_message, end, why=why, repeated=True, doubts=outbox_message.doubts + 1)


async def detour(conn: AsyncConnection, outbox_message: OutboxMessage, channel: str, why: str) -> None:
    """Let a message that does not get through a channel go by another one of its person's."""
    avoids = " ".join(dict.fromkeys((*outbox_message.avoids, channel)))
    values = {"why": why, "avoids": avoids, "not_before": None, "doubts": 0, "repeated": True}
    await _finish(conn, outbox_message, "pending", **values)


async def put_back(
    conn: AsyncConnection,
    outbox_message: OutboxMessage,
    not_before: datetime,
    why: str,
    *,
    repeated: bool,
    doubt: bool | None = False,
    counted: bool = True,
) -> None:
    """Let a message wait.

    repeated  it may have arrived all the same
    doubt     because the answer was lost; None: nobody knows whether it left
    counted   the try counts as one
    """
    values: dict[str, object] = {"not_before": not_before, "why": why}
    if repeated:
        values["repeated"] = True
    values["doubts"] = outgoing.c.doubts if doubt is None else outbox_message.doubts + doubt
    if not counted:
        values["attempts"] = outbox_message.attempts - 1
    await _finish(conn, outbox_message, "pending", **values)


async def numbers_of(conn: AsyncConnection, chat: str, message: str | None) -> dict[int, int]:
    """Return the assignments that a message shows, by the numbers that it gives them; none of no nudge."""
    if not message:
        return {}
    rows = await conn.execute(
        select(outgoing.c.numbered, outgoing.c.numbers).where(_is_message(chat, message))
    )
    row = rows.first()
    items = json.loads(row.numbered) if row and row.numbered else []
    numbers = json.loads(row.numbers) if row and row.numbers else range(1, len(items) + 1)
    return dict(zip(numbers, items, strict=True))


async def button_of(conn: AsyncConnection, chat: str, message: str, verb: str) -> str:
    """Return the data of the first button of a verb under a notice, "" where it has none."""
    of_message = (_is_message(chat, message), outgoing.c.words.is_not(None))
    written = (await conn.execute(select(outgoing.c.words).where(*of_message))).scalars().first()
    rows = (row for bubble in json.loads(written or "[]") for row in bubble["choices"])
    data = (str(choice["data"]) for row in rows for choice in row)
    return next((datum for datum in data if datum.startswith(f"{verb}:")), "")


def _is_message(chat: str, message: str) -> ColumnElement[bool]:
    """Whether a row is a message that a chat shows, by the first channel or by the next."""
    return or_(
        and_(outgoing.c.chat == chat, outgoing.c.message == message),
        and_(outgoing.c.passed_chat == chat, outgoing.c.passed_message == message),
    )


def _unless_out(state: str) -> ColumnElement[str]:
    """Return how a message ends that did not go out this time: sent, where it is out by another channel."""
    return case((_IS_OUT, "sent"), else_=state)


async def _finish(
    conn: AsyncConnection, outbox_message: OutboxMessage, state: str | ColumnElement[str], **values: object
) -> None:
    """Write the end of a claim, unless the lease ran out and somebody else has it now."""
    await conn.execute(
        update(outgoing)
        .where(
            outgoing.c.id == outbox_message.id,
            outgoing.c.state == "claimed",
            outgoing.c.attempts == outbox_message.attempts,
        )
        .values({"state": state, "lease_until": None, "doubts": outbox_message.doubts, **values})
    )
