"""From what the database knows to the tracking table, the status picture, and what is left after a cycle."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from markupsafe import Markup

from config.texts import Texts
from documents.writing.board import Board, BoardUnit, Tile
from documents.writing.tracking_workbook import (
    CycleRow,
    Labels,
    LedgerRow,
    OftenLate,
    TallyRow,
    Tracking,
    TrackingRow,
)
from domain.assignments.lifecycle import Timeliness
from domain.common.text import squeeze
from handlers.common.wording import Wording
from handlers.reporting.period_wording import period_name, view_period
from services.reporting.cycle import Cycle, Ended
from services.reporting.summary import Summary
from storage.reporting.report_store import Owing, ReportedDuty, Told

_TRACKING = (
    *("number", "unit", "duty", "role", "period", "planned", "due", "state", "percent", "result"),
    *("difficulty", "proposal", "updated", "standing"),
)
_ANSWERS = ("on_time", "late", "nil", "missing")
_TALLY = ("number", "unit", "done_in_time", "done_late", "open_in_time", "open_late", "total", *_ANSWERS)
_CYCLE = ("number", "unit", "period", "expected", *_ANSWERS, "extended", "returned")
_OFTEN = ("number", "duty", "units", "owed", "times_late")
_LEGEND: tuple[Timeliness, ...] = ("overdue", "due", "in_time", "done_in_time", "done_late")


def labels(texts: Texts, sheet: str, heads: Iterable[str]) -> Labels:
    """Return the name of a sheet and the heads of its columns."""
    return Labels(str(texts(f"table.sheet_{sheet}")), tuple(str(texts(f"table.{head}")) for head in heads))


def tracking_of(words: Wording, found: Summary, nudges: Labels, ledger: Sequence[LedgerRow] = ()) -> Tracking:
    """Return the tracking table: a row an assignment, and under a report one for each of its lines.

    `nudges` are the heads of the ledger's sheet.
    """
    units = sorted(found.stands.units, key=lambda unit: unit.unit_id)
    return Tracking(
        assignments=labels(words.texts, "tracking", _TRACKING),
        tally=labels(words.texts, "tally", _TALLY),
        nudges=nudges,
        total=str(words.texts("table.sum")),
        rows=tuple(_rows(words, found)),
        tallies=tuple(
            TallyRow(unit_standing.unit, unit_standing.tally, unit_standing.figures)
            for unit_standing in units
        ),
        ledger=tuple(ledger),
        title=_title(words, found),
    )


def _title(words: Wording, found: Summary) -> tuple[str, ...]:
    """What the table is, the plan's own title, and of which day it is."""
    plan = found.view.plan
    return (
        words.texts("table.title", plan=plan.name).unescape(),
        plan.title,
        words.texts(
            "table.as_of", day=words.full(words.today), period=view_period(words, found.view)
        ).unescape(),
    )


def _rows(words: Wording, found: Summary) -> Iterator[TrackingRow]:
    told = {(one.assignment_id, one.duty_id if one.line else None): one for one in found.told}
    duties = {duty.id: duty for duty in found.duties}
    lines: dict[int, list[ReportedDuty]] = {}
    for duty in found.duties:
        for unit_id in () if duty.is_dated else duty.units:
            lines.setdefault(unit_id, []).append(duty)
    for owing in found.owing:
        if owing.duty_id is None:
            if found.view.takes_all:
                yield _row(words, found, owing, None, told.get((owing.id, None)))
            for line in lines.get(owing.unit_id, ()):
                yield _row(words, found, owing, line, told.get((owing.id, line.id)))
        elif owing.duty_id in duties:
            yield _row(words, found, owing, duties[owing.duty_id], told.get((owing.id, None)))


def _row(
    words: Wording, found: Summary, owing: Owing, duty: ReportedDuty | None, said: Told | None
) -> TrackingRow:
    """One row: an assignment, or a line of a report, which stands by its own words."""
    texts, is_line = words.texts, duty is not None and owing.duty_id is None
    standing = _line_stands(words, owing, said) if is_line else owing.timeliness
    role = found.roles.get((duty.id, owing.unit_id)) if duty else None
    names = found.files.get((owing.id, duty.id if is_line and duty else None), ())
    result = said.text if said else ""
    return TrackingRow(
        unit=owing.unit,
        duty=squeeze(f"{duty.section}. {duty.text}") if duty else str(words.report(owing.period)),
        role=str(texts(f"item.{role}")) if role else "",
        period=str(words.period(owing.period)),
        planned_on=owing.planned_on,
        due_on=owing.due_on,
        state=str(_line_state(words, owing, said) if is_line else _state(words, owing)),
        percent=said.percent if said else None,
        result=f"{result}{texts('report.files', names=', '.join(names)).unescape()}" if names else result,
        difficulty=(said.difficulty or (said.text if said.blocked else "")) if said else "",
        proposal=(said.proposal or "") if said else "",
        updated_on=said.said_at.astimezone(words.zone).date() if said else None,
        standing=str(texts(f"standing.{standing}")),
        timeliness=standing,
    )


