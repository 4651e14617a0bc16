"""The roll-call of ad hoc requests: who has answered, who is late, what they said; closing one."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.common.text import fold
from handlers.assignments.item_list import wording
from handlers.common import notice
from handlers.common.context import Button, Desk, Reply, button, id_in, reply, turned_away
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import label, lines, short
from handlers.nudging.recipients import hearers
from handlers.requests.request_wording import hour_and_day
from storage.assignments import assignment_store as assignments
from storage.common import audit_log as audit
from storage.organisation import people_store as people
from storage.organisation.people_store import Contact
from storage.requests import request_store as requests
from storage.requests.request_store import Answer, Request

_SHOWN = 6
_MISSING = 60
_STARTS = {
    "communes": ("ubnd xa ", "uy ban nhan dan xa "),
    "wards": ("ubnd xa ", "ubnd phuong ", "uy ban nhan dan xa ", "uy ban nhan dan phuong "),
    "departments": ("so ",),
}
"""What units are called together, by how all their folded names begin."""


async def shown(desk: Desk) -> Reply | None:
    """Return the requests that run with their roll-calls; None where none runs."""
    running = (await requests.running(desk.work, desk.person.units("coordinator")))[:_SHOWN]
    if not running:
        return None
    rows, buttons = [], []
    for number, one in enumerate(running, 1):
        answers = await requests.answers(desk.work, one.id)
        rows.append(_call(desk, number, one, answers))
        buttons.append(_buttons(desk, number, one, answers))
    new = (Choice(label(desk.texts, "new_request"), "request:new"),)
    return reply(Outgoing(lines(desk.texts("request.head"), *rows), (*buttons, new)))


def _call(desk: Desk, number: int, one: Request, answers: Sequence[Answer]) -> Markup:
    """37/103 đơn vị đã báo cáo · hạn 15:00."""
    late = sum(is_late(desk, one, answer) for answer in answers)
    return desk.texts(
        "request.call",
        number=number,
        what=short(one.text, 80),
        count=_count(desk, answers),
        due=hour_and_day(wording(desk), one.due_at),
        late=desk.texts("request.late", count=late) if late else "",
    )


def _count(desk: Desk, answers: Sequence[Answer]) -> Markup:
    noun = _noun([answer.unit for answer in answers])
    done = sum(answer.is_in for answer in answers)
    return desk.texts(f"request.count_{noun}", done=done, total=len(answers))


def _noun(names: Sequence[str]) -> str:
    for key, starts in _STARTS.items():
        if names and all(fold(name).startswith(starts) for name in names):
            return key
    return "units"


def is_late(desk: Desk, one: Request, answer: Answer) -> bool:
    """Whether a unit answered after the hour, or has not when it has passed; a later day may be granted."""
    told = answer.answered_at or desk.now
    zone = desk.rules.zone
    if answer.due_on > one.due_at.astimezone(zone).date():
        return told.astimezone(zone).date() > answer.due_on
    return told > one.due_at


def _buttons(desk: Desk, number: int, one: Request, answers: Sequence[Answer]) -> tuple[Choice, ...]:
    """Whom to look at and what to do; where all have answered nobody is missing."""
    texts = desk.texts
    missing = (
        Choice(label(texts, "missing", number=number), f"missing:{one.id}"),
        Choice(label(texts, "nudge_rest", number=number), f"nudge:request:{one.id}"),
    )
    rest = (
        Choice(label(texts, "answers", number=number), f"answers:{one.id}"),
        Choice(label(texts, "close", number=number), f"close:{one.id}"),
    )
    return rest if all(answer.is_in for answer in answers) else (*missing, *rest)


async def _mine(desk: Desk, argument: str) -> Request | None:
    found = await requests.find(desk.work, id_in(argument))
    mine = found is not None and found.coordinator_id in desk.person.units("coordinator")
    return found if mine else None


def _not_mine(desk: Desk, argument: str) -> Reply:
    return turned_away(desk, f"request {id_in(argument)}")


@button("missing", "coordinator")
async def missing(desk: Desk, argument: str) -> Reply:
    """Tell who has not answered, and whom to phone."""
    one = await _mine(desk, argument)
    if one is None:
        return _not_mine(desk, argument)
    answers = await requests.answers(desk.work, one.id)
    waiting = [answer for answer in answers if not answer.is_in]
    if not waiting:
        return reply(Outgoing(desk.texts("request.all_in", count=_count(desk, answers))))
    contacts = await people.contacts(desk.work, [answer.unit_id for answer in waiting], desk.today)
    rows = [_line(desk, answer, contacts) for answer in waiting[:_MISSING]]
    left = len(waiting) - _MISSING
    more = desk.texts("prompt.more", count=left) if left > 0 else None
    head = desk.texts("request.missing", what=short(one.text, 80), count=len(waiting))
    return reply(Outgoing(lines(head, *rows, more), await _again(desk, one, answers)))


async def _again(desk: Desk, one: Request, answers: Sequence[Answer]) -> tuple[tuple[Choice, ...], ...]:
    """The same buttons under the same number: whoever types instead of tapping goes on as before."""
    running = await requests.running(desk.work, desk.person.units("coordinator"))
    number = next((at for at, other in enumerate(running, 1) if other.id == one.id), None)
    return (_buttons(desk, number, one, answers),) if number else ()


def _line(desk: Desk, answer: Answer, contacts: Sequence[Contact]) -> Markup:
    """A unit with its focal points, and what it last said if it said anything."""
    texts = desk.texts
    told = [
        texts("prompt.unreachable", name=one.name) if not one.reachable else Markup.escape(one.name)
        for one in contacts
        if one.unit_id == answer.unit_id and one.role == "focal"
    ]
    who = Markup(", ").join(told) or texts("status.note_nobody")
    said = texts("request.last_said", words=short(answer.words[-1], 80)) if answer.words else ""
    return texts("request.waiting", unit=answer.unit, people=who, said=said)


@button("answers", "coordinator")
async def compiled(desk: Desk, argument: str) -> Reply:
    """Compile what the units said, each in its own words."""
    one = await _mine(desk, argument)
    if one is None:
        return _not_mine(desk, argument)
    answers = await requests.answers(desk.work, one.id)
    texts, words = desk.texts, wording(desk)
    silent = [answer.unit for answer in answers if not answer.is_in]
    told = [answer for answer in answers if answer.words]
    head = texts(
        "request.compiled",
        what=short(one.text, 1000),
        count=_count(desk, answers),
        due=hour_and_day(words, one.due_at),
    )
    rows = [_answer(desk, one, answer) for answer in told] or [texts("request.no_answer")]
    rest = texts("request.silent", count=len(silent), units=", ".join(silent)) if silent else None
    text = lines(head, "", *rows, "" if rest else None, rest)
    return reply(Outgoing(text, await _again(desk, one, answers)))


def _answer(desk: Desk, one: Request, answer: Answer) -> Markup:
    late = answer.answered_at is not None and is_late(desk, one, answer)
    at = hour_and_day(wording(desk), answer.answered_at) if late and answer.answered_at else None
    return desk.texts(
        "request.answer",
        unit=answer.unit,
        words=short("; ".join(answer.words), 1000),
        late=desk.texts("request.answered_late", at=at) if at else "",
        unfinished="" if answer.is_in else desk.texts("request.unfinished"),
    )


@button("close", "coordinator")
async def close(desk: Desk, argument: str) -> Reply:
    """Close a request; where somebody is still asked, only when the coordinator says so once more."""
    one = await _mine(desk, argument)
    if one is None:
        return _not_mine(desk, argument)
    if one.closed_at is not None:
        return reply(Outgoing(desk.texts("error.old_button")))
    waiting = [answer for answer in await requests.answers(desk.work, one.id) if not answer.is_in]
    if not waiting:
        return await _close(desk, one)
    sure = (
        Choice(label(desk.texts, "close_now"), f"closed:{one.id}"),
        Choice(label(desk.texts, "keep_open"), "never:mind"),
    )
    text = desk.texts("request.sure", what=short(one.text, 80), count=len(waiting))
    return reply(Outgoing(text, (sure,)))


@button("closed", "coordinator")
async def closed(desk: Desk, argument: str) -> Reply:
    """Close a request although not all have answered."""
    one = await _mine(desk, argument)
    if one is None:
        return _not_mine(desk, argument)
    if one.closed_at is not None:
        return reply(Outgoing(desk.texts("error.old_button")))
    return await _close(desk, one)


async def _close(desk: Desk, one: Request) -> Reply:
    """Call off what is open, and tell those who were asked for it."""
    ids = await requests.close(desk.work, one.id, desk.now)
    off = await assignments.get(desk.work, ids)
    asked = await requests.asked_people(desk.work, one.id)
    heard = await hearers(desk.work, desk.rules, off, desk.today)
    told = sorted({person_id for person_id, _ in heard} & asked)
    text = desk.texts("request.called_off", what=short(one.text), coordinator=one.coordinator)
    await notice.put(desk, told, f"closed:{one.id}", Outgoing(text))
    about = f"request {one.id}: {len(off)} called off"
    await audit.note(desk.work, desk.now, "close", about, desk.person.id)
    key = "request.closed_off" if off else "request.closed"
    return reply(Outgoing(desk.texts(key, what=short(one.text, 80), count=len(off))))


BUTTONS: tuple[Button, ...] = (missing, compiled, close, closed)
