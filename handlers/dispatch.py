"""From one incoming message to its answers: read its file, work in one transaction, keep the answers."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Protocol

import structlog
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from config.texts import Texts, load_texts
from domain.common.text import fold
from domain.plans.plan import Plan
from handlers.assignments import evidence_chat as evidence
from handlers.common.context import Desk, Kept, Reply, Rules, Unread
from handlers.common.conversation import Attachment, Incoming, Outgoing, to_json
from handlers.common.menus import renewed
from handlers.common.wording import lines
from handlers.document_orders import fill
from handlers.organisation.unreachable_notice import lose
from handlers.plans import pasted_plan_chat as pasted
from handlers.routing import route
from handlers.table import COMMANDS
from storage.common import audit_log as audit
from storage.common import dialog_store as dialogs
from storage.common import inbox as incoming
from storage.common.dialog_store import Dialog
from storage.database.engine import Database
from storage.organisation import group_chat_store as rooms
from storage.organisation import people_store as people


class ReadFile(Protocol):
    """What becomes of what is sent; never raises for what is wrong in it."""

    async def __call__(self, sent: Attachment | str) -> Plan | Unread:
        """Read an attachment, which is fetched, or a pasted text as a plan."""

    async def keep(self, sent: Attachment) -> Kept | Unread:
        """Fetch an attachment and keep it as evidence."""


_OPEN_FOR = timedelta(hours=12)
"""How long a question stays open: an officer may come back to it in the afternoon, not next week."""

_log = structlog.get_logger()


_Reading = tuple[Plan | Unread | None, Kept | Unread | None]
"""What was sent as a plan, and as evidence."""


class Dispatcher:
    """Answers messages one by one; two of one chat must not be given to it at the same time."""

    def __init__(self, database: Database, rules: Rules, language: str) -> None:
        self._database, self._rules, self._language = database, rules, language

    async def answer(
        self, row_id: int, said: Incoming, now: datetime, read: ReadFile
    ) -> tuple[Outgoing, ...]:
        """Do what a message asks, note it as handled (row `row_id` of what was received), return the answers.

        Whatever fails is undone, logged with a reference, and answered with one sentence that bears it.
        Raises OperationalError where the database cannot be written now.
        """
        try:
            reading = await self._reading(said, now, read)
            return await self._database.write(lambda work: self._done(work, row_id, said, now, reading))
        except OperationalError:
            raise  # the database is busy or its disk full: the caller tries again, nothing is lost
        except Exception:  # noqa: BLE001 - the one boundary of the message loop
            return await self._failed(row_id, said, now)

    async def _done(
        self, work: AsyncConnection, row_id: int, said: Incoming, now: datetime, reading: _Reading
    ) -> tuple[Outgoing, ...]:
        """Do what a message asks and keep the answers, in one transaction."""
        desk = await self._desk(work, said, now, reading)
        answer = await renewed(desk, await route(desk)) if said.private else await route(desk)
        await self._save(work, desk, answer)
        await incoming.handled(work, row_id, to_json(answer.messages), now)
        return answer.messages

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
        async with self._database.writing() as work:
            if reachable:
                await people.mark(work, channel, chat, reachable=True, why=None)
            else:
                await lose(work, channel, chat, day, "blocked")
                await self._close(work, channel, chat, now)

    async def note_move(self, channel: str, chat: str, to: str) -> None:
        """Follow a group to its new id."""
        async with self._database.writing() as work:
            await rooms.move(work, channel, chat, to)

    @staticmethod
    async def _close(work: AsyncConnection, channel: str, chat: str, now: datetime) -> None:
        """A group that shut the bot out is no unit's any more: who lets it in again shows a new code."""
        unit_id = await rooms.unbind(work, channel, chat)
        if unit_id is not None:
            await audit.note(work, now, "room", f"unit {unit_id}", None, was="bound")

    def _day(self, now: datetime) -> date:
        return now.astimezone(self._rules.zone).date()

    async def _reading(self, said: Incoming, now: datetime, read: ReadFile) -> _Reading:
        """Keep an officer's file, read a coordinator's or a pasted plan, before the transaction.

        A long one holds up nobody.
        """
        if said.is_marked or not said.private or not (said.attachment or pasted.may_be(said)):
            return None, None
        async with self._database.reading() as work:
            person = await people.find(work, said.channel, said.chat, self._day(now))
            dialog = await dialogs.load(work, said.channel, said.chat, now)
            shows_work = person is not None and await evidence.is_evidence(work, said, person)
        if said.attachment and shows_work:
            return None, evidence.unwanted(said, dialog) or await read.keep(said.attachment)
        if person is None or not person.units("coordinator"):
            return None, None
        paste = None if said.attachment else pasted.gathered(said, dialog)
        sent = paste.text if paste else said.attachment
        return None if sent is None else await read(sent), None

    async def _desk(self, work: AsyncConnection, said: Incoming, now: datetime, read: _Reading) -> Desk:
        day = self._day(now)
        # In a group whoever speaks is known by what their own chat with the bot has for an id: their own.
        found = await people.look_up(work, said.channel, said.chat if said.private else said.sender, day)
        person = found.person if found else None
        if found and said.private and not found.reachable:
            await people.mark(work, said.channel, said.chat, reachable=True, why=None)
        return Desk(
            work=work,
            said=said,
            now=now,
            rules=self._rules,
            texts=self._texts(person.language if person and said.private else self._language),
            dialog=await dialogs.load(work, said.channel, said.chat, now),
            somebody=person,
            commands=COMMANDS,
            menu=found.menu if found else "",
            reading=read[0],
            kept=read[1],
        )

    @staticmethod
    def _texts(language: str) -> Texts:
        return load_texts(language)

    @staticmethod
    async def _save(work: AsyncConnection, desk: Desk, answer: Reply) -> None:
        if not answer.messages or answer.forgets:
            return
        stands = Dialog(
            items=desk.dialog.items if answer.items is None else answer.items,
            choices=labels(answer.messages) or _still_offered(desk),
            topic=answer.topic,
            about=answer.about,
            expires_at=desk.now + _OPEN_FOR if answer.topic else None,
        )
        await dialogs.save(work, desk.said.channel, desk.said.chat, stands)

    async def _failed(self, row_id: int, said: Incoming, now: datetime) -> tuple[Outgoing, ...]:
        reference = secrets.token_hex(3)
        _log.exception("message_failed", reference=reference, channel=said.channel, update=said.update_id)
        sorry = (Outgoing(self._texts(self._language)("error.failed", reference=reference)),)
        async with self._database.writing() as work:
            await incoming.handled(work, row_id, to_json(sorry), now)
        return sorry


def _still_offered(desk: Desk) -> dict[str, str]:
    """The buttons shown before, unless one of them has just been used."""
    chosen = desk.said.press is not None or fold(desk.said.text) in desk.dialog.choices
    return {} if chosen else desk.dialog.choices


def labels(messages: tuple[Outgoing, ...]) -> dict[str, str]:
    """Return the data behind every button by its folded label, so that it can be typed."""
    rows = (row for message in messages for row in message.choices)
    return {fold(choice.label): choice.data for row in rows for choice in row}
