"""Whatever happens to a plan, all that is counted and worded in memory agrees: many random histories.

`NHACVIEC_HISTORIES=10000` makes as many of them. tests/services/reporting/test_figures_agree.py compares what
the database counts, of fewer histories.
"""

import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest

from bot.app.wiring import load_days, load_ladders
from config.texts import load_texts
from documents.writing.tracking_workbook import Labels
from domain.assignments.assignment import Assignment
from domain.common.workdays import Workdays
from domain.nudging.ladder import Ladders, LadderSchedule
from domain.plans.version_diff import Clause
from domain.reporting.figures import Answer, Figures, answer_of, figures_of, sum_of
from domain.reporting.report_kinds import Reports
from domain.reporting.round_count import count_round
from domain.reporting.standing import Standing
from handlers.common.wording import Wording
from handlers.nudging.digest_message import word_plan_head
from handlers.reporting.report_draft import report_of
from handlers.reporting.status_chat import word_standing
from handlers.reporting.summary_chat import word_summary
from handlers.reporting.table_rows import board_of, cycle_rows, tracking_of
from services.reporting.cycle import cycle_of
from services.reporting.passed_dates import passed_of
from services.reporting.report_scope import Scope, View
from services.reporting.status import Status, UnitNotes
from services.reporting.summary import Summary
from storage.plans.plan_facts import PlanFacts
from storage.plans.plan_store import PlanRow
from storage.reporting.report_store import EndedAssignment, LatestUpdate, Owing, ReportedDuty, Round
from tests.pure_histories import COORDINATOR, FIRST, NUMBER, PLAN_ID, SPAN, UNITS, PureHistory, make
from tests.reckoning import Owed, standing
from tests.set_clock import ZONE

COUNT = int(os.environ.get("NHACVIEC_HISTORIES", "200"))
CHUNK = 50
NEVER = Labels("", ())
PLAN = PlanRow(PLAN_ID, NUMBER, "Kế hoạch thử", "UBND tỉnh", None, None, 1, COORDINATOR, "live")
_SHARE = re.compile(r"(\d+)/(\d+) đơn vị")
_FIGURES = re.compile(r"Phải có (\d+): đúng hạn (\d+) · muộn (\d+) · không phát sinh (\d+) · chưa có (\d+)")


@cache
def days() -> Workdays:
    return load_days()


@cache
def ladders() -> Ladders:
    return load_ladders()


@pytest.mark.parametrize("first", range(0, COUNT, CHUNK))
def test_all_that_is_counted_in_memory_agrees(first: int) -> None:
    for seed in range(first, min(first + CHUNK, COUNT)):
        history = make(LadderSchedule(ladders(), days()), seed)
        for day in (history.today, history.today + timedelta(days=9), FIRST + timedelta(days=SPAN + 40)):
            check(history, day, f"history {seed} on {day}")


def check(history: PureHistory, day: date, where: str) -> None:
    """Compare every place on a local day with what is counted by hand."""
    wording = Wording(load_texts("vi"), day, days(), ZONE)
    counting = [each for each in history.assignments.values() if counts(history, each)]
    owing = [owing_of(history, each, day) for each in counting]
    stands = standing([owed_of(history, each, day) for each in own(history)], day)
    agrees_with_status(wording, stands, owing, where)
    summary = summary_of(history, stands, None, [row for row in owing if is_now(row, stands)])
    tiles = Counter(tile.light for unit in board_of(wording, summary, now(day)).units for tile in unit.tiles)
    assert tiles.total() == stands.figures.expected, where
    assert (tiles["done_in_time"], tiles["done_late"]) == (
        stands.tally.done_in_time,
        stands.tally.done_late,
    ), where
    for due in sorted({row.planned_on for row in owing if row.duty_id is None}):
        agrees_in_round(wording, history, owing, due, where)
    agrees_afterwards(wording, history, owing, day, where)


