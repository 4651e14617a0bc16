"""A file is read by what it is, whatever its name says; pages of the web are read like any other document."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from openpyxl import Workbook

from documents.reading import SourceFile, Unreadable, read_plan
from documents.reading.file_kinds import suffix_of
from documents.reading.office_converter import program
from documents.reading.safely import read_safely
from domain.organisation.register import Register
from tests.bench.files import old_file
from tests.documents.making import make_pdf, saved
from tests.documents.reading.test_pdf_layouts import DUTIES, HEAD, ROWS, meant
from tests.documents.reading.test_word_layouts import paragraphs, table, word_file

WORD = word_file(paragraphs(HEAD) + table(ROWS) + paragraphs(DUTIES))


def sheet() -> bytes:
    book: Any = Workbook()
    for row in [*([line] for line in HEAD), *ROWS]:
        book.active.append(row)
    return saved(book)


def page(*body: str) -> str:
    return f"<html><head><style>p {{margin: 0}}</style></head><body>{''.join(body)}</body></html>"


def lines(texts: tuple[str, ...]) -> str:
    return "".join(f"<p class=MsoNormal>{text}</p>" for text in texts)


def cells(rows: list[list[str]]) -> str:
    return "".join("<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in row) + "</tr>" for row in rows)


PAGE = page(lines(HEAD), f"<table>{cells(ROWS)}</table>", lines(DUTIES))


@pytest.mark.parametrize("name", ["a.pdf", "a.doc", "a.xlsx", "a.txt", "kế hoạch", "a.docm"])
def test_a_word_file_is_read_whatever_it_is_called(name: str, register: Register) -> None:
    assert read_plan(WORD, name, register) == read_plan(WORD, "a.docx", register)


@pytest.mark.parametrize("name", ["a.docx", "a.doc", "kế hoạch"])
def test_a_pdf_is_read_whatever_it_is_called(name: str, register: Register) -> None:
    pdf = make_pdf("\n".join((*HEAD, *DUTIES)))
    assert len(read_plan(pdf, name, register).duties) == 2


@pytest.mark.parametrize("name", ["a.doc", "a.xls", "a.html", "a.htm"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_page_of_the_web_under_an_office_name_is_read(name: str, encoding: str, register: Register) -> None:
    plan, expected = read_plan(PAGE.encode(encoding), name, register), meant(register)
    assert (plan.activities, plan.unread) == (expected.activities, ())
    assert [(duty.unit, duty.text) for duty in plan.duties] == [
        (duty.unit, duty.text) for duty in expected.duties
    ]


def test_a_page_of_the_web_is_read_as_it_is_shown(register: Register) -> None:
    merged = (
        "<table><tr><th>TT<th>Nội dung<th>Cơ quan chủ trì<th>Thời gian</tr>"
        "<tr><td>1<td>Mở lớp<td rowspan=2>Sở Du lịch<td>Quý I/2026</tr>"
        "<tr><td>2<td>In <span style='display:none'>mật khẩu</span>sách<td>Quý&nbsp;II/2026</tr></table>"
    )
    listed = (
        "<ol start=2><li>Sở Nội vụ<ul><li>Chủ trì mở <del>02</del>05 lớp.</li>"
        "<li><s>Chủ trì in sách.</s></li></ul></li></ol>"
    )
    plan = read_plan(page(lines(HEAD), merged, lines(DUTIES[:3]), listed).encode(), "a.html", register)
    assert [(a.text, a.lead, a.when) for a in plan.activities] == [
        ("Mở lớp", ("Sở Du lịch",), "Quý I/2026"),
        ("In sách", ("Sở Du lịch",), "Quý II/2026"),
    ]
    assert [(d.unit, d.section, d.text) for d in plan.duties][1:] == [
        ("Sở Nội vụ", "III.2", "Chủ trì mở 05 lớp.")
    ]
    assert [(passage.why, passage.text) for passage in plan.unread] == [("struck", "Chủ trì in sách.")]


def test_a_mark_on_a_page_of_the_web_is_seen(register: Register) -> None:
    with pytest.raises(Unreadable) as caught:
        read_plan(page("<b>TỐI MẬT</b>", lines((*HEAD, *DUTIES))).encode(), "a.doc", register)
    assert caught.value.reason == "secret"


@pytest.mark.parametrize(
    "kind",
    [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    ],
)
def test_a_template_or_a_file_with_macros_is_read_as_a_document(kind: str, register: Register) -> None:
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    made = _with(WORD, "[Content_Types].xml", lambda types: types.replace(plain, kind.encode()))
    assert made != WORD
    assert read_plan(made, "a.docm", register) == read_plan(WORD, "a.docx", register)


def test_an_archive_within_another_does_not_tell_its_kind() -> None:
    holder = BytesIO()
    with ZipFile(BytesIO(WORD)) as old, ZipFile(holder, "w", ZIP_DEFLATED) as new:
        new.writestr("word/embeddings/a.xlsx", sheet(), ZIP_STORED)
        for name in old.namelist():
            new.writestr(name, old.read(name))
    assert suffix_of(holder.getvalue(), ".docx") == ".docx"
    assert suffix_of(sheet(), ".docx") == ".xlsx"


@pytest.mark.parametrize(("data", "name"), [(b"hello", "a.exe"), (b"%PDF-1.4", "a.gif"), (WORD, "a.zip")])
def test_what_is_named_like_no_document_is_taken_at_its_word(data: bytes, name: str) -> None:
    assert SourceFile(name, data).suffix == name[1:]


@pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(("kind", "name"), [("doc", "a.docx"), ("rtf", "a.docx"), ("odt", "a.doc")])
async def test_an_old_file_under_a_new_name_is_read(kind: str, name: str, register: Register) -> None:
    plan = await read_safely(old_file(WORD, "docx", kind), name, register)
    assert plan.activities == meant(register).activities


@pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", ["a.xlsx", "a.et"])
async def test_an_old_sheet_under_another_name_is_read(name: str, register: Register) -> None:
    plan = await read_safely(old_file(sheet(), "xlsx", "xls"), name, register)
    assert plan.activities == read_plan(sheet(), "a.xlsx", register).activities


def _with(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return out.getvalue()
