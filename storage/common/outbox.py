"""The outbox: what is to be said to whom, claimed with a lease, sent, marked."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.lifecycle import OPEN, Kind, kind_of
from domain.common.workdays import Workdays
from domain.nudging.ladder import Ladders, is_held
from storage.assignments.pending_extensions import is_held_on, wanted_on
from storage.database.schema import account, assignment, nudge, plan

LEASE = timedelta(seconds=60)
_OF_A_DAY = ("daily", "digest")
"""Kinds that are worded when they are sent, and go out on their day or not at all."""


@dataclass(frozen=True, slots=True)
class Nudge:
    """A message to one person. A daily one is worded when it is sent; a notice carries its words."""

    id: int
    person_id: int
    day: date
    kind: str
    words: str | None
    attempts: int
    repeated: bool
    doubts: int
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """An assignment that is asked for. `plan` is the number of its plan, "" where it has none.

    `wanted_on` is the date of a wish that waits for a decision.
    """

    id: int
    unit_id: int
    due_on: date
    kind: Kind
    plan: str
    acknowledged: bool
    asked_on: date | None
    wanted_on: date | None

    def is_held(self, day: date) -> bool:
        """Whether nobody is asked for it on a local day."""
        return is_held(self.due_on, self.wanted_on, day)


async def due(conn: AsyncConnection, today: date, limit: int) -> list[Asked]:
    """Return what is to be asked for today, or was to be while nobody was at work: up to `limit`.

    With what is late of a unit comes all that is late of it: one message every second day tells of all,
    instead of two that take turns. What is held is among them only to be given a later day.
    """
    come = (
        select(assignment.c.id)
        .where(assignment.c.next_nudge_on <= today)
        .order_by(assignment.c.next_nudge_on)
        .limit(limit)
    )
    found = await _asked(conn, assignment.c.id.in_(come))
    late = {one.unit_id for one in found if one.due_on < today and not one.is_held(today)}
    with_them = (
        assignment.c.unit_id.in_(late),
        assignment.c.due_on < today,
        assignment.c.next_nudge_on.is_not(None),
        assignment.c.next_nudge_on > today,
        assignment.c.asked_on.is_distinct_from(today),
        ~is_held_on(today),
    )
    return [*found, *(await _asked(conn, *with_them))] if late else found


async def _asked(conn: AsyncConnection, *where: ColumnElement[bool]) -> list[Asked]:
    rows = await conn.execute(
        select(
            assignment,
            func.coalesce(plan.c.number, plan.c.title, "").label("plan"),
            wanted_on().label("wanted_on"),
        )
        .outerjoin(plan, plan.c.id == assignment.c.plan_id)
        .where(*where)
        .order_by(assignment.c.next_nudge_on)
    )
    return [
        Asked(
            id=row.id,
            unit_id=row.unit_id,
            due_on=row.due_on,
            kind=kind_of(request_id=row.request_id, duty_id=row.duty_id),
            plan=row.plan,
            acknowledged=row.acknowledged_on is not None,
            asked_on=row.asked_on,
            wanted_on=row.wanted_on,
        )
        for row in rows
    ]


async def still_open(conn: AsyncConnection, unit_ids: Iterable[int]) -> list[Asked]:
    """Return all that units are still asked for, whether a rung has come or not."""
    mine = (assignment.c.unit_id.in_(list(unit_ids)), assignment.c.state.in_(OPEN), ~assignment.c.past)
    return await _asked(conn, *mine)


async def advance(
    conn: AsyncConnection, asked: Iterable[Asked], today: date, ladders: Ladders, days: Workdays
) -> None:
    """Note that these are asked for today, unless they are held, and when next; what is answered never is."""
    alike: defaultdict[tuple[date, Kind, str, bool, date | None], list[int]] = defaultdict(list)
    for one in asked:
        alike[one.due_on, one.kind, one.plan, one.acknowledged, one.wanted_on].append(one.id)
    for (due_on, kind, of, seen, wanted), ids in alike.items():  # these have the next rung in common
        again = ladders.of(kind, of).next_on(due_on, today, days, acknowledged=seen, wanted=wanted)
        values = {"next_nudge_on": again}
        if not is_held(due_on, wanted, today):
            values["asked_on"] = today
        these = assignment.c.id.in_(ids)
        is_open = assignment.c.state.in_(OPEN)
        await conn.execute(update(assignment).where(these, is_open).values(values))
        await conn.execute(update(assignment).where(these, ~is_open).values(next_nudge_on=None))


async def put_daily(conn: AsyncConnection, people: Iterable[int], today: date) -> None:
    """See to it that each person gets a message today that names what is asked for by now.

    One that still waits is worded when it is sent and will name it; one that is out already does not, so
    that another follows: only after a plan went live in the middle of a day.
    """
    for person_id in people:
        mine = (nudge.c.person_id == person_id, nudge.c.day == today, nudge.c.kind == "daily")
        states = (await conn.execute(select(nudge.c.state).where(*mine))).scalars().all()
        if "pending" not in states:
            await put(conn, [person_id], today, "daily", topic=str(len(states)))


async def put(
    conn: AsyncConnection,
    people: Iterable[int],
    day: date,
    kind: str,
    *,
    topic: str = "",
    words: str | None = None,
) -> None:
    """Put a message for each person into the outbox, once for the same (person, day, kind, topic)."""
    rows = [{"person_id": p, "day": day, "kind": kind, "topic": topic, "words": words} for p in people]
    if rows:
        await conn.execute(insert(nudge).on_conflict_do_nothing(), rows)


async def is_waiting(conn: AsyncConnection, person_id: int, today: date) -> bool:
    """Whether a person's message of the day has not gone out yet."""
    mine = (nudge.c.person_id == person_id, nudge.c.day == today, nudge.c.kind == "daily")
    found = await conn.execute(select(nudge.c.id).where(*mine, nudge.c.state == "pending"))
    return found.first() is not None


