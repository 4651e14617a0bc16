"""How well and how fast plans are read in the files that offices have, beside what bare programs make of it.

They are read as the running program does: by a process that is kept ready, LibreOffice and Tesseract apart.

Bare: the text that the stock library, LibreOffice or Tesseract takes out of a file, read as plain text.
They are made of the shortest plans: a page of a scan takes seconds.
"""

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types
import pytesseract  # type: ignore[import-untyped]  # ships no types
from PIL import Image

from documents.reading import Unreadable, read_text
from documents.reading.limited_process import kept_ready
from documents.reading.office_converter import program
from documents.reading.recogniser import LANGUAGE, can_recognise
from documents.reading.safely import read_safely
from domain.plans.plan import Plan
from tests.bench.accuracy import Marks, marks_of, shown_plans
from tests.bench.reading import docx_text, pdf_text
from tests.documents.conftest import SAMPLE, shipped_register, source
from tests.documents.making import make_docx, make_pdf
from tests.documents.old_letters import as_tcvn3, as_vni
from tests.documents.scanning import scanned_pages, scanned_pdf
from tests.samples.scoring import Truth, load_truth

_OLD = ("doc", "rtf", "odt")
_NOTHING = 0.001
"""Seconds a page under which a bare program does no more than hand bytes on."""
_LOADING = 2.0
"""Seconds in which a process that is kept ready has loaded what it needs."""
_MOST_PLAIN, _MOST_OLD, _MOST_SCANNED = 8, 2, 1
"""Of so many plans, the shortest, files are made: each is read in a process of its own."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """One file read: its marks, the seconds it took, the bare program's mean mark and seconds; its pages.

    `memory` is what its process filled at most, in MB, 0 where it was not measured.
    """

    marks: Marks
    seconds: float
    bare_mean: float
    bare_seconds: float
    pages: int
    memory: int = 0


def main() -> int:
    """Print a line for each kind of file; 1 where something is lost in silence."""
    plans = [(name, *source(name)) for name in [*SAMPLE, *shown_plans()]]
    texts = [(name, text.read_text(encoding="utf-8"), load_truth(truth)) for name, text, truth in plans]
    readings: defaultdict[str, list[_Reading]] = defaultdict(list)
    for kind, reading in _readings(sorted(texts, key=lambda each: len(each[1]))):
        readings[kind].append(reading)
        sys.stderr.write(_line(kind, readings[kind]) + "\n")
    _write("| file | plans | mean | least | silent | s/page | MB | bare mean | bare s/page | ratio |")
    _write("|---|---|---|---|---|---|---|---|---|---|")
    for kind, found in readings.items():
        _write(_line(kind, found))
    _write(f"\nThe largest process: {getrusage(RUSAGE_CHILDREN).ru_maxrss // 1024} MB; this one: ", end="")
    _write(f"{getrusage(RUSAGE_SELF).ru_maxrss // 1024} MB.")
    return any(reading.marks.silent for found in readings.values() for reading in found)


def _write(text: str, end: str = "\n") -> None:
    sys.stdout.write(text + end)
    sys.stdout.flush()


def _line(kind: str, found: Sequence[_Reading]) -> str:
    pages = sum(reading.pages for reading in found)
    mean = sum(reading.marks.mean for reading in found) / len(found)
    bare = sum(reading.bare_mean for reading in found) / len(found)
    taken = sum(reading.seconds for reading in found) / pages
    bare_taken = sum(reading.bare_seconds for reading in found) / pages
    lost = sum(reading.marks.silent for reading in found)
    least = min(reading.marks.least for reading in found)
    memory = max(reading.memory for reading in found)
    ratio = f"{taken / bare_taken:.1f}" if bare_taken > _NOTHING else "-"
    return (
        f"| {kind} | {len(found)} | {mean:.3f} | {least:.2f} | {lost} | {taken:.2f} | {memory} | {bare:.3f}"
        f" | {bare_taken:.2f} | {ratio} |"
    )


def _readings(texts: Sequence[tuple[str, str, Truth]]) -> Iterator[tuple[str, _Reading]]:
    for _, text, truth in texts[:_MOST_PLAIN]:
        for kind, data, bare in _plain_files(text):
            yield kind, _read(kind, data, bare, truth, _pages(text))
    for _, text, truth in texts[:_MOST_OLD] if program() else ():
        for kind, data in _old_files(text):
            yield kind, _read(kind, data, _office_text(kind, data), truth, _pages(text))
    for _, text, truth in texts[:_MOST_SCANNED] if can_recognise() else ():
        for dpi in (150, 200, 300):
            for spoilt in (False, True):
                kind = f"scan {dpi} dpi, {'spoilt' if spoilt else 'clean'}"
                pages = scanned_pages(text, dpi=dpi, spoilt=spoilt)
                data = scanned_pdf(text, dpi=dpi, spoilt=spoilt)
                yield kind, _read(".pdf", data, _bare_tesseract(pages), truth, len(pages))


def _pages(text: str) -> int:
    with pdfium.PdfDocument(make_pdf(text)) as document:
        return len(document)


def _plain_files(text: str) -> Iterator[tuple[str, bytes, Callable[[], str]]]:
    word, pages = make_docx(text), make_pdf(text)
    yield ".txt", text.encode(), lambda: text
    yield ".docx", word, lambda: docx_text(word)
    yield ".pdf", pages, lambda: pdf_text(pages)
    for kind, data in (
        ("TCVN3 .txt", as_tcvn3(text).encode("cp1252", errors="replace")),
        ("VNI .txt", as_vni(text).encode("cp1252", errors="replace")),
    ):
        yield kind, data, lambda data=data: data.decode("cp1252", errors="replace")  # type: ignore[misc]  # bound


def _old_files(text: str) -> Iterator[tuple[str, bytes]]:
    word = make_docx(text)
    for kind in _OLD:
        yield f".{kind}", old_file(word, "docx", kind)


def old_file(data: bytes, kind: str, wanted: str) -> bytes:
    """Return what LibreOffice makes of a file of one kind in another."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a.{kind}"
        path.write_bytes(data)
        return _turned(path, wanted)


