"""The running program: channels, intake, nudger, courier, and the loops that wake them."""

import asyncio
import gc
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.app.clock import Clock, wall
from bot.app.roles import ALL, Role
from bot.channels.base import Channel
from bot.delivery.courier import Courier
from bot.delivery.intake import KEPT_EVERY, Intake
from bot.delivery.measures import Measures
from bot.delivery.nudger import Nudger
from bot.delivery.pace import Pace
from bot.delivery.patience import patiently
from bot.delivery.reading_notice import Send
from bot.delivery.sender import Sender
from domain.updates import read_update
from domain.updates.loose import compile_next
from handlers.dispatch import Dispatcher, ReadFile
from services.common.rules import Rules
from services.nudging.count_message import count_message
from storage.assignments import evidence_store
from storage.assignments.evidence_files import folder_of, sweep
from storage.common import audit_anchors, inbox, outbox, terms
from storage.database.engine import Database
from storage.database.peers import Alone, Duty, Peers
from storage.organisation import handout_store, retention
from storage.plans import scan_store

_WAKE = 20.0
_GATHERS = 0.1
"""Seconds after which one look at the outbox does for all messages that may have left something in it."""
_KEEP_UPDATES = timedelta(days=7)
"""Telegram delivers nothing again that is older than a day; a week leaves room for a stopped machine."""
_KEEP_SCANS = timedelta(days=60)
"""So long a draft that nobody confirms shows the pictures of its pages."""

_LOOKS_EVERY = 2.0
"""Seconds after which one of several programs looks for what others have left, where no bell was heard."""

_GRACE = 7.0
"""Seconds for what is being sent when the program is stopped: a service manager kills after ten."""

_log = structlog.get_logger()


