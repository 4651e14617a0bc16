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
from services.reporting.cycle import Cycle, UnitPeriod
from services.reporting.summary import Summary
from storage.reporting.report_store import LatestUpdate, Owing, ReportedDuty

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


def tracking_of(
    wording: Wording, summary: Summary, nudges: Labels, ledger: Sequence[LedgerRow] = ()
) -> Tracking:
    """Return the tracking table: a row an assignment, and under a report one for each of its lines.

    `nudges` are the heads of the ledger's sheet.
    """
    units = sorted(summary.stands.units, key=lambda unit: unit.unit_id)
    return Tracking(
        assignments=labels(wording.texts, "tracking", _TRACKING),
        tally=labels(wording.texts, "tally", _TALLY),
        nudges=nudges,
        total=str(wording.texts("table.sum")),
        rows=tuple(_rows(wording, summary)),
        tallies=tuple(
            TallyRow(unit_standing.unit, unit_standing.tally, unit_standing.figures)
            for unit_standing in units
        ),
        ledger=tuple(ledger),
        title=_title(wording, summary),
    )


def _title(wording: Wording, summary: Summary) -> tuple[str, ...]:
    """What the table is, the plan's own title, and of which day it is."""
    plan = summary.view.plan
    return (
        wording.texts("table.title", plan=plan.name).unescape(),
        plan.title,
        wording.texts(
            "table.as_of", day=wording.full(wording.today), period=view_period(wording, summary.view)
        ).unescape(),
    )


def _rows(wording: Wording, summary: Summary) -> Iterator[TrackingRow]:
    updates = {
        (owing.assignment_id, owing.duty_id if owing.line else None): owing for owing in summary.updates
    }
    duties = {duty.id: duty for duty in summary.duties}
    lines: dict[int, list[ReportedDuty]] = {}
    for duty in summary.duties:
        for unit_id in () if duty.is_dated else duty.units:
            lines.setdefault(unit_id, []).append(duty)
    for owing in summary.owing:
        if owing.duty_id is None:
            if summary.view.takes_all:
                yield _row(wording, summary, owing, None, updates.get((owing.id, None)))
            for line in lines.get(owing.unit_id, ()):
                yield _row(wording, summary, owing, line, updates.get((owing.id, line.id)))
        elif owing.duty_id in duties:
            yield _row(wording, summary, owing, duties[owing.duty_id], updates.get((owing.id, None)))


def _row(
    wording: Wording, summary: Summary, owing: Owing, duty: ReportedDuty | None, update: LatestUpdate | None
) -> TrackingRow:
    """One row: an assignment, or a line of a report, which stands by its own words."""
    texts, is_line = wording.texts, duty is not None and owing.duty_id is None
    standing = _line_stands(wording, owing, update) if is_line else owing.timeliness
    role = summary.roles.get((duty.id, owing.unit_id)) if duty else None
    names = summary.files.get((owing.id, duty.id if is_line and duty else None), ())
    result = update.text if update else ""
    return TrackingRow(
        unit=owing.unit,
        duty=squeeze(f"{duty.section}. {duty.text}") if duty else str(wording.report(owing.period)),
        role=str(texts(f"item.{role}")) if role else "",
        period=str(wording.period(owing.period)),
        planned_on=owing.planned_on,
        due_on=owing.due_on,
        state=str(_line_state(wording, owing, update) if is_line else _state(wording, owing)),
        percent=update.percent if update else None,
        result=f"{result}{texts('report.files', names=', '.join(names)).unescape()}" if names else result,
        difficulty=(update.difficulty or (update.text if update.blocked else "")) if update else "",
        proposal=(update.proposal or "") if update else "",
        updated_on=update.said_at.astimezone(wording.zone).date() if update else None,
        standing=str(texts(f"standing.{standing}")),
        timeliness=standing,
    )


def _state(wording: Wording, owing: Owing) -> Markup:
    """The state of an assignment; nothing to report is told apart from work that is done."""
    is_nil = owing.answer == "nil" and owing.state == "done"
    return wording.told("nil") if is_nil else wording.state(owing.state, blocked=owing.blocked)


def _line_stands(wording: Wording, owing: Owing, update: LatestUpdate | None) -> Timeliness:
    """A line is done once it is said to be, or with its report."""
    if update is None or update.state not in ("done", "nil"):
        return owing.timeliness
    day = update.said_at.astimezone(wording.zone).date()
    return "done_in_time" if day <= owing.last_on else "done_late"


def _line_state(wording: Wording, owing: Owing, update: LatestUpdate | None) -> str:
    if update is None:
        return str(wording.texts("report.in_one" if owing.state == "done" else "state.not_started"))
    state = str(wording.told(update.state))
    return f"{state}, {wording.texts('state.blocked')}" if update.blocked else state


def board_of(wording: Wording, summary: Summary, now: datetime) -> Board:
    """Return what the status picture shows: all that was due up to the date that the status is about."""
    texts, plan, focus = wording.texts, summary.view.plan, summary.stands.focus
    sections = {duty.id: duty.section for duty in summary.duties}
    by_unit: dict[int, list[Owing]] = {unit.unit_id: [] for unit in summary.stands.units}
    for owing in summary.owing:
        by_unit.setdefault(owing.unit_id, []).append(owing)
    due = wording.full(focus) if focus else texts("status.no_due")
    return Board(
        title=squeeze(plan.title),
        subtitle=str(texts("picture.subtitle", plan=plan.name, due=due)),
        day=str(
            texts(
                "picture.day", hour=f"{now.astimezone(wording.zone):%H:%M}", day=wording.full(wording.today)
            )
        ),
        units=tuple(
            BoardUnit(
                of_unit[0].unit,
                tuple(Tile(_label(texts, owing, sections), owing.timeliness) for owing in of_unit),
            )
            for of_unit in by_unit.values()
            if of_unit
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


def cycle_rows(wording: Wording, cycle: Cycle) -> tuple[tuple[CycleRow, ...], tuple[OftenLate, ...]]:
    """Return a row a unit and period, and a row for each thing that was often late."""
    return tuple(cycle_row(wording, ended) for ended in cycle.ended), often_rows(wording, cycle)


def cycle_row(wording: Wording, ended: UnitPeriod) -> CycleRow:
    """Return the row of one unit and period."""
    return CycleRow(
        unit=ended.unit,
        period=period_name(wording, ended.period),
        expected=ended.figures.expected,
        on_time=ended.figures.on_time,
        late=ended.figures.late,
        nil=ended.figures.nil,
        missing=ended.figures.missing,
        extended=ended.extended,
        returned=ended.returned,
    )


def often_rows(wording: Wording, cycle: Cycle) -> tuple[OftenLate, ...]:
    """Return a row for each thing that was often late, most often first."""
    return tuple(
        OftenLate(
            late_thing.duty or str(wording.report(late_thing.period)),
            late_thing.units,
            late_thing.owed,
            late_thing.late,
        )
        for late_thing in cycle.often_late
    )


def cycle_labels(texts: Texts) -> tuple[Labels, Labels]:
    """Return the names and heads of the two sheets of a cycle."""
    return labels(texts, "cycle", _CYCLE), labels(texts, "often", _OFTEN)
