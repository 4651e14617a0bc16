"""What a careful person would doubt in a draft."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from domain.common.recurrence import Recurrence
from domain.common.text import fold
from domain.deadlines import UNREAD, read_deadline
from domain.organisation.register import Register
from domain.plans.asked_units import coverage_of_draft
from domain.plans.date_doubts import date_doubts
from domain.plans.draft import ASKED_KEY, Doubt, Draft, OpenGroup, Row
from domain.plans.numbering import number_faults

NO_DATE_NEEDED: frozenset[Recurrence] = frozenset({"ad hoc", "continuous"})
_WORDS = 6
_LATER = timedelta(days=31)
"""How long after the units' own reports the coordinator's may be due for both to be one round."""


def find_doubts(draft: Draft, register: Register) -> tuple[Doubt, ...]:
    """Return what is doubtful in a draft, the gravest kind first, one doubt for a key."""
    groups = [_group(draft, group, register) for group in draft.open_groups]
    asked, partners = (
        [group for group in groups if (group.kind == "partners") == late] for late in (False, True)
    )
    rows = (
        *_names(draft, register),
        *_rows(draft),
        *date_doubts(draft),
        *asked,
        *_orders(draft),
        *_twice(draft),
        *partners,
    )
    found = (*rows, *_numbers(draft), *_unasked(draft))
    return tuple(doubt for doubt in found if doubt.key not in draft.settled)


def unasked_doubt(draft: Draft) -> Doubt | None:
    """Return the doubt that some units with duties are never asked; None where all are, or it is settled."""
    coverage = coverage_of_draft(draft, draft.today)
    if not coverage.unasked or ASKED_KEY in draft.settled:
        return None
    return Doubt(ASKED_KEY, "unasked", "", units=coverage.unasked, total=len(coverage.units))


def _unasked(draft: Draft) -> Iterator[Doubt]:
    doubt = unasked_doubt(draft)
    if doubt is not None:
        yield doubt


def _names(draft: Draft, register: Register) -> Iterator[Doubt]:
    for key, unit in draft.strangers:
        fits = tuple(candidate for candidate in register.candidates(unit.name) if candidate.name != unit.name)
        where = next((row for row in draft.rows if unit.name in (*row.units, *row.partners)), None)
        if len(fits) > 1:
            yield Doubt(key, "which", unit.name, where, fits)
        elif not fits and unit == register.infer(unit.name):
            yield Doubt(key, "unknown", unit.name, where)


def _rows(draft: Draft) -> Iterator[Doubt]:
    reports = sorted(draft.rows, key=lambda row: row.kind != "report")
    for row in reports:
        if row.kind == "report":
            if not row.due and row.recurrence not in NO_DATE_NEEDED:
                yield Doubt(row.key, "undated", row.who, row)
            continue
        if not row.units and not any(part != "partner" for _, part in row.others):
            yield Doubt(row.key, "nobody", row.text, row)
        elif row.when and not row.due and read_deadline(row.when, *draft.period).why == UNREAD:
            yield Doubt(row.key, "unread", row.when, row)


def _group(draft: Draft, group: OpenGroup, register: Register) -> Doubt:
    """An open group: it has no members, something is asked of it, or it is only a partner of others."""
    rows = draft.rows
    plain = fold(group.expression)
    named = [(part, row) for row in rows for name, part in row.others if fold(name) == plain]
    asked = [row for part, row in named if part != "partner"] + [
        row for row in rows if fold(row.who) == plain
    ]
    if (asked or not named) and register.expand(group.expression, register.units, draft.today) == ():
        heirs = register.group_successors(group.expression, draft.today)
        where = asked[0] if asked else None
        return Doubt(group.key, "empty", group.expression, where, units=tuple(unit.name for unit in heirs))
    if named and not asked:
        return Doubt(group.key, "partners", group.expression, named[0][1])
    return Doubt(group.key, "group", group.expression, asked[0] if asked else None)


def _numbers(draft: Draft) -> Iterator[Doubt]:
    for fault in number_faults(draft.passages):
        about = f"{_short(fault.before.text)} … {_short(fault.after.text)}"
        yield Doubt(f"number {fault.after.index}", fault.kind, about)


def _short(text: str) -> str:
    return " ".join(text.split()[:_WORDS])


def _orders(draft: Draft) -> Iterator[Doubt]:
    """Where the units report to the coordinator at other times than it reports on: theirs come first."""
    rules = [row for row in draft.rows if row.kind == "report" and row.due]
    own = [row for row in rules if row.units == (draft.coordinator,) or not row.units]
    inner = [row for row in rules if row.units and row not in own]
    for first in inner:
        for second in own:
            if _disagree(first.due, second.due):
                yield Doubt(order_key(first, second), "order", first.who, first, second=second)


def _twice(draft: Draft) -> Iterator[Doubt]:
    """Where a unit owes two reports of one rhythm by one day: they may be one that is worded twice."""
    rules = [row for row in draft.rows if row.kind == "report" and row.due and row.units]
    narrow_first = sorted(rules, key=lambda row: len(row.units))
    for at, row in enumerate(narrow_first):
        wider = next((other for other in narrow_first[at + 1 :] if _is_same(row, other)), None)
        if wider is not None:
            yield Doubt(row.key, "twice", row.who, row, second=wider)


def _is_same(row: Row, other: Row) -> bool:
    of_one_unit = not set(row.units).isdisjoint(other.units)
    return of_one_unit and row.recurrence == other.recurrence and not set(row.due).isdisjoint(other.due)


def order_key(first: Row, second: Row) -> str:
    """Return the key of the doubt whether two reports disagree."""
    return f"order {re.sub('[^0-9]', '', first.key)} {re.sub('[^0-9]', '', second.key)}"


def _disagree(inner: tuple[date, ...], outer: tuple[date, ...]) -> bool:
    """Whether the two are no rounds in which the units report first and the coordinator within a month."""
    pairs = list(zip(inner, outer, strict=False))
    return len(inner) != len(outer) or any(not first <= second <= first + _LATER for first, second in pairs)
