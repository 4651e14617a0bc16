"""The courier: takes messages from the outbox with a lease, words them, sends them, marks them."""

import asyncio
from dataclasses import dataclass, replace
from datetime import date, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.base import SendError
from bot.clock import Clock, wall
from bot.sender import Sender
from config.texts import load_texts
from domain.people import Person
from handlers.conversation import from_json
from handlers.desk import Rules
from handlers.dispatch import labels
from handlers.nudge import Worded, word_nudge
from handlers.unreachable import lose
from storage import dialogs, nudges, people
from storage.database import Database
from storage.dialogs import Dialog
from storage.nudges import Nudge
from storage.people import Account

_BATCH = 24
_TRIES = 8
_POISONED = timedelta(hours=1)
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Letter:
    """A message with its address."""

    nudge: Nudge
    to: Account
    words: Worded


class Courier:
    """Empties the outbox, one round at a time."""

    def __init__(self, database: Database, sender: Sender, rules: Rules, clock: Clock) -> None:
        self._database, self._sender, self._rules, self._clock = database, sender, rules, clock
        self._stopping = False

    def stop(self) -> None:
        """Finish what is in hand and claim no more."""
        self._stopping = True

    async def round(self) -> int:
        """Send all that waits and may go at this hour; return how many messages were taken up."""
        total = 0
        while not self._stopping:
            async with self._database.writing() as work:
                claimed = await nudges.claim(work, wall(), _BATCH, self._day())
            if not claimed:
                break
            await asyncio.gather(*map(self._one, claimed))
            total += len(claimed)
        return total

    def _day(self) -> date | None:
        """The local day, within the hours in which nudges go out."""
        local = self._clock.now().astimezone(self._rules.zone)
        open_ = self._rules.days.is_working(local.date()) and self._rules.ladders.hours.is_open(local.time())
        return local.date() if open_ else None

    async def _one(self, nudge: Nudge) -> None:
        """Deliver one message; one that throws waits an hour, and the others go on."""
        try:
            letter = await self._letter(nudge)
            if letter is not None:
                await self._send(letter)
        except Exception:  # noqa: BLE001 - the one boundary of the outbox
            _log.exception("nudge_failed", nudge=nudge.id)
            async with self._database.writing() as work:
                await nudges.put_back(work, nudge, wall() + _POISONED, "error", repeated=False)

    async def _letter(self, nudge: Nudge) -> _Letter | None:
        async with self._database.reading() as work:
            person = await people.get(work, nudge.person_id, nudge.day)
            reachable = [one for one in await people.accounts(work, person.id) if self._can_reach(one)]
            words = await self._words(work, nudge, person)
        if words is not None and reachable:
            return _Letter(nudge, reachable[0], words)
        async with self._database.writing() as work:
            await nudges.dropped(work, nudge, "answered" if words is None else "unreachable")
        return None

    def _can_reach(self, account: Account) -> bool:
        return account.reachable and account.channel in self._sender.channels

    async def _words(self, work: AsyncConnection, nudge: Nudge, person: Person) -> Worded | None:
        if nudge.words is not None:
            return Worded(from_json(nudge.words)[0], ())
        return await word_nudge(work, person, nudge.day, load_texts(person.language), self._rules)

    async def _send(self, letter: _Letter) -> None:
        to, words = letter.to, letter.words
        try:
            message = await self._sender.deliver(to.channel, to.chat, words.message)
        except SendError as refused:
            await self._refused(letter, refused)
            return
        async with self._database.writing() as work:
            await nudges.sent(work, letter.nudge, self._clock.now(), to.chat, message, words.items)
            stands = await dialogs.load(work, to.channel, to.chat, self._clock.now())
            await dialogs.save(work, to.channel, to.chat, _after(stands, words))

    async def _refused(self, letter: _Letter, refused: SendError) -> None:
        """Give up, or try again later, by what the channel said."""
        nudge = letter.nudge
        async with self._database.writing() as work:
            if refused.moved_to is not None:
                await people.move(work, letter.to.channel, letter.to.chat, refused.moved_to)
            if refused.unreachable:
                await lose(work, letter.to.channel, letter.to.chat, nudge.day, refused.reason)
            if refused.permanent or nudge.attempts >= _TRIES:
                await nudges.failed(work, nudge, refused.reason)
            elif refused.moved_to is not None:
                await nudges.put_back(work, nudge, wall(), refused.reason, repeated=False)
            else:
                wait = timedelta(seconds=refused.retry_after or 5 * 2**nudge.attempts)
                await nudges.put_back(work, nudge, wall() + wait, refused.reason, repeated=refused.ambiguous)


def _after(stands: Dialog, words: Worded) -> Dialog:
    """Where a chat stands after a message: a nudge numbers anew, a notice only adds its buttons."""
    choices = labels((words.message,))
    if words.items:
        return Dialog(items=words.items, choices=choices)
    return replace(stands, choices={**stands.choices, **choices})
