"""Messages in: stored before they are confirmed, handled in each chat's own order, answered."""

import asyncio
import time
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from itertools import count

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection
from structlog.contextvars import bound_contextvars

from bot.app.clock import Clock, wall
from bot.channels.base import Channel, Raw, SendError
from bot.delivery.links import Links
from bot.delivery.measures import Answered, Measures
from bot.delivery.members import Members, Place
from bot.delivery.patience import patiently
from bot.delivery.reading_notice import Send
from bot.delivery.sender import Sender
from bot.delivery.strangers import Strangers
from bot.delivery.understanding import understand, until_again
from domain.common.secrecy import blotted
from handlers.common.conversation import Incoming, Outgoing, from_json, to_json
from handlers.dispatch import Dispatcher, ReadFile
from handlers.plans.file_series_chat import is_picture
from handlers.typed_codes import without_code
from storage.common import inbox, stranger_counter
from storage.common.inbox import Received
from storage.common.outbox import MAX_AMBIGUOUS_SENDS
from storage.database.engine import Database
from storage.database.peers import BY_NOBODY, Alone, Peers
from storage.organisation import group_chat_store, people_store

_TRIES = 12
"""An answer that the server does not take is tried for some five minutes."""
_HANDLED_AT_ONCE, _IN_HAND = 16, 1000
"""Chats that one of several programs handles at a time: others have their share; and all its lanes."""
KEPT_EVERY = 20.0
"""Seconds after which one of several programs must say that it goes on: a third of the lease."""
_log = structlog.get_logger()


class _OthersError(Exception):
    """An answer is another program's to send now."""


