"""/status (/tinhhinh): who is where. A coordinator sees all units of their plans, a unit sees its own."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from config.texts import Texts
from documents.writing.board import UNITS_A_PAGE
from domain.reporting.standing import Standing, UnitStanding
from handlers.assignments.duties_chat import duties
from handlers.assignments.evidence_list import plan_choice
from handlers.assignments.item_list import wording
from handlers.common.context import Button, Context, Reply, button, command, id_in, reply, turned_away
from handlers.common.conversation import Choice, Order, Outgoing
from handlers.common.wording import Wording, label, lines, short
from handlers.document_orders import PAGES
from handlers.nudging.letter_chat import letter_buttons
from handlers.organisation import unit_view
from handlers.reporting.report_scope import Scope
from storage.assignments import extension_store
from storage.nudging import digest_store, manual_nudge_store
from storage.organisation import people_store, unit_store
from storage.organisation.people_store import Contact
from storage.plans import plan_store
from storage.plans.plan_store import PlanRow
from storage.reporting import plan_status, report_store
from storage.reporting.report_store import Upward
from storage.requests import request_store

_SHOWN = 100
"""Units in a message; where a province has more, they are counted, and stand on the picture."""


@command("status", "tinhhinh", "member")
async def status(context: Context, argument: str) -> Reply:
    """Tell where the plans stand; to a coordinator, of the unit that is named, what it still owes."""
    compiling = context.person.units("coordinator")
    if not compiling:
        return await duties(context, "")
    if argument.strip() and (told := await unit_view.state(context, argument)):
        return told
    rows = await plan_store.listing(context.conn, compiling)
    if not rows:
        return reply(Outgoing(context.texts("status.none")))
    *first, last = [await _plan(context, row) for row in reversed(rows)]
    return reply(*first, replace(last, text=lines(last.text, await _requests(context, compiling))))


async def _requests(context: Context, compiling: Sequence[int]) -> Markup | None:
    """How many ad hoc requests run, and where their roll is called."""
    count = len(await request_store.running(context.conn, compiling))
    return context.texts("request.open", count=count) if count else None


async def _plan(context: Context, plan: PlanRow) -> Outgoing:
    if plan.state == "draft":
        return Outgoing(context.texts("status.draft", plan=plan.name))
    words = wording(context)
    stands = await standing_of(context.conn, words, plan)
    text = await word_status(context.conn, words, plan, stands, most=_SHOWN)
    return Outgoing(text, await _buttons(context, plan, stands))


async def _buttons(context: Context, plan: PlanRow, stands: Standing) -> tuple[tuple[Choice, ...], ...]:
    """The picture; whom to ask once more; whom to phone, where a message reaches nobody; letters to draft."""
    texts = context.texts
    open_ = [one.unit_id for one in stands.units if one.can_be_asked]
    if not stands.units:
        return ()
    row = [Choice(label(texts, "picture"), f"picture:{plan.id}")]
    if open_:
        row.append(Choice(label(texts, "nudge_missing", count=len(open_)), f"nudge:plan:{plan.id}"))
    below = [Choice(label(texts, "phone"), f"phone:{plan.id}")] if any(await _alone(context, plan)) else []
    if files := await plan_choice(context, plan.id):
        below.append(files)
    if coming := await _coming(context.conn, plan):
        below.append(sent_choice(texts, coming))
    late = await manual_nudge_store.overdue(context.conn, plan.id, context.today)
    letters = letter_buttons(wording(context), context.rules, late)
    return (tuple(row), *((tuple(below),) if below else ()), *letters)


def sent_choice(texts: Texts, coming: Upward) -> Choice:
    """Return the button by which a coordinator tells that their own report has gone up."""
    return Choice(label(texts, "sent_up"), f"sentup:{coming.ids[0]}")


async def _coming(conn: AsyncConnection, plan: PlanRow) -> Upward | None:
    """The coordinator's own next duty to report."""
    return next((one for one in await report_store.upward(conn, plan.id) if one.is_open), None)


async def _alone(context: Context, plan: PlanRow) -> tuple[tuple[digest_store.Lost, ...], tuple[str, ...]]:
    """Whom no message reaches of the units that still owe something, and which of them have nobody.

    Also where that is due later only: a seat is filled before its first nudge, not after.
    """
    unit_ids = await people_store.owing(context.conn, plan.id)
    lost = await digest_store.lost(context.conn, unit_ids, context.today)
    return lost, await unit_store.without(context.conn, "focal", unit_ids, context.today)


async def _mine(context: Context, argument: str) -> PlanRow | None:
    """The live plan of a button, if the person compiles it."""
    plan = await plan_store.find(context.conn, id_in(argument))
    ours = plan is not None and plan.coordinator_id in context.person.units("coordinator")
    return plan if plan is not None and ours and plan.state == "live" else None


@button("picture", "coordinator")
async def picture(context: Context, argument: str) -> Reply:
    """Show the status as pictures, worst first."""
    plan = await _mine(context, argument)
    if plan is None:
        return turned_away(context, "status")
    stands = await standing_of(context.conn, wording(context), plan)
    told = [context.texts("status.picture", plan=plan.name)]
    if len(stands.units) > PAGES * UNITS_A_PAGE:
        told.append(context.texts("status.picture_cut", count=PAGES * UNITS_A_PAGE))
    return reply(Outgoing(lines(*told), orders=(Order("png", str(Scope(plan.id))),)))


