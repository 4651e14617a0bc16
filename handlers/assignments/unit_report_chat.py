"""/baocao (/report): a unit's report, one duty after the other; what is said is recorded at once."""

from dataclasses import dataclass

from markupsafe import Markup

from domain.assignments.assignment import Assignment
from domain.updates import Update
from handlers.assignments import approval_chat
from handlers.assignments.item_list import standing
from handlers.assignments.item_numbering import (
    Item,
    find,
    in_sight,
    item_of,
    line_item,
    number_of,
    still_open,
)
from handlers.assignments.recording import read, record, statement
from handlers.assignments.resolve_item import item_key, item_text, pressed_ids
from handlers.assignments.update_chat import TEXT_LIMIT
from handlers.common.button_data import ButtonData, choice_of
from handlers.common.context import (
    Button,
    Context,
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
from services.assignments.record_update import record_line
from services.assignments.statement import Recorded
from storage.assignments import progress_store
from storage.assignments.assignment_store import ReportLine, moved_lines, report_lines

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
async def report(context: Context, argument: str) -> Reply:
    """Walk through the duties of the nearest report, or of the item that is numbered."""
    number = argument.strip().rstrip(".")
    item = await find(context, number) if number.isdecimal() else None
    reports = [item.assignment] if item else [o for o in await still_open(context) if o.kind == "report"]
    if not reports or not reports[0].is_open or reports[0].kind != "report":
        return reply(Outgoing(context.texts("walk.none")))
    return await _begin(context, reports[0])


async def _own_lines(context: Context, report: Assignment) -> list[ReportLine]:
    """Return the lines of a report but those that were put off alone."""
    moved = await moved_lines(context.conn, report)
    return [line for line in await report_lines(context.conn, report) if line.duty_id not in moved]


async def _begin(context: Context, assignment: Assignment) -> Reply:
    """Go to the first duty of which nothing is said, or show the whole where there is none."""
    duties = await _own_lines(context, assignment)
    if not duties:
        item = Item(await number_of(context, assignment), assignment)
        answer = context.texts("walk.no_lines", what=item_text(context, item), number=item.number)
        return reply(Outgoing(answer), items=in_sight(context, assignment))
    latest = await progress_store.latest(context.conn, [assignment.id])
    first = next((duty for duty in duties if (assignment.id, duty.duty_id) not in latest), None)
    return (
        await _whole(context, assignment)
        if first is None
        else await _stop(context, assignment, first.duty_id)
    )


async def _stop(
    context: Context, assignment: Assignment, duty_id: int, sentence: Markup | None = None
) -> Reply:
    """Show a duty and ask what has been done."""
    at = await _stop_of(context, assignment, duty_id)
    if at is None or at.item.line is None:
        return await _whole(context, assignment, sentence)
    part = context.texts(f"item.{at.item.line.part}")
    facts = {"number": at.item.number, "what": short(at.item.line.text, _TEXT), "part": part}
    head = context.texts("walk.stop", report=_name(context, assignment), place=at.place, count=at.count)
    known = None
    if at.now is not None:
        known = context.texts("walk.now", words=short(at.now, _WORDS))
    elif at.before is not None:
        known = context.texts("walk.before", words=short(at.before, _WORDS))
    text = lines(sentence, head, context.texts("walk.duty", **facts), known, context.texts("walk.how"))
    return reply(
        Outgoing(text, _ways(context, at)),
        items=in_sight(context, assignment),
        topic=_TOPIC,
        about=item_key(at.item),
    )


def _name(context: Context, assignment: Assignment) -> str:
    return item_text(context, Item("", assignment))


def _ways(context: Context, at: _Stop) -> tuple[tuple[Choice, ...], ...]:
    verbs = ["skip", *(["same"] if at.before is not None and at.now is None else []), "nil"]
    first = tuple(
        choice_of(label(context.texts, f"walk_{verb}"), "walk", verb, item_key(at.item)) for verb in verbs
    )
    return first, (choice_of(label(context.texts, "walk_stop"), "walk", "stop", item_key(at.item)),)


async def _stop_of(context: Context, assignment: Assignment, duty_id: int) -> _Stop | None:
    duties = await _own_lines(context, assignment)
    item = await line_item(context, Item(await number_of(context, assignment), assignment), duty_id)
    if item is None or item.line is None:
        return None
    progress = (await progress_store.latest(context.conn, [assignment.id])).get((assignment.id, duty_id))
    before = await progress_store.before_report(context.conn, assignment, duty_id)
    place = [duty.duty_id for duty in duties].index(duty_id) + 1
    return _Stop(item, place, len(duties), progress.text if progress else None, before)


async def _next(context: Context, item: Item, sentence: Markup | None) -> Reply:
    """Go on to the duty after this one; after the last one show the whole."""
    duties = [duty.duty_id for duty in await _own_lines(context, item.assignment)]
    here = duties.index(item.line.duty_id) if item.line and item.line.duty_id in duties else len(duties)
    if here + 1 >= len(duties):
        return await _whole(context, item.assignment, sentence)
    return await _stop(context, item.assignment, duties[here + 1], sentence)


async def _answer(context: Context, item: Item, text: str, update: Update | None = None) -> Reply:
    """Record what was done for a duty in the person's own words, and go on."""
    update = update or read(context, text, item.assignment)
    if update.wants_extension:
        outcome = await record(context, item, text, update)
        return outcome.asks or await _next(context, item, lines(*outcome.told))
    if update.acknowledged:
        return await _next(context, item, None)
    # Of a duty people tell what was done, often without a word on how far it is: here that is an answer.
    update = update if update.says_something else Update(result=text)
    result = await record_line(context.conn, statement(context, item, text, update))
    if not isinstance(result, Recorded):
        return reply(Outgoing(context.texts("error.old_button")))
    sentence = context.texts("walk.kept", number=item.number, words=short(text, 80))
    return await _next(context, item, sentence)


async def _whole(context: Context, assignment: Assignment, sentence: Markup | None = None) -> Reply:
    """Show all that the report says, with the button that sends it."""
    number = await number_of(context, assignment)
    latest = await progress_store.latest(context.conn, [assignment.id])
    duties = await _own_lines(context, assignment)
    rows, missing = [], 0
    for place, duty in enumerate(await report_lines(context.conn, assignment), 1):
        if duty not in duties:
            continue
        progress = latest.get((assignment.id, duty.duty_id))
        missing += progress is None
        facts = {"number": f"{number}.{place}", "what": short(duty.text, 60)}
        if progress is None:
            rows.append(context.texts("walk.row_empty", **facts))
        else:
            rows.append(context.texts("walk.row", words=short(progress.text, _WORDS), **facts))
    head = context.texts(
        "walk.whole", report=_name(context, assignment), done=len(duties) - missing, count=len(duties)
    )
    more = [choice_of(label(context.texts, "walk_rest"), "walk", "start", assignment.id)] if missing else []
    send = choice_of(label(context.texts, "walk_send"), "walk", "send", assignment.id)
    text = lines(sentence, head, *rows, context.texts("walk.correct", number=f"{number}.1"))
    return reply(Outgoing(text, ((send, *more),)), items=in_sight(context, assignment))


async def _send(context: Context, assignment: Assignment) -> Reply:
    """Send the report on its way, or to the unit's leader first."""
    if approval_chat.is_pending(context, assignment):
        return reply(Outgoing(context.texts("update.already", state=standing(context, assignment))))
    item = Item(await number_of(context, assignment), assignment)
    shown = in_sight(context, assignment)
    text = context.texts("said.report").unescape()
    outcome = await record(context, item, text, Update(state="done"))
    return reply(Outgoing(lines(*outcome.told), (outcome.undo,) if outcome.undo else ()), items=shown)


@button("walk", "officer")
async def pressed(context: Context, pressed: ButtonData) -> Reply:
    """Bỏ qua, như trước, không phát sinh, dừng; báo cáo lần lượt, gửi báo cáo."""
    verb, which = pressed.text(), pressed.text(1)
    item = await item_of(context, *pressed_ids(which))
    if item is None:
        return turned_away(context, f"assignment {pressed_ids(which)[0]}")
    assignment = item.assignment
    if not assignment.is_open:
        return reply(Outgoing(context.texts("walk.closed", report=_name(context, assignment))))
    if verb == "stop":
        return reply(Outgoing(context.texts("walk.stopped")), items=in_sight(context, assignment))
    if verb == "skip":
        return await _next(context, item, None)
    if verb == "nil" and item.line:
        return await _answer(context, item, context.texts("state.nil").unescape(), Update(state="nil"))
    if verb == "same" and item.line:
        before = await progress_store.before_report(context.conn, assignment, item.line.duty_id)
        return await (_answer(context, item, before) if before else _next(context, item, None))
    return await (_send(context, assignment) if verb == "send" else _begin(context, assignment))


@question(_TOPIC, "officer")
async def typed(context: Context, text: str) -> Reply:
    """Take what was done for the duty that is shown."""
    item = await item_of(context, *pressed_ids(context.dialog.about))
    if item is None or item.line is None or not item.assignment.is_open:
        return reply(Outgoing(context.texts("error.old_button")))
    if len(text) > TEXT_LIMIT:
        too_long = context.texts("update.too_long", limit=TEXT_LIMIT)
        return await _stop(context, item.assignment, item.line.duty_id, too_long)
    return await _answer(context, item, text)


BUTTONS: tuple[Button, ...] = (pressed,)
QUESTIONS: tuple[Question, ...] = (typed,)
