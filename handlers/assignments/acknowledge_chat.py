"""Đã nhận: who has seen a nudge is spared the early rungs, and told when the next one comes."""

from datetime import timedelta

from markupsafe import Markup

from handlers.assignments.item_list import answered_nudge, still_open, wording
from handlers.common.context import Button, Desk, Reply, button, reply
from handlers.common.conversation import Outgoing
from storage.assignments.assignment_store import Assignment
from storage.common import audit_log as audit
from storage.common import outbox as nudges


async def acknowledge(desk: Desk) -> Markup:
    """Note as seen what the nudge numbered that is answered, or the last one; return what to tell."""
    shown = await answered_nudge(desk) or desk.dialog.items
    ones = [one for one in await still_open(desk) if one.id in shown and one.asked_on is not None]
    for one in ones:
        if one.due_on >= desk.today:  # what is late goes on as it did: each "ok" would put it off
            await _note(desk, one)
    again = await nudges.next_of(desk.work, [one.id for one in ones])
    if not again:
        return desk.texts("update.ack")
    return desk.texts("update.seen", day=wording(desk).day(min(again)))


async def _note(desk: Desk, one: Assignment) -> None:
    ladder = desk.rules.ladders.of(one.kind, one.plan)
    # A rung of today that has not been heard yet, in the early morning, still comes.
    after = desk.today if one.asked_on == desk.today else desk.today - timedelta(days=1)
    again = ladder.next_on(one.due_on, after, desk.rules.days, acknowledged=True, wanted=one.wanted_on)
    await nudges.acknowledge(desk.work, one.id, desk.today, again)
    await audit.note(desk.work, desk.now, "seen", f"assignment {one.id}", desk.person.id)


@button("seen", "member")
async def seen(desk: Desk, argument: str) -> Reply:
    """Đã nhận."""
    return reply(Outgoing(await acknowledge(desk)))


BUTTONS: tuple[Button, ...] = (seen,)
