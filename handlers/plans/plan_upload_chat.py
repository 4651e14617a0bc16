"""A plan sent as a file: read, shown with what is doubtful first, live when the coordinator confirms."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from markupsafe import Markup

from domain.plans.asked_units import coverage_of_draft
from domain.plans.commitments import Commitments
from domain.plans.draft import ASKED_KEY
from domain.plans.draft_doubts import find_doubts
from domain.plans.plan import Plan
from handlers.common.button_data import ButtonData, choice_of
from handlers.common.context import (
    Button,
    Context,
    Reply,
    SeveralPlans,
    Unread,
    button,
    reply,
    staying,
    turned_away,
)
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import label, lines, short
from handlers.plans import version_chat
from handlers.plans.date_wording import all_dates_buttons
from handlers.plans.draft_wording import TOPIC, Shown, buttons_of, word_doubt, word_doubts
from handlers.plans.likeness_wording import likeness_buttons, word_likeness
from handlers.plans.plan_wording import (
    word_carried,
    word_confirmed,
    word_dated,
    word_groups,
    word_head,
    word_regimes,
)
from handlers.plans.rhythm_wording import rhythm_buttons, word_coverage
from handlers.plans.unread_wording import word_passages, word_unread
from services.common.results import Refused
from services.plans.carry_over import Carried
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
from services.plans.import_plan import AlreadyKept, Imported, LaterVersion, import_plan
from services.plans.open_draft import open_draft
from services.plans.own_plan import NotTheirPlan, own_plan
from storage.organisation import web_session_store
from storage.plans import likeness_store
from storage.plans.plan_store import PlanRow

_SHOWN = 8


async def received(context: Context) -> Reply:
    """Take a plan, sent as a file or pasted, that the dispatcher has had read."""
    sent = context.said.attachment
    return await taken(context, sent.name if sent else context.texts("draft.pasted"))


async def taken(context: Context, name: str) -> Reply:
    """Answer what was read of a file, or of several, of that name."""
    if isinstance(context.reading, SeveralPlans):
        return await _each(context, name, context.reading)
    if not isinstance(context.reading, Plan):
        wrong = context.reading if isinstance(context.reading, Unread) else Unread("not_fetched")
        sentence = context.texts(f"unreadable.{wrong.reason}", name=name, line=wrong.line)
        return staying(context, reply(Outgoing(sentence)))
    return await _draft(context, context.reading)


async def _each(context: Context, name: str, several: SeveralPlans) -> Reply:
    """Answer what was read of each document in a zip; numbers that are typed are those of the last."""
    head = context.texts("file_series.several", name=short(name, 60), count=len(several.readings))
    messages = [Outgoing(head)]
    answer = reply()
    for file, reading in several.readings:
        answer = await taken(replace(context, reading=reading), file)
        first, *others = answer.messages
        text = lines(context.texts("file_series.of_file", name=short(file, 60)), first.text)
        messages += [replace(first, text=text), *others]
    return replace(answer, messages=tuple(messages))


async def _draft(context: Context, plan: Plan) -> Reply:
    result = await import_plan(context.conn, plan, by=context.person, now=context.now, rules=context.rules)
    match result:
        case NotTheirPlan():
            return staying(context, not_theirs(context, result))
        case LaterVersion():
            return await version_chat.shown(context, result)
        case AlreadyKept(plan=kept) if kept.state == "draft":
            return await show_draft(context, kept.id, [context.texts("plan.same_draft", plan=kept.name)], [])
        case AlreadyKept(plan=kept):
            return reply(Outgoing(context.texts("plan.same", plan=kept.name)))
        case Imported():
            carried = word_carried(context.texts, result.carried)
            head = [*word_head(context.texts, plan), *([carried] if carried else [])]
            rest = list(_summary(context, result.commitments))
            return await show_draft(context, result.plan.id, head, rest, result.carried)


async def show_draft(
    context: Context,
    plan_id: int,
    head: list[Markup],
    rest: list[Markup | str],
    carried: Carried | None = None,
) -> Reply:
    """Show a draft, what is doubtful first; the numbers of the doubts stand until something else is asked.

    What was `carried` over from the draft before can be undone.
    """
    draft, register = await open_draft(context.conn, plan_id, context.rules, context.today)
    doubts = find_doubts(draft, register)
    shown = Shown(plan_id, tuple(doubt.key for doubt in doubts))
    worded = list(word_doubts(context.texts, doubts, shown))
    coverage = word_coverage(context.texts, coverage_of_draft(draft, context.today))
    address = await web_session_store.address(context.conn)
    unread = word_unread(context.texts, draft.unread, plan_id, address)
    other = await likeness_store.resembled(context.conn, plan_id)
    alike = word_likeness(context.texts, other) if other else None
    text = lines(
        *head,
        alike,
        coverage,
        unread,
        *(("", *worded, "") if worded else ()),
        *rest,
        "",
        context.texts("plan.ask"),
    )
    rhythms = rhythm_buttons(context.texts, draft) if ASKED_KEY in shown.keys else ()
    taps = (
        *_undo_carried(context, plan_id, carried),
        *(likeness_buttons(context.texts, plan_id) if other else ()),
        *rhythms,
        *buttons_of(context.texts, doubts, shown),
        *(_see_unread(context, plan_id) if unread else ()),
        *choices(context, plan_id),
    )
    return reply(Outgoing(text, taps), topic=TOPIC, about=shown.write())


def _undo_carried(context: Context, plan_id: int, carried: Carried | None) -> tuple[tuple[Choice, ...], ...]:
    if carried is None or not carried.count:
        return ()
    undo = label(context.texts, "undo_carried", count=carried.count)
    return ((choice_of(undo, "undraft", plan_id, 1),),)


def _see_unread(context: Context, plan_id: int) -> tuple[tuple[Choice, ...], ...]:
    return ((choice_of(label(context.texts, "see_unread"), "unread", plan_id, 0),),)


def choices(context: Context, plan_id: int) -> tuple[tuple[Choice, ...], ...]:
    """Return the buttons by which a draft goes live or is thrown away."""
    confirm_ = choice_of(label(context.texts, "confirm"), "confirm", plan_id)
    return ((confirm_, choice_of(label(context.texts, "discard"), "discard", plan_id)),)


def _summary(context: Context, asks: Commitments) -> Iterator[Markup | str]:
    """What was read without a doubt: who compiles, the dates, what groups were taken to mean."""
    yield _coordinator(context, asks)
    yield from _some(context, word_regimes(context.texts, asks))
    yield from _some(context, word_dated(context.texts, asks))
    yield from _some(context, word_groups(context.texts, asks))


def _coordinator(context: Context, asks: Commitments) -> Markup:
    if asks.coordinator:
        return context.texts("plan.coordinator", unit=asks.coordinator)
    own = next(seat.unit for seat in context.person.seats if seat.role == "coordinator")
    return context.texts("plan.no_coordinator", unit=own)


def _some(context: Context, rows: list[Markup]) -> Iterator[Markup]:
    for row in rows[:_SHOWN]:
        yield Markup("• {}").format(row)
    if len(rows) > _SHOWN:
        yield context.texts("plan.more", count=len(rows) - _SHOWN)


@button("confirm", "coordinator")
async def confirm(context: Context, pressed: ButtonData) -> Reply:
    """Let a draft go live; with "unread" though passages of it became nothing."""
    result = await confirm_draft(
        context.conn,
        pressed.id(),
        by=context.person,
        now=context.now,
        rules=context.rules,
        unread_too=pressed.text(1) == "unread",
    )
    if isinstance(result, Confirmed):
        return reply(Outgoing(word_confirmed(context.texts, result)))
    if isinstance(result, AsksRhythm):
        return _ask_rhythm(context, result)
    if isinstance(result, AsksDates):
        return _ask_dates(context, result)
    if isinstance(result, AsksUnread):
        return await _ask_unread(context, result)
    if isinstance(result, AsksVersion):
        text = lines(context.texts("rhythm.not_live"), word_likeness(context.texts, result.other))
        return reply(Outgoing(text, likeness_buttons(context.texts, result.plan.id)))
    return unchanged(context, result)


def _ask_rhythm(context: Context, question: AsksRhythm) -> Reply:
    """Say whom nobody would ask, and offer rhythms; it can be typed under number 1."""
    shown = Shown(question.plan.id, (ASKED_KEY,))
    text = lines(context.texts("rhythm.not_live"), word_doubt(context.texts, question.doubt, 1))
    taps = (*rhythm_buttons(context.texts, question.draft), *choices(context, question.plan.id))
    return reply(Outgoing(text, taps), topic=TOPIC, about=shown.write())


def _ask_dates(context: Context, question: AsksDates) -> Reply:
    """Say which dates ask nobody, and offer to ask from now on or to keep them; numbers take a correction."""
    shown = Shown(question.plan.id, tuple(doubt.key for doubt in question.doubts))
    text = lines(context.texts("rhythm.not_live"), *word_doubts(context.texts, question.doubts, shown))
    taps = (
        all_dates_buttons(context.texts, question.plan.id, question.doubts),
        *choices(context, question.plan.id),
    )
    return reply(Outgoing(text, taps), topic=TOPIC, about=shown.write())


async def _ask_unread(context: Context, question: AsksUnread) -> Reply:
    """Say what became nothing, and let it be confirmed all the same."""
    plan_id, passages = question.plan.id, question.draft.unread
    address = await web_session_store.address(context.conn)
    head = word_unread(context.texts, passages, plan_id, address)
    text = lines(
        context.texts("rhythm.not_live"),
        head,
        *word_passages(context.texts, passages),
        context.texts("unread.ask"),
    )
    confirm_ = choice_of(label(context.texts, "confirm_unread"), "confirm", plan_id, "unread")
    drop = choice_of(label(context.texts, "discard"), "discard", plan_id)
    return reply(Outgoing(text, ((confirm_,), *_see_unread(context, plan_id), (drop,))))


@button("discard", "coordinator")
async def discard(context: Context, pressed: ButtonData) -> Reply:
    """Throw a draft away."""
    result = await discard_draft(context.conn, pressed.id(), by=context.person, now=context.now)
    if isinstance(result, Discarded):
        return reply(Outgoing(context.texts("plan.discarded", plan=result.plan.name)))
    return unchanged(context, result)


async def mine(context: Context, plan_id: int) -> PlanRow | Reply:
    """Return the plan of that id where the person compiles it, else the sentence that says why not."""
    row = await own_plan(context.conn, plan_id, context.person)
    return row if isinstance(row, PlanRow) else unchanged(context, row)


def unchanged(context: Context, result: NoDraft | NotTheirPlan | Refused[Literal["gone"]]) -> Reply:
    """Say why nothing was done to a plan."""
    match result:
        case NoDraft():
            return reply(Outgoing(context.texts("plan.same", plan=result.plan.name)))
        case NotTheirPlan():
            return not_theirs(context, result)
        case Refused():
            return reply(Outgoing(context.texts("plan.gone")))


def not_theirs(context: Context, result: NotTheirPlan) -> Reply:
    """Say who compiles a plan that is not theirs."""
    return turned_away(context, result.about, "plan.not_yours", unit=result.unit)


BUTTONS: tuple[Button, ...] = (confirm, discard)
