"""What waits for the coordinator's word: wishes for a later date, what units say is done, what they ask."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.web.rendering import page as render
from bot.web.visit import Flash, Visit
from bot.web.waiting_questions import questions
from domain.assignments.assignment import Assignment
from domain.assignments.extension_replies import Decision
from domain.updates import read_until
from handlers.assignments.decision_notice import (
    not_decided,
    not_judged,
    tell_confirmed,
    tell_extension,
    tell_returned,
)
from services.assignments.decide_extension import ExtensionDecided, decide_extension
from services.assignments.judge_result import (
    NotWaiting,
    ResultConfirmed,
    ResultReturned,
    confirm,
    return_,
)
from services.assignments.own_assignment import NotTheirAssignment
from services.common.results import Refused
from storage.assignments import (
    assignment_store,
    confirmation_store,
    evidence_store,
    extension_store,
    question_store,
)
from storage.assignments.extension_store import Wish
from storage.organisation import unit_store
from storage.reporting import read_models
from storage.reporting.read_models import RecordedWord

HERE = "/cho-y-kien"
SHOWN = 50
"""How many of each kind the page shows; the others follow as these are answered."""
_REASON = 200
_FURTHEST = timedelta(days=731)
"""How far from today a date may be put off: a slip of the hand in the year is further."""


@dataclass(frozen=True, slots=True)
class Wished:
    """A unit's wish for a later date; `by` is who asked for it."""

    wish: Wish
    one: Assignment
    by: str

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return f"gia-han-{self.wish.id}"


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What a unit says is done, in its own words, and how many files show it.

    `said` is None where the words were taken back.
    """

    one: Assignment
    said: RecordedWord | None
    files: int

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return f"bao-cao-{self.one.id}"


async def page(visit: Visit) -> Response:
    """Show what waits, the oldest wish and the nearest date first."""
    return render(
        visit,
        "waiting",
        at="waiting",
        wishes=await _wishes(visit),
        wishes_count=await extension_store.count_waiting(visit.conn, _own(visit)),
        reports=await _reports(visit),
        reports_count=await confirmation_store.count_waiting(visit.conn, _own(visit)),
        questions=await questions(visit, SHOWN),
        questions_count=await question_store.count_waiting(visit.conn, _own(visit)),
        unit_names=sorted(await unit_store.ids(visit.conn)),
        longest=_REASON,
    )


async def _wishes(visit: Visit) -> list[Wished]:
    wishes = await extension_store.waiting(visit.conn, _own(visit), SHOWN)
    names = await read_models.names(visit.conn, {wish.asked_by for wish in wishes})
    about = await assignment_store.get(visit.conn, [wish.assignment_id for wish in wishes])
    by_id = {assignment.id: assignment for assignment in about}
    return [Wished(wish, by_id[wish.assignment_id], names.get(wish.asked_by, "")) for wish in wishes]


async def _reports(visit: Visit) -> list[HandedIn]:
    assignments = await confirmation_store.waiting(visit.conn, _own(visit), SHOWN)
    latest = await read_models.handed_in(visit.conn, [assignment.id for assignment in assignments])
    files: Counter[int] = Counter()
    for (assignment_id, _), count in (
        await evidence_store.counts(visit.conn, [assignment.id for assignment in assignments])
    ).items():
        files[assignment_id] += count
    return [
        HandedIn(assignment, latest.get(assignment.id), files[assignment.id]) for assignment in assignments
    ]


async def decide(visit: Visit) -> Response:
    """Grant a wish as it stands or until another date, or refuse it, as a coordinator does in the chat."""
    wish = await extension_store.get(visit.conn, visit.request.path_params["wish"])
    one = _theirs(visit, await assignment_store.get(visit.conn, [wish.assignment_id] if wish else []))
    if wish is None:
        raise HTTPException(404)
    decision = _decision(visit, one)
    if decision is None:
        return _again(visit, f"gia-han-{wish.id}", visit.texts("date_unclear"))
    result = await decide_extension(
        visit.conn, wish.id, decision, by=visit.person, now=visit.now, rules=visit.rules
    )
    if isinstance(result, NotTheirAssignment):
        raise HTTPException(404)
    if not isinstance(result, ExtensionDecided):
        return _again(visit, f"gia-han-{wish.id}", not_decided(visit.words, result))
    return _done(visit, await tell_extension(visit.conn, visit.words, result))


async def judge(visit: Visit) -> Response:
    """Confirm what a unit has done, or give it back with a reason, as a coordinator does in the chat."""
    number: int = visit.request.path_params["assignment"]
    result = await _judged(visit, number)
    match result:
        case None:
            return _again(visit, f"bao-cao-{number}", visit.texts("reason_missing"))
        case NotTheirAssignment():
            raise HTTPException(404)
        case ResultConfirmed():
            return _done(visit, await tell_confirmed(visit.conn, visit.words, result))
        case ResultReturned():
            return _done(visit, await tell_returned(visit.conn, visit.words, result))
        case _:
            return _again(visit, f"bao-cao-{number}", not_judged(visit.words, result))


async def _judged(
    visit: Visit, number: int
) -> ResultConfirmed | ResultReturned | NotWaiting | NotTheirAssignment | Refused[str] | None:
    """Do what the form says; None where it lacks a reason."""
    by, now, rules, reason = visit.person, visit.now, visit.rules, visit.sent("reason")
    if visit.sent("answer") == "accept":
        return await confirm(visit.conn, number, by=by, now=now, rules=rules)
    if visit.sent("answer") == "return" and reason:
        return await return_(visit.conn, number, reason, by=by, now=now, rules=rules)
    return None


def _done(visit: Visit, text: Markup) -> Response:
    visit.tell(Flash(text))
    return visit.go(HERE)


def _own(visit: Visit) -> Sequence[int]:
    return visit.person.units("coordinator")


def _theirs(visit: Visit, assignments: Sequence[Assignment]) -> Assignment:
    """Return what their units compile. Raises HTTPException 404 for any other, be it there or not."""
    if not assignments or assignments[0].coordinator_id not in _own(visit):
        raise HTTPException(404)
    return assignments[0]


def _decision(visit: Visit, assignment: Assignment) -> Decision | None:
    """Read the form; None where it asks for another date and none can be read."""
    reason = visit.sent("reason")[:_REASON]
    match visit.sent("answer"):
        case "grant":
            return Decision(granted=True)
        case "refuse":
            return Decision(granted=False, reason=reason)
        case _:
            until = _date(visit, assignment)
            return Decision(granted=True, until=until, reason=reason) if until else None


def _date(visit: Visit, assignment: Assignment) -> date | None:
    """The date of a picker, 2026-07-10; of an old browser, which has none, as people write it."""
    words, until = visit.sent("until"), None
    with suppress(ValueError):
        until = date.fromisoformat(words)
    until = until or read_until(words, today=visit.today, due=assignment.due_on)
    return until if until and until <= visit.today + _FURTHEST else None


def _again(visit: Visit, anchor: str, why: Markup) -> Response:
    """Say why nothing was done, with what was typed where it was typed."""
    typed = {name: visit.sent(name) for name in ("answer", "until", "reason")}
    visit.tell(Flash(why, wrong=True, key=anchor, words=typed))
    return visit.go(f"{HERE}#{anchor}")
