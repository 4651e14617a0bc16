"""The courier: takes messages from the outbox with a lease, words them, sends them, marks them."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Final

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection
from structlog.contextvars import bound_contextvars

from bot.app.clock import Clock, wall
from bot.channels.base import SendError
from bot.delivery.links import Links
from bot.delivery.measures import Measures, Nudged
from bot.delivery.patience import growing, patiently
from bot.delivery.sender import Sender
from config.texts import Texts, load_texts
from domain.nudging.quota import may_go
from domain.organisation.people import Person
from handlers.common.conversation import Outgoing, from_json
from handlers.common.typed_choices import labels, numbers, spelled_out, without_numbers
from handlers.document_orders import fill
from handlers.nudging.daily_message import Worded, word_nudge
from handlers.organisation.event_notice import word_event
from handlers.reporting.upward_chat import word_morning
from handlers.requests.request_wording import word_request
from handlers.table import COMMANDS
from services.assignments.number_items import Unnumbered, number_items
from services.common.rules import Rules
from services.organisation.note_unreachable import note_unreachable
from storage.common import dialog_store, message_counter, outbox
from storage.common.dialog_store import Dialog
from storage.common.outbox import OutboxMessage
from storage.common.reach import OWN_PAGE
from storage.database.engine import Database
from storage.database.peers import Alone, Peers
from storage.organisation import people_store
from storage.organisation.people_store import ChatAccount
from storage.requests import request_store

IN_HAND: Final = 120
"""Messages taken out of the outbox and not finished: the pace has always somebody to send to, also where a
person's messages follow one another, and answers may take four seconds."""
_GLANCE: Final = 0.5
"""Seconds after which finished messages make room for others."""
_WORDED_AT_ONCE: Final = 3
"""Letters worded at a time: the database has few connections, and to mark what is out comes first."""
_TRIES: Final = 8
_TRIES_OF_SEVERAL: Final = 3
"""So often a channel is tried where its person has another one."""
_FIRST_WAIT, _LONGEST_WAIT = 5.0, 900.0
_POISONED: Final = timedelta(hours=1)
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Letter:
    """A message with its address, as its channel shows it; `numbered`: its choices bear numbers."""

    nudge: OutboxMessage
    to: ChatAccount
    worded: Worded
    shown: Outgoing
    numbered: bool


class _Spent:
    """Stands for a chat where a message has to wait for others that press more: the quota nears its end."""