def _turned(path: Path, kind: str) -> bytes:
    """What LibreOffice makes of a file in another kind."""
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = [str(program()), profile, "--headless", "--convert-to", kind, "--outdir", str(path.parent)]
    subprocess.run([*command, str(path)], check=True, capture_output=True)
    return path.with_suffix(f".{kind.partition(':')[0]}").read_bytes()


def _office_text(kind: str, data: bytes) -> Callable[[], str]:
    def taken() -> str:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"b{kind}"
            path.write_bytes(data)
            return _turned(path, "txt:Text (encoded):UTF8").decode("utf-8-sig")

    return taken


def _bare_tesseract(pages: Sequence[Image.Image]) -> Callable[[], str]:
    return lambda: "\n".join(pytesseract.image_to_string(_as_jpeg(page), lang=LANGUAGE) for page in pages)


def _as_jpeg(page: Image.Image) -> Image.Image:
    """The page as it lies in the file that is read."""
    made = BytesIO()
    page.save(made, "JPEG", quality=75)
    return Image.open(made)


def _peak(kind: str, data: bytes) -> int:
    """What a process that reads a file fills at most, in MB, LibreOffice and Tesseract among its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{kind[kind.rindex('.') :]}"
        path.write_bytes(data)
        command = [sys.executable, "-m", "tests.documents.hostile", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    return round(float(json.loads(done.stdout)[2]))


def _read(kind: str, data: bytes, bare: Callable[[], str], truth: Truth, pages: int) -> _Reading:
    plan, taken = asyncio.run(_awaited(data, f"a{kind[kind.rindex('.') :]}"))
    began = time.monotonic()
    text = bare()
    bare_taken = time.monotonic() - began
    mean, peak = _mean_of_text(text, truth), _peak(kind, data)
    return _Reading(marks_of(plan, truth), taken, mean, bare_taken, pages, peak)


async def _awaited(data: bytes, name: str) -> tuple[Plan, float]:
    """Return the plan, and the seconds that who sends the file to the running program waits for it."""
    async with kept_ready(0):
        await asyncio.sleep(_LOADING)
        began = time.monotonic()
        return await read_safely(data, name, shipped_register()), time.monotonic() - began


def _mean_of_text(text: str, truth: Truth) -> float:
    try:
        plan: Plan = read_text(text, shipped_register())
    except Unreadable:
        return 0.0
    return marks_of(plan, truth).mean


if __name__ == "__main__":
    sys.exit(main())