def counts(history: PureHistory, each: Assignment) -> bool:
    """Whether it is expected of a unit: not called off, not past at the start, not the coordinator's own."""
    is_past = each.past and each.state != "done"
    return each.state != "cancelled" and not is_past and each.rule_id not in history.upward


def own(history: PureHistory) -> list[Assignment]:
    return [each for each in history.assignments.values() if each.rule_id not in history.upward]


def answer_by_hand(history: PureHistory, each: Assignment) -> Answer:
    """Say by the terms of docs/so-lieu.md what became of one assignment."""
    if each.state not in ("submitted", "done"):
        return "missing"
    if each.finished_on is not None and each.finished_on > each.last_on:
        return "late"
    return "nil" if is_nil(history, each) else "on_time"


def is_nil(history: PureHistory, each: Assignment) -> bool:
    """Whether the last words on the whole, or those on every line that ended it, tell of nothing."""
    said = [word for word in history.words if word.assignment_id == each.id]
    for nil in (word for word in said if word.state == "nil"):
        later = any(word.id > nil.id and word.state != "nil" for word in said)
        if not later and not (nil.line is not None and any(word.state == "done" for word in said)):
            return True
    return False


def by_hand(rows: Iterable[Owing], history: PureHistory) -> Figures:
    answers = Counter(answer_by_hand(history, history.assignments[row.id]) for row in rows)
    return Figures(answers.total(), answers["on_time"], answers["late"], answers["nil"], answers["missing"])


def owing_of(history: PureHistory, each: Assignment, day: date) -> Owing:
    return Owing(
        id=each.id,
        unit_id=each.unit_id,
        unit=each.unit,
        duty_id=each.duty_id,
        role=None,
        period=each.period,
        planned_on=each.planned_on,
        due_on=each.due_on,
        last_on=each.last_on,
        state=each.state,
        blocked=each.blocked,
        finished_on=each.finished_on,
        timeliness=each.timeliness(day),
        answer=answer_of(each.state, each.last_on, each.finished_on, nil=is_nil(history, each)),
    )


def owed_of(history: PureHistory, each: Assignment, day: date) -> Owed:
    return Owed(
        unit_id=each.unit_id,
        unit=each.unit,
        due_on=each.due_on,
        planned_on=each.planned_on,
        timeliness=each.timeliness(day),
        blocked=each.blocked,
        is_report=each.duty_id is None,
        waits=each.state == "submitted",
        came_late=each.finished_on is not None and each.finished_on > each.last_on,
        is_nil=is_nil(history, each),
        last_on=each.last_on,
    )


def is_now(row: Owing, stands: Standing) -> bool:
    return stands.focus is not None and min(row.due_on, row.planned_on) <= stands.focus


def agrees_with_status(wording: Wording, stands: Standing, owing: Sequence[Owing], where: str) -> None:
    now_ = [row for row in owing if is_now(row, stands)]
    assert stands.figures == figures_of(row.answer for row in now_), where
    assert sum_of(unit.figures for unit in stands.units) == stands.figures, where
    assert stands.tally.total == stands.figures.expected, where
    asked = {row.unit_id for row in owing if row.duty_id is None and row.planned_on == stands.round}
    behind = {row.unit_id for row in owing if is_report_of(row, stands.round) and row.answer == "missing"}
    if stands.round is not None:
        assert (stands.reported, stands.asked) == (len(asked - behind), len(asked)), where
    notes = {unit.unit_id: UnitNotes() for unit in stands.units}
    text = word_standing(wording, PLAN, Status(stands, 0, (), None), notes)
    found = _FIGURES.search(text)
    assert found is not None, where
    assert Figures(*map(int, found.groups())) == stands.figures, where
    assert shares(text) == [(stands.reported, stands.asked)], where
    head = word_plan_head(wording, ladders(), PLAN, stands)
    assert shares(head) in ([], [(stands.reported, stands.asked)]), where


def is_report_of(row: Owing, due: date | None) -> bool:
    return row.duty_id is None and row.planned_on == due


