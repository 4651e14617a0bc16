"""The backup of each night: when it is made, what is kept, and how a failure is told."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from bot.app.checks import Finding, examine
from bot.app.clock import RehearsalClock, SystemClock
from bot.app.nightly_backup import NightlyBackup
from bot.app.operation import _nightly
from bot.app.vitals import Vitals
from config.settings import Settings
from storage.common import backup, backup_facts
from storage.common.sealing import new_key, unseal
from storage.database.opening import open_database
from tests.set_clock import SetClock, at


class Night:
    """A program's nights, on a file, with a folder for its backups."""

    def __init__(self, nightly: NightlyBackup, clock: SetClock, folder: Path) -> None:
        self.nightly, self.clock, self.folder = nightly, clock, folder

    async def looks(self, **after: float) -> list[str]:
        """Let time pass and look; return what the log has of failures and backups."""
        self.clock.let_pass(**after)
        with capture_logs() as logs:
            await self.nightly.look()
        return [f"{log['log_level']} {log['event']}" for log in logs]

    @property
    def kept(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "kept").mkdir()
    return Settings(
        database_url=SecretStr(f"sqlite+aiosqlite:///{tmp_path}/nhacviec.db"),
        backup_folder=tmp_path / "kept",
        backup_keep=2,
    )


@pytest.fixture
async def night(settings: Settings) -> AsyncIterator[Night]:
    database, clock = await open_database(settings.database_place), SetClock(at("2026-06-01 01:30"))
    assert settings.backup_folder is not None
    yield Night(
        NightlyBackup(settings, settings.backup_folder, database, clock), clock, settings.backup_folder
    )
    await database.close()


MADE, FAILED = ["info backed_up"], ["error backup_failed"]


async def test_one_is_made_a_night_and_the_newest_are_kept(night: Night) -> None:
    (night.folder / "mine-2020-01-01").mkdir()
    assert await night.looks(hours=-1) == []  # half past midnight
    assert await night.looks(hours=1) == MADE
    assert await night.looks(hours=2) == []
    for _ in range(3):
        assert await night.looks(days=1) == MADE
    assert night.kept == ["daily-2026-06-03", "daily-2026-06-04", "mine-2020-01-01"]
    assert night.nightly.standing() == {"seconds": 0, "failed": False}


async def test_with_a_key_each_is_sealed_and_counted_as_whole(night: Night, settings: Settings) -> None:
    secret, public = new_key()
    night.nightly._settings = settings.model_copy(update={"backup_key": public})
    for _ in range(3):
        assert await night.looks(days=1) == MADE
    assert night.kept == ["daily-2026-06-03", "daily-2026-06-04"]
    assert await night.looks(minutes=61) == []
    kept = night.folder / "daily-2026-06-04"
    assert [path.name for path in kept.iterdir()] == ["nhacviec.db.tar.age"]
    unseal(kept / "nhacviec.db.tar.age", night.folder, secret)
    assert (night.folder / "nhacviec.db").read_bytes().startswith(b"SQLite format 3")


async def test_a_failure_is_told_tried_again_and_costs_no_older_one(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(_: object) -> None:
        raise backup.BackupDiffers

    assert [await night.looks(), await night.looks(days=1)] == [MADE, MADE]
    with monkeypatch.context() as patch:
        patch.setattr(backup, "_ask_sound", refuse)
        assert await night.looks(days=1) == FAILED
        assert await night.looks(minutes=30) == []
        assert night.nightly.standing() == {"seconds": 88_200, "failed": True}
    assert {"daily-2026-06-01", "daily-2026-06-02"} <= set(night.kept)
    assert await night.looks(minutes=30) == MADE
    assert night.kept == ["daily-2026-06-02", "daily-2026-06-03"]
    assert night.nightly.standing()["failed"] is False


async def test_a_try_that_was_cut_short_is_made_anew(night: Night) -> None:
    (night.folder / "daily-2026-06-01").mkdir()
    (night.folder / "daily-2026-06-01" / "nhacviec.db.part").write_bytes(b"SQLite format 3\0half")
    assert await night.looks() == MADE
    assert (night.folder / "daily-2026-06-01" / "nhacviec.db").exists()


async def test_a_folder_that_is_not_there_is_not_made(night: Night) -> None:
    night.folder.rmdir()
    assert await night.looks() == FAILED
    assert not night.folder.exists()


async def test_health_tells_of_it_and_stays_well(night: Night) -> None:
    night.folder.rmdir()
    await night.looks()
    report = Vitals({}, 100.0, backup=night.nightly.standing).report()
    assert (report["ok"], report["backup"]) == (True, {"seconds": None, "failed": True})
    assert "backup" not in Vitals({}, 100.0).report()


async def of_backup(settings: Settings, clock: SetClock) -> Finding:
    return next(finding for finding in await examine(settings, clock) if finding.check == "backup")


@pytest.mark.parametrize(
    ("hours", "ok", "key"), [(None, True, "backup_never"), (5, True, "backup"), (31, False, "backup_old")]
)
async def test_doctor_tells_how_old_the_last_is(
    settings: Settings, hours: int | None, ok: bool, key: str
) -> None:
    clock = SetClock(at("2026-06-01 01:30"))
    if hours is not None:
        database = await open_database(settings.database_place)
        async with database.writing() as conn:
            await backup_facts.note(conn, clock.now() - timedelta(hours=hours))
        await database.close()
    finding = await of_backup(settings, clock)
    assert (finding.ok, finding.key) == (ok, key)


async def test_doctor_tells_of_a_folder_that_is_not_there_and_of_none(settings: Settings) -> None:
    gone = settings.model_copy(update={"backup_folder": Path("/nowhere/kept")})
    assert (await of_backup(gone, SetClock(at("2026-06-01 01:30")))).key == "backup_folder"
    off = settings.model_copy(update={"backup_folder": None})
    assert (await of_backup(off, SetClock(at("2026-06-01 01:30")))).key == "backup_off"


async def test_a_rehearsal_and_a_program_without_a_folder_make_none(settings: Settings) -> None:
    database = await open_database(settings.database_place)
    rehearsal = RehearsalClock(at("2026-06-01 09:00"))
    assert _nightly(settings, database, SystemClock()) is not None
    assert _nightly(settings, database, rehearsal) is None
    assert _nightly(settings.model_copy(update={"backup_folder": None}), database, SystemClock()) is None
    await database.close()
