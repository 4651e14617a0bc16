"""Whether a draft is a new version of a plan that it is like, or a plan of its own."""

from handlers.common.button_data import ButtonData
from handlers.common.context import Button, Context, Reply, button
from handlers.plans import plan_upload_chat, version_chat
from handlers.plans.plan_wording import word_carried
from services.plans.import_plan import LaterVersion
from services.plans.join_version import DraftReplaced, KeptApart, join_version, keep_apart


@button("joins", "coordinator")
async def joins(context: Context, pressed: ButtonData) -> Reply:
    """Let the draft be the new version."""
    result = await join_version(
        context.conn, pressed.id(), by=context.person, now=context.now, rules=context.rules
    )
    match result:
        case LaterVersion():
            return await version_chat.shown(context, result)
        case DraftReplaced():
            replaced = context.texts("likeness.replaced", plan=result.plan.name)
            carried = word_carried(context.texts, result.carried)
            head = [replaced, *([carried] if carried else [])]
            return await plan_upload_chat.show_draft(context, result.plan.id, head, [], result.carried)
        case _:
            return plan_upload_chat.unchanged(context, result)


@button("apart", "coordinator")
async def apart(context: Context, pressed: ButtonData) -> Reply:
    """Let the draft be a plan of its own."""
    result = await keep_apart(context.conn, pressed.id(), by=context.person, now=context.now)
    if isinstance(result, KeptApart):
        sentence = context.texts("likeness.apart", plan=result.plan.name)
        return await plan_upload_chat.show_draft(context, result.plan.id, [sentence], [])
    return plan_upload_chat.unchanged(context, result)


BUTTONS: tuple[Button, ...] = (joins, apart)
