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
from handlers.common.context import Button, Desk, Reply, button, command, id_in, reply, turned_away
from handlers.common.conversation import Choice, Order, Outgoing
from handlers.common.wording import Wording, label, lines, short
from handlers.document_orders import PAGES
from handlers.nudging.letter_chat import letter_buttons
from handlers.organisation import unit_view as unit_seen
from handlers.reporting.report_scope import Scope
from storage.assignments import extension_store as extensions
from storage.nudging import digest_store as digests
from storage.nudging import manual_nudge_store as prompting
from storage.organisation import people_store as people
from storage.organisation import unit_store as units
from storage.organisation.people_store import Contact
from storage.plans import plan_store as plans
from storage.plans.plan_store import PlanRow
from storage.reporting import plan_status as standings
from storage.reporting import report_store as reports
from storage.reporting.report_store import Upward
from storage.requests import request_store as requests

_SHOWN = 100
"""Units in a message; where a province has more, they are counted, and stand on the picture."""


@command("status", "tinhhinh", "member")
async def status(desk: Desk, argument: str) -> Reply:
    """Tell where the plans stand; to a coordinator, of the unit that is named, what it still owes."""
    compiling = desk.person.units("coordinator")
    if not compiling:
        return await duties(desk, "")
    if argument.strip() and (told := await unit_seen.state(desk, argument)):
        return told
    rows = await plans.listing(desk.work, compiling)
    if not rows:
        return reply(Outgoing(desk.texts("status.none")))
    *first, last = [await _plan(desk, row) for row in reversed(rows)]
    return reply(*first, replace(last, text=lines(last.text, await _requests(desk, compiling))))


async def _requests(desk: Desk, compiling: Sequence[int]) -> Markup | None:
    """How many ad hoc requests run, and where their roll is called."""
    count = len(await requests.running(desk.work, compiling))
    return desk.texts("request.open", count=count) if count else None


async def _plan(desk: Desk, plan: PlanRow) -> Outgoing:
    if plan.state == "draft":
        return Outgoing(desk.texts("status.draft", plan=plan.name))
    words = wording(desk)
    stands = await standing_of(desk.work, words, plan)
    text = await word_status(desk.work, words, plan, stands, most=_SHOWN)
    return Outgoing(text, await _buttons(desk, plan, stands))


async def _buttons(desk: Desk, plan: PlanRow, stands: Standing) -> tuple[tuple[Choice, ...], ...]:
    """The picture; whom to ask once more; whom to phone, where a message reaches nobody; letters to draft."""
    texts = desk.texts
    open_ = [one.unit_id for one in stands.units if one.can_be_asked]
    if not stands.units:
        return ()
    row = [Choice(label(texts, "picture"), f"picture:{plan.id}")]
    if open_:
        row.append(Choice(label(texts, "nudge_missing", count=len(open_)), f"nudge:plan:{plan.id}"))
    below = [Choice(label(texts, "phone"), f"phone:{plan.id}")] if any(await _alone(desk, plan)) else []
    if files := await plan_choice(desk, plan.id):
        below.append(files)
    if coming := await _coming(desk.work, plan):
        below.append(sent_choice(texts, coming))
    late = await prompting.overdue(desk.work, plan.id, desk.today)
    letters = letter_buttons(wording(desk), desk.rules, late)
    return (tuple(row), *((tuple(below),) if below else ()), *letters)


def sent_choice(texts: Texts, coming: Upward) -> Choice:
    """Return the button by which a coordinator tells that their own report has gone up."""
    return Choice(label(texts, "sent_up"), f"sentup:{coming.ids[0]}")


async def _coming(work: AsyncConnection, plan: PlanRow) -> Upward | None:
    """The coordinator's own next duty to report."""
    return next((one for one in await reports.upward(work, plan.id) if one.is_open), None)


async def _alone(desk: Desk, plan: PlanRow) -> tuple[tuple[digests.Lost, ...], tuple[str, ...]]:
    """Whom no message reaches of the units that still owe something, and which of them have nobody.

    Also where that is due later only: a seat is filled before its first nudge, not after.
    """
    unit_ids = await people.owing(desk.work, plan.id)
    lost = await digests.lost(desk.work, unit_ids, desk.today)
    return lost, await units.without(desk.work, "focal", unit_ids, desk.today)


async def _mine(desk: Desk, argument: str) -> PlanRow | None:
    """The live plan of a button, if the person compiles it."""
    plan = await plans.find(desk.work, id_in(argument))
    ours = plan is not None and plan.coordinator_id in desk.person.units("coordinator")
    return plan if plan is not None and ours and plan.state == "live" else None


@button("picture", "coordinator")
async def picture(desk: Desk, argument: str) -> Reply:
    """Show the status as pictures, worst first."""
    plan = await _mine(desk, argument)
    if plan is None:
        return turned_away(desk, "status")
    stands = await standing_of(desk.work, wording(desk), plan)
    told = [desk.texts("status.picture", plan=plan.name)]
    if len(stands.units) > PAGES * UNITS_A_PAGE:
        told.append(desk.texts("status.picture_cut", count=PAGES * UNITS_A_PAGE))
    return reply(Outgoing(lines(*told), orders=(Order("png", str(Scope(plan.id))),)))


@button("phone", "coordinator")
async def phone(desk: Desk, argument: str) -> Reply:
    """List whom to phone: people who cannot be written to, and units that have nobody."""
    plan = await _mine(desk, argument)
    if plan is None:
        return turned_away(desk, "status")
    lost, empty = await _alone(desk, plan)
    texts = desk.texts
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


async def standing_of(work: AsyncConnection, words: Wording, plan: PlanRow) -> Standing:
    """Compute where a plan stands on the day of `words`; every surface that tells it asks here."""
    return await standings.standing_of(work, plan.id, words.today)


async def word_status(
    work: AsyncConnection, words: Wording, plan: PlanRow, stands: Standing, *, most: int | None = None
) -> Markup:
    """Word where a plan stands: four lines of tally, then a line a unit, worst first, `most` of them."""
    texts, count = words.texts, stands.tally
    shown = stands.units[:most]
    notes = await _Notes.load(work, words, plan, shown, stands)
    rest = stands.units[len(shown) :]
    done = sum(one.mark == "done" for one in rest)
    put_off = await extensions.granted_of(work, plan.id)
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
        *word_open(texts, await plans.left_open(work, plan.id)),
        *await _upward(work, words, plan),
    )


def _reported(words: Wording, stands: Standing) -> Markup:
    """How many have reported; of which round, where that is not the one due next."""
    facts = {"done": stands.reported, "total": stands.asked}
    if stands.round is None or stands.round == stands.focus:
        return words.texts("status.reported", **facts)
    return words.texts("status.reported_of", due=words.day(stands.round), **facts)


async def _upward(work: AsyncConnection, words: Wording, plan: PlanRow) -> list[Markup | str]:
    """A line on the coordinator's own report."""
    coming = await _coming(work, plan)
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
        work: AsyncConnection,
        words: Wording,
        plan: PlanRow,
        shown: Sequence[UnitStanding],
        stands: Standing,
    ) -> "_Notes":
        by_unit: dict[int, list[Contact]] = defaultdict(list)
        ids = [unit.unit_id for unit in shown]
        for contact in await people.contacts(work, ids, words.today):
            by_unit[contact.unit_id].append(contact)
        said = await standings.answered_lines(work, plan.id, stands.round, ids)
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
