"""The overview of a plan: the tally, what waits for the coordinator, the month, the units by lateness."""

from calendar import Calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from markupsafe import Markup
from starlette.responses import Response

from bot.web.rendering import page as render
from bot.web.visit import Visit
from config.texts import Texts
from domain.assignments.lifecycle import Tally
from domain.common.workdays import Workdays
from domain.reporting.standing import Mark, Standing, UnitStanding
from handlers.reporting.status_chat import word_reported
from services.reporting.standing_marks import Marks, by_day
from services.reporting.status import standing
from services.reporting.unit_counts import assigned_units, units_to_phone
from storage.assignments import confirmation_store, extension_store, question_store
from storage.common import backup_facts
from storage.plans import plan_store
from storage.plans.plan_store import PlanRow
from storage.reporting import read_models
from storage.reporting.read_models import UnitName

_YEARS = 10
"""How far from today the months go."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the tally: its key, how many, and where its stretch of the whole lies, in per cent."""

    key: str
    count: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class MapTile:
    """A unit on the map: its shape, and how much of what was due by now is done."""

    unit: UnitName
    mark: Mark
    done: int
    total: int
    blocked: bool
    alone: bool
    """Whether nobody can be written to."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the month's sheet; `mark` is that of the worst that is due on it, None where nothing is."""

    on: date
    inside: bool
    working: bool
    count: int
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Month:
    """The sheet of a month, in weeks that begin on Monday."""

    first: date
    weeks: tuple[tuple[Day, ...], ...]

    @property
    def before(self) -> str:
        """The month before, as it stands in an address."""
        return f"{self.first - timedelta(days=1):%Y-%m}"

    @property
    def after(self) -> str:
        """The next month, as it stands in an address."""
        return f"{self.first + timedelta(days=31):%Y-%m}"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that only the coordinator can do: its sentence, and where it is done."""

    told: Markup
    path: str


async def page(visit: Visit) -> Response:
    """Show the plan that the address names, or the newest one that asks for something."""
    plan = visit.chosen()
    if plan is None:
        return render(visit, "empty", at="overview")
    names = await read_models.unit_names(visit.conn, [plan.id])
    stands = await standing(visit.conn, plan.id, visit.today)
    reached = await read_models.reach(visit.conn, visit.today)
    tiles = [_tile(unit, names, reached) for unit in stands.units]
    return render(
        visit,
        "overview",
        at="overview",
        plan=plan,
        stands=stands,
        focus=word_focus(visit, stands),
        reported=word_reported(visit.words, stands),
        bars=bars(stands.tally),
        tiles=tiles,
        assigned=await assigned_units(visit.conn, plan.id),
        month=await _month(visit, plan),
        waiting=await _waiting(visit, plan),
        backup=_backup(visit, await backup_facts.last(visit.conn)),
    )


def _backup(visit: Visit, last: datetime | None) -> Markup:
    """Tell of when the last good backup is, and whom to tell where there is none of the last days."""
    if last is None:
        return visit.texts("backup_never")
    local, hours = last.astimezone(visit.rules.zone), int((visit.now - last).total_seconds() // 3600)
    key = "backup_old" if visit.now - last > backup_facts.LATE else "backup"
    return visit.texts(key, time=f"{local:%H:%M}", day=visit.words.day(local.date()), hours=hours)


def _tile(unit: UnitStanding, names: Mapping[int, UnitName], reached: Mapping[int, bool]) -> MapTile:
    return MapTile(
        unit=names[unit.unit_id],
        mark=unit.mark,
        done=unit.done,
        total=unit.total,
        blocked=unit.blocked,
        alone=not reached.get(unit.unit_id, False),
    )


def word_focus(visit: Visit, stands: Standing) -> Markup:
    """Tell which due date the tally is about."""
    if stands.focus is None or stands.focus_last is None:
        return visit.texts("no_due")
    if stands.focus_last < visit.today:
        return visit.texts("all_past")
    return visit.texts("focus", due=visit.words.day(stands.focus), when=visit.words.left(stands.focus_last))


def bars(tally: Tally) -> list[Bar]:
    """Return the four lines of a tally as stretches of one bar."""
    return stretches(
        (
            ("done_in_time", tally.done_in_time),
            ("done_late", tally.done_late),
            ("open_in_time", tally.open_in_time),
            ("open_late", tally.open_late),
        )
    )


def stretches(counts: Sequence[tuple[str, int]]) -> list[Bar]:
    """Return counts by their keys as stretches of one bar."""
    whole, start = sum(count for _, count in counts) or 1, 0.0
    result = []
    for key, count in counts:
        width = round(100 * count / whole, 2)
        result.append(Bar(key, count, round(start, 2), width))
        start += width
    return result


def month_of(visit: Visit) -> date:
    """Return the first day of the month that the address names; of this one where it names none near."""
    try:
        month = date.fromisoformat(f"{visit.asked('thang')}-01")
    except ValueError:
        month = visit.today
    near = abs(month.year - visit.today.year) <= _YEARS
    return (month if near else visit.today).replace(day=1)


async def _month(visit: Visit, plan: PlanRow) -> Month:
    """Lay out a month with what is due on each day."""
    first = month_of(visit)
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    due = await by_day(visit.conn, plan.id, weeks[0][0], weeks[-1][-1], visit.today)
    return Month(
        first,
        tuple(tuple(_day(on, first, due.get(on, ()), visit.rules.days) for on in week) for week in weeks),
    )


def _day(on: date, first: date, marks: Marks, days: Workdays) -> Day:
    count = sum(count for _, count in marks)
    return Day(on, on.month == first.month, days.is_working(on), count, marks[0][0] if marks else None)


async def _waiting(visit: Visit, plan: PlanRow) -> list[Waiting]:
    texts: Texts = visit.texts
    own = visit.person.units("coordinator")
    wishes, submitted, asked = [
        await module.count_waiting(visit.conn, own)
        for module in (extension_store, confirmation_store, question_store)
    ]
    open_ = await plan_store.left_open(visit.conn, plan.id)
    alone = len(await units_to_phone(visit.conn, [live.id for live in visit.live], visit.today))
    here = f"/ke-hoach/{plan.id}"
    drafts = [plan_row for plan_row in visit.plans if plan_row.state == "draft"]
    return [
        *([Waiting(texts("waiting_wishes", count=wishes), "/cho-y-kien#gia-han")] if wishes else []),
        *([Waiting(texts("waiting_reports", count=submitted), "/cho-y-kien#bao-cao")] if submitted else []),
        *([Waiting(texts("waiting_asked", count=asked), "/cho-y-kien#cau-hoi")] if asked else []),
        *([Waiting(texts("waiting_alone", count=alone), "/don-vi?xem=goi")] if alone else []),
        *([Waiting(texts("waiting_open", count=len(open_)), f"{here}#nhom")] if open_ else []),
        *(Waiting(texts("waiting_draft", plan=draft.name), f"/ke-hoach/{draft.id}") for draft in drafts),
    ]