async def replace_stale(conn: AsyncConnection, today: date) -> list[tuple[int, date]]:
    """Take back what could not go out on earlier days; return (person id, day) of the daily messages."""
    stale = and_(nudge.c.kind.in_(_OF_A_DAY), nudge.c.day < today, nudge.c.state == "pending")
    rows = (await conn.execute(select(nudge.c.person_id, nudge.c.day, nudge.c.kind).where(stale))).all()
    await conn.execute(update(nudge).where(stale).values(state="replaced"))
    return [(row.person_id, row.day) for row in rows if row.kind == "daily"]


async def ask_anew(conn: AsyncConnection, unit_ids: Iterable[int], day: date, today: date) -> None:
    """Let today's messages name what units were asked for on an earlier day, and have not answered."""
    theirs = (assignment.c.unit_id.in_(list(unit_ids)), assignment.c.asked_on == day)
    await conn.execute(update(assignment).where(*theirs, assignment.c.state.in_(OPEN)).values(asked_on=today))


async def ask_today(conn: AsyncConnection, ids: Iterable[int], today: date) -> None:
    """Let today's messages name these; when they are asked for next stays as it is."""
    await conn.execute(update(assignment).where(assignment.c.id.in_(list(ids))).values(asked_on=today))


async def acknowledge(conn: AsyncConnection, assignment_id: int, today: date, again: date | None) -> None:
    """Note that somebody has seen what is asked for, and when it is asked for next."""
    await conn.execute(
        update(assignment)
        .where(assignment.c.id == assignment_id)
        .values(acknowledged_on=today, next_nudge_on=again)
    )


async def claim(
    conn: AsyncConnection,
    now: datetime,
    limit: int,
    daily: date | None,
    *,
    but: Collection[int] = (),
    down: Collection[str] = (),
) -> list[Nudge]:
    """Take up to `limit` messages that wait, or whose holder died; they are ours until the lease ends.

    Of the daily ones and the digests only those of the day `daily` are taken, none where it is None; none
    of those with the ids `but`, which are in hand; none of people who are reached only through the channels
    that are `down`. What is worded already goes first: somebody waits for it.
    """
    free = or_(
        and_(nudge.c.state == "pending", or_(nudge.c.not_before.is_(None), nudge.c.not_before <= now)),
        and_(nudge.c.state == "claimed", nudge.c.lease_until <= now),
    )
    todays = or_(nudge.c.kind.not_in(_OF_A_DAY), nudge.c.day == daily)
    wanted = [free, todays, nudge.c.id.not_in(but), *([_gets_through(down)] if down else [])]
    waiting = select(nudge.c.id).where(*wanted).order_by(nudge.c.words.is_(None), nudge.c.id).limit(limit)
    claimed = await conn.execute(
        update(nudge)
        .where(nudge.c.id.in_(waiting))
        .values(
            state="claimed",
            lease_until=now + LEASE,
            attempts=nudge.c.attempts + 1,
            repeated=or_(nudge.c.repeated, nudge.c.state == "claimed"),
        )
        .returning(nudge)
    )
    rows = sorted(claimed, key=lambda row: (row.words is None, row.id))
    return [
        Nudge(
            id=row.id,
            person_id=row.person_id,
            day=row.day,
            kind=row.kind,
            words=row.words,
            attempts=row.attempts,
            repeated=row.repeated,
            doubts=row.doubts,
            topic=row.topic,
        )
        for row in rows
    ]