def shares(text: str) -> list[tuple[int, int]]:
    """Return what a text tells of units, "12/46 đơn vị"."""
    return [(int(done), int(total)) for done, total in _SHARE.findall(text)]


def agrees_in_round(
    wording: Wording, history: PureHistory, owing: Sequence[Owing], due: date, where: str
) -> None:
    rows = [row for row in owing if is_report_of(row, due) or (row.duty_id is not None and row.due_on <= due)]
    stands = count_round(due, rows)
    assert stands.figures == by_hand(rows, history), where
    reports = [row for row in rows if is_report_of(row, due)]
    behind = {row.unit_id for row in reports if row.answer == "missing"}
    asked = {row.unit_id for row in reports}
    assert (stands.reported, stands.asked) == (len(asked - behind), len(asked)), where
    summary = summary_of(history, stands, Round(reports[0].period, due), rows)
    table = tracking_of(wording, summary, NEVER)
    assert sum_of(tally.figures for tally in table.tallies) == stands.figures, where
    assert sum(tally.tally.total for tally in table.tallies) == stands.figures.expected, where
    report = report_of(wording, Reports(), summary)
    assert (report.figures.reported, report.figures.asked) == (stands.reported, stands.asked), where
    assert report.figures.tally == stands.tally, where
    assert sum(row.duties for row in report.annex) == stands.figures.expected, where
    assert shares(word_summary(wording, summary)) == [(stands.reported, stands.asked)], where


def agrees_afterwards(
    wording: Wording, history: PureHistory, owing: Sequence[Owing], day: date, where: str
) -> None:
    over = [row for row in owing if row.answer != "missing" or row.timeliness == "overdue"]
    ended = [EndedAssignment(row.unit, None, row.period, row.answer, 0, 0) for row in over]
    found = cycle_of(ended)
    assert sum_of(unit.figures for unit in found.ended) == by_hand(over, history), where
    rows, _ = cycle_rows(wording, found)
    assert all(row.expected == row.on_time + row.late + row.nil + row.missing for row in rows), where
    for passed in passed_of(owing, FIRST - timedelta(days=99), day):
        of_date = [row for row in owing if row.planned_on == passed.planned_on]
        behind = {row.unit_id for row in of_date if row.answer == "missing"}
        assert (passed.answered, passed.units) == (
            len({row.unit_id for row in of_date} - behind),
            len({row.unit_id for row in of_date}),
        ), where


def summary_of(
    history: PureHistory, stands: Standing, round_: Round | None, rows: Sequence[Owing]
) -> Summary:
    duties = tuple(duty_of(clause) for clause in history.clauses.values() if clause.kind != "report")
    ids = {row.id for row in rows}
    last = {(word.assignment_id, word.line): word for word in history.words if word.assignment_id in ids}
    return Summary(
        view=View(Scope(PLAN_ID), PLAN, round_, (round_,) if round_ else (), None),
        facts=PlanFacts("UBND tỉnh Hà Khê", COORDINATOR, "SVH"),
        stands=stands,
        duties=duties,
        roles={},
        owing=tuple(rows),
        updates=tuple(
            LatestUpdate(
                assignment_id=word.assignment_id,
                unit_id=history.assignments[word.assignment_id].unit_id,
                unit=history.assignments[word.assignment_id].unit,
                duty_id=word.line or history.assignments[word.assignment_id].duty_id,
                line=word.line is not None,
                said_at=word.said_at,
                messages=((word.id, word.text),),
                state=word.state,
                percent=word.percent,
                blocked=word.blocked,
                difficulty=word.text if word.blocked else None,
                proposal=None,
                documents=(),
            )
            for word in last.values()
        ),
        files={},
        upward=(),
    )


def duty_of(clause: Clause) -> ReportedDuty:
    units = tuple(sorted(UNITS[name] for name in clause.asked))
    return ReportedDuty(
        clause.id, clause.section, clause.heading, clause.text, bool(clause.due), False, units
    )


def now(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
