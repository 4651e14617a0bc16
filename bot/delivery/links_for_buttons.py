"""Links in the place of buttons, for letters: each is good once and opens a page of confirmation."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.delivery.patience import patiently
from config.texts import Texts
from handlers.common.button_data import choice_of
from handlers.common.conversation import Choice, Link, Outgoing
from handlers.common.wording import label
from storage.database.engine import Database
from storage.organisation import handout_store, web_session_store

_KEY_BYTES: Final = 24
_MOST: Final = 24
"""So many buttons of one letter; below it tells how to answer in a line."""


@dataclass(frozen=True, slots=True)
class ButtonLinks:
    """Keeps what the buttons of a letter do for those who follow their links."""

    database: Database

    async def link(
        self,
        shown: Outgoing,
        choices: Sequence[Sequence[Choice]],
        channel: str,
        chat: str,
        texts: Texts,
        now: datetime,
    ) -> Outgoing:
        """Return a message with a link for each choice, and one that means *thôi*.

        Without a public address of the pages it stays as it is.
        """
        async with self.database.reading() as conn:
            address = await web_session_store.address(conn)
        if address is None or not address.public:
            return shown
        stop = choice_of(label(texts, "leave"), "leave", "yes")
        offered = [*[choice for row in choices for choice in row][:_MOST], stop]
        keyed = [(secrets.token_urlsafe(_KEY_BYTES), choice) for choice in offered]

        async def add() -> None:
            async with self.database.writing() as conn:
                for key, choice in keyed:
                    await handout_store.add_button(conn, key, channel, chat, choice.label, choice.data, now)

        await patiently(add)
        *links, unsubscribe = [Link(choice.label, f"{address.url}/nut/{key}") for key, choice in keyed]
        return replace(shown, links=tuple(links), unsubscribe=unsubscribe.url)
