"""What reading a plan costs, beside what it costs merely to take its text out of the file."""

import io
import resource
import statistics
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import docx
import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types

from documents.reading import read_plan
from documents.reading.docx_file import blocks_of_docx
from documents.reading.pdf_file import blocks_of_pdf
from domain.units import Register, parse_register
from tests.documents.making import make_docx, make_pdf

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "config" / "samples" / "ha-khe" / "ke-hoach-doi-ngoai-2026.txt"
_RUNS, _MANY, _SIZE = 7, 1_000, 50_000


def main() -> int:
    """Measure and print; 1 where a limit is passed."""
    register = parse_register(tomllib.loads((ROOT / "config" / "units.toml").read_text(encoding="utf-8")))
    text = _of_size(SAMPLE.read_text(encoding="utf-8"))
    word, pages = make_docx(text), make_pdf(text)
    plain = _seconds(lambda: read_plan(text.encode(), "a.txt", register))
    docx_text, pdf_text = _seconds(lambda: _docx_text(word)), _seconds(lambda: _pdf_text(pages))
    docx_read = _seconds(lambda: blocks_of_docx(word, register))
    pdf_read = _seconds(lambda: blocks_of_pdf(pages, register))
    grown = _growth(text.encode(), register)
    return any(
        [
            show("a plan of 50 kB, seconds", plain, 1.0),
            show(".docx to outline / python-docx's text", docx_read / docx_text, 2.0),
            show(".pdf to outline / pdfium's text", pdf_read / pdf_text, 1.3),
            show(f"{_MANY} plans, growth in MB", grown, 10.0),
        ]
    )


def show(what: str, value: float, limit: float) -> bool:
    """Print a figure beside its limit; return whether it is over."""
    over = value > limit
    sys.stdout.write(f"{what:<40}{value:8.2f}   (limit {limit:g}){'  OVER' if over else ''}\n")
    return over


def _of_size(text: str) -> str:
    """The sample, its parts of text repeated until it is as long as a long plan."""
    head, mark, rest = text.partition("I. ")
    body = mark + rest
    while len((head + body).encode()) < _SIZE:
        body += "\n" + rest
    return head + body


def _seconds(work: Callable[[], object]) -> float:
    """The median of some runs, after one that warms up."""
    work()
    taken = []
    for _ in range(_RUNS):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def _docx_text(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def _pdf_text(data: bytes) -> str:
    with pdfium.PdfDocument(data) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def _growth(data: bytes, register: Register) -> float:
    """How much the peak of memory grows over many plans, after the first ten, in MB."""
    for _ in range(10):
        read_plan(data, "a.txt", register)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(_MANY):
        read_plan(data, "a.txt", register)
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
