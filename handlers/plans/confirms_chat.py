"""Whether what units say is done waits for the plan's coordinator to confirm it: the button that sets it."""

from handlers.common.button_data import ButtonData, choice_of
from handlers.common.context import Button, Context, Reply, button, reply
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import label
from handlers.plans import plan_upload_chat
from storage.assignments import confirmation_store
from storage.common import audit_log


@button("confirms", "coordinator")
async def confirms(context: Context, pressed: ButtonData) -> Reply:
    """Set whether what units say is done waits to be confirmed."""
    wanted = pressed.text(1)
    row = await plan_upload_chat.mine(context, pressed.id())
    if isinstance(row, Reply):
        return row
    if row.amends is not None or wanted not in ("on", "off"):
        return reply(Outgoing(context.texts("error.old_button")))
    if await confirmation_store.want(context.conn, row.id, wanted=wanted == "on"):
        was = "off" if wanted == "on" else "on"
        about = f"plan {row.id}"
        await audit_log.note(
            context.conn, context.now, "confirms", about, context.person.id, was=was, became=wanted
        )
    return reply(Outgoing(context.texts(f"confirm.{wanted}", plan=row.name)))


async def switch(context: Context, plan_id: int) -> Choice:
    """Return the button that sets it the other way."""
    if await confirmation_store.is_wanted(context.conn, plan_id):
        return choice_of(label(context.texts, "confirms_off"), "confirms", plan_id, "off")
    return choice_of(label(context.texts, "confirms_on"), "confirms", plan_id, "on")


BUTTONS: tuple[Button, ...] = (confirms,)
