"""What `nhacviec doctor` looks at."""

import asyncio
import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from bot.app.clock import Clock, wall
from bot.app.file_modes import wide_files
from bot.app.live_channels import telegram_channel, zalo_channels
from bot.app.setting_wording import word_unknown
from bot.channels.base import ChannelError, SendError
from config.settings import BadSetting, Settings, unknown_names
from config.texts import load_texts
from storage.common import backup_facts
from storage.database.engine import StorageError
from storage.database.opening import database_lock, open_database

if TYPE_CHECKING:
    from bot.channels.telegram import TelegramChannel
    from bot.channels.zalo import ZaloChannel

_BUILT = 2026


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `key` is the sentence `doctor.<key>`, which says what to do."""

    check: str
    ok: bool
    key: str
    facts: dict[str, str] = field(default_factory=dict)


async def examine(settings: Settings, clock: Clock) -> list[Finding]:
    """Look at everything; nothing is changed but that a missing database is made."""
    return [
        _files(settings),
        _names(settings),
        await _database(settings),
        *(await _backups(settings, clock)),
        _modes(settings),
        _office(),
        await asyncio.to_thread(_recognition),
        *(await _running(settings)),
        *(await _channels(settings)),
        _clock(settings, clock),
    ]


def _files(settings: Settings) -> Finding:
    from bot.app.wiring import load_days, load_ladders, load_register, load_reports

    try:
        load_register()
        load_days()
        load_ladders()
        load_reports()
    except BadSetting as wrong:
        return Finding("settings", ok=False, key="files_bad", facts={"why": str(wrong)})
    return Finding("settings", ok=True, key="settings", facts={"language": settings.language})


def _names(settings: Settings) -> Finding:
    texts, unknown = load_texts(settings.language), unknown_names()
    if not unknown:
        return Finding("names", ok=True, key="names")
    what = " ".join(word_unknown(texts, name) for name in unknown)
    return Finding("names", ok=False, key="names_unknown", facts={"what": what})


async def _database(settings: Settings) -> Finding:
    path = settings.database_name
    try:
        database = await open_database(settings.database_place)
    except StorageError as wrong:
        return Finding("database", ok=False, key=f"database_{wrong.reason}", facts={"path": path})
    sound = await database.is_sound()
    await database.close()
    key = "database" if sound is not False else "database_damaged"
    return Finding("database", ok=sound is not False, key=key, facts={"path": path})


async def _backups(settings: Settings, clock: Clock) -> list[Finding]:
    """Tell how old the last backup is; nothing where the database cannot say."""
    folder = settings.backup_folder
    if folder is not None and not await asyncio.to_thread(os.access, folder, os.W_OK | os.X_OK):
        return [Finding("backup", ok=False, key="backup_folder", facts={"path": str(folder)})]
    try:
        database = await open_database(settings.database_place)
    except StorageError:
        return []
    try:
        async with database.reading() as conn:
            last = await backup_facts.last(conn)
    except DBAPIError:
        return []
    finally:
        await database.close()
    return [_backup_of(settings, last, clock.now())]


def _backup_of(settings: Settings, last: datetime | None, now: datetime) -> Finding:
    shown = f"{last.astimezone(settings.timezone):%d/%m/%Y %H:%M}" if last else "-"
    hours = int((now - last).total_seconds() // 3600) if last else 0
    is_late = settings.backup_folder is not None and last is not None and now - last > backup_facts.LATE
    key = "backup_old" if is_late else "backup" if last else "backup_never"
    if settings.backup_folder is None:
        key = "backup_off"
    return Finding("backup", ok=not is_late, key=key, facts={"last": shown, "hours": str(hours)})


def _modes(settings: Settings) -> Finding:
    wide = wide_files(settings.database_path)
    if not wide:
        return Finding("modes", ok=True, key="modes")
    return Finding("modes", ok=False, key="modes_wide", facts={"paths": " ".join(map(str, wide))})


def _office() -> Finding:
    from documents.reading import office_converter

    program = office_converter.program()
    return Finding("office", ok=True, key="office" if program else "no_office")


def _recognition() -> Finding:
    from documents.reading.recogniser import can_recognise

    return Finding("ocr", ok=True, key="ocr" if can_recognise() else "no_ocr")


async def _running(settings: Settings) -> list[Finding]:
    """Tell whether the program runs; nothing where its lock cannot be looked at."""
    if not settings.has_database:
        return []
    try:
        async with database_lock(settings.database_place):
            return [Finding("program", ok=True, key="not_running")]
    except StorageError as wrong:
        return [Finding("program", ok=True, key="running")] if wrong.reason == "in_use" else []


async def _channels(settings: Settings) -> list[Finding]:
    """Ask each server who the bot is."""
    if not (settings.telegram_token or settings.zalo_bots or settings.mail_address):
        return [Finding("telegram", ok=False, key="no_token")]
    try:
        telegram = telegram_channel(settings, wall)
        zalo = zalo_channels(settings, wall)
    except BadSetting as wrong:
        return [Finding("webhook", ok=False, key="webhook", facts={"why": str(wrong)})]
    findings = [] if telegram is None else [await _telegram(telegram, settings.telegram_api_url)]
    bots = enumerate(zalo, 1)
    findings += [await _zalo(bot, settings.zalo_api_url, number) for number, bot in bots]
    return [*findings, *(await asyncio.to_thread(_mail, settings))]


def _mail(settings: Settings) -> list[Finding]:
    """Log in to the mailbox, and say hello to the server that sends."""
    if settings.mail_address is None or settings.mail_smtp is None or settings.mail_imap is None:
        is_set = any((settings.mail_address, settings.mail_smtp, settings.mail_imap))
        return [Finding("mail", ok=False, key="mail_settings")] if is_set else []
    from bot.channels import mail_servers
    from bot.channels.mail_servers import MailboxError, account_of

    facts = {"address": settings.mail_address}
    try:
        box = mail_servers.Mailbox(account_of(settings.mail_imap.get_secret_value()))
        box.open()
        box.close()
        mail_servers.probe(account_of(settings.mail_smtp.get_secret_value()))
    except MailboxError as wrong:
        key = "mail_login" if wrong.refused else "mail_box"
        return [Finding("mail", ok=False, key=key, facts=facts)]
    except SendError as refused:
        key = "mail_login" if refused.reason == "password" else "mail_smtp"
        return [Finding("mail", ok=False, key=key, facts=facts)]
    return [Finding("mail", ok=True, key="mail", facts=facts), _mail_domain(settings.mail_address)]


def _mail_domain(address: str) -> Finding:
    """Tell which records the domain of our letters lacks; what to look at where that cannot be asked."""
    from bot.app.mail_domain import missing_records, txt_records
    from bot.channels.mail_ids import address_of

    domain = address_of(address).rpartition("@")[2]
    try:
        missing = missing_records(domain, txt_records)
    except (OSError, UnicodeError):
        return Finding("mail_domain", ok=True, key="mail_domain_unknown", facts={"domain": domain})
    key = "mail_domain_missing" if missing else "mail_domain"
    facts = {"domain": domain, "missing": ", ".join(missing)}
    return Finding("mail_domain", ok=not missing, key=key, facts=facts)


async def _telegram(channel: "TelegramChannel", url: str) -> Finding:
    facts = {"url": url}
    try:
        async with channel:
            if channel.username is None:
                return Finding("telegram", ok=False, key="telegram_silent", facts=facts)
            return Finding("telegram", ok=True, key="telegram", facts={"name": channel.username})
    except ChannelError:
        return Finding("telegram", ok=False, key="telegram_token", facts=facts)


async def _zalo(channel: "ZaloChannel", url: str, number: int) -> Finding:
    facts = {"url": url, "number": str(number)}
    try:
        async with channel:
            if not channel.bot_name:
                return Finding("zalo", ok=False, key="zalo_silent", facts=facts)
            return Finding("zalo", ok=True, key="zalo", facts={"name": channel.bot_name})
    except ChannelError:
        return Finding("zalo", ok=False, key="zalo_token", facts=facts)


def _clock(settings: Settings, clock: Clock) -> Finding:
    local = clock.now().astimezone(settings.timezone)
    facts = {"now": f"{local:%d/%m/%Y %H:%M}", "zone": str(settings.timezone)}
    ok = local.year >= _BUILT or abs(clock.now() - wall()) > timedelta(days=1)
    return Finding("clock", ok=ok, key="clock" if ok else "clock_wrong", facts=facts)
