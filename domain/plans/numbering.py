"""Faults in the numbers of a document's items: one that is missing, one that two items bear."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from domain.plans.plan import Passage

_NUMBERED = re.compile(r"(?:\d{1,3}\.)*(\d{1,3})\s*[.)/]?\s+\S")
_WORK = ("duty", "heading", "lead_in", "activity", "unread")


@dataclass(frozen=True, slots=True)
class NumberFault:
    """Two items of one list that do not follow each other: a number is missing, or is there twice."""

    kind: Literal["gap", "doubled"]
    before: Passage
    after: Passage


def number_faults(passages: Iterable[Passage]) -> Iterator[NumberFault]:
    """Yield the faults in the lists of a document that hand out work, in its order.

    A list is what stands under one section; a number 1 begins another.
    """
    kept = tuple(passages)
    duties = tuple(f"{passage.section}." for passage in kept if passage.fate == "duty")
    last: dict[str, tuple[int, Passage]] = {}
    for passage in kept:
        number = _number_of(passage)
        if number is None:
            continue
        above = passage.section.rpartition(".")[0]
        before = last.get(above)
        last[above] = (number, passage)
        if before is None or not any(section.startswith(f"{above}." if above else "") for section in duties):
            continue
        if number == before[0]:
            yield NumberFault("doubled", before[1], passage)
        elif number > before[0] + 1:
            yield NumberFault("gap", before[1], passage)


def _number_of(passage: Passage) -> int | None:
    """The number that opens a passage, if it is the passage's own place in its list; else None."""
    found = _NUMBERED.match(passage.text) if passage.fate in _WORK else None
    own = found is not None and passage.section.rpartition(".")[2] == found[1]
    return int(found[1]) if found and own else None
