"""The day's one message to a person: all that is due, worded when it is sent."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from config.texts import Texts
from domain.assignments.assignment import Assignment
from domain.assignments.item_numbers import ItemNumbers
from domain.nudging.ladder import Tone
from domain.nudging.quota import Urgency
from domain.organisation.absence import Hearing
from domain.organisation.people import Person
from handlers.assignments.item_list import LINES_SHOWN, answer_buttons, courteous, show_items
from handlers.assignments.item_numbering import give_numbers_here
from handlers.assignments.question_chat import ask_buttons
from handlers.common.button_data import ButtonData, choice_of
from handlers.common.context import Button, Context, Reply, button, reply
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import Wording, label, lines, wording_of
from handlers.nudging.coordinating_unit import compiled_by
from handlers.nudging.daily_message_wording import URGENCY, Asks, head, tone_of
from services.assignments.number_items import numbers_for_message
from services.common.rules import Rules
from storage.assignments import assignment_store, progress_store
from storage.assignments.assignment_store import report_lines
from storage.organisation import absence_store, people_store, web_session_store

MANY = 20
"""Above this a message counts, and shows what is most urgent."""
_MOST_URGENT, _PAGE = 10, 10
_BUTTON_ROWS, _ROWS_OF_MANY = 6, 3


@dataclass(frozen=True, slots=True)
class Worded:
    """A message, the assignments that it shows by the numbers that it gives them, and how much it presses."""

    message: Outgoing
    items: Mapping[int, int] = field(default_factory=dict)
    urgency: Urgency = "last_day"


async def word_nudge(
    conn: AsyncConnection, person: Person, day: date, texts: Texts, rules: Rules
) -> Worded | None:
    """Word what is asked of a person on a local day; None where everything has been answered meanwhile.

    What is asked of somebody who is away is asked of whoever hears for them. Raises Unnumbered.
    """
    heard = await absence_store.heard(conn, person.units("focal", "leader"), day)
    hearings = [hearing for hearing in heard if hearing.person_id == person.id]
    owed = await assignment_store.of_units(conn, {hearing.unit_id for hearing in hearings})
    assignments = await _asked(conn, hearings, owed, day, rules)
    if not assignments:
        return None
    wording = Wording(texts, day, rules.days, rules.zone)
    asks = await _asks(conn, hearings, assignments, day)
    most = tone_of(assignments[0], day, rules)
    ids = tuple(assignment.id for assignment in assignments)
    numbers = await numbers_for_message(conn, person.id, ids)
    shown = {numbers[id_]: id_ for id_ in ids}
    presses = _urgency(assignments, most, day, rules)
    if rules.content_free:
        return Worded(await _without_content(conn, wording, assignments), shown, presses)
    if len(assignments) > MANY:
        body, choices = await _many(conn, wording, assignments, numbers, rules)
    else:
        body = await show_items(conn, wording, assignments, LINES_SHOWN, numbers)
        choices = answer_buttons(wording, assignments[:_BUTTON_ROWS], numbers, among=assignments)
    if most == "early":
        choices = (*choices, (choice_of(label(texts, "seen"), "seen", "all"),))
    elif report := await _with_lines(conn, assignments):
        choices = (*choices, (choice_of(label(texts, "walk"), "walk", "start", report.id),))
    choices = (*choices, *ask_buttons(texts, str(ids[0]) if len(ids) == 1 else ""))
    how = texts("duties.how", example=texts("nudge.example", number=numbers[ids[0]]))
    below = [*_left_out(texts, owed, ids), "", how, *await compiled_by(conn, wording, assignments, rules)]
    text = lines(*head(wording, asks, most), "", *body, *below)
    return Worded(Outgoing(text, choices), shown, presses)


def _urgency(assignments: Sequence[Assignment], most: Tone, day: date, rules: Rules) -> Urgency:
    """How much a message presses: whether something in it has its last day."""
    last_days = (rules.days.on_or_before(each.last_on) for each in assignments if each.last_on >= day)
    if any(last <= day for last in last_days):
        return "last_day"
    return "early" if most == "early" else "near"


def _left_out(texts: Texts, owed: Sequence[Assignment], shown: Sequence[int]) -> list[Markup]:
    """Tell how many more items are open and wait for the unit itself."""
    waiting = {each.id for each in owed if each.is_open and not each.waits_for_leader}
    count = len(waiting - set(shown))
    return [texts("nudge.others", count=count)] if count else []


async def _without_content(
    conn: AsyncConnection, wording: Wording, assignments: Sequence[Assignment]
) -> Outgoing:
    """Tell how much is owed, by when, and where to read it: some offices tell a messenger no more."""
    address = await web_session_store.address(conn)
    nearest = min(assignments, key=lambda assignment: assignment.last_on)
    key = "nudge.content_free" if address is None else "nudge.content_free_page"
    page = f"{address.url}/toi" if address else ""
    return Outgoing(wording.texts(key, count=len(assignments), due=wording.due(nearest), page=page))


async def _with_lines(conn: AsyncConnection, assignments: Sequence[Assignment]) -> Assignment | None:
    """Return the most urgent report that can be gone through duty by duty."""
    for assignment in assignments:
        if await report_lines(conn, assignment):
            return assignment
    return None


async def _asked(
    conn: AsyncConnection, heard: Sequence[Hearing], owed: Sequence[Assignment], day: date, rules: Rules
) -> list[Assignment]:
    """Return what of all that units owe is asked of somebody, most urgent first."""
    focal = {hearing.unit_id for hearing in heard if hearing.role == "focal"}
    leader = {hearing.unit_id for hearing in heard if hearing.role == "leader"}
    led = await _led(conn, (assignment.unit_id for assignment in owed if assignment.waits_for_leader), day)
    asked = [
        assignment
        for assignment in owed
        if assignment.can_be_asked(day)  # a wish for another date may have come since
        and assignment.asked_on == day
        and (
            (assignment.unit_id in focal and not (assignment.waits_for_leader and assignment.unit_id in led))
            or (
                assignment.unit_id in leader
                and rules.ladders.of(assignment.kind, assignment.plan).hears(
                    "leader", assignment.last_on, day, rules.days
                )
            )
        )
    ]
    return sorted(
        courteous(asked),
        key=lambda assignment: (
            -URGENCY[tone_of(assignment, day, rules)],
            assignment.due_on,
            assignment.due_at is None,
        ),
    )


async def _led(conn: AsyncConnection, unit_ids: Iterable[int], day: date) -> set[int]:
    """Return which of some units have a leader: what waits for one is not asked of those who said it."""
    ids = set(unit_ids)
    held = await people_store.contacts(conn, ids, day) if ids else ()
    return {contact.unit_id for contact in held if contact.role == "leader"}


async def _asks(
    conn: AsyncConnection, heard: Sequence[Hearing], assignments: Sequence[Assignment], day: date
) -> Asks:
    """Gather what the head of a message tells beside the days."""
    units = {assignment.unit_id for assignment in assignments}
    away = [hearing.seat_of for hearing in heard if hearing.stands_in and hearing.unit_id in units]
    as_focal = any(hearing.role == "focal" and hearing.unit_id in units for hearing in heard)
    focal = (
        []
        if as_focal
        else [c.name for c in await people_store.contacts(conn, units, day) if c.role == "focal"]
    )
    answered = {
        assignment_id
        for assignment_id, _ in await progress_store.latest(
            conn, [assignment.id for assignment in assignments]
        )
    }
    return Asks(
        asked=tuple(assignments),
        away=await absence_store.overlapping(conn, away, day, day),
        as_leader=not as_focal,
        focal=tuple(dict.fromkeys(focal)),
        silent=not answered and all(assignment.state == "not_started" for assignment in assignments),
    )


async def _many(
    conn: AsyncConnection,
    wording: Wording,
    assignments: Sequence[Assignment],
    numbers: ItemNumbers,
    rules: Rules,
) -> tuple[list[Markup], tuple[tuple[Choice, ...], ...]]:
    """Return the counts of each plan and what is most urgent; and buttons, one of which shows the rest."""
    first = assignments[:_MOST_URGENT]
    shown = await show_items(conn, wording, first, 0, numbers)
    body = [*_counts(wording, assignments, rules), Markup(), *shown]
    rest = choice_of(label(wording.texts, "all_items", count=len(assignments)), "rest", _MOST_URGENT)
    rows = answer_buttons(wording, first[:_ROWS_OF_MANY], numbers, among=assignments)
    return body, (*rows, (rest,))


def _counts(wording: Wording, assignments: Sequence[Assignment], rules: Rules) -> list[Markup]:
    """A line for each plan: how many things are how urgent."""
    texts, rows = wording.texts, []
    for plan in dict.fromkeys(assignment.plan for assignment in assignments):
        counts = Counter(
            _counted_as(assignment, wording.today, rules)
            for assignment in assignments
            if assignment.plan == plan
        )
        parts = (texts(f"nudge.count_{of}", count=counts[of]) for of in _COUNTED if counts[of])
        name = plan or texts("nudge.requests")
        rows.append(texts("nudge.counts", plan=name, counts=Markup(" · ").join(parts)))
    return rows


_COUNTED = ("late", "reached", "today", "soon", "early")


def _counted_as(assignment: Assignment, day: date, rules: Rules) -> str:
    tone: Tone = tone_of(assignment, day, rules)
    if tone not in ("late", "letter"):
        return tone
    return "reached" if assignment.standing == "party" else "late"


@button("rest", "member")
async def rest(context: Context, pressed: ButtonData) -> Reply:
    """Xem tất cả: show what a long message only counted, a page at a time."""
    ids = context.dialog.items
    start = int(pressed.text()) if pressed.text().isdecimal() else len(ids)
    own_units = set(context.person.units("focal", "leader"))
    page = ids[start : start + _PAGE]
    shown = [
        assignment
        for assignment in await assignment_store.get(context.conn, page)
        if assignment.is_open and assignment.unit_id in own_units
    ]
    if not shown:
        return reply(Outgoing(context.texts("error.old_button")))
    numbers = await give_numbers_here(context, shown)
    body = await show_items(context.conn, wording_of(context), shown, 0, numbers)
    end = start + len(page)
    more = choice_of(label(context.texts, "next_page"), "rest", end)
    head_ = context.texts("nudge.page", first=start + 1, last=end, count=len(ids))
    return reply(Outgoing(lines(head_, *body), ((more,),) if end < len(ids) else ()), items=ids)


BUTTONS: tuple[Button, ...] = (rest,)
