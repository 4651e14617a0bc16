"""How it is asked whether a plan is a new version of one that is kept."""

from markupsafe import Markup

from config.texts import Texts
from handlers.common.button_data import Verb, choice_of
from handlers.common.conversation import Choice
from handlers.common.wording import label, short
from storage.plans.plan_store import PlanRow


def word_likeness(texts: Texts, other: PlanRow) -> Markup:
    """Ask whether a plan is a new version of `other`."""
    state = texts(f"draft.state_{other.state}")
    return texts("likeness.asked", plan=other.name, title=short(other.title, 70), state=state)


def likeness_buttons(texts: Texts, plan_id: int) -> tuple[tuple[Choice, ...], ...]:
    """Return the buttons that answer."""
    answers: tuple[Verb, ...] = ("joins", "apart")
    return tuple((choice_of(label(texts, answer), answer, plan_id),) for answer in answers)
