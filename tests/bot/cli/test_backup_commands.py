"""`nhacviec backup`: a whole copy, readable for its owner alone, without the key."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.main import app
from tests.cast import PLAN


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
