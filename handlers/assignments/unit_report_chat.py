"""/baocao (/report): a unit's report, one duty after the other; what is said is recorded at once."""

from dataclasses import dataclass

from markupsafe import Markup

from domain.updates import Update
from handlers.assignments import approval_chat as approval
from handlers.assignments.item_list import (
    Item,
    find,
    line_item,
    lines_of,
    number_of,
    numbering,
    standing,
    still_open,
)
from handlers.assignments.recording import keep, read, record
from handlers.assignments.resolve_item import key, pressed_ids
from handlers.assignments.resolve_item import what as words_of
from handlers.assignments.update_chat import TEXT_LIMIT, item_of
from handlers.common.context import (
    Button,
    Desk,
    Question,
    Reply,
    button,
    command,
    question,
    reply,
    turned_away,
)
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import label, lines, short
from storage.assignments import progress_store as progress
from storage.assignments.assignment_store import Assignment

_TOPIC = "walk"
_TEXT, _WORDS = 300, 200


@dataclass(frozen=True, slots=True)
class _Stop:
    """One duty of the report on the way, with what was said of it in this report and in the one before."""

    item: Item
    place: int
    count: int
    now: str | None
    before: str | None


@command("report", "baocao", "officer")
async def report(desk: Desk, argument: str) -> Reply:
    """Walk through the duties of the nearest report, or of the item that is numbered."""
    number = argument.strip().rstrip(".")
    named = await find(desk, number) if number.isdecimal() else None
    found = [named.assignment] if named else [o for o in await still_open(desk) if o.kind == "report"]
    if not found or not found[0].is_open or found[0].kind != "report":
        return reply(Outgoing(desk.texts("walk.none")))
    return await _begin(desk, found[0])


async def _begin(desk: Desk, one: Assignment) -> Reply:
    """Go to the first duty of which nothing is said, or show the whole where there is none."""
    duties = await lines_of(desk.work, one)
    if not duties:
        item = Item(await number_of(desk, one), one)
        words = desk.texts("walk.no_lines", what=words_of(desk, item), number=item.number)
        return reply(Outgoing(words), items=await numbering(desk, one))
    said = await progress.latest(desk.work, [one.id])
    first = next((duty for duty in duties if (one.id, duty.duty_id) not in said), None)
    return await _whole(desk, one) if first is None else await _stop(desk, one, first.duty_id)


async def _stop(desk: Desk, one: Assignment, duty_id: int, told: Markup | None = None) -> Reply:
    """Show a duty and ask what has been done."""
    at = await _stop_of(desk, one, duty_id)
    if at is None or at.item.line is None:
        return await _whole(desk, one, told)
    part = desk.texts(f"item.{at.item.line.part}")
    facts = {"number": at.item.number, "what": short(at.item.line.text, _TEXT), "part": part}
    head = desk.texts("walk.stop", report=_name(desk, one), place=at.place, count=at.count)
    known = None
    if at.now is not None:
        known = desk.texts("walk.now", words=short(at.now, _WORDS))
    elif at.before is not None:
        known = desk.texts("walk.before", words=short(at.before, _WORDS))
    text = lines(told, head, desk.texts("walk.duty", **facts), known, desk.texts("walk.how"))
    return reply(
        Outgoing(text, _ways(desk, at)),
        items=await numbering(desk, one),
        topic=_TOPIC,
        about=key(at.item),
    )


def _name(desk: Desk, one: Assignment) -> str:
    return words_of(desk, Item("", one))


def _ways(desk: Desk, at: _Stop) -> tuple[tuple[Choice, ...], ...]:
    verbs = ["skip", *(["same"] if at.before is not None and at.now is None else []), "nil"]
    first = tuple(Choice(label(desk.texts, f"walk_{verb}"), f"walk:{verb}:{key(at.item)}") for verb in verbs)
    return first, (Choice(label(desk.texts, "walk_stop"), f"walk:stop:{key(at.item)}"),)


async def _stop_of(desk: Desk, one: Assignment, duty_id: int) -> _Stop | None:
    duties = await lines_of(desk.work, one)
    item = await line_item(desk, Item(await number_of(desk, one), one), duty_id)
    if item is None:
        return None
    said = (await progress.latest(desk.work, [one.id])).get((one.id, duty_id))
    before = await progress.before_report(desk.work, one, duty_id)
    place = [duty.duty_id for duty in duties].index(duty_id) + 1
    return _Stop(item, place, len(duties), said.text if said else None, before)


