"""How a correction is answered: what is so now, or why nothing was changed."""

from markupsafe import Markup

from config.texts import Texts
from domain.plans.carried_corrections import Made
from domain.plans.draft_change import CorrectionNotUnderstood
from handlers.common.wording import short
from handlers.plans.draft_wording import dates, names
from services.plans.correct_draft import Corrected


def word_corrected(texts: Texts, corrected: Corrected, number: int) -> Markup:
    """One line that says what is so now of the item that was shown under `number`."""
    change, row = corrected.change, corrected.row
    what = short(row.who or row.text, 70) if row else corrected.name
    what = what or texts("draft.both_reports").unescape()
    if change.verb == "who":
        return texts("draft.now_who", number=number, what=what, units=names(texts, change.units))
    if change.deadline is not None:
        return texts("draft.now_due", number=number, what=what, dates=dates(texts, change.deadline.dates))
    if change.verb == "ask":
        return texts("draft.now_asked", number=number, what=what)
    if change.verb == "drop" and not change.key.startswith("order"):
        return texts("draft.now_out", number=number, what=what)
    return texts("draft.now_quiet" if change.verb == "quiet" else "draft.now_right", number=number, what=what)


def word_remembered(texts: Texts, made: Made) -> Markup:
    """What will be made again in later versions of the document."""
    what = short(made.subject.text, 90)
    return texts(f"remembered.{made.verb}", what=what, words=made.words or texts("remembered.as_above"))


def word_not_understood(texts: Texts, wrong: CorrectionNotUnderstood, number: int | str) -> Markup:
    """Why a correction of the item that was shown under `number`, or opens so, changed nothing."""
    words = short(wrong.words, 60)
    return texts(
        f"draft.{wrong.reason}",
        number=number,
        words=words,
        unit=wrong.words,
        choices=texts("draft.or").join(wrong.choices),
    )
