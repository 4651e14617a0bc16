"""/link (/lienket): one person on two messengers, by a code from the one that is typed in the other."""

from markupsafe import Markup

from handlers.common.context import Context, Reply, command, reply
from handlers.common.conversation import Outgoing
from handlers.common.menus import menu
from handlers.common.wording import lines
from handlers.organisation.contacts_chat import channel_rows, first_by_name
from services.organisation.link_chat import offer_link, take_link
from storage.organisation import chat_link_store, people_store

_MINUTES = int(chat_link_store.LASTS.total_seconds() // 60)


@command("link", "lienket", "member")
async def link(context: Context, argument: str) -> Reply:
    """Give a code that makes another chat the same person's; a channel's name puts that first."""
    if argument.strip() and (answer := await first_by_name(context, argument)) is not None:
        return answer
    code = await offer_link(context.conn, context.person.id, context.now)
    text = context.texts("link.code", code=code, minutes=_MINUTES)
    own, choices = await channel_rows(context)
    written_down = context.texts("link.lost")
    if not choices:
        return reply(Outgoing(text, kept=written_down))
    return reply(Outgoing(lines(text, Markup(), own), choices, kept=written_down))


async def linked(context: Context, code_hash: str) -> Reply | None:
    """Take a code of somebody's own other chat, where this one is nobody's; None where it is no such code."""
    incoming = context.said
    if context.somebody is not None or not incoming.private:
        return None
    person_id = await take_link(context.conn, code_hash, incoming.channel, incoming.chat, context.now)
    if person_id is None:
        return None
    person = await people_store.get(context.conn, person_id, context.today)
    return reply(Outgoing(context.texts("link.linked", name=person.name), menu=menu(context, person)))
