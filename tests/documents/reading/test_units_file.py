"""Tables of units, as offices save them."""

from io import BytesIO
from unicodedata import normalize

import pytest
from openpyxl import Workbook

from documents.reading import Unreadable
from documents.reading.units_file import BadRow, read_units
from domain.organisation.register_changes import UnitRow

ROWS = [
    ["name", "abbreviation", "spellings", "tags", "standing"],
    ["Ban Quản lý vùng chè Hà Khê", "BQLC", "Ban Chè; Ban QL chè", "ban-nganh", "local"],
    ["Tỉnh đoàn Hà Khê", "", "", "doan-the;chinh-tri", "party"],
]
READ = (
    UnitRow(
        "Ban Quản lý vùng chè Hà Khê", "BQLC", ("Ban Chè", "Ban QL chè"), frozenset({"ban-nganh"}), "local"
    ),
    UnitRow("Tỉnh đoàn Hà Khê", None, (), frozenset({"doan-the", "chinh-tri"}), "party"),
)


def text(delimiter: str, rows: list[list[str]] = ROWS) -> str:
    return "\r\n".join(delimiter.join(f'"{cell}"' if ";" in cell else cell for cell in row) for row in rows)


def book(rows: list[list[str]]) -> bytes:
    made, out = Workbook(), BytesIO()
    for row in rows:
        made.worksheets[0].append([cell or None for cell in row])
    made.save(out)
    return out.getvalue()


FILES = {
    "commas": text(",").encode(),
    "with a mark": text(",").encode("utf-8-sig"),
    "semicolons": text(";").encode(),
    "tabs, UTF-16": text("\t").encode("utf-16"),
    "Excel's separator": f"sep=;\r\n{text(';')}".encode(),
    "decomposed": normalize("NFD", text(",")).encode(),
    "windows-1258": normalize("NFC", text(";")).replace("ộ", "ô\u0323").encode("utf-8"),
    "xlsx": book(ROWS),
    "xlsx under a title": book([["DANH SÁCH ĐƠN VỊ"], [], *ROWS]),
    "blank rows": text(",", [*ROWS[:2], ["", "", "", "", ""], *ROWS[2:]]).encode(),
}


def in_1258(words: str) -> bytes:
    """Windows-1258 has a letter and then its tone, where it has no letter with both."""
    tones, out = "\u0300\u0301\u0303\u0309\u0323", ""
    for letter in normalize("NFC", words):
        try:
            letter.encode("cp1258")
            out += letter
        except UnicodeEncodeError:
            parts = normalize("NFD", letter)
            tone = next(part for part in parts if part in tones)
            out += normalize("NFC", parts.replace(tone, "")) + tone
    return out.encode("cp1258")


FILES["windows-1258"] = in_1258(text(";"))


@pytest.mark.parametrize("data", FILES.values(), ids=FILES.keys())
def test_every_way_to_save_the_table_is_read(data: bytes) -> None:
    assert read_units(data) == READ


def test_few_letters_with_marks_are_read_in_windows_1258_too() -> None:
    assert read_units(in_1258("name\r\nABC Đội\r\n")) == (UnitRow("ABC Đội"),)


def test_vietnamese_headings_in_any_order_and_no_others_are_needed() -> None:
    data = "Loại,Tên đơn vị,Ghi chú\nĐảng,Tỉnh đoàn,x\n,Sở Nội vụ,\n".encode()
    assert read_units(data) == (UnitRow("Tỉnh đoàn", standing="party"), UnitRow("Sở Nội vụ"))


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("a,b\nc,d\n", 1),
        ("name,standing\nSở A,local\n,local\n", 3),
        ("name,standing\nSở A,huyện\n", 2),
        ("", 1),
    ],
)
def test_a_line_that_is_no_unit_is_named(words: str, line: int) -> None:
    with pytest.raises(BadRow) as wrong:
        read_units(words.encode())
    assert wrong.value.line == line


def test_a_broken_workbook_and_an_endless_table_are_refused() -> None:
    with pytest.raises(Unreadable, match="broken"):
        read_units(b"PK\x03\x04 nothing")
    with pytest.raises(Unreadable, match="too_big"):
        read_units(b"name\n" + b"x\n" * 20_001)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("0203 3812 345", "02033812345"),
        ("+84 912.345.678", "0912345678"),
        ("912345678", "0912345678"),
        ("", ""),
    ],
)
def test_the_number_of_an_office_is_read(cell: str, number: str) -> None:
    (row,) = read_units(f"Tên đơn vị;Điện thoại\nSở Chè;{cell}\n".encode())
    assert row.phone == number
    (row,) = read_units(book([["Tên đơn vị", "SĐT"], ["Sở Chè", cell]]))
    assert row.phone == number


def test_what_is_no_number_is_a_bad_row() -> None:
    with pytest.raises(BadRow):
        read_units("Tên đơn vị;Điện thoại\nSở Chè;gọi anh Ba\n".encode())
