"""The workbooks, opened again: what Excel will show of them."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any, get_args

import pytest
from openpyxl import load_workbook

from documents.writing.tracking_workbook import (
    CycleRow,
    Labels,
    LedgerRow,
    OftenLate,
    TallyRow,
    Tracking,
    TrackingRow,
    write_cycle,
    write_ledger,
    write_tracking,
)
from domain.assignments.lifecycle import Tally, Timeliness
from domain.reporting.figures import Figures

ASSIGNMENTS = Labels(
    "Theo dõi",
    (
        "STT", "Đơn vị", "Nhiệm vụ", "Vai trò", "Kỳ", "Hạn gốc", "Hạn hiện tại", "Trạng thái", "%", "Kết quả",
        "Vướng mắc", "Đề xuất", "Ngày cập nhật", "Tình trạng",
    ),
)  # fmt: skip
TALLY = Labels(
    "Tổng hợp",
    (
        "STT", "Đơn vị", "Hoàn thành đúng hạn", "Hoàn thành quá hạn", "Chưa hoàn thành trong hạn",
        "Chưa hoàn thành quá hạn", "Cộng", "Đúng hạn", "Muộn", "Không phát sinh", "Chưa có",
    ),
)  # fmt: skip
NUDGES = Labels(
    "Nhật ký nhắc",
    (
        "STT", "Ngày", "Đơn vị", "Người nhận", "Vai trò", "Loại", "Kênh", "Trạng thái", "Lý do", "Gửi lúc",
        "Trả lời lúc", "Số lần",
    ),
)  # fmt: skip
HANOI = timezone(timedelta(hours=7))

ROW = TrackingRow(
    unit="Sở Ngoại vụ",
    duty="Mời phóng viên nước ngoài thăm vùng chè",
    role="chủ trì",
    period="6 tháng đầu năm 2026",
    planned_on=date(2026, 6, 10),
    due_on=date(2026, 6, 15),
    state="đang thực hiện",
    percent=60,
    result="đã gửi 12 thư mời",
    difficulty="",
    proposal="",
    updated_on=date(2026, 5, 20),
    standing="quá hạn",
    timeliness="overdue",
)
NUDGE = LedgerRow(
    day=date(2026, 6, 10),
    unit="Sở Ngoại vụ",
    person="Lê Thị Hoa",
    role="đầu mối",
    kind="hằng ngày",
    channel="telegram",
    state="đã gửi",
    why="",
    sent_at=datetime(2026, 6, 10, 8, 0, 5, tzinfo=HANOI),
    answered_at=None,
    attempts=1,
)


def tracking(*rows: TrackingRow, tallies: Sequence[TallyRow] = ()) -> Tracking:
    return Tracking(ASSIGNMENTS, TALLY, NUDGES, "Cộng", rows, tuple(tallies), (NUDGE,))


def opened(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data))


def heads(sheet: Any) -> tuple[str, ...]:
    return tuple(cell.value for cell in sheet[1])


def test_there_is_a_row_an_assignment_under_the_heads_that_were_given() -> None:
    sheet = opened(write_tracking(tracking(ROW, replace(ROW, unit="Sở Y tế")))).worksheets[0]
    assert sheet.title == "Theo dõi"
    assert heads(sheet) == ASSIGNMENTS.heads
    assert [cell.value for cell in sheet[2]] == [
        1,
        "Sở Ngoại vụ",
        "Mời phóng viên nước ngoài thăm vùng chè",
        "chủ trì",
        "6 tháng đầu năm 2026",
        datetime(2026, 6, 10),  # noqa: DTZ001  # so openpyxl reads a date
        datetime(2026, 6, 15),  # noqa: DTZ001  # likewise
        "đang thực hiện",
        60,
        "đã gửi 12 thư mời",
        None,
        None,
        datetime(2026, 5, 20),  # noqa: DTZ001  # likewise
        "quá hạn",
    ]
    assert (sheet["A3"].value, sheet["B3"].value, sheet.max_row) == (2, "Sở Y tế", 3)


def test_dates_are_dates_in_the_form_of_the_country() -> None:
    sheet = opened(write_tracking(tracking(replace(ROW, updated_on=None)))).worksheets[0]
    for name in ("F2", "G2"):
        assert sheet[name].is_date
        assert sheet[name].number_format == "dd/mm/yyyy"
    assert sheet["M2"].value is None


def test_the_head_is_frozen_and_filtered_and_printed_on_every_page() -> None:
    for sheet in opened(write_tracking(tracking(ROW))).worksheets:
        assert int(sheet.freeze_panes[1:]) == 2
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.print_title_rows == "$1:$1"
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        assert all(cell.font.bold for cell in sheet[1])
    first = opened(write_tracking(tracking(ROW))).worksheets[0]
    assert first.auto_filter.ref == "A1:N2"


def test_widths_fit_within_limits_and_long_text_wraps() -> None:
    sheet = opened(write_tracking(tracking(replace(ROW, result="x" * 500)))).worksheets[0]
    widths = {letter: one.width for letter, one in sheet.column_dimensions.items()}
    assert widths["A"] < 10
    assert len(ROW.period) / 2 < widths["E"] < len(ROW.period)
    assert len("dd/mm/yyyy") <= widths["F"] < 16
    assert widths["J"] <= 60
    assert sheet["J2"].alignment.wrap_text
    lines = 500 / widths["J"]
    assert lines * 11 <= sheet.row_dimensions[2].height <= lines * 20


def test_a_table_of_fourteen_columns_can_be_read_on_one_page() -> None:
    """A4 across takes some 140 of the workbook's letters of 11 points: they shrink to 6.5 at most."""
    long = replace(ROW, result="đã mời phóng viên " * 9, difficulty="chưa có kinh phí dịch " * 3, proposal="")
    sheet = opened(write_tracking(tracking(long))).worksheets[0]
    assert sum(one.width for one in sheet.column_dimensions.values()) < 140 * 11 / 6.5


