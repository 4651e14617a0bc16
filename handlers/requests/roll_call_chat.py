"""The roll-call of ad hoc requests: who has answered, who is late, what they said; closing one."""

from collections.abc import Collection, Sequence

from markupsafe import Markup

from domain.common.text import fold
from handlers.assignments.unit_view import coordinated
from handlers.common import notice
from handlers.common.button_data import ButtonData, choice_of
from handlers.common.context import Button, Context, Reply, button, reply, turned_away
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import label, lines, short, wording_of
from handlers.requests.request_wording import hour_and_day
from services.common.results import Refused
from services.requests.close_request import close_request, own_request
from storage.organisation import people_store
from storage.organisation.people_store import Contact
from storage.requests import request_store
from storage.requests.request_store import Answer, Request

_SHOWN = 6
_MISSING = 60
_STARTS = {
    "communes": ("ubnd xa ", "uy ban nhan dan xa "),
    "wards": ("ubnd xa ", "ubnd phuong ", "uy ban nhan dan xa ", "uy ban nhan dan phuong "),
    "departments": ("so ",),
}
"""What units are called together, by how all their folded names begin."""


async def shown(context: Context) -> Reply | None:
    """Return the requests that run with their roll-calls; None where none runs."""
    running = (await request_store.running(context.conn, context.person.units("coordinator")))[:_SHOWN]
    if not running:
        return None
    rows, buttons = [], []
    for number, request in enumerate(running, 1):
        answers = await request_store.answers(context.conn, request.id)
        rows.append(_call(context, number, request, answers))
        buttons.append(_buttons(context, number, request, answers))
    new = (choice_of(label(context.texts, "new_request"), "request", "new"),)
    return reply(Outgoing(lines(context.texts("request.head"), *rows), (*buttons, new)))


def _call(context: Context, number: int, request: Request, answers: Sequence[Answer]) -> Markup:
    """37/103 đơn vị đã báo cáo · hạn 15:00."""
    late = sum(is_late(context, request, answer) for answer in answers)
    return context.texts(
        "request.call",
        number=number,
        what=short(request.text, 80),
        count=_count(context, answers),
        due=hour_and_day(wording_of(context), request.due_at),
        late=context.texts("request.late", count=late) if late else "",
    )


def _count(context: Context, answers: Sequence[Answer]) -> Markup:
    noun = _noun([answer.unit for answer in answers])
    done = sum(answer.is_in for answer in answers)
    return context.texts(f"request.count_{noun}", done=done, total=len(answers))


def _noun(names: Sequence[str]) -> str:
    for key, starts in _STARTS.items():
        if names and all(fold(name).startswith(starts) for name in names):
            return key
    return "units"


def is_late(context: Context, request: Request, answer: Answer) -> bool:
    """Whether a unit answered after the hour, or has not when it has passed; a later day may be granted."""
    answered_at = answer.answered_at or context.now
    zone = context.rules.zone
    if answer.due_on > request.due_at.astimezone(zone).date():
        return answered_at.astimezone(zone).date() > answer.due_on
    return answered_at > request.due_at


def _buttons(
    context: Context, number: int, request: Request, answers: Sequence[Answer]
) -> tuple[Choice, ...]:
    """Whom to look at and what to do; where all have answered nobody is missing."""
    texts = context.texts
    missing = (
        choice_of(label(texts, "missing", number=number), "missing", request.id),
        choice_of(label(texts, "nudge_rest", number=number), "nudge", "request", request.id),
    )
    rest = (
        choice_of(label(texts, "answers", number=number), "answers", request.id),
        choice_of(label(texts, "close", number=number), "close", request.id),
    )
    return rest if all(answer.is_in for answer in answers) else (*missing, *rest)


@button("missing", "coordinator")
async def missing(context: Context, pressed: ButtonData) -> Reply:
    """Tell who has not answered, and whom to phone."""
    request = await own_request(context.conn, pressed.id(), context.person)
    if isinstance(request, Refused):
        return _refused(context, pressed.id(), request.reason)
    answers = await request_store.answers(context.conn, request.id)
    waiting = [answer for answer in answers if not answer.is_in]
    if not waiting:
        return reply(Outgoing(context.texts("request.all_in", count=_count(context, answers))))
    contacts = await people_store.contacts(
        context.conn, [answer.unit_id for answer in waiting], context.today
    )
    known = await coordinated(context)
    rows = [_line(context, answer, contacts, known) for answer in waiting[:_MISSING]]
    left = len(waiting) - _MISSING
    more = context.texts("prompt.more", count=left) if left > 0 else None
    head = context.texts("request.missing", what=short(request.text, 80), count=len(waiting))
    return reply(Outgoing(lines(head, *rows, more), await _again(context, request, answers)))


