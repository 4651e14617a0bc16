"""Links in the place of buttons, for letters: each is good once and opens a page of confirmation."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import accumulate, chain
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
        message: Outgoing,
        channel: str,
        chat: str,
        texts: Texts,
        now: datetime,
        *,
        unasked: bool,
    ) -> Outgoing:
        """Return a message with a link for each of its choices; one that came `unasked` has a link that
        means *thôi* besides.

        Without a public address of the pages there are none: the choices stand in the text.
        """
        offered = _first_rows(message.choices)
        message = replace(message, choices=())
        if not offered and not unasked:
            return message
        async with self.database.reading() as conn:
            address = await web_session_store.address(conn)
        if address is None or not address.public:
            return message
        if unasked:
            offered.append((choice_of(label(texts, "leave"), "leave", "yes"),))
        keyed = [[(secrets.token_urlsafe(_KEY_BYTES), choice) for choice in row] for row in offered]

        async def add() -> None:
            async with self.database.writing() as conn:
                for key, choice in chain.from_iterable(keyed):
                    await handout_store.add_button(conn, key, channel, chat, choice.label, choice.data, now)

        await patiently(add)
        base = f"{address.url}/nut"
        links = [tuple(Link(choice.label, f"{base}/{key}") for key, choice in row) for row in keyed]
        unsubscribe = links.pop()[0].url if unasked else ""
        return replace(message, links=tuple(links), unsubscribe=unsubscribe)


def _first_rows(rows: Sequence[tuple[Choice, ...]]) -> list[tuple[Choice, ...]]:
    """Return the rows that fit into one letter."""
    counts = accumulate(len(row) for row in rows)
    return [row for row, count in zip(rows, counts, strict=True) if count <= _MOST]
