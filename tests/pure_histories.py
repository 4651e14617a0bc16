"""Random histories of a plan in memory: what units say, put off, have judged, and later versions of it.

They are made by the rules of `domain` alone, without a database; tests/histories.py makes fewer, by deeds.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from domain.assignments.assignment import Assignment
from domain.assignments.assignment_change import (
    AssignmentChange,
    Schedule,
    confirm,
    decide_due_date,
    move,
    send_back,
)
from domain.assignments.lifecycle import OPEN, State, after, finished, word_of
from domain.assignments.plan_following import Followed, FollowedPlan, LastWord, follow
from domain.plans.clause_changes import BroughtBack, BroughtIn, ClauseChange, ClauseWithdrawn, TakenOver
from domain.plans.version_diff import Clause, Pair

FIRST = date(2026, 3, 2)
SPAN = 150
COORDINATOR = "Sở Văn hóa"
_OTHERS = ("Sở Ngoại vụ", "Sở Công Thương", "Sở Y tế", "Sở Tài chính", "Sở Nội vụ")
UNITS = {name: id_ for id_, name in enumerate((COORDINATOR, *_OTHERS), 1)}
PLAN_ID, NUMBER = 1, "77/KH-UBND"
_SAID: tuple[tuple[str, State | str, int | None, bool], ...] = (
    ("đã gửi, BC 4/BC-SCT", "done", 100, False),
    ("Không phát sinh", "nil", None, False),
    ("Đang làm, đạt 40%", "in_progress", 40, False),
    ("Chưa làm", "not_started", None, False),
    ("Vướng kinh phí", "in_progress", None, True),
)
"""Words, the state that they tell, the percentage, whether they tell of a difficulty."""


@dataclass(frozen=True, slots=True)
class Word:
    """What a unit said of an assignment, or of a line of its report."""

    id: int
    assignment_id: int
    line: int | None
    text: str
    state: str
    percent: int | None
    blocked: bool
    said_at: datetime


@dataclass
class PureHistory:
    """One plan and what becomes of it; everything random comes from `random`."""

    schedule: Schedule
    random: Random
    today: date = FIRST
    clauses: dict[int, Clause] = field(default_factory=dict)
    withdrawn: dict[int, Clause] = field(default_factory=dict)
    assignments: dict[int, Assignment] = field(default_factory=dict)
    words: list[Word] = field(default_factory=list)
    confirms: bool = False

    @property
    def upward(self) -> frozenset[int]:
        """The rules by which the coordinator alone reports; what was asked of others once stays theirs."""
        units_by_rule: dict[int, set[int]] = {}
        for each in self.assignments.values():
            if each.rule_id is not None:
                units_by_rule.setdefault(each.rule_id, set()).add(each.unit_id)
        return frozenset(rule for rule, units in units_by_rule.items() if units == {UNITS[COORDINATOR]})

    def begin(self) -> None:
        """Enter a plan with reports, dated duties and lines, and let it go live."""
        self.confirms = self.random.random() < 0.4
        for number in range(self.random.randint(1, 2)):
            self._bring_in("report", f"báo cáo đợt {number}", self._days(3))
        if self.random.random() < 0.3:
            self._bring_in("report", "tổng hợp lên trên", self._days(1), (COORDINATOR,))
        for number in range(self.random.randint(1, 4)):
            self._bring_in("duty", f"nhiệm vụ số {number} về chè", self._days(1, least=0))

    def _days(self, most: int, *, least: int = 1) -> tuple[date, ...]:
        count = self.random.randint(least, most)
        return tuple(sorted({FIRST + timedelta(days=self.random.randint(-20, SPAN)) for _ in range(count)}))

    def _some(self) -> tuple[str, ...]:
        others = list(UNITS)[1:]
        return tuple(self.random.sample(others, self.random.randint(1, len(others))))

    def _bring_in(self, kind: str, text: str, due: tuple[date, ...], units: Sequence[str] = ()) -> None:
        id_ = len(self.clauses) + len(self.withdrawn) + 1
        parts: Any = tuple((name, "lead") for name in units or self._some())
        inclusive = self.random.random() < 0.5
        clause = Clause(id_, kind, f"II.{id_}", text, text, parts, due, inclusive=inclusive)  # type: ignore[arg-type]
        self.clauses[id_] = clause
        self._follow(BroughtIn(clause))

    def _follow(self, *changes: ClauseChange) -> None:
        known = tuple(self.assignments.values())
        last_words = {each.id: self._last_word(each) for each in known}
        facts = FollowedPlan(PLAN_ID, NUMBER, UNITS, known, last_words)
        self._take(follow(facts, changes, self.today, self.schedule))

    def _last_word(self, about: Assignment) -> LastWord:
        words = [word for word in self.words if word.assignment_id == about.id]
        state = words[-1].state if words else None
        return LastWord("said", state, bool(words and words[-1].line), "not_started")

    def _take(self, followed: Followed) -> None:
        self._apply(*followed.changes)
        names = {id_: name for name, id_ in UNITS.items()}
        for new in followed.made:
            ask, id_ = new.ask, len(self.assignments) + 1
            self.assignments[id_] = Assignment(
                id=id_,
                plan_id=PLAN_ID,
                plan=NUMBER,
                request_id=None,
                coordinator_id=UNITS[COORDINATOR],
                unit_id=ask.unit_id,
                unit=names[ask.unit_id],
                standing="local",
                rule_id=ask.rule_id,
                duty_id=ask.duty_id,
                text=None,
                section=None,
                period=ask.period,
                due_on=ask.due_on,
                due_at=None,
                planned_on=ask.due_on,
                last_on=new.last_on,
                window=None,
                state="not_started",
                blocked=False,
                past=new.past,
                acknowledged_on=None,
                returned=0,
                finished_on=None,
                asked_on=None,
                confirms=self.confirms,
                wanted_on=None,
                pending_since=None,
            )

    def _apply(self, *changes: AssignmentChange) -> None:
        for change in changes:
            values: dict[str, Any] = dict(change.values)
            values.pop("next_nudge_on", None)
            self.assignments[change.assignment_id] = replace(self.assignments[change.assignment_id], **values)

    def step(self) -> None:
        """Let some days pass, and something happen."""
        self.today += timedelta(days=self.random.randint(0, 18))
        ways: tuple[tuple[Callable[[], None], int], ...] = (
            (self._say, 10),
            (self._put_off, 4),
            (self._judge, 3),
            (self._amend, 3),
        )
        (way,) = self.random.choices([way for way, _ in ways], [weight for _, weight in ways])
        way()

    def _some_open(self) -> Assignment | None:
        known = [each for each in self.assignments.values() if each.state != "cancelled" and not each.past]
        near = [each for each in known if each.due_on - self.today < timedelta(days=20)]
        return self.random.choice(near or known) if known else None

    def _say(self) -> None:
        for _ in range(self.random.randint(1, 6)):
            if about := self._some_open():
                self._say_of(about)

    def _say_of(self, about: Assignment) -> None:
        text, state_word, percent, blocked = self.random.choice(_SAID)
        lines = [c.id for c in self.clauses.values() if not c.due and about.unit in c.asked]
        line = self.random.choice(lines) if lines and about.rule_id and self.random.random() < 0.4 else None
        event = word_of(state_word, whole=line is None)
        said_at = datetime.combine(self.today, time(2), UTC)
        self.words.append(
            Word(len(self.words) + 1, about.id, line, text, state_word, percent, blocked, said_at)
        )
        if event is None:
            return
        state = after(about.state, event, confirms=about.confirms)
        day = finished(about.state, state, about.finished_on, self.today)
        is_blocked = blocked and state in OPEN
        done = {"blocked": is_blocked, "finished_on": day, "today": self.today, "schedule": self.schedule}
        self._apply(move(about, state, **done))  # type: ignore[arg-type]  # by name

    def _put_off(self) -> None:
        about = self._some_open()
        if about is not None and about.is_open:
            until = max(about.due_on, self.today) + timedelta(days=self.random.randint(1, 25))
            self._apply(decide_due_date(about, until, self.today, self.schedule))

    def _judge(self) -> None:
        waiting = [each for each in self.assignments.values() if each.state == "submitted"]
        if waiting:
            about = self.random.choice(waiting)
            back = self.random.random() < 0.4
            self._apply(send_back(about, self.today, self.schedule) if back else confirm(about))

    def _amend(self) -> None:
        """Let a later version come: added, withdrawn, brought back, moved, asked of other units.

        A unit that is split, merged or closed is no longer asked, and another is.
        """
        kind = self.random.choice(("added", "withdrawn", "back", "moved", "units"))
        clause = self.random.choice(list(self.clauses.values()))
        if kind == "added":
            self._bring_in("duty", f"nhiệm vụ thêm {self.today} về rừng", self._days(1, least=0))
        elif kind == "withdrawn" and len(self.clauses) > 1:
            self.withdrawn[clause.id] = self.clauses.pop(clause.id)
            self._follow(ClauseWithdrawn(clause))
        elif kind == "back" and self.withdrawn:
            old = self.withdrawn.pop(self.random.choice(list(self.withdrawn)))
            self.clauses[old.id] = old
            self._follow(BroughtBack(Pair(old, old)))
        elif clause.asked != {COORDINATOR}:
            self.clauses[clause.id] = new = self._changed(clause, moved=kind == "moved")
            self._follow(TakenOver(Pair(clause, new)))

    def _changed(self, clause: Clause, *, moved: bool) -> Clause:
        if not moved:
            parts: Any = tuple((name, "lead") for name in self._some())
            return replace(clause, parts=parts)
        return replace(clause, due=tuple(sorted({*clause.due[1:], *self._days(1)})) if clause.due else ())


def make(schedule: Schedule, seed: int) -> PureHistory:
    """Return a history of some steps."""
    history = PureHistory(schedule, Random(seed))  # noqa: S311 - to be repeated, not to be guessed
    history.begin()
    for _ in range(history.random.randint(2, 12)):
        history.step()
    return history