async def _again(
    context: Context, request: Request, answers: Sequence[Answer]
) -> tuple[tuple[Choice, ...], ...]:
    """The same buttons under the same number: whoever types instead of tapping goes on as before."""
    running = await request_store.running(context.conn, context.person.units("coordinator"))
    number = next((at for at, other in enumerate(running, 1) if other.id == request.id), None)
    return (_buttons(context, number, request, answers),) if number else ()


def _line(context: Context, answer: Answer, contacts: Sequence[Contact], known: Collection[int]) -> Markup:
    """A unit with its focal points, and what it last said if it said anything.

    Of a unit that is not among the `known` only how many people can be reached.
    """
    texts = context.texts
    focal_points = [
        contact for contact in contacts if contact.unit_id == answer.unit_id and contact.role == "focal"
    ]
    names = [
        texts("prompt.unreachable", name=contact.name)
        if not contact.reachable
        else Markup.escape(contact.name)
        for contact in focal_points
    ]
    who = Markup(", ").join(names) or texts("status.note_nobody")
    if names and answer.unit_id not in known:
        who = texts("request.people", count=sum(contact.reachable for contact in focal_points))
    last_words = texts("request.last_said", words=short(answer.words[-1], 80)) if answer.words else ""
    return texts("request.waiting", unit=answer.unit, people=who, said=last_words)


@button("answers", "coordinator")
async def compiled(context: Context, pressed: ButtonData) -> Reply:
    """Compile what the units said, each in its own words."""
    request = await own_request(context.conn, pressed.id(), context.person)
    if isinstance(request, Refused):
        return _refused(context, pressed.id(), request.reason)
    answers = await request_store.answers(context.conn, request.id)
    texts, word = context.texts, wording_of(context)
    silent = [answer.unit for answer in answers if not answer.is_in]
    worded = [answer for answer in answers if answer.words]
    head = texts(
        "request.compiled",
        what=short(request.text, 1000),
        count=_count(context, answers),
        due=hour_and_day(word, request.due_at),
    )
    rows = [_answer(context, request, answer) for answer in worded] or [texts("request.no_answer")]
    rest = texts("request.silent", count=len(silent), units=", ".join(silent)) if silent else None
    text = lines(head, "", *rows, "" if rest else None, rest)
    return reply(Outgoing(text, await _again(context, request, answers)))


def _answer(context: Context, request: Request, answer: Answer) -> Markup:
    late = answer.answered_at is not None and is_late(context, request, answer)
    at = hour_and_day(wording_of(context), answer.answered_at) if late and answer.answered_at else None
    return context.texts(
        "request.answer",
        unit=answer.unit,
        words=short("; ".join(answer.words), 1000),
        late=context.texts("request.answered_late", at=at) if at else "",
        unfinished="" if answer.is_in else context.texts("request.unfinished"),
    )


@button("close", "coordinator")
async def close(context: Context, pressed: ButtonData) -> Reply:
    """Close a request; where somebody is still asked, only when the coordinator says so once more."""
    request = await own_request(context.conn, pressed.id(), context.person)
    if isinstance(request, Refused):
        return _refused(context, pressed.id(), request.reason)
    answers = await request_store.answers(context.conn, request.id)
    waiting = [answer for answer in answers if not answer.is_in]
    if request.closed_at is not None or not waiting:
        return await _close(context, request.id)
    sure = (
        choice_of(label(context.texts, "close_now"), "closed", request.id),
        choice_of(label(context.texts, "keep_open"), "never", "mind"),
    )
    text = context.texts("request.sure", what=short(request.text, 80), count=len(waiting))
    return reply(Outgoing(text, (sure,)))


@button("closed", "coordinator")
async def closed(context: Context, pressed: ButtonData) -> Reply:
    """Close a request although not all have answered."""
    return await _close(context, pressed.id())


async def _close(context: Context, request_id: int) -> Reply:
    """Close a request, and tell those who were asked for what is called off."""
    closed_ = await close_request(
        context.conn, request_id, by=context.person, now=context.now, rules=context.rules
    )
    if isinstance(closed_, Refused):
        return _refused(context, request_id, closed_.reason)
    request, count = closed_.request, len(closed_.called_off)
    text = context.texts("request.called_off", what=short(request.text), coordinator=request.coordinator)
    await notice.put(context, closed_.to_tell, f"closed:{request.id}", Outgoing(text))
    key = "request.closed_off" if count else "request.closed"
    return reply(Outgoing(context.texts(key, what=short(request.text, 80), count=count)))


def _refused(context: Context, request_id: int, reason: str) -> Reply:
    if reason == "not_yours":
        return turned_away(context, f"request {request_id}")
    return reply(Outgoing(context.texts("error.old_button")))


BUTTONS: tuple[Button, ...] = (missing, compiled, close, closed)
