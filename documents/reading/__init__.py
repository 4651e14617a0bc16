"""Reading a plan: a file of any ordinary kind, or pasted text, into `domain.plan.Plan`."""

from pathlib import PurePath

from documents.reading.errors import Unreadable
from documents.reading.grammar import plan_of
from documents.reading.lines import blocks_of
from domain.plan import Plan
from domain.units import Register

__all__ = ["Unreadable", "read_plan", "read_text"]


def read_text(text: str, register: Register) -> Plan:
    """Return the plan that a text words. Raises Unreadable."""
    return plan_of(blocks_of(text, register), register)


def read_plan(data: bytes, name: str, register: Register) -> Plan:
    """Return the plan in a file; the suffix of its name picks the reader. Raises Unreadable."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in ("", ".txt", ".md", ".text"):
        raise Unreadable("unsupported", suffix=suffix)
    return read_text(_decoded(data), register)


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("broken")
