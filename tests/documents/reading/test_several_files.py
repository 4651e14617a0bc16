"""Several files that make one document: a text and its annexes, photographs of pages, a zip of files."""

from collections.abc import Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from documents.reading import SourceFile, Unreadable, read_files, read_text
from documents.reading.safely import read_safely
from domain.organisation.register import Register
from tests.documents.making import make_docx
from tests.documents.reading.test_pdf_layouts import DUTIES, HEAD, ROWS, drawn, meant
from tests.documents.reading.test_scan_file import TEXT, needs_tesseract
from tests.documents.reading.test_scan_file import check as check_scan
from tests.documents.scanning import scanned_pages

MAIN = "\n".join((*HEAD[:-1], *DUTIES)).encode()
ANNEX = "\n".join(("PHỤ LỤC", "NHIỆM VỤ TRỌNG TÂM", *("\t".join(row) for row in ROWS))).encode()


def zipped(files: Sequence[tuple[str, bytes]]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return made.getvalue()


async def refusal(data: bytes, register: Register) -> str:
    with pytest.raises(Unreadable) as caught:
        await read_safely(data, "a.zip", register)
    return caught.value.reason


async def test_a_text_and_its_annex_in_a_zip_are_one_plan(register: Register) -> None:
    files = [("kh/Phu luc.txt", ANNEX), ("kh/Van ban.txt", MAIN), ("__MACOSX/x", b"?"), ("Thumbs.db", b"?")]
    plan = await read_safely(zipped(files), "Kế hoạch.ZIP", register)
    expected = meant(register)
    assert plan.head == expected.head
    assert [(a.text, a.lead, a.when) for a in plan.activities] == [
        (a.text, a.lead, a.when) for a in expected.activities
    ]
    assert [(d.unit, d.text) for d in plan.duties] == [(d.unit, d.text) for d in expected.duties]


def test_files_of_different_kinds_make_one_plan(register: Register) -> None:
    word = SourceFile("a.docx", make_docx("\n".join((*HEAD[:-1], *DUTIES))))
    other = drawn()
    annex = SourceFile("b phu luc.pdf", other.file())
    plan = read_files([annex, word], register)
    assert len(plan.activities) == 3
    assert plan.head.number == "57/KH-UBND"


async def test_two_documents_in_a_zip_are_not_mixed(register: Register) -> None:
    other = MAIN.replace(b"57/KH-UBND", b"58/KH-UBND")
    assert await refusal(zipped([("1.txt", MAIN), ("2.txt", other)]), register) == "several"


async def test_nothing_in_a_zip_is_lost(register: Register) -> None:
    assert await refusal(zipped([("1.txt", MAIN), ("2.mp4", b"x")]), register) == "unsupported"
    assert (
        await refusal(zipped([("1.txt", MAIN), ("2.zip", zipped([("3.txt", ANNEX)]))]), register)
        == "unsupported"
    )
    assert await refusal(zipped([("MẬT 1.txt", MAIN)]), register) == "secret"
    assert await refusal(zipped([]), register) == "empty"
    assert await refusal(b"PK\x03\x04 broken", register) == "broken"


async def test_a_zip_that_swells_is_refused(register: Register) -> None:
    assert await refusal(zipped([("1.txt", b" " * (70 * 2**20))]), register) == "too_big"
    assert await refusal(zipped([(f"{n}.txt", b"x") for n in range(200)]), register) == "too_big"


@needs_tesseract
async def test_photographs_of_pages_are_one_document(register: Register) -> None:
    """They come in the order of their names, the tenth behind the second."""
    crafts = ("gốm", "mộc", "dệt", "rèn", "nón", "chiếu", "giấy", "hương", "tranh", "đồng", "lụa", "mây tre")
    duties = (
        f"- Chủ trì mở lớp dạy nghề {craft} cho người dân các làng nghề ở xã Khê Thượng, xã Khê Hạ.\n"
        for craft in crafts
    )
    long = TEXT + "3. Sở Tư pháp:\n" + "".join(duties)
    photographs = []
    for number, page in enumerate(scanned_pages(long, dpi=150, spoilt=False), 1):
        made = BytesIO()
        page.save(made, "JPEG", quality=85)
        photographs.append((f"trang {number}.jpg", made.getvalue()))
    assert len(photographs) > 1
    plan = await read_safely(zipped(photographs[::-1]), "a.zip", register)
    check_scan(plan, read_text(long, register))