async def _next(desk: Desk, item: Item, told: Markup | None) -> Reply:
    """Go on to the duty after this one; after the last one show the whole."""
    duties = [duty.duty_id for duty in await lines_of(desk.work, item.assignment)]
    here = duties.index(item.line.duty_id) if item.line and item.line.duty_id in duties else len(duties)
    if here + 1 >= len(duties):
        return await _whole(desk, item.assignment, told)
    return await _stop(desk, item.assignment, duties[here + 1], told)


async def _answer(desk: Desk, item: Item, text: str, said: Update | None = None) -> Reply:
    """Record what was done for a duty in the person's own words, and go on."""
    said = said or read(desk, text, item.assignment)
    if said.wants_extension:
        outcome = await record(desk, item, text, said)
        return outcome.asks or await _next(desk, item, lines(*outcome.told))
    if said.acknowledged:
        return await _next(desk, item, None)
    # Of a duty people tell what was done, often without a word on how far it is: here that is an answer.
    await keep(desk, item, text, said if said.says_something else Update(result=text))
    told = desk.texts("walk.kept", number=item.number, words=short(text, 80))
    return await _next(desk, item, told)


async def _whole(desk: Desk, one: Assignment, told: Markup | None = None) -> Reply:
    """Show all that the report says, with the button that sends it."""
    number = await number_of(desk, one)
    said = await progress.latest(desk.work, [one.id])
    duties = await lines_of(desk.work, one)
    rows, missing = [], 0
    for place, duty in enumerate(duties, 1):
        words = said.get((one.id, duty.duty_id))
        missing += words is None
        facts = {"number": f"{number}.{place}", "what": short(duty.text, 60)}
        if words is None:
            rows.append(desk.texts("walk.row_empty", **facts))
        else:
            rows.append(desk.texts("walk.row", words=short(words.text, _WORDS), **facts))
    head = desk.texts("walk.whole", report=_name(desk, one), done=len(duties) - missing, count=len(duties))
    more = [Choice(label(desk.texts, "walk_rest"), f"walk:start:{one.id}")] if missing else []
    send = Choice(label(desk.texts, "walk_send"), f"walk:send:{one.id}")
    text = lines(told, head, *rows, desk.texts("walk.correct", number=f"{number}.1"))
    return reply(Outgoing(text, ((send, *more),)), items=await numbering(desk, one))


async def _send(desk: Desk, one: Assignment) -> Reply:
    """Send the report on its way, or to the unit's leader first."""
    if approval.is_laid(desk, one):
        return reply(Outgoing(desk.texts("update.already", state=standing(desk, one))))
    item = Item(await number_of(desk, one), one)
    shown = await numbering(desk, one)
    words = desk.texts("said.report").unescape()
    outcome = await record(desk, item, words, Update(state="done"))
    return reply(Outgoing(lines(*outcome.told), (outcome.undo,) if outcome.undo else ()), items=shown)


@button("walk", "officer")
async def pressed(desk: Desk, argument: str) -> Reply:
    """Bỏ qua, như trước, không phát sinh, dừng; báo cáo lần lượt, gửi báo cáo."""
    verb, _, which = argument.partition(":")
    item = await item_of(desk, *pressed_ids(which))
    if item is None:
        return turned_away(desk, f"assignment {pressed_ids(which)[0]}")
    one = item.assignment
    if not one.is_open:
        return reply(Outgoing(desk.texts("walk.closed", report=_name(desk, one))))
    if verb == "stop":
        return reply(Outgoing(desk.texts("walk.stopped")), items=await numbering(desk, one))
    if verb == "skip":
        return await _next(desk, item, None)
    if verb == "nil" and item.line:
        return await _answer(desk, item, desk.texts("state.nil").unescape(), Update(state="nil"))
    if verb == "same" and item.line:
        before = await progress.before_report(desk.work, one, item.line.duty_id)
        return await (_answer(desk, item, before) if before else _next(desk, item, None))
    return await (_send(desk, one) if verb == "send" else _begin(desk, one))


@question(_TOPIC, "officer")
async def typed(desk: Desk, text: str) -> Reply:
    """Take what was done for the duty that is shown."""
    item = await item_of(desk, *pressed_ids(desk.dialog.about))
    if item is None or item.line is None or not item.assignment.is_open:
        return reply(Outgoing(desk.texts("error.old_button")))
    if len(text) > TEXT_LIMIT:
        too_long = desk.texts("update.too_long", limit=TEXT_LIMIT)
        return await _stop(desk, item.assignment, item.line.duty_id, too_long)
    return await _answer(desk, item, text)


BUTTONS: tuple[Button, ...] = (pressed,)
QUESTIONS: tuple[Question, ...] = (typed,)
