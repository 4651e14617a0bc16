"""From what the database knows to the tracking table, the status picture, and what is left after a cycle."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache, partial

from sqlalchemy.ext.asyncio import AsyncConnection

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
from domain.plans.periods import Period
from handlers.common.wording import Wording
from handlers.reporting.report_draft import Gathered
from storage.reporting import report_store
from storage.reporting.report_store import Duty, Owing, Past, Told

_TRACKING = (
    *("number", "unit", "duty", "role", "period", "planned", "due", "state", "percent", "result"),
    *("difficulty", "proposal", "updated", "standing"),
)
_TALLY = ("number", "unit", "done_in_time", "done_late", "open_in_time", "open_late", "total")
_CYCLE = ("number", "unit", "period", "done_in_time", "done_late", "open_late", "extended", "returned")
_OFTEN = ("number", "duty", "units", "owed", "times_late")
_LEGEND: tuple[Timeliness, ...] = ("overdue", "due", "in_time", "done_in_time", "done_late")
_MOST_OFTEN = 200


def labels(texts: Texts, sheet: str, heads: Iterable[str]) -> Labels:
    """Return the name of a sheet and the heads of its columns."""
    return Labels(str(texts(f"table.sheet_{sheet}")), tuple(str(texts(f"table.{head}")) for head in heads))


def tracking_of(
    words: Wording, found: Gathered, nudges: Labels, ledger: Sequence[LedgerRow] = ()
) -> Tracking:
    """Return the tracking table: a row an assignment, and under a report one for each of its lines.

    `nudges` are the heads of the ledger's sheet.
    """
    units = sorted(found.stands.units, key=lambda one: one.unit_id)
    return Tracking(
        assignments=labels(words.texts, "tracking", _TRACKING),
        tally=labels(words.texts, "tally", _TALLY),
        nudges=nudges,
        total=str(words.texts("table.sum")),
        rows=tuple(_rows(words, found)),
        tallies=tuple(TallyRow(one.unit, one.tally) for one in units),
        ledger=tuple(ledger),
    )


def _rows(words: Wording, found: Gathered) -> Iterator[TrackingRow]:
    told = {(one.assignment_id, one.duty_id if one.line else None): one for one in found.told}
    duties = {duty.id: duty for duty in found.duties}
    lines: dict[int, list[Duty]] = {}
    for duty in found.duties:
        for unit_id in () if duty.is_dated else duty.units:
            lines.setdefault(unit_id, []).append(duty)
    for one in found.owing:
        if one.duty_id is None:
            if found.view.takes_all:
                yield _row(words, found, one, None, told.get((one.id, None)))
            for line in lines.get(one.unit_id, ()):
                yield _row(words, found, one, line, told.get((one.id, line.id)))
        elif one.duty_id in duties:
            yield _row(words, found, one, duties[one.duty_id], told.get((one.id, None)))


def _row(words: Wording, found: Gathered, one: Owing, duty: Duty | None, said: Told | None) -> TrackingRow:
    """One row: an assignment, or a line of a report, which stands by its own words."""
    texts, is_line = words.texts, duty is not None and one.duty_id is None
    standing = _line_stands(words, one, said) if is_line else one.timeliness
    role = found.roles.get((duty.id, one.unit_id)) if duty else None
    names = found.files.get((one.id, duty.id if is_line and duty else None), ())
    result = said.text if said else ""
    return TrackingRow(
        unit=one.unit,
        duty=squeeze(f"{duty.section}. {duty.text}") if duty else str(words.report(one.period)),
        role=str(texts(f"item.{role}")) if role else "",
        period=str(words.period(one.period)),
        planned_on=one.planned_on,
        due_on=one.due_on,
        state=str(_line_state(words, one, said) if is_line else words.state(one.state, blocked=one.blocked)),
        percent=said.percent if said else None,
        result=f"{result}{texts('report.files', names=', '.join(names)).unescape()}" if names else result,
        difficulty=(said.difficulty or (said.text if said.blocked else "")) if said else "",
        proposal=(said.proposal or "") if said else "",
        updated_on=said.said_at.astimezone(words.zone).date() if said else None,
        standing=str(texts(f"standing.{standing}")),
        timeliness=standing,
    )


def _line_stands(words: Wording, one: Owing, said: Told | None) -> Timeliness:
    """A line is done once it is said to be, or with its report."""
    if said is None or said.state not in ("done", "nil"):
        return one.timeliness
    day = said.said_at.astimezone(words.zone).date()
    return "done_in_time" if day <= one.due_on else "done_late"


def _line_state(words: Wording, one: Owing, said: Told | None) -> str:
    if said is None:
        return str(words.texts("report.in_one" if one.state == "done" else "state.not_started"))
    state = str(words.told(said.state))
    return f"{state}, {words.texts('state.blocked')}" if said.blocked else state


def board_of(words: Wording, found: Gathered, now: datetime) -> Board:
    """Return what the status picture shows: all that was due up to the date that the status is about."""
    texts, plan, focus = words.texts, found.view.plan, found.stands.focus
    sections = {duty.id: duty.section for duty in found.duties}
    by_unit: dict[int, list[Owing]] = {one.unit_id: [] for one in found.stands.units}
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
                those[0].unit, tuple(Tile(_label(texts, one, sections), one.timeliness) for one in those)
            )
            for those in by_unit.values()
            if those
        ),
        legend=tuple((light, str(texts(f"standing.{light}"))) for light in _LEGEND),
        paging=str(texts("picture.paging", page="{page}", pages="{pages}")),
    )


def _label(texts: Texts, one: Owing, sections: dict[int, str]) -> str:
    """The number by which the plan knows it, without its part; a report has a sign of its own."""
    if one.duty_id is None:
        return str(texts("picture.report"))
    _, _, inside = sections.get(one.duty_id, "").partition(".")
    return inside or sections.get(one.duty_id, "")


async def cycle_of(
    conn: AsyncConnection, words: Wording, plan_id: int, unit_ids: Sequence[int] = ()
) -> tuple[tuple[CycleRow, ...], tuple[OftenLate, ...]]:
    """Return, as of the day of `words`, a row a unit and period, and what was often late, most often first.

    For `unit_ids` alone where there are any. What is due later counts once it is done.
    """
    over = await report_store.cycle(conn, plan_id, words.today, unit_ids)
    return by_unit(words, over), often_late(words, over)


def period_name(words: Wording, period: Period) -> str:
    """Return what a period of a cycle is called; what reports none is named by its year."""
    return str(words.period(period) or words.texts("table.dated", year=period.year))


def by_unit(words: Wording, over: Iterable[Past]) -> tuple[CycleRow, ...]:
    """Count what is over: a row a unit and period, in the order in which they come."""
    name = cache(partial(period_name, words))
    groups: dict[tuple[str, str], list[Past]] = {}
    for one in over:
        groups.setdefault((one.unit, name(one.period)), []).append(one)
    return tuple(_cycle(unit, period, those) for (unit, period), those in groups.items())


def often_late(words: Wording, over: Iterable[Past]) -> tuple[OftenLate, ...]:
    """Return what was late of what is over, most often first."""
    name = cache(partial(_owed_thing, words))
    duties: dict[str, list[Past]] = {}
    for one in over:
        duties.setdefault(name(one.duty, one.period), []).append(one)
    often = (_often(duty, those) for duty, those in duties.items())
    late = sorted((one for one in often if one.late), key=lambda one: (-one.late, -one.late / one.owed))
    return tuple(late[:_MOST_OFTEN])


def _owed_thing(words: Wording, duty: str | None, period: Period) -> str:
    return squeeze(duty) if duty else str(words.report(period))


def _cycle(unit: str, period: str, those: Sequence[Past]) -> CycleRow:
    ways = Counter(one.timeliness for one in those)
    return CycleRow(
        unit=unit,
        period=period,
        in_time=ways["done_in_time"],
        late=ways["done_late"],
        open_late=ways["overdue"],
        extended=sum(one.extended > 0 for one in those),
        returned=sum(one.returned for one in those),
    )


def _often(duty: str, those: Sequence[Past]) -> OftenLate:
    late = [one for one in those if one.timeliness in ("done_late", "overdue")]
    return OftenLate(duty, tuple(dict.fromkeys(one.unit for one in late)), len(those), len(late))


def cycle_labels(texts: Texts) -> tuple[Labels, Labels]:
    """Return the names and heads of the two sheets of a cycle."""
    return labels(texts, "cycle", _CYCLE), labels(texts, "often", _OFTEN)
