"""Links in the place of what a channel does not carry: buttons and files."""

from dataclasses import dataclass
from datetime import datetime

from bot.delivery.links_for_buttons import ButtonLinks
from bot.delivery.links_for_files import FileLinks
from config.texts import Texts
from handlers.common.capabilities import Capabilities
from handlers.common.conversation import Outgoing
from storage.database.engine import Database


@dataclass(frozen=True, slots=True)
class Links:
    """Puts links into messages that leave, and keeps what is behind them."""

    database: Database

    async def put(
        self,
        message: Outgoing,
        can: Capabilities,
        channel: str,
        chat: str,
        texts: Texts,
        now: datetime,
        *,
        unasked: bool,
    ) -> Outgoing:
        """Return a message as a channel that `can` so much carries it; `unasked`: it answers nothing."""
        if can.button_links:
            buttons = ButtonLinks(self.database)
            message = await buttons.link(message, channel, chat, texts, now, unasked=unasked)
        if can.files_out:
            return message
        return await FileLinks(self.database).replace_files(message, channel, chat, texts, now)
