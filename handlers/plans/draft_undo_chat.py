"""Hoàn tác: take the last corrections of a draft back, all those of one line at once."""

from handlers.common.button_data import ButtonData, choice_of
from handlers.common.context import Button, Context, Reply, button, reply
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import label
from handlers.plans import plan_upload_chat
from services.plans.undo_correction import CorrectionUndone, undo_correction

_MOST = 50


def undo_choice(context: Context, plan_id: int, count: int) -> Choice:
    """Return the button that takes back the last `count` corrections of a draft."""
    return choice_of(label(context.texts, "undo"), "undraft", plan_id, count)


@button("undraft", "coordinator")
async def undone(context: Context, pressed: ButtonData) -> Reply:
    """Put the draft back as it stood before the line, and show it again."""
    row = await plan_upload_chat.mine(context, pressed.id())
    if isinstance(row, Reply):
        return row
    done = 0
    for _ in range(min(pressed.id(1), _MOST)):
        result = await undo_correction(context.conn, row.id, by=context.person, now=context.now)
        done += isinstance(result, CorrectionUndone)
    if not done:
        nothing, stays = Outgoing(context.texts("draft.nothing_undone")), context.dialog
        return reply(nothing, topic=stays.topic, about=stays.about)
    sentence = context.texts("draft.undone", count=done)
    return await plan_upload_chat.show_draft(context, row.id, [sentence], [])


BUTTONS: tuple[Button, ...] = (undone,)
