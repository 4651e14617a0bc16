"""Nudges of a last day: which of them nobody has seen, which units they have not reached."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.lifecycle import OPEN
from storage.common.event_json import event_from_json
from storage.common.reach import REACHES
from storage.database.dialect import numbers_in
from storage.database.schema import account, assignment, outgoing, plan, progress, request

CALL_TOPIC = "call"
"""The topic of notices that units have to be phoned; the next ones of a day have a number behind it."""
_OUT = and_(outgoing.c.kind == "daily", outgoing.c.sent_at.is_not(None))


@dataclass(frozen=True, slots=True)
class LastDayUnit:
    """A unit that owes something on its last day, and the unit that compiles it."""

    unit_id: int
    coordinator_id: int | None


@dataclass(frozen=True, slots=True)
class _Out:
    id: int
    person_id: int
    sent_at: datetime


def _is_last_day(today: date, until: date) -> ColumnElement[bool]:
    """Whether something is open, asked for today, and no working day on which it is in time follows."""
    return and_(
        assignment.c.state.in_(OPEN),
        ~assignment.c.past,
        assignment.c.asked_on == today,
        assignment.c.last_on >= today,
        assignment.c.last_on < until,
    )


async def last_day_units(conn: AsyncConnection, today: date, until: date) -> list[LastDayUnit]:
    """Return the units that owe something whose last working day is `today`; `until` is the next one."""
    coordinator = func.coalesce(plan.c.coordinator_id, request.c.coordinator_id).label("coordinator_id")
    rows = await conn.execute(
        select(assignment.c.unit_id, coordinator)
        .outerjoin(plan, plan.c.id == assignment.c.plan_id)
        .outerjoin(request, request.c.id == assignment.c.request_id)
        .where(_is_last_day(today, until))
        .distinct()
    )
    return [LastDayUnit(row.unit_id, row.coordinator_id) for row in rows]


async def reached_on(conn: AsyncConnection, day: date) -> frozenset[int]:
    """Return the people whose message of a local day has gone out."""
    rows = await conn.execute(select(outgoing.c.person_id).where(_OUT, outgoing.c.day == day))
    return frozenset(rows.scalars())


async def unseen(conn: AsyncConnection, today: date, until: date) -> list[int]:
    """Return the ids of today's messages that tell of a last day, that could go by another channel, and whose
    person has said, pressed or looked at nothing since."""
    named, assignment_id = numbers_in(outgoing.c.numbered)
    rows = await conn.execute(
        select(outgoing.c.id, outgoing.c.person_id, outgoing.c.sent_at)
        .distinct()
        .select_from(outgoing)
        .join(named, true())
        .join(assignment, assignment.c.id == assignment_id)
        .where(_can_be_passed(today), outgoing.c.numbered.is_not(None), _is_last_day(today, until))
    )
    out = [_Out(row.id, row.person_id, row.sent_at) for row in rows]
    seen = await _last_seen(conn, {each.person_id for each in out}) if out else {}
    return [each.id for each in out if each.person_id not in seen or seen[each.person_id] < each.sent_at]


def _can_be_passed(today: date) -> ColumnElement[bool]:
    """Whether a message is out by one channel alone, and another could take it."""
    other = select(account.c.id).where(
        account.c.person_id == outgoing.c.person_id, REACHES, account.c.channel != outgoing.c.channel
    )
    return and_(
        _OUT,
        outgoing.c.day == today,
        outgoing.c.state == "sent",
        outgoing.c.avoids.is_(None),
        outgoing.c.passed_at.is_(None),
        other.exists(),
    )


async def _last_seen(conn: AsyncConnection, people: Collection[int]) -> dict[int, datetime]:
    """Return when people last gave a sign by any channel: wrote, pressed, reported, looked at their page."""
    looked = select(account.c.person_id, account.c.seen_at.label("at")).where(
        account.c.person_id.in_(people), account.c.seen_at.is_not(None)
    )
    reported = select(progress.c.person_id, progress.c.said_at).where(progress.c.person_id.in_(people))
    signs = looked.union_all(reported).subquery()
    last = func.max(signs.c.at).label("at")
    rows = await conn.execute(select(signs.c.person_id, last).group_by(signs.c.person_id))
    return {row.person_id: row.at for row in rows}


async def pass_on(conn: AsyncConnection, ids: Collection[int]) -> None:
    """Let messages that are out go by another channel as well; each stays the one that it is."""
    again = {"state": "pending", "not_before": None, "doubts": 0, "avoids": outgoing.c.channel}
    await conn.execute(update(outgoing).where(outgoing.c.id.in_(ids)).values(again))


async def pass_on_from(conn: AsyncConnection, channel: str, chat: str, today: date) -> None:
    """Let today's message go by another channel where the chat that it went to turns out to be shut."""
    went = and_(outgoing.c.channel == channel, outgoing.c.chat == chat)
    rows = await conn.execute(select(outgoing.c.id).where(_can_be_passed(today), went))
    await pass_on(conn, list(rows.scalars()))


async def told_to_phone(conn: AsyncConnection, person_id: int, today: date) -> frozenset[int]:
    """Return which units a coordinator was told to phone on a day."""
    topics = or_(outgoing.c.topic == CALL_TOPIC, outgoing.c.topic.startswith(f"{CALL_TOPIC}#"))
    mine = (outgoing.c.person_id == person_id, outgoing.c.day == today, outgoing.c.event.is_not(None))
    rows = await conn.execute(select(outgoing.c.event).where(*mine, topics))
    return frozenset(unit for event in rows.scalars() for unit in event_from_json(event).units)
