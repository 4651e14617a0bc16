"""From one incoming message to its answers: read its file, work in one transaction, keep the answers."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol

import structlog
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from config.texts import Texts, load_texts
from domain.organisation.register import Register
from domain.plans.plan import Plan
from handlers.assignments import evidence_chat
from handlers.common.capabilities import Capabilities
from handlers.common.context import Context, Kept, Reply, SeveralPlans, UnitsTable, Unread
from handlers.common.conversation import Attachment, Incoming, Outgoing, from_json, to_json
from handlers.common.menus import renewed
from handlers.common.typed_choices import chosen, labels, numbers, spelled_out, without_numbers
from handlers.common.wording import lines
from handlers.document_orders import fill
from handlers.plans import file_series_chat, pasted_plan_chat
from handlers.routing import route
from handlers.subjects import OPEN_FOR
from handlers.table import COMMANDS
from services.common.rules import Rules
from services.organisation.current_register import with_current_register
from services.organisation.note_unreachable import note_unreachable
from storage.common import audit_log, dialog_store, inbox
from storage.common.dialog_store import Dialog
from storage.database.engine import Database
from storage.organisation import group_chat_store, people_store


class ReadFile(Protocol):
    """What becomes of what is sent; never raises for what is wrong in it."""

    async def __call__(
        self, sent: tuple[Attachment, ...] | str, register: Register, texts: Texts
    ) -> Plan | UnitsTable | SeveralPlans | Unread:
        """Read attachments, which are fetched, as one plan, or a pasted text; a table of units as that,
        a zip of documents of their own one by one.

        `texts` are those of whoever sent it: how far a long reading has come is told meanwhile.
        """

    async def keep(self, sent: Attachment) -> Kept | Unread:
        """Fetch an attachment and keep it as evidence."""


_log = structlog.get_logger()


_Reading = tuple[Plan | UnitsTable | SeveralPlans | Unread | None, Kept | Unread | None]
"""What was sent as a plan or a table of units, and as evidence."""


class _HandledBefore(Exception):
    """A message was handled by a try whose end was not heard of: what was done a second time is undone."""


class Dispatcher:
    """Answers messages one by one; two of one chat must not be given to it at the same time."""

    def __init__(self, database: Database, rules: Rules, language: str) -> None:
        self._database, self._rules, self._language = database, rules, language
        self.forgotten: set[int] = set()
        """Rows whose sender was erased and is yet to be told so: their chat goes once they are."""

    async def answer(
        self, row_id: int, incoming: Incoming, now: datetime, read: ReadFile, can: Capabilities
    ) -> tuple[Outgoing, ...]:
        """Do what a message asks, note it as handled (row `row_id` of what was received), return the answers
        as a channel that `can` so much shows them.

        Whatever fails is undone, logged with a reference, and answered with one sentence that bears it.
        Raises OperationalError where the database cannot be written now.
        """
        try:
            reading = await self._reading(incoming, now, read)
            answer = await self._database.deed(
                lambda conn: self._done(conn, row_id, incoming, now, reading, can)
            )
        except OperationalError:
            raise  # the database is busy or its disk full: the caller tries again, nothing is lost
        except _HandledBefore:
            async with self._database.reading() as conn:
                return from_json(await inbox.answer_of(conn, row_id))
        except Exception:  # noqa: BLE001 - the one boundary of the message loop
            return await self._failed(row_id, incoming, now)
        if answer.forgets:
            self.forgotten.add(row_id)
            await self.forget()
        return answer.messages

    @property
    def texts(self) -> Texts:
        """The sentences in the office's language."""
        return self._texts(self._language)

    async def forget(self) -> None:
        """Let nothing of what was erased stay in the database's log."""
        if not await self._database.forget_frames():
            _log.warning("log_not_emptied", do="it is tried again at night and at the next start")

    async def _done(
        self,
        conn: AsyncConnection,
        row_id: int,
        incoming: Incoming,
        now: datetime,
        reading: _Reading,
        can: Capabilities,
    ) -> Reply:
        """Do what a message asks and keep the answers, in one transaction."""
        context = await self._context(conn, incoming, now, reading, can)
        answer = await renewed(context, await route(context)) if incoming.private else await route(context)
        answer = replace(
            answer, messages=tuple(replace(message, thread=incoming.thread) for message in answer.messages)
        )
        await self._save(conn, context, answer)
        answer = replace(answer, messages=_shown(context, answer))
        if not await inbox.handled(conn, row_id, to_json(answer.messages), now):
            raise _HandledBefore
        return answer

    async def complete(self, answers: Sequence[Outgoing], now: datetime) -> tuple[Outgoing, ...]:
        """Make the papers that answers order, outside the transaction that did the work.

        What fails is logged with a reference that stands in the answer; the answer itself still goes out.
        """
        return tuple([await self._completed(answer, now) for answer in answers])

    async def _completed(self, answer: Outgoing, now: datetime) -> Outgoing:
        try:
            return await fill(self._database, self._rules, answer, now)
        except OperationalError:
            raise
        except Exception:  # noqa: BLE001 - the boundary of the message loop, behind the commit
            reference = secrets.token_hex(3)
            _log.exception("papers_failed", reference=reference)
            sorry = self._texts(self._language)("error.failed", reference=reference)
            return replace(answer, text=lines(answer.text, sorry), orders=())

    async def note_reach(self, channel: str, chat: str, now: datetime, *, reachable: bool) -> None:
        """Note that somebody has shut the bot out, or let it in again."""
        day = self._day(now)
        async with self._database.writing() as conn:
            if reachable:
                await people_store.mark(conn, channel, chat, reachable=True, why=None)
            else:
                await note_unreachable(conn, channel, chat, day, "blocked")
                await self._close(conn, channel, chat, now)

    async def note_move(self, channel: str, chat: str, to: str) -> None:
        """Follow a group to its new id."""
        async with self._database.writing() as conn:
            await group_chat_store.move(conn, channel, chat, to)

    @staticmethod
    async def _close(conn: AsyncConnection, channel: str, chat: str, now: datetime) -> None:
        """A group that shut the bot out is no unit's any more: who lets it in again shows a new code."""
        unit_id = await group_chat_store.unbind(conn, channel, chat)
        if unit_id is not None:
            await audit_log.note(conn, now, "room", f"unit {unit_id}", None, was="bound")

    def _day(self, now: datetime) -> date:
        return now.astimezone(self._rules.zone).date()

    async def _reading(self, incoming: Incoming, now: datetime, read: ReadFile) -> _Reading:
        """Keep an officer's file, read a coordinator's or a pasted plan, before the transaction.

        A long one holds up nobody.
        """
        if incoming.is_marked or not incoming.private or not _may_be_read(incoming):
            return None, None
        async with self._database.reading() as conn:
            person = await people_store.find(conn, incoming.channel, incoming.chat, self._day(now))
            dialog = await dialog_store.load(conn, incoming.channel, incoming.chat, now)
            rules = await with_current_register(conn, self._rules)
            shows_work = person is not None and await evidence_chat.is_evidence(conn, incoming, person)
        if incoming.attachment and shows_work:
            return None, evidence_chat.unwanted(incoming, dialog) or await read.keep(incoming.attachment)
        if person is None or not person.units("coordinator"):
            return None, None
        texts = self._texts(person.language)
        if incoming.attachment or file_series_chat.is_choice(incoming):
            files = file_series_chat.files_to_read(incoming, dialog)
            return (await read(files, rules.register, texts) if files else None), None
        paste = pasted_plan_chat.gathered(incoming, dialog)
        return (await read(paste.text, rules.register, texts) if paste else None), None

    async def _context(
        self, conn: AsyncConnection, incoming: Incoming, now: datetime, read: _Reading, can: Capabilities
    ) -> Context:
        day = self._day(now)
        # In a group whoever speaks is known by what their own chat with the bot has for an id: their own.
        own_chat = incoming.chat if incoming.private else incoming.sender
        person_found = await people_store.look_up(conn, incoming.channel, own_chat, day)
        person = person_found.person if person_found else None
        if person_found:
            await people_store.note_seen(conn, incoming.channel, own_chat, now)
        if person_found and incoming.private and not person_found.reachable:
            await people_store.mark(conn, incoming.channel, incoming.chat, reachable=True, why=None)
        return Context(
            conn=conn,
            said=incoming,
            now=now,
            rules=await with_current_register(conn, self._rules),
            texts=self._texts(person.language if person and incoming.private else self._language),
            dialog=await dialog_store.load(conn, incoming.channel, incoming.chat, now),
            somebody=person,
            can=can,
            commands=COMMANDS,
            menu=person_found.menu if person_found else "",
            reading=read[0],
            kept=read[1],
        )

    @staticmethod
    def _texts(language: str) -> Texts:
        return load_texts(language)

    @staticmethod
    async def _save(conn: AsyncConnection, context: Context, answer: Reply) -> None:
        if not answer.messages or answer.forgets:
            return
        stands = Dialog(
            items=context.dialog.items if answer.items is None else answer.items,
            choices=_choices(context, answer),
            topic=answer.topic,
            about=answer.about,
            expires_at=context.now + OPEN_FOR if answer.topic else None,
        )
        await dialog_store.save(conn, context.said.channel, context.said.chat, stands)

    async def _failed(self, row_id: int, incoming: Incoming, now: datetime) -> tuple[Outgoing, ...]:
        reference = secrets.token_hex(3)
        _log.exception(
            "message_failed", reference=reference, channel=incoming.channel, update=incoming.update_id
        )
        sorry = (Outgoing(self._texts(self._language)("error.failed", reference=reference)),)
        async with self._database.writing() as conn:
            if not await inbox.handled(conn, row_id, to_json(sorry), now):
                return from_json(await inbox.answer_of(conn, row_id))
        return sorry


