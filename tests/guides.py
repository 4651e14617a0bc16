"""`make guides`: the guides as printable PDF in build/guides, with their pictures (`make pictures`)."""

import asyncio
import base64
import re
import sys
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt
from playwright.async_api import Browser, async_playwright

from tests.pictures import find_chromium

ROOT: Final = Path(__file__).parents[1]
OUT: Final = ROOT / "build" / "guides"
GUIDES: Final = ("huong-dan-dau-moi", "huong-dan-tong-hop")
STYLE: Final = """
@page { size: A4; margin: 20mm 18mm; }
body { font: 11pt/1.45 "Noto Sans Pages"; color: #111; }
h1 { font-size: 18pt; }
h2 { font-size: 14pt; break-after: avoid; margin-top: 1.4em; }
table { border-collapse: collapse; width: 100%; }
td, th { border: 1px solid #999; padding: 3pt 5pt; text-align: left; }
tr, blockquote, p { break-inside: avoid; }
blockquote { border-left: 3pt solid #bbb; margin-left: 0; padding-left: 8pt; }
code { font-size: 10pt; background: #f2f2f2; }
img { max-width: 100%; max-height: 120mm; border: 1px solid #ccc; }
"""
FONTS: Final = ROOT / "bot" / "web" / "fonts"


def guide_as_html(text: str, folder: Path) -> str:
    """Return a guide as a page that has its pictures in itself; `folder` is where they are looked for."""

    def as_data(name: re.Match[str]) -> str:
        return f'src="data:image/png;base64,{base64.b64encode((folder / name[1]).read_bytes()).decode()}"'

    body = MarkdownIt("commonmark").enable("table").render(text)
    body = re.sub(r'src="([^":]+\.png)"', as_data, body)
    style = _fonts() + STYLE
    return f'<!doctype html><html lang="vi"><meta charset="utf-8"><style>{style}</style>{body}</html>'


def _fonts() -> str:
    """Return the style sheet of the pages' own font, with the font in it."""

    def as_data(name: re.Match[str]) -> str:
        return f"url(data:font/woff2;base64,{base64.b64encode((FONTS / name[1]).read_bytes()).decode()})"

    return re.sub(r"url\(([\w.-]+)\)", as_data, (FONTS / "fonts.css").read_text(encoding="utf-8"))


async def print_guides(browser: Browser, folder: Path) -> list[Path]:
    """Print each guide into a folder; return the files."""
    page, files = await browser.new_page(), []
    for name in GUIDES:
        text = (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
        await page.set_content(guide_as_html(text, ROOT / "docs"))
        files.append(folder / f"{name}.pdf")
        await page.pdf(path=files[-1], format="A4", print_background=True)
    await page.close()
    return files


async def main() -> None:
    """Print the guides into build/guides."""
    chromium = find_chromium()
    OUT.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for file in await print_guides(browser, OUT):
            sys.stdout.write(f"{file.relative_to(ROOT)}\n")
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
