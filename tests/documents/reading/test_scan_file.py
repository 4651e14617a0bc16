"""Scans of plans, leaning, blurred and under a seal, give what their text gives."""

from collections.abc import Callable
from difflib import SequenceMatcher
from io import BytesIO

import pytest
from PIL import Image

from documents.reading import Unreadable, read_scan, read_text, recogniser, scan_file
from documents.reading.safely import read_safely
from domain.deadlines import UNCERTAIN, read_deadline
from domain.organisation.register import Register
from domain.plans.plan import Plan
from tests.documents.making import make_pdf
from tests.documents.scanning import scanned_pages, scanned_pdf

pytestmark = pytest.mark.usefixtures("reads_apart")

TEXT = """ỦY BAN NHÂN DÂN
TỈNH HÀ KHÊ
Số: 5/KH-UBND
Hà Khê, ngày 03 tháng 01 năm 2024
KẾ HOẠCH
PHÁT TRIỂN DU LỊCH TỈNH HÀ KHÊ NĂM 2024
I. TỔ CHỨC THỰC HIỆN
1. Sở Du lịch:
- Chủ trì, phối hợp với Sở Tài chính mở 03 lớp tập huấn cho các hộ làm du lịch trước ngày 30/6/2024.
- Tổng hợp kết quả của các đơn vị, báo cáo UBND tỉnh trước ngày 25/11/2024.
2. Sở Y tế:
- Phối hợp bảo đảm cấp cứu tại các điểm du lịch; cử cán bộ trực trong các ngày lễ hội.
Các sở, ban, ngành báo cáo kết quả về Sở Du lịch trước ngày 15/11/2024.
"""
TABLE = """
TT
\tNội dung công việc
\tCơ quan chủ trì
\tThời gian hoàn thành
1
\tTổ chức ngày hội hoa ban tại các xã vùng cao
\tSở Du lịch
\tTháng 3/2024
2
\tKiểm tra an toàn thực phẩm tại điểm du lịch
\tSở Y tế
\tTháng 6/2024
"""
ALIKE = 0.9
"""Of the words of a duty, so much is the same at least; a line under the seal loses a word."""
needs_tesseract = pytest.mark.skipif(
    not recogniser.can_recognise(),
    reason=f"Tesseract is not installed, so no scan was read: apt install {recogniser.PACKAGES}",
)


def check(read: Plan, meant: Plan) -> None:
    """Who is to do what in which role by when is the same; the words, but for a letter under the seal."""
    assert [(d.section, d.unit, d.role, d.partners) for d in read.duties] == [
        (d.section, d.unit, d.role, d.partners) for d in meant.duties
    ]
    assert [(a.lead, a.when) for a in read.activities] == [(a.lead, a.when) for a in meant.activities]
    assert [(rule.who, rule.due) for rule in read.reports] == [(rule.who, rule.due) for rule in meant.reports]
    for text, meant_text in zip(_words(read), _words(meant), strict=True):
        assert SequenceMatcher(None, text, meant_text).ratio() > ALIKE, (text, meant_text)


def _words(plan: Plan) -> list[str]:
    return [duty.text for duty in plan.duties] + [activity.text for activity in plan.activities]


@needs_tesseract
@pytest.mark.parametrize("spoilt", [False, True])
def test_a_scan_gives_what_its_text_gives(register: Register, spoilt: bool) -> None:
    read, meant = read_scan(scanned_pdf(TEXT, spoilt=spoilt), "a.pdf", register), read_text(TEXT, register)
    assert (read.head.number, read.head.issued_on, read.head.title, read.head.period) == (
        meant.head.number,
        meant.head.issued_on,
        meant.head.title,
        meant.head.period,
    )
    check(read, meant)


@needs_tesseract
def test_the_pages_come_with_their_pictures_and_the_passages_that_begin_them(register: Register) -> None:
    duties = "".join(
        f"- Chủ trì, phối hợp với Sở Tài chính mở lớp dạy nghề {craft} cho người dân các xã vùng cao.\n"
        for craft in ("gốm", "mộc", "dệt", "rèn", "nón", "chiếu", "giấy", "hương", "tranh", "đồng", "lụa")
    )
    text = f"{TEXT}3. Sở Tư pháp:\n{duties}{duties.replace('dạy nghề', 'học làm')}"
    read = read_scan(scanned_pdf(text, dpi=150, spoilt=False), "a.pdf", register)
    drawn = scanned_pages(text, dpi=150, spoilt=False)
    assert len(read.scan) == len(drawn) > 1
    for page, picture in zip(read.scan, drawn, strict=True):
        with Image.open(BytesIO(page.picture)) as shown:
            assert abs(shown.height / shown.width - picture.height / picture.width) < 0.01
    assert read.scan[0].passage == 0
    assert 0 < read.scan[1].passage < len(read.passages)


