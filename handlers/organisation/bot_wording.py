"""By which bot a newcomer joins where a messenger has several that take only so many people."""

from markupsafe import Markup

from handlers.common.context import Context
from services.organisation.bot_room import emptiest


async def word_bot(context: Context) -> Markup | None:
    """Return the sentence that names the bot with most room, or says that all are full; None without any."""
    room = await emptiest(context.conn)
    if room is None:
        return None
    return (
        context.texts("invites.bots_full")
        if room.is_full
        else context.texts("invites.bot", bot=room.bot.name)
    )
