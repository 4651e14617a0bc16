"""Correct one item of a plan on its page, whether the plan is a draft or live."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import get_args

from starlette.responses import Response

from bot.web.draft_page import numbers_of
from bot.web.plan_page import key_of
from bot.web.visit import Flash, Visit
from domain.plans.correction_replies import Verb
from domain.plans.date_doubts import is_doubtful
from domain.plans.draft import Doubt, Draft
from domain.plans.draft_change import CorrectionNotUnderstood, DraftChange, offered_verbs, read_change
from domain.plans.draft_doubts import find_doubts
from handlers.common.wording import full_date
from handlers.plans.correction_wording import word_corrected, word_not_understood
from handlers.plans.version_notice import tell_units
from services.plans.correct_draft import Corrected, correct_draft
from services.plans.open_draft import open_draft
from storage.plans.plan_store import PlanRow

_OF_LIVE: frozenset[Verb] = frozenset({"when", "who", "quiet"})


async def correct(visit: Visit) -> Response:
    """Take the dates or the units of one item; say on the next page what is so now, or why it is not."""
    plan = visit.plan(visit.request.path_params["plan"])
    anchor = visit.request.path_params["key"]
    key, typed = key_of(anchor), visit.sent("words")
    back = f"/ke-hoach/{plan.id}/{anchor}" if visit.sent("back") == "clause" else f"/ke-hoach/{plan.id}"
    draft, register = await open_draft(visit.conn, plan.id, visit.rules, visit.today)
    doubts = find_doubts(draft, register) if plan.state == "draft" else ()
    verbs = _offered(plan, draft, doubts, key)
    verb = next((verb for verb in get_args(Verb) if verb == visit.sent("what") and verb in verbs), None)
    if verb is None:
        visit.tell(Flash(visit.texts("not_taken"), wrong=True))
        return visit.go(back)
    number, texts = numbers_of(draft, doubts).with_keys([key]).number(key), visit.words.texts
    change = read_change(draft, register, key, verb, _as_written(visit, typed))
    if isinstance(change, CorrectionNotUnderstood):
        why = word_not_understood(texts, change, number)
        visit.tell(Flash(why, wrong=True, key=key, words={verb: typed}))
        return visit.go(f"{back}#{anchor}")
    if _needs_second_look(visit, plan, draft, change):
        typed_again = {verb: typed, "sure": typed}
        visit.tell(Flash(visit.texts("date_doubtful"), wrong=True, key=key, words=typed_again))
        return visit.go(f"{back}#{anchor}")
    result = await correct_draft(
        visit.conn, draft, register, change, by=visit.person, now=visit.now, rules=visit.rules
    )
    if isinstance(result, Corrected):
        await tell_units(visit.conn, visit.words, plan, result.news, visit.now)
        visit.tell(Flash(word_corrected(texts, result, number)))
    return visit.go(f"{back}#{anchor}")


def _offered(plan: PlanRow, draft: Draft, doubts: Sequence[Doubt], key: str) -> frozenset[Verb]:
    """What can be said of an item; of a live plan nothing is left out, and nothing is doubtful."""
    is_there = draft.row(key) is not None or key in {group.key for group in draft.open_groups}
    if plan.state == "live":
        return offered_verbs(key, None) & _OF_LIVE if is_there else frozenset()
    doubt = next((doubt for doubt in doubts if doubt.key == key), None)
    return offered_verbs(key, doubt) if is_there or doubt else frozenset()


def _needs_second_look(visit: Visit, plan: PlanRow, draft: Draft, change: DraftChange) -> bool:
    """Whether a date for a live plan has passed or is outside its period, and was sent only once.

    In a draft such a date is a doubt, which is asked about there.
    """
    if plan.state != "live" or change.deadline is None or visit.sent("sure") == visit.sent("words"):
        return False
    return is_doubtful(draft, tuple(change.deadline.dates))


def _as_written(visit: Visit, typed: str) -> str:
    """A date that was picked is sent as 2026-06-15; the rules read it as people write it."""
    with suppress(ValueError):
        return str(full_date(visit.words.texts, date.fromisoformat(typed)))
    return typed
