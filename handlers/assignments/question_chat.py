"""Hỏi đơn vị tổng hợp: what the program cannot answer is put to the coordinating unit, by one tap.

Likewise that something is no work of the unit's. handlers.assignments.question_answer_chat has the answers.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from config.texts import Texts
from domain.common.text import fold
from domain.updates import dotted
from handlers.assignments import resolve_item
from handlers.assignments.item_numbering import Item, find, in_sight, line_item, number_of, owed, still_open
from handlers.assignments.question_notice import about, tell_coordinators
from handlers.common.button_data import ButtonData, choice_of, id_in, read_button_data
from handlers.common.context import (
    Button,
    Context,
    Question,
    Reply,
    button,
    question,
    reply,
    turned_away,
)
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import label, lines, short, wording_of
from services.assignments.ask_coordinator import QUESTION_LIMIT, QuestionAsked, ask_coordinator
from services.assignments.own_assignment import NotTheirAssignment
from storage.assignments import assignment_store
from storage.assignments.assignment_store import report_lines
from storage.assignments.question_store import Kind
from storage.organisation import unit_store

PASS_ON, _NOT_OURS_OF = "pass_on", "not_ours_of"
KEEPS_WORDS = (PASS_ON, _NOT_OURS_OF)
"""Topics under which a chat keeps words that a button passes on; the next line is taken as ever."""
_UNITS = 4
_FIRST = re.compile(r"(?:(?:viec|nhiem vu|noi dung|muc|so) )*(?P<number>\d{1,2}(?:\.\d{1,2})?)(?![\d/.,%])")


async def offered(context: Context, text: str, answer: Markup, item: Item | None = None) -> Reply:
    """Answer words that the program cannot act on; a button puts them to the coordinating unit."""
    item = item or await _meant(context, text)
    choices = await _whom(context, item) if any(map(str.isalnum, text)) else ()
    items = in_sight(context, item.assignment) if item else None
    if not choices:
        return reply(Outgoing(answer), items=items)
    return reply(Outgoing(answer, choices), items=items, topic=PASS_ON, about=text)


async def _whom(context: Context, item: Item | None) -> tuple[tuple[Choice, ...], ...]:
    """Return a button for the unit that compiles an item; for each whom they owe something, without one."""
    if item is not None:
        ask = choice_of(label(context.texts, "pass_on"), "pass_on", f"i{resolve_item.item_key(item)}")
        return ((ask,),) if item.assignment.coordinator_id is not None else ()
    units = await _coordinators(context)
    if len(units) == 1:
        return ((choice_of(label(context.texts, "pass_on"), "pass_on", f"u{units[0]}"),),)
    names = {unit_id: name for name, unit_id in (await unit_store.ids(context.conn)).items()}
    return tuple(
        (choice_of(label(context.texts, "pass_on_to", unit=short(names[unit], 40)), "pass_on", f"u{unit}"),)
        for unit in units[:_UNITS]
    )


async def _coordinators(context: Context) -> list[int]:
    """Return the units that compile what the person's units have open, or ever had."""
    waiting = await still_open(context) or await owed(context)
    return list(dict.fromkeys(o.coordinator_id for o in waiting if o.coordinator_id is not None))


async def _meant(context: Context, text: str) -> Item | None:
    """Return the item that words are about: by its number, by its words, or as the only one there is."""
    first = _FIRST.match(fold(text))
    for number in (*([first["number"]] if first else []), *dotted(text)):
        if item := await find(context, number):
            return item
    open_ = await resolve_item.open_items(context)
    by_words = resolve_item.items_named(context, text, open_)
    if len(by_words) == 1:
        return by_words[0]
    whole = [item for item in open_ if item.line is None]
    return whole[0] if len(whole) == 1 else None


@button("pass_on", "officer")
async def pass_on(context: Context, pressed: ButtonData) -> Reply:
    """Hỏi đơn vị tổng hợp: pass on what was typed; ask for the words where nothing was."""
    if context.dialog.topic == PASS_ON:
        return await _put(context, pressed.text(), context.dialog.about)
    return reply(Outgoing(context.texts("question.ask")), topic="ask_words", about=pressed.text())


@question("ask_words", "officer")
async def words_typed(context: Context, text: str) -> Reply:
    """Pass on the words; where it is not known to whom, after asking."""
    if context.dialog.about:
        return await _put(context, context.dialog.about, text)
    choices = await _whom(context, await _meant(context, text))
    if len(choices) == 1:
        return await _put(context, read_button_data(choices[0][0].data).text(), text)
    return await offered(context, text, context.texts("question.whom"))


async def _put(context: Context, argument: str, text: str) -> Reply:
    """Put words to the unit, or about the item, that a button's argument names."""
    if argument.startswith("u"):
        return await _keep(context, text, None, None, "question", coordinator_id=id_in(argument[1:]))
    assignment_id, duty_id = resolve_item.pressed_ids(argument.removeprefix("i"))
    return await _keep(context, text, assignment_id, duty_id, "question")


