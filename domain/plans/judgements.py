"""What a person says that passages of a draft are, and which other passages that concerns."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from domain.common.text import fold, squeeze
from domain.plans.draft import Draft, Row
from domain.plans.plan import Passage

_NUMBER = re.compile(r"^\s*(?:[-–—−*•+]\s*|\(?(?:[IVX]+|\d{1,3}(?:\.\d{1,2})*|[a-zđ])[.)/]\s*)")

Becomes = Literal["duty", "activity", "report", "heading", "background"]
"""A duty, an activity or a report; the heading of a unit, whose duties follow; nothing that gives work."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the passages at `places` are; `words` are the names that were typed with it, "" for none."""

    places: tuple[int, ...]
    becomes: Becomes
    words: str = ""


def passage_key(place: int) -> str:
    """Return the key of a passage among those of a draft's rows and names."""
    return f"passage {place}"


def beneath(draft: Draft, heading: Passage) -> Iterator[Passage]:
    """Yield the passages that stand under a heading.

    Under one that opens a section stand all of it and of those within; under another, what comes before the
    next heading.
    """
    opens = all(before.section != heading.section for before in draft.passages[: heading.index])
    for passage in draft.passages[heading.index + 1 :]:
        is_within = opens and passage.section.startswith(f"{heading.section}.")
        if not is_within and (passage.section != heading.section or passage.fate == "heading"):
            return
        yield passage


def bare_heading(text: str) -> str:
    """Return the name in a heading's words: without its number and the colon behind it."""
    return squeeze(_NUMBER.sub("", text)).rstrip(" :;")


def rows_of(draft: Draft, place: int) -> tuple[Row, ...]:
    """Return the rows that a passage words."""
    return tuple(row for row in draft.rows if row.passage == place)


def units_above(draft: Draft, place: int) -> tuple[str, ...]:
    """Return who answers for the duty that stands nearest before a passage in its section; () for nobody."""
    section = draft.passages[place].section
    before = [
        row
        for row in draft.rows
        if row.kind == "duty" and row.passage is not None and row.passage < place and row.section == section
    ]
    return max(before, key=lambda row: row.passage or 0).units if before else ()


def is_of_heading(row: Row, passage: Passage) -> bool:
    """Tell whether a duty was given to its unit by the heading above it, and not by its own words."""
    return row.kind == "duty" and fold(row.heading) not in fold(passage.text)
