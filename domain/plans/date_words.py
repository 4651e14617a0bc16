"""Why the words in which a row of a draft states its date leave that date unsure, or leave it out."""

import re
from collections.abc import Iterator
from datetime import date

from domain.common.text import fold
from domain.deadlines import Deadline, DeadlineDoubt, read_deadline
from domain.plans.commitments import BY, deadline_in
from domain.plans.draft import Draft, Row

_NO_DATE = read_deadline("")
_WEEKDAY = r"(?:\b(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat),? )?"
_SENTENCE = re.compile(rf"{_WEEKDAY}{BY}(?:[^;.]|\.{{2,}})*\d[^;.]*")
"""A clause with what stands around its date: "(dự kiến)", a weekday, dots in place of the day."""


def dated_key(row_key: str) -> str:
    """Return the key under which it is kept that somebody gave a row its date: its words count no more."""
    return f"dated {row_key}"


def doubt_in_words(draft: Draft, row: Row) -> DeadlineDoubt | None:
    """Return why a row's words leave its dates unsure; None where they do not, or others count.

    Others count where somebody typed the dates, or where a report asks in the row's place.
    """
    if dated_key(row.key) in draft.settled or _is_reported(draft, row):
        return None
    period = draft.period if draft.states_period else None
    readings = tuple(_readings(row, period))
    if not readings or not _is_of(row, readings[0]):
        return None
    return next((doubt for reading in readings for doubt in reading.doubts), None)


def _readings(row: Row, period: tuple[date, date] | None) -> Iterator[Deadline]:
    """Yield what gave a row its dates, then what its whole sentence says of them."""
    first, last = period or (None, None)
    if row.kind == "report":
        yield read_deadline(row.text, first, last)
    elif row.kind == "activity" and row.when is not None:
        yield read_deadline(row.when, first, last)
    else:
        clause, sentence = deadline_in(row.text, period), _SENTENCE.search(fold(row.text))
        yield clause or _NO_DATE
        if sentence:
            yield read_deadline(sentence.group(), first, last)


def _is_of(row: Row, reading: Deadline) -> bool:
    """Whether a row has the dates that were read; those before the plan was issued may be left out."""
    return reading.dates[-len(row.due) :] == row.due if row.due else not reading.dates


def _is_reported(draft: Draft, row: Row) -> bool:
    """Whether a row has no date because a report of its passage, or of an activity's section, has one."""
    if row.due or row.kind == "report":
        return False
    reports = [report for report in draft.rows if report.kind == "report" and report.due]
    return any(
        (report.passage is not None and report.passage == row.passage)
        or (row.kind == "activity" and report.section == row.section)
        for report in reports
    )
