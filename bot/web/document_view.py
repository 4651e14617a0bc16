"""A draft's document as its page shows it: passage by passage, each with what became of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.organisation.register import Register
from domain.plans.draft import Draft
from domain.plans.plan import Passage, ScannedPage

_DEEPEST = 4
_PIECES = re.compile(r"(\s+)")

Piece = tuple[str, bool]
"""Words, and whether they were hard to read."""


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage as it is laid out: the pieces of its cells, how deep it stands, the anchors of its rows.

    `page` is the number of the scanned page that begins with it, 0 where none does.
    """

    passage: Passage
    cells: tuple[tuple[Piece, ...], ...]
    depth: int
    rows: tuple[str, ...]
    page: int = 0


def shown_passages(draft: Draft, scan: Sequence[ScannedPage] = ()) -> tuple[ShownPassage, ...]:
    """Return the passages of a draft, in the order of its document, with the pages of its scan."""
    begins = {page.passage: number for number, page in reversed(list(enumerate(scan, 1)))}
    unsure = _unsure_words(scan, len(draft.passages))
    rows: dict[int, list[str]] = {}
    for row in draft.rows:
        if row.passage is not None:
            rows.setdefault(row.passage, []).append(row.key.replace(" ", "-"))
    return tuple(
        ShownPassage(
            passage,
            tuple(
                _pieces(cell, unsure.get(passage.index, frozenset())) for cell in passage.text.split(" | ")
            ),
            _depth(passage),
            tuple(rows.get(passage.index, ())),
            begins.get(passage.index, 0),
        )
        for passage in draft.passages
    )


def _unsure_words(scan: Sequence[ScannedPage], count: int) -> Mapping[int, frozenset[str]]:
    """The words that were hard to read by passages, `count` in all; the last of a page may go on from it."""
    found: dict[int, frozenset[str]] = {}
    beyond: frozenset[str] = frozenset()
    end = count
    for page in reversed(scan):
        own = frozenset(page.unsure)
        found |= dict.fromkeys(range(page.passage, end), own)
        if page.passage < end:
            found[end - 1] = own | beyond
        beyond, end = own, page.passage
    return found


def _pieces(text: str, unsure: frozenset[str]) -> tuple[Piece, ...]:
    """A text in pieces: words that were hard to read by themselves, all else as long as it goes."""
    pieces: list[Piece] = []
    for word in filter(None, _PIECES.split(text)):
        is_unsure = word in unsure
        if pieces and not is_unsure and not pieces[-1][1]:
            pieces[-1] = (pieces[-1][0] + word, False)
        else:
            pieces.append((word, is_unsure))
    return tuple(pieces)


def names_to_choose(draft: Draft, register: Register) -> tuple[tuple[str, str], ...]:
    """Return the units that exist, those with work in the draft first, each with its abbreviation."""
    there = {
        unit.name: unit.abbreviation or ""
        for unit in register.units
        if unit.exists(draft.today) and unit.standing != "central"
    }
    first = [name for name in draft.working if name in there]
    return tuple((name, there[name]) for name in dict.fromkeys((*first, *there)))


def _depth(passage: Passage) -> int:
    """A heading stands where its number puts it; what it opens, one step deeper."""
    if not passage.section:
        return 0
    return min(passage.section.count(".") + (passage.fate != "heading"), _DEEPEST)
