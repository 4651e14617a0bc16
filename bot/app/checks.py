"""What `nhacviec doctor` looks at."""

import asyncio
import os
from dataclasses import dataclass, field
from datetime import timedelta

from bot.app.clock import Clock, wall
from bot.app.file_modes import wide_files
from bot.channels.base import ChannelError
from config.settings import BadSetting, Settings
from storage.database.engine import Lock, StorageError, open_database

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
        await _database(settings),
        _modes(settings),
        _office(),
        await asyncio.to_thread(_recognition),
        *_running(settings),
        await _channel(settings),
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


async def _database(settings: Settings) -> Finding:
    path = settings.database_path
    try:
        database = await open_database(path)
    except StorageError as wrong:
        return Finding("database", ok=False, key=f"database_{wrong.reason}", facts={"path": str(path)})
    sound = await database.is_sound()
    await database.close()
    key = "database" if sound is not False else "database_damaged"
    return Finding("database", ok=sound is not False, key=key, facts={"path": str(path)})


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


def _running(settings: Settings) -> list[Finding]:
    if not os.access(settings.database_path.parent, os.W_OK):
        return []
    try:
        with Lock(settings.database_path):
            return [Finding("program", ok=True, key="not_running")]
    except StorageError:
        return [Finding("program", ok=True, key="running")]


async def _channel(settings: Settings) -> Finding:
    if settings.telegram_token is None:
        return Finding("telegram", ok=False, key="no_token")
    from bot.channels.telegram import TelegramChannel

    token = settings.telegram_token.get_secret_value()
    proxy = settings.telegram_proxy.get_secret_value() if settings.telegram_proxy else None
    facts = {"url": settings.telegram_api_url}
    try:
        async with TelegramChannel(token, settings.telegram_api_url, proxy, now=wall) as channel:
            if channel.username is None:
                return Finding("telegram", ok=False, key="telegram_silent", facts=facts)
            return Finding("telegram", ok=True, key="telegram", facts={"name": channel.username})
    except ChannelError:
        return Finding("telegram", ok=False, key="telegram_token", facts=facts)


def _clock(settings: Settings, clock: Clock) -> Finding:
    local = clock.now().astimezone(settings.timezone)
    facts = {"now": f"{local:%d/%m/%Y %H:%M}", "zone": str(settings.timezone)}
    ok = local.year >= _BUILT or abs(clock.now() - wall()) > timedelta(days=1)
    return Finding("clock", ok=ok, key="clock" if ok else "clock_wrong", facts=facts)