class Courier:
    """Empties the outbox. `wake` is called when what was put back is to be looked at again."""

    def __init__(
        self,
        database: Database,
        sender: Sender,
        rules: Rules,
        clock: Clock,
        wake: Callable[[], None] = lambda: None,
        measures: Measures | None = None,
        peers: Peers | None = None,
    ) -> None:
        self._measures, self._peers = measures or Measures(), peers or Alone()
        self.claiming = asyncio.Lock()
        """Held while messages are taken out of the outbox; whoever else holds it keeps them in."""
        self._database, self._sender, self._rules, self._clock = database, sender, rules, clock
        self._wake = wake
        self._links = Links(database)
        self._wording = asyncio.Semaphore(_WORDED_AT_ONCE)
        self._in_order: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        """A person's messages are worded one after the other, so that they leave as they happened."""
        self._stopping = False

    def stop(self) -> None:
        """Finish what is being sent, put back what only waits for its turn, and claim no more."""
        self._stopping = True
        self._sender.send_back()

    async def round(self) -> int:
        """Send all that waits and may go at this hour; return how many messages were taken up.

        One round at a time. What is cancelled is sent again once its lease has ended.
        """
        in_hand: dict[asyncio.Task[None], int] = {}
        total = 0
        try:
            while True:
                claimed = await self._claim(in_hand.values())
                in_hand |= {asyncio.create_task(self._deliver(nudge)): nudge.id for nudge in claimed}
                total += len(claimed)
                if not in_hand:
                    return total
                done, _ = await asyncio.wait(in_hand, timeout=_GLANCE)
                for task in done:
                    del in_hand[task]
                    task.result()
        finally:
            for task in in_hand:
                task.cancel()
            await asyncio.gather(*in_hand, return_exceptions=True)

    async def _claim(self, in_hand: Collection[int]) -> list[OutboxMessage]:
        """Take as many messages as there is room for."""
        room = min(IN_HAND, self._sender.concurrency) - len(in_hand)
        if self._stopping or room <= 0:
            return []
        async with self.claiming:
            return await patiently(partial(self._take, room, tuple(in_hand)))

    async def _take(self, room: int, in_hand: Collection[int]) -> list[OutboxMessage]:
        day, down = self.open_day(), self._sender.down
        return await self._database.claim(
            lambda conn: outbox.claim(conn, wall(), room, day, but=in_hand, down=down)
        )

    def open_day(self) -> date | None:
        """Return the local day within the hours in which nudges go out, None outside of them."""
        local = self._clock.now().astimezone(self._rules.zone)
        open_ = self._rules.days.is_working(local.date()) and self._rules.ladders.hours.is_open(local.time())
        return local.date() if open_ else None

    async def _deliver(self, nudge: OutboxMessage) -> None:
        """Deliver one message; one that throws waits an hour, and the others go on.

        What is logged on the way bears its id as `request`, out-ROW, and the request that left it as `cause`.
        """
        cause = {"cause": nudge.cause} if nudge.cause else {}
        with bound_contextvars(request=f"out-{nudge.id}", **cause):
            await self._deliver_now(nudge)

    async def _deliver_now(self, nudge: OutboxMessage) -> None:
        try:
            async with self._in_order[nudge.person_id]:
                letter = await patiently(partial(self._prepare, nudge))
                if isinstance(letter, _Letter):
                    await self._send(letter)
                else:
                    await patiently(partial(self._drop, nudge, letter))
        except Exception:  # noqa: BLE001 - the one boundary of the outbox
            _log.exception("nudge_failed", nudge=nudge.id)
            await patiently(partial(self._poisoned, nudge))

    async def _prepare(self, nudge: OutboxMessage) -> _Letter | str:
        """Word a message and address it; return instead why it does not go out."""
        worded, texts, to, stands = await self._worded(nudge)
        if worded is None:
            return "answered"
        if to is None:
            return "unreachable"
        if isinstance(to, _Spent):
            return "quota"
        message = await fill(self._database, self._rules, worded.message, self._clock.now())
        worded = replace(worded, message=message)
        can, now = self._sender.channels[to.channel].can(to.chat), self._clock.now()
        numbered = not can.buttons and _may_number(stands, worded)
        shown = spelled_out(message, texts, can, numbered=numbered)
        shown = await self._links.put(shown, can, to.channel, to.chat, texts, now, unasked=True)
        return _Letter(nudge, to, worded, shown, numbered)

    async def _worded(
        self, nudge: OutboxMessage
    ) -> tuple[Worded | None, Texts, "ChatAccount | _Spent | None", Dialog]:
        """Return a message's words and language, and its chat; what it shows has numbers then."""
        try:
            async with self._wording, self._database.reading() as conn:
                person = await people_store.get(conn, nudge.person_id, nudge.day)
                texts = load_texts(person.language)
                worded = await self._words(conn, nudge, person, texts)
                accounts, now = await people_store.accounts(conn, nudge.person_id), self._clock.now()
                open_ = self._open(each for each in accounts if each.channel not in nudge.avoids)
                granted = [each for each in open_ if worded and await self._grants(conn, each, worded)]
                to = self._best(granted)
                if to is None:
                    return worded, texts, _Spent() if open_ else None, Dialog()
                return worded, texts, to, await dialog_store.load(conn, to.channel, to.chat, now)
        except Unnumbered as lacking:
            await patiently(partial(self._number, lacking))
        return await self._worded(nudge)

    async def _number(self, lacking: Unnumbered) -> None:
        now, zone = self._clock.now(), self._rules.zone
        await self._database.write(
            lambda conn: number_items(conn, lacking.owner, lacking.open_ids, now, zone)
        )

    def _open(self, accounts: Iterable[ChatAccount]) -> list[ChatAccount]:
        """Return those that can be reached."""
        return [each for each in accounts if each.reachable and each.channel in self._sender.channels]

    async def _grants(self, conn: AsyncConnection, account: ChatAccount, worded: Worded) -> bool:
        """Whether the quota of an account's channel has room for a message that presses so much."""
        quota = self._sender.channels[account.channel].capabilities.quota
        if quota is None:
            return True
        today = self._clock.now().astimezone(self._rules.zone).date()
        sent = await message_counter.sent_in_month(conn, account.channel, today)
        return may_go(worded.urgency, sent, quota.messages)

    def _best(self, accounts: Sequence[ChatAccount]) -> ChatAccount | None:
        """Return the first of a channel that is well where there is one, else the first."""
        well = (account for account in accounts if account.channel not in self._sender.down)
        return next(well, accounts[0] if accounts else None)

    async def _words(
        self, conn: AsyncConnection, nudge: OutboxMessage, person: Person, texts: Texts
    ) -> Worded | None:
        if nudge.words is not None:
            return Worded(from_json(nudge.words)[0])
        if nudge.event is not None:
            zone = self._rules.zone
            notice = await word_event(conn, nudge.event, person, nudge.day, texts, zone, COMMANDS)
            return Worded(notice) if notice else None
        if nudge.kind == request_store.KIND:
            return await word_request(conn, person, nudge.about, self._clock.now(), texts, self._rules)
        if nudge.kind == "digest":
            digest = await word_morning(conn, person, nudge.day, texts, self._rules)
            return replace(digest, urgency="near") if digest else None
        return await word_nudge(conn, person, nudge.day, texts, self._rules)

    async def _send(self, letter: _Letter) -> None:
        """Send a letter and write down how that ended, however long the database makes one wait."""
        try:
            message = await self._sender.deliver(
                letter.to.channel,
                letter.to.chat,
                letter.shown,
                begin=partial(self._begin, letter.nudge),
            )
        except SendError as refused:
            outcome, wait = await patiently(partial(self._refused, letter, refused))
            if wait is not None:
                asyncio.get_running_loop().call_later(wait, self._wake)
        else:
            await patiently(partial(self._sent, letter, message))
            outcome = "sent"
        self._measures.nudged(letter.to.channel, letter.nudge.kind, outcome)

    async def _begin(self, nudge: OutboxMessage) -> None:
        """Note that a message is about to leave. Raises SendError where somebody else has it now."""
        term = self._peers.term
        ours = await patiently(
            lambda: self._database.write(lambda conn: outbox.begin_sending(conn, nudge, term))
        )
        if not ours:
            raise SendError("held", untried=True)

    async def _sent(self, letter: _Letter, message: str) -> None:
        to, worded, now = letter.to, letter.worded, self._clock.now()

        async def mark(conn: AsyncConnection) -> None:
            await outbox.sent(conn, letter.nudge, now, to.channel, to.chat, message, worded.items)
            if worded.items or worded.message.choices:
                stands = await dialog_store.load(conn, to.channel, to.chat, now)
                await dialog_store.save(conn, to.channel, to.chat, _after(stands, letter))

        await self._database.write(mark)

    async def _refused(self, letter: _Letter, refused: SendError) -> tuple[Nudged, float | None]:
        """Write down why a letter did not arrive; return the seconds until it is tried again, if it is."""
        return await self._database.write(lambda conn: _note(conn, letter.nudge, letter.to, refused))

    async def _drop(self, nudge: OutboxMessage, why: str) -> None:
        await self._database.write(lambda conn: outbox.dropped(conn, nudge, why))
        self._measures.nudged("", nudge.kind, "dropped")

    async def _poisoned(self, nudge: OutboxMessage) -> None:
        outcome = await self._database.write(lambda conn: _put_aside(conn, nudge))
        self._measures.nudged("", nudge.kind, outcome)