def _state(words: Wording, owing: Owing) -> Markup:
    """The state of an assignment; nothing to report is told apart from work that is done."""
    is_nil = owing.answer == "nil" and owing.state == "done"
    return words.told("nil") if is_nil else words.state(owing.state, blocked=owing.blocked)


def _line_stands(words: Wording, owing: Owing, said: Told | None) -> Timeliness:
    """A line is done once it is said to be, or with its report."""
    if said is None or said.state not in ("done", "nil"):
        return owing.timeliness
    day = said.said_at.astimezone(words.zone).date()
    return "done_in_time" if day <= owing.last_on else "done_late"


def _line_state(words: Wording, owing: Owing, said: Told | None) -> str:
    if said is None:
        return str(words.texts("report.in_one" if owing.state == "done" else "state.not_started"))
    state = str(words.told(said.state))
    return f"{state}, {words.texts('state.blocked')}" if said.blocked else state


def board_of(words: Wording, found: Summary, now: datetime) -> Board:
    """Return what the status picture shows: all that was due up to the date that the status is about."""
    texts, plan, focus = words.texts, found.view.plan, found.stands.focus
    sections = {duty.id: duty.section for duty in found.duties}
    by_unit: dict[int, list[Owing]] = {unit.unit_id: [] for unit in found.stands.units}
    for one in found.owing:
        by_unit.setdefault(one.unit_id, []).append(one)
    due = words.full(focus) if focus else texts("status.no_due")
    return Board(
        title=squeeze(plan.title),
        subtitle=str(texts("picture.subtitle", plan=plan.name, due=due)),
        day=str(
            texts("picture.day", hour=f"{now.astimezone(words.zone):%H:%M}", day=words.full(words.today))
        ),
        units=tuple(
            BoardUnit(
                those[0].unit,
                tuple(Tile(_label(texts, owing, sections), owing.timeliness) for owing in those),
            )
            for those in by_unit.values()
            if those
        ),
        legend=tuple((light, str(texts(f"standing.{light}"))) for light in _LEGEND),
        paging=str(texts("picture.paging", page="{page}", pages="{pages}")),
    )


def _label(texts: Texts, owing: Owing, sections: dict[int, str]) -> str:
    """The number by which the plan knows it, without its part; a report has a sign of its own."""
    if owing.duty_id is None:
        return str(texts("picture.report"))
    _, _, inside = sections.get(owing.duty_id, "").partition(".")
    return inside or sections.get(owing.duty_id, "")


def cycle_rows(words: Wording, found: Cycle) -> tuple[tuple[CycleRow, ...], tuple[OftenLate, ...]]:
    """Return a row a unit and period, and a row for each thing that was often late."""
    return tuple(cycle_row(words, ended) for ended in found.ended), often_rows(words, found)


def cycle_row(words: Wording, ended: Ended) -> CycleRow:
    """Return the row of one unit and period."""
    return CycleRow(
        unit=ended.unit,
        period=period_name(words, ended.period),
        expected=ended.figures.expected,
        on_time=ended.figures.on_time,
        late=ended.figures.late,
        nil=ended.figures.nil,
        missing=ended.figures.missing,
        extended=ended.extended,
        returned=ended.returned,
    )


def often_rows(words: Wording, found: Cycle) -> tuple[OftenLate, ...]:
    """Return a row for each thing that was often late, most often first."""
    return tuple(
        OftenLate(
            late_thing.duty or str(words.report(late_thing.period)),
            late_thing.units,
            late_thing.owed,
            late_thing.late,
        )
        for late_thing in found.often_late
    )


def cycle_labels(texts: Texts) -> tuple[Labels, Labels]:
    """Return the names and heads of the two sheets of a cycle."""
    return labels(texts, "cycle", _CYCLE), labels(texts, "often", _OFTEN)
