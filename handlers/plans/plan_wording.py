"""What was read from a plan, in words: for the coordinator in the chat and for the terminal."""

from collections.abc import Iterable, Iterator
from datetime import date

from markupsafe import Markup

from config.texts import Texts
from domain.plans.commitments import Commitments
from domain.plans.plan import Plan
from handlers.common.wording import full_date, short


def word_head(texts: Texts, plan: Plan) -> Iterator[Markup]:
    """Its number and title, and how much it holds."""
    yield texts("plan.read", number=plan.head.number or plan.head.title, title=plan.head.title)
    yield texts(
        "plan.counts",
        units=sum(body.kind == "unit" for body in plan.units),
        duties=len(plan.duties),
        activities=len(plan.activities),
        reports=len(plan.reports),
    )


def word_regimes(texts: Texts, asks: Commitments) -> list[Markup]:
    """The reports that have dates: whose, of how many units, by when."""
    return [
        texts(
            "plan.due",
            who=short(one.rule.who, 80),
            count=len(one.units),
            dates=_dates(texts, one.rule.due),
        )
        for one in asks.regimes
        if one.rule.due
    ]


def word_undated(texts: Texts, asks: Commitments) -> list[Markup]:
    """The reports that have none, with the words that should have told it."""
    return [
        texts("plan.due_none", quote=short(one.rule.quote, 100), section=one.rule.section)
        for one in asks.regimes
        if not one.rule.due
    ]


def word_dated(texts: Texts, asks: Commitments) -> list[Markup]:
    """The duties with dates of their own."""
    return [
        texts("plan.dated", text=short(one.source.text, 80), dates=_dates(texts, one.due))
        for one in asks.lines
        if one.due
    ]


def word_groups(texts: Texts, asks: Commitments) -> list[Markup]:
    """What expressions for many were taken to mean."""
    return [
        texts("plan.group", expression=one.expression, count=len(one.members))
        for one in asks.expansions
        if one.members is not None
    ]


def _dates(texts: Texts, days: Iterable[date]) -> str:
    return ", ".join(full_date(texts, day) for day in days)
