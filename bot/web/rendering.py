"""From a page's values to HTML. Whatever is put into a template is escaped."""

import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.web.guard import FONTS
from bot.web.visit import Visit, load_page_texts, url_in
from config.texts import Texts

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"
SHAPES = {"overdue": "▲", "due": "●", "open": "○", "done": "✓"}
"""Each colour has a shape beside it."""


@cache
def _pages() -> Environment:
    pages = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.globals |= {"shapes": SHAPES, "version": _version()}
    return pages


def _version() -> str:
    """A word that changes with the style and the script, so that browsers may keep them."""
    files = sorted([*STATIC.iterdir(), *FONTS.iterdir()])
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


def page(visit: Visit, template: str, *, at: str, status: int = 200, **values: object) -> Response:
    """Render a page; `at` is the entry of the menu under which it stands."""
    html = (
        _pages()
        .get_template(f"{template}.html")
        .render(
            visit=visit,
            t=visit.texts,
            words=visit.words,
            url=visit.url,
            at=at,
            **values,
        )
    )
    return HTMLResponse(html, status_code=status)


def outside(
    request: Request, template: str, texts: Texts, *, status: int = 200, **values: object
) -> Response:
    """Render a page for somebody who has not been let in: nothing of anybody's work is on it."""
    html = (
        _pages()
        .get_template(f"{template}.html")
        .render(t=texts, url=lambda path: url_in(request, path), **values)
    )
    return HTMLResponse(html, status_code=status)


def sentence(
    request: Request, language: str, key: str, status: int, home: tuple[str, str] | None = ("/", "back")
) -> Response:
    """Render one sentence, and the way back: to `home`, an address and the key of its words; None: no way."""
    texts = load_page_texts(language)
    back = None if home is None else (home[0], texts(home[1]))
    return outside(request, "sentence", texts, status=status, told=texts(key), back=back)