def _shown(context: Context, answer: Reply) -> tuple[Outgoing, ...]:
    """Return the messages as the channel shows them: without buttons, their words stand in the text."""
    last, numbered = len(answer.messages) - 1, _may_number(context, answer)
    return tuple(
        spelled_out(message, context.texts, context.can, numbered=numbered and place == last)
        for place, message in enumerate(answer.messages)
    )


def _choices(context: Context, answer: Reply) -> dict[str, str]:
    """Return what can be typed from now on in place of a button."""
    offered = labels(answer.messages)
    if not offered:
        standing = _still_offered(context)
        return without_numbers(standing) if answer.items else standing
    counted = {} if context.can.buttons or not _may_number(context, answer) else numbers(answer.messages)
    return {**counted, **offered}


def _may_number(context: Context, answer: Reply) -> bool:
    """Whether a number can be a choice: a question is open, or no items stand that numbers name."""
    standing = context.dialog.items if answer.items is None else answer.items
    return bool(answer.topic) or not standing


def _still_offered(context: Context) -> dict[str, str]:
    """The buttons shown before, unless one of them has just been used."""
    used = context.said.press is not None or chosen(context.dialog.choices, context.said.text) is not None
    return {} if used else context.dialog.choices


def _may_be_read(incoming: Incoming) -> bool:
    return (
        bool(incoming.attachment) or file_series_chat.is_choice(incoming) or pasted_plan_chat.may_be(incoming)
    )