def _gets_through(down: Collection[str]) -> ColumnElement[bool]:
    """Whether a message's person has an account on a channel that is well, or none on one that is not."""
    theirs = select(account.c.id).where(account.c.person_id == nudge.c.person_id, account.c.reachable)
    return or_(
        theirs.where(account.c.channel.not_in(down)).exists(),
        ~theirs.where(account.c.channel.in_(down)).exists(),
    )


async def release(conn: AsyncConnection) -> None:
    """Free what a program that died had claimed; only its successor, alone on the database, may ask."""
    await conn.execute(update(nudge).where(nudge.c.state == "claimed").values(state="pending", repeated=True))


async def sent(
    conn: AsyncConnection,
    one: Nudge,
    now: datetime,
    channel: str,
    chat: str,
    message: str,
    items: Sequence[int],
) -> None:
    """Note that a message went out, where to, under which id, and which assignments it numbered."""
    where = {"channel": channel, "chat": chat, "message": message}
    await _finish(conn, one, "sent", sent_at=now, numbered=json.dumps(items), **where)


async def dropped(conn: AsyncConnection, one: Nudge, why: str) -> None:
    """Note that a message does not go out: nothing is left to say, or nobody can be reached."""
    await _finish(conn, one, "dropped", why=why)


async def failed(conn: AsyncConnection, one: Nudge, why: str) -> None:
    """Note that a message will never be delivered."""
    await _finish(conn, one, "failed", why=why)


async def unsure(conn: AsyncConnection, one: Nudge, why: str) -> None:
    """Note that a message was sent twice, and that both times the answer was lost: it is not sent again."""
    await _finish(conn, one, "unsure", why=why, repeated=True, doubts=one.doubts + 1)


async def put_back(
    conn: AsyncConnection,
    one: Nudge,
    not_before: datetime,
    why: str,
    *,
    repeated: bool,
    doubt: bool = False,
    counted: bool = True,
) -> None:
    """Let a message wait.

    repeated  it may have arrived all the same
    doubt     because the answer was lost
    counted   the try counts as one
    """
    values: dict[str, object] = {"not_before": not_before, "why": why}
    if repeated:
        values["repeated"] = True
    if doubt:
        values["doubts"] = one.doubts + 1
    if not counted:
        values["attempts"] = one.attempts - 1
    await _finish(conn, one, "pending", **values)


async def items_of(conn: AsyncConnection, chat: str, message: str) -> tuple[int, ...]:
    """Return the assignments that a message numbered, none where it was no nudge."""
    found = await conn.execute(
        select(nudge.c.numbered).where(nudge.c.chat == chat, nudge.c.message == message)
    )
    items = found.scalars().first()
    return tuple(json.loads(items)) if items else ()


async def next_of(conn: AsyncConnection, ids: Iterable[int]) -> list[date]:
    """Return the days on which these are asked for next; what is not asked for again has none."""
    these = (assignment.c.id.in_(list(ids)), assignment.c.next_nudge_on.is_not(None))
    return list((await conn.execute(select(assignment.c.next_nudge_on).where(*these))).scalars())


async def next_day(conn: AsyncConnection) -> date | None:
    """Return the next day on which something is to be asked for."""
    found = await conn.execute(
        select(assignment.c.next_nudge_on)
        .where(assignment.c.next_nudge_on.is_not(None))
        .order_by(assignment.c.next_nudge_on)
        .limit(1)
    )
    return found.scalar_one_or_none()


async def _finish(conn: AsyncConnection, one: Nudge, state: str, **values: object) -> None:
    """Write the end of a claim, unless the lease ran out and somebody else has it now."""
    await conn.execute(
        update(nudge)
        .where(nudge.c.id == one.id, nudge.c.state == "claimed", nudge.c.attempts == one.attempts)
        .values(state=state, lease_until=None, **values)
    )
