"""/plan (/kehoach): a draft looked through and corrected by short replies before it counts."""

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from domain.common.text import fold
from domain.plans.correction_replies import Correction, Verb, read_corrections
from domain.plans.draft import ASKED_KEY, Doubt, Draft
from domain.plans.draft_change import CorrectionNotUnderstood, read_change
from domain.plans.draft_doubts import find_doubts, unasked_doubt
from domain.plans.rhythms import Rhythm
from handlers.common.button_data import ButtonData, choice_of
from handlers.common.context import Button, Context, Reply, button, command, reply
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import label, lines, short
from handlers.plans import confirms_chat, plan_upload_chat
from handlers.plans.correction_wording import word_corrected, word_not_understood
from handlers.plans.draft_undo_chat import undo_choice
from handlers.plans.draft_wording import (
    ROWS_SHOWN,
    TOPIC,
    Shown,
    buttons_of,
    doubt_buttons,
    next_button,
    word_doubt,
    word_doubts,
    word_rows,
)
from handlers.plans.remembered_chat import remembered_choice
from handlers.plans.rhythm_wording import WAIVE, rhythm_buttons, rule_wording, word_rhythm_chosen
from services.plans.choose_rhythm import RhythmChosen, choose_rhythm
from services.plans.correct_draft import Corrected, correct_draft
from services.plans.open_draft import open_draft
from storage.plans import plan_store
from storage.plans.plan_store import PlanRow


@command("plan", "kehoach", "coordinator")
async def plan(context: Context, argument: str) -> Reply:
    """List the coordinator's plans, or show one of them row by row."""
    plans = (await plan_store.listing(context.conn, context.person.units("coordinator")))[::-1]
    if not plans:
        return reply(Outgoing(context.texts("status.none")))
    if not argument.strip():
        return reply(Outgoing(_list(context, plans)))
    chosen = _chosen(plans, argument)
    if chosen is None:
        not_found = context.texts("draft.no_plan", words=short(argument, 40))
        return reply(Outgoing(lines(not_found, _list(context, plans))))
    return await _outline(context, chosen, 0)


def _list(context: Context, plans: Sequence[PlanRow]) -> Markup:
    rows = [
        context.texts(
            "draft.plan",
            number=number,
            plan=plan_row.name,
            title=short(plan_row.title, 70),
            state=context.texts(f"draft.state_{plan_row.state}"),
        )
        for number, plan_row in enumerate(plans, 1)
    ]
    return lines(context.texts("draft.plans"), *rows, context.texts("draft.plans_how"))


def _chosen(plans: Sequence[PlanRow], argument: str) -> PlanRow | None:
    """The plan of that place in the list, or of that number of its own."""
    typed = argument.strip()
    if typed.isdecimal():
        return plans[int(typed) - 1] if 1 <= int(typed) <= len(plans) else None
    return next((plan_row for plan_row in plans if fold(plan_row.name) == fold(typed)), None)


@button("rows", "coordinator")
async def rows(context: Context, pressed: ButtonData) -> Reply:
    """Show the next page of an outline."""
    row = await plan_upload_chat.mine(context, pressed.id())
    return row if isinstance(row, Reply) else await _outline(context, row, pressed.id(1))


async def _outline(context: Context, row: PlanRow, start: int) -> Reply:
    draft, register = await open_draft(context.conn, row.id, context.rules, context.today)
    doubts = find_doubts(draft, register) if row.state == "draft" else ()
    start = start if start < len(draft.rows) else 0
    end = min(start + ROWS_SHOWN, len(draft.rows))
    doubtful = frozenset(doubt.key for doubt in doubts)
    head = context.texts("draft.outline", plan=row.name, first=start + 1, last=end, count=len(draft.rows))
    text = lines(head, *word_rows(context.texts, draft.rows, start, doubtful))
    turn = ((next_button(context.texts, "rows", row.id, end),),) if end < len(draft.rows) else ()
    shown = Shown(row.id, tuple(shown_row.key for shown_row in draft.rows))
    if row.state != "draft":
        taps = (*turn, (await confirms_chat.switch(context, row.id),))
        if row.state == "live":
            remembered = await remembered_choice(context, row.id)
            taps = (*taps, *remembered, (choice_of(label(context.texts, "recall"), "recall", row.id),))
        return reply(Outgoing(text, taps), topic=TOPIC, about=shown.write())
    how = context.texts("draft.how", number=start + 1)
    answer = Outgoing(lines(text, "", how), (*turn, *plan_upload_chat.choices(context, row.id)))
    return reply(answer, topic=TOPIC, about=shown.write())


