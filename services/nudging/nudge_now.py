"""Have people asked once more because a coordinator wants it, beside the ladder."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.people import Person
from services.common.results import Refused
from services.common.rules import Rules
from services.nudging.nudge_choice import NudgeTarget, choose, reach
from storage.assignments import assignment_writer
from storage.common import audit_log
from storage.nudging import manual_nudge_store


@dataclass(frozen=True, slots=True)
class Nudged:
    """How many people of how many units get a message."""

    people: int
    units: int


async def nudge_now(
    conn: AsyncConnection, target: NudgeTarget, *, by: Person, mark: int, now: datetime, rules: Rules
) -> Nudged | Refused[Literal["not_yours", "gone", "nothing"]]:
    """Put the day's message to all whom a target concerns into the outbox, also to those who had one today.

    `mark` (manual_nudge_store.last_nudge, taken at the preview) names this wish: carried out twice, it adds
    nothing. `now` is aware. Needs a writing transaction. Refused: another coordinator's ("not_yours"), no
    such duty is open ("gone"), everything is answered ("nothing").
    """
    today = now.astimezone(rules.zone).date()
    chosen = await choose(conn, target, by=by, today=today, rules=rules)
    if isinstance(chosen, Refused):
        return Refused(chosen.reason)
    if not chosen.assignments:
        return Refused("nothing")
    people = (await reach(conn, chosen.assignments, today, rules)).people
    await assignment_writer.note_asked(conn, [each.id for each in chosen.assignments], today)
    count = await manual_nudge_store.put_manual_nudges(conn, people, today, mark)
    about = f"{target.kind}:{target.id}" if target.id else target.kind
    await audit_log.note(conn, now, "nudge", f"{about}: {count} people", by.id)
    return Nudged(count, len(chosen.units))
