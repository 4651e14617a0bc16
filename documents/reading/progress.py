"""How far the reading of a file has come: its process says it page by page on its standard error."""

import re
import sys
from collections.abc import Callable
from typing import Final

Progress = Callable[[int, int], None]
"""Called with how many pages are read, and how many there are."""
_LINE: Final = re.compile(r"page (\d+) of (\d+)")


def ignored(_read: int, _pages: int) -> None:
    """Take note of nothing."""


def reported(read: int, pages: int) -> None:
    """Say on standard error how far this process has come."""
    sys.stderr.write(f"page {read} of {pages}\n")
    sys.stderr.flush()


def progress_in(line: str) -> tuple[int, int] | None:
    """Return what `reported` wrote in a line, None where it is another."""
    match = _LINE.fullmatch(line.strip())
    return (int(match[1]), int(match[2])) if match else None
