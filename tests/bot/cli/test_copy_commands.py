"""`nhacviec copy`: from a file to a server, and every refusal in one sentence."""

import asyncio
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.main import app
from config.database_url import ServerDatabase
from tests.cast import PLAN
from tests.postgres_server import PostgresServer

ON_DAY = ["--as-of", "2026-05-04T09:00+07:00"]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database file in use, with evidence and a key beside it."""
    monkeypatch.setenv("NHACVIEC_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/nhacviec.db")
    monkeypatch.setenv("NHACVIEC_LANGUAGE", "vi")
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    assert run(*ON_DAY, "plan", "import", f"{tmp_path}/plan.txt").exit_code == 0
    evidence = tmp_path / "nhacviec.db.files" / "ab"
    evidence.mkdir(parents=True)
    (evidence / "abcd").write_bytes(b"%PDF")
    (tmp_path / "nhacviec.db.audit-key").write_text("secret")
    return tmp_path / "nhacviec.db"


@pytest.fixture
def place(server: PostgresServer) -> ServerDatabase:
    return asyncio.run(server.new())


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def test_after_the_move_the_program_says_the_same(
    file: Path, place: ServerDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = run(*ON_DAY, "status", "--json").stdout
    moved = run("copy", "--to", place.url, "--to-folder", str(place.folder))
    assert (moved.exit_code, "khớp" in moved.stdout) == (0, True), moved.exception
    assert place.url.split(":")[2].split("@")[0] not in moved.output
    assert (place.folder / "nhacviec.db.files/ab/abcd").read_bytes() == b"%PDF"
    assert (place.folder / "nhacviec.db.audit-key").read_text() == "secret"
    file.unlink()
    monkeypatch.setenv("NHACVIEC_DATABASE_URL", place.url)
    monkeypatch.setenv("NHACVIEC_DATA_FOLDER", str(place.folder))
    after = run(*ON_DAY, "status", "--json")
    assert (after.exit_code, after.stdout) == (0, before)
    assert run("audit", "verify").exit_code == 0


def test_a_second_move_onto_the_same_is_refused(file: Path, place: ServerDatabase) -> None:
    assert run("copy", "--to", place.url, "--to-folder", str(place.folder)).exit_code == 0
    again = run("copy", "--to", place.url, "--to-folder", str(place.folder))
    assert (again.exit_code, "không ghi đè" in str(again.exception)) == (1, True)


@pytest.mark.parametrize(
    ("to", "sentence"),
    [("mysql://x", "phải có dạng"), ("sqlite+aiosqlite:///{file}", "trùng với cơ sở dữ liệu đang dùng")],
)
def test_a_target_that_cannot_be_is_told(file: Path, to: str, sentence: str) -> None:
    refused = run("copy", "--to", to.format(file=file))
    assert (refused.exit_code, sentence in str(refused.exception)) == (1, True)
