"""Word what a coordinator decided, to them, and tell the unit's people. The chat and the pages share it."""

from datetime import date

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from handlers.common import notice
from handlers.common.conversation import Outgoing
from handlers.common.wording import Wording, full_date, lines, short
from services.assignments.decide_extension import ExtensionDecided, TooEarly, WishClosed
from services.assignments.judge_result import REASON_LIMIT, NotWaiting, ResultConfirmed, ResultReturned
from services.common.results import Refused


def assignment_facts(wording: Wording, assignment: Assignment) -> dict[str, object]:
    """Return the values by which sentences name an assignment to a coordinator."""
    due = full_date(wording.texts, assignment.due_on)
    return {"what": wording.what(assignment), "plan": assignment.plan, "due": due}


async def tell_confirmed(conn: AsyncConnection, wording: Wording, result: ResultConfirmed) -> Markup:
    """Tell the unit's people that something is confirmed; return what the coordinator is told."""
    facts = assignment_facts(wording, result.assignment)
    message = Outgoing(wording.texts("confirm.told_accepted", **facts))
    await notice.put_on(conn, result.to_tell, wording.today, f"judged:{result.progress_id}", message)
    return wording.texts("confirm.accepted", unit=result.assignment.unit, **facts)


async def tell_returned(conn: AsyncConnection, wording: Wording, result: ResultReturned) -> Markup:
    """Tell the unit's people that something is given back; return what the coordinator is told."""
    assignment, texts = result.assignment, wording.texts
    facts = {"unit": assignment.unit, "count": result.count, "reason": result.reason}
    facts |= assignment_facts(wording, assignment)
    key = "confirm.told_returned_party" if assignment.standing == "party" else "confirm.told_returned"
    message = Outgoing(texts(key, **facts))
    topic = f"returned:{assignment.id}:{result.count}"
    await notice.put_on(conn, result.to_tell, wording.today, topic, message)
    return texts("confirm.returned", **facts)


def not_judged(wording: Wording, result: NotWaiting | Refused[str]) -> Markup:
    """Return why a result was neither confirmed nor given back."""
    if isinstance(result, Refused):
        return wording.texts("update.too_long", limit=REASON_LIMIT)
    assignment = result.assignment
    state = wording.state(assignment.state, blocked=assignment.blocked)
    return wording.texts("confirm.changed", unit=assignment.unit, state=state)


async def tell_extension(conn: AsyncConnection, wording: Wording, result: ExtensionDecided) -> Markup:
    """Tell the unit's people the decision on their wish; return what the coordinator is told."""
    assignment, texts = result.assignment, wording.texts
    line = result.wish.line
    facts = {
        "what": wish_of_plan(wording, line, assignment),
        "wanted": full_date(texts, result.due_on),
        "asked": full_date(texts, result.wish.wanted_on),
        "due": full_date(texts, assignment.due_on),
        "origin": full_date(texts, assignment.planned_on),
    }
    reason = result.decision.reason
    because = texts("extension.because", reason=short(reason, 200)) if reason else None
    outcome = _outcome(result, result.wish.wanted_on)
    alone = line_alone(wording, line, assignment) if result.decision.granted else None
    message = Outgoing(lines(texts(f"extension.told_{outcome}", **facts), alone, because))
    await notice.put_on(conn, result.to_tell, wording.today, f"told:{result.wish.id}", message)
    return lines(texts(f"extension.{outcome}", unit=assignment.unit, **facts), alone)


def wish_what(wording: Wording, line: str | None, assignment: Assignment) -> Markup:
    """Return what a wish is for: an assignment, or one line of it."""
    what = wording.what(assignment)
    return wording.texts("extension.of_line", what=short(line, 80), report=what) if line else what


def wish_of_plan(wording: Wording, line: str | None, assignment: Assignment) -> Markup:
    """Return what a wish is for, and its plan."""
    what = wish_what(wording, line, assignment)
    return Markup("{}, {}").format(what, assignment.plan) if assignment.plan else what


def line_alone(wording: Wording, line: str | None, assignment: Assignment) -> Markup | None:
    """Return that a wish is for one line alone; None where it is for the whole assignment."""
    return wording.texts("extension.line_alone", due=wording.due(assignment)) if line else None


def _outcome(result: ExtensionDecided, wanted_on: date) -> str:
    if not result.decision.granted:
        return "refused"
    return "granted" if result.due_on == wanted_on else "granted_until"


def not_decided(wording: Wording, result: WishClosed | TooEarly | Refused[str]) -> Markup:
    """Return why a wish was neither granted nor refused."""
    if isinstance(result, Refused):
        return wording.texts("error.old_button" if result.reason == "no_wish" else "extension.superseded")
    if isinstance(result, TooEarly):
        return _too_early(wording, result)
    wish = result.wish
    if result.by is None or wish.decided_at is None:
        return wording.texts("extension.closed")
    at = wish.decided_at.astimezone(wording.zone)
    key = "extension.was_granted" if wish.granted else "extension.was_refused"
    due = wording.due(result.assignment)
    return wording.texts(key, who=result.by, hour=f"{at:%H:%M}", day=wording.day(at.date()), due=due)


def _too_early(wording: Wording, result: TooEarly) -> Markup:
    wanted = wording.day(result.until)
    if result.has_passed:
        return wording.texts("extension.grant_passed", wanted=wanted)
    return wording.texts("extension.earlier", wanted=wanted, due=wording.due(result.assignment))
