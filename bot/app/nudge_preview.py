"""Who would hear what: the same nudger and courier, let loose on a copy of the database. Nothing is sent."""

import asyncio
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.app.clock import MovableClock
from bot.app.wiring import prepare
from bot.channels.base import Accept, Raw, SendError
from bot.delivery.courier import Courier
from bot.delivery.nudger import Nudger
from bot.delivery.sender import Sender
from config.settings import Settings
from handlers.common.capabilities import Capabilities
from handlers.common.conversation import Attachment, Incoming, Outgoing, plain
from services.common.rules import Rules
from storage.database.engine import Database
from storage.database.scratch_copy import copy_database
from storage.nudging import nudge_ledger
from storage.nudging.nudge_ledger import Entry

_STEP, _STEPS = timedelta(minutes=15), 64
"""From the opening of the offices to the end of a day."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One message that would go out, with its words; "" for one that cannot be delivered."""

    entry: Entry
    text: str


_UNLIMITED = Capabilities(longest_text=1_000_000)


@dataclass
class _Paper:
    """A channel that only writes down what it is given."""

    name: str
    capabilities: Capabilities = _UNLIMITED
    written: dict[str, Outgoing] = field(default_factory=dict)

    def can(self, chat: str) -> Capabilities:
        """Return what it can do in each chat alike."""
        return self.capabilities

    async def run(self, accept: Accept) -> None:
        """Receive nothing."""
        await asyncio.Event().wait()

    def parse(self, raw: Raw) -> Incoming | None:
        """Understand nothing."""
        return None

    def reachability(self, raw: Raw) -> bool | None:
        """Learn nothing."""
        return None

    def moved_to(self, raw: Raw) -> str | None:
        """Follow nobody."""
        return None

    async def send(self, chat: str, message: Outgoing) -> str:
        """Write a message down; return the id under which it stands."""
        key = f"{self.name}-{len(self.written)}"
        self.written[key] = message
        return key

    async def fetch(self, attachment: Attachment) -> bytes:
        """Have no files."""
        raise SendError("gone")

    async def probe(self) -> None:
        """Be well."""


async def foresee(settings: Settings, now: datetime, day: date) -> tuple[Foreseen, ...]:
    """Return what would go out on a local day, from `now` on, if nobody answered until then.

    The days between pass one after another, each with its messages. The database itself is only read. Raises
    sqlite3.Error where it cannot be, StorageError, BadSetting.
    """
    with tempfile.TemporaryDirectory(prefix="nhacviec-") as folder:
        copy = Path(folder) / "copy.db"
        await asyncio.to_thread(copy_database, settings.database_path, copy)
        url = f"sqlite+aiosqlite:///{copy}"
        database, rules = await prepare(settings.model_copy(update={"database_url": SecretStr(url)}))
        try:
            return await _live(database, rules, now, day)
        finally:
            await database.close()


async def _live(database: Database, rules: Rules, now: datetime, day: date) -> tuple[Foreseen, ...]:
    async with database.reading() as conn:
        channels = {name: _Paper(name) for name in await nudge_ledger.channels(conn)}
        before = {
            entry.id
            for entry in await nudge_ledger.entries(conn, day, day, rules.zone)
            if entry.state == "sent"
        }
    if not channels:
        return ()
    clock = MovableClock(now)
    nudger, courier = Nudger(database, rules, clock), Courier(database, Sender(channels, {}), rules, clock)
    for moment in _moments(rules, now.astimezone(rules.zone), day):
        clock.move(moment)
        await nudger.sweep()
        await courier.round()
    async with database.reading() as conn:
        entries = await nudge_ledger.entries(conn, day, day, rules.zone)
    written = {key: message for channel in channels.values() for key, message in channel.written.items()}
    return tuple(
        Foreseen(entry, plain(written[entry.message].text) if entry.message in written else "")
        for entry in entries
        if entry.id not in before
    )


def _moments(rules: Rules, now: datetime, last: date) -> Iterator[datetime]:
    """The opening of each working day; of the last one every quarter of an hour, for what has an hour."""
    hours, day = rules.ladders.hours, now.date()
    while day <= last:
        if rules.days.is_working(day):
            opening = datetime.combine(day, hours.opens, rules.zone)
            moments = [opening + _STEP * count for count in range(_STEPS if day == last else 1)]
            yield from dict.fromkeys(max(moment, now) for moment in moments if max(moment, now).date() == day)
        day += timedelta(days=1)
