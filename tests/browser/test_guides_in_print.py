"""`make guides` prints the guides with their pictures; `make pictures` takes the phones' anew."""

from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # ships no types
import pytest
from playwright.async_api import Browser

from tests.guides import GUIDES, ROOT, print_guides
from tests.pictures import picture_phones

IMAGE = 3  # pypdfium2's number for a picture on a page


@pytest.mark.asyncio(loop_scope="session")
async def test_the_guides_are_printed_with_their_pictures(browser: Browser, tmp_path: Path) -> None:
    files = await print_guides(browser, tmp_path)
    assert [file.stem for file in files] == list(GUIDES)
    for file in files:
        guide = (ROOT / "docs" / f"{file.stem}.md").read_text(encoding="utf-8")
        with pypdfium2.PdfDocument(file) as document:
            pages = list(document)
            text = "\n".join(page.get_textpage().get_text_bounded() for page in pages)
            pictures = [picture for page in pages for picture in page.get_objects(filter=[IMAGE])]
        assert "Hướng dẫn dành cho" in text
        assert len(pictures) == guide.count("](pictures/") > 0


@pytest.mark.asyncio(loop_scope="session")
async def test_the_pictures_of_the_phones_can_be_taken_anew(browser: Browser) -> None:
    taken = await picture_phones(browser)
    assert {"sandbox", "due-day", "phone-answer"} <= set(taken)
    assert set(taken) <= {file.stem for file in (ROOT / "docs" / "pictures").glob("*.png")}