@button("doubts", "coordinator")
async def doubts(context: Context, pressed: ButtonData) -> Reply:
    """Show the next page of what is doubtful, under the numbers that it has."""
    row = await plan_upload_chat.mine(context, pressed.id())
    if isinstance(row, Reply):
        return row
    draft, register = await open_draft(context.conn, row.id, context.rules, context.today)
    found_doubts = find_doubts(draft, register)
    shown = numbers_on_screen(context, row.id).with_keys(doubt.key for doubt in found_doubts)
    page = pressed.id(1) if pressed.id(1) < len(found_doubts) else 0
    texts = list(word_doubts(context.texts, found_doubts, shown, page)) or [context.texts("draft.no_doubt")]
    rhythms = (
        rhythm_buttons(context.texts, draft) if any(doubt.key == ASKED_KEY for doubt in found_doubts) else ()
    )
    choices = (
        *rhythms,
        *buttons_of(context.texts, found_doubts, shown, page),
        *plan_upload_chat.choices(context, row.id),
    )
    return reply(Outgoing(lines(*texts), choices), topic=TOPIC, about=shown.write())


def numbers_on_screen(context: Context, plan_id: int) -> Shown:
    """What the numbers on this screen stand for, if they are those of this draft."""
    if context.dialog.topic == TOPIC:
        shown = Shown.read(context.dialog.about)
        if shown.plan_id == plan_id:
            return shown
    return Shown(plan_id, ())


async def correct(context: Context, text: str) -> Reply | Markup:
    """Take "3 la Sở Tài chính", "5 han 20/6", "4 bo": by the numbers that were shown last.

    Returns the answer, or for what may be no correction at all what to say if it is none.
    """
    corrections = read_corrections(text)
    if not corrections:
        return context.texts("draft.unclear", words=short(text, 60), number=1)
    shown = Shown.read(context.dialog.about)
    row = await plan_upload_chat.mine(context, shown.plan_id)
    if isinstance(row, Reply):
        return row
    if row.state != "draft":
        return reply(Outgoing(context.texts("draft.live", plan=row.name)))
    answers: list[Markup] = []
    made = 0
    for correction in corrections:
        answer = await correct_item(context, shown, correction)
        if isinstance(answer, RhythmChosen):
            answers.append(word_rhythm_chosen(context.texts, answer))
            continue
        if isinstance(answer, Corrected):
            answers.append(word_corrected(context.texts, answer, correction.number))
            made += 1
            continue
        sentence = word_not_understood(context.texts, answer, correction.number)
        if answer.may_be_no_correction and len(corrections) == 1:
            return sentence
        answers.append(sentence)
    answer_ = await ask_next(context, shown, answers)
    return _with_undo(context, answer_, shown.plan_id, made) if made else answer_


def _with_undo(context: Context, answer: Reply, plan_id: int, made: int) -> Reply:
    """Put the way back under the answer to a line of corrections."""
    first, *others = answer.messages
    back = (undo_choice(context, plan_id, made),)
    return replace(answer, messages=(replace(first, choices=(back, *first.choices)), *others))


async def correct_item(
    context: Context, shown: Shown, correction: Correction
) -> Corrected | RhythmChosen | CorrectionNotUnderstood:
    """Carry out one correction by the number under which its item was shown."""
    draft, register = await open_draft(context.conn, shown.plan_id, context.rules, context.today)
    if not 1 <= correction.number <= len(shown.keys):
        return CorrectionNotUnderstood("no_number")
    key = shown.keys[correction.number - 1]
    change = read_change(draft, register, key, correction.verb, correction.words)
    if isinstance(change, CorrectionNotUnderstood):
        return change
    if change.rhythm is not None:
        chosen = await _choose(context, shown.plan_id, change.rhythm)
        return chosen if isinstance(chosen, RhythmChosen) else CorrectionNotUnderstood("gone")
    result = await correct_draft(
        context.conn, draft, register, change, by=context.person, now=context.now, rules=context.rules
    )
    return result if isinstance(result, Corrected) else CorrectionNotUnderstood("gone")


