"""`make guides`: the guides as PDF, with the pictures that are taken from the running program."""

from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # ships no types
import pytest
from playwright.async_api import Browser

from tests.guides import GUIDES, print_guides

IMAGE = 3  # pypdfium2's number for a picture on a page


@pytest.mark.asyncio(loop_scope="session")
async def test_the_guides_are_printed_with_their_pictures(browser: Browser, tmp_path: Path) -> None:
    files = await print_guides(browser, tmp_path)
    assert [file.stem for file in files] == list(GUIDES)
    for file, places in zip(files, GUIDES.values(), strict=True):
        with pypdfium2.PdfDocument(file) as document:
            pages = list(document)
            text = "\n".join(page.get_textpage().get_text_bounded() for page in pages)
            pictures = [picture for page in pages for picture in page.get_objects(filter=[IMAGE])]
        assert "Hướng dẫn dành cho" in text
        assert len(pictures) == len(places)
