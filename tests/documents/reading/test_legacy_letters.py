"""Text from before Unicode gives the same plan as the same text in Unicode."""

from io import BytesIO
from itertools import groupby
from typing import Any

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from config.files import SAMPLES
from documents.reading import read_plan
from documents.reading.legacy_letters import encoding_of, encoding_of_font, to_unicode
from domain.organisation.register import Register
from tests.documents.making import make_docx, make_pdf, saved
from tests.documents.old_letters import as_tcvn3, as_vni, as_windows_1258

SAMPLE = (SAMPLES / "ha-khe" / "ke-hoach-doi-ngoai-2026.txt").read_text(encoding="utf-8")
LETTERS = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"


@given(st.text(alphabet=LETTERS + "bcgt .,-0123456789", max_size=40))
def test_every_letter_comes_back(text: str) -> None:
    assert to_unicode(as_tcvn3(text), "tcvn3") == text
    assert to_unicode(as_vni(text), "vni") == text
    assert to_unicode(as_vni(text.upper()), "vni") == text.upper()


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("KÕ ho¹ch triÓn khai n¨m 2026", "tcvn3"),
        ("Keá hoaïch trieån khai naêm 2026", "vni"),
        ("Kế hoạch triển khai năm 2026", None),
        ("Ke hoach trien khai nam 2026", None),
        ("Hoà bình, toán học, xoá đói, cùng với, rõ ràng, là, và, cá, bé", None),
        ("Le café où naïve Zoë a vécu à Đà Lạt", None),
        ("5 µm, 20 ±1 °C, © 2026", None),
        ("", None),
    ],
)
def test_what_a_text_is_encoded_in_shows_in_its_letters(text: str, encoding: str | None) -> None:
    assert encoding_of(text) == encoding


def test_what_a_font_encodes_shows_in_its_name() -> None:
    assert [encoding_of_font(name) for name in (".VnTime", ".VnArialH", "VNI-Times", "Times New Roman")] == [
        *("tcvn3", "tcvn3", "vni"),
        None,
    ]


def test_no_line_of_the_samples_is_taken_for_an_old_one() -> None:
    for path in SAMPLES.rglob("*.txt"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert encoding_of(line) is None, line


@pytest.mark.parametrize(
    "data",
    [
        as_vni(SAMPLE).encode("cp1252", errors="ignore"),
        as_vni(SAMPLE).encode(),
        SAMPLE.encode("utf-16"),
        SAMPLE.encode("utf-16-le"),
        SAMPLE.encode("utf-16-be"),
    ],
    ids=["vni", "vni-in-unicode", "utf-16", "utf-16-le", "utf-16-be"],
)
def test_a_text_gives_the_same_plan_in_any_encoding(data: bytes, register: Register) -> None:
    assert read_plan(data, "a.txt", register) == read_plan(SAMPLE.encode(), "a.txt", register)


def test_windows_1258_is_read(register: Register) -> None:
    assert read_plan(as_windows_1258(SAMPLE), "a.txt", register) == read_plan(
        SAMPLE.encode(), "a.txt", register
    )


@pytest.mark.parametrize("by_style", [True, False])
def test_a_word_file_in_vntime_gives_the_same_plan(register: Register, by_style: bool) -> None:
    """The font is named by each run, or by the style alone; capitals with marks stand in .VnTimeH."""
    document = Document(BytesIO(make_docx(SAMPLE)))
    if by_style:
        document.styles["Normal"].font.name = ".VnTime"
    for paragraph in _paragraphs(document):
        _write_old(paragraph, by_style=by_style)
    assert read_plan(saved(document), "a.docx", register) == read_plan(make_docx(SAMPLE), "a.docx", register)


def test_a_word_file_in_vni_with_a_font_that_tells_nothing_gives_the_same_plan(register: Register) -> None:
    document = Document(BytesIO(make_docx(SAMPLE)))
    for paragraph in _paragraphs(document):
        for run in paragraph.runs:
            run.text = as_vni(run.text)
    assert read_plan(saved(document), "a.docx", register) == read_plan(make_docx(SAMPLE), "a.docx", register)


def test_a_pdf_with_old_letters_gives_the_same_duties(register: Register) -> None:
    """Its lines are longer, so that they break elsewhere; the duties are the same."""
    old, new = (read_plan(make_pdf(text), "a.pdf", register) for text in (as_vni(SAMPLE), SAMPLE))
    assert [(d.unit, d.text) for d in old.duties] == [(d.unit, d.text) for d in new.duties]
    assert [(r.who, r.due) for r in old.reports] == [(r.who, r.due) for r in new.reports]


def _paragraphs(document: Any) -> list[Any]:
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    unique = {cell._tc: cell for cell in cells}.values()
    return [*document.paragraphs, *(p for cell in unique for p in cell.paragraphs)]


def _write_old(paragraph: Any, *, by_style: bool) -> None:
    text = paragraph.text
    for run in paragraph.runs:
        run.text = ""
    for capital, letters in groupby(text, lambda letter: letter.isupper() and not letter.isascii()):
        words = "".join(letters)
        run = paragraph.add_run(as_tcvn3(words.lower() if capital else words))
        if capital or not by_style:
            run.font.name = ".VnTimeH" if capital else ".VnTime"
