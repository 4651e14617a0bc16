"""The corrections of a live plan that are made again in its later versions; each can be forgotten."""

from markupsafe import Markup

from handlers.common.button_data import ButtonData, choice_of
from handlers.common.context import Button, Context, Reply, button, reply
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import label, lines
from handlers.plans import plan_upload_chat
from handlers.plans.correction_wording import word_remembered
from services.plans.forget_correction import (
    CorrectionForgotten,
    forget_correction,
    remembered_corrections,
)
from storage.plans.plan_store import PlanRow

_SHOWN = 15


async def remembered_choice(context: Context, plan_id: int) -> tuple[tuple[Choice, ...], ...]:
    """Return the button that lists them, nothing where there are none."""
    count = len(await remembered_corrections(context.conn, plan_id))
    return ((choice_of(label(context.texts, "remembered", count=count), "made", plan_id),),) if count else ()


@button("made", "coordinator")
async def listed(context: Context, pressed: ButtonData) -> Reply:
    """List them; with the id of one, forget that first."""
    row = await plan_upload_chat.mine(context, pressed.id())
    if isinstance(row, Reply):
        return row
    if not pressed.text(1):
        return await _list(context, row)
    result = await forget_correction(context.conn, row.id, pressed.id(1), by=context.person, now=context.now)
    if not isinstance(result, CorrectionForgotten):
        return await _list(context, row)
    done = context.texts("remembered.forgotten", change=word_remembered(context.texts, result.made))
    return await _list(context, row, done)


async def _list(context: Context, row: PlanRow, done: Markup | None = None) -> Reply:
    made = list((await remembered_corrections(context.conn, row.id)).items())
    if not made:
        return reply(Outgoing(lines(done, context.texts("remembered.none", plan=row.name))))
    page = made[:_SHOWN]
    rows = [
        context.texts("amend.number", number=number, change=word_remembered(context.texts, correction))
        for number, (_, correction) in enumerate(page, 1)
    ]
    more = context.texts("plan.more", count=len(made) - _SHOWN) if len(made) > _SHOWN else None
    taps = [
        choice_of(label(context.texts, "forget_name", number=number), "made", row.id, id_)
        for number, (id_, _) in enumerate(page, 1)
    ]
    choices = tuple(tuple(taps[at : at + 3]) for at in range(0, len(taps), 3))
    head = context.texts("remembered.head", plan=row.name)
    return reply(Outgoing(lines(done, head, *rows, more), choices))


BUTTONS: tuple[Button, ...] = (listed,)
