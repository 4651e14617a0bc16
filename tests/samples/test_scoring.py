"""The scorer itself: a perfect reading has full marks, and each slip costs the mark that it should."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.plans.plan import Activity, Duty, Head, Plan, PlanBody, ReportingRule
from tests.samples.scoring import Truth, load_truth, score

TRUTHS = sorted(Path(__file__).parent.glob("*.json"))


def perfect(truth: Truth) -> Plan:
    """What a reader that misses nothing would return."""
    return Plan(
        head=_head(truth["document"]),
        units=tuple(PlanBody(body["name"], body["kind"]) for body in truth["units"]),
        duties=tuple(
            Duty(d["section"], d["unit"], d["n"], d["starts"], d["role"], also=tuple(d.get("also", ())))
            for d in truth["duties"]
        ),
        activities=tuple(
            Activity(a["section"], a["starts"], tuple(a["lead"]), tuple(a["support"]), a["when"])
            for a in truth["activities"]
        ),
        reports=tuple(_report(report) for report in truth["reports"]),
    )


def _head(told: dict[str, Any]) -> Head:
    first, last = map(date.fromisoformat, told["period"])
    issued = date.fromisoformat(told["issued_on"])
    return Head(
        told["kind"],
        told["number"],
        issued,
        told["issuer"],
        told["title"],
        (first, last),
        told["coordinator"],
    )


def _report(told: dict[str, Any]) -> ReportingRule:
    due = tuple(map(date.fromisoformat, told["due"]))
    return ReportingRule(
        told["section"], told["who"], told["to"], told["via"], due, told["recurrence"], told["quote"]
    )


@pytest.mark.parametrize("path", TRUTHS, ids=lambda path: path.stem)
def test_a_perfect_reading_has_full_marks(path: Path) -> None:
    truth = load_truth(path)
    assert set(score(perfect(truth), truth).values()) == {1.0}


def test_another_spelling_of_a_body_is_the_same_body() -> None:
    truth = load_truth(TRUTHS[1])
    plan = perfect(truth)
    others = tuple(body for body in plan.units if body.name != "Báo và Phát thanh, truyền hình Hà Khê")
    assert len(others) == len(plan.units) - 1
    spelled = replace(plan, units=(*others, PlanBody("Báo và PTTH Hà Khê", "unit")))
    assert score(spelled, truth)["units"] == 1.0


def without_support(plan: Plan) -> Plan:
    return replace(plan, activities=tuple(replace(a, support=()) for a in plan.activities))


def with_one_role(plan: Plan) -> Plan:
    return replace(plan, duties=tuple(replace(d, role="both") for d in plan.duties))


def without_the_body_between(plan: Plan) -> Plan:
    return replace(plan, reports=tuple(replace(r, via=None) for r in plan.reports))


@pytest.mark.parametrize(
    ("mark", "slip"),
    [
        ("units", lambda plan: replace(plan, units=(*plan.units, PlanBody("Sở Không có", "unit")))),
        ("groups", lambda plan: replace(plan, units=tuple(b for b in plan.units if b.kind == "unit"))),
        ("duties", lambda plan: replace(plan, duties=plan.duties[1:])),
        ("roles", with_one_role),
        ("activities", lambda plan: replace(plan, activities=plan.activities[1:])),
        ("support", without_support),
        ("deadlines", without_the_body_between),
        ("head", lambda plan: replace(plan, head=replace(plan.head, number=None))),
    ],
)
def test_a_slip_costs_its_own_mark_alone(mark: str, slip: Callable[[Plan], Plan]) -> None:
    truth = load_truth(TRUTHS[1])
    marks = score(slip(perfect(truth)), truth)
    assert [name for name, value in marks.items() if value < 1.0] == [mark]


def test_an_empty_reading_has_no_marks() -> None:
    nothing = Plan(Head("plan", None, None, None, "", None, None), (), (), (), ())
    assert set(score(nothing, load_truth(TRUTHS[1])).values()) == {0.0}