def test_a_row_is_as_high_as_its_words_break() -> None:
    sheet = opened(write_tracking(tracking(replace(ROW, result="thư-mời-các-đối-tác-ở " * 6)))).worksheets[0]
    assert len("thư-mời-các-đối-tác-ở") > sheet.column_dimensions["J"].width / 2
    assert sheet.row_dimensions[2].height >= 6 * 15


def test_the_row_of_heads_is_high_enough_for_long_ones() -> None:
    sheet = opened(write_tracking(tracking(ROW))).worksheets[1]
    widest = max(one.width for letter, one in sheet.column_dimensions.items() if letter in "CDEF")
    assert widest < len("Chưa hoàn thành trong hạn")
    assert sheet.row_dimensions[1].height >= 2 * 14


COLOURS: tuple[tuple[Timeliness, str], ...] = (
    ("overdue", "red"),
    ("due", "amber"),
    ("done_in_time", "green"),
    ("done_late", "green"),
    ("cancelled", "grey"),
)


@pytest.mark.parametrize(("timeliness", "colour"), COLOURS)
def test_what_is_late_is_coloured_and_said(timeliness: Timeliness, colour: str) -> None:
    row = replace(ROW, timeliness=timeliness, standing=f"lời cho {timeliness}")
    sheet = opened(write_tracking(tracking(row))).worksheets[0]
    assert sheet["N2"].value == f"lời cho {timeliness}"
    red, green, blue = (int(sheet["N2"].fill.fgColor.rgb[n : n + 2], 16) for n in (2, 4, 6))
    looks = {
        "red": red > green + 30 and red > blue + 30,
        "amber": red > blue + 30 and green > blue + 20 and red - green < 30,
        "green": green > red + 8 and green > blue,
        "grey": max(red, green, blue) - min(red, green, blue) < 10,
    }
    assert looks[colour], (red, green, blue)
    assert sheet["B2"].fill.fill_type is None


def test_in_time_has_no_colour_and_late_differs_from_in_time_among_the_done() -> None:
    rows = [replace(ROW, timeliness=one) for one in ("in_time", "done_in_time", "done_late")]
    sheet = opened(write_tracking(tracking(*rows))).worksheets[0]
    assert sheet["N2"].fill.fill_type is None
    assert sheet["N3"].fill.fgColor.rgb != sheet["N4"].fill.fgColor.rgb


def test_every_standing_can_be_shown() -> None:
    standings: tuple[Timeliness, ...] = get_args(Timeliness)
    rows = [replace(ROW, timeliness=standing) for standing in standings]
    assert opened(write_tracking(tracking(*rows))).worksheets[0].max_row == len(standings) + 1


def test_the_tally_has_four_lines_a_unit_and_a_sum() -> None:
    tallies = (
        TallyRow("Sở Y tế", Tally(1, 2, 3, 4), Figures(10, 1, 2, 1, 6)),
        TallyRow("Sở Nội vụ", Tally(5, 0, 0, 0), Figures(5, 3, 0, 2, 0)),
    )
    sheet = opened(write_tracking(tracking(ROW, tallies=tallies))).worksheets[1]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        [1, "Sở Y tế", 1, 2, 3, 4, 10, 1, 2, 1, 6],
        [2, "Sở Nội vụ", 5, 0, 0, 0, 5, 3, 0, 2, 0],
        [None, "Cộng", 6, 2, 3, 4, 15, 4, 2, 3, 6],
    ]
    assert sheet["B4"].font.bold
    assert sheet["F2"].fill.fill_type == "solid"
    assert sheet["F3"].fill.fill_type is None