async def _note(
    conn: AsyncConnection, nudge: OutboxMessage, to: ChatAccount, refused: SendError
) -> tuple[Nudged, float | None]:
    """Note what a refusal tells of the chat and of the message; return what becomes of it, and its wait."""
    if refused.moved_to is not None:
        await people_store.move(conn, to.channel, to.chat, refused.moved_to)
    if refused.unreachable:
        await note_unreachable(conn, to.channel, to.chat, nudge.day, refused.reason)
    elsewhere = refused.unreachable and await people_store.is_reached(conn, to.person_id)
    outcome = "put_back" if elsewhere else _outcome(nudge, refused)
    if not elsewhere and _is_over(nudge, refused) and await _other_way(conn, nudge, to.channel):
        await outbox.detour(conn, nudge, to.channel, refused.reason)
        return "put_back", 0.0
    if outcome == "put_back":
        return outcome, await _put_back(conn, nudge, refused)
    end = outbox.unsure if outcome == "unsure" else outbox.failed
    await end(conn, nudge, refused.reason)
    return outcome, None


def _outcome(nudge: OutboxMessage, refused: SendError) -> Nudged:
    """Tell what becomes of a message after a refusal."""
    if refused.permanent:
        return "failed"
    if refused.ambiguous and nudge.doubts + 1 >= outbox.MAX_AMBIGUOUS_SENDS:
        return "unsure"
    return "failed" if _counts(refused) and nudge.attempts >= _tries(nudge) else "put_back"


