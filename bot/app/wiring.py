"""Putting the program together from its replaceable parts; the tests call the same functions."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, Unpack

from bot.app.clock import Clock
from bot.app.program import Program
from bot.app.roles import Role
from bot.channels.base import Channel
from bot.delivery.measures import Measures
from bot.delivery.pace import Pace
from bot.delivery.reading_notice import Send
from bot.delivery.uploads import Uploads
from config.files import load_toml
from config.settings import BadSetting, Settings
from config.texts import Texts
from domain.common.workdays import BadDays, Workdays, parse_days
from domain.nudging.ladder import BadLadder, Ladders, parse_ladders
from domain.organisation.register import Register
from domain.organisation.register_file import RegisterError, parse_register
from domain.reporting.report_kinds import BadReports, Reports, parse_reports
from handlers.common.conversation import MenuEntry
from services.common.rules import Rules
from storage.assignments import assignment_writer
from storage.assignments.evidence_files import EvidenceStore, folder_of
from storage.common import fact_store
from storage.database.engine import Database
from storage.database.opening import open_database
from storage.database.peers import Peers
from storage.organisation import learnt_store, unit_store

if TYPE_CHECKING:
    from bot.channels.telegram import TelegramChannel

_T = TypeVar("_T")


class Several(TypedDict, total=False):
    """What `Program` is told where several share a database."""

    role: Role
    peers: Peers
    brought: Sequence[Channel]
    asked: Sequence[Channel]


_FILES_AT_ONCE = 2
"""So many of people's files are held in memory at a time; the others wait for their turn."""


def load_days(*, moves: bool = False) -> Workdays:
    """Return the working days of Vietnam with the operator's corrections. Raises BadSetting.

    `moves` tells whether a deadline on a day off ends with the next working day.
    """
    import holidays

    calendar = holidays.country_holidays("VN")
    return _load("days.toml", lambda table: parse_days(table, calendar, moves=moves), BadDays)


def load_register() -> Register:
    """Return the register that the program ships. Raises BadSetting."""
    return _load("units.toml", parse_register, RegisterError)


def load_ladders() -> Ladders:
    """Return the operator's ladders. Raises BadSetting."""
    return _load("ladder.toml", parse_ladders, BadLadder)


def load_reports() -> Reports:
    """Return the operator's letterheads and reports. Raises BadSetting."""
    return _load("reports.toml", parse_reports, BadReports)


def _load(file: str, parse: Callable[[Mapping[str, Any]], _T], error: type[Exception]) -> _T:
    """Return what a file of the operator's says; `parse` raises `error` where it is wrong."""
    try:
        return parse(load_toml(file))
    except error as wrong:
        raise BadSetting(f"config/{file}: {wrong}") from None


async def introduce(database: Database, channel: "TelegramChannel", texts: Texts) -> None:
    """Tell strangers how to join in the bot's menu, and keep the bot's name for the links of invites.

    Waits until the server has told the name: at the start the network may be away.
    """
    name = await channel.named()
    entries = [MenuEntry(command, texts(f"help.{command}").unescape()) for command in ("start", "help")]
    await channel.set_default_menu(entries)
    await database.write(lambda conn: fact_store.set_fact(conn, "telegram_bot", name))


async def prepare(settings: Settings) -> tuple[Database, Rules]:
    """Open the database, enter the register, read the operator's files. Raises StorageError, BadSetting."""
    shipped, ladders = load_register(), load_ladders()
    reports, days = load_reports(), load_days(moves=settings.move_deadlines)
    keep = timedelta(days=settings.keep_days)
    database = await open_database(settings.database_place)
    async with database.writing() as conn:
        await unit_store.follow(conn, shipped.units)
        register = await learnt_store.load_register(conn, shipped.groups)
        await assignment_writer.follow_days(conn, days)
    return database, Rules(
        ladders,
        days,
        register,
        settings.timezone,
        keep,
        reports,
        content_free=settings.content_free,
        pass_on_at=settings.pass_on_at,
    )


def build(
    settings: Settings,
    database: Database,
    rules: Rules,
    clock: Clock,
    channels: Sequence[Channel],
    paces: Mapping[str, Pace] | None = None,
    measures: Measures | None = None,
    **how: Unpack[Several],
) -> Program:
    """Return the program, ready to run; `paces` by channel stand for the channels' own.

    `measures` count its traffic; nothing is counted without them. `how` tells of one of several programs.
    """
    if paces is None:
        rates = {channel.name: channel.capabilities.rates for channel in channels}
        paces = {name: Pace(allowed) for name, allowed in rates.items() if allowed is not None}
    turns = asyncio.Semaphore(_FILES_AT_ONCE)
    store = EvidenceStore(folder_of(database.path))

    def uploads(channel: Channel, send: Send) -> Uploads:
        return Uploads(channel, store, turns, send)

    return Program(database, rules, clock, settings.language, channels, paces, uploads, measures, **how)