def test_the_ledger_tells_when_in_local_time_and_what_failed() -> None:
    failed = replace(NUDGE, state="không gửi được", why="đã chặn", sent_at=None, failed=True)
    (sheet,) = opened(write_ledger(NUDGES, (NUDGE, failed))).worksheets
    assert heads(sheet) == NUDGES.heads
    assert sheet["J2"].value == datetime(2026, 6, 10, 8, 0, 5)  # noqa: DTZ001  # so openpyxl reads it
    assert sheet["J2"].number_format == "dd/mm/yyyy hh:mm"
    assert sheet["H2"].fill.fill_type is None
    assert sheet["H3"].fill.fill_type == "solid"
    assert sheet["I3"].value == "đã chặn"
    assert sheet["K2"].value is None


def test_after_the_cycle_there_is_a_row_a_unit_and_period_and_what_was_often_late() -> None:
    units = Labels(
        "Đơn vị",
        ("STT", "Đơn vị", "Kỳ", "Phải có", "Đúng hạn", "Muộn", "Không", "Chưa", "Gia hạn", "Trả lại"),
    )
    duties = Labels("Hay trễ", ("STT", "Nhiệm vụ", "Đơn vị", "Số lần phải làm", "Số lần trễ"))
    data = write_cycle(
        units,
        (
            CycleRow("Sở Y tế", "Quý I", 6, 3, 1, 2, 0, 2, 1),
            CycleRow("Sở Y tế", "Quý II", 4, 2, 0, 0, 2, 0, 0),
        ),
        duties,
        (OftenLate("Báo cáo quý", ("Sở Y tế", "Sở Nội vụ"), 8, 5),),
    )
    first, second = opened(data).worksheets
    assert [cell.value for cell in first[2]] == [1, "Sở Y tế", "Quý I", 6, 3, 1, 2, 0, 2, 1]
    assert (first["H2"].fill.fill_type, first["H3"].fill.fill_type) == (None, "solid")
    assert [cell.value for cell in second[2]] == [1, "Báo cáo quý", "Sở Y tế; Sở Nội vụ", 8, 5]


@pytest.mark.parametrize(
    "typed", ["=1+1", "+84 123", "-2", "@SUM(A1)", '=HYPERLINK("x")', "=cmd|' /C calc'!A0"]
)
def test_what_people_type_never_becomes_a_formula(typed: str) -> None:
    data = write_tracking(tracking(replace(ROW, result=typed)))
    cell = opened(data).worksheets[0]["J2"]
    assert cell.value == typed
    assert cell.data_type == "s"
    assert cell.quotePrefix
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert b"<f>" not in file.read("xl/worksheets/sheet1.xml")


def test_control_characters_and_endless_text_are_cut() -> None:
    rude = replace(ROW, result="a\x00\x07b\ud800\nc", difficulty="x" * 40_000)
    sheet = opened(write_tracking(tracking(rude))).worksheets[0]
    assert sheet["J2"].value == "ab c"
    assert 30_000 < len(sheet["K2"].value) <= 32_767


def test_a_sheets_name_is_made_one_that_excel_takes() -> None:
    (sheet,) = opened(
        write_ledger(replace(NUDGES, name="Nhật ký [6/2026]: tất cả mọi lời nhắc"), ())
    ).worksheets
    assert sheet.title == "Nhật ký 6 2026 tất cả mọi lời n"[:31]
    assert sheet.max_row == 1


def test_heads_that_do_not_fit_the_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="heads"):
        write_ledger(replace(NUDGES, heads=NUDGES.heads[:-1]), (NUDGE,))


def test_above_the_heads_stands_what_it_is_of_which_plan_and_day() -> None:
    title = ("BẢNG THEO DÕI", "Kế hoạch thử", "=tính đến 10/6/2026")
    book = opened(write_tracking(replace(tracking(ROW), title=title)))
    for sheet in book.worksheets:
        assert tuple(sheet.cell(row, 1).value for row in (1, 2, 3)) == title
        assert sheet.cell(3, 1).data_type == "s"
        assert sheet.cell(4, 1).value == "STT"
        assert sheet.print_title_rows == "$4:$4"
        assert sheet.auto_filter.ref.startswith("A4:")
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.orientation) == (1, "landscape")
