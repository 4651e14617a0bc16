"""What `run` refuses before it begins."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.command_context import Failed
from bot.cli.main import app

SERVER = "postgresql+asyncpg://nhacviec:x@nowhere.example/nhacviec"


@pytest.mark.parametrize(
    ("role", "url", "told"),
    [
        ("work", "sqlite+aiosqlite:///nowhere.db", "PostgreSQL"),
        ("web", SERVER, "NHACVIEC_WEB_PORT"),
    ],
)
def test_a_role_without_what_it_needs_does_not_begin(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, role: str, url: str, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NHACVIEC_LANGUAGE", "vi")
    monkeypatch.setenv("NHACVIEC_TELEGRAM_TOKEN", "1:a")
    monkeypatch.setenv("NHACVIEC_DATABASE_URL", url)
    ended = CliRunner().invoke(app, ["run", "--role", role])
    assert isinstance(ended.exception, Failed), ended.output
    assert told in str(ended.exception)
