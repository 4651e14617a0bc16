"""After a cycle: how each unit ended, on time or late, put off, sent back, and what was often late."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.web.overview_page import Bar, stretches
from bot.web.rendering import page as render
from bot.web.report_page import CYCLE, Option, give
from bot.web.visit import Visit
from documents.writing.tracking_workbook import CycleRow
from domain.common.text import fold
from domain.plans.periods import Period
from handlers.reporting.period_wording import period_name
from handlers.reporting.table_rows import cycle_row, often_rows
from services.reporting.cycle import cycle
from services.reporting.report_scope import Scope, view_of
from storage.organisation import unit_store

OFTEN, NAMED = 20, 5
"""How many of the things that were often late the page shows, and how many units of each it names."""


@dataclass(frozen=True, slots=True)
class EndedPeriods:
    """How a unit ended, over the periods that were chosen; `rows` are these one by one.

    The figures are those of docs/so-lieu.md; `extended` and `returned` are among them all.
    """

    unit: str
    unit_id: int
    on_time: int
    late: int
    nil: int
    missing: int
    extended: int
    returned: int
    rows: tuple[CycleRow, ...]

    @property
    def behind(self) -> int:
        """How many were not on time."""
        return self.late + self.missing


Order = Callable[[EndedPeriods], tuple[Any, ...]]
ORDERS: Mapping[str, Order] = {
    "": lambda ended_periods: (
        -ended_periods.behind,
        -ended_periods.missing,
        ended_periods.on_time,
        ended_periods.unit,
    ),
    "ten": lambda ended_periods: (fold(ended_periods.unit),),
    "dung": lambda ended_periods: (-ended_periods.on_time, ended_periods.behind, ended_periods.unit),
    "tre": lambda ended_periods: (-ended_periods.late, -ended_periods.missing, ended_periods.unit),
    "khong-phat-sinh": lambda ended_periods: (-ended_periods.nil, ended_periods.behind, ended_periods.unit),
    "qua-han": lambda ended_periods: (-ended_periods.missing, -ended_periods.late, ended_periods.unit),
    "gia-han": lambda ended_periods: (-ended_periods.extended, -ended_periods.behind, ended_periods.unit),
    "tra-lai": lambda ended_periods: (-ended_periods.returned, -ended_periods.behind, ended_periods.unit),
}
"""The orders of the table by their names in the address; without one, the worst first."""


async def page(visit: Visit) -> Response:
    """Show what is over of a plan, of all its periods or of the one that the address names."""
    plan = visit.chosen()
    if plan is None:
        return render(visit, "empty", at="report")
    chosen = visit.asked("ky")
    ended_cycle = await cycle(visit.conn, plan.id, visit.today, period=chosen)
    periods = _periods(visit, ended_cycle.periods)
    if chosen and chosen not in {period.value for period in periods}:
        raise HTTPException(404)
    order = visit.asked("xep") if visit.asked("xep") in ORDERS else ""
    rows = [cycle_row(visit.words, one) for one in ended_cycle.ended]
    ended = _ended(rows, await unit_store.ids(visit.conn))
    return render(
        visit,
        "after",
        at="report",
        plan=plan,
        periods=periods,
        period=chosen,
        order=order,
        orders=tuple(ORDERS)[1:],
        ended=sorted(ended, key=ORDERS[order]),
        bars=_bars(ended),
        extended=sum(ended_periods.extended for ended_periods in ended),
        returned=sum(ended_periods.returned for ended_periods in ended),
        often=often_rows(visit.words, ended_cycle)[:OFTEN],
        named=NAMED,
    )


async def download(visit: Visit) -> Response:
    """Give the same figures as the file that the chat sends, with every period."""
    plan = visit.plan(visit.request.path_params["plan"])
    view = await view_of(visit.conn, Scope(plan.id), visit.rules.reports, visit.today)
    if view is None:
        raise HTTPException(404)
    return await give(visit, view, CYCLE)


def _periods(visit: Visit, over: Iterable[Period]) -> list[Option]:
    """The periods of which something is over, the earliest first; what reports none last in its year."""
    found = sorted(over, key=lambda period: (period.year, period.kind == "none", period.kind, period.index))
    told = ((str(period), period_name(visit.words, period)) for period in found)
    return [Option(value, words[:1].upper() + words[1:]) for value, words in told]


def _ended(rows: Iterable[CycleRow], ids: Mapping[str, int]) -> list[EndedPeriods]:
    """Sum the periods of each unit."""
    of: dict[str, list[CycleRow]] = {}
    for row in rows:
        of.setdefault(row.unit, []).append(row)
    return [
        EndedPeriods(
            unit=unit,
            unit_id=ids[unit],
            on_time=sum(row.on_time for row in those),
            late=sum(row.late for row in those),
            nil=sum(row.nil for row in those),
            missing=sum(row.missing for row in those),
            extended=sum(row.extended for row in those),
            returned=sum(row.returned for row in those),
            rows=tuple(those),
        )
        for unit, those in of.items()
    ]


def _bars(ended: Iterable[EndedPeriods]) -> list[Bar]:
    all_ = tuple(ended)
    return stretches(
        (
            ("done_in_time", sum(ended_periods.on_time for ended_periods in all_)),
            ("done_late", sum(ended_periods.late for ended_periods in all_)),
            ("nil", sum(ended_periods.nil for ended_periods in all_)),
            ("open_late", sum(ended_periods.missing for ended_periods in all_)),
        )
    )
