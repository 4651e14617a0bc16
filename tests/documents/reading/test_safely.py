"""Hostile files are refused in time and within bounds; ordinary ones come back whole."""

import json
import subprocess
import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from documents.reading import Unreadable, read_plan
from documents.reading.safely import MOST_BYTES, read_safely
from domain.organisation.register import Register
from tests.documents.conftest import ROOT, source
from tests.documents.making import Pages, make_docx, saved

pytestmark = pytest.mark.usefixtures("reads_apart")


def refusal(data: bytes, name: str, folder: Path, *, by: Sequence[str] = ()) -> str:
    """Read what must be refused; hold it to ten seconds and 300 MB."""
    (folder / name).write_bytes(data)
    command = [sys.executable, "-m", "tests.documents.hostile", str(folder / name), *by]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=True)
    ended, seconds, peak = json.loads(done.stdout)
    assert seconds < 10
    assert peak < 300
    return str(ended)


def with_part(data: bytes, part: str, content: bytes, times: int = 1) -> bytes:
    """Return the archive with one part replaced by the content, repeated."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED, compresslevel=1) as new:
        for name in old.namelist():
            with new.open(name, "w", force_zip64=True) as opened:
                for _ in range(times if name == part else 1):
                    opened.write(content if name == part else old.read(name))
    return out.getvalue()


async def test_an_ordinary_plan_comes_back_as_it_was_read(register: Register) -> None:
    text, _ = source("ke-hoach-doi-ngoai-2026")
    data = make_docx(text.read_text(encoding="utf-8"))
    assert await read_safely(data, "a.docx", register) == read_plan(data, "a.docx", register)


async def test_a_refusal_keeps_its_reason_and_facts(register: Register) -> None:
    with pytest.raises(Unreadable) as caught:
        await read_safely(b"x", "ảnh.gif", register)
    assert (caught.value.reason, caught.value.facts) == ("unsupported", {"suffix": ".gif"})


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    assert refusal(b" " * (MOST_BYTES + 1), "a.txt", tmp_path) == "too_big"


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    bomb = with_part(make_docx("KẾ HOẠCH"), "word/document.xml", b" " * 2**20, 200)
    assert len(bomb) < 2**21
    assert refusal(bomb, "a.docx", tmp_path) == "too_big"


def test_an_archive_that_swells_under_the_declared_limit_is_refused_too(tmp_path: Path) -> None:
    swelling = with_part(make_docx("KẾ HOẠCH"), "word/document.xml", b"<w>" * 100_000, 100)
    assert refusal(swelling, "a.docx", tmp_path) in ("too_big", "broken")


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_an_entity_bomb_is_refused(name: str, tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e0 "ha">{entities}]><d>&e9;</d>'.encode()
    book = saved(Workbook())
    bomb = with_part(make_docx("KẾ HOẠCH"), "word/document.xml", xml)
    if name == "a.xlsx":
        bomb = with_part(book, "xl/worksheets/sheet1.xml", xml)
    assert refusal(bomb, name, tmp_path) == "broken"


@pytest.mark.parametrize("by", [[], ["ready"]])
def test_a_million_rows_are_refused(by: list[str], tmp_path: Path) -> None:
    rows = "<row><c><v>1</v></c></row>" * 1_000_000
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )
    data = with_part(saved(Workbook()), "xl/worksheets/sheet1.xml", sheet.encode())
    assert refusal(data, "a.xlsx", tmp_path, by=by) == "too_big"


@pytest.mark.parametrize("by", [[], ["ready"]])
def test_a_million_lines_of_csv_are_refused(by: list[str], tmp_path: Path) -> None:
    assert refusal(b"1,2,3\n" * 1_000_000, "a.csv", tmp_path, by=by) == "too_big"


def test_a_pdf_whose_pages_never_end_is_refused(tmp_path: Path) -> None:
    pages = Pages()
    pages.paragraph("KẾ HOẠCH")
    endless = pages.file().replace(b"/Kids [6 0 R] /Count 1", b"/Kids [2 0 R] /Count 9999999")
    assert refusal(endless, "a.pdf", tmp_path) in ("too_big", "broken", "scanned")


def test_a_pdf_of_too_many_pages_is_refused(tmp_path: Path) -> None:
    pages = Pages("Trang")
    for _ in range(500):
        pages._open()
    assert refusal(pages.file(), "a.pdf", tmp_path) == "too_big"


def test_twenty_megabytes_of_words_end_in_time(tmp_path: Path) -> None:
    line = "- Chủ trì, phối hợp với Sở Y tế, Sở Tài chính, các sở, ban, ngành mở lớp, báo cáo UBND tỉnh.\n"
    text = "I. TỔ CHỨC THỰC HIỆN\n1. Sở Du lịch:\n" + line * 150_000
    assert refusal(text.encode(), "a.txt", tmp_path) == "too_big"
