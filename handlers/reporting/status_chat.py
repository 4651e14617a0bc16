"""/status (/tinhhinh): who is where. A coordinator sees all units of their plans, a unit sees its own."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from config.texts import Texts
from documents.writing.board import UNITS_A_PAGE
from domain.common.text import fold
from domain.reporting.standing import Standing, UnitStanding
from handlers.assignments import unit_view
from handlers.assignments.duties_chat import duties
from handlers.assignments.evidence_list import plan_choice
from handlers.common.button_data import ButtonData, choice_of, id_in
from handlers.common.context import Button, Context, Reply, button, command, reply, turned_away
from handlers.common.conversation import Choice, Order, Outgoing
from handlers.common.wording import Wording, label, lines, short, wording_of
from handlers.document_orders import PAGES
from handlers.nudging.letter_chat import letter_buttons
from services.reporting.report_scope import Scope
from services.reporting.status import Status, UnitNotes, standing, status, unit_notes
from storage.nudging import digest_store, manual_nudge_store, nudge_ledger
from storage.organisation import people_store, unit_store
from storage.plans import plan_store
from storage.plans.plan_store import PlanRow
from storage.reporting.report_store import Upward
from storage.requests import request_store

_SHOWN = 100
"""Units in a message; where a province has more, they are counted, and stand on the picture."""


@command("status", "tinhhinh", "member")
async def show_status(context: Context, argument: str) -> Reply:
    """Tell where the plans stand; to a coordinator, of the unit that is named, what it still owes."""
    compiling = context.person.units("coordinator")
    if not compiling:
        return await duties(context, "")
    rows = await plan_store.listing(context.conn, compiling)
    if not rows:
        return reply(Outgoing(context.texts("status.none")))
    if name := fold(argument).strip():
        if answer := await unit_view.state(context, argument):
            return answer
        rows = tuple(row for row in rows if name in fold(f"{row.name} {row.title}"))
        if not rows:
            return reply(Outgoing(context.texts("status.unknown", words=short(argument, 60))))
    *first, last = [await _plan(context, row) for row in reversed(rows)]
    return reply(*first, replace(last, text=lines(last.text, await _requests(context, compiling))))


async def _requests(context: Context, compiling: Sequence[int]) -> Markup | None:
    """How many ad hoc requests run, and where their roll is called."""
    count = len(await request_store.running(context.conn, compiling))
    return context.texts("request.open", count=count) if count else None


async def _plan(context: Context, plan: PlanRow) -> Outgoing:
    if plan.state == "draft":
        return Outgoing(context.texts("status.draft", plan=plan.name))
    wording = wording_of(context)
    plan_status = await status(context.conn, plan.id, context.today)
    text = await word_status(context.conn, wording, plan, plan_status, most=_SHOWN)
    return Outgoing(text, await _buttons(context, plan, plan_status))


async def _buttons(context: Context, plan: PlanRow, plan_status: Status) -> tuple[tuple[Choice, ...], ...]:
    """The picture; whom to ask once more; whom to phone, where a message reaches nobody; letters to draft."""
    texts, stands = context.texts, plan_status.standing
    open_ = [unit.unit_id for unit in stands.units if unit.can_be_asked]
    if not stands.units:
        return ()
    row = [choice_of(label(texts, "picture"), "picture", plan.id)]
    if open_:
        row.append(choice_of(label(texts, "nudge_missing", count=len(open_)), "nudge", "plan", plan.id))
    below = (
        [choice_of(label(texts, "phone"), "phone", plan.id)] if any(await _unreached(context, plan)) else []
    )
    if files := await plan_choice(context, plan.id):
        below.append(files)
    if plan_status.upward:
        below.append(sent_choice(texts, plan_status.upward))
    late = await manual_nudge_store.overdue(context.conn, plan.id, context.today)
    nudged = await nudge_ledger.nudged(context.conn, [assignment.id for assignment in late])
    in_vain = [assignment for assignment in late if assignment.id in nudged]
    letters = letter_buttons(wording_of(context), context.rules, in_vain)
    return (tuple(row), *((tuple(below),) if below else ()), *letters)


def sent_choice(texts: Texts, coming: Upward) -> Choice:
    """Return the button by which a coordinator tells that their own report has gone up."""
    return choice_of(label(texts, "sent_up"), "sentup", coming.ids[0])


async def _unreached(
    context: Context, plan: PlanRow
) -> tuple[tuple[digest_store.UnreachedPerson, ...], tuple[str, ...]]:
    """Whom no message reaches of the units that still owe something, and which of them have nobody.

    Also where that is due later only: a seat is filled before its first nudge, not after.
    """
    unit_ids = await people_store.owing(context.conn, [plan.id])
    lost = await digest_store.unreachable(context.conn, unit_ids, context.today)
    return lost, await unit_store.without(context.conn, "focal", unit_ids, context.today)


async def _own_plan(context: Context, argument: str) -> PlanRow | None:
    """The live plan of a button, if the person compiles it."""
    plan = await plan_store.find(context.conn, id_in(argument))
    ours = plan is not None and plan.coordinator_id in context.person.units("coordinator")
    return plan if plan is not None and ours and plan.state == "live" else None


@button("picture", "coordinator")
async def picture(context: Context, pressed: ButtonData) -> Reply:
    """Show the status as pictures, worst first."""
    plan = await _own_plan(context, pressed.text())
    if plan is None:
        return turned_away(context, "status")
    stands = await standing(context.conn, plan.id, context.today)
    rows = [context.texts("status.picture", plan=plan.name)]
    if len(stands.units) > PAGES * UNITS_A_PAGE:
        rows.append(context.texts("status.picture_cut", count=PAGES * UNITS_A_PAGE))
    return reply(Outgoing(lines(*rows), orders=(Order("png", str(Scope(plan.id))),)))


@button("phone", "coordinator")
async def phone(context: Context, pressed: ButtonData) -> Reply:
    """List whom to phone: people who cannot be written to, and units that have nobody."""
    plan = await _own_plan(context, pressed.text())
    if plan is None:
        return turned_away(context, "status")
    lost, empty = await _unreached(context, plan)
    texts = context.texts
    return reply(
        Outgoing(
            lines(
                texts("status.phone", plan=plan.name),
                *[
                    texts("status.phone_lost", unit=unreached_person.unit, person=unreached_person.person)
                    for unreached_person in lost
                ],
                texts("status.phone_empty", count=len(empty), units="; ".join(empty)) if empty else None,
                None if lost or empty else texts("status.phone_nobody"),
            )
        )
    )


async def word_status(
    conn: AsyncConnection, wording: Wording, plan: PlanRow, plan_status: Status, *, most: int | None = None
) -> Markup:
    """Word where a plan stands: four lines of tally, then a line a unit, worst first, `most` of them."""
    ids = [unit.unit_id for unit in plan_status.standing.units[:most]]
    notes = await unit_notes(conn, plan.id, plan_status.standing, ids, wording.today)
    return word_standing(wording, plan, plan_status, notes)


def word_standing(
    wording: Wording, plan: PlanRow, plan_status: Status, notes: Mapping[int, UnitNotes]
) -> Markup:
    """Word where a plan stands, with a line for each unit that has `notes`; the rest are counted."""
    texts, stands = wording.texts, plan_status.standing
    count, shown = stands.tally, stands.units[: len(notes)]
    rest = stands.units[len(shown) :]
    done = sum(unit_standing.mark == "done" for unit_standing in rest)
    return lines(
        texts("status.head", plan=plan.name, what=_focus(wording, stands)),
        texts("status.done", in_time=count.done_in_time, late=count.done_late),
        texts("status.open", in_time=count.open_in_time, late=count.open_late),
        texts("status.figures", **asdict(stands.figures)),
        word_reported(wording, stands),
        texts("status.extended", count=plan_status.put_off) if plan_status.put_off else None,
        texts("status.past", count=stands.past) if stands.past else None,
        "",
        *[_unit_line(wording, unit, notes[unit.unit_id]) for unit in shown],
        texts("status.more", count=len(rest), done=done) if rest else None,
        *word_open(texts, plan_status.left_open),
        *_upward(wording, plan_status.upward),
    )


def word_reported(wording: Wording, stands: Standing) -> Markup:
    """Tell how many have reported of those that must; in which round, where that is not the one due next."""
    facts = {"done": stands.reported, "total": stands.asked}
    if stands.round is None or stands.round == stands.focus:
        return wording.texts("status.reported", **facts)
    return wording.texts("status.reported_of", due=wording.day(stands.round), **facts)


def _upward(wording: Wording, coming: Upward | None) -> list[Markup | str]:
    """A line on the coordinator's own report."""
    if coming is None:
        return []
    when = (
        wording.left(coming.last_on)
        if coming.last_on >= wording.today
        else wording.texts("status.upward_late")
    )
    to = "; ".join(coming.to) or wording.texts("status.upward_to")
    return ["", wording.texts("status.upward", to=to, due=wording.day(coming.due_on), when=when)]


