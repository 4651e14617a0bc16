"""Go on from a backup that was restored."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.event import Event
from storage.common import audit_log, lost_time, outbox
from storage.common.audit_log import ChainVerdict
from storage.organisation import people_store

_TO_OBJECT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Resumed:
    """How many notices that waited are not sent, and how many people will be told that time was lost."""

    ended: int
    told: int


async def resume_restored(
    conn: AsyncConnection,
    chain: ChainVerdict,
    recorded_until: datetime | None,
    *,
    now: datetime,
    today: date,
    nothing_lost: bool,
) -> Resumed:
    """Note a restore in the audit, and see to it that nothing goes on as if no time had been lost.

    What people said after `recorded_until`, the last line of the audit, is gone, though they were told that
    it was recorded: each is told of it once. `nothing_lost`: the program was stopped before the backup and
    has not run since, so that all goes on. Needs a writing transaction.
    """
    lost = None if nothing_lost else "lost"
    await audit_log.note(conn, now, "restore", f"line {chain.count} {chain.last[:16]}", became=lost)
    if nothing_lost:
        return Resumed(0, 0)
    await lost_time.skip_ids(conn)
    await lost_time.close_questions(conn)
    await lost_time.put_off_endings(conn, now + _TO_OBJECT)
    ended = await lost_time.end_waiting_notices(conn)
    people = await people_store.seated(conn, today)
    event = Event("restored", 0, recorded_until=recorded_until)
    topic = f"restored:{await audit_log.last_id(conn)}"
    await outbox.put(conn, people, today, "notice", topic=topic, event=event)
    return Resumed(ended, len(people))
