"""The numbered list of what is owed: how it is shown, and what a number in an answer means."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.common.context import Desk
from handlers.common.conversation import Choice
from handlers.common.wording import Wording, label, short
from storage.assignments import assignment_store as assignments
from storage.assignments import evidence_store as evidence
from storage.assignments import progress_store as progress
from storage.assignments.assignment_store import Assignment, Line
from storage.assignments.progress_store import Progress
from storage.common import outbox as nudges

LINES_SHOWN = 6
_BUTTONS = ("done", "doing", "stuck", "extend")


@dataclass(frozen=True, slots=True)
class Item:
    """What a number stands for: an assignment ("2"), or a line of its report ("2.1")."""

    number: str
    assignment: Assignment
    line: Line | None = None


def wording(desk: Desk) -> Wording:
    """How things are worded to the one who is being answered."""
    return Wording(desk.texts, desk.today, desk.rules.days, desk.rules.zone)


async def owed(desk: Desk) -> tuple[Assignment, ...]:
    """Return all that the person's units owe or owed, nearest first."""
    return await assignments.of_units(desk.work, desk.person.units("focal", "leader"))


async def find(desk: Desk, number: str) -> Item | None:
    """Return what a number means in this chat: in the message answered, or in the list shown last."""
    first, _, second = number.partition(".")
    ids = await numbered(desk)
    if not 1 <= int(first) <= len(ids):
        return None
    mine = desk.person.units("focal", "leader")
    found = await assignments.get(desk.work, [ids[int(first) - 1]])
    if not found or found[0].unit_id not in mine:
        return None
    if not second:
        return Item(number, found[0])
    lines = await lines_of(desk.work, found[0])
    place = int(second)
    return Item(number, found[0], lines[place - 1]) if 1 <= place <= len(lines) else None


async def line_item(desk: Desk, whole: Item, duty_id: int) -> Item | None:
    """Return a line of a report as an item, under the report's number; None where it has no such line."""
    found = enumerate(await lines_of(desk.work, whole.assignment), 1)
    return next(
        (
            Item(f"{whole.number}.{place}", whole.assignment, line)
            for place, line in found
            if line.duty_id == duty_id
        ),
        None,
    )


async def numbered(desk: Desk) -> tuple[int, ...]:
    """Return what the numbers of a message stand for: those of the message answered, or shown last."""
    shown = await answered_nudge(desk)
    return shown or desk.dialog.items or tuple(one.id for one in await still_open(desk))


async def answered_nudge(desk: Desk) -> tuple[int, ...]:
    """Return what the nudge that is answered numbered; nothing where no nudge is answered."""
    if not desk.said.reply_to:
        return ()
    return await nudges.items_of(desk.work, desk.said.chat, desk.said.reply_to)


async def lines_of(work: AsyncConnection, one: Assignment) -> tuple[Line, ...]:
    """Return the lines of a report; a dated duty and a request have none."""
    if one.plan_id is None or one.duty_id is not None:
        return ()
    return await assignments.lines(work, one.plan_id, one.unit_id)


def courteous(asked: Sequence[Assignment]) -> list[Assignment]:
    """Return all as a Party body's where one is: its people read no reproach, not of others either."""
    if any(one.standing == "party" for one in asked):
        return [replace(one, standing="party") for one in asked]
    return list(asked)


async def show_items(
    work: AsyncConnection,
    words: Wording,
    shown: Sequence[Assignment],
    limit: int,
    numbers: Iterable[int] | None = None,
) -> list[Markup]:
    """Return numbered items, each plan named above its own; the first report with up to `limit` lines.

    Where they are of several units, each of these is named too. `numbers` are from 1 on unless given.
    """
    said = await progress.latest(work, [one.id for one in shown])
    files = await evidence.counts(work, [one.id for one in shown])
    several = len({one.unit_id for one in shown}) > 1
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
        told += await show_lines(work, words, one, number, limit if is_report and not opened else 0)
        opened = opened or is_report
    return told


def item(
    words: Wording, number: str, one: Assignment, said: Progress | None, *, alone: bool = True
) -> Markup:
    """Return one numbered item: what, by when, how it stands; `alone`, with the last safe day."""
    return words.texts(
        "nudge.item",
        number=number,
        what=words.what(one),
        due=words.due_safely(one) if alone else words.texts("item.due", due=words.due(one)),
        when=words.when(one),
        state=stands(words, one, said),
    )


def standing(desk: Desk, one: Assignment) -> Markup:
    """Return how an assignment stands, in the words of its unit."""
    words = wording(desk)
    return _laid(words, one) or words.state(one.state, blocked=one.blocked)


def stands(words: Wording, one: Assignment, said: Progress | None) -> Markup:
    """Return the same with the last words on it: how far it is, and since when."""
    return _laid(words, one) or words.standing(one, said)


def _laid(words: Wording, one: Assignment) -> Markup | None:
    """What waits for the unit's leader is told so, with the day since when."""
    if one.laid_at is None or not one.waits_for_leader:
        return None
    day = words.day(one.laid_at.astimezone(words.zone).date())
    return words.texts("state.said_on", words=words.texts("state.laid"), day=day)


async def show_lines(
    work: AsyncConnection, words: Wording, one: Assignment, number: int, limit: int | None
) -> list[Markup]:
    """Return the lines under a numbered report, not more than `limit`, those without an answer first."""
    lines = await lines_of(work, one)
    said = await progress.latest(work, [one.id])
    files = await evidence.counts(work, [one.id])
    numbered = list(enumerate(lines, 1))
    if limit is not None and len(lines) > limit:
        waiting = [entry for entry in numbered if (one.id, entry[1].duty_id) not in said]
        numbered = sorted((waiting + [e for e in numbered if e not in waiting])[:limit], key=lambda e: e[0])
    shown = [
        with_files(
            words,
            _line(words, f"{number}.{place}", line, said.get((one.id, line.duty_id))),
            files.get((one.id, line.duty_id)),
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


def _line(words: Wording, number: str, line: Line, said: Progress | None) -> Markup:
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
        tuple(Choice(label(words.texts, verb, number=n), f"{verb}:{one}") for verb in _BUTTONS)
        for n, one in enumerate(ids, first)
    )


async def still_open(desk: Desk) -> tuple[Assignment, ...]:
    """Return what the person's units still have to answer, nearest first."""
    return tuple(one for one in await owed(desk) if one.is_open)


async def numbering(desk: Desk, one: Assignment) -> tuple[int, ...]:
    """Return numbers under which an assignment stands: as now, it and whatever is open behind, if need be."""
    shown = await numbered(desk)
    if one.id in shown:
        return shown
    waiting = tuple(other.id for other in await still_open(desk))
    return with_others(shown, (*waiting, one.id))


def with_others(shown: tuple[int, ...], others: Iterable[int]) -> tuple[int, ...]:
    """Return numbers that hold others as well: a number that somebody has read keeps its meaning.

    Where all that was shown is over, the others are numbered anew.
    """
    ids = tuple(dict.fromkeys(others))
    return tuple(dict.fromkeys((*shown, *ids))) if set(shown) & set(ids) else ids


async def number_of(desk: Desk, one: Assignment) -> str:
    """Return the number of an assignment in `numbering`."""
    return str((await numbering(desk, one)).index(one.id) + 1)