async def _keep(
    context: Context,
    text: str,
    assignment_id: int | None,
    duty_id: int | None,
    kind: Kind,
    *,
    coordinator_id: int | None = None,
) -> Reply:
    """Keep a question, tell the coordinators, and answer who has it now."""
    result = await ask_coordinator(
        context.conn,
        text,
        assignment_id=assignment_id,
        duty_id=duty_id,
        coordinator_id=coordinator_id,
        kind=kind,
        by=context.person,
        now=context.now,
        rules=context.rules,
    )
    if isinstance(result, NotTheirAssignment):
        return turned_away(context, f"assignment {result.assignment_id}")
    if not isinstance(result, QuestionAsked):
        key = "update.too_long" if result.reason == "too_long" else f"question.{result.reason}"
        return reply(Outgoing(context.texts(key, limit=QUESTION_LIMIT)))
    await tell_coordinators(context.conn, wording_of(context), result)
    key = f"question.kept_{kind}" if result.to_tell else "question.kept_unheard"
    contact = context.rules.reports.contact(result.question.coordinator)
    what = about(wording_of(context), result.question, result.assignment)
    answer = context.texts(key, unit=result.question.coordinator, words=short(text, 200), about=what)
    return reply(
        Outgoing(lines(answer, context.texts("question.contact", contact=contact) if contact else None))
    )


@button("not_ours", "officer")
async def not_ours(context: Context, pressed: ButtonData) -> Reply:
    """Không phải việc của đơn vị tôi: ask which item, and why; words that were typed are why."""
    if not pressed.text():
        return await _which(context)
    assignment_id, duty_id = resolve_item.pressed_ids(pressed.text())
    assignments = await assignment_store.get(context.conn, [assignment_id])
    if not assignments or assignments[0].unit_id not in context.person.units("focal", "leader"):
        return turned_away(context, f"assignment {assignment_id}")
    item: Item | None = Item(await number_of(context, assignments[0]), assignments[0])
    if item is not None and duty_id is not None:
        item = await line_item(context, item, duty_id)
    if item is None or not item.assignment.is_open:
        return reply(Outgoing(context.texts("question.closed")))
    reason = context.dialog.about if context.dialog.topic == _NOT_OURS_OF else ""
    return await _disclaimed(context, item, reason)


async def disclaimed(context: Context, text: str, number: str) -> Reply:
    """Take the words that an item is no work of the unit's; `number` is "" where they name none."""
    item = await find(context, number) if number else await _meant(context, text)
    if number and item is None:
        return reply(Outgoing(context.texts("duties.no_number", number=number)))
    return await _disclaimed(context, item, text) if item else await _which(context, text)


async def _disclaimed(context: Context, item: Item, text: str) -> Reply:
    assignment = item.assignment
    if item.line is None and (report_lines_ := await report_lines(context.conn, assignment)):
        of_it = [Item(f"{item.number}.{n}", assignment, line) for n, line in enumerate(report_lines_, 1)]
        return await _of_these(context, of_it, text)
    if text:
        return await _keep(context, text, assignment.id, item.line.duty_id if item.line else None, "disclaim")
    ask = context.texts("question.why", what=short(resolve_item.item_text(context, item), 80))
    shown = in_sight(context, assignment)
    return reply(Outgoing(ask), items=shown, topic="not_ours", about=resolve_item.item_key(item))


async def _which(context: Context, text: str = "") -> Reply:
    open_ = await resolve_item.open_items(context)
    if not open_:
        return reply(Outgoing(context.texts("update.nothing_open")))
    return await _of_these(context, [item for item in open_ if item.line is None], text)


async def _of_these(context: Context, items: Sequence[Item], text: str) -> Reply:
    """Ask which of several items is meant."""
    shown = in_sight(context, items[0].assignment)
    choices = resolve_item.choices(context, "not_ours", items)
    message = Outgoing(context.texts("question.which", number=items[-1].number), choices)
    return reply(message, items=shown, topic=_NOT_OURS_OF, about=text)


@question("not_ours", "officer")
async def why_typed(context: Context, text: str) -> Reply:
    """Take why it is no work of the unit's, and whose it may be."""
    assignment_id, duty_id = resolve_item.pressed_ids(context.dialog.about)
    answer = await _keep(context, text, assignment_id, duty_id, "disclaim")
    return replace(answer, items=context.dialog.items)


def ask_buttons(texts: Texts, key: str = "") -> tuple[tuple[Choice, ...], ...]:
    """Return the two buttons under the item of a key (`resolve_item.item_key`), or under a list of items."""
    return (
        (choice_of(label(texts, "pass_on"), "pass_on", f"i{key}" if key else ""),),
        (choice_of(label(texts, "not_ours"), "not_ours", key),),
    )


BUTTONS: tuple[Button, ...] = (pass_on, not_ours)
QUESTIONS: tuple[Question, ...] = (words_typed, why_typed)
