"""Doubtful dates of a draft or a later version: a line each, and the buttons that settle them."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from config.texts import Texts
from domain.plans.draft import Doubt
from handlers.common.button_data import choice_of
from handlers.common.conversation import Choice
from handlers.common.wording import full_date, label, short

ALL = "all"
"""Stands in a button in place of one row."""


def date_buttons(texts: Texts, plan_id: int, doubt: Doubt, number: int) -> tuple[Choice, ...]:
    """Return what can be tapped for one doubtful date."""
    target = doubt.key.split()
    keep = choice_of(label(texts, "date_keep", number=number), "dates", plan_id, "right", *target)
    if doubt.kind != "passed":
        return (keep,)
    return (choice_of(label(texts, "date_ask", number=number), "dates", plan_id, "ask", *target), keep)


def all_dates_buttons(texts: Texts, plan_id: int, doubts: Sequence[Doubt]) -> tuple[Choice, ...]:
    """Return what can be tapped for all of them at once."""
    passed = sum(doubt.kind == "passed" for doubt in doubts)
    keep = choice_of(label(texts, "dates_keep", count=len(doubts)), "dates", plan_id, "right", ALL)
    if not passed:
        return (keep,)
    return (choice_of(label(texts, "dates_ask", count=passed), "dates", plan_id, "ask", ALL), keep)


def word_dates(texts: Texts, doubts: Sequence[Doubt]) -> Iterator[Markup]:
    """Yield a line for each date to look at, without a number to answer by."""
    for doubt in doubts:
        if doubt.row is not None:
            due = Markup(", ").join(full_date(texts, day) for day in doubt.row.due)
            about = short(f"{doubt.row.section} {doubt.row.text}", 100)
            yield texts(f"doubt.{doubt.kind}", about=about, due=due, why=word_why(texts, doubt))


def word_why(texts: Texts, doubt: Doubt) -> str | Markup:
    """Return what leaves a date unsure, in words."""
    return texts(f"deadline.doubt_{doubt.why}") if doubt.why else ""
