"""The passages of a draft that became nothing, shown with the reasons."""

from handlers.common.button_data import ButtonData
from handlers.common.context import Button, Context, Reply, button, reply
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import lines
from handlers.plans import plan_upload_chat
from handlers.plans.draft_wording import next_button
from handlers.plans.unread_wording import SHOWN, word_passages, word_unread
from services.plans.open_draft import open_draft
from storage.organisation import web_session_store


@button("unread", "coordinator")
async def unread(context: Context, pressed: ButtonData) -> Reply:
    """Show the next page of a draft's unread passages."""
    row = await plan_upload_chat.mine(context, pressed.id())
    if isinstance(row, Reply):
        return row
    draft, _ = await open_draft(context.conn, row.id, context.rules, context.today)
    page = pressed.id(1) if pressed.id(1) < len(draft.unread) else 0
    address = await web_session_store.address(context.conn)
    head = word_unread(context.texts, draft.unread, row.id, address) or context.texts("unread.none")
    more: tuple[tuple[Choice, ...], ...] = ()
    if page + SHOWN < len(draft.unread):
        more = ((next_button(context.texts, "unread", row.id, page + SHOWN),),)
    text = lines(head, *word_passages(context.texts, draft.unread, page))
    answer = Outgoing(text, (*more, *plan_upload_chat.choices(context, row.id)))
    return reply(answer, topic=context.dialog.topic, about=context.dialog.about)


BUTTONS: tuple[Button, ...] = (unread,)
