"""Corrections of a draft in its next version: to which of its rows and names each one belongs."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import permutations
from typing import Literal

from domain.common.text import fold
from domain.plans.correction_replies import Verb
from domain.plans.draft import Draft, Row, RowKind
from domain.plans.draft_doubts import order_key
from domain.plans.judgements import Becomes, bare_heading, passage_key

Kind = RowKind | Literal["group", "unit", "order", "passage"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a correction was made to, as it stood then: a row, an open group, a name, two reports at odds, or
    a passage of the document (whose section is its `heading`).

    `nth` counts from 0 those of the same words under the same heading. `units` and `due` are a row's.
    """

    kind: Kind
    heading: str
    text: str
    nth: int = 0
    units: tuple[str, ...] = ()
    due: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """A correction that was made; `words` are the names or the date that were said with it."""

    subject: Subject
    verb: Verb | Becomes
    words: str


def subject_of(draft: Draft, key: str) -> Subject | None:
    """Return what a key of the draft stands for; None where it has no such key."""
    return next((subject for at, subject in _subjects(draft) if at == key), None)


def belongs_to(draft: Draft, made: Made) -> str | None:
    """Return the key of what a correction belongs to in a draft; None where it belongs to nothing.

    That is what has the same words, under the same heading where there are several. What the correction
    changed must be read as it was then: where the document itself now says otherwise, the document is right.
    """
    same = [(key, one) for key, one in _subjects(draft) if _words(one) == _words(made.subject)]
    here = [(key, one) for key, one in same if _place(one) == _place(made.subject)]
    found = here or (same if len(same) == 1 else [])
    return next((key for key, one in found if _stands(made, one)), None)


def _subjects(draft: Draft) -> Iterator[tuple[str, Subject]]:
    seen: Counter[tuple[str, ...]] = Counter()
    for row in draft.rows:
        heading = row.who or row.heading
        place = (row.kind, fold(heading), fold(row.text))
        yield row.key, Subject(row.kind, heading, row.text, seen[place], row.units, row.due)
        seen[place] += 1
    yield from _passages(draft)
    for group in draft.open_groups:
        yield group.key, Subject("group", "", group.expression)
    for key, unit in draft.strangers:
        yield key, Subject("unit", "", unit.name)
    yield from (
        (order_key(*pair), _order(*pair))
        for pair in permutations([row for row in draft.rows if row.kind == "report"], 2)
    )


def _passages(draft: Draft) -> Iterator[tuple[str, Subject]]:
    seen: Counter[tuple[str, str]] = Counter()
    for passage in draft.passages:
        place = fold(passage.section), fold(passage.text)
        yield passage_key(passage.index), Subject("passage", passage.section, passage.text, seen[place])
        seen[place] += 1


def _order(first: Row, second: Row) -> Subject:
    return Subject("order", first.who, f"{first.text}\n{second.text}", due=(*first.due, *second.due))


def _words(subject: Subject) -> tuple[str, str]:
    """What tells a subject: a passage by its words, whatever number or bullet stands before them now."""
    return subject.kind, fold(bare_heading(subject.text) if subject.kind == "passage" else subject.text)


def _place(subject: Subject) -> tuple[str, int]:
    return fold(subject.heading), subject.nth


def _stands(made: Made, now: Subject) -> bool:
    then = made.subject
    units = made.verb in ("when", "quiet", "ask", "drop", "right") or then.units == now.units
    due = made.verb in ("who", "drop", "right") or then.due == now.due
    return units and due and (then.kind != "order" or then.due == now.due)
