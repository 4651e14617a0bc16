"""`nhacviec unit`: what an import shows before it stores, and units that end and are there again."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.command_context import Failed
from bot.cli.main import app
from tests.cast import LEADING, PLAN, SUPPORTING

Nhacviec = Callable[..., Result]
HEAD = "name,abbreviation,spellings,tags,standing\n"
TEA = "Ban Chè Hà Khê"


@pytest.fixture
def nhacviec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Nhacviec:
    """The command line on a database of its own, on 4 May 2026."""
    monkeypatch.setenv("NHACVIEC_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/nhacviec.db")
    monkeypatch.setenv("NHACVIEC_LANGUAGE", "vi")
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")

    def run(*words: str, answer: str | None = None) -> Result:
        at = ("--as-of", "2026-05-04T09:00+07:00")
        typed = [*at, *(w.replace("@", f"{tmp_path}/") for w in words)]
        return CliRunner().invoke(app, typed, input=answer)

    return run


def table(tmp_path: Path, rows: str, name: str = "units.csv") -> str:
    (tmp_path / name).write_text(HEAD + rows, encoding="utf-8")
    return f"@{name}"


def unit(nhacviec: Nhacviec, name: str) -> dict[str, object] | None:
    rows = json.loads(nhacviec("unit", "list", "--json").stdout)
    return next((row for row in rows if row["name"] == name), None)


def test_what_is_added_changed_and_left_is_shown_before_it_is_stored(
    nhacviec: Nhacviec, tmp_path: Path
) -> None:
    file = table(tmp_path, f"{TEA},BC,,ban-nganh,local\nSở Nội vụ,,Sở NV Hà Khê,,\nSở Y tế,,,,\n")
    refused = nhacviec("unit", "import", file, answer="n\n")
    for words in (
        f"+ {TEA}",
        "~ Sở Nội vụ: spellings + Sở NV Hà Khê",
        "Thêm 1, đổi 1, giữ nguyên 1",
        "Chưa lưu",
    ):
        assert words in refused.output
    assert unit(nhacviec, TEA) is None
    stored = nhacviec("unit", "import", file, answer="y\n")
    assert "Đã lưu 2 đơn vị" in stored.output
    found = unit(nhacviec, TEA)
    assert found is not None
    assert found["tags"] == ["ban-nganh"]
    again = nhacviec("unit", "import", file)
    assert "Thêm 0, đổi 0, giữ nguyên 3" in again.output
    assert again.exit_code == 0


def test_a_script_must_say_yes(nhacviec: Nhacviec, tmp_path: Path) -> None:
    silent = nhacviec("unit", "import", table(tmp_path, f"{TEA},,,,\n"))
    assert silent.exit_code == 1
    assert isinstance(silent.exception, Failed)
    assert "--yes" in str(silent.exception)
    assert unit(nhacviec, TEA) is None
    assert nhacviec("unit", "import", "--yes", "@units.csv").exit_code == 0
    assert unit(nhacviec, TEA) is not None


def test_the_changes_as_data(nhacviec: Nhacviec, tmp_path: Path) -> None:
    shown = json.loads(nhacviec("unit", "import", table(tmp_path, f"{TEA},,,,\n"), "--yes", "--json").stdout)
    assert [row["name"] for row in shown["added"]] == [TEA]
    assert (shown["changed"], shown["unchanged"]) == ([], [])


def test_an_import_with_empty_cells_takes_nothing_away(nhacviec: Nhacviec, tmp_path: Path) -> None:
    nhacviec("unit", "import", "--yes", table(tmp_path, f"{TEA},BC,Ban Chè,ban-nganh,party\n"))
    before = unit(nhacviec, TEA)
    (tmp_path / "names.csv").write_text(f"name\n{TEA}\nSở Y tế\n", encoding="utf-8")
    assert nhacviec("unit", "import", "--yes", "@names.csv").exit_code == 0
    assert unit(nhacviec, TEA) == before


def test_a_new_name_that_is_anothers_spelling_is_told(nhacviec: Nhacviec, tmp_path: Path) -> None:
    shown = nhacviec("unit", "import", table(tmp_path, "So Noi vu,,,,\n"), answer="n\n")
    assert "tên này đang là cách gọi của Sở Nội vụ" in shown.output


def test_a_unit_ends_and_is_there_again(nhacviec: Nhacviec, tmp_path: Path) -> None:
    nhacviec("unit", "import", "--yes", table(tmp_path, f"{TEA},,,,\n"))
    assert "thôi hoạt động" in nhacviec("unit", "remove", TEA).stdout
    found = unit(nhacviec, TEA)
    assert found is not None
    assert found["until"] == "2026-05-03"
    assert "đến 03/05/2026" in nhacviec("unit", "list").stdout
    assert "từ trước" in str(nhacviec("unit", "remove", TEA).exception)
    assert "hoạt động trở lại" in nhacviec("unit", "restore", TEA).stdout
    assert "không cần lấy lại" in str(nhacviec("unit", "restore", TEA).exception)
    found = unit(nhacviec, TEA)
    assert found is not None
    assert found["until"] is None


def test_a_unit_with_work_ends_only_where_somebody_takes_it_over(nhacviec: Nhacviec) -> None:
    assert nhacviec("plan", "import", "@plan.txt").exit_code == 0
    refused = nhacviec("unit", "remove", LEADING)
    assert refused.exit_code == 1
    assert "việc chưa xong" in str(refused.exception)
    assert "một đơn vị khác" in str(nhacviec("unit", "remove", LEADING, "--successor", LEADING).exception)
    assert SUPPORTING in nhacviec("unit", "remove", LEADING, "--successor", SUPPORTING).stdout
    found = unit(nhacviec, LEADING)
    assert found is not None
    assert found["successor"] == SUPPORTING


def test_what_the_shipped_register_has_stays_ended(nhacviec: Nhacviec) -> None:
    nhacviec("unit", "remove", "Sở Y tế")
    for _ in range(2):  # each command follows the register file anew
        found = unit(nhacviec, "Sở Y tế")
        assert found is not None
        assert found["until"] == "2026-05-03"


def test_an_unknown_unit_and_a_broken_file_are_told(nhacviec: Nhacviec, tmp_path: Path) -> None:
    assert "Không có đơn vị" in str(nhacviec("unit", "remove", "Sở Trời").exception)
    (tmp_path / "bad.xlsx").write_bytes(b"PK\x03\x04 nothing")
    assert "bad.xlsx bị hỏng" in str(nhacviec("unit", "import", "@bad.xlsx").exception)


def test_the_right_to_import_units_is_given_to_some_coordinators_or_to_all(nhacviec: Nhacviec) -> None:
    assert "Người tổng hợp nào cũng" in nhacviec("unit", "keepers").stdout
    assert LEADING in nhacviec("unit", "keepers", LEADING).stdout
    assert json.loads(nhacviec("unit", "keepers", "--json").stdout) == [LEADING]
    assert "Người tổng hợp nào cũng" in nhacviec("unit", "keepers", "--everyone").stdout
