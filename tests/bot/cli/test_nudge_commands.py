"""`nhacviec nudges`: what went out on a day, and what would; the second changes nothing."""

import asyncio
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.command_context import Failed
from bot.cli.main import app
from tests.cast import LEADING, SUPPORTING, open_stage

Nhacviec = Callable[..., Result]


@pytest.fixture
def nhacviec(furnished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Nhacviec:
    """The command line on the cast's database, on the morning of 1 June 2026."""
    path = tmp_path / "nhacviec.db"
    shutil.copy(furnished, path)
    monkeypatch.setenv("NHACVIEC_DATABASE_URL", f"sqlite+aiosqlite:///{path}")
    monkeypatch.setenv("NHACVIEC_LANGUAGE", "vi")

    def run(*words: str, at: str = "2026-06-01T07:00") -> Result:
        return CliRunner().invoke(app, ["--as-of", f"{at}+07:00", *words])

    return run


def seal(folder: Path) -> dict[str, str]:
    """The hash of every file of the database; whoever reads it in WAL mode leaves an empty log beside it."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.glob("nhacviec.db*"))
        if path.suffix != ".db-shm" and path.stat().st_size
    }


def heard(told: Result) -> dict[str, dict[str, object]]:
    assert told.exit_code == 0, told.output
    return {load["person"]: load for load in json.loads(told.stdout) if load["kind"] == "daily"}


def test_a_preview_tells_who_would_hear_what_and_changes_no_file(nhacviec: Nhacviec, tmp_path: Path) -> None:
    before = seal(tmp_path)
    told = nhacviec("nudges", "preview", "--on", "2026-06-01", "--json")
    assert seal(tmp_path) == before
    found = heard(told)
    assert set(found) == {"Trần Minh Quân", "Bùi Quốc Toản"}
    quan = found["Trần Minh Quân"]
    assert (quan["units"], quan["role"], quan["state"]) == ([LEADING], "focal", "sent")
    assert "Báo cáo 6 tháng đầu năm 2026" in str(quan["text"])


def test_a_day_to_come_is_told_as_if_the_days_before_had_passed(nhacviec: Nhacviec, tmp_path: Path) -> None:
    """Monday the 15th is the due date: the leader hears it too; Friday the 5th is no rung of anything."""
    before = seal(tmp_path)
    on_the_day = heard(nhacviec("nudges", "preview", "--on", "2026-06-15", "--json"))
    assert set(on_the_day) == {"Trần Minh Quân", "Vũ Đình Lâm", "Bùi Quốc Toản"}
    assert heard(nhacviec("nudges", "preview", "--on", "2026-06-05", "--json")) == {}
    assert seal(tmp_path) == before


def test_a_preview_reads_as_lines_too(nhacviec: Nhacviec) -> None:
    told = nhacviec("nudges", "preview", "--on", "2026-06-15")
    assert f"daily\tsent\tBùi Quốc Toản\t{SUPPORTING}" in told.stdout
    assert "Hôm nay (15/6) đến hạn." in told.stdout


def test_a_day_that_has_passed_cannot_be_foreseen(nhacviec: Nhacviec) -> None:
    told = nhacviec("nudges", "preview", "--on", "2026-05-31")
    assert told.exit_code == 1
    assert isinstance(told.exception, Failed)


def test_what_went_out_on_a_day_is_one_array(nhacviec: Nhacviec, tmp_path: Path) -> None:
    async def morning() -> None:
        stage = await open_stage(tmp_path / "nhacviec.db", "2026-06-01 08:00")
        await stage.program.tick()
        await stage.database.close()

    asyncio.run(morning())
    found = heard(nhacviec("nudges", "--json", "--on", "2026-06-01"))
    assert set(found) == {"Trần Minh Quân", "Bùi Quốc Toản"}
    toan = found["Bùi Quốc Toản"]
    assert (toan["channel"], toan["state"], toan["attempts"]) == ("memory", "sent", 1)
    assert str(toan["sent_at"]).startswith("2026-06-01T01:00:00")
    assert toan["answered_at"] is None
    assert json.loads(nhacviec("nudges", "--json", "--on", "2026-06-02").stdout) == []
    assert "Bùi Quốc Toản" in nhacviec("nudges", "--on", "2026-06-01").stdout
