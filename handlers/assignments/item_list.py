"""The numbered list of what is owed: how it is shown, and what a number in an answer means."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from handlers.common.button_data import Verb, choice_of
from handlers.common.context import Context
from handlers.common.conversation import Choice
from handlers.common.wording import Wording, label, short, wording
from storage.assignments import assignment_store, evidence_store, progress_store
from storage.assignments.assignment_store import ReportLine, report_lines
from storage.assignments.progress_store import Progress
from storage.common import outbox

LINES_SHOWN = 6
_BUTTONS: tuple[Verb, ...] = ("done", "doing", "stuck", "extend")


@dataclass(frozen=True, slots=True)
class Item:
    """What a number stands for: an assignment ("2"), or a line of its report ("2.1")."""

    number: str
    assignment: Assignment
    line: ReportLine | None = None


async def owed(context: Context) -> tuple[Assignment, ...]:
    """Return all that the person's units owe or owed, nearest first."""
    return await assignment_store.of_units(context.conn, context.person.units("focal", "leader"))


async def find(context: Context, number: str) -> Item | None:
    """Return what a number means in this chat: in the message answered, or in the list shown last."""
    first, _, second = number.partition(".")
    ids = await numbered(context)
    if not 1 <= int(first) <= len(ids):
        return None
    mine = context.person.units("focal", "leader")
    found = await assignment_store.get(context.conn, [ids[int(first) - 1]])
    if not found or found[0].unit_id not in mine:
        return None
    if not second:
        return Item(number, found[0])
    lines = await report_lines(context.conn, found[0])
    place = int(second)
    return Item(number, found[0], lines[place - 1]) if 1 <= place <= len(lines) else None


async def line_item(context: Context, whole: Item, duty_id: int) -> Item | None:
    """Return a line of a report as an item, under the report's number; None where it has no such line."""
    found = enumerate(await report_lines(context.conn, whole.assignment), 1)
    return next(
        (
            Item(f"{whole.number}.{place}", whole.assignment, line)
            for place, line in found
            if line.duty_id == duty_id
        ),
        None,
    )


async def numbered(context: Context) -> tuple[int, ...]:
    """Return what the numbers of a message stand for: those of the message answered, or shown last."""
    shown = await answered_nudge(context)
    return shown or context.dialog.items or tuple(assignment.id for assignment in await still_open(context))


async def answered_nudge(context: Context) -> tuple[int, ...]:
    """Return what the nudge that is answered numbered; nothing where no nudge is answered."""
    if not context.said.reply_to:
        return ()
    return await outbox.items_of(context.conn, context.said.chat, context.said.reply_to)


def courteous(asked: Sequence[Assignment]) -> list[Assignment]:
    """Return all as a Party body's where one is: its people read no reproach, not of others either."""
    if any(assignment.standing == "party" for assignment in asked):
        return [replace(assignment, standing="party") for assignment in asked]
    return list(asked)


async def show_items(
    conn: AsyncConnection,
    words: Wording,
    shown: Sequence[Assignment],
    limit: int,
    numbers: Iterable[int] | None = None,
) -> list[Markup]:
    """Return numbered items, each plan named above its own; the first report with up to `limit` lines.

    Where they are of several units, each of these is named too. `numbers` are from 1 on unless given.
    """
    said = await progress_store.latest(conn, [assignment.id for assignment in shown])
    files = await evidence_store.counts(conn, [assignment.id for assignment in shown])
    several = len({assignment.unit_id for assignment in shown}) > 1
    told: list[Markup] = []
    above, opened = None, False
    for number, one in zip(numbers or count(1), courteous(shown), strict=False):
        plan = one.plan or words.texts("nudge.requests")
        if above != (plan, several and one.unit):
            above = plan, several and one.unit
            told.append(words.texts("nudge.plan_of" if several else "nudge.plan", plan=plan, unit=one.unit))
        line = item(words, str(number), one, said.get((one.id, None)), alone=len(shown) == 1)
        told.append(with_files(words, line, files.get((one.id, None))))
        is_report = one.kind == "report"
        told += await show_lines(conn, words, one, number, limit if is_report and not opened else 0)
        opened = opened or is_report
    return told


def item(
    words: Wording, number: str, assignment: Assignment, said: Progress | None, *, alone: bool = True
) -> Markup:
    """Return one numbered item: what, by when, how it stands; `alone`, with the last safe day."""
    return words.texts(
        "nudge.item",
        number=number,
        what=words.what(assignment),
        due=words.due_safely(assignment) if alone else words.texts("item.due", due=words.due(assignment)),
        when=words.when(assignment),
        state=stands(words, assignment, said),
    )


