"""What a messenger does not hand on: each time an answer that says what to do instead."""

import secrets

from handlers.common.context import Context, Reply, reply, staying
from handlers.common.conversation import Outgoing
from storage.organisation import handout_store, web_session_store


async def answer(context: Context) -> Reply:
    """Say what to do in place of a voice message, a link, a file, or a call in a group."""
    withheld = context.said.withheld or "content"
    address = await web_session_store.address(context.conn)
    if withheld != "content" or address is None or not address.public:
        return staying(context, reply(Outgoing(context.texts(f"withheld.{withheld}"))))
    key = secrets.token_urlsafe(24)
    incoming = context.said
    await handout_store.add_form(context.conn, key, incoming.channel, incoming.chat, context.now)
    text = context.texts("withheld.form", link=f"{address.url}/gui/{key}")
    return staying(context, reply(Outgoing(text, kept=context.texts("withheld.content"))))
