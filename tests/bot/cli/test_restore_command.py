"""`nhacviec restore`: from a backup to a file or a server, and what it refuses."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from typer.testing import CliRunner, Result

from bot.cli.main import app
from storage.database import migrate
from storage.database.sqlite_database import FileLock
from tests.cast import PLAN
from tests.postgres_server import PostgresServer

ON_DAY = ["--as-of", "2026-05-04T09:00+07:00"]


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a database in use, evidence, anchors, and a backup of these in `kept`."""
    monkeypatch.setenv("NHACVIEC_LANGUAGE", "vi")
    use(tmp_path / "nhacviec.db", monkeypatch)
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    assert run(*ON_DAY, "plan", "import", f"{tmp_path}/plan.txt").exit_code == 0
    evidence = tmp_path / "nhacviec.db.files" / "ab"
    evidence.mkdir(parents=True)
    (evidence / "abcd").write_bytes(b"%PDF")
    (tmp_path / "nhacviec.db.audit-anchors").write_text("then\n")
    assert run("backup", f"{tmp_path}/kept").exit_code == 0
    return tmp_path


def use(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHACVIEC_DATABASE_URL", f"sqlite+aiosqlite:///{path}")


def execute(path: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        return file.execute(statement).fetchall()


def test_a_backup_comes_back_into_a_new_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = run(*ON_DAY, "status", "--json").stdout
    new = home / "elsewhere" / "other.db"
    use(new, monkeypatch)
    done = run("restore", f"{home}/kept")
    assert done.exit_code == 0, done.exception
    assert "1 kế hoạch" in done.stdout
    assert "2 tệp đi kèm" in done.stdout
    assert "04/05/2026 09:0" in done.stdout
    assert "Khi khởi động, 0 người" in done.stdout
    assert (home / "elsewhere" / "other.db.files/ab/abcd").read_bytes() == b"%PDF"
    assert (home / "elsewhere" / "other.db.audit-anchors").read_text() == "then\n"
    assert [path.name for path in new.parent.iterdir() if ".restored" in path.name] == []
    assert new.stat().st_mode & 0o077 == 0
    assert run(*ON_DAY, "status", "--json").stdout == before


def test_it_is_told_in_the_audit_which_stays_whole(home: Path) -> None:
    (home / "kept" / "nhacviec.db.audit-anchors").unlink()  # those of the fixture are none
    lines = execute(home / "nhacviec.db", "SELECT count(*) FROM audit")
    assert run("restore", f"{home}/kept", "--force").exit_code == 0
    listed = run("audit", "list").stdout.splitlines()
    assert (len(listed), "phục hồi từ bản sao lưu" in listed[-1]) == (int(str(lines[0][0])) + 1, True)
    chain = execute(home / "nhacviec.db", "SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1")
    assert run("audit", "verify", "--head", f"{chain[0][0]}:{chain[0][1]}").exit_code == 0


def test_a_move_tells_nobody_and_gives_the_next_id(home: Path) -> None:
    done = run("restore", f"{home}/kept", "--force", "--nothing-lost")
    assert "không báo cho ai" in done.stdout
    highest = execute(home / "nhacviec.db", "SELECT max(seq) FROM sqlite_sequence")[0][0]
    assert int(str(highest)) < 1_000_000
    assert run("restore", f"{home}/kept", "--force").exit_code == 0
    assert execute(home / "nhacviec.db", "SELECT min(seq) FROM sqlite_sequence")[0][0] == 1_000_000


def test_data_are_written_over_with_force_alone(home: Path) -> None:
    database = home / "nhacviec.db"
    execute(database, "UPDATE plan SET number = '99/KH-UBND'")
    (home / "nhacviec.db.audit-anchors").write_text("later\n")
    refused = run("restore", f"{home}/kept")
    assert (refused.exit_code, "--force" in str(refused.exception)) == (1, True)
    assert execute(database, "SELECT number FROM plan") == [("99/KH-UBND",)]
    done = run("restore", f"{home}/kept", "--force")
    assert done.exit_code == 0, done.exception
    assert execute(database, "SELECT number FROM plan") == [("33/KH-UBND",)]
    assert (home / "nhacviec.db.audit-anchors").read_text() == "then\n"
    assert (home / "nhacviec.db.audit-anchors.replaced").read_text() == "later\n"


def test_a_damaged_database_is_replaced_with_force_alone(home: Path) -> None:
    database = home / "nhacviec.db"
    database.write_bytes(b"rubbish" * 1000)
    (home / "nhacviec.db-wal").write_bytes(b"left over")
    assert run("restore", f"{home}/kept").exit_code == 1
    assert run("restore", f"{home}/kept", "--force").exit_code == 0
    assert execute(database, "SELECT number FROM plan") == [("33/KH-UBND",)]


def test_it_waits_until_the_program_is_stopped(home: Path) -> None:
    with FileLock(home / "nhacviec.db"):
        refused = run("restore", f"{home}/kept", "--force")
    assert (refused.exit_code, "reason" in vars(refused.exception or ValueError())) == (1, True)
    assert vars(refused.exception or ValueError())["reason"] == "in_use"


def test_a_backup_that_is_none_changes_nothing(home: Path) -> None:
    database = home / "nhacviec.db"
    held = execute(database, "SELECT number FROM plan")
    (home / "kept" / "nhacviec.db").rename(home / "kept" / "nhacviec.db.part")
    for folder in ("kept", "nowhere"):
        refused = run("restore", f"{home}/{folder}", "--force")
        assert (refused.exit_code, "hoàn chỉnh" in str(refused.exception)) == (1, True)
    assert execute(database, "SELECT number FROM plan") == held


def test_a_damaged_or_newer_backup_changes_nothing(home: Path) -> None:
    database, kept = home / "nhacviec.db", home / "kept" / "nhacviec.db"
    held = execute(database, "SELECT number FROM plan")
    whole = kept.read_bytes()
    kept.write_bytes(whole[:4096] + b"x" * (len(whole) - 4096))
    assert run("restore", f"{home}/kept", "--force").exit_code == 1
    kept.write_bytes(whole)
    execute(kept, "UPDATE alembic_version SET version_num = '9999'")
    assert run("restore", f"{home}/kept", "--force").exit_code == 1
    assert execute(database, "SELECT number FROM plan") == held


def test_a_broken_audit_is_told(home: Path) -> None:
    kept = home / "kept" / "nhacviec.db"
    for (name,) in execute(
        kept, "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'"
    ):
        execute(kept, f"DROP TRIGGER {name}")
    execute(kept, "UPDATE audit SET what = 'khác' WHERE id = 1")
    done = run("restore", f"{home}/kept", "--force")
    assert (done.exit_code, "đứt từ dòng 1" in done.stdout) == (0, True)


def test_a_file_comes_back_onto_a_server_and_over_it(
    home: Path, monkeypatch: pytest.MonkeyPatch, server: PostgresServer
) -> None:
    before = run(*ON_DAY, "status", "--json").stdout
    place = asyncio.run(server.new())
    monkeypatch.setenv("NHACVIEC_DATABASE_URL", place.url)
    monkeypatch.setenv("NHACVIEC_DATA_FOLDER", str(place.folder))
    assert run("restore", f"{home}/kept").exit_code == 0
    refused = run("restore", f"{home}/kept")
    assert (refused.exit_code, "--force" in str(refused.exception)) == (1, True)
    done = run("restore", f"{home}/kept", "--force")
    assert done.exit_code == 0, done.exception
    assert run(*ON_DAY, "status", "--json").stdout == before
    assert (place.folder / "nhacviec.db.files/ab/abcd").read_bytes() == b"%PDF"


def test_an_older_backup_is_brought_up_to_date(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    older, new = home / "older" / "nhacviec.db", home / "new.db"
    older.parent.mkdir()
    config = migrate._config()
    config.set_main_option("sqlalchemy.url", f"sqlite:///{older}")
    command.upgrade(config, "0027")
    execute(older, "INSERT INTO fact (name, value) VALUES ('kept', 'yes')")
    use(new, monkeypatch)
    done = run("restore", f"{home}/older")
    assert done.exit_code == 0, done.exception
    assert execute(new, "SELECT value FROM fact WHERE name = 'kept'") == [("yes",)]
    assert execute(new, "SELECT version_num FROM alembic_version") > [("0027",)]
    assert execute(older, "SELECT version_num FROM alembic_version") == [("0027",)]
