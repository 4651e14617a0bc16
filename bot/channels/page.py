"""The channel of people's own pages: what is said to them waits in the database until they look."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from markupsafe import Markup, escape
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.base import ChannelClosed, Raw, SendError
from bot.channels.local_channel import LocalChannel
from bot.delivery.patience import patiently
from handlers.common.capabilities import Capabilities
from handlers.common.conversation import Attachment, Outgoing, Paper
from storage.common import page_message_store
from storage.common.page_message_store import PageFile
from storage.common.reach import OWN_PAGE
from storage.database.engine import Database
from storage.organisation import own_page_store

CAPABILITIES: Final = Capabilities(longest_text=4096, menu=False, progress="replaced")
_ID = "page-"
_SETTLES = 0.15
"""Seconds after an answer in which another one may follow it."""


class PageChannel(LocalChannel):
    """Keeps each page's talk in the database. `now` is the program's clock.

    `ring` is called when something was written that a page of another program may wait for.
    """

    name = OWN_PAGE
    capabilities: Capabilities = CAPABILITIES

    def __init__(
        self, database: Database, now: Callable[[], datetime], ring: Callable[[], None] = lambda: None
    ) -> None:
        super().__init__()
        self._database, self._now, self._ring = database, now, ring
        self._answered: dict[str, asyncio.Event] = {}
        """By page: set when an answer has come for somebody who waits for one."""
        self._said: dict[str, int] = {}
        """By page on which somebody waits: what they said last."""
        self._noticed: set[str] = set()
        """Pages whose last message tells how far a deed has come."""

    def can(self, chat: str) -> Capabilities:
        """Return what it can do in each chat alike."""
        return self.capabilities

    async def send(self, chat: str, message: Outgoing) -> str:
        """Write one message on a page; return its id. Raises SendError where it is nobody's any more."""
        choices = [[(choice.label, choice.data) for choice in row] for row in message.choices]
        text = message.text if message.kept is None else message.kept

        async def work(conn: AsyncConnection) -> int:
            if not await own_page_store.is_somebodys(conn, chat):
                raise SendError("nobody's page", permanent=True, unreachable=True)
            if message.replaces:
                await page_message_store.replace(conn, chat, int(message.replaces), text)
                return int(message.replaces)
            files = [await self._keep(conn, chat, paper) for paper in message.papers]
            return await page_message_store.add(
                conn, chat, self._now(), text, theirs=False, choices=choices, files=files
            )

        id_ = await patiently(lambda: self._database.write(work))
        (self._noticed.add if message.is_notice else self._noticed.discard)(chat)
        if (answered := self._answered.get(chat)) is not None:
            answered.set()
        else:
            self._ring()
        return str(id_)

    async def look(self) -> None:
        """See which of those who wait have been answered by another program."""
        if not self._said:
            return
        async with self._database.reading() as conn:
            for chat, said in list(self._said.items()):
                if await page_message_store.is_answered(conn, chat, said) and chat in self._answered:
                    self._answered[chat].set()

    def awaits(self, chat: str) -> bool:
        """Tell whether the last message of a page is a notice: the answer is to come."""
        return chat in self._noticed

    async def fetch(self, attachment: Attachment) -> bytes:
        """Return the bytes of a file that was sent. Raises SendError where it is no longer kept."""
        async with self._database.reading() as conn:
            found = await page_message_store.file_data(conn, attachment.key)
        if found is None:
            raise SendError(f"the file {attachment.name!r} is no longer kept", permanent=True)
        return found[1]

    async def probe(self) -> None:
        """Do nothing: the page is the program's own."""

    async def say(
        self,
        chat: str,
        name: str,
        *,
        text: str = "",
        press: str | None = None,
        shown: str,
        file: Paper | None = None,
        seconds: float = 10.0,
    ) -> None:
        """Say something on a page, and wait up to `seconds` for the answer; `name` is the person's.

        `shown` is what stands on the page as said: a button's label, or the text without what is secret in
        it. Raises ChannelClosed before `run` and after it: nothing is taken then.
        """
        if self._accept is None:
            raise ChannelClosed
        answered = self._answered[chat] = asyncio.Event()
        raw = await self._database.write(
            lambda conn: self._written(conn, chat, name, text, press, shown, file)
        )
        self._said[chat] = int(raw.update_id.removeprefix(_ID))
        await self._accept([raw])
        try:
            async with asyncio.timeout(seconds):
                await answered.wait()
                await asyncio.sleep(_SETTLES)
        except TimeoutError:
            pass  # the answer stands on the page as soon as it is there
        finally:
            if self._answered.get(chat) is answered:
                del self._answered[chat]
                self._said.pop(chat, None)

    async def _written(
        self,
        conn: AsyncConnection,
        chat: str,
        name: str,
        text: str,
        press: str | None,
        shown: str,
        file: Paper | None,
    ) -> Raw:
        now = self._now()
        files: Sequence[PageFile] = () if file is None else (await self._keep(conn, chat, file),)
        id_ = await page_message_store.add(conn, chat, now, escape(shown), theirs=True, files=files)
        payload: dict[str, Any] = {
            "name": name,
            "at": now.astimezone(UTC).isoformat(),
            "text": text,
            "press": press,
            "file": None,
        }
        for kept in files:
            size = len(file.data) if file else 0
            payload["file"] = {"name": kept.name, "size": size, "key": kept.key}
        return Raw(f"{_ID}{id_}", chat, payload)

    async def _keep(self, conn: AsyncConnection, chat: str, paper: Paper) -> PageFile:
        return await page_message_store.keep_file(conn, chat, paper.name, paper.data, self._now())


def shown_text(text: str) -> Markup:
    """Return a stored message as markup: it was escaped when it was written."""
    return Markup(text)  # noqa: S704 - escaped by `PageChannel` or by the catalogue
