"""What a file is, is told by its content; a secrecy mark near its head is seen."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import Workbook
from PIL import Image

from documents.reading import Unreadable
from documents.reading.proof import DOC, DOCX, JPEG, PDF, PNG, XLS, XLSX, look_at
from documents.reading.safely import MOST_BYTES
from tests.documents.making import make_docx, make_pdf, saved

pytestmark = pytest.mark.usefixtures("reads_apart")

TEXT = "BÁO CÁO\nKết quả quảng bá chè Hà Khê\n\n1. Đã dựng 02 cụm pano, bảo mật thông tin người mua."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def picture(kind: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "green").save(out, kind)
    return out.getvalue()


def sheet(*rows: list[str]) -> bytes:
    book, out = Workbook(), BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(out)
    return out.getvalue()


def old(stream: str, text: str) -> bytes:
    return OLE + text.encode("utf-16-le") + bytes(64) + stream.encode("utf-16-le") + bytes(64)


KINDS = [
    (picture("JPEG"), JPEG),
    (picture("PNG"), PNG),
    (make_pdf(TEXT), PDF),
    (make_docx(TEXT), DOCX),
    (sheet(["Nội dung", "Kết quả"], ["Pano", "02 cụm"]), XLSX),
    (old("WordDocument", TEXT), DOC),
    (old("Workbook", TEXT), XLS),
]


@pytest.mark.parametrize(("data", "kind"), KINDS, ids=[kind for _, kind in KINDS])
async def test_a_file_is_told_by_its_content(data: bytes, kind: str) -> None:
    assert await look_at(data) == kind


def zipped(**parts: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00 this is a program", "unsupported"),
        (b"<html>%PDF</html>", "unsupported"),
        (picture("GIF"), "unsupported"),
        (zipped(a=b"1"), "unsupported"),
        (OLE, "unsupported"),
        (picture("PNG")[:60], "broken"),
        (b"\xff\xd8\xff\xe0 no picture", "broken"),
        (b"%PDF-1.7 nothing more", "broken"),
        (make_docx(TEXT)[:900], "broken"),
        (b"\xff\xd8\xff" + bytes(MOST_BYTES), "too_big"),
    ],
)
async def test_what_is_none_of_these_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        await look_at(data)
    assert refusal.value.reason == reason


def stamped() -> bytes:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "TỐI MẬT"
    document.add_paragraph("Kết quả thực hiện")
    return saved(document)


MARKED = {
    "pdf": make_pdf(f"MẬT\n\n{TEXT}"),
    "docx": make_docx(f"UBND TỈNH HÀ KHÊ\nTUYỆT MẬT\n{TEXT}"),
    "docx header": stamped(),
    "xlsx": sheet(["MẬT", ""], ["Nội dung", "Kết quả"]),
    "doc": old("WordDocument", f"UBND TỈNH\rMẬT\r{TEXT}"),
    "xls": old("Workbook", "\x03TỐI MẬT\x07abc"),
}


@pytest.mark.parametrize("kind", MARKED)
async def test_a_secrecy_mark_near_the_head_is_seen(kind: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        await look_at(MARKED[kind])
    assert refusal.value.reason == "secret"


async def test_a_bomb_of_a_zip_is_refused_in_time() -> None:
    out = BytesIO()
    with ZipFile(BytesIO(make_docx(TEXT))) as whole, ZipFile(out, "w", 8, compresslevel=1) as bomb:
        for name in whole.namelist():
            bomb.writestr(name, whole.read(name))
        with bomb.open("word/media/image1.bin", "w", force_zip64=True) as part:
            for _ in range(200):
                part.write(bytes(2**20))
    with pytest.raises(Unreadable) as refusal:
        await look_at(out.getvalue())
    assert refusal.value.reason == "too_big"