def standing(context: Context, assignment: Assignment) -> Markup:
    """Return how an assignment stands, in the words of its unit."""
    words = wording(context)
    return _laid(words, assignment) or words.state(assignment.state, blocked=assignment.blocked)


def stands(words: Wording, assignment: Assignment, said: Progress | None) -> Markup:
    """Return the same with the last words on it: how far it is, and since when."""
    return _laid(words, assignment) or words.standing(assignment, said)


def _laid(words: Wording, assignment: Assignment) -> Markup | None:
    """What waits for the unit's leader is told so, with the day since when."""
    if assignment.laid_at is None or not assignment.waits_for_leader:
        return None
    day = words.day(assignment.laid_at.astimezone(words.zone).date())
    return words.texts("state.said_on", words=words.texts("state.laid"), day=day)


async def show_lines(
    conn: AsyncConnection, words: Wording, assignment: Assignment, number: int, limit: int | None
) -> list[Markup]:
    """Return the lines under a numbered report, not more than `limit`, those without an answer first."""
    lines = await report_lines(conn, assignment)
    said = await progress_store.latest(conn, [assignment.id])
    files = await evidence_store.counts(conn, [assignment.id])
    numbered = list(enumerate(lines, 1))
    if limit is not None and len(lines) > limit:
        waiting = [entry for entry in numbered if (assignment.id, entry[1].duty_id) not in said]
        numbered = sorted((waiting + [e for e in numbered if e not in waiting])[:limit], key=lambda e: e[0])
    shown = [
        with_files(
            words,
            _line(words, f"{number}.{place}", line, said.get((assignment.id, line.duty_id))),
            files.get((assignment.id, line.duty_id)),
        )
        for place, line in numbered
    ]
    if len(shown) < len(lines):
        key = "duties.lines_more" if shown else "duties.lines_all"
        shown.append(words.texts(key, count=len(lines) - len(shown), number=number))
    return shown


def with_files(words: Wording, line: Markup, count: int | None) -> Markup:
    """Return the line of an item with the number of its files behind it, if it has any."""
    return Markup("{} · {}").format(line, words.texts("evidence.count", count=count)) if count else line


def _line(words: Wording, number: str, line: ReportLine, said: Progress | None) -> Markup:
    return words.texts(
        "duties.line",
        number=number,
        what=short(line.text, 80),
        part=words.texts(f"item.{line.part}"),
        state=words.line_standing(said),
    )


def answer_buttons(words: Wording, ids: Sequence[int], first: int = 1) -> tuple[tuple[Choice, ...], ...]:
    """Return the row of usual answers for each assignment, numbered from `first`; its labels may be typed."""
    return tuple(
        tuple(choice_of(label(words.texts, verb, number=n), verb, one) for verb in _BUTTONS)
        for n, one in enumerate(ids, first)
    )


async def still_open(context: Context) -> tuple[Assignment, ...]:
    """Return what the person's units still have to answer, nearest first."""
    return tuple(assignment for assignment in await owed(context) if assignment.is_open)


async def left(context: Context) -> list[Markup]:
    """Tell how many things the person's units still have to do."""
    count = sum(not assignment.waits_for_leader for assignment in await still_open(context))
    return [context.texts("update.left", count=count) if count else context.texts("update.none_left")]


async def numbering(context: Context, assignment: Assignment) -> tuple[int, ...]:
    """Return numbers under which an assignment stands: as now, it and whatever is open behind, if need be."""
    shown = await numbered(context)
    if assignment.id in shown:
        return shown
    waiting = tuple(other.id for other in await still_open(context))
    return with_others(shown, (*waiting, assignment.id))


def with_others(shown: tuple[int, ...], others: Iterable[int]) -> tuple[int, ...]:
    """Return numbers that hold others as well: a number that somebody has read keeps its meaning.

    Where all that was shown is over, the others are numbered anew.
    """
    ids = tuple(dict.fromkeys(others))
    return tuple(dict.fromkeys((*shown, *ids))) if set(shown) & set(ids) else ids


async def number_of(context: Context, assignment: Assignment) -> str:
    """Return the number of an assignment in `numbering`."""
    return str((await numbering(context, assignment)).index(assignment.id) + 1)
