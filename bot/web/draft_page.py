"""A draft: its doubts, its confirmation; and a later version of a live plan, to be applied or not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.web.document_view import ShownPassage, names_to_choose, shown_passages
from bot.web.visit import Flash, Visit
from config.texts import Texts
from domain.plans.asked_units import coverage_of_draft
from domain.plans.correction_replies import Verb
from domain.plans.draft import ASKED_KEY, Doubt, Draft
from domain.plans.draft_change import offered_verbs
from domain.plans.draft_doubts import find_doubts
from domain.plans.rhythms import RhythmName, make_rhythm, offered_rhythms
from domain.plans.version_diff import Sign
from handlers.common.wording import lines
from handlers.plans.date_wording import word_dates
from handlers.plans.draft_wording import Shown, word_doubt
from handlers.plans.likeness_wording import word_likeness
from handlers.plans.plan_wording import word_confirmed
from handlers.plans.rhythm_wording import rule_wording, word_coverage, word_rhythm_chosen
from handlers.plans.version_chat import word_applied, word_changes, word_head, word_left
from handlers.plans.version_notice import tell_units
from services.plans.apply_version import AsksVersionDates, VersionApplied, apply_version
from services.plans.choose_rhythm import RhythmChosen, choose_rhythm
from services.plans.confirm_draft import (
    AsksDates,
    AsksRhythm,
    AsksUnread,
    AsksVersion,
    Confirmed,
    Discarded,
    NoDraft,
    confirm_draft,
    discard_draft,
)
from services.plans.import_plan import LaterVersion
from services.plans.join_version import DraftReplaced, KeptApart, join_version, keep_apart
from services.plans.leave_change import ChangeLeft, leave_change
from services.plans.open_draft import open_draft
from services.plans.undo_correction import CorrectionUndone, undo_correction
from storage.plans import draft_steps, likeness_store, plan_store, scan_store, version_store
from storage.plans.plan_store import PlanRow

DATES_KEY = "dates"
"""The key of what is said where dates of a draft would ask nobody."""
UNREAD_KEY = "unread"
"""The key of what is said where a draft with unread passages was to go live."""


@dataclass(frozen=True, slots=True)
class DoubtQuestion:
    """A doubt as the page asks about it: `verbs` are the answers that it takes here.

    What is doubtful in a row of the plan is corrected in that row, whose anchors are `rows`. `rhythms` are
    offered where units with duties would never be asked; `passages` are the places of what words them.
    """

    doubt: Doubt
    told: Markup
    verbs: frozenset[Verb]
    rows: tuple[str, ...]
    rhythms: tuple[RhythmName, ...] = ()
    passages: tuple[int, ...] = ()

    @property
    def anchor(self) -> str:
        """Its key in an address."""
        return self.doubt.key.replace(" ", "-")


@dataclass(frozen=True, slots=True)
class Later:
    """A later version of a live plan that waits to be applied, and what it would change."""

    id: int
    head: Markup
    changes: tuple[tuple[Sign, str, Markup], ...]
    """By the sign and the key of each."""
    steps: int
    """How many that were left out can be taken again."""


def numbers_of(draft: Draft, doubts: Iterable[Doubt]) -> Shown:
    """Return the numbers of a draft's page: its rows in order, then whatever else is doubtful."""
    rows = Shown(draft.plan_id, tuple(row.key for row in draft.rows))
    return rows.with_keys(doubt.key for doubt in doubts)


@dataclass(frozen=True, slots=True)
class DraftView:
    """All that a draft's page shows beside its rows.

    `coverage` says whom it asks. `at` are the places of the passages that word its rows, by the rows' keys;
    `units` are the names to choose from, each with its abbreviation; `steps` counts what can be taken back;
    `likeness` asks whether it is a new version of another plan. Not `is_editable`: it is only looked at.
    `is_scan`: it was recognised from pictures of its pages.
    """

    questions: tuple[DoubtQuestion, ...]
    coverage: Markup | None
    unread: int
    passages: tuple[ShownPassage, ...]
    at: Mapping[str, int]
    units: tuple[tuple[str, str], ...]
    steps: int
    likeness: Markup | None
    is_editable: bool = True
    is_scan: bool = False


async def document_of(visit: Visit, plan: PlanRow) -> DraftView:
    """Return the document of a live plan beside its rows; nothing of it is changed there."""
    draft, register = await open_draft(visit.conn, plan.id, visit.rules, visit.today)
    at = {row.key: row.passage for row in draft.rows if row.passage is not None}
    scan = await scan_store.pages(visit.conn, plan.id)
    passages, units = shown_passages(draft, scan), names_to_choose(draft, register)
    return DraftView((), None, 0, passages, at, units, 0, None, is_editable=False, is_scan=bool(scan))


