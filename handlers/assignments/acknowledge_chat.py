"""Đã nhận: who has seen a nudge is spared the early rungs, and told when the next one comes."""

from markupsafe import Markup

from handlers.assignments.item_numbering import answered_nudge, still_open
from handlers.common.button_data import ButtonData
from handlers.common.context import Button, Context, Reply, button, reply
from handlers.common.conversation import Outgoing
from handlers.common.wording import wording_of
from services.assignments.acknowledge import acknowledge as acknowledge_deed
from storage.assignments import assignment_store


async def acknowledge(context: Context) -> Markup:
    """Note as seen what the nudge numbered that is answered, or the last one; return what to tell."""
    shown = await answered_nudge(context) or context.dialog.items
    waiting = await still_open(context)
    ids = [each.id for each in waiting if each.id in shown and each.asked_on is not None]
    await acknowledge_deed(context.conn, ids, by=context.person, now=context.now, rules=context.rules)
    again = await assignment_store.next_days(context.conn, ids)
    if not again:
        return context.texts("update.ack")
    return context.texts("update.seen", day=wording_of(context).day(min(again)))


@button("seen", "member")
async def seen(context: Context, pressed: ButtonData) -> Reply:
    """Đã nhận."""
    return reply(Outgoing(await acknowledge(context)))


BUTTONS: tuple[Button, ...] = (seen,)
