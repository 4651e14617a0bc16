"""Correcting a plan in place: by the chat's own rules, whether it is a draft or live, and on record."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import get_args

from starlette.responses import Response

from bot.web.draft_page import numbers_of
from bot.web.plan_page import key_for, key_of
from bot.web.visit import Flash, Visit
from domain.plans.correction_replies import Correction, Verb
from domain.plans.draft import Doubt, Draft, find_doubts
from domain.plans.version_diff import Clause
from handlers.common.wording import full_date
from handlers.plans.draft_corrections import Corrector, NotTakenError, offered
from handlers.plans.draft_wording import open_draft
from handlers.plans.version_notice import tell_units
from storage.common import audit_log
from storage.organisation import unit_store
from storage.plans.clause_store import clauses
from storage.plans.live_corrections import follow
from storage.plans.plan_store import PlanRow

_OF_LIVE: frozenset[Verb] = frozenset({"when", "who", "quiet"})


async def correct(visit: Visit) -> Response:
    """Take the dates or the units of one item; say on the next page what is so now, or why it is not."""
    plan = visit.plan(visit.request.path_params["plan"])
    anchor = visit.request.path_params["key"]
    key, words = key_of(anchor), visit.sent("words")
    back = f"/ke-hoach/{plan.id}/{anchor}" if visit.sent("back") == "clause" else f"/ke-hoach/{plan.id}"
    draft, register = await open_draft(visit.context(), plan.id)
    before = await clauses(visit.conn, plan.id)
    doubts = find_doubts(draft, register) if plan.state == "draft" else ()
    verbs = _offered(plan, draft, doubts, key)
    verb = next((one for one in get_args(Verb) if one == visit.sent("what") and one in verbs), None)
    if verb is None:
        visit.tell(Flash(visit.texts("not_taken"), wrong=True))
        return visit.go(back)
    number = numbers_of(draft, doubts).with_keys([key]).number(key)
    said = Correction(number, verb, _as_written(visit, words))
    try:
        told = await Corrector(visit.conn, visit.words.texts, draft, register).correct(key, said)
    except NotTakenError as wrong:
        visit.tell(Flash(wrong.told, wrong=True, key=key, words={verb: words}))
        return visit.go(f"{back}#{anchor}")
    if plan.state == "live":
        done = await follow(visit.conn, plan.id, before, visit.today, visit.rules.ladders, visit.rules.days)
        await tell_units(visit.conn, visit.words, plan, done.news, visit.now)
    await _note(visit, plan.id, key, verb, before)
    visit.tell(Flash(told))
    return visit.go(f"{back}#{anchor}")


def _offered(plan: PlanRow, draft: Draft, doubts: Sequence[Doubt], key: str) -> frozenset[Verb]:
    """What can be said of an item; of a live plan nothing is left out, and nothing is doubtful."""
    is_there = draft.row(key) is not None or key in {group.key for group in draft.open_groups}
    if plan.state == "live":
        return offered(key, None) & _OF_LIVE if is_there else frozenset()
    doubt = next((one for one in doubts if one.key == key), None)
    return offered(key, doubt) if is_there or doubt else frozenset()


def _as_written(visit: Visit, words: str) -> str:
    """A date that was picked is sent as 2026-06-15; the rules read it as people write it."""
    with suppress(ValueError):
        return str(full_date(visit.words.texts, date.fromisoformat(words)))
    return words


async def _note(visit: Visit, plan_id: int, key: str, verb: Verb, before: Sequence[Clause]) -> None:
    """Keep who corrected what, from which days and units to which: these stand by number."""
    ids = await unit_store.ids(visit.conn)
    was, became = (_told(some, key, verb, ids) for some in (before, await clauses(visit.conn, plan_id)))
    await audit_log.note(
        visit.conn,
        visit.now,
        "correct",
        f"plan {plan_id} {key}: {verb}",
        visit.person.id,
        was=was,
        became=became,
    )


def _told(some: Sequence[Clause], key: str, verb: Verb, ids: dict[str, int]) -> str | None:
    one = next((one for one in some if key_for(one) == key), None)
    if one is None:
        return None
    if verb == "who":
        return "units " + " ".join(str(n) for n in sorted(ids[name] for name in one.asked))
    return "due " + " ".join(day.isoformat() for day in one.due)