@button("phone", "coordinator")
async def phone(context: Context, argument: str) -> Reply:
    """List whom to phone: people who cannot be written to, and units that have nobody."""
    plan = await _mine(context, argument)
    if plan is None:
        return turned_away(context, "status")
    lost, empty = await _alone(context, plan)
    texts = context.texts
    return reply(
        Outgoing(
            lines(
                texts("status.phone", plan=plan.name),
                *[texts("status.phone_lost", unit=one.unit, person=one.person) for one in lost],
                texts("status.phone_empty", count=len(empty), units="; ".join(empty)) if empty else None,
                None if lost or empty else texts("status.phone_nobody"),
            )
        )
    )


async def standing_of(conn: AsyncConnection, words: Wording, plan: PlanRow) -> Standing:
    """Compute where a plan stands on the day of `words`; every surface that tells it asks here."""
    return await plan_status.standing_of(conn, plan.id, words.today)


async def word_status(
    conn: AsyncConnection, words: Wording, plan: PlanRow, stands: Standing, *, most: int | None = None
) -> Markup:
    """Word where a plan stands: four lines of tally, then a line a unit, worst first, `most` of them."""
    texts, count = words.texts, stands.tally
    shown = stands.units[:most]
    notes = await _Notes.load(conn, words, plan, shown, stands)
    rest = stands.units[len(shown) :]
    done = sum(one.mark == "done" for one in rest)
    put_off = await extension_store.granted_of(conn, plan.id)
    return lines(
        texts("status.head", plan=plan.name, what=_focus(words, stands)),
        texts("status.done", in_time=count.done_in_time, late=count.done_late),
        texts("status.open", in_time=count.open_in_time, late=count.open_late),
        _reported(words, stands),
        texts("status.extended", count=put_off) if put_off else None,
        texts("status.past", count=stands.past) if stands.past else None,
        "",
        *[notes.line(unit) for unit in shown],
        texts("status.more", count=len(rest), done=done) if rest else None,
        *word_open(texts, await plan_store.left_open(conn, plan.id)),
        *await _upward(conn, words, plan),
    )


def _reported(words: Wording, stands: Standing) -> Markup:
    """How many have reported; of which round, where that is not the one due next."""
    facts = {"done": stands.reported, "total": stands.asked}
    if stands.round is None or stands.round == stands.focus:
        return words.texts("status.reported", **facts)
    return words.texts("status.reported_of", due=words.day(stands.round), **facts)


async def _upward(conn: AsyncConnection, words: Wording, plan: PlanRow) -> list[Markup | str]:
    """A line on the coordinator's own report."""
    coming = await _coming(conn, plan)
    if coming is None:
        return []
    when = words.left(coming.due_on) if coming.due_on >= words.today else words.texts("status.upward_late")
    to = "; ".join(coming.to) or words.texts("status.upward_to")
    return ["", words.texts("status.upward", to=to, due=words.day(coming.due_on), when=when)]


def word_open(texts: Texts, expressions: Sequence[str]) -> list[Markup | str]:
    """Word which expressions of a plan nobody is asked for, as long as they are not known."""
    if not expressions:
        return []
    told = "; ".join(f"“{short(expression, 70)}”" for expression in expressions)
    return ["", texts("status.open_groups", count=len(expressions), told=told)]


def _focus(words: Wording, stands: Standing) -> Markup:
    if stands.focus is None:
        return words.texts("status.no_due")
    if stands.focus < words.today:
        return words.texts("status.finished")
    return words.texts("status.focus", due=words.day(stands.focus), when=words.left(stands.focus))


class _Notes:
    """What stands behind a unit's name: lateness, difficulties, who cannot be reached."""

    def __init__(self, words: Wording, people_of: dict[int, list[Contact]], answered: dict[int, str]) -> None:
        self.words, self.people_of, self.answered = words, people_of, answered

    @classmethod
    async def load(
        cls,
        conn: AsyncConnection,
        words: Wording,
        plan: PlanRow,
        shown: Sequence[UnitStanding],
        stands: Standing,
    ) -> "_Notes":
        by_unit: dict[int, list[Contact]] = defaultdict(list)
        ids = [unit.unit_id for unit in shown]
        for contact in await people_store.contacts(conn, ids, words.today):
            by_unit[contact.unit_id].append(contact)
        said = await plan_status.answered_lines(conn, plan.id, stands.round, ids)
        answered = {
            unit_id: str(words.texts("status.note_lines", answered=count, lines=of))
            for unit_id, (count, of) in said.items()
        }
        return cls(words, by_unit, answered)

    def line(self, unit: UnitStanding) -> Markup:
        texts = self.words.texts
        notes = Markup("").join(Markup(", {}").format(note) for note in self._of(unit))
        return texts(
            "status.unit",
            mark=texts(f"mark.{unit.mark}"),
            unit=unit.unit,
            done=unit.done,
            total=unit.total,
            notes=notes,
        )

    def _of(self, unit: UnitStanding) -> list[Markup | str]:
        texts = self.words.texts
        focal = [one for one in self.people_of.get(unit.unit_id, ()) if one.role == "focal"]
        notes: list[Markup | str] = []
        if unit.late_since is not None:
            notes.append(texts("status.note_late", days=self._late(unit)))
        if unit.wanted is not None:
            notes.append(texts("item.wished", wanted=self.words.day(unit.wanted)))
        if unit.waiting:
            notes.append(texts("status.note_waiting", count=unit.waiting))
        if unit.blocked:
            notes.append(texts("status.note_blocked"))
        if unit.unit_id in self.answered:
            notes.append(self.answered[unit.unit_id])
        if unit.mark != "done" and not focal:
            notes.append(texts("status.note_nobody"))
        elif focal and not any(one.reachable for one in focal):
            notes.append(texts("status.note_unreachable"))
        return notes

    def _late(self, unit: UnitStanding) -> int:
        since = unit.late_since or self.words.today
        return self.words.days.between(since, self.words.today)


BUTTONS: tuple[Button, ...] = (picture, phone)
