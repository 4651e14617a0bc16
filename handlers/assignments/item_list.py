"""How items are shown: numbered, each plan above its own, the lines of a report beneath it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from domain.assignments.item_numbers import ItemNumbers
from handlers.common.button_data import Verb, choice_of
from handlers.common.context import Context
from handlers.common.conversation import Choice
from handlers.common.wording import Wording, label, short, wording_of
from storage.assignments import assignment_store, evidence_store, progress_store
from storage.assignments.assignment_store import ReportLine, moved_lines, report_lines
from storage.assignments.progress_store import Progress

LINES_SHOWN = 6
_BUTTONS: tuple[Verb, ...] = ("done", "doing", "stuck", "extend")


def courteous(assignments: Sequence[Assignment]) -> list[Assignment]:
    """Return all as a Party body's where one is: its people read no reproach, not of others either."""
    if any(assignment.standing == "party" for assignment in assignments):
        return [replace(assignment, standing="party") for assignment in assignments]
    return list(assignments)


async def show_items(
    conn: AsyncConnection,
    wording: Wording,
    shown: Sequence[Assignment],
    limit: int,
    numbers: ItemNumbers,
) -> list[Markup]:
    """Return numbered items, each plan named above its own; the first report with up to `limit` lines.

    Where they are of several units, each of these is named too.
    """
    latest = await progress_store.latest(conn, [assignment.id for assignment in shown])
    files = await evidence_store.counts(conn, [assignment.id for assignment in shown])
    several = len({assignment.unit_id for assignment in shown}) > 1
    rows: list[Markup] = []
    above, opened = None, False
    for assignment in courteous(shown):
        number = numbers[assignment.id]
        plan = assignment.plan or wording.texts("nudge.requests")
        if above != (plan, several and assignment.unit):
            above = plan, several and assignment.unit
            rows.append(
                wording.texts("nudge.plan_of" if several else "nudge.plan", plan=plan, unit=assignment.unit)
            )
        line = item(
            wording, str(number), assignment, latest.get((assignment.id, None)), alone=len(shown) == 1
        )
        rows.append(with_files(wording, line, files.get((assignment.id, None))))
        is_report = assignment.kind == "report"
        rows += await show_lines(conn, wording, assignment, number, limit if is_report and not opened else 0)
        opened = opened or is_report
    return rows


def item(
    wording: Wording, number: str, assignment: Assignment, progress: Progress | None, *, alone: bool = True
) -> Markup:
    """Return one numbered item: what, by when, how it stands; `alone`, with the last safe day."""
    return wording.texts(
        "nudge.item",
        number=number,
        what=wording.what(assignment),
        due=wording.due_safely(assignment)
        if alone
        else wording.texts("item.due", due=wording.due(assignment)),
        when=wording.when(assignment),
        state=stands(wording, assignment, progress),
    )


def standing(context: Context, assignment: Assignment) -> Markup:
    """Return how an assignment stands, in the words of its unit."""
    wording = wording_of(context)
    return _pending(wording, assignment) or wording.state(assignment.state, blocked=assignment.blocked)


def stands(wording: Wording, assignment: Assignment, progress: Progress | None) -> Markup:
    """Return the same with the last words on it: how far it is, and since when."""
    return _pending(wording, assignment) or wording.standing(assignment, progress)


def _pending(wording: Wording, assignment: Assignment) -> Markup | None:
    """What waits for the unit's leader is told so, with the day since when."""
    if assignment.pending_since is None or not assignment.waits_for_leader:
        return None
    day = wording.day(assignment.pending_since.astimezone(wording.zone).date())
    return wording.texts("state.said_on", words=wording.texts("state.laid"), day=day)


async def show_lines(
    conn: AsyncConnection, wording: Wording, assignment: Assignment, number: int, limit: int | None
) -> list[Markup]:
    """Return the lines under a numbered report, not more than `limit`, those without an answer first."""
    lines = await report_lines(conn, assignment)
    latest = await progress_store.latest(conn, [assignment.id])
    files = await evidence_store.counts(conn, [assignment.id])
    numbered = list(enumerate(lines, 1))
    if limit is not None and len(lines) > limit:
        waiting = [entry for entry in numbered if (assignment.id, entry[1].duty_id) not in latest]
        numbered = sorted((waiting + [e for e in numbered if e not in waiting])[:limit], key=lambda e: e[0])
    moved = await moved_lines(conn, assignment)
    own = {each.id: each for each in await assignment_store.get(conn, list(moved.values()))}
    shown = [
        with_files(
            wording,
            _moved_line(wording, f"{number}.{place}", line, own[moved[line.duty_id]])
            if line.duty_id in moved
            else show_line(wording, f"{number}.{place}", line, latest.get((assignment.id, line.duty_id))),
            files.get((assignment.id, line.duty_id)),
        )
        for place, line in numbered
    ]
    if len(shown) < len(lines):
        key = "duties.lines_more" if shown else "duties.lines_all"
        shown.append(wording.texts(key, count=len(lines) - len(shown), number=number))
    return shown


def _moved_line(wording: Wording, number: str, line: ReportLine, own: Assignment) -> Markup:
    what, due = short(line.text, 80), wording.due(own)
    return wording.texts("duties.line_moved", number=number, what=what, due=due)


def with_files(wording: Wording, line: Markup, count: int | None) -> Markup:
    """Return the line of an item with the number of its files behind it, if it has any."""
    return Markup("{} · {}").format(line, wording.texts("evidence.count", count=count)) if count else line


def show_line(
    wording: Wording, number: str, line: ReportLine, progress: Progress | None, longest: int = 80
) -> Markup:
    """Return one line of a report: its words, the unit's part, how it stands."""
    return wording.texts(
        "duties.line",
        number=number,
        what=short(line.text, longest),
        part=wording.texts(f"item.{line.part}"),
        state=wording.line_standing(progress),
    )


def answer_buttons(
    wording: Wording,
    answerable: Iterable[Assignment],
    numbers: ItemNumbers,
    *,
    among: Iterable[Assignment] = (),
) -> tuple[tuple[Choice, ...], ...]:
    """Return the row of usual answers for each assignment, with its number; the labels may be typed.

    Where those `among` which they are shown are of several plans, each button names its own, and two stand
    in a row.
    """
    names_plans = len({assignment.plan for assignment in among if assignment.plan}) > 1
    rows: list[tuple[Choice, ...]] = []
    for assignment in answerable:
        plan = assignment.plan if names_plans else ""
        row = item_buttons(wording, str(numbers[assignment.id]), str(assignment.id), plan)
        rows += [row[:2], row[2:]] if names_plans else [row]
    return tuple(rows)


def item_buttons(wording: Wording, number: str, key: str, plan: str = "") -> tuple[Choice, ...]:
    """Return the usual answers to one item, or to a line of a report; `key` is what `pressed_ids` reads."""
    labels = [label(wording.texts, verb, number=number) for verb in _BUTTONS]
    if plan:
        labels = [label(wording.texts, "of_plan", answer=answer, plan=short(plan, 20)) for answer in labels]
    return tuple(choice_of(answer, verb, key) for answer, verb in zip(labels, _BUTTONS, strict=True))


async def left(context: Context) -> list[Markup]:
    """Tell how many things the person's units still have to do."""
    units = context.person.units("focal", "leader")
    count = await assignment_store.count_unanswered(context.conn, units)
    return [context.texts("update.left", count=count) if count else context.texts("update.none_left")]
