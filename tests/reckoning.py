"""Where a plan stands, counted one by one: what the database's own counting is compared with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.assignments.lifecycle import Timeliness
from domain.reporting.standing import Dates, Standing, UnitCount, nearest, next_date, standing_of_counts


@dataclass(frozen=True, slots=True)
class Owed:
    """One assignment, as far as the tally needs it; `planned_on` is its date before any extension.

    `waits`: it is handed in, and the coordinator has still to confirm it. `came_late` and `is_nil` tell of
    what is handed in. `last_on` is the last day in time, None for the due date itself.
    """

    unit_id: int
    unit: str
    due_on: date
    planned_on: date
    timeliness: Timeliness
    blocked: bool
    is_report: bool
    waits: bool = False
    came_late: bool = False
    is_nil: bool = False
    last_on: date | None = None


def standing(owed: Sequence[Owed], today: date) -> Standing:
    """Count what was due up to the next due date; what was past at the start or cancelled counts nowhere."""
    of_plan = [item for item in owed if item.timeliness not in ("past", "cancelled")]
    round_ = nearest({item.planned_on for item in of_plan if item.is_report}, today)
    focus = next_date({(item.due_on, item.last_on or item.due_on) for item in of_plan}, today)
    due, last = focus or (None, None)
    dates = Dates(due, last, round_)
    by_unit: dict[int, list[Owed]] = {}
    for item in of_plan:
        by_unit.setdefault(item.unit_id, []).append(item)
    counted = [_count(ones, dates) for ones in by_unit.values()]
    return standing_of_counts(dates, counted, sum(item.timeliness == "past" for item in owed))


def _count(owed: Sequence[Owed], dates: Dates) -> UnitCount:
    """Count one unit's; what is due after the focus counts only as a report of the round."""
    current = [o for o in owed if dates.focus is not None and min(o.due_on, o.planned_on) <= dates.focus]
    reports = [item for item in owed if item.is_report and item.planned_on == dates.round]
    ways = [item.timeliness for item in current]
    return UnitCount(
        unit_id=owed[0].unit_id,
        unit=owed[0].unit,
        done_in_time=ways.count("done_in_time"),
        done_late=ways.count("done_late"),
        in_time=ways.count("in_time"),
        due=ways.count("due"),
        overdue=ways.count("overdue"),
        late_since=min(
            (item.last_on or item.due_on for item in current if item.timeliness == "overdue"), default=None
        ),
        blocked=any(item.blocked for item in current),
        reports=len(reports),
        sent=sum(map(_is_in, reports)),
        answered=sum(map(_is_in, current)),
        answered_late=sum(_is_in(item) and item.came_late for item in current),
        answered_nil=sum(_is_in(item) and item.is_nil and not item.came_late for item in current),
    )


def _is_in(owed: Owed) -> bool:
    return owed.waits or owed.timeliness in ("done_in_time", "done_late")
