"""Files that people send: fetched from their channel, then read as a plan or kept as evidence."""

import asyncio
from dataclasses import dataclass

import structlog

from bot.channels.base import Channel, SendError
from bot.delivery.reading_notice import ReadingNotice, Send
from config.texts import Texts
from documents.reading import SourceFile, Unreadable
from documents.reading.active_content import acts_when_opened
from documents.reading.proof import look_at
from documents.reading.safely import MOST_BYTES, read_each, read_safely, read_together
from documents.reading.units_safely import TABLES, read_units_safely
from domain.organisation.register import Register
from domain.plans.plan import Plan
from handlers.common.context import Kept, SeveralPlans, UnitsTable, Unread
from handlers.common.conversation import Attachment
from storage.assignments.evidence_files import EvidenceStore

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Uploads:
    """Fetch, read and keep the files of one chat (see `handlers.dispatch.ReadFile`); `send` reaches it."""

    channel: Channel
    store: EvidenceStore
    turns: asyncio.Semaphore
    send: Send

    async def __call__(
        self, sent: tuple[Attachment, ...] | str, register: Register, texts: Texts
    ) -> Plan | UnitsTable | SeveralPlans | Unread:
        """Read attachments as one plan, or a pasted text; a table of units as that.

        How far a long reading has come is told meanwhile.
        """
        notice = ReadingNotice(self.send, self.channel.capabilities, texts)
        async with notice.telling():
            return await self._read(sent, register, notice)

    async def _read(
        self, sent: tuple[Attachment, ...] | str, register: Register, notice: ReadingNotice
    ) -> Plan | UnitsTable | SeveralPlans | Unread:
        try:
            if isinstance(sent, str):
                return await read_safely(sent.encode(), ".txt", register)
            files = [SourceFile(file.name, await self._fetched(file)) for file in sent]
            if len(files) > 1:
                return await read_together(files, register, notice.note)
            (file,) = files
            rows = await read_units_safely(file.data) if file.suffix in TABLES else None
            if rows is not None:
                return UnitsTable(rows)
            return await self._read_file(file, register, notice)
        except SendError:
            return Unread("not_fetched")
        except Unreadable as wrong:
            return Unread(wrong.reason, wrong.facts.get("line", ""))

    async def _read_file(
        self, file: SourceFile, register: Register, notice: ReadingNotice
    ) -> Plan | SeveralPlans:
        try:
            return await read_safely(file.data, file.name, register, notice.note)
        except Unreadable as wrong:
            if wrong.reason != "several":
                raise
        readings = await read_each(file.data, register, notice.note)
        return SeveralPlans(
            tuple((name, read if isinstance(read, Plan) else Unread(read.reason)) for name, read in readings)
        )

    async def keep(self, sent: Attachment) -> Kept | Unread:
        """Keep an attachment as evidence, unless it is of another kind or bears a secrecy mark."""
        async with self.turns:
            try:
                data = await self._fetched(sent)
                media_type = await look_at(data)
                acts = await asyncio.to_thread(acts_when_opened, data)
                return Kept(await asyncio.to_thread(self.store.put, data), media_type, len(data), acts)
            except SendError:
                return Unread("not_fetched")
            except Unreadable as wrong:
                return Unread(wrong.reason)
            except OSError:
                _log.exception("evidence_not_stored")
                return Unread("not_stored")

    async def _fetched(self, sent: Attachment) -> bytes:
        if sent.size > MOST_BYTES:
            raise Unreadable("too_big")
        return await self.channel.fetch(sent)
