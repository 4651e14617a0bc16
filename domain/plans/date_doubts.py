"""Dates of a draft to look at: passed, outside the plan's period, or left unsure by their own words."""

from collections.abc import Iterator
from datetime import date

from domain.deadlines import LAST_REPORTS
from domain.plans.date_words import doubt_in_words
from domain.plans.draft import Doubt, Draft, Row


def date_doubts(draft: Draft) -> Iterator[Doubt]:
    """Yield one doubt for each row whose dates are all past, or of which one is outside the period or unsure.

    Of a plan whose whole period is past, past dates are as they should be. A row of nobody is doubted
    already, and so is a report without a date.
    """
    for row in draft.rows:
        if not row.units or (row.kind == "report" and not row.due):
            continue
        about, why = row.who or row.text, doubt_in_words(draft, row)
        if row.due and _is_passed(draft, row):
            yield Doubt(row.key, "passed", about, row)
        elif any(_is_outside(draft, due) for due in row.due):
            yield Doubt(row.key, "outside", about, row)
        elif why is not None:
            yield Doubt(row.key, "unsure" if row.due else "open", about, row, why=why)


def unsettled_date_doubts(draft: Draft) -> tuple[Doubt, ...]:
    """Return those that nobody has looked at yet."""
    return tuple(doubt for doubt in date_doubts(draft) if doubt.key not in draft.settled)


def is_doubtful(draft: Draft, dates: tuple[date, ...]) -> bool:
    """Whether these dates, ascending, are all past, or one of them is outside the period."""
    is_past = bool(dates) and dates[-1] < draft.today
    return is_past or any(_is_outside(draft, due) for due in dates)


def _is_passed(draft: Draft, row: Row) -> bool:
    return row.due[-1] < draft.today <= draft.period[1] and not row.asks_past


def _is_outside(draft: Draft, due: date) -> bool:
    first, last = draft.period
    return draft.states_period and not first <= due <= last + LAST_REPORTS
