"""What a summary or a report is of: a plan, one of its rounds, some units, a part, a kind of report."""

import re
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.plans.periods import PeriodKind, data_window
from domain.reporting.report_kinds import Definition, Reports, RoundKind, is_under
from domain.reporting.standing import nearest
from storage.plans import plan_store
from storage.plans.plan_store import PlanRow
from storage.reporting import report_store
from storage.reporting.report_store import ReportedDuty, Round

_SCOPE = re.compile(
    r"(?P<plan>\d{1,18})~(?P<period>[a-z0-9-]{0,16})~(?P<units>[0-9.]{0,80})~(?P<part>[^~]{0,16})"
    r"~(?P<report>[a-z0-9-]{0,16})"
)
_KIND_OF: dict[RoundKind, PeriodKind] = {
    "month": "month",
    "quarter": "quarter",
    "half": "half",
    "year": "year",
}


@dataclass(frozen=True, slots=True)
class Scope:
    """As it stands in a button and in an order. `period` "": the round that is nearest; no units: all."""

    plan_id: int
    period: str = ""
    unit_ids: tuple[int, ...] = ()
    part: str = ""
    report: str = ""

    def __str__(self) -> str:
        units = ".".join(map(str, self.unit_ids))
        return f"{self.plan_id}~{self.period}~{units}~{self.part}~{self.report}"


def read_scope(text: str) -> Scope | None:
    """Read what `str(scope)` wrote; None for anything else."""
    match = _SCOPE.fullmatch(text)
    if match is None:
        return None
    units = tuple(int(part) for part in match["units"].split(".") if part)
    return Scope(int(match["plan"]), match["period"], units, match["part"], match["report"])


@dataclass(frozen=True, slots=True)
class View:
    """A scope that was looked up: its live plan, the round that it is of (None where none is), all rounds."""

    scope: Scope
    plan: PlanRow
    round: Round | None
    rounds: tuple[Round, ...]
    report: Definition | None

    @property
    def since(self) -> date:
        """The first day of what the round covers."""
        window = data_window(self.round.period, "calendar") if self.round else None
        return window[0] if window else date.min

    def takes(self, duty: ReportedDuty) -> bool:
        """Whether a duty belongs to it."""
        units = self.scope.unit_ids
        return (
            (not units or duty.is_withdrawn or any(unit in units for unit in duty.units))
            and (not self.scope.part or is_under(duty.section, self.scope.part))
            and (self.report is None or self.report.takes(duty.section, duty.heading, duty.text))
        )

    @property
    def takes_all(self) -> bool:
        """Whether no duty is left out, so that what units said of their work as a whole belongs to it."""
        return not self.scope.part and (self.report is None or not (self.report.parts or self.report.words))


async def view_of(conn: AsyncConnection, scope: Scope, reports: Reports, today: date) -> View | None:
    """Look a scope up as of a local day.

    None where its plan is not live, or has no such round, part or report.
    """
    plan = await plan_store.find(conn, scope.plan_id)
    if plan is None or plan.state != "live":
        return None
    report = next((definition for definition in reports.definitions if definition.key == scope.report), None)
    rounds = await report_store.rounds(conn, plan.id)
    fitting = _fitting(rounds, scope, report)
    if (scope.report and report is None) or (scope.period and not fitting):
        return None
    if scope.part and not await _has_part(conn, scope):
        return None
    due = nearest((round_.due_on for round_ in fitting), today)
    chosen = next((round_ for round_ in fitting if round_.due_on == due), None)
    return View(scope, plan, chosen, rounds, report)


async def _has_part(conn: AsyncConnection, scope: Scope) -> bool:
    """Whether a duty of the plan stands in the part that is asked for."""
    duties = await report_store.duties(conn, scope.plan_id)
    return any(is_under(duty.section, scope.part) for duty in duties)


def _fitting(rounds: tuple[Round, ...], scope: Scope, report: Definition | None) -> list[Round]:
    """The rounds of the period that was asked for, or else of the kind that the report is for."""
    if scope.period:
        return [round_ for round_ in rounds if str(round_.period) == scope.period]
    kind = _KIND_OF.get(report.round) if report else None
    return [round_ for round_ in rounds if kind in (None, round_.period.kind)]
