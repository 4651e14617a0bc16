"""How well a reading agrees with what a careful person entered: one mark from 0 to 1 for each thing read."""

import json
import re
from collections.abc import Callable, Collection, Hashable
from datetime import date
from pathlib import Path
from typing import Any

from domain.common.text import fold
from domain.plans.plan import Activity, Duty, Plan

Truth = dict[str, Any]
Name = Callable[[str], str]


def load_truth(path: Path) -> Truth:
    """Return one of the ground truths in this folder."""
    truth: Truth = json.loads(path.read_text(encoding="utf-8"))
    return truth


def score(plan: Plan, truth: Truth) -> dict[str, float]:
    """Return the marks by what they are for.

    units, duties, activities and deadlines are balanced between what was missed and what was invented;
    groups is the share found, for a document words a group in many ways; roles and support look only at
    the duties and activities that were found; head is the share of number, date, period, coordinator.
    """
    name = _names(truth)
    marks = {
        "units": _agreement(_bodies(plan, "unit", name), _told(truth, "unit", name)),
        "groups": _share(_bodies(plan, "group", name), _told(truth, "group", name)),
        "deadlines": _agreement(_deadlines(plan, name), _told_deadlines(truth, name)),
        "head": _head(plan, truth, name),
    }
    return marks | _duty_marks(plan, truth, name) | _activity_marks(plan, truth, name)


def _duty_marks(plan: Plan, truth: Truth, name: Name) -> dict[str, float]:
    read = {_duty_key(duty, name): duty.role for duty in plan.duties}
    told = {
        (frozenset(map(name, [duty["unit"], *duty.get("also", [])])), _start(duty["starts"], 55)): duty[
            "role"
        ]
        for duty in truth["duties"]
    }
    found = read.keys() & told.keys()
    right = [key for key in found if read[key] == told[key]]
    return {
        "duties": _agreement(read.keys(), told.keys()),
        "roles": len(right) / len(found) if found else float(not told),
    }


def _activity_marks(plan: Plan, truth: Truth, name: Name) -> dict[str, float]:
    read = {
        _activity_key(activity, name): frozenset(map(name, activity.support)) for activity in plan.activities
    }
    told = {
        (_start(one["starts"], 35), frozenset(map(name, one["lead"]))): frozenset(map(name, one["support"]))
        for one in truth["activities"]
    }
    found = read.keys() & told.keys()
    support = [_agreement(read[key], told[key]) for key in found]
    return {
        "activities": _agreement(read.keys(), told.keys()),
        "support": sum(support) / len(support) if support else float(not told),
    }


def _duty_key(duty: Duty, name: Name) -> tuple[frozenset[str], str]:
    return frozenset(map(name, (duty.unit, *duty.also))), _start(duty.text, 55)


def _activity_key(activity: Activity, name: Name) -> tuple[str, frozenset[str]]:
    return _start(activity.text, 35), frozenset(map(name, activity.lead))


def _bodies(plan: Plan, kind: str, name: Name) -> set[str]:
    return {name(body.name) for body in plan.units if body.kind == kind}


def _told(truth: Truth, kind: str, name: Name) -> set[str]:
    return {name(body["name"]) for body in truth["units"] if body["kind"] == kind}


def _deadlines(plan: Plan, name: Name) -> set[tuple[date, str]]:
    return {(day, name(rule.via or "")) for rule in plan.reports for day in rule.due}


def _told_deadlines(truth: Truth, name: Name) -> set[tuple[date, str]]:
    return {
        (date.fromisoformat(day), name(rule["via"] or "")) for rule in truth["reports"] for day in rule["due"]
    }


def _head(plan: Plan, truth: Truth, name: Name) -> float:
    head, told = plan.head, truth["document"]
    period = [day.isoformat() for day in head.period or ()]
    right: tuple[bool, ...] = (
        head.number == told["number"],
        (head.issued_on and head.issued_on.isoformat()) == told["issued_on"],
        period == (told["period"] or []),
        name(head.coordinator or "") == name(told["coordinator"] or ""),
    )
    return sum(right) / len(right)


def _agreement(read: Collection[Hashable], told: Collection[Hashable]) -> float:
    """Twice what both have, over what each has: 1.0 where they are the same, both empty too."""
    return 2 * len(set(read) & set(told)) / (len(read) + len(told)) if read or told else 1.0


def _share(read: Collection[Hashable], told: Collection[Hashable]) -> float:
    return len(set(read) & set(told)) / len(told) if told else 1.0


def _names(truth: Truth) -> Name:
    """Return what leads each spelling of a body to the one name that the truth gives it."""
    known = {
        _plain(spelling): _plain(body["name"])
        for body in truth["units"]
        for spelling in (body["name"], *body["spellings"])
    }
    return lambda name: next((known[near] for near in _near(_plain(name)) if near in known), _plain(name))


def _near(name: str) -> list[str]:
    """A name, and the same with or without a level at its end: "Công an" and "Công an tỉnh" are one body."""
    ends = [f" {level}" for level in ("tinh", "thanh pho", "xa", "phuong")]
    return [name, *(name + end for end in ends), *(name.removesuffix(end) for end in ends)]


def _plain(text: str) -> str:
    """Words alone: no case, marks or punctuation, and UBND for Ủy ban nhân dân."""
    return " ".join(re.findall(r"\w+", fold(text))).replace("uy ban nhan dan", "ubnd")


def _start(text: str, length: int) -> str:
    return _plain(text)[:length].rstrip()
