"""`nhacviec backup-key`, and a backup with a key: sealed, and brought back with the secret key alone."""

import asyncio
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.main import app
from config.settings import BadValues
from tests.cast import PLAN
from tests.postgres_server import PostgresServer

ON_DAY = ["--as-of", "2026-05-04T09:00+07:00"]


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def made_key(file: Path) -> str:
    """Let the command make a pair; return the public key that it names."""
    made = run("backup-key", str(file))
    assert made.exit_code == 0, made.exception
    return made.stdout.split("NHACVIEC_BACKUP_KEY=")[1].strip()


@pytest.fixture(params=["sqlite", "postgresql"])
def home(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: PostgresServer
) -> Path:
    """A folder with a database in use and evidence; `where` names the folder of its data."""
    monkeypatch.setenv("NHACVIEC_LANGUAGE", "vi")
    folder = tmp_path
    if request.param == "postgresql":
        place = asyncio.run(server.new())
        folder = place.folder
        monkeypatch.setenv("NHACVIEC_DATABASE_URL", place.url)
        monkeypatch.setenv("NHACVIEC_DATA_FOLDER", str(folder))
    else:
        monkeypatch.setenv("NHACVIEC_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/nhacviec.db")
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    assert run(*ON_DAY, "plan", "import", f"{tmp_path}/plan.txt").exit_code == 0
    (folder / "nhacviec.db.files" / "ab").mkdir(parents=True)
    (folder / "nhacviec.db.files" / "ab" / "abcd").write_bytes(b"%PDF chung")
    (tmp_path / "where").symlink_to(folder)
    return tmp_path


def test_a_sealed_backup_comes_back_with_its_key_alone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHACVIEC_BACKUP_KEY", made_key(home / "key"))
    before, data = run(*ON_DAY, "status", "--json").stdout, home / "where"
    assert run("backup", f"{home}/kept").exit_code == 0
    (sealed,) = (home / "kept").iterdir()
    assert sealed.name == "nhacviec.db.tar.age"
    assert "Ngoại vụ".encode() not in sealed.read_bytes()
    (data / "nhacviec.db.files" / "ab" / "abcd").unlink()
    made_key(home / "other-key")
    for words, why in (
        ((), "--key"),
        (("--key", f"{home}/other-key"), "không mở được"),
        (("--key", f"{home}/plan.txt"), "không có khóa bí mật"),
        (("--key", f"{home}/nowhere"), "nowhere"),
    ):
        refused = run("restore", f"{home}/kept", "--force", *words)
        assert (refused.exit_code, why in str(refused.exception)) == (1, True), (words, refused.exception)
    done = run("restore", f"{home}/kept", "--force", "--key", f"{home}/key")
    assert done.exit_code == 0, done.exception
    assert run(*ON_DAY, "status", "--json").stdout == before
    assert (data / "nhacviec.db.files" / "ab" / "abcd").read_bytes() == b"%PDF chung"
    assert [path.name for path in data.iterdir() if "sealed" in path.name or "to-seal" in path.name] == []


def test_the_secret_key_is_for_its_owner_and_written_over_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NHACVIEC_LANGUAGE", "vi")
    assert made_key(tmp_path / "key").startswith("age1")
    written = (tmp_path / "key").read_text()
    assert ((tmp_path / "key").stat().st_mode & 0o077, "AGE-SECRET-KEY-1" in written) == (0, True)
    assert run("backup-key", f"{tmp_path}/key").exit_code == 1
    assert (tmp_path / "key").read_text() == written


def test_a_secret_key_in_the_place_of_the_public_one_is_refused_and_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_key(tmp_path / "key")
    secret = (tmp_path / "key").read_text().splitlines()[-1]
    monkeypatch.setenv("NHACVIEC_BACKUP_KEY", secret)
    refused = run("backup", f"{tmp_path}/kept")
    assert isinstance(refused.exception, BadValues)
    assert ("NHACVIEC_BACKUP_KEY: public_key", secret in str(vars(refused.exception))) == (
        str(refused.exception),
        False,
    )