class Program:
    """Everything that runs, put together by `bot.app.wiring.build`.

    Where there are several on one database, each does what its role says, and what is done by one at a time
    (sending, sweeping, tidying; asking for news) for as long as it has the duty: see `Peers`.

    brought  the channels to which updates are brought; all where nothing is said
    asked    those that are asked for news, by one program at a time
    beside   what else the one that sends does, as coroutine functions that run until cancelled
    """

    def __init__(
        self,
        database: Database,
        rules: Rules,
        clock: Clock,
        language: str,
        channels: Sequence[Channel],
        paces: Mapping[str, Pace],
        reader: Callable[[Channel, Send], ReadFile],
        measures: Measures | None = None,
        *,
        role: Role = ALL,
        peers: Peers | None = None,
        brought: Sequence[Channel] | None = None,
        asked: Sequence[Channel] = (),
    ) -> None:
        self.role, self.peers = role, peers or Alone()
        self._brought, self._asked = channels if brought is None else brought, asked
        self.beside: list[Callable[[], Coroutine[Any, Any, None]]] = []
        self.on_heard: list[Callable[[], Awaitable[None]]] = []
        """What is called when another program may have done something."""
        self._look_due = asyncio.Event()
        self.database, self.rules, self.clock, self.channels = database, rules, clock, channels
        self._poked, self._woken = asyncio.Event(), asyncio.Event()
        self._check_due, self._tidying_due = asyncio.Event(), asyncio.Event()
        self._anchor_due = asyncio.Event()
        by_name = {channel.name: channel for channel in channels}
        self.sender = Sender(by_name, paces, self._poked.set, count=self._count, measures=measures)
        dispatcher = Dispatcher(database, rules, language)
        self.intake = Intake(
            database,
            dispatcher,
            self.sender,
            clock,
            reader,
            self._handled,
            measures=measures,
            peers=self.peers,
            look=self._look_due.set,
        )
        self.nudger = Nudger(database, rules, clock)
        self.courier = Courier(database, self.sender, rules, clock, self._poked.set, measures, self.peers)
        self.swept_at: float | None = None
        """time.monotonic() of the last look at what is due."""
        self.database_sound = True
        """Whether the database was whole when it was last looked through: at the start, and each night."""
        self.receiving = False
        """Whether what people say is taken: from the end of the start to the beginning of the end."""
        self._round, self._tidying = asyncio.Lock(), asyncio.Lock()

    async def tick(self) -> None:
        """Do once what the loops do: ask for what is due, and send what waits."""
        await self._ask()
        await self._post()

    async def run(self, stop: asyncio.Event, wake_seconds: float = _WAKE) -> None:
        """Run until `stop` is set, then finish what is in hand.

        Raises ChannelError where a channel can receive nothing any more.
        """
        await asyncio.to_thread(_warm_up, self.clock.now().date())
        settle()
        if self.peers.alone:
            await patiently(self._take_over)
        scheduler = self._scheduler(wake_seconds)
        scheduler.start()
        place = asyncio.create_task(self.peers.run())
        compiling = asyncio.create_task(_compile_at_leisure())
        receiving = [self._receive(channel) for channel in self._brought]
        receiving += [
            asyncio.create_task(self._while_ours("poll", partial(self._receive, channel)))
            for channel in self._asked
        ]
        loops = [asyncio.create_task(work) for work in self._works()]
        self.receiving = True
        try:
            await _first_of(asyncio.create_task(stop.wait()), place, *receiving, *loops)
        finally:
            self.receiving = False
            self.courier.stop()
            self.intake.stop()
            self.sender.stop()
            scheduler.shutdown(wait=False)
            await _end(receiving)
            await self._finish_in_hand()
            await _end(loops)
            await self.intake.abandon()
            await _end([place, compiling])

    def _works(self) -> list[Coroutine[Any, Any, None]]:
        """Return what goes on beside receiving."""
        works = [] if self.peers.alone else [self._hear()]
        if self.role.works:
            works.append(self._while_ours("send", lambda: asyncio.create_task(self._send())))
        if self.role.works and not self.peers.alone:
            works += [self._whenever(self._look_due, self.intake.take), self._keep()]
        return works

    def _receive(self, channel: Channel) -> asyncio.Task[None]:
        """Begin to take what a messenger brings."""
        return asyncio.create_task(channel.run(partial(self.intake.accept, channel)))

    async def _while_ours(self, duty: Duty, begin: Callable[[], asyncio.Task[None]]) -> None:
        """Do something for as long as a duty is ours, each time that it is. Raises what it raises."""
        while True:
            await self.peers.until(duty, ours=True)
            work, lost = begin(), asyncio.create_task(self.peers.until(duty, ours=False))
            try:
                await _first_of(work, lost)
            finally:
                await _end([work, lost])

    async def _take_over(self) -> None:
        """Begin a term of sending: what was in the hands of whoever sent before us is ours."""
        async with self.database.writing() as conn:
            await outbox.release(conn)
            await inbox.release(conn)
            term = "" if self.peers.alone else await terms.begin(conn)
        self.peers.term = term
        await self.database.forget_frames()
        if self.peers.alone:
            for channel in self.channels:
                await self.intake.resume(channel)
        self._look_due.set()

    async def _send(self) -> None:
        """Do what one program does at a time: ask for what is due, send, tidy."""
        if not self.peers.alone:
            await patiently(self._take_over)
        for due in (self._woken, self._poked, self._check_due, self._anchor_due):
            due.set()
        works = [
            self._whenever(self._woken, self._ask),
            self._whenever(self._poked, self._post, _GATHERS),
            self._whenever(self._check_due, self.check_database),
            self._whenever(self._tidying_due, self._tidy),
            self._whenever(self._anchor_due, self.anchor_audit),
            *(work() for work in self.beside),
        ]
        loops = [asyncio.create_task(work) for work in works]
        try:
            await _first_of(*loops)
        finally:
            await _end(loops)

    async def _hear(self) -> None:
        """Look for what other programs have done, when they ring and now and then."""
        while True:
            try:
                async with asyncio.timeout(_LOOKS_EVERY):
                    await self.peers.heard.wait()
            except TimeoutError:
                pass
            self.peers.heard.clear()
            self._look_due.set()
            self._poked.set()
            for look in self.on_heard:
                await look()

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(KEPT_EVERY)
            await self.intake.keep()

    def _handled(self) -> None:
        """Send what a message may have left for somebody else, or let it be sent."""
        self._poked.set()
        if not self.peers.has("send"):
            self.peers.ring()

    async def _finish_in_hand(self) -> None:
        """Let what is being sent arrive; what takes too long goes out, maybe again, after the next start."""
        try:
            async with asyncio.timeout(_GRACE):
                await self.intake.idle()
                await self._round.acquire()
                await self._tidying.acquire()
        except TimeoutError:
            _log.warning("stopped_early")
        else:
            _log.info("stopped")

    def _scheduler(self, wake_seconds: float) -> AsyncIOScheduler:
        """APScheduler only wakes the loops: it holds nothing that could be lost, and skips nothing.

        It cuts off a job in hand when it is shut down, and a connection that is cut off while it opens
        leaves a thread that never ends.
        """
        defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        scheduler = AsyncIOScheduler(timezone=self.rules.zone, job_defaults=defaults)
        scheduler.add_job(_ring, "interval", [self._woken], seconds=wake_seconds, next_run_time=wall())
        scheduler.add_job(_ring, "cron", [self._tidying_due], hour=3)
        scheduler.add_job(_ring, "cron", [self._check_due], hour=2)
        scheduler.add_job(_ring, "cron", [self._anchor_due], hour=0, minute=5)
        return scheduler

    async def _whenever(
        self, rung: asyncio.Event, work: Callable[[], Awaitable[None]], after: float = 0.0
    ) -> None:
        while True:
            await rung.wait()
            await asyncio.sleep(after)
            rung.clear()
            try:
                await patiently(work)
            except Exception:  # noqa: BLE001 - the one boundary of the waking loops
                _log.exception("round_failed")

    async def _ask(self) -> None:
        """Put into the outbox what is due; nothing is taken out meanwhile: one message tells of all."""
        async with self.courier.claiming:
            await patiently(self.nudger.sweep)
        self.swept_at = time.monotonic()
        self._poked.set()

    async def _post(self) -> None:
        """Send what waits: what was asked for, and what a message left for somebody else."""
        async with self._round:
            await self.courier.round()

    async def _count(self, channel: Channel) -> None:
        """Count a message where its server takes only so many."""
        quota = channel.capabilities.quota
        if quota is None:
            return
        today = self.clock.now().astimezone(self.rules.zone).date()
        name, most = channel.name, quota.messages
        await patiently(lambda: self.database.write(lambda conn: count_message(conn, name, most, today)))

    async def check_database(self) -> None:
        """Look through the database for damage; tell the log, once a look, what is to be done."""
        sound = await self.database.is_sound()
        if sound is None:
            _log.warning("database_not_checked")
        else:
            self.database_sound = sound
        if not self.database_sound:
            _log.error("database_damaged", path=str(self.database.path), do="restore a backup")

    async def anchor_audit(self) -> None:
        """Sign the head of the audit as it is on this day, so that a cut tail shows."""
        async with self.database.writing() as conn:
            day = self.clock.now().astimezone(self.rules.zone).date()
            await audit_anchors.anchor(conn, self.database.path, day)

    async def _tidy(self) -> None:
        async with self._tidying:
            async with self.database.writing() as conn:
                await inbox.forget(conn, self.clock.now() - _KEEP_UPDATES)
                await scan_store.forget(conn, self.clock.now() - _KEEP_SCANS)
                await retention.tidy(conn, self.clock.now(), self.rules.keep)
                await handout_store.forget(conn, self.clock.now())
                hashes = await evidence_store.hashes(conn) | await handout_store.hashes(conn)
            await self.database.forget_frames()
            await asyncio.to_thread(sweep, folder_of(self.database.path), hashes)


async def _ring(due: asyncio.Event) -> None:
    due.set()


async def _first_of(*tasks: asyncio.Task[Any]) -> None:
    """Wait for the first task to end; raise what it raised. The others go on."""
    ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in ended:
        task.result()


async def _end(tasks: Sequence[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _compile_at_leisure() -> None:
    """Compile the phrases of updates, half of the time at most: who first uses one need not wait for it.

    Together they take seconds, a single one up to one; in a thread, they do not hold the loop meanwhile.
    """
    there_are_more = True
    while there_are_more:
        began = time.monotonic()
        there_are_more = await asyncio.to_thread(compile_next)
        await asyncio.sleep(time.monotonic() - began)


def settle() -> None:
    """Take what is loaded by now for lasting: to search it for garbage would hold the loop for 0.1 s."""
    gc.collect()
    gc.freeze()


def _warm_up(day: date) -> None:
    """Read one line: who writes at once has the common phrases compiled; the others come at leisure."""
    read_update("xong", today=day, due=None)
