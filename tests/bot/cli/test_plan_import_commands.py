"""`nhacviec plan import`: dates by which nobody would be asked are asked about first."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.command_context import Failed
from bot.cli.main import app
from bot.cli.plan_import_commands import STAYS_DRAFT
from tests.cast import PLAN

Nhacviec = Callable[..., Result]


@pytest.fixture
def nhacviec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Nhacviec:
    """The command line on 3 August 2026: the duty of 30 June has passed, the report of November has not."""
    monkeypatch.setenv("NHACVIEC_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/nhacviec.db")
    monkeypatch.setenv("NHACVIEC_LANGUAGE", "vi")
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")

    def run(*words: str) -> Result:
        at = ("--as-of", "2026-08-03T09:00+07:00")
        return CliRunner().invoke(app, [*at, *(w.replace("@", f"{tmp_path}/") for w in words)])

    return run


def test_a_date_that_has_passed_keeps_a_draft(nhacviec: Nhacviec) -> None:
    kept = nhacviec("plan", "import", "@plan.txt")
    assert kept.exit_code == STAYS_DRAFT
    for words in ("Hạn 30/6/2026 đã qua", "gửi thư mời", "bản nháp", "--dates ask", "--dates keep"):
        assert words in kept.output, words
    assert json.loads(nhacviec("plan", "list", "--json").stdout)[0]["state"] == "draft"


def test_the_data_say_which_dates_they_are(nhacviec: Nhacviec) -> None:
    kept = nhacviec("plan", "import", "@plan.txt", "--json")
    assert kept.exit_code == STAYS_DRAFT
    (date,) = json.loads(kept.stdout)["dates"]
    assert (date["why"], date["due"]) == ("passed", ["2026-06-30"])


@pytest.mark.parametrize("first", [(), ("--draft",)])
def test_they_are_kept_when_that_is_said(nhacviec: Nhacviec, first: tuple[str, ...]) -> None:
    nhacviec("plan", "import", "@plan.txt", *first)
    live = nhacviec("plan", "import", "@plan.txt", "--dates", "keep", "--json")
    assert live.exit_code == 0
    assert json.loads(live.stdout)["state"] == "live"
    assert json.loads(nhacviec("status", "--json").stdout)[0]["past"] > 0


def test_what_has_passed_is_asked_for_from_now_on_when_that_is_said(nhacviec: Nhacviec) -> None:
    live = nhacviec("plan", "import", "@plan.txt", "--dates", "ask", "--json")
    assert live.exit_code == 0
    assert json.loads(live.stdout)["dates"] == []
    asked = {unit["unit"]: unit["dates"] for unit in json.loads(live.stdout)["asked"]}
    assert "2026-06-30" in asked["Sở Ngoại vụ"]


def test_a_date_outside_the_period_stays_a_question_when_the_passed_ones_are_asked_for(
    nhacviec: Nhacviec, tmp_path: Path
) -> None:
    far = PLAN.replace("trước ngày 30/6/2026", "trước ngày 30/6/2062")
    (tmp_path / "far.txt").write_text(far, encoding="utf-8")
    kept = nhacviec("plan", "import", "@far.txt", "--dates", "ask")
    assert kept.exit_code == STAYS_DRAFT
    assert "Hạn 30/6/2062 nằm ngoài thời gian của kế hoạch" in kept.output


def test_a_later_version_that_brings_such_a_date_is_applied_only_when_that_is_said(
    nhacviec: Nhacviec, tmp_path: Path
) -> None:
    earlier, later = (PLAN.replace("30/6/2026", day) for day in ("30/9/2026", "20/7/2026"))
    (tmp_path / "earlier.txt").write_text(earlier, encoding="utf-8")
    (tmp_path / "later.txt").write_text(later, encoding="utf-8")
    assert nhacviec("plan", "import", "@earlier.txt").exit_code == 0
    refused = nhacviec("plan", "import", "@later.txt", "--amend")
    assert isinstance(refused.exception, Failed)
    assert "--dates keep" in str(refused.exception)
    assert "Hạn 20/7/2026 đã qua" in refused.output
    told = json.loads(nhacviec("plan", "import", "@later.txt", "--amend", "--json").stdout)
    assert (told["applied"], [date["due"] for date in told["dates"]]) == (False, [["2026-07-20"]])
    assert nhacviec("plan", "import", "@later.txt", "--amend", "--dates", "keep").exit_code == 0


def test_a_date_that_its_words_leave_unsure_keeps_a_draft(nhacviec: Nhacviec, tmp_path: Path) -> None:
    unsure = PLAN.replace("trước ngày 30/6/2026", "trước ngày 30/9/2026 hoặc 10/10/2026")
    (tmp_path / "unsure.txt").write_text(unsure, encoding="utf-8")
    (read,) = json.loads(nhacviec("plan", "read", "@unsure.txt", "--json").stdout)["dates"]
    assert (read["why"], "gửi thư mời" in read["text"]) == ("either_day", True)
    assert "có hai ngày để chọn" in nhacviec("plan", "read", "@unsure.txt").output
    kept = nhacviec("plan", "import", "@unsure.txt", "--json")
    assert (kept.exit_code, json.loads(kept.stdout)["dates"]) == (STAYS_DRAFT, [read])
    assert "có hai ngày để chọn" in nhacviec("plan", "import", "@unsure.txt", "--dates", "ask").output
    assert nhacviec("plan", "import", "@unsure.txt", "--dates", "keep").exit_code == 0


def test_a_later_version_that_leaves_a_date_unsure_is_applied_only_when_that_is_said(
    nhacviec: Nhacviec, tmp_path: Path
) -> None:
    earlier, later = (PLAN.replace("30/6/2026", day) for day in ("30/9/2026", "30/9/2026 (dự kiến)"))
    (tmp_path / "earlier.txt").write_text(earlier, encoding="utf-8")
    (tmp_path / "later.txt").write_text(later, encoding="utf-8")
    assert nhacviec("plan", "import", "@earlier.txt").exit_code == 0
    asked = json.loads(nhacviec("plan", "import", "@later.txt", "--amend", "--json").stdout)
    assert (asked["applied"], [date["why"] for date in asked["dates"]]) == (False, ["about"])
    assert nhacviec("plan", "import", "@later.txt", "--amend", "--dates", "keep").exit_code == 0
