"""`nhacviec plan`: what the commands print, and their exit status."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.command_context import Failed
from bot.cli.main import app
from bot.cli.plan_import_commands import STAYS_DRAFT
from config.texts import load_texts
from documents.reading.safely import MOST_BYTES
from tests.cast import PLAN

Nhacviec = Callable[..., Result]


@pytest.fixture
def nhacviec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Nhacviec:
    """The command line on a database of its own, on 4 May 2026."""
    monkeypatch.setenv("NHACVIEC_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/nhacviec.db")
    monkeypatch.setenv("NHACVIEC_LANGUAGE", "vi")
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    later = PLAN.replace("15/6 và 15/11", "22/6 và 15/11")
    (tmp_path / "later.txt").write_text(later, encoding="utf-8")

    def run(*words: str) -> Result:
        at = ("--as-of", "2026-05-04T09:00+07:00")
        return CliRunner().invoke(app, [*at, *(w.replace("@", f"{tmp_path}/") for w in words)])

    return run


def test_a_later_version_is_only_shown_until_amend_is_said(nhacviec: Nhacviec) -> None:
    assert nhacviec("plan", "import", "@plan.txt").exit_code == 0
    shown = nhacviec("plan", "import", "@later.txt")
    assert "thêm 0, bỏ 0, đổi 1" in shown.output
    assert "hạn 15/6/2026, 15/11/2026 → 22/6/2026, 15/11/2026" in shown.output
    assert shown.exit_code == 1
    assert isinstance(shown.exception, Failed)
    assert "--amend" in str(shown.exception)
    assert "không có gì thay đổi" in nhacviec("plan", "import", "@plan.txt").output
    applied = nhacviec("plan", "import", "@later.txt", "--amend")
    assert applied.exit_code == 0
    assert "3 việc đổi hạn" in applied.output
    assert "không có gì thay đổi" in nhacviec("plan", "import", "@later.txt", "--amend").output


def test_the_changes_are_printed_as_data(nhacviec: Nhacviec) -> None:
    nhacviec("plan", "import", "@plan.txt")
    told = json.loads(nhacviec("plan", "import", "@later.txt", "--amend", "--json").stdout)
    assert told["applied"] is True
    assert told["changes"]["kept"] == 6
    (change,) = told["changes"]["changed"]
    assert change["was"]["due"] == ["2026-06-15", "2026-11-15"]
    assert change["is"]["due"] == ["2026-06-22", "2026-11-15"]


def test_a_plan_is_rolled_over_once_a_year(nhacviec: Nhacviec) -> None:
    nhacviec("plan", "import", "@plan.txt")
    assert "năm 2027" in nhacviec("plan", "rollover", "1").output
    told = json.loads(nhacviec("plan", "rollover", "1", "--json").stdout)
    assert (told["id"], told["state"], told["new"], told["year"]) == (2, "draft", False, 2027)


@pytest.mark.parametrize(
    ("words", "why"),
    [(("7",), "Không có kế hoạch số 7"), (("1", "--year", "2026"), "--year"), (("2",), "chưa được xác nhận")],
)
def test_what_cannot_be_rolled_over_is_told(nhacviec: Nhacviec, words: tuple[str, ...], why: str) -> None:
    nhacviec("plan", "import", "@plan.txt")
    nhacviec("plan", "rollover", "1")
    refused = nhacviec("plan", "rollover", *words)
    assert refused.exit_code == 1
    assert why in str(refused.exception)


def test_the_window_of_figures_is_chosen_for_all_rules_or_one(nhacviec: Nhacviec) -> None:
    nhacviec("plan", "import", "@plan.txt")
    assert "\tdecree\t" in nhacviec("plan", "window", "1").output
    assert "1 chế độ báo cáo tính theo lịch" in nhacviec("plan", "window", "1", "calendar").output
    (rule,) = json.loads(nhacviec("plan", "window", "1", "--json").stdout)
    assert rule["window"] == "calendar"
    back = nhacviec("plan", "window", "1", "decree", "--rule", str(rule["rule"]))
    assert "Điều 12 Nghị định 09/2019/NĐ-CP" in back.output
    assert "không có chế độ báo cáo số 99" in str(
        nhacviec("plan", "window", "1", "decree", "--rule", "99").exception
    )


PROGRAMME = PLAN.replace("trước ngày 15/6 và 15/11 năm 2026", "theo quy định")


def test_a_plan_without_dates_goes_live_with_the_rhythm_that_is_asked_for(
    nhacviec: Nhacviec, tmp_path: Path
) -> None:
    (tmp_path / "programme.txt").write_text(PROGRAMME, encoding="utf-8")
    kept = nhacviec("plan", "import", "@programme.txt")
    assert kept.exit_code == STAYS_DRAFT
    assert "bản nháp" in kept.output
    assert "--reports" in kept.output
    live = json.loads(nhacviec("plan", "import", "@programme.txt", "--reports", "quarterly", "--json").stdout)
    assert (live["state"], live["imported"]) == ("live", False)
    days = {unit["unit"]: [day for day in unit["dates"] if day.endswith("-15")] for unit in live["asked"]}
    expected = ["2026-06-15", "2026-09-15", "2026-12-15"]
    assert days == dict.fromkeys(("Sở Ngoại vụ", "Sở Công Thương", "Sở Y tế"), expected)


@pytest.mark.parametrize(
    ("words", "first"), [("20/7, 20/10", "2026-07-20"), ("decree", "2026-06-15"), ("yearly", "2026-12-15")]
)
def test_the_days_may_be_typed_or_named(nhacviec: Nhacviec, tmp_path: Path, words: str, first: str) -> None:
    (tmp_path / "programme.txt").write_text(PROGRAMME, encoding="utf-8")
    live = json.loads(nhacviec("plan", "import", "@programme.txt", "--reports", words, "--json").stdout)
    assert live["state"] == "live"
    assert [unit["dates"][0] for unit in live["asked"] if unit["unit"] == "Sở Y tế"] == [first]


def test_a_rhythm_that_is_none_keeps_nothing(nhacviec: Nhacviec, tmp_path: Path) -> None:
    (tmp_path / "programme.txt").write_text(PROGRAMME, encoding="utf-8")
    wrong = nhacviec("plan", "import", "@programme.txt", "--reports", "khi rảnh")
    assert wrong.exit_code == 1
    assert "khi rảnh" in str(wrong.exception)
    assert json.loads(nhacviec("plan", "list", "--json").stdout) == []


def test_a_plan_with_unread_passages_stays_a_draft_until_they_are_waved_through(
    nhacviec: Nhacviec, tmp_path: Path
) -> None:
    unclear = "Bảo đảm nguồn nước tưới cho vùng chè trong mùa khô"
    text = PLAN.replace("1. Sở Ngoại vụ:", f"{unclear}.\n\n1. Sở Ngoại vụ:")
    (tmp_path / "unclear.txt").write_text(text, encoding="utf-8")
    kept = nhacviec("plan", "import", "@unclear.txt")
    assert kept.exit_code == STAYS_DRAFT
    assert nhacviec("plan", "import", "@unclear.txt", "--draft", "--json").exit_code == 0
    for words in ("1 đoạn", unclear, "không rõ giao cho ai", "bản nháp", "--with-unread"):
        assert words in kept.output, words
    assert json.loads(nhacviec("plan", "list", "--json").stdout)[0]["state"] == "draft"
    live = json.loads(nhacviec("plan", "import", "@unclear.txt", "--with-unread", "--json").stdout)
    assert live["state"] == "live"
    assert [passage["why"] for passage in live["unread"]] == ["no_owner"]


NAMELESS = PLAN.replace("Số: 33/KH-UBND", "Số:     /KH-UBND").replace("30/6/2026", "20/6/2026")


@pytest.mark.parametrize(("words", "plans"), [(("--as-version", "--amend"), 1), (("--as-new",), 2)])
def test_a_plan_that_is_much_like_another_is_kept_when_it_is_said_which_it_is(
    nhacviec: Nhacviec, tmp_path: Path, words: tuple[str, ...], plans: int
) -> None:
    (tmp_path / "nameless.txt").write_text(NAMELESS, encoding="utf-8")
    nhacviec("plan", "import", "@plan.txt")
    refused = nhacviec("plan", "import", "@nameless.txt")
    assert refused.exit_code == 1
    assert "--as-version" in str(refused.exception)
    assert len(json.loads(nhacviec("plan", "list", "--json").stdout)) == 1
    assert nhacviec("plan", "import", "@nameless.txt", *words).exit_code == 0
    listed = json.loads(nhacviec("plan", "list", "--json").stdout)
    assert [plan["state"] for plan in listed] == ["live"] * plans


def test_a_plan_of_another_number_with_the_same_duties_is_told(nhacviec: Nhacviec, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text(PLAN.replace("33/KH", "41/KH"), encoding="utf-8")
    nhacviec("plan", "import", "@plan.txt")
    told = nhacviec("plan", "import", "@other.txt")
    assert told.exit_code == 0
    assert "giống kế hoạch đã có 33/KH-UBND" in told.output


@pytest.mark.parametrize("command", [("read",), ("import",)])
def test_a_file_beyond_the_limits_of_the_chat_is_refused_here_too(
    nhacviec: Nhacviec, command: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "plan.xlsx").write_bytes(bytes(MOST_BYTES + 1))
    refused = nhacviec("plan", *command, "@plan.xlsx")
    assert isinstance(refused.exception, Failed)
    assert str(refused.exception) == load_texts("vi")("unreadable.too_big", name="plan.xlsx").striptags()
