"""What a plan commits its units to once it goes live: who answers for which line, who owes what by when."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.common.text import fold
from domain.deadlines import Deadline, read_deadline
from domain.organisation.register import Register, Unit
from domain.plans.plan import Activity, Duty, Plan, ReportingRule

Part = Literal["lead", "support", "partner"]
"""A unit's part in a duty. A partner is named in another unit's duty and is not asked about it."""

_ORDER: dict[Part, int] = {"lead": 0, "support": 1, "partner": 2}
_PLACE = re.compile(r"(?i)(?:tỉnh|thành phố|tỉnh ủy|thành ủy)\s+(?!ủy)(.+)$")
BY = r"\b(?:truoc|cham nhat|muon nhat|khong qua|xong|hoan thanh trong|den het|het)\b"
"""What stands before a day in a duty's own words, folded."""
_BY_WHEN = re.compile(rf"{BY}[^;.]*\d")


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A duty or an activity with the units that have a part in it, and the dates of its own, if any.

    `others` are the names in it that are no single unit of the province: groups and central bodies.
    `inclusive` is false where its dates themselves are too late ("trước ngày 15/6").
    """

    source: Duty | Activity
    parts: tuple[tuple[str, Part], ...]
    due: tuple[date, ...]
    others: tuple[tuple[str, Part], ...] = ()
    inclusive: bool = True


@dataclass(frozen=True, slots=True)
class Regime:
    """A reporting rule with the units that must report by it.

    `recurrence` is its RRULE of RFC 5545, where one gives its dates; `inclusive` as of a line.
    """

    rule: ReportingRule
    units: tuple[str, ...]
    inclusive: bool = True
    recurrence: str | None = None


@dataclass(frozen=True, slots=True)
class Expansion:
    """What an expression for many was taken to mean; None: it is open, and nobody is asked for it."""

    expression: str
    members: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Commitments:
    """All that follows from a plan; `units` are those that it involves, by their names in the register."""

    units: tuple[Unit, ...]
    coordinator: str | None
    lines: tuple[PlanLine, ...]
    regimes: tuple[Regime, ...]
    expansions: tuple[Expansion, ...]


def commit(plan: Plan, register: Register, on: date) -> Commitments:
    """Work out what `plan` asks of whom, as the administration stands on the day `on`."""
    return _Commit(plan, register, on).all()


def deadline_in(text: str, period: tuple[date, date] | None) -> Deadline | None:
    """Return the deadline that a duty's own words state; None where they state none.

    Without a period only a date that bears its own year is one.
    """
    clause = _BY_WHEN.search(fold(text))
    return read_deadline(clause.group(), *(period or (None, None))) if clause else None


class _Commit:
    """One plan's bodies, looked up once."""

    def __init__(self, plan: Plan, register: Register, on: date) -> None:
        self.plan, self.register, self.on = plan, register, on
        self.units: dict[str, Unit] = {}
        self.expansions: dict[str, Expansion] = {}
        self.empty: dict[str, tuple[str, ...]] = {}
        """The parts of group expressions that have no member, by the expressions that have other members."""
        named = [body.name for body in plan.units if body.kind == "unit"]
        found = {name: self._unit(name) for name in named}
        usual = (unit for unit in register.units if unit.common)
        self.members = tuple({unit.name: unit for unit in (*usual, *found.values())}.values())

    def all(self) -> Commitments:
        items: tuple[Duty | Activity, ...] = (*self.plan.activities, *self.plan.duties)
        lines = tuple(map(self._line, items))
        coordinator = self._names(self.plan.head.coordinator)[:1] if self.plan.head.coordinator else ()
        answering = _answering(lines)
        regimes = tuple(self._regime(rule, answering) for rule in self.plan.reports)
        return Commitments(
            units=tuple(self.units.values()),
            coordinator=coordinator[0] if coordinator else None,
            lines=lines,
            regimes=regimes,
            expansions=tuple(self.expansions.values()),
        )

    def _line(self, item: Duty | Activity) -> PlanLine:
        parts: dict[str, Part] = {}
        for name, part in _parts(item):
            for unit in self._names(name):
                if unit not in parts or _ORDER[part] < _ORDER[parts[unit]]:
                    parts[unit] = part
        others = tuple((name, part) for name, part in _parts(item) if self._is_other(name))
        others += tuple((phrase, part) for name, part in _parts(item) for phrase in self.empty.get(name, ()))
        deadline = self._deadline(item)
        dates, inclusive = (deadline.dates, deadline.inclusive) if deadline else ((), True)
        return PlanLine(item, tuple(parts.items()), dates, others, inclusive)

    def _regime(self, rule: ReportingRule, answering: tuple[str, ...]) -> Regime:
        units = self._reporters(rule, answering)
        if self.plan.head.period is None:
            return Regime(rule, units)
        deadline = read_deadline(rule.quote, *self.plan.head.period)
        if deadline.dates != rule.due:
            return Regime(rule, units)
        return Regime(rule, units, deadline.inclusive, deadline.rule)

    def _is_other(self, name: str) -> bool:
        return self.register.is_group(name) or self.register.is_central(name)

    def _deadline(self, item: Duty | Activity) -> Deadline | None:
        if any(r.section == item.section and r.due for r in self._reports(item)):
            return None
        first, last = self.plan.head.period or (None, None)
        if isinstance(item, Activity) and item.when is not None:
            return read_deadline(item.when, first, last) if item.when else None
        deadline = deadline_in(item.text, self.plan.head.period)
        return None if deadline is not None and self._is_reported(item, deadline) else deadline

    def _is_reported(self, item: Duty | Activity, deadline: Deadline) -> bool:
        """Whether the item's dates are those of a report that its own passage asks for: that asks once."""
        rules = [r for r in self.plan.reports if r.passage is not None and r.passage == item.passage]
        return bool(deadline.dates) and set(deadline.dates) <= {day for rule in rules for day in rule.due}

    def _reports(self, item: Duty | Activity) -> Iterable[ReportingRule]:
        """The reports that stand in this item's place; it makes no assignment beside theirs."""
        return self.plan.reports if isinstance(item, Activity) else ()

    def _reporters(self, rule: ReportingRule, answering: tuple[str, ...]) -> tuple[str, ...]:
        """Who reports, the recipient left out: "các cơ quan, đơn vị" means all who were given work."""
        units: dict[str, None] = {}
        for name in (rule.who, *rule.also):
            meant = self._names(name)
            everyone = self.register.means_everyone(name) or (self._is_open(name) and bool(rule.due))
            if everyone:
                self.expansions[name] = Expansion(name, answering)
            units.update(dict.fromkeys(answering if everyone else meant))
        through = self._names(rule.via) if rule.via else ()
        received = {self._unit(name).name for name in (rule.to or "").split("; ") if name}
        return tuple(unit for unit in units if unit not in through and unit not in received)

    def _is_open(self, name: str) -> bool:
        """Whether a name leaves a reader to judge who is meant, or means nobody whom this program asks."""
        if not self.register.is_group(name):
            return not self._names(name)
        return not self._names(name) and self.register.expand(name, (), self.on) is None

    def _names(self, name: str) -> tuple[str, ...]:
        """The register's names of those that a name of the document stands for, central bodies left out."""
        if self.register.is_group(name):
            return self._expand(name)
        unit = self._unit(name)
        if unit.standing == "central":
            return ()
        self.units.setdefault(unit.name, unit)
        return (unit.name,)

    def _unit(self, name: str) -> Unit:
        """The register's body of that name; the plan's own province may stand for "tỉnh" at its end."""
        place = _PLACE.search(self.plan.head.issuer or "")
        known = self.register.find(name)
        if known is None and place and fold(name).endswith(f" {fold(place[1])}"):
            known = self.register.find(" ".join(name.split()[: -len(place[1].split())]))
        return known or self.register.infer(name)

    def _expand(self, expression: str) -> tuple[str, ...]:
        if self.register.means_everyone(expression):
            members: tuple[Unit, ...] | None = None  # whoever has work in the plan: no work of its own
        else:
            members = self.register.expand(expression, self.members, self.on)
        asked = None if members is None else tuple(unit for unit in members if unit.standing != "central")
        names = None if asked is None else tuple(unit.name for unit in asked)
        self.expansions.setdefault(expression, Expansion(expression, names))
        if names:
            self.empty[expression] = self.register.empty_parts(expression, self.members, self.on)
            for phrase in self.empty[expression]:
                self.expansions.setdefault(phrase, Expansion(phrase, ()))
        self.units.update({unit.name: unit for unit in asked or ()})
        return names or ()


def _answering(lines: Iterable[PlanLine]) -> tuple[str, ...]:
    return tuple({unit: None for line in lines for unit, part in line.parts if part != "partner"})


def _parts(item: Duty | Activity) -> Iterator[tuple[str, Part]]:
    if isinstance(item, Activity):
        yield from ((name, "lead") for name in item.lead)
        yield from ((name, "partner") for name in item.support)
        return
    own: Part = "support" if item.role == "support" else "lead"
    yield from ((name, own) for name in (item.unit, *item.also))
    yield from ((name, "partner") for name in item.partners)
