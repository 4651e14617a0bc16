"""A secrecy mark is seen wherever in a file it stands; the same places may speak of secrecy."""

from collections.abc import Callable
from time import process_time

import pytest

from documents.reading import Unreadable, read_plan
from documents.reading.outline import Line, Table
from documents.reading.proof import look_at
from documents.reading.stamps import refuse_marked, refuse_marked_blocks
from documents.reading.tables import table
from domain.organisation.register import Register
from tests.documents import stamping
from tests.documents.making import make_docx
from tests.documents.stamping import EXCEL, PDF, PICTURE, TEXT, WORD

Made = Callable[[str], bytes]
FILES = {
    f"{suffix}: {place}": (f"ke-hoach.{suffix}", made)
    for suffix, places in (("docx", WORD), ("xlsx", EXCEL), ("pdf", PDF))
    for place, made in places.items()
}
EVIDENCE = {
    **{place: FILES[place][1] for place in ("docx: a watermark", "xlsx: a hidden sheet", "pdf: a note")},
    **PICTURE,
}
MARKS = ("MẬT", "TỐI  MẬT", "T U Y Ệ T  M Ậ T", "МẬТ")
ORDINARY = ("Công tác bảo mật", "Bảo vệ bí mật nhà nước", "Mật độ", "Thu hồi tài liệu")


def refusal(name: str, data: bytes, register: Register) -> str:
    with pytest.raises(Unreadable) as refused:
        read_plan(data, name, register)
    return refused.value.reason


@pytest.mark.parametrize("place", FILES)
def test_a_plan_with_a_mark_anywhere_is_refused(place: str, register: Register) -> None:
    name, made = FILES[place]
    for mark in MARKS:
        assert refusal(name, made(mark), register) == "secret", mark


@pytest.mark.parametrize("place", FILES)
def test_a_plan_that_speaks_of_secrecy_there_is_read(place: str, register: Register) -> None:
    name, made = FILES[place]
    for words in ORDINARY:
        refuse_marked(made(words), name)
    read = read_plan(made(ORDINARY[0]), name, register)
    assert read.duties or read.activities


@pytest.mark.parametrize("place", EVIDENCE)
async def test_what_shows_work_is_refused_for_the_same_mark(place: str) -> None:
    assert await look_at(EVIDENCE[place]("Bảo mật"))
    with pytest.raises(Unreadable) as refused:
        await look_at(EVIDENCE[place]("TỐI MẬT"))
    assert refused.value.reason == "secret"


@pytest.mark.parametrize("name", ["TOI MAT.docx", "(MAT).docx", "ke hoach (mật).docx", "BC-CAT_MAT.docx"])
def test_a_plan_whose_name_bears_a_mark_is_refused(name: str, register: Register) -> None:
    assert refusal(name, make_docx(TEXT), register) == "secret"


@pytest.mark.parametrize(
    ("text", "bears"),
    [
        ("M\nẬ\nT\n" + TEXT, True),
        (TEXT.replace("Số: 12", "<b>MẬT</b>\nSố: 12"), True),
        (TEXT.replace("Số: 12/KH-UBND", "Số: 12/KH-UBND      MẬT"), True),
        (TEXT.replace("KẾ HOẠCH", "Mật\nKẾ HOẠCH"), True),
        (TEXT + "Nhiệm vụ\n" * 100 + "MẬT\n", True),
        (TEXT.replace("Quảng bá chè", "BẢO VỆ BÍ\nMẬT NHÀ NƯỚC"), False),
        (TEXT + "TĂNG CƯỜNG BẢO VỆ BÍ\nMẬT\n", False),
        (TEXT + "Căn cứ Kế hoạch số 7/KH-CAT (MẬT) của Công an tỉnh.\n", False),
        (TEXT + "Nhiệm vụ\n" * 100 + "Mật\nTối mật\nmật ong\n", False),
    ],
)
def test_a_stamp_in_plain_text_is_told_from_words(text: str, bears: bool, register: Register) -> None:
    if bears:
        assert refusal("a.txt", text.encode(), register) == "secret"
    else:
        assert read_plan(text.encode(), "a.txt", register).duties


def test_a_mark_in_a_cell_of_plain_text_is_seen(register: Register) -> None:
    rows = 'STT,Đơn vị,Nhiệm vụ\n1,Sở Du lịch,"Mở lớp"\n,"MẬT",\n'
    assert refusal("a.csv", rows.encode(), register) == "secret"


def test_a_large_sheet_is_looked_through_in_time() -> None:
    """A hundred thousand cells; a reader of their values takes several times as long."""
    data = stamping.grid(rows=5_000, columns=20)
    started = process_time()
    refuse_marked(data, "a.xlsx")
    assert process_time() - started < 2


def test_a_stamp_that_is_recognised_on_a_picture_of_a_page_is_seen() -> None:
    page: list[Line | Table] = [
        Line("UBND TỈNH HÀ KHÊ"),
        table([["TỐI MẬT", "Độc lập - Tự do - Hạnh phúc"]]),
        Line("KẾ HOẠCH"),
    ]
    with pytest.raises(Unreadable) as refused:
        refuse_marked_blocks(page)
    assert refused.value.reason == "secret"
    refuse_marked_blocks([*page[:1], *page[2:]])
