"""The ladder: on which days an open assignment is asked for, who hears it, and in which tone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Literal, get_args

from domain.assignments.lifecycle import Kind, is_held
from domain.common.office_hours import BadHours, Hours, parse_hours
from domain.common.text import fold
from domain.common.workdays import Workdays
from domain.deadlines.last_day import last_day_in_time

Hearer = Literal["focal", "leader", "coordinator"]
Tone = Literal["early", "soon", "today", "late", "letter"]
"""How a rung speaks; at "letter" the coordinator gets the draft of a công văn đôn đốc as well."""

_MOST = 250


class BadLadder(Exception):
    """The ladder cannot be read; the message names the entry."""


@dataclass(frozen=True, slots=True)
class Rung:
    """`offset` working days from the due date (negative: before), heard by `hears`.

    A rung after the date that has `every` comes again after so many working days, until the next one.
    """

    offset: int
    hears: frozenset[Hearer]
    tone: Tone
    every: int = 0


@dataclass(frozen=True, slots=True)
class Ladder:
    """Rungs by their offset.

    Whoever has said "seen" is spared the early ones but for the last `kept` up to the date. `hours_before`
    are reminders of the day itself, in hours before what is due at an hour.
    """

    rungs: tuple[Rung, ...]
    kept: int = 3
    hours_before: tuple[int, ...] = ()

    def next_on(
        self,
        due: date,
        after: date,
        days: Workdays,
        *,
        acknowledged: bool = False,
        wanted: date | None = None,
    ) -> date | None:
        """The first day later than `after` on which an assignment due on `due` is asked for.

        While a wish for the later date `wanted` waits for a decision: see `is_held`. Once that date has
        passed it is asked for in any case, so that an unanswered wish is never silence for ever.
        """
        early = [rung for rung in self.rungs if rung.offset <= 0]
        for rung in early[-self.kept :] if acknowledged else early:
            day = days.before(due, -rung.offset)
            if day > after and not is_held(due, wanted, day):
                return day
        if wanted is not None and after <= wanted:
            return days.on_or_after(wanted + timedelta(days=1))
        offset = self._late_after(max(0, days.between(due, after)))
        return None if offset is None else days.after(due, offset)

    def at(self, due: date, day: date, days: Workdays) -> Rung:
        """The rung that holds on a day: the last one that has come, else the first of all."""
        if day > due:
            reached = [rung for rung in self.rungs if rung.offset <= days.between(due, day)]
        else:
            reached = [r for r in self.rungs if r.offset <= 0 and days.before(due, -r.offset) <= day]
        return reached[-1] if reached else self.rungs[0]

    def hears(self, who: Hearer, due: date, day: date, days: Workdays) -> bool:
        """Whether a nudge of that day goes to them."""
        return who in self.at(due, day, days).hears

    @property
    def first(self) -> int:
        """How many working days before the date people first hear of it."""
        return max(0, -self.rungs[0].offset)

    def _late_after(self, passed: int) -> int | None:
        """The next offset after the date, `passed` working days of which are over."""
        late = [rung for rung in self.rungs if rung.offset > 0]
        for rung, following in pairwise((*late, None)):
            if rung is None:
                break
            if rung.offset > passed:
                return rung.offset
            if rung.every:
                again = (
                    passed + rung.every
                )  # from the day it was last said, so that a unit's late ones keep step
                if following is None or again < following.offset:
                    return again
        return None


@dataclass(frozen=True, slots=True)
class Ladders:
    """The ladder of each kind of assignment, those of single plans, and the hours of the office."""

    hours: Hours
    kinds: Mapping[Kind, Ladder]
    plans: Mapping[str, Mapping[Kind, Ladder]] = field(default_factory=dict)

    def of(self, kind: Kind, plan: str = "") -> Ladder:
        """The ladder for what a plan (by its number) asks for."""
        return self.plans.get(fold(plan), {}).get(kind) or self.kinds[kind]


@dataclass(frozen=True, slots=True)
class LadderSchedule:
    """Ladders over working days: the Schedule of domain.assignments.assignment_change."""

    ladders: Ladders
    days: Workdays

    def next_on(
        self,
        kind: Kind,
        plan: str,
        due: date,
        since: date,
        *,
        acknowledged: bool = False,
        wanted: date | None = None,
    ) -> date | None:
        """Return the first day later than `since` on which something whose last day is `due` is asked for."""
        ladder = self.ladders.of(kind, plan)
        return ladder.next_on(due, since, self.days, acknowledged=acknowledged, wanted=wanted)

    def last_day(self, due: date, *, inclusive: bool) -> date:
        """Return the last day in time of what is due on `due`."""
        return last_day_in_time(due, self.days, inclusive=inclusive)


def parse_ladders(data: Mapping[str, Any]) -> Ladders:
    """Read the operator's ladders. Raises BadLadder."""
    try:
        hours = parse_hours(data.get("hours", {}))
        keeps = _count("acknowledged_keeps", data.get("acknowledged_keeps"), 0)
    except BadHours as wrong:
        raise BadLadder(str(wrong)) from None
    kinds = _kinds("", data, keeps)
    if missing := [kind for kind in get_args(Kind) if kind not in kinds]:
        raise BadLadder(f"{missing[0]}: no rungs")
    plans = {
        fold(number): _kinds(f"plan.{number}: ", own, keeps) for number, own in data.get("plan", {}).items()
    }
    return Ladders(hours, kinds, plans)


