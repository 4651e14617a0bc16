"""Reading a plan: a file of any ordinary kind, or pasted text, into `domain.plans.plan.Plan`."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from documents.reading.errors import Unreadable
from documents.reading.grammar import plan_of
from documents.reading.legacy_letters import decoded, modern
from documents.reading.lines import blocks_of
from documents.reading.outline import Line, Table
from documents.reading.stamps import refuse_marked, refuse_marked_blocks, refuse_marked_text
from domain.organisation.register import Register
from domain.plans.plan import Plan

__all__ = ["Unreadable", "decoded_text", "read_plan", "read_scan", "read_text"]

_MOST_TEXT = 4 * 2**20
"""A book of plain text in bytes; no plan is as long."""
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")

Blocks = list[Line | Table]


def read_text(text: str, register: Register) -> Plan:
    """Return the plan that a text words. Raises Unreadable."""
    refuse_marked_text(text)
    return plan_of(blocks_of(text, register), register)


def read_plan(data: bytes, name: str, register: Register) -> Plan:
    """Return the plan in a file; the suffix of its name picks the reader. Raises Unreadable."""
    suffix = PurePath(name).suffix.lower()
    reader = _READERS.get(suffix)
    if reader is None:
        raise Unreadable("unsupported", suffix=suffix)
    if not data.strip():
        raise Unreadable("empty")
    if len(data) > _MOST_TEXT and reader in (_text, _csv):
        raise Unreadable("too_big")
    refuse_marked(data, name, cells=reader is _csv)
    return _signed(plan_of(reader(data, register), register), data, suffix)


def read_scan(data: bytes, name: str, register: Register) -> Plan:
    """Return the plan in pictures of pages, or in a PDF that holds some.

    Raises Unreadable, "needs_ocr" among its reasons.
    """
    from documents.reading.scan_file import blocks_of_scan

    refuse_marked(data, name)
    suffix = PurePath(name).suffix.lower()
    blocks = blocks_of_scan(data, suffix, register)
    refuse_marked_blocks(blocks)
    return _signed(plan_of(blocks, register), data, suffix)


def _signed(plan: Plan, data: bytes, suffix: str) -> Plan:
    """The plan with the names of those who signed its file, if it is a PDF."""
    if suffix != ".pdf":
        return plan
    from documents.reading.pdf_signatures import signers_of

    return replace(plan, signatures=signers_of(data))


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