async def picture(visit: Visit) -> Response:
    """Show a page of the scan that a plan was recognised from."""
    plan = visit.plan(visit.request.path_params["plan"])
    jpeg = await scan_store.picture(visit.conn, plan.id, visit.request.path_params["page"])
    if jpeg is None:
        raise HTTPException(404)
    return Response(jpeg, media_type="image/jpeg")


async def draft_view_of(visit: Visit, plan: PlanRow) -> DraftView:
    """Return what stands beside the rows of a draft: its doubts, the gravest kind first, and its document."""
    draft, register = await open_draft(visit.conn, plan.id, visit.rules, visit.today)
    doubts = find_doubts(draft, register)
    numbers, texts = numbers_of(draft, doubts), visit.words.texts
    scan = await scan_store.pages(visit.conn, plan.id)
    other = await likeness_store.resembled(visit.conn, plan.id)
    return DraftView(
        questions=tuple(_question(texts, draft, doubt, numbers) for doubt in doubts),
        coverage=word_coverage(texts, coverage_of_draft(draft, visit.today)),
        unread=len(draft.unread),
        passages=shown_passages(draft, scan),
        at={row.key: row.passage for row in draft.rows if row.passage is not None},
        units=names_to_choose(draft, register),
        steps=await draft_steps.count(visit.conn, plan.id),
        likeness=word_likeness(texts, other) if other else None,
        is_scan=bool(scan),
    )


def _question(texts: Texts, draft: Draft, doubt: Doubt, shown: Shown) -> DoubtQuestion:
    text = word_doubt(texts, doubt, shown.number(doubt.key))
    verbs = offered_verbs(doubt.key, doubt)
    rows = tuple(row.key.replace(" ", "-") for row in (doubt.row, doubt.second) if row)
    rhythms = offered_rhythms(draft) if doubt.kind == "unasked" else ()
    in_row = draft.row(doubt.key) is not None
    passages = tuple(row.passage for row in (doubt.row, doubt.second) if row and row.passage is not None)
    verbs = verbs - {"who", "when"} if in_row else verbs
    return DoubtQuestion(doubt, text, verbs, rows, rhythms, tuple(dict.fromkeys(passages)))


async def later_of(visit: Visit, plan: PlanRow) -> Later | None:
    """Return the later version of a live plan that waits, None where none does."""
    later_id = await plan_store.later_version(visit.conn, plan.id)
    if later_id is None:
        return None
    texts, changes = visit.words.texts, await version_store.changes(visit.conn, later_id)
    back = await version_store.returning(visit.conn, later_id)
    head = word_head(texts, await plan_store.get(visit.conn, later_id), changes)
    worded = zip(changes.keys, word_changes(texts, changes, back), strict=True)
    steps = await draft_steps.count(visit.conn, later_id)
    return Later(later_id, head, tuple((sign, key, told) for (sign, key), told in worded), steps)


async def confirm(visit: Visit) -> Response:
    """Let a draft go live."""
    plan, texts = visit.plan(visit.request.path_params["plan"]), visit.words.texts
    result = await confirm_draft(
        visit.conn,
        plan.id,
        by=visit.person,
        now=visit.now,
        rules=visit.rules,
        unread_too=visit.sent("unread") == "yes",
        passed_too=visit.sent("passed") == "yes",
    )
    if isinstance(result, Confirmed):
        visit.tell(Flash(word_confirmed(texts, result)))
    elif isinstance(result, AsksRhythm):
        visit.tell(Flash(visit.texts("rhythm_first"), wrong=True, key=ASKED_KEY))
        return visit.go(f"/ke-hoach/{plan.id}#hoi-asked-0")
    elif isinstance(result, AsksDates):
        visit.tell(Flash(visit.texts("dates_first", count=len(result.doubts)), wrong=True, key=DATES_KEY))
        return visit.go(f"/ke-hoach/{plan.id}#xem-lai")
    elif isinstance(result, AsksUnread):
        count = len(result.draft.unread)
        visit.tell(Flash(visit.texts("unread_first", count=count), wrong=True, key=UNREAD_KEY))
    elif isinstance(result, AsksVersion):
        visit.tell(Flash(word_likeness(texts, result.other), wrong=True))
    else:
        visit.tell(Flash(texts("plan.same", plan=plan.name), wrong=True))
    return visit.go(f"/ke-hoach/{plan.id}")


async def settle_likeness(visit: Visit) -> Response:
    """Take a draft for the new version of the plan that it is like, or for a plan of its own."""
    plan, texts = visit.plan(visit.request.path_params["plan"]), visit.words.texts
    if visit.sent("answer") == "apart":
        apart = await keep_apart(visit.conn, plan.id, by=visit.person, now=visit.now)
        return _settled(visit, plan, "likeness.apart" if isinstance(apart, KeptApart) else None)
    if visit.sent("answer") != "joins":
        raise HTTPException(404)
    result = await join_version(visit.conn, plan.id, by=visit.person, now=visit.now, rules=visit.rules)
    if isinstance(result, LaterVersion):
        visit.tell(Flash(texts("amend.ask")))
        return visit.go(f"/ke-hoach/{result.plan.id}#ban-sau")
    return _settled(visit, plan, "likeness.replaced" if isinstance(result, DraftReplaced) else None)


