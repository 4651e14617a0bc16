"""A change of the settings is seen at the next start: by name, never by value."""

import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app.settings_audit import note_settings
from config.files import FOLDER
from config.settings import Settings
from storage.common import audit_log
from storage.database.engine import Database
from storage.database.opening import open_database
from tests.cast import settings_for

NOW = datetime(2026, 6, 1, 2, tzinfo=UTC)
TOKEN = "123456:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await open_database(tmp_path / "nhacviec.db")
    yield opened
    await opened.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the operator's files."""
    for name in ("days.toml", "ladder.toml", "units.toml"):
        shutil.copy(FOLDER / name, tmp_path / name)
    shutil.copytree(FOLDER / "texts", tmp_path / "texts")
    return tmp_path


async def start(database: Database, settings: Settings, folder: Path) -> list[str]:
    """Start once; return what the audit says of settings so far."""
    async with database.writing() as conn:
        await note_settings(conn, settings, NOW, folder)
    async with database.reading() as conn:
        return [line.about for line in await audit_log.listing(conn) if line.what == "settings"]


async def test_only_a_start_with_other_settings_is_noted(database: Database, folder: Path) -> None:
    settings = settings_for(database.path)
    assert await start(database, settings, folder) == ["first start"]
    assert await start(database, settings, folder) == ["first start"]
    changed = settings.model_copy(update={"language": "en", "keep_days": 30})
    assert await start(database, changed, folder) == ["first start", "NHACVIEC_KEEP_DAYS, NHACVIEC_LANGUAGE"]


async def test_an_edited_file_of_the_operator_is_noted(database: Database, folder: Path) -> None:
    settings = settings_for(database.path)
    await start(database, settings, folder)
    with (folder / "ladder.toml").open("a", encoding="utf-8") as file:
        file.write("\n# another word\n")
    assert (await start(database, settings, folder))[-1] == "ladder.toml"


async def test_of_a_secret_only_whether_there_is_one_is_kept(database: Database, folder: Path) -> None:
    settings = settings_for(database.path)
    await start(database, settings, folder)
    with_token = settings.model_copy(update={"telegram_token": SecretStr(TOKEN)})
    assert (await start(database, with_token, folder))[-1] == "NHACVIEC_TELEGRAM_TOKEN"
    other = settings.model_copy(update={"telegram_token": SecretStr(TOKEN[::-1])})
    assert len(await start(database, other, folder)) == 2
    assert TOKEN.encode() not in database.path.read_bytes()
