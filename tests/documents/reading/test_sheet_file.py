"""Sheets and lists as offices keep them are read as they are shown; what is not shown is asked about."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from documents.reading import read_plan
from domain.deadlines import UNCERTAIN
from domain.organisation.register import Register
from tests.documents.making import saved
from tests.documents.old_letters import as_windows_1258

HEAD = "KẾ HOẠCH phát triển du lịch năm 2024"


def _workbook(*rows: Sequence[Any]) -> Any:
    book = Workbook()
    for row in [(HEAD,), ("TT", "Nội dung", "Cơ quan chủ trì", "Thời gian"), *rows]:
        _sheet(book).append(row)
    return book


def _sheet(book: Any) -> Any:
    return book.active


def test_a_column_that_is_hidden_is_asked_about(register: Register) -> None:
    book = _workbook((1, "Mở lớp", "Sở Du lịch", "6/2024", "Sở Nội vụ"))
    _sheet(book)["E2"] = "Cơ quan chủ trì (cũ)"
    _sheet(book).column_dimensions["E"].hidden = True
    plan = read_plan(saved(book), "a.xlsx", register)
    assert [a.lead for a in plan.activities] == [("Sở Du lịch",)]
    assert [(p.text, p.why) for p in plan.unread] == [("Cơ quan chủ trì (cũ); Sở Nội vụ", "hidden")]


def test_a_hidden_column_that_alone_says_who_leads_is_read_and_asked_about(register: Register) -> None:
    book = _workbook((1, "Mở lớp", "Sở Du lịch", "6/2024"))
    _sheet(book).column_dimensions["C"].hidden = True
    plan = read_plan(saved(book), "a.xlsx", register)
    assert [a.lead for a in plan.activities] == [("Sở Du lịch",)]
    assert [(p.text, p.why) for p in plan.unread] == [("Cơ quan chủ trì; Sở Du lịch", "hidden")]


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        ("mm/yyyy", "06/2024"),
        ("[$-42A]mmmm yyyy;@", "06/2024"),
        ('"Tháng "m/yyyy', "06/2024"),
        ('"ngày "m/yyyy', "06/2024"),
        ("yyyy", "2024"),
        ("yyyy-mm-dd", "15/06/2024"),
        ("dd/mm/yyyy hh:mm", "15/06/2024"),
        ("[Red]d/m/yy", "15/06/2024"),
    ],
)
def test_a_date_is_read_as_far_as_it_is_shown(shown: str, words: str, register: Register) -> None:
    book = _workbook((1, "Mở lớp", "Sở Du lịch", date(2024, 6, 15)))
    _sheet(book)["D3"].number_format = shown
    assert [a.when for a in read_plan(saved(book), "a.xlsx", register).activities] == [words]


def test_a_share_is_read_as_it_is_shown(register: Register) -> None:
    book = _workbook((1, 0.5, "Sở Du lịch", "6/2024"))
    _sheet(book)["B3"].number_format = "0%"
    assert [a.text for a in read_plan(saved(book), "a.xlsx", register).activities] == ["50%"]


@pytest.mark.parametrize(
    ("number_format", "value", "words"),
    [
        ('"Quý "0"/2024"', 2, "Quý 2/2024"),
        ('"Tháng "00', 4, "Tháng 04"),
        ('"trước ngày "@', "30/6/2024", "trước ngày 30/6/2024"),
        ('_-* #,##0\\ "ngày"_-;@', 30, "30 ngày"),
        ('[$-42A]"Quý "0"/"0000', 22024, UNCERTAIN),
        ("#,##0", 2024, "2024"),
    ],
)
def test_the_words_of_a_format_are_read(
    number_format: str, value: object, words: str, register: Register
) -> None:
    book = _workbook((1, "Mở lớp", "Sở Du lịch", value))
    _sheet(book)["D3"].number_format = number_format
    assert [a.when for a in read_plan(saved(book), "a.xlsx", register).activities] == [words]


def test_what_is_struck_out_in_a_row_is_asked_about_and_not_read(register: Register) -> None:
    parts = TextBlock(InlineFont(strike=True), "Quý I/2024"), TextBlock(InlineFont(), " Quý III/2024")
    book = _workbook(
        (1, "Mở lớp", "Sở Du lịch", CellRichText(*parts)),
        (2, "In sách", "Sở Y tế", "Quý II/2024"),
        (None, CellRichText(TextBlock(InlineFont(strike=True), "3. Dọn hồ")), None, None),
    )
    _sheet(book)["D4"].font = Font(strike=True)
    plan = read_plan(saved(book), "a.xlsx", register)
    assert [(a.text, a.when) for a in plan.activities] == [("Mở lớp", "Quý III/2024"), ("In sách", None)]
    assert [(passage.why, passage.text) for passage in plan.unread] == [
        ("struck", "Quý I/2024"),
        ("struck", "Quý II/2024"),
        ("struck", "3. Dọn hồ"),
    ]


def test_columns_beyond_a_calendar_are_read(register: Register) -> None:
    days = [f"tuần {week}" for week in range(1, 105)]
    book = Workbook()
    for row in (
        [HEAD],
        ["TT", "Nội dung", *days, "Đơn vị chủ trì"],
        [1, "Mở lớp", *["x"] * 104, "Sở Du lịch"],
    ):
        _sheet(book).append(row)
    _sheet(book).cell(1, 16_000).font = Font(bold=True)
    assert [a.lead for a in read_plan(saved(book), "a.xlsx", register).activities] == [("Sở Du lịch",)]


def test_simple_formulas_without_a_value_are_computed(register: Register) -> None:
    book = _workbook(
        ("=ROW()-2", '="Mở "&"lớp"', "Sở Du lịch", "=DATE(2024,6,30)"),
        ("=A3+1", "In sách", "=C3", "=D3"),
        ("=A4+1", "Đón khách", "Sở Y tế", "=EOMONTH(D3,1)"),
        ("=A6", "Trồng cây", "Sở Y tế", "=A9999&B9999"),
    )
    plan = read_plan(saved(book), "a.xlsx", register)
    assert [(a.section, a.text, a.lead, a.when) for a in plan.activities[:3]] == [
        ("Phụ lục.1", "Mở lớp", ("Sở Du lịch",), "30/06/2024"),
        ("Phụ lục.2", "In sách", ("Sở Du lịch",), "30/06/2024"),
        ("Phụ lục.3", "Đón khách", ("Sở Y tế",), UNCERTAIN),
    ]
    assert (plan.activities[3].text, plan.activities[3].when) == ("Trồng cây", UNCERTAIN)


def test_a_cell_that_shows_an_error_gives_a_question(register: Register) -> None:
    book = _workbook((1, "Mở lớp", "Sở Du lịch", "#REF!"))
    assert _sheet(book)["D3"].data_type == "e"
    assert [a.when for a in read_plan(saved(book), "a.xlsx", register).activities] == [UNCERTAIN]


def test_the_tables_of_several_sheets_are_read_each_by_its_own_heading(register: Register) -> None:
    book = _workbook((1, "Mở lớp", "Sở Du lịch", "6/2024"))
    other = book.create_sheet("Phụ lục 2")
    other.append(["TT", "Nhiệm vụ", "Đơn vị phối hợp", "Đơn vị chủ trì", "Thời hạn"])
    other.append([1, "Đón khách", "Sở Y tế", "Sở Tư pháp", "30/9/2024"])
    assert [
        (a.text, a.lead, a.support, a.when) for a in read_plan(saved(book), "a.xlsx", register).activities
    ] == [
        ("Mở lớp", ("Sở Du lịch",), (), "6/2024"),
        ("Đón khách", ("Sở Tư pháp",), ("Sở Y tế",), "30/9/2024"),
    ]


def test_a_row_in_the_words_of_a_heading_is_a_row(register: Register) -> None:
    book = _workbook(
        (1, "Hoạt động Ngày hội", "Sở Du lịch chủ trì", "6/2024"), (2, "In sách", "Sở Y tế", "7/2024")
    )
    assert [(a.text, a.lead, a.when) for a in read_plan(saved(book), "a.xlsx", register).activities] == [
        ("Hoạt động Ngày hội", ("Sở Du lịch",), "6/2024"),
        ("In sách", ("Sở Y tế",), "7/2024"),
    ]


def test_rows_under_the_rows_of_groups_bear_their_numbers(register: Register) -> None:
    book = _workbook(
        ("I", "LĨNH VỰC DU LỊCH"),
        (1, "Mở lớp", "Sở Du lịch", "6/2024"),
        ("II", "LĨNH VỰC Y TẾ"),
        (1, "In sách", "Sở Y tế", "7/2024"),
    )
    plan = read_plan(saved(book), "a.xlsx", register)
    assert [(a.section, a.text) for a in plan.activities] == [
        ("Phụ lục.I.1", "Mở lớp"),
        ("Phụ lục.II.1", "In sách"),
    ]


def test_a_heading_of_two_rows_may_begin_anywhere_on_a_sheet(register: Register) -> None:
    book = Workbook()
    sheet = _sheet(book)
    for place, words in {
        "B2": HEAD, "B4": "TT", "C4": "Nội dung", "D4": "Cơ quan thực hiện", "F4": "Thời gian",
        "D5": "Chủ trì", "E5": "Phối hợp", "B6": 1, "C6": "Mở lớp", "D6": "Sở Du lịch", "E6": "Sở Y tế",
        "F6": "6/2024",
    }.items():  # fmt: skip
        sheet[place] = words
    for area in ("B2:F2", "D4:E4", "B4:B5", "C4:C5", "F4:F5"):
        sheet.merge_cells(area)
    (activity,) = read_plan(saved(book), "a.xlsx", register).activities
    assert (activity.lead, activity.support, activity.when) == (("Sở Du lịch",), ("Sở Y tế",), "6/2024")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_a_csv_file_is_read_in_any_encoding(mark: str, encoding: str, register: Register) -> None:
    rows = (
        ("TT", "Nội dung", "Cơ quan chủ trì", "Thời gian"),
        ("1", "Mở lớp, in sách; phát tờ rơi", "Sở Du lịch", "6/2024"),
        ("2", "Trồng cây\nở các xã", "Sở Y tế", "7/2024"),
    )
    text = "\r\n".join([HEAD, *(mark.join(f'"{cell}"' for cell in row) for row in rows)])
    data = as_windows_1258(text) if encoding == "cp1258" else text.encode(encoding)
    plan = read_plan(data, "a.csv", register)
    assert [(a.text, a.lead, a.when) for a in plan.activities] == [
        ("Mở lớp, in sách; phát tờ rơi", ("Sở Du lịch",), "6/2024"),
        ("Trồng cây ở các xã", ("Sở Y tế",), "7/2024"),
    ]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_line_of_excel_names_any_delimiter(mark: str, register: Register) -> None:
    text = (
        f"sep={mark}\r\n{HEAD}\r\nTT{mark}Nội dung{mark}Cơ quan chủ trì\r\n1{mark}Mở lớp{mark}Sở Du lịch\r\n"
    )
    (activity,) = read_plan(text.encode("utf-8-sig"), "a.csv", register).activities
    assert (activity.text, activity.lead) == ("Mở lớp", ("Sở Du lịch",))
