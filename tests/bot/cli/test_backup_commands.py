"""`nhacviec backup`: a whole copy, readable for its owner alone, without the key."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.main import app
from storage.common import backup as backup_of_storage
from storage.common.backup import BackupDiffers
from tests.cast import PLAN
from tests.postgres_server import PostgresServer


def test_a_copy_has_all_but_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHACVIEC_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/nhacviec.db")
    monkeypatch.setenv("NHACVIEC_LANGUAGE", "vi")
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    runner, copy = CliRunner(), tmp_path / "kept" / "2026-06-01"
    on_day = ["--as-of", "2026-05-04T09:00+07:00"]
    assert runner.invoke(app, ["backup", str(copy)]).exit_code == 1
    assert runner.invoke(app, [*on_day, "plan", "import", f"{tmp_path}/plan.txt"]).exit_code == 0
    (tmp_path / "nhacviec.db.audit-key").write_text("secret")
    (tmp_path / "nhacviec.db.audit-anchors").write_text("{}\n")
    evidence = tmp_path / "nhacviec.db.files" / "ab"
    evidence.mkdir(parents=True)
    (evidence / "abcd").write_bytes(b"%PDF")

    done = runner.invoke(app, ["backup", str(copy)])
    assert (done.exit_code, "2 tệp đi kèm" in done.stdout) == (0, True)
    names = {str(path.relative_to(copy)) for path in copy.rglob("*") if path.is_file()}
    assert names == {"nhacviec.db", "nhacviec.db.audit-anchors", "nhacviec.db.files/ab/abcd"}
    assert [path.stat().st_mode & 0o077 for path in (copy, copy / "nhacviec.db")] == [0, 0]
    with closing(sqlite3.connect(copy / "nhacviec.db")) as file:
        assert file.execute("SELECT number FROM plan").fetchall() == [("33/KH-UBND",)]
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)

    again = runner.invoke(app, ["backup", str(copy)])
    assert again.exit_code == 1
    assert "không trống" in str(again.exception)
    with closing(sqlite3.connect(tmp_path / "nhacviec.db")) as file:
        (noted,) = file.execute("SELECT value FROM fact WHERE name = 'backed_up_at'").fetchall()
    assert noted[0][:4].isdigit()


def test_a_server_is_backed_up_and_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: PostgresServer
) -> None:
    place = asyncio.run(server.new())
    monkeypatch.setenv("NHACVIEC_DATABASE_URL", place.url)
    monkeypatch.setenv("NHACVIEC_DATA_FOLDER", str(place.folder))
    monkeypatch.setenv("NHACVIEC_LANGUAGE", "vi")
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    (place.folder / "nhacviec.db.audit-anchors").write_text("{}\n")
    runner, on_day = CliRunner(), ["--as-of", "2026-05-04T09:00+07:00"]
    assert runner.invoke(app, [*on_day, "plan", "import", f"{tmp_path}/plan.txt"]).exit_code == 0
    for folder, noted_before in (("one", 0), ("two", 1)):
        done = runner.invoke(app, ["backup", str(tmp_path / folder)])
        assert (done.exit_code, "1 tệp đi kèm" in done.stdout) == (0, True), done.exception
        with closing(sqlite3.connect(tmp_path / folder / "nhacviec.db")) as file:
            assert file.execute("SELECT number FROM plan").fetchall() == [("33/KH-UBND",)]
            noted = file.execute("SELECT count(*) FROM fact WHERE name = 'backed_up_at'").fetchone()
            assert noted == (noted_before,)


def test_a_backup_that_differs_is_not_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise BackupDiffers

    monkeypatch.setenv("NHACVIEC_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/nhacviec.db")
    monkeypatch.setenv("NHACVIEC_LANGUAGE", "vi")
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    on_day = ["--as-of", "2026-05-04T09:00+07:00"]
    assert CliRunner().invoke(app, [*on_day, "plan", "import", f"{tmp_path}/plan.txt"]).exit_code == 0
    monkeypatch.setattr(backup_of_storage, "_ask_sound", refuse)
    done = CliRunner().invoke(app, ["backup", str(tmp_path / "copy")])
    assert (done.exit_code, "không khớp" in str(done.exception)) == (1, True)
    assert list((tmp_path / "copy").iterdir()) == []
    with closing(sqlite3.connect(tmp_path / "nhacviec.db")) as file:
        assert file.execute("SELECT 1 FROM fact WHERE name = 'backed_up_at'").fetchall() == []
