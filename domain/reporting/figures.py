"""What became of what was expected. docs/so-lieu.md states the terms for people."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.assignments.lifecycle import FINISHED, State

Answer = Literal["on_time", "late", "nil", "missing"]


def answer_of(state: State, last: date, finished: date | None, *, nil: bool) -> Answer:
    """Return what a unit answered to one thing that was expected of it.

    What is handed in counts as answered, confirmed or not. `last` is the last day in time, `finished` the
    local day on which it was handed in; `nil` tells that its last words are that there is nothing to report.
    A nil answer after `last` is late.
    """
    if state not in FINISHED:
        return "missing"
    if finished is not None and finished > last:
        return "late"
    return "nil" if nil else "on_time"


@dataclass(frozen=True, slots=True)
class Figures:
    """How many were expected, and what became of each; raises ValueError where they do not add up."""

    expected: int = 0
    on_time: int = 0
    late: int = 0
    nil: int = 0
    missing: int = 0

    def __post_init__(self) -> None:
        """Check that nothing is counted twice or not at all."""
        total = self.on_time + self.late + self.nil + self.missing
        if total != self.expected or min(self.on_time, self.late, self.nil, self.missing) < 0:
            raise ValueError(f"figures do not add up: {self}")


def figures_of(answers: Iterable[Answer]) -> Figures:
    """Count answers, one for each thing expected."""
    counts = Counter(answers)
    return Figures(counts.total(), *(counts[name] for name in ("on_time", "late", "nil", "missing")))


def sum_of(parts: Iterable[Figures]) -> Figures:
    """Add up the figures of parts that have nothing in common."""
    all_figures = list(parts)
    return Figures(
        sum(figures.expected for figures in all_figures),
        sum(figures.on_time for figures in all_figures),
        sum(figures.late for figures in all_figures),
        sum(figures.nil for figures in all_figures),
        sum(figures.missing for figures in all_figures),
    )
