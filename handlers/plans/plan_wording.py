"""What was read from a plan, in words: for the coordinator in the chat and for the terminal."""

from collections.abc import Iterable, Iterator
from datetime import date

from markupsafe import Markup

from config.texts import Texts
from domain.plans.commitments import Commitments
from domain.plans.plan import Plan
from handlers.common.wording import full_date, lines, short
from handlers.plans.correction_wording import word_remembered
from services.plans.carry_over import Carried
from services.plans.confirm_draft import Confirmed

_NAMED = 3
"""How many corrections that were not carried over are named."""


def word_head(texts: Texts, plan: Plan) -> Iterator[Markup]:
    """Its number and title, how much it holds, and who signed its file."""
    yield texts("plan.read", number=plan.head.number or plan.head.title, title=plan.head.title)
    yield texts(
        "plan.counts",
        units=sum(body.kind == "unit" for body in plan.units),
        duties=len(plan.duties),
        activities=len(plan.activities),
        reports=len(plan.reports),
    )
    if plan.signatures is not None:
        yield _word_signatures(texts, plan.signatures)


def _word_signatures(texts: Texts, signers: tuple[str, ...]) -> Markup:
    if not signers:
        return texts("plan.unsigned")
    return texts("plan.signed", who="; ".join(name or texts("plan.signer_unknown") for name in signers))


def word_regimes(texts: Texts, asks: Commitments) -> list[Markup]:
    """The reports that have dates: whose, of how many units, by when."""
    return [
        texts(
            "plan.due",
            who=short(regime.rule.who, 80),
            count=len(regime.units),
            dates=_dates(texts, regime.rule.due),
        )
        for regime in asks.regimes
        if regime.rule.due
    ]


def word_undated(texts: Texts, asks: Commitments) -> list[Markup]:
    """The reports that have none, with the words that should have told it."""
    return [
        texts("plan.due_none", quote=short(regime.rule.quote, 100), section=regime.rule.section)
        for regime in asks.regimes
        if not regime.rule.due
    ]


def word_dated(texts: Texts, asks: Commitments) -> list[Markup]:
    """The duties with dates of their own."""
    return [
        texts("plan.dated", text=short(line.source.text, 80), dates=_dates(texts, line.due))
        for line in asks.lines
        if line.due
    ]


def word_groups(texts: Texts, asks: Commitments) -> list[Markup]:
    """What expressions for many were taken to mean."""
    return [
        texts("plan.group", expression=expansion.expression, count=len(expansion.members))
        for expansion in asks.expansions
        if expansion.members is not None
    ]


def word_carried(texts: Texts, carried: Carried | None) -> Markup | None:
    """What became of the corrections of the draft before this one; None where there were none."""
    if carried is None:
        return None
    lost = len(carried.lost)
    key = "carried" if not lost else "carried_partly" if carried.count else "carried_none"
    names = [f"“{short(made.subject.text, 60)}”" for made in carried.lost[:_NAMED]]
    more = ["…"] if lost > _NAMED else []
    told = [made for made in carried.made if made.verb not in ("right", "either")]
    rows = [texts("draft.carried_row", change=word_remembered(texts, made)) for made in told[:_NAMED]]
    left = texts("plan.more", count=len(told) - _NAMED) if len(told) > _NAMED else None
    text = texts(f"draft.{key}", count=carried.count, lost=lost, what=", ".join([*names, *more]))
    return lines(text, *rows, left)


def word_confirmed(texts: Texts, confirmed: Confirmed) -> Markup:
    """A plan went live: how much is asked for, and how many units have nobody to ask yet."""
    live = texts("plan.live", plan=confirmed.plan.name, count=confirmed.open, past=confirmed.past)
    count = len(confirmed.without_focal)
    return lines(live, texts("plan.seats", count=count) if count else None)


def _dates(texts: Texts, days: Iterable[date]) -> str:
    return ", ".join(full_date(texts, day) for day in days)
