"""A plan that was read and is not kept, as a draft: so that its dates are doubted as they would be."""

from datetime import date

from domain.plans.commitments import Commitments, PlanLine, Regime
from domain.plans.draft import Draft, Row
from domain.plans.plan import Activity, Plan


def draft_of_reading(plan: Plan, commitments: Commitments, today: date) -> Draft:
    """Return the draft that would be kept of a plan; its rows are numbered from 0, its id is 0."""
    year = (plan.head.issued_on or today).year
    lines = [_line(place, line) for place, line in enumerate(commitments.lines)]
    rules = [_rule(place, regime) for place, regime in enumerate(commitments.regimes)]
    return Draft(
        plan_id=0,
        period=plan.head.period or (date(year, 1, 1), date(year, 12, 31)),
        coordinator=commitments.coordinator,
        rows=(*lines, *rules),
        open_groups=(),
        strangers=(),
        settled=frozenset(),
        today=today,
        states_period=plan.head.period is not None,
    )


def _line(place: int, line: PlanLine) -> Row:
    source = line.source
    return Row(
        key=f"line {place}",
        kind="activity" if isinstance(source, Activity) else "duty",
        section=source.section,
        heading="",
        text=source.text,
        units=tuple(name for name, part in line.parts if part != "partner"),
        partners=tuple(name for name, part in line.parts if part == "partner"),
        others=line.others,
        due=line.due,
        when=source.when if isinstance(source, Activity) else None,
        passage=source.passage,
    )


def _rule(place: int, regime: Regime) -> Row:
    rule = regime.rule
    return Row(
        key=f"rule {place}",
        kind="report",
        section=rule.section,
        heading="",
        text=rule.quote,
        units=regime.units,
        partners=(),
        others=(),
        due=rule.due,
        who=rule.who,
        via=rule.via,
        recurrence=rule.recurrence,
        passage=rule.passage,
    )