def _kinds(where: str, data: Mapping[str, Any], keeps: int) -> dict[Kind, Ladder]:
    return {kind: _ladder(f"{where}{kind}", data[kind], keeps) for kind in get_args(Kind) if kind in data}


def _ladder(where: str, data: Mapping[str, Any], keeps: int) -> Ladder:
    rungs = data.get("rungs") if isinstance(data, Mapping) else None
    if not isinstance(rungs, list) or not rungs:
        raise BadLadder(f"{where}: no rungs")
    hours = tuple(_count(f"{where}: hours_before", n, 1) for n in data.get("hours_before", ()))
    rungs_in_order = sorted((_rung(where, entry) for entry in rungs), key=lambda rung: rung.offset)
    if len({rung.offset for rung in rungs_in_order}) < len(rungs_in_order):
        raise BadLadder(f"{where}: two rungs on one day")
    return Ladder(tuple(rungs_in_order), keeps, hours)


def _rung(where: str, entry: Mapping[str, Any]) -> Rung:
    before, after = entry.get("before"), entry.get("after")
    if (before is None) == (after is None):
        raise BadLadder(f"{where}: a rung has either before or after: {dict(entry)}")
    offset = -_count(f"{where}: before", before, 0) if after is None else _count(f"{where}: after", after, 1)
    every = _count(f"{where}: every", entry.get("every", 0), 0)
    if every and offset <= 0:
        raise BadLadder(f"{where}: only what comes after the date can come again: {dict(entry)}")
    hears = frozenset(_known(f"{where}: hears", entry.get("hears", ()), get_args(Hearer)))
    if not hears:
        raise BadLadder(f"{where}: nobody hears it: {dict(entry)}")
    (tone,) = _known(f"{where}: words", [entry.get("words")], get_args(Tone))
    return Rung(offset, hears, tone, every)


def _count(where: str, number: object, least: int) -> int:
    if not isinstance(number, int) or not least <= number <= _MOST:
        raise BadLadder(f"{where}: {number!r} is no number from {least} to {_MOST}")
    return number


def _known(where: str, values: Sequence[Any], allowed: Sequence[Any]) -> list[Any]:
    if isinstance(values, str) or (strange := [value for value in values if value not in allowed]):
        wrong = values if isinstance(values, str) else strange[0]
        raise BadLadder(f"{where}: {wrong!r} is none of {', '.join(allowed)}")
    return list(values)
