"""The running program: channels, intake, nudger, courier, and the loops that wake them."""

import asyncio
import gc
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.app.clock import Clock, wall
from bot.channels.base import Channel
from bot.delivery.courier import Courier
from bot.delivery.intake import Intake
from bot.delivery.measures import Measures
from bot.delivery.nudger import Nudger
from bot.delivery.pace import Pace
from bot.delivery.patience import patiently
from bot.delivery.reading_notice import Send
from bot.delivery.sender import Sender
from domain.updates import read_update
from handlers.dispatch import Dispatcher, ReadFile
from services.common.rules import Rules
from services.nudging.count_message import count_message
from storage.assignments import evidence_store
from storage.assignments.evidence_files import folder_of, sweep
from storage.common import audit_anchors, inbox, outbox
from storage.database.engine import Database
from storage.organisation import handout_store, retention
from storage.plans import scan_store

_WAKE = 20.0
_GATHERS = 0.1
"""Seconds after which one look at the outbox does for all messages that may have left something in it."""
_KEEP_UPDATES = timedelta(days=7)
"""Telegram delivers nothing again that is older than a day; a week leaves room for a stopped machine."""
_KEEP_SCANS = timedelta(days=60)
"""So long a draft that nobody confirms shows the pictures of its pages."""

_GRACE = 7.0
"""Seconds for what is being sent when the program is stopped: a service manager kills after ten."""

_log = structlog.get_logger()


class Program:
    """Everything that runs, put together by `bot.app.wiring.build`."""

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
    ) -> None:
        self.database, self.rules, self.clock, self.channels = database, rules, clock, channels
        self._poked, self._woken = asyncio.Event(), asyncio.Event()
        self._check_due, self._tidying_due = asyncio.Event(), asyncio.Event()
        self._anchor_due = asyncio.Event()
        by_name = {channel.name: channel for channel in channels}
        self.sender = Sender(by_name, paces, self._poked.set, count=self._count, measures=measures)
        dispatcher = Dispatcher(database, rules, language)
        self.intake = Intake(
            database, dispatcher, self.sender, clock, reader, self._poked.set, measures=measures
        )
        self.nudger = Nudger(database, rules, clock)
        self.courier = Courier(database, self.sender, rules, clock, self._poked.set, measures)
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
        await patiently(self._release)
        await self.database.forget_frames()
        for channel in self.channels:
            await patiently(partial(self.intake.resume, channel))
        scheduler = self._scheduler(wake_seconds)
        scheduler.start()
        receiving = [asyncio.create_task(c.run(partial(self.intake.accept, c))) for c in self.channels]
        loops = [
            asyncio.create_task(self._whenever(self._woken, self._ask)),
            asyncio.create_task(self._whenever(self._poked, self._post, _GATHERS)),
            asyncio.create_task(self._whenever(self._check_due, self.check_database)),
            asyncio.create_task(self._whenever(self._tidying_due, self._tidy)),
            asyncio.create_task(self._whenever(self._anchor_due, self.anchor_audit)),
        ]
        self.receiving = True
        try:
            await _first_of(asyncio.create_task(stop.wait()), *receiving, *loops)
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

    async def _release(self) -> None:
        async with self.database.writing() as conn:
            await outbox.release(conn)

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
        self._check_due.set()
        self._anchor_due.set()
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


def settle() -> None:
    """Take what is loaded by now for lasting: to search it for garbage would hold the loop for 0.1 s."""
    gc.collect()
    gc.freeze()


def _warm_up(day: date) -> None:
    """Read one line: the phrases of updates are compiled at first use, and nobody should wait for it."""
    read_update("xong", today=day, due=None)
