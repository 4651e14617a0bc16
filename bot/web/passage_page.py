"""Say on a draft's page what its passages are, and take the last correction back."""

from collections.abc import Mapping
from typing import get_args

from starlette.responses import Response

from bot.web.visit import Flash, Visit
from domain.plans.draft_change import CorrectionNotUnderstood
from domain.plans.judgements import Becomes, Judgement
from handlers.common.wording import short
from handlers.plans.correction_wording import word_not_understood
from handlers.plans.draft_wording import names
from services.plans.open_draft import open_draft
from services.plans.settle_passages import PassagesSettled, settle_passages
from services.plans.undo_correction import CorrectionUndone, undo_correction
from storage.plans.plan_store import PlanRow

_SETTLED: Mapping[Becomes, str] = {"background": "settled_background", "heading": "settled_heading"}
PASSAGES_KEY = "passages"
"""The key of what is said where passages were not judged."""


async def settle(visit: Visit) -> Response:
    """Make of the chosen passages what the pressed button says; the next unread one is shown then."""
    plan = visit.plan(visit.request.path_params["plan"])
    becomes = next((kind for kind in get_args(Becomes) if kind == visit.sent("what")), None)
    places = _places(visit)
    if becomes is None or not places:
        return _refuse(visit, plan, places)
    judgement = Judgement(places, becomes, visit.sent("words"))
    result = await settle_passages(
        visit.conn, plan.id, judgement, by=visit.person, now=visit.now, rules=visit.rules
    )
    match result:
        case PassagesSettled():
            return await _told(visit, result)
        case CorrectionNotUnderstood():
            return await _again(visit, plan, judgement, result)
        case _:
            return _refuse(visit, plan, places)


async def undo(visit: Visit) -> Response:
    """Take the last correction of a draft back."""
    plan = visit.plan(visit.request.path_params["plan"])
    result = await undo_correction(visit.conn, plan.id, by=visit.person, now=visit.now)
    if isinstance(result, CorrectionUndone):
        visit.tell(Flash(visit.texts("undone")))
    else:
        visit.tell(Flash(visit.texts("nothing_to_undo"), wrong=True))
    return visit.go(f"/ke-hoach/{plan.id}#van-ban")


def _places(visit: Visit) -> tuple[int, ...]:
    values = (str(value) for value in visit.form.getlist("passage"))
    return tuple(sorted({int(value) for value in values if value.isdecimal() and len(value) < 7}))


def _refuse(visit: Visit, plan: PlanRow, places: tuple[int, ...]) -> Response:
    visit.tell(Flash(visit.texts("not_taken" if places else "choose_passages"), wrong=True))
    return visit.go(f"/ke-hoach/{plan.id}#van-ban")


async def _told(visit: Visit, result: PassagesSettled) -> Response:
    texts, judgement = visit.texts, result.judgement
    what = texts(f"becomes_{judgement.becomes}")
    who = names(visit.words.texts, result.units) if result.units else texts("of_nobody")
    key = _SETTLED.get(judgement.becomes, "settled_of")
    visit.tell(Flash(texts(key, count=len(judgement.places), what=what, units=who)))
    draft, _ = await open_draft(visit.conn, result.plan.id, visit.rules, visit.today)
    last = max(judgement.places)
    following = next((passage.index for passage in draft.unread if passage.index > last), last)
    return visit.go(f"/ke-hoach/{result.plan.id}#doan-{following}")


async def _again(
    visit: Visit, plan: PlanRow, judgement: Judgement, wrong: CorrectionNotUnderstood
) -> Response:
    """Say why nothing was done, with what was chosen and typed."""
    draft, _ = await open_draft(visit.conn, plan.id, visit.rules, visit.today)
    first = judgement.places[0]
    why = word_not_understood(visit.words.texts, wrong, short(draft.passages[first].text, 40))
    chosen = {"chosen": " ".join(map(str, judgement.places)), "words": judgement.words}
    visit.tell(Flash(why, wrong=True, key=PASSAGES_KEY, words=chosen))
    return visit.go(f"/ke-hoach/{plan.id}#doan-{first}")
