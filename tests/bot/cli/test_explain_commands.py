"""`nhacviec explain deadline`: by when, and why, in plain words."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.main import app
from config.texts import load_sentences
from domain.deadlines.phrase_table import ROWS

Explain = Callable[..., str]


@pytest.fixture
def explain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Explain:
    """The command with the year 2020 as the plan's period; the value is what it prints."""
    monkeypatch.setenv("NHACVIEC_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/nhacviec.db")
    monkeypatch.setenv("NHACVIEC_LANGUAGE", "vi")
    period = ("--from", "2020-01-01", "--to", "2020-12-31")
    return lambda *words: CliRunner().invoke(app, ["explain", "deadline", *words, *period]).stdout


@pytest.mark.parametrize(
    ("phrase", "why"),
    [
        ("15/6 và 15/11 năm 2020", "ngày trong năm; không ghi năm thì hiểu là mỗi năm của kế hoạch"),
        ("Quý II/2020", "một quý, đến hạn vào ngày cuối; các quý liền nhau là một khoảng"),
        ("trước ngày 25 hằng tháng", "một ngày của mỗi tháng; “trước” ngày nào thì chính ngày đó đã muộn"),
        ("ngày 10/12 hoặc báo cáo đột xuất theo yêu cầu", "kế hoạch; khi có yêu cầu"),
        ("từ ngày 01/5 đến hết ngày 30/6", "một khoảng thời gian, đến hạn vào ngày cuối"),
        ("giữ gìn sạch đẹp", "không thấy cách nói nào về thời hạn"),
    ],
)
def test_why_is_told_in_plain_words(explain: Explain, phrase: str, why: str) -> None:
    assert why in json.loads(explain(phrase, "--json"))["why"]
    assert why in explain(phrase)


def test_the_shape_of_the_data_stays(explain: Explain) -> None:
    told = json.loads(explain("trước 17h ngày 15/6", "--json"))
    assert sorted(told) == [
        "dates",
        "doubts",
        "inclusive",
        "recurrence",
        "safe_dates",
        "time",
        "why",
        "window",
    ]
    assert (told["dates"], told["time"], told["window"]) == (["2020-06-15"], "17:00", None)


def test_the_catalogue_means_of_each_row_what_the_table_says() -> None:
    english, vietnamese = load_sentences("en.toml"), load_sentences("vi.toml")
    for row in ROWS:
        assert english[f"deadline.{row.key}"] == row.meaning
        assert vietnamese[f"deadline.{row.key}"] != row.key


@pytest.fixture
def explain_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[dict[str, object]]]:
    """The command fed from standard input; the value is one object for each line of what it prints."""
    monkeypatch.setenv("NHACVIEC_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/nhacviec.db")

    def run(text: str, *options: str) -> list[dict[str, object]]:
        printed = CliRunner().invoke(app, ["explain", "deadline", "-", *options], input=text).stdout
        return [json.loads(line) for line in printed.splitlines()]

    return run


def test_each_line_of_standard_input_gets_one_line_of_json(
    explain_lines: Callable[..., list[dict[str, object]]],
) -> None:
    period = ("--from", "2026-01-01", "--to", "2026-12-31")
    told = explain_lines("trước ngày 15/6\n\nhằng quý\n", *period)
    assert [line["phrase"] for line in told] == ["trước ngày 15/6", "", "hằng quý"]
    assert [line["dates"] for line in told] == [["2026-06-15"], [], []]
    assert [line["recurrence"] for line in told] == ["once", "unspecified", "quarterly"]


def test_the_last_safe_day_is_the_working_day_before_a_day_that_is_itself_too_late(explain: Explain) -> None:
    told = json.loads(explain("trước ngày 15/6", "--json"))  # 15/6/2020 is a Monday
    assert (told["dates"], told["safe_dates"]) == (["2020-06-15"], ["2020-06-12"])


def test_without_a_period_a_date_with_its_own_year_is_read_and_one_without_is_asked_about(
    explain_lines: Callable[..., list[dict[str, object]]],
) -> None:
    dated, undated = explain_lines("trước ngày 15/6/2026\ntrước ngày 15/6\n")
    assert (dated["dates"], dated["doubts"]) == (["2026-06-15"], [])
    assert (undated["dates"], undated["doubts"]) == ([], ["no_period"])