@needs_tesseract
def test_the_cells_of_a_ruled_table_are_kept_apart(register: Register) -> None:
    read = read_scan(scanned_pdf(TEXT + TABLE), "a.pdf", register)
    check(read, read_text(TEXT + TABLE, register))
    assert len(read.activities) == 2


@needs_tesseract
@pytest.mark.parametrize("turn", [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180])
def test_a_page_that_lies_on_its_side_or_its_head_is_read(turn: Image.Transpose, register: Register) -> None:
    page = BytesIO()
    scanned_pages(TEXT + TABLE, dpi=150, spoilt=False)[0].transpose(turn).save(page, "JPEG", quality=80)
    read = read_scan(page.getvalue(), "a.jpg", register)
    check(read, read_text(TEXT + TABLE, register))
    assert len(read.activities) == 2


@needs_tesseract
async def test_a_photograph_is_read_in_a_process_of_its_own(register: Register) -> None:
    page = BytesIO()
    scanned_pages(TEXT, dpi=150)[0].save(page, "JPEG", quality=80)
    check(await read_safely(page.getvalue(), "trang 1.JPG", register), read_text(TEXT, register))


@needs_tesseract
async def test_a_pdf_with_some_scanned_pages_is_read_whole(register: Register) -> None:
    import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types

    head, _, duties = TEXT.partition("2. Sở Y tế:")
    made = BytesIO()
    scanned = scanned_pdf(f"2. Sở Y tế:{duties}")
    with pdfium.PdfDocument(make_pdf(head)) as whole, pdfium.PdfDocument(scanned) as scan:
        whole.import_pages(scan)
        whole.save(made)
    check(await read_safely(made.getvalue(), "a.pdf", register), read_text(TEXT, register))


def let_tesseract_read(monkeypatch: pytest.MonkeyPatch, text: str, confidence: Callable[[str], int]) -> None:
    """Let a page say a text, as Tesseract tells it: each word with its place and how sure it is, of 100."""
    lines = [line.split() for line in text.splitlines() if line]
    words = [(word, row, at) for row, line in enumerate(lines) for at, word in enumerate(line)]
    recognised = {
        "text": [word for word, _, _ in words],
        "conf": [confidence(word) for word, _, _ in words],
        "left": [300 + at * 90 for _, _, at in words],
        "top": [200 + row * 60 for _, row, _ in words],
        "width": [80 for _ in words],
        "height": [40 for _ in words],
        "block_num": [row for _, row, _ in words],
        "par_num": [1 for _ in words],
        "line_num": [1 for _ in words],
    }
    monkeypatch.setattr(scan_file, "can_recognise", lambda: True)
    monkeypatch.setattr("pytesseract.image_to_data", lambda *_, **__: recognised)


def test_a_name_of_which_a_word_was_hard_to_read_is_the_one_of_the_register(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_tesseract_read(
        monkeypatch, TEXT.replace("1. Sở Du lịch", "1. Sở Du lich"), lambda word: 60 if "lich" in word else 96
    )
    read = read_scan(scanned_pdf(TEXT, spoilt=False), "a.pdf", register)
    assert {duty.unit for duty in read.duties} == {"Sở Du lịch", "Sở Y tế"}


def test_a_number_that_was_hard_to_read_gives_no_date(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_tesseract_read(monkeypatch, TEXT, lambda word: 40 if "15/11" in word else 96)
    read = read_scan(scanned_pdf(TEXT, spoilt=False), "a.pdf", register)
    doubtful = [rule for rule in read.reports if rule.who == "Các sở, ban, ngành"]
    assert [rule.due for rule in doubtful] == [()]
    assert UNCERTAIN in doubtful[0].quote
    assert read_deadline(f"trước ngày 15/11/2024{UNCERTAIN}").why == "uncertain"


async def test_without_tesseract_it_is_said_what_to_install(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan_file, "can_recognise", lambda: False)
    with pytest.raises(Unreadable) as caught:
        read_scan(scanned_pdf(TEXT, spoilt=False), "a.pdf", register)
    assert caught.value.reason == "needs_ocr"


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n", b"GIF89a", b"no picture at all"])
def test_a_picture_that_is_none_is_broken(
    register: Register, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan_file, "can_recognise", lambda: True)
    with pytest.raises(Unreadable) as caught:
        read_scan(data, "a.png", register)
    assert caught.value.reason == "broken"


def test_a_picture_of_20_000_pixels_either_way_is_refused_unopened(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan_file, "can_recognise", lambda: True)
    made = BytesIO()
    Image.new("1", (20_000, 20_000)).save(made, "PNG")
    assert len(made.getvalue()) < 2**20
    with pytest.raises(Unreadable) as caught:
        read_scan(made.getvalue(), "a.png", register)
    assert caught.value.reason == "too_big"
