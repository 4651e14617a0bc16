"""The program in operation: its channels, its web server and its watch, for as long as it runs."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.app.background import in_background
from bot.app.clock import Clock, SystemClock
from bot.app.live_channels import mail_channel, telegram_channel, zalo_channels
from bot.app.narrator import Narrator
from bot.app.nightly_backup import NightlyBackup
from bot.app.program import Program
from bot.app.roles import ALL, Role
from bot.app.vitals import Vitals
from bot.app.watchdog import watched
from bot.app.wiring import build, introduce
from bot.channels.base import LiveChannel
from bot.channels.page import PageChannel
from bot.delivery.links_for_files import FileLinks
from bot.delivery.webhook_teller import WebhookTeller
from bot.web.pages_server import machines_only, pages
from config.settings import Settings
from config.texts import Texts
from documents.reading.limited_process import kept_ready
from handlers.common.conversation import Attachment
from services.common.rules import Rules
from services.organisation.bot_room import Bot, keep_bots
from storage.database.engine import Database
from storage.database.opening import peers_on
from storage.database.peers import Duty
from storage.organisation.handout_store import LetterButton

if TYPE_CHECKING:
    from starlette.routing import Route

    from bot.channels.mail import MailChannel
    from bot.channels.telegram import TelegramChannel
    from bot.channels.zalo import ZaloChannel
    from bot.web.metrics import ProgramMetrics


@dataclass(frozen=True, slots=True)
class _Channels:
    """The channels of a program that lead to servers of others."""

    telegram: "TelegramChannel | None"
    zalo: "tuple[ZaloChannel, ...]"
    mail: "MailChannel | None"

    def all(self) -> "list[ZaloChannel | MailChannel | TelegramChannel]":
        """Return those that are there."""
        return [channel for channel in (*self.zalo, self.mail, self.telegram) if channel is not None]


async def operate(
    settings: Settings,
    database: Database,
    rules: Rules,
    clock: Clock,
    texts: Texts,
    stop: asyncio.Event,
    wake_seconds: float,
    tell: Callable[[str], None] | None = None,
    role: Role = ALL,
) -> None:
    """Run until `stop` is set; `tell` prints a line for a person at the terminal.

    Raises ChannelError, BadSetting, PortTaken, HealthPortTaken.
    """
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(kept_ready())
        opened = await _opened(stack, settings, database, clock, texts, role)
        channels = opened.all()
        metrics = _metrics(settings)
        own_page, program = _built(settings, database, rules, clock, channels, metrics, role)
        nightly = _nightly(settings, database, clock)
        standing = nightly.standing if nightly and role.works else None
        vitals = await stack.enter_async_context(watched(settings, program, channels, metrics, standing))
        if nightly is not None:
            program.beside.append(nightly.run)
        beside = _beside(settings, program, vitals, metrics, opened) if metrics and settings.web_port else []
        if role.shows:
            program.on_heard.append(own_page.look)
            await stack.enter_async_context(pages(settings, database, rules, clock.now, beside, own_page))
        elif role.receives:
            await stack.enter_async_context(machines_only(settings, beside))
        if settings.webhook_key is not None:
            program.beside.append(WebhookTeller(database, settings.webhook_key.get_secret_value()).run)
        if tell is not None:
            narrator = Narrator(settings, rules, clock, tell)
            narrator.start()
            narrating = narrator.follow(database, opened.telegram.named if opened.telegram else None)
            await stack.enter_async_context(in_background(narrating))
        await program.run(stop, wake_seconds)


def _built(
    settings: Settings,
    database: Database,
    rules: Rules,
    clock: Clock,
    channels: Sequence[LiveChannel],
    metrics: "ProgramMetrics | None",
    role: Role,
) -> tuple[PageChannel, Program]:
    """Wire the program, with people's own pages as one more channel."""
    asked = [channel for channel in channels if role.receives and not channel.endpoints]
    brought = [channel for channel in channels if role.receives and channel.endpoints]
    peers = peers_on(settings.database_place, _duties(role, asked))
    own_page = PageChannel(database, clock.now, peers.ring)
    program = build(
        settings,
        database,
        rules,
        clock,
        [*channels, own_page],
        measures=metrics,
        role=role,
        peers=peers,
        asked=asked,
        brought=[*brought, own_page] if role.shows else brought,
    )
    return own_page, program


