"""What reading a plan costs, beside what it costs merely to take its text out of the file."""

import io
import resource
import sys
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import docx
import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types

from documents.reading import read_plan
from documents.reading.docx_file import blocks_of_docx
from documents.reading.pdf_file import blocks_of_pdf
from domain.organisation.register import Register
from domain.organisation.register_file import parse_register
from tests.documents.making import make_docx, make_pdf

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "config" / "samples" / "ha-khe" / "ke-hoach-doi-ngoai-2026.txt"
_ROUNDS, _MANY, _SIZE = 15, 1_000, 50_000


@dataclass(frozen=True, slots=True)
class Cost:
    """Processor seconds for one file, in each round: the bare library's text, our outline, the whole plan."""

    name: str
    text: tuple[float, ...]
    outline: tuple[float, ...]
    whole: tuple[float, ...]


def main() -> int:
    """Measure and print; 1 where a limit is passed."""
    register = parse_register(tomllib.loads((ROOT / "config" / "units.toml").read_text(encoding="utf-8")))
    sample = SAMPLE.read_text(encoding="utf-8")
    text = of_size(sample, _SIZE)
    (plain,) = in_turn([lambda: read_plan(text.encode(), "a.txt", register)], _ROUNDS)
    over = [show("a plan of 50 kB, seconds", median(plain), 1.0)]
    for cost, limit in zip(costs(text, register, _ROUNDS), (2.0, 1.3), strict=True):
        base = median(cost.text)
        over.append(show(f"{cost.name} to outline / bare text", median(cost.outline) / base, limit))
        over.append(show(f"{cost.name} to whole plan / bare text", median(cost.whole) / base, limit))
    over.append(show(f"{_MANY} plans, growth in MB", growth(sample, register), 10.0))
    return any(over)


def show(what: str, value: float, limit: float) -> bool:
    """Print a figure beside its limit; return whether it is over."""
    over = value > limit
    sys.stdout.write(f"{what:<40}{value:8.2f}   (limit {limit:g}){'  OVER' if over else '  met'}\n")
    return over


def costs(text: str, register: Register, rounds: int) -> Iterator[Cost]:
    """Yield what a .docx and what a .pdf of the text cost."""
    word, pages = make_docx(text), make_pdf(text)
    works: dict[str, tuple[Callable[[], object], ...]] = {
        ".docx": (
            lambda: docx_text(word),
            lambda: blocks_of_docx(word, register),
            lambda: read_plan(word, "a.docx", register),
        ),
        ".pdf": (
            lambda: pdf_text(pages),
            lambda: blocks_of_pdf(pages, register),
            lambda: read_plan(pages, "a.pdf", register),
        ),
    }
    for name, three in works.items():
        yield Cost(name, *in_turn(three, rounds))


def in_turn(works: Sequence[Callable[[], object]], rounds: int) -> list[tuple[float, ...]]:
    """Return the processor seconds that each work took in each round; what disturbs one disturbs all."""
    for conn in works:
        conn()
    taken = [[_seconds(conn) for conn in works] for _ in range(rounds)]
    return list(zip(*taken, strict=True))


def _seconds(conn: Callable[[], object]) -> float:
    began = time.process_time()
    conn()
    return time.process_time() - began


def of_size(text: str, size: int) -> str:
    """The sample, its parts of text repeated until it is as long as a long plan, in bytes."""
    head, mark, rest = text.partition("I. ")
    body = mark + rest
    while len((head + body).encode()) < size:
        body += "\n" + rest
    return head + body


def docx_text(data: bytes) -> str:
    """Return the text of a Word file as python-docx is ordinarily asked for it."""
    document = docx.Document(io.BytesIO(data))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def pdf_text(data: bytes) -> str:
    """Return the text of a PDF as pypdfium2 is ordinarily asked for it."""
    with pdfium.PdfDocument(data) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def growth(text: str, register: Register) -> float:
    """Return by how many MB the memory in use grows over many plans of all kinds, the first ones aside."""
    files = ((text.encode(), "a.txt"), (make_docx(text), "a.docx"), (make_pdf(text), "a.pdf"))
    before = 0.0
    for n in range(_MANY + 30):
        before = before if n != 30 else _memory()
        read_plan(*files[n % len(files)], register)
    return _memory() - before


def _memory() -> float:
    """The memory that the process has in use, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20