async def ask_next(context: Context, shown: Shown, done: Sequence[Markup]) -> Reply:
    """Say what has changed, and ask about the next doubt."""
    draft, register = await open_draft(context.conn, shown.plan_id, context.rules, context.today)
    left = find_doubts(draft, register)
    shown = shown.with_keys(doubt.key for doubt in left)
    choices = plan_upload_chat.choices(context, shown.plan_id)
    if not left:
        text = lines(*done, context.texts("draft.no_doubt"))
        return reply(Outgoing(text, choices), topic=TOPIC, about=shown.write())
    first = left[0]
    question_text = word_doubt(context.texts, first, shown.number(first.key))
    text = lines(*done, "", context.texts("draft.next", count=len(left)), question_text)
    return reply(
        Outgoing(text, (*_buttons_for(context, draft, first, shown), *choices)),
        topic=TOPIC,
        about=shown.write(),
    )


def _buttons_for(
    context: Context, draft: Draft, doubt: Doubt, shown: Shown
) -> tuple[tuple[Choice, ...], ...]:
    if doubt.key == ASKED_KEY:
        return rhythm_buttons(context.texts, draft)
    return doubt_buttons(context.texts, doubt, shown)


@button("means", "coordinator")
async def means(context: Context, pressed: ButtonData) -> Reply:
    """Take one of the units that an abbreviation fits."""
    row = await plan_upload_chat.mine(context, pressed.id())
    if isinstance(row, Reply):
        return row
    draft, register = await open_draft(context.conn, row.id, context.rules, context.today)
    doubt = next(
        (doubt for doubt in find_doubts(draft, register) if doubt.key == f"unit {pressed.id(1)}"), None
    )
    if row.state != "draft" or doubt is None or pressed.id(2) >= len(doubt.choices):
        return reply(Outgoing(context.texts("error.old_button")))
    shown = numbers_on_screen(context, row.id).with_keys([doubt.key])
    correction = Correction(shown.number(doubt.key), "who", doubt.choices[pressed.id(2)].name)
    answer = await correct_item(context, shown, correction)
    if not isinstance(answer, Corrected):
        return reply(Outgoing(context.texts("error.old_button")))
    return await ask_next(context, shown, [word_corrected(context.texts, answer, correction.number)])


@button("rhythm", "coordinator")
async def rhythm(context: Context, pressed: ButtonData) -> Reply:
    """Choose a rhythm of reports for all whom nobody would ask, or let them be."""
    name = pressed.text(1)
    row = await plan_upload_chat.mine(context, pressed.id())
    if isinstance(row, Reply):
        return row
    draft, _ = await open_draft(context.conn, row.id, context.rules, context.today)
    if row.state != "draft" or unasked_doubt(draft) is None:
        return reply(Outgoing(context.texts("error.old_button")))
    shown = numbers_on_screen(context, row.id).with_keys([ASKED_KEY])
    verb: Verb = "right" if name == WAIVE else "when"
    answer = await correct_item(context, shown, Correction(shown.number(ASKED_KEY), verb, name))
    match answer:
        case RhythmChosen():
            return await ask_next(context, shown, [word_rhythm_chosen(context.texts, answer)])
        case Corrected():
            return await ask_next(context, shown, [context.texts("rhythm.waived")])
        case CorrectionNotUnderstood():
            return reply(Outgoing(context.texts("error.old_button")))


@button("successors", "coordinator")
async def successors(context: Context, pressed: ButtonData) -> Reply:
    """Let a group without members mean those who have its work now."""
    row = await plan_upload_chat.mine(context, pressed.id())
    if isinstance(row, Reply):
        return row
    draft, register = await open_draft(context.conn, row.id, context.rules, context.today)
    key = f"group {pressed.id(1)}"
    doubt = next((doubt for doubt in find_doubts(draft, register) if doubt.key == key), None)
    if row.state != "draft" or doubt is None or doubt.kind != "empty" or not doubt.units:
        return reply(Outgoing(context.texts("error.old_button")))
    shown = numbers_on_screen(context, row.id).with_keys([key])
    correction = Correction(shown.number(key), "who", ", ".join(doubt.units))
    answer = await correct_item(context, shown, correction)
    if not isinstance(answer, Corrected):
        return reply(Outgoing(context.texts("error.old_button")))
    return await ask_next(context, shown, [word_corrected(context.texts, answer, correction.number)])


async def _choose(context: Context, plan_id: int, rhythm: Rhythm) -> RhythmChosen | object:
    return await choose_rhythm(
        context.conn,
        plan_id,
        rhythm,
        rule_wording(context.texts, rhythm),
        by=context.person,
        now=context.now,
        rules=context.rules,
    )


def lost(text: str) -> bool:
    """Whether a line is a correction though no numbers are on the screen."""
    corrections = read_corrections(text)
    return bool(corrections) and all(correction.verb != "either" for correction in corrections)


BUTTONS: tuple[Button, ...] = (rows, doubts, means, rhythm, successors)