def _settled(visit: Visit, plan: PlanRow, key: str | None) -> Response:
    wrong = Flash(visit.texts("not_taken"), wrong=True)
    visit.tell(Flash(visit.words.texts(key, plan=plan.name)) if key else wrong)
    return visit.go(f"/ke-hoach/{plan.id}")


async def choose(visit: Visit) -> Response:
    """Choose the rhythm of reports of a draft: by name, or by days that were typed."""
    plan, texts = visit.plan(visit.request.path_params["plan"]), visit.words.texts
    typed, back = visit.sent("words"), f"/ke-hoach/{plan.id}"
    draft, _ = await open_draft(visit.conn, plan.id, visit.rules, visit.today)
    rhythm = make_rhythm(typed, draft)
    if rhythm is None:
        visit.tell(Flash(visit.texts("rhythm_unclear"), wrong=True, key=ASKED_KEY, words={"when": typed}))
        return visit.go(f"{back}#hoi-asked-0")
    result = await choose_rhythm(
        visit.conn,
        plan.id,
        rhythm,
        rule_wording(texts, rhythm),
        by=visit.person,
        now=visit.now,
        rules=visit.rules,
    )
    if isinstance(result, RhythmChosen):
        visit.tell(Flash(word_rhythm_chosen(texts, result)))
    else:
        visit.tell(Flash(texts("plan.same", plan=plan.name), wrong=True))
    return visit.go(back)


async def discard(visit: Visit) -> Response:
    """Throw a draft away; one that is gone already is told to be."""
    plan_id: int = visit.request.path_params["plan"]
    return await _discard(visit, plan_id, "/ke-hoach")


async def _discard(visit: Visit, plan_id: int, back: str) -> Response:
    result = await discard_draft(visit.conn, plan_id, by=visit.person, now=visit.now)
    texts = visit.words.texts
    match result:
        case Discarded():
            visit.tell(Flash(texts("plan.discarded", plan=result.plan.name)))
        case NoDraft():
            visit.tell(Flash(texts("plan.same", plan=result.plan.name), wrong=True))
        case _:
            visit.tell(Flash(texts("plan.gone"), wrong=True))
    return visit.go(back)


async def amend(visit: Visit) -> Response:
    """Apply the later version of a live plan that the form names, or throw it away."""
    plan, answer = visit.plan(visit.request.path_params["plan"]), visit.sent("answer")
    version_id, back = await plan_store.later_version(visit.conn, plan.id), f"/ke-hoach/{plan.id}"
    if answer not in ("apply", "discard", "leave", "undo"):
        raise HTTPException(404)
    if version_id is None or visit.sent("version") != str(version_id):
        visit.tell(Flash(visit.words.texts("plan.gone"), wrong=True))
        return visit.go(back)
    if answer == "discard":
        return await _discard(visit, version_id, back)
    if answer in ("leave", "undo"):
        visit.tell(await (_leave(visit, version_id) if answer == "leave" else _undo(visit, version_id)))
        return visit.go(f"{back}#ban-sau")
    result = await apply_version(
        visit.conn,
        version_id,
        by=visit.person,
        now=visit.now,
        rules=visit.rules,
        passed_too=visit.sent("passed") == "yes",
    )
    if isinstance(result, AsksVersionDates):
        rows = [visit.words.texts("doubt.first"), *word_dates(visit.words.texts, result.doubts)]
        visit.tell(Flash(lines(*rows), wrong=True, key=DATES_KEY))
        return visit.go(f"{back}#ban-sau")
    if isinstance(result, VersionApplied):
        count = await tell_units(visit.conn, visit.words, result.plan, result.applied.news, visit.now)
        visit.tell(Flash(word_applied(visit.words.texts, result.plan, result.applied, count)))
    return visit.go(back)


async def _leave(visit: Visit, version_id: int) -> Flash:
    """Leave one change of the version out."""
    result = await leave_change(
        visit.conn,
        version_id,
        visit.sent("sign"),
        visit.sent("key"),
        by=visit.person,
        now=visit.now,
        rules=visit.rules,
    )
    if isinstance(result, ChangeLeft):
        return Flash(word_left(visit.words.texts, result))
    return Flash(visit.texts("not_taken"), wrong=True)


async def _undo(visit: Visit, version_id: int) -> Flash:
    """Take the last change again that was left out."""
    result = await undo_correction(visit.conn, version_id, by=visit.person, now=visit.now)
    if isinstance(result, CorrectionUndone):
        return Flash(visit.texts("undone"))
    return Flash(visit.texts("nothing_to_undo"), wrong=True)
