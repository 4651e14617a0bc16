"""Who is where: the tally of a plan up to its next due date, and a line a unit, worst first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.assignments import Tally, Timeliness, tally

Mark = Literal["overdue", "due", "open", "done"]
_WORST: dict[Mark, int] = {"overdue": 0, "due": 1, "open": 2, "done": 3}


@dataclass(frozen=True, slots=True)
class Owed:
    """One assignment, as far as the tally needs it; `planned_on` is its date before any extension."""

    unit_id: int
    unit: str
    due_on: date
    planned_on: date
    timeliness: Timeliness
    blocked: bool
    is_report: bool


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """A unit's line: how many of its assignments are done, its oldest open due date, its difficulties."""

    unit_id: int
    unit: str
    mark: Mark
    done: int
    total: int
    late_since: date | None
    blocked: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a plan stands; `focus` is the due date that is next, or the last one where all have passed."""

    focus: date | None
    tally: Tally
    reported: int
    units: tuple[UnitStanding, ...]
    past: int


def standing(owed: Sequence[Owed], today: date) -> Standing:
    """Count what was due up to the next due date; what was past at the start or cancelled counts nowhere."""
    counted = [one for one in owed if one.timeliness not in ("past", "cancelled")]
    dates = sorted({one.due_on for one in counted})
    focus = next((day for day in dates if day >= today), dates[-1] if dates else None)
    current = [one for one in counted if focus is not None and min(one.due_on, one.planned_on) <= focus]
    by_unit: dict[int, list[Owed]] = {}
    for one in current:
        by_unit.setdefault(one.unit_id, []).append(one)
    units = sorted(map(_unit, by_unit.values()), key=_worst_first)
    return Standing(
        focus=focus,
        tally=tally(one.timeliness for one in current),
        reported=sum(unit.done == unit.total for unit in units),
        units=tuple(units),
        past=sum(one.timeliness == "past" for one in owed),
    )


def _unit(owed: Sequence[Owed]) -> UnitStanding:
    late = [one.due_on for one in owed if one.timeliness == "overdue"]
    done = sum(one.timeliness in ("done_in_time", "done_late") for one in owed)
    return UnitStanding(
        unit_id=owed[0].unit_id,
        unit=owed[0].unit,
        mark=_mark(one.timeliness for one in owed),
        done=done,
        total=len(owed),
        late_since=min(late, default=None),
        blocked=any(one.blocked for one in owed),
    )


def _mark(standings: Iterable[Timeliness]) -> Mark:
    seen = set(standings)
    if "overdue" in seen:
        return "overdue"
    if "due" in seen:
        return "due"
    return "open" if "in_time" in seen else "done"


def _worst_first(unit: UnitStanding) -> tuple[int, date, bool, float]:
    share = unit.done / unit.total
    return _WORST[unit.mark], unit.late_since or date.max, not unit.blocked, share
