"""How the choice of a rhythm of reports is worded, and how much of a plan is asked for."""

from markupsafe import Markup

from config.texts import Texts
from domain.plans.asked_units import Coverage
from domain.plans.draft import Draft
from domain.plans.rhythms import Rhythm, offered_rhythms
from handlers.common.button_data import choice_of
from handlers.common.conversation import Choice
from handlers.common.wording import full_date, label
from handlers.plans.draft_wording import dates
from services.plans.choose_rhythm import RhythmChosen, RuleWording

WAIVE = "waive"
"""The argument of the button by which nobody else is to be asked."""


def word_coverage(texts: Texts, coverage: Coverage) -> Markup | None:
    """How many of the units with duties will be asked, by when first; None where no unit has any."""
    total = len(coverage.units)
    if not total:
        return None
    if coverage.first is None:
        return texts("rhythm.nobody_asked", total=total)
    first = full_date(texts, coverage.first)
    return texts("rhythm.coverage", asked=len(coverage.asked), total=total, first=first)


def word_rhythm_chosen(texts: Texts, chosen: RhythmChosen) -> Markup:
    """The rhythm and its days, and how many units are asked now."""
    name = texts(f"rhythm.name_{_key(chosen.rhythm)}")
    head = texts("rhythm.chosen", rhythm=name, dates=dates(texts, chosen.rhythm.due))
    return Markup("\n").join(filter(None, (head, word_coverage(texts, chosen.coverage))))


def rule_wording(texts: Texts, rhythm: Rhythm) -> RuleWording:
    """The words by which a chosen report stands in the plan."""
    name = texts(f"rhythm.name_{_key(rhythm)}").unescape()
    return RuleWording(texts("rhythm.who").unescape(), texts("rhythm.quote", rhythm=name).unescape())


def rhythm_buttons(texts: Texts, draft: Draft) -> tuple[tuple[Choice, ...], ...]:
    """What can be tapped where some units with duties would never be asked."""
    names = (*offered_rhythms(draft), WAIVE)
    return tuple(
        (choice_of(label(texts, f"rhythm_{name}"), "rhythm", draft.plan_id, name),) for name in names
    )


def _key(rhythm: Rhythm) -> str:
    return rhythm.name.replace("-", "_")
