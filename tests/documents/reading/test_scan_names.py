"""A name on a scan is mended by the register where a word was hard to read; no body becomes another."""

import pytest

from documents.reading.outline import Line
from documents.reading.scan_names import with_known_names
from documents.reading.tables import table
from domain.organisation.register import Register, Unit

NAMES = (
    "Sở Tài chính",
    "Sở Nội vụ",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Cục Quản lý thị trường",
    "Chi cục Quản lý thị trường",
    "Ủy ban nhân dân xã Khê Thượng",
    "Ủy ban nhân dân xã Khê Hạ",
    "Ủy ban nhân dân xã Khê Hà",
    "Hội Nông dân tỉnh",
    "Hội Nông dân huyện",
    "Sở Y tế",
    "Thuế cơ sở 5",
)
REGISTER = Register(tuple(Unit(name) for name in NAMES))


def mended(text: str, *unsure: str) -> str:
    (line,) = with_known_names([Line(text)], REGISTER, frozenset(unsure))
    assert isinstance(line, Line)
    return line.text


@pytest.mark.parametrize(
    ("read", "unsure", "meant"),
    [
        ("3. Sở Tàl chính: lập dự toán", "Tàl", "3. Sở Tài chính: lập dự toán"),
        ("SỞ NÔI VU", "NÔI VU", "SỞ NÔI VU"),  # more than half of it was hard to read
        ("giao Sở Nôi vụ chủ trì", "Nôi", "giao Sở Nội vụ chủ trì"),
        ("Sở Văn hoá, Thể thac và Du lich", "thac lich", "Sở Văn hoá, Thể thao và Du lịch"),
        ("Sở Y tê phối hợp", "tê", "Sở Y tế phối hợp"),
        ("UỶ BAN NHÂN DÂN XÃ KHÊ THƯƠNG", "THƯƠNG", "UỶ BAN NHÂN DÂN XÃ KHÊ THƯỢNG"),
        ("phối hợp với Chi cục Quản lý thị trưòng", "trưòng", "phối hợp với Chi cục Quản lý thị trường"),
        ("Cục Quản lỳ thị trường", "lỳ", "Cục Quản lý thị trường"),
        ("Hội Nông dân tĩn", "tĩn", "Hội Nông dân tỉnh"),
    ],
)
def test_a_word_that_was_hard_to_read_is_mended_within_a_known_name(
    read: str, unsure: str, meant: str
) -> None:
    assert mended(read, *unsure.split()) == meant


@pytest.mark.parametrize(
    ("read", "unsure"),
    [
        ("Sở Tàl chính", ""),  # read surely: it is what stands there
        ("Sở Tư pháp", "Tư"),  # a body that the register does not know
        ("Chi cục Quản lý thị trường", "Chi"),
        ("Cục Quản lý thị trường", "Cục"),
        ("Ủy ban nhân dân xã Khê Há", "Há"),  # Hạ or Hà
        ("Thuế cơ sở 6", "6"),
        ("Thuế cơ sở S", "S"),
        ("Sở V tế", "V"),
        ("Ủy ban nhân dân xã Khê Hà", "Hà"),
        ("Sở Nội chính", "Nội chính"),  # a letter from neither of two
    ],
)
def test_what_may_be_another_body_stays_as_it_was_read(read: str, unsure: str) -> None:
    assert mended(read, *unsure.split()) == read


def test_the_cells_of_a_table_are_mended_too() -> None:
    (read,) = with_known_names([table([["1", "Mở lớp", "Sở Tàl chính"]])], REGISTER, frozenset({"Tàl"}))
    assert read == table([["1", "Mở lớp", "Sở Tài chính"]])