async def _opened(
    stack: AsyncExitStack, settings: Settings, database: Database, clock: Clock, texts: Texts, role: Role
) -> _Channels:
    """Open the channels that are set up, until the stack is closed. Raises ChannelError, BadSetting."""
    links = FileLinks(database)

    async def held(key: str) -> bytes | None:
        return await links.held(key, clock.now())

    footer = str(texts("mail.footer").unescape())
    opened = _Channels(
        telegram_channel(settings, clock.now, receives=role.receives),
        tuple(zalo_channels(settings, clock.now, held, receives=role.receives)),
        mail_channel(settings, database, clock.now, footer),
    )
    for channel in opened.all():
        await stack.enter_async_context(channel)
    if opened.telegram is not None:
        learning = introduce(database, opened.telegram, texts) if role.receives else opened.telegram.meet()
        await stack.enter_async_context(in_background(learning))
    async with database.writing() as conn:
        await keep_bots(conn, _bots(opened.zalo))
    return opened


def _duties(role: Role, asked: Sequence[LiveChannel]) -> list[Duty]:
    """Return what a program may have to do for all."""
    duties: list[Duty] = ["send"] if role.works else []
    return [*duties, "poll"] if asked else duties


def _bots(zalo: Sequence["ZaloChannel"]) -> tuple[Bot, ...]:
    """Return which bots there are, as their servers name them."""
    return tuple(
        Bot(channel.name, "Zalo", channel.bot_name, quota.people)
        for channel in zalo
        if (quota := channel.capabilities.quota)
    )


def _nightly(settings: Settings, database: Database, clock: Clock) -> NightlyBackup | None:
    """Return what backs up each night; None where no folder is set, and in a rehearsal."""
    if settings.backup_folder is None or not isinstance(clock, SystemClock):
        return None
    return NightlyBackup(settings, settings.backup_folder, database, clock)


def _metrics(settings: Settings) -> "ProgramMetrics | None":
    """Return what counts for /metrics; None where no port is set at which it could be read."""
    if settings.web_port is None and settings.health_port is None:
        return None
    from bot.web.metrics import ProgramMetrics

    return ProgramMetrics()


def _beside(
    settings: Settings,
    program: Program,
    vitals: Vitals,
    metrics: "ProgramMetrics",
    opened: _Channels,
) -> "list[Route]":
    """Return the routes beside the pages, which need no session."""
    from bot.app.scraping import scraping_route
    from bot.web.handout_pages import HandoutPages
    from bot.web.letter_button_pages import LetterButtonPages
    from bot.web.sandbox_server import health_route, ready_route
    from bot.web.webhooks import webhook_routes

    async def deliver(name: str, chat: str, words: str, file: Attachment) -> bool:
        channel = next((channel for channel in opened.zalo if channel.name == name), None)
        if channel is None or not program.receiving:
            return False
        await program.intake.accept(channel, [channel.uploaded(chat, words, file)])
        return True

    async def press(button: LetterButton) -> bool:
        mail = opened.mail
        if mail is None or mail.name != button.channel or not program.receiving:
            return False
        await program.intake.accept(mail, [mail.pressed(button.chat, button.data, button.update_id)])
        return True

    public = settings.web_url or ""
    buttons = LetterButtonPages(program.database, program.clock.now, settings.language, press)
    handouts = HandoutPages(program.database, program.clock.now, settings.language, public, deliver)
    endpoints = [endpoint for channel in opened.all() for endpoint in channel.endpoints]
    return [
        health_route(vitals.healthy),
        ready_route(lambda: program.receiving),
        scraping_route(settings, program, vitals, metrics, public=settings.web_url is not None),
        *(webhook_routes(endpoints) if program.role.receives else ()),
        *((*handouts.routes(), *buttons.routes()) if program.role.shows else ()),
    ]
