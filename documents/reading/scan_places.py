"""On which page of a scan each passage stands."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import Final

from documents.reading.pdf_page import Page
from domain.plans.plan import Passage, ScannedPage

_AHEAD: Final = 3
"""A page may be empty, and so may the next: so many pages on, the words of a passage are looked for."""

Pairs = frozenset[tuple[str, str]]


def scanned_pages(pages: Sequence[Page], passages: Sequence[Passage]) -> tuple[ScannedPage, ...]:
    """Return the pages, each with the first of the passages that stands on it.

    A passage stands where more pairs of neighbouring words are its own; none stands before its forerunner.
    """
    firsts = dict(_firsts([_pairs(_texts(page)) for page in pages], passages))
    found: list[ScannedPage] = []
    following = len(passages)
    for number in reversed(range(len(pages))):
        following = firsts.get(number, following)
        page = pages[number]
        found.append(ScannedPage(following, tuple(sorted(page.unsure)), page.picture))
    return tuple(reversed(found))


def _firsts(pages: Sequence[Pairs], passages: Sequence[Passage]) -> Iterator[tuple[int, int]]:
    """Yield the number of each page on which a passage begins, with the first that does."""
    current = 0
    if pages and passages:
        yield 0, 0
    for passage in passages:
        own = _pairs([passage.text])
        for number in range(current + 1, min(current + _AHEAD, len(pages))):
            if len(own & pages[number] - pages[current]) > len(own & pages[current] - pages[number]):
                current = number
                yield current, passage.index


def _texts(page: Page) -> Iterable[str]:
    cells = (cell for _, each in page.tables for row in each.rows for cell in row)
    return chain((line.text for line in page.lines), cells)


def _pairs(texts: Iterable[str]) -> Pairs:
    return frozenset(pair for text in texts for pair in pairwise(text.replace("|", " ").split()))