def word_open(texts: Texts, expressions: Sequence[str]) -> list[Markup | str]:
    """Word which expressions of a plan nobody is asked for, as long as they are not known."""
    if not expressions:
        return []
    expressions_shown = "; ".join(f"“{short(expression, 70)}”" for expression in expressions)
    return ["", texts("status.open_groups", count=len(expressions), told=expressions_shown)]


def _focus(wording: Wording, stands: Standing) -> Markup:
    if stands.focus is None or stands.focus_last is None:
        return wording.texts("status.no_due")
    if stands.focus_last < wording.today:
        return wording.texts("status.finished")
    return wording.texts("status.focus", due=wording.day(stands.focus), when=wording.left(stands.focus_last))


def _unit_line(wording: Wording, unit: UnitStanding, notes: UnitNotes) -> Markup:
    """A unit's line: its mark and counts, then lateness, difficulties, who cannot be reached."""
    unit_notes_ = Markup("").join(Markup(", {}").format(note) for note in _notes(wording, unit, notes))
    return wording.texts(
        "status.unit",
        mark=wording.texts(f"mark.{unit.mark}"),
        unit=unit.unit,
        done=unit.done,
        total=unit.total,
        notes=unit_notes_,
    )


def _notes(wording: Wording, unit: UnitStanding, notes: UnitNotes) -> list[Markup | str]:
    texts = wording.texts
    rows: list[Markup | str] = []
    if unit.late_since is not None:
        rows.append(texts("status.note_late", days=wording.days.between(unit.late_since, wording.today)))
    if unit.wanted is not None:
        rows.append(texts("item.wished", wanted=wording.day(unit.wanted)))
    if unit.waiting:
        rows.append(texts("status.note_waiting", count=unit.waiting))
    if unit.blocked:
        rows.append(texts("status.note_blocked"))
    if notes.lines:
        answered, count = notes.lines
        rows.append(texts("status.note_lines", answered=answered, lines=count))
    if unit.mark != "done" and not notes.focal:
        rows.append(texts("status.note_nobody"))
    elif notes.focal and not any(contact.reachable for contact in notes.focal):
        rows.append(texts("status.note_unreachable"))
    return rows


BUTTONS: tuple[Button, ...] = (picture, phone)
