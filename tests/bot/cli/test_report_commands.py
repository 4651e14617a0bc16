"""`nhacviec summary`: what it prints, which files it writes, and what it says of what it cannot."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from bot.cli.command_context import Failed
from bot.cli.main import app
from tests.cast import PLAN

Nhacviec = Callable[..., Result]


@pytest.fixture
def nhacviec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Nhacviec:
    """The command line on 16 June 2026, with one plan that has been live since 4 May."""
    monkeypatch.setenv("NHACVIEC_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/nhacviec.db")
    monkeypatch.setenv("NHACVIEC_LANGUAGE", "vi")
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")

    def run(*words: str, day: str = "2026-06-16") -> Result:
        at = ("--as-of", f"{day}T09:00+07:00")
        return CliRunner().invoke(app, [*at, *(w.replace("@", f"{tmp_path}/") for w in words)])

    assert run("plan", "import", "@plan.txt", day="2026-05-04").exit_code == 0
    return run


def why(result: Result) -> str:
    assert isinstance(result.exception, Failed), result.output
    return str(result.exception)


def test_the_suffix_chooses_what_is_written(nhacviec: Nhacviec, tmp_path: Path) -> None:
    for suffix in ("docx", "xlsx", "txt"):
        assert "Đã ghi" in nhacviec("summary", "--out", f"@bao-cao.{suffix}").output
    document: Any = Document(str(tmp_path / "bao-cao.docx"))
    assert any("0/3 đơn vị phải báo cáo đã gửi báo cáo" in p.text for p in document.paragraphs)
    sheet = load_workbook(io.BytesIO((tmp_path / "bao-cao.xlsx").read_bytes())).worksheets[0]
    assert sheet["A1"].value == "BẢNG THEO DÕI THỰC HIỆN KẾ HOẠCH 33/KH-UBND"
    assert sheet["B5"].value == "Sở Ngoại vụ"
    told = (tmp_path / "bao-cao.txt").read_text(encoding="utf-8")
    assert "Tổng hợp kết quả 33/KH-UBND · 6 tháng đầu năm 2026" in told


def test_without_a_file_and_with_a_dash_it_is_printed(nhacviec: Nhacviec) -> None:
    printed = nhacviec("summary").stdout
    assert "đã báo cáo 0/3 đơn vị" in printed
    assert nhacviec("summary", "--out", "-").stdout == printed


def test_a_period_a_unit_a_part_and_a_report_narrow_it_down(nhacviec: Nhacviec) -> None:
    assert "· năm 2026" in nhacviec("summary", "--period", "nam 2026").stdout
    assert "· 6 tháng đầu năm 2026" in nhacviec("summary", "--period", "6 tháng đầu năm").stdout
    assert "Chưa báo cáo (1): Sở Công Thương." in nhacviec("summary", "--unit", "SCT").stdout
    assert nhacviec("summary", "--part", "II.1").exit_code == 0
    assert "· năm 2026" in nhacviec("summary", "--report", "nam").stdout


def test_after_the_cycle_there_is_a_workbook_of_lateness(nhacviec: Nhacviec, tmp_path: Path) -> None:
    assert nhacviec("summary", "--cycle", "--out", "@sau-ky.xlsx").exit_code == 0
    rows = list(load_workbook(tmp_path / "sau-ky.xlsx").worksheets[0].values)
    assert [(row[1], row[7]) for row in rows[1:]] == [
        ("Sở Ngoại vụ", 1),
        ("Sở Công Thương", 1),
        ("Sở Y tế", 1),
    ]


WRONG: tuple[tuple[tuple[str, ...], str], ...] = (
    (("--out", "@x.pdf"), "x.pdf: ghi ra tệp .docx, .xlsx hoặc .txt"),
    (("--out", "@x"), ".docx, .xlsx hoặc .txt"),
    (("--cycle",), "--cycle ghi ra tệp .xlsx"),
    (("--cycle", "--out", "@x.docx"), "--cycle ghi ra tệp .xlsx"),
    (("--plan", "9", "--out", "@x.docx"), "Không có kế hoạch số 9"),
    (("--period", "quy 2", "--out", "@x.docx"), "Các kỳ báo cáo: 6 tháng đầu năm 2026, năm 2026"),
    (("--period", "hôm qua"), "Không có “hôm qua”"),
    (("--unit", "Sở Trời"), "Sở Trời"),
    (("--report", "tuan"), "Có: 6-thang, nam"),
    (("--out", "@khong/co/x.docx"), "x.docx"),
)


@pytest.mark.parametrize(("words", "told"), WRONG)
def test_what_is_not_possible_gets_one_line(nhacviec: Nhacviec, words: tuple[str, ...], told: str) -> None:
    line = why(nhacviec("summary", *words))
    assert told in line
    assert "\n" not in line


def test_of_two_plans_one_has_to_be_chosen_for_a_report(nhacviec: Nhacviec, tmp_path: Path) -> None:
    other = PLAN.replace("33/KH-UBND", "34/KH-UBND").replace("chè", "cam")
    (tmp_path / "other.txt").write_text(other, encoding="utf-8")
    assert nhacviec("plan", "import", "@other.txt", day="2026-05-04").exit_code == 0
    assert "Chọn một: --plan" in why(nhacviec("summary", "--out", "@x.docx"))
    assert nhacviec("summary", "--plan", "2", "--out", "@x.docx").exit_code == 0
    told = nhacviec("summary").stdout
    assert "33/KH-UBND" in told
    assert "34/KH-UBND" in told


def test_a_part_that_no_plan_has_is_refused(nhacviec: Nhacviec) -> None:
    assert "không có phần “XX”. Các phần: II.1, II.2, II.3" in why(nhacviec("summary", "--part", "XX"))
    assert "không có phần “II.9”" in why(nhacviec("summary", "--part", "II.9"))
    assert "· 6 tháng đầu năm 2026" in nhacviec("summary", "--part", "II").stdout
