"""A backup a night, as long as the program runs; the newest are kept."""

import asyncio
import re
import shutil
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import structlog

from bot.app.clock import Clock
from config.settings import Settings
from storage.assignments.evidence_files import folder_of
from storage.common import backup_facts
from storage.common.audit_anchors import anchors_of
from storage.common.backup import back_up
from storage.common.restore import NoBackup, find_backup
from storage.database.engine import Database

NIGHT_BEGINS: Final = 1
"""The hour from which a day's backup is due: the audit's anchor of the day is signed by then."""
_LOOKS_EVERY: Final = 300.0
_TRIES_EVERY: Final = timedelta(hours=1)
_OURS: Final = re.compile(r"daily-\d{4}-\d\d-\d\d")
_log = structlog.get_logger()


class NightlyBackup:
    """Backs a database up into `folder`, which must be there; use `run` beside the program."""

    def __init__(self, settings: Settings, folder: Path, database: Database, clock: Clock) -> None:
        self._settings, self._folder, self._database, self._clock = settings, folder, database, clock
        self._tried_at: datetime | None = None
        self._failed = False
        self._last: datetime | None = None

    async def run(self) -> None:
        """Look again and again whether a backup is due, until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(_LOOKS_EVERY)

    def standing(self) -> Mapping[str, object]:
        """Return {"seconds": the age of the last good backup or None, "failed": whether the last try was}."""
        age = None if self._last is None else round((self._clock.now() - self._last).total_seconds())
        return {"seconds": age, "failed": self._failed}

    async def look(self) -> None:
        """Make the day's backup where it is due; a failure is logged, and tried again in an hour."""
        now = self._clock.now()
        try:
            async with self._database.reading() as conn:
                self._last = await backup_facts.last(conn)
            folder = self._folder / f"daily-{now.astimezone(self._settings.timezone):%Y-%m-%d}"
            if self._is_due(now) and not await asyncio.to_thread(_is_whole, folder):
                self._tried_at = now
                await self._make(folder, now)
        except Exception as wrong:  # noqa: BLE001 - the one boundary: whatever it is, the program goes on
            self._failed = True
            _log.error("backup_failed", why=_reason(wrong))

    def _is_due(self, now: datetime) -> bool:
        if now.astimezone(self._settings.timezone).hour < NIGHT_BEGINS:
            return False
        return self._tried_at is None or now - self._tried_at >= _TRIES_EVERY

    async def _make(self, folder: Path, now: datetime) -> None:
        path, key = self._database.path, self._settings.backup_key
        await asyncio.to_thread(_prepare, folder)
        made = await back_up(
            self._settings.database_place, folder, anchors_of(path), folder_of(path), key=key
        )
        async with self._database.writing() as conn:
            await backup_facts.note(conn, now)
        self._last, self._failed = now, False
        _log.info("backed_up", rows=made.rows, files=made.files)
        await asyncio.to_thread(_rotate, self._folder, self._settings.backup_keep)


def _is_whole(folder: Path) -> bool:
    try:
        find_backup(folder)
    except NoBackup:
        return False
    return True


def _prepare(folder: Path) -> None:
    """Clear away a try that was cut short. Raises FileNotFoundError where backups have no folder."""
    if not folder.parent.is_dir():
        raise FileNotFoundError(2, "No such folder", str(folder.parent))
    if folder.exists():
        shutil.rmtree(folder)


def _rotate(folder: Path, keep: int) -> None:
    """Remove what is older than the newest `keep` whole backups of ours, and tries that were cut short."""
    ours = sorted(path for path in folder.iterdir() if path.is_dir() and _OURS.fullmatch(path.name))
    newest = [path for path in ours if _is_whole(path)][-keep:]
    for path in set(ours) - set(newest):
        shutil.rmtree(path)


def _reason(wrong: Exception) -> str:
    """Return what went wrong without anything that anybody wrote."""
    return (isinstance(wrong, OSError) and wrong.strerror) or type(wrong).__name__
