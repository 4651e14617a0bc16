"""Nobody else on the machine reads what the program writes, and `doctor` tells where somebody could."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.app.file_modes import wide_files

ROOT = Path(__file__).parents[3]


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command line under a umask that lets everybody read."""
    database = f"sqlite+aiosqlite:///{folder}/nhacviec.db"
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        env={**os.environ, "NHACVIEC_DATABASE_URL": database, "PYTHONPATH": str(ROOT)},
        cwd=folder,
        umask=0o022,
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_the_program_makes_can_be_read_by_its_own_user_alone(tmp_path: Path) -> None:
    told = run(tmp_path, "invite", "--unit", "Sở Nội vụ", "--role", "focal", "--out", "codes.xlsx")
    assert told.returncode != 2, told.stderr
    run(tmp_path, "unit", "list")
    made = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert "nhacviec.db" in made
    assert set(made.values()) == {0o600}, made


def test_files_that_others_may_read_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    database = tmp_path / "nhacviec.db"
    for name in ("nhacviec.db", "nhacviec.db-wal", ".env", "nhacviec.db.lock"):
        (tmp_path / name).touch(mode=0o600)
    (tmp_path / "nhacviec.db.files").mkdir(mode=0o700)
    assert wide_files(database) == []
    (tmp_path / "nhacviec.db-wal").chmod(0o644)
    (tmp_path / "nhacviec.db.files").chmod(0o750)
    (tmp_path / ".env").chmod(0o604)
    assert wide_files(database) == sorted(
        tmp_path / name for name in ("nhacviec.db-wal", "nhacviec.db.files", ".env")
    )