class Intake:
    """One lane a chat: a message waits for those before it in its own chat, and for nobody else's.

    Where there are several programs, what was received by any is taken up by `take`, a chat by one at a time;
    the one that sends answers also what others have handled.

    `handled` is called after each message that was handled: it may have left words for somebody else.
    `look` is called when `take` may find something. `seconds` counts monotonic seconds, by which strangers
    have their share and `measures` the latencies.
    """

    def __init__(
        self,
        database: Database,
        dispatcher: Dispatcher,
        sender: Sender,
        clock: Clock,
        reader: Callable[[Channel, Send], ReadFile],
        handled: Callable[[], None] = lambda: None,
        seconds: Callable[[], float] = time.monotonic,
        measures: Measures | None = None,
        peers: Peers | None = None,
        look: Callable[[], None] = lambda: None,
    ) -> None:
        self._peers, self._look = peers or Alone(), look
        self._handling = 0
        self._failed: set[int] = set()
        """Rows that threw: another program may try them, or the next start."""
        self._database, self._dispatcher, self._sender, self._clock = database, dispatcher, sender, clock
        self._reader, self._handled, self.seconds = reader, handled, seconds
        self._measures = measures or Measures()
        self._enqueued_at: dict[int, float] = {}
        self._taken_in: dict[int, str] = {}
        """By row in hand: the term of sending in which it was read."""
        self.strangers, self.members = Strangers(), Members()
        self._links = Links(database)
        self._lanes: defaultdict[tuple[str, str], deque[Received]] = defaultdict(deque)
        self._unseated: set[int] = set()
        """Rows of strangers: their answers come last, and are tried once."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = False

    def stop(self) -> None:
        """Finish the messages in hand and take up no more: they are stored, the next start finds them."""
        self._stopping = True

    async def resume(self, channel: Channel) -> None:
        """Take up what a crash left behind: unhandled messages, and answers that were not sent."""
        async with self._database.reading() as conn:
            left = await inbox.unfinished(conn, channel.name)
        for row in left:
            self._enqueue(row)

    async def accept(self, channel: Channel, raws: Sequence[Raw]) -> None:
        """Store updates; once this returns they may be confirmed to their server.

        Of what bears a secrecy mark nothing is written down but that it does, and of a code only its hash.
        """
        tries = count()
        rows, seated = await patiently(lambda: self._store(channel, raws, again=next(tries) > 0))
        self._measures.received(channel.name, len(rows))
        if self._peers.alone:
            await self._take_up(rows, {(channel.name, chat) for chat in seated})
        else:
            self._look()
            self._peers.ring()

    async def take(self) -> None:
        """Take up what waits in the database, as much as there is room for."""
        room = min(_HANDLED_AT_ONCE - self._handling, _IN_HAND - len(self._lanes))
        if self._stopping or room <= 0:
            return
        rows, seated = await patiently(partial(self._claim, room))
        await self._take_up(rows, seated)
        if rows:
            self._look()

    async def _claim(self, room: int) -> tuple[list[Received], set[tuple[str, str]]]:
        """Claim what waits; return it, and which of its chats are not strangers'."""
        answers = self._peers.term != BY_NOBODY
        in_hand = self._enqueued_at.keys() | self._failed
        channels = self._sender.channels

        async def work(conn: AsyncConnection) -> tuple[list[Received], set[tuple[str, str]]]:
            rows = await inbox.claim(conn, channels, wall(), room, in_hand, answers=answers)
            seated = set()
            for name in {row.channel for row in rows}:
                chats = {row.chat for row in rows if row.channel == name}
                seated |= {(name, chat) for chat in await people_store.expected_chats(conn, name, chats)}
            return rows, seated

        return await self._database.claim(work)

    async def _take_up(self, rows: Sequence[Received], seated: Collection[tuple[str, str]]) -> None:
        """Put rows into their lanes; who sends too many is passed over, a member not without a word."""
        passed_over: list[Received] = []
        for row in rows:
            is_seated, place = (row.channel, row.chat) in seated, self._place(row, seated)
            if place == "passed":
                passed_over.append(row)
            else:
                self._enqueue(await self._refused(row) if place == "told" else row, seated=is_seated)
        if passed_over:
            await patiently(partial(self._pass_over, passed_over, seated))

    def _place(self, row: Received, seated: Collection[tuple[str, str]]) -> Place:
        """Tell what becomes of a message that was taken in."""
        if row.answer is not None:
            return "taken"
        if (row.channel, row.chat) in seated:
            return self.members.place((row.channel, row.chat), self.seconds())
        return "taken" if self.strangers.admit(row.chat, self.seconds()) else "passed"

    async def _refused(self, row: Received) -> Received:
        """Answer that a message, and those that follow at once, are not recorded: they are too many."""
        sorry = self._dispatcher.texts("notice.too_many", count=self.members.limit.messages)
        answer, now = to_json((Outgoing(sorry),)), self._clock.now()
        _log.warning("member_beyond_share", channel=row.channel, update=row.update_id)
        await patiently(lambda: self._database.write(lambda conn: inbox.handled(conn, row.id, answer, now)))
        return replace(row, answer=answer)

    async def keep(self) -> None:
        """Say that what is in hand is still worked on, where others might take it up."""
        in_hand = tuple(self._enqueued_at)
        if in_hand and not self._peers.alone:
            await patiently(lambda: self._database.write(lambda conn: inbox.keep(conn, in_hand, wall())))

    async def _store(
        self, channel: Channel, raws: Sequence[Raw], *, again: bool
    ) -> tuple[list[Received], frozenset[str]]:
        """Store updates; return those that are new, and which of their chats are not strangers'.

        `again`: they may have been stored by a try whose end was not heard of.
        """
        payloads = [(raw, blotted(raw.payload)) for raw in raws]
        now = self._clock.now()

        async def work(conn: AsyncConnection) -> tuple[list[Received], frozenset[str]]:
            seated = await people_store.expected_chats(conn, channel.name, {raw.chat for raw in raws})
            rows = [
                (raw.update_id, raw.chat, without_code(payload, seated=raw.chat in seated))
                for raw, payload in payloads
            ]
            new = await inbox.store(conn, channel.name, rows, now)
            if again:
                left = await inbox.unfinished(conn, channel.name, {raw.update_id for raw in raws})
                new = [row for row in left if row.id not in self._enqueued_at]
            return new, seated

        return await self._database.write(work)

    async def _pass_over(self, rows: Sequence[Received], seated: Collection[tuple[str, str]]) -> None:
        """Give whoever is beyond their share silence, and count the strangers among them."""
        now, strangers = self._clock.now(), [row for row in rows if (row.channel, row.chat) not in seated]

        async def work(conn: AsyncConnection) -> None:
            await inbox.pass_over(conn, rows, now)
            await stranger_counter.count(conn, now, len(strangers))

        await self._database.write(work)

    async def idle(self) -> None:
        """Wait until every lane is empty, or after `stop` at rest."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def abandon(self) -> None:
        """Leave what is in hand for others, or for the next start."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        in_hand = tuple(self._enqueued_at)
        if in_hand and not self._peers.alone:
            await self._give_back(in_hand)
            self._peers.ring()

    async def _give_back(self, rows: Sequence[int]) -> None:
        """Let rows be taken up at once, by us or another, and not when our lease on them ends."""
        await patiently(lambda: self._database.write(lambda conn: inbox.give_back(conn, rows)))

    def _enqueue(self, row: Received, *, seated: bool = True) -> None:
        if not seated:
            self._unseated.add(row.id)
        self._enqueued_at[row.id], self._taken_in[row.id] = self.seconds(), self._peers.term
        lane = self._lanes[row.channel, row.chat]
        lane.append(row)
        if len(lane) == 1:
            task = asyncio.create_task(self._work((row.channel, row.chat)))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _work(self, key: tuple[str, str]) -> None:
        lane = self._lanes[key]
        while lane and not self._stopping:
            try:
                with bound_contextvars(request=f"in-{lane[0].id}"):  # what is logged on the way bears it
                    await self._finish(lane[0])
            except _OthersError:  # what follows in this chat is as well
                await self._give_back([row.id for row in lane])
                break
            self._leave(lane.popleft())
        if not self._stopping:
            for row in lane:
                self._leave(row)
        del self._lanes[key]
        self._look()

    def _leave(self, row: Received) -> None:
        """Have a row in hand no more."""
        self._enqueued_at.pop(row.id, None)
        self._taken_in.pop(row.id, None)
        self._unseated.discard(row.id)

    async def _finish(self, row: Received) -> None:
        """Handle one message, and answer it where we send; whatever goes wrong, the lane goes on.

        Raises _OthersError where it is not ours to answer any more.
        """
        outcome: Answered = "failed"
        try:
            answers = await patiently(partial(self._handle, row))
            self._handled()
            term = self._peers.term if answers else ""  # that there are none may be noted by anybody
            if term == BY_NOBODY:
                self._peers.ring()  # whoever sends finds the answers with the row
                return
            answers = await patiently(partial(self._complete, row, answers))
            outcome = await self._answer(row, answers, term)
            now, write = self._clock.now(), self._database.write
            await patiently(partial(write, lambda conn: inbox.answered(conn, row.id, now, term)))
            await self._forget(row)
        except _OthersError:
            raise
        except Exception:  # noqa: BLE001 - the one boundary of a lane; the row stays for the next start
            self._failed.add(row.id)
            _log.exception("incoming_left", channel=row.channel, update=row.update_id)
        self._measures.answered(row.channel, outcome, self.seconds() - self._enqueued_at[row.id])

    async def _complete(self, row: Received, answers: Sequence[Outgoing]) -> tuple[Outgoing, ...]:
        """Make the papers of answers, and links in the place of what the channel does not carry."""
        complete = await self._dispatcher.complete(answers, self._clock.now())
        can, chat = self._sender.channels[row.channel].can(row.chat), (row.channel, row.chat)
        texts, now = self._dispatcher.texts, self._clock.now()
        return tuple([await self._links.put(a, can, *chat, texts, now, unasked=False) for a in complete])

    async def _forget(self, row: Received) -> None:
        """Where the sender was erased, empty the log: the row bore their chat until now."""
        if row.id in self._dispatcher.forgotten:
            self._dispatcher.forgotten.discard(row.id)
            await self._dispatcher.forget()

    async def _handle(self, row: Received) -> tuple[Outgoing, ...]:
        if row.answer is not None:
            return from_json(row.answer)
        if not row.payload:
            return ()  # its sender was erased before it was handled
        channel = self._sender.channels[row.channel]
        incoming = understand(channel, row)
        if incoming is None:
            await self._note_chat(channel, row)
            return ()
        read = self._reader(channel, partial(self._tell, row))
        incoming = replace(incoming, more_follow=self._more_pictures(channel, row, incoming))
        self._handling += 1
        try:
            return await self._dispatcher.answer(
                row.id, incoming, self._clock.now(), read, channel.can(row.chat)
            )
        finally:
            self._handling -= 1

    async def _tell(self, row: Received, notice: Outgoing) -> str:
        """Tell how far a reading has come, where we are the one that sends. Raises SendError."""
        if self._peers.term == BY_NOBODY:
            raise SendError("held", untried=True)
        return await self._sender.deliver(row.channel, row.chat, notice)

    def _more_pictures(self, channel: Channel, row: Received, incoming: Incoming) -> bool:
        """Tell whether a picture is followed by another that is here already: both may be pages of a text."""
        lane = self._lanes[row.channel, row.chat]
        if not is_picture(incoming.attachment) or len(lane) < 2 or lane[0] is not row or not lane[1].payload:
            return False
        following = understand(channel, lane[1])
        return following is not None and is_picture(following.attachment)

    async def _note_chat(self, channel: Channel, row: Received) -> None:
        """Note what an update tells of a chat itself: that it has moved, shut the bot out, let it in."""
        raw = Raw(row.update_id, row.chat, row.payload)
        if (to := channel.moved_to(raw)) is not None:
            await self._dispatcher.note_move(row.channel, row.chat, to)
        reachable = channel.reachability(raw)
        if reachable is not None:
            now = self._clock.now()
            await self._dispatcher.note_reach(row.channel, row.chat, now, reachable=reachable)

    async def _answer(self, row: Received, answers: Sequence[Outgoing], term: str) -> Answered:
        if answers and term != self._taken_in[row.id]:
            raise _OthersError  # another may have sent some of them meanwhile: it is taken up anew
        outcome: Answered = "sent" if answers else "silent"
        for number, answer in enumerate(answers):
            if number >= row.answers_sent:
                doubts = row.doubts if number == row.answers_sent else 0
                outcome = outcome if await self._deliver(row, number, answer, doubts, term) else "given_up"
        return outcome

    async def _deliver(self, row: Received, number: int, answer: Outgoing, doubts: int, term: str) -> bool:
        """Send an answer, again where it was not taken; twice at most where its arrival is unknown.

        `doubts`: so often it was sent before, by a program that died. Returns whether the server took it.
        Raises _OthersError where our term of sending is over.
        """
        chat, tries, seated = row.chat, 0, row.id not in self._unseated
        if doubts >= MAX_AMBIGUOUS_SENDS:
            _log.warning("answer_given_up", channel=row.channel, update=row.update_id, why="timeout")
            return False
        while True:
            begin = partial(self._note_sending, row, number, doubts + 1, term)
            try:
                await self._sender.deliver(row.channel, chat, answer, urgent=seated, begin=begin)
            except SendError as refused:
                doubts += refused.ambiguous
                await patiently(partial(self._note_refusal, row, refused))
                await self._note_sending(row, number, doubts, term)
                chat = refused.moved_to or chat
                tries += refused.trouble != "away"
                if refused.permanent or not seated or doubts >= MAX_AMBIGUOUS_SENDS or tries >= _TRIES:
                    _log.warning(
                        "answer_given_up", channel=row.channel, update=row.update_id, why=refused.reason
                    )
                    return False
                await asyncio.sleep(until_again(refused, tries))
            else:
                return True

    async def _note_sending(self, row: Received, answers_sent: int, doubts: int, term: str) -> None:
        async def note(conn: AsyncConnection) -> bool:
            return await inbox.note_sending(conn, row.id, answers_sent, doubts, term)

        if not await patiently(partial(self._database.write, note)):
            raise _OthersError

    async def _note_refusal(self, row: Received, refused: SendError) -> None:
        async with self._database.writing() as conn:
            if refused.unreachable:
                await people_store.mark(conn, row.channel, row.chat, reachable=False, why=refused.reason)
                await group_chat_store.unbind(conn, row.channel, row.chat)
            elif refused.moved_to is not None:
                await people_store.move(conn, row.channel, row.chat, refused.moved_to)
                await group_chat_store.move(conn, row.channel, row.chat, refused.moved_to)
