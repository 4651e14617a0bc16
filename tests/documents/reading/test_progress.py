"""While a long file is read, it is told how far its reading has come."""

import weakref
from io import BytesIO

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types
import pytest
from PIL import Image

from documents.reading import Unreadable, scan_file
from documents.reading.pdf_page import Page, Printed
from documents.reading.progress import progress_in
from documents.reading.safely import read_safely
from documents.reading.scan_file import scan_of
from domain.organisation.register import Register
from tests.documents.reading.test_scan_file import TEXT, needs_tesseract
from tests.documents.scanning import scanned_pdf

LONG = TEXT + "3. Sở Tư pháp:\n" + "".join(f"- Chủ trì mở lớp học thứ {number}.\n" for number in range(40))


def blank_pdf(pages: int) -> bytes:
    made = BytesIO()
    with pdfium.PdfDocument.new() as document:
        for _ in range(pages):
            document.new_page(595, 842)
        document.save(made)
    return made.getvalue()


@pytest.fixture
def unrecognised(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pages be drawn, and say nothing of what stands on them."""

    def read(page: Image.Image) -> Page:
        assert page.size[0] > 2000
        return Page((Printed("Trang này để trống", 70, 500, 400),), ())

    monkeypatch.setattr(scan_file, "can_recognise", lambda: True)
    monkeypatch.setattr(scan_file, "_read", read)


@pytest.mark.usefixtures("unrecognised")
def test_each_page_of_a_scan_is_told_of_once(register: Register) -> None:
    steps: list[tuple[int, int]] = []
    scan_of([(blank_pdf(5), ".pdf")], register, lambda read, pages: steps.append((read, pages)))
    assert steps == [(number, 5) for number in range(1, 6)]


def test_of_a_long_scan_only_the_pages_in_hand_are_kept(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page is some 26 MB: forty at once would pass the limit of the process."""
    drawn: list[weakref.ref[Image.Image]] = []
    counts: list[int] = []

    def draw(page: pdfium.PdfPage) -> Image.Image:
        picture = Image.new("RGB", (20, 30))
        drawn.append(weakref.ref(picture))
        return picture

    def read(page: Image.Image) -> Page:
        counts.append(sum(each() is not None for each in drawn))
        return Page((Printed("Trang này để trống", 70, 500, 400),), ())

    monkeypatch.setattr(scan_file, "can_recognise", lambda: True)
    monkeypatch.setattr(scan_file, "_drawn", draw)
    monkeypatch.setattr(scan_file, "_read", read)
    scan_of([(blank_pdf(40), ".pdf")], register)
    assert len(drawn) == 40
    assert max(counts) <= 4


@pytest.mark.usefixtures("unrecognised")
def test_a_scan_of_too_many_pages_is_refused(register: Register) -> None:
    with pytest.raises(Unreadable) as caught:
        scan_of([(blank_pdf(101), ".pdf")], register)
    assert caught.value.reason == "too_big"


@pytest.mark.usefixtures("reads_apart")
@needs_tesseract
async def test_the_process_of_its_own_tells_how_far_it_is(register: Register) -> None:
    steps: list[tuple[int, int]] = []
    scan = scanned_pdf(LONG, dpi=150, spoilt=False)
    await read_safely(scan, "a.pdf", register, lambda read, pages: steps.append((read, pages)))
    assert steps == [(1, 2), (2, 2)]


@pytest.mark.parametrize("line", ["", "page", "page x of 2", "Traceback: page 1 of 2", "page 1 of 2 of 3"])
def test_what_a_library_complains_of_is_no_progress(line: str) -> None:
    assert progress_in(line) is None