def _is_over(nudge: OutboxMessage, refused: SendError) -> bool:
    """Whether a channel has had its share of a message's tries: another, where there is one, comes next."""
    doubted = refused.ambiguous and nudge.doubts + 1 >= outbox.MAX_AMBIGUOUS_SENDS
    tried = _counts(refused) and nudge.attempts >= _tries(nudge) - _TRIES + _TRIES_OF_SEVERAL
    return refused.permanent or doubted or tried or (refused.retry_after or 0) > _LONGEST_WAIT


def _tries(nudge: OutboxMessage) -> int:
    """Up to which attempt a message is tried: each channel that it has left had some."""
    return _TRIES + _TRIES_OF_SEVERAL * len(nudge.avoids)


async def _other_way(conn: AsyncConnection, nudge: OutboxMessage, channel: str) -> bool:
    """Whether the person of a message is reached by a channel that it has not gone by."""
    accounts = await people_store.accounts(conn, nudge.person_id)
    others = {each.channel for each in accounts if each.reachable and each.channel != OWN_PAGE}
    return bool(others - {channel, *nudge.avoids})


async def _put_aside(conn: AsyncConnection, nudge: OutboxMessage) -> Nudged:
    """Let a message that throws wait an hour, or fail when it has thrown too often."""
    if nudge.attempts >= _TRIES:
        await outbox.failed(conn, nudge, "error")
        return "failed"
    await outbox.put_back(conn, nudge, wall() + _POISONED, "error", repeated=False, doubt=None)
    return "put_back"


def _counts(refused: SendError) -> bool:
    """Whether a refusal uses up a try: not where the message was not looked at, or is only to come later."""
    spared = refused.untried or refused.retry_after is not None or refused.moved_to is not None
    return not spared and refused.trouble != "away"


async def _put_back(conn: AsyncConnection, nudge: OutboxMessage, refused: SendError) -> float:
    """Let a message wait: as long as the server asks, else ever longer. Return the seconds."""
    counts = _counts(refused)
    wait = refused.retry_after or (growing(nudge.attempts - 1, _LONGEST_WAIT, _FIRST_WAIT) if counts else 0.0)
    await outbox.put_back(
        conn,
        nudge,
        wall() + timedelta(seconds=wait),
        refused.reason,
        repeated=refused.ambiguous or refused.trouble == "faulty",
        doubt=refused.ambiguous,
        counted=counts,
    )
    return wait


def _may_number(stands: Dialog, worded: Worded) -> bool:
    """Whether a number can be one of a notice's choices: nothing else in the chat bears numbers."""
    return not (worded.items or stands.items or any(typed.isdigit() for typed in stands.choices))


def _after(stands: Dialog, letter: _Letter) -> Dialog:
    """Where a chat stands after a message: a nudge shows items anew, a notice only adds its buttons.

    Numbers that have come to mean something else meanwhile mean nothing: to guess would be a false record.
    """
    worded = letter.worded
    choices = labels((worded.message,))
    if worded.items:
        return Dialog(items=tuple(worded.items.values()), choices=choices)
    standing = dict(stands.choices)
    if letter.numbered and _may_number(stands, worded):
        standing |= numbers((worded.message,))
    elif letter.numbered:
        standing = without_numbers(standing)
    return replace(stands, choices={**standing, **choices})
