"""Reading a plan: a file of any ordinary kind, or pasted text, into `domain.plans.plan.Plan`."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import PurePath
from typing import TYPE_CHECKING

from documents.reading.errors import Unreadable
from documents.reading.file_kinds import suffix_of
from documents.reading.grammar import own_number, plan_of
from documents.reading.legacy_letters import decoded, modern
from documents.reading.lines import blocks_of
from documents.reading.outline import Line, Table
from documents.reading.progress import Progress, ignored
from documents.reading.recogniser import PICTURES
from documents.reading.stamps import (
    refuse_marked,
    refuse_marked_blocks,
    refuse_marked_name,
    refuse_marked_text,
)
from domain.common.text import fold
from domain.organisation.register import Register
from domain.plans.plan import Passage, Plan, ScannedPage

if TYPE_CHECKING:
    from documents.reading.pdf_page import Page

__all__ = ["SourceFile", "Unreadable", "decoded_text", "read_files", "read_plan", "read_scan", "read_text"]

_MOST_TEXT = 4 * 2**20
"""A book of plain text in bytes; no plan is as long."""
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")

_ANNEX = re.compile(r"(?:\b|_)(?:phu luc|phu bieu|phuluc|phu_luc|pl|bieu|annex)(?:\b|_|\d)")

Blocks = list[Line | Table]


def read_text(text: str, register: Register) -> Plan:
    """Return the plan that a text words. Raises Unreadable."""
    refuse_marked_text(text)
    return plan_of(blocks_of(text, register), register)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it was sent: its name and its bytes."""

    name: str
    data: bytes

    @property
    def suffix(self) -> str:
        """What its content or else its name tells that it is: ".pdf"."""
        return suffix_of(self.data, PurePath(self.name).suffix.lower())


def read_plan(data: bytes, name: str, register: Register) -> Plan:
    """Return the plan in a file; its content, else its name, picks the reader. Raises Unreadable."""
    return read_files([SourceFile(name, data)], register)


def read_scan(data: bytes, name: str, register: Register) -> Plan:
    """Return the plan in pictures of pages, or in a PDF that holds some.

    Raises Unreadable, "needs_ocr" among its reasons.
    """
    return read_files([SourceFile(name, data)], register, scans=True)


def read_files(
    files: Sequence[SourceFile], register: Register, *, scans: bool = False, progress: Progress = ignored
) -> Plan:
    """Return the plan that one or several files make: pictures of pages, or a text and its annexes.

    `scans`: pages without text are recognised; `progress` is called as their pages are read.
    Raises Unreadable: "several" where more than one of the files is a document with a number of its own,
    "scanned" where there are pages without text and not `scans`.
    """
    found: list[Blocks] = []
    scanned: list[Page] = []
    for are_pictures, grouped in groupby(_in_order(files), key=lambda file: file.suffix in PICTURES):
        group = list(grouped)
        if are_pictures and len(files) > 1 and not scans:
            raise Unreadable("scanned")
        if are_pictures and scans:
            found.append(_scanned(group, register, progress, scanned))
        else:
            found += [_blocks_of_file(file, register, progress, scanned, scans=scans) for file in group]
    if len(found) > 1 and len({number for blocks in found if (number := own_number(blocks))}) > 1:
        raise Unreadable("several")
    plan = plan_of([block for blocks in found for block in blocks], register)
    if scanned:
        plan = replace(plan, scan=_on_pages(scanned, plan.passages))
    signed = [file for file in files if file.suffix == ".pdf"]
    return _signed(plan, signed) if signed else plan


def _in_order(files: Sequence[SourceFile]) -> list[SourceFile]:
    """The files in their order, annexes behind the others."""
    return sorted(files, key=lambda file: bool(_ANNEX.search(fold(file.name))))


def _on_pages(pages: Sequence["Page"], passages: Sequence[Passage]) -> tuple[ScannedPage, ...]:
    from documents.reading.scan_places import scanned_pages

    return scanned_pages(pages, passages)


def _scanned(
    files: Sequence[SourceFile], register: Register, progress: Progress, pages: list["Page"]
) -> Blocks:
    """Return what pictures of pages say, and add the pages to `pages`."""
    from documents.reading.scan_file import scan_of

    for file in files:
        refuse_marked(file.data, file.name)
    scan = scan_of([(file.data, file.suffix) for file in files], register, progress)
    refuse_marked_blocks(scan.blocks)
    pages += scan.pages
    return scan.blocks


def _blocks_of_file(
    file: SourceFile, register: Register, progress: Progress, pages: list["Page"], *, scans: bool
) -> Blocks:
    reader = _READERS.get(file.suffix)
    if reader is None:
        raise Unreadable("unsupported", suffix=file.suffix)
    if not file.data.strip():
        raise Unreadable("empty")
    if scans and reader is _pdf:
        return _scanned([file], register, progress, pages)
    if len(file.data) > _MOST_TEXT and reader in (_text, _csv, _html):
        raise Unreadable("too_big")
    if reader is _pdf:
        refuse_marked_name(file.name)
    else:
        refuse_marked(file.data, file.name, cells=reader is _csv)
    return reader(file.data, register)


def _signed(plan: Plan, files: Sequence[SourceFile]) -> Plan:
    """The plan with the names of those who signed its PDF files."""
    from documents.reading.pdf_signatures import signers_of

    return replace(plan, signatures=tuple(name for file in files for name in signers_of(file.data)))


def _text(data: bytes, register: Register) -> Blocks:
    return blocks_of(decoded_text(data), register)


def _docx(data: bytes, register: Register) -> Blocks:
    from documents.reading.docx_file import blocks_of_docx

    return blocks_of_docx(data, register)


def _pdf(data: bytes, register: Register) -> Blocks:
    from documents.reading.pdf_file import blocks_of_pdf

    return blocks_of_pdf(data, register)


def _xlsx(data: bytes, _register: Register) -> Blocks:
    from documents.reading.sheet_file import blocks_of_xlsx

    return blocks_of_xlsx(data)


def _html(data: bytes, register: Register) -> Blocks:
    from documents.reading.html_file import blocks_of_html

    blocks = blocks_of_html(decoded_text(data), register)
    refuse_marked_blocks(blocks)
    return blocks


def _csv(data: bytes, _register: Register) -> Blocks:
    from documents.reading.sheet_file import blocks_of_csv

    return blocks_of_csv(decoded_text(data))


# A library is loaded with the first file that needs it: together they would cost every start half a second.
_READERS: dict[str, Callable[[bytes, Register], Blocks]] = {
    "": _text,
    ".txt": _text,
    ".md": _text,
    ".docx": _docx,
    ".pdf": _pdf,
    ".xlsx": _xlsx,
    ".csv": _csv,
    ".htm": _html,
    ".html": _html,
}


def decoded_text(data: bytes) -> str:
    """Return the text of a file in whatever encoding Vietnamese offices have. Raises "broken"."""
    if data[:2] in _UTF16_MARKS:
        return data.decode("utf-16", errors="replace")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if text and "\0" not in text:
        return modern(text)
    old = decoded(data)
    if old is None:
        raise Unreadable("broken")
    return old
