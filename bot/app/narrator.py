"""What `run` says on a terminal, in words: what it does at its start, and what came and went since."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime
from typing import Final

from bot.app.clock import Clock
from bot.app.file_modes import wide_files
from bot.app.setting_wording import word_unknown
from bot.web.pages_server import address_of
from config.settings import Settings, unknown_names
from config.texts import load_texts
from services.common.rules import Rules
from storage.common import traffic
from storage.database.engine import Database

Named = Callable[[], Awaitable[str]]
PATIENCE: Final = 10.0
"""Seconds after which the messenger counts as out of reach."""
MINUTE: Final = 60.0


def warnings(settings: Settings) -> Iterator[str]:
    """Return what an operator should put right: names that are no settings, files open to others."""
    texts = load_texts(settings.language)
    yield from (word_unknown(texts, unknown) for unknown in unknown_names())
    if wide := wide_files(settings.database_path):
        yield texts("run.wide", paths=" ".join(map(str, wide))).unescape()


class Narrator:
    """Tells a person at the terminal what the running program does; `tell` prints one line."""

    def __init__(self, settings: Settings, rules: Rules, clock: Clock, tell: Callable[[str], None]) -> None:
        self._settings, self._rules, self._clock, self._tell = settings, rules, clock, tell
        self._texts = load_texts(settings.language)

    def start(self) -> None:
        """Say that it starts, where its data lie and where its pages are."""
        self._say("starts")
        self._say("database", path=self._settings.database_name)
        address = address_of(self._settings)
        if address is None:
            self._say("no_pages")
        else:
            self._say("pages", url=address.url)
        hours = self._rules.ladders.hours
        self._say("hours", opens=f"{hours.opens:%H:%M}", closes=f"{hours.closes:%H:%M}", now=self._now())

    async def follow(self, database: Database, named: Named | None) -> None:
        """Say when Telegram is reached, where it is used; then, each minute, what came and went, if anything.

        `named` returns the bot's name once the server has told it.
        """
        if named is not None:
            await self._await_telegram(named)
        since = self._clock.now()
        while True:
            await asyncio.sleep(MINUTE)
            since = await self.report(database, since)

    async def _await_telegram(self, named: Named) -> None:
        reached = asyncio.ensure_future(named())
        done, _ = await asyncio.wait([reached], timeout=PATIENCE)
        if not done:
            self._say("waits", url=self._settings.telegram_api_url)
        self._say("connected", name=await reached)

    async def report(self, database: Database, since: datetime) -> datetime:
        """Say what happened since a moment, if anything; return until when that counts."""
        now = self._clock.now()
        async with database.reading() as conn:
            count = await traffic.count(conn, since, now)
        if count.received or count.sent:
            self._say("activity", now=self._now(), received=count.received, sent=count.sent)
        return now

    def _now(self) -> str:
        return f"{self._clock.now().astimezone(self._rules.zone):%H:%M}"

    def _say(self, key: str, **facts: object) -> None:
        self._tell(self._texts(f"run.{key}", **facts).unescape())
