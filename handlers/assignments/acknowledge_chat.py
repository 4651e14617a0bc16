"""Đã nhận: who has seen a nudge is spared the early rungs, and told when the next one comes."""

from datetime import timedelta

from markupsafe import Markup

from handlers.assignments.item_list import answered_nudge, still_open, wording
from handlers.common.context import Button, Context, Reply, button, reply
from handlers.common.conversation import Outgoing
from storage.assignments import ask_days
from storage.assignments.assignment_store import Assignment
from storage.common import audit_log


async def acknowledge(context: Context) -> Markup:
    """Note as seen what the nudge numbered that is answered, or the last one; return what to tell."""
    shown = await answered_nudge(context) or context.dialog.items
    ones = [one for one in await still_open(context) if one.id in shown and one.asked_on is not None]
    for one in ones:
        if one.due_on >= context.today:  # what is late goes on as it did: each "ok" would put it off
            await _note(context, one)
    again = await ask_days.next_days(context.conn, [one.id for one in ones])
    if not again:
        return context.texts("update.ack")
    return context.texts("update.seen", day=wording(context).day(min(again)))


async def _note(context: Context, one: Assignment) -> None:
    ladder = context.rules.ladders.of(one.kind, one.plan)
    # A rung of today that has not been heard yet, in the early morning, still comes.
    after = context.today if one.asked_on == context.today else context.today - timedelta(days=1)
    again = ladder.next_on(one.due_on, after, context.rules.days, acknowledged=True, wanted=one.wanted_on)
    await ask_days.acknowledge(context.conn, one.id, context.today, again)
    await audit_log.note(context.conn, context.now, "seen", f"assignment {one.id}", context.person.id)


@button("seen", "member")
async def seen(context: Context, argument: str) -> Reply:
    """Đã nhận."""
    return reply(Outgoing(await acknowledge(context)))


BUTTONS: tuple[Button, ...] = (seen,)
