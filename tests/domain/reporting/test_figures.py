"""What became of what was expected, and that it adds up."""

from datetime import date
from typing import get_args

import pytest

from domain.assignments.lifecycle import State
from domain.reporting.figures import Answer, Figures, answer_of, figures_of, sum_of

LAST = date(2026, 6, 14)
AFTER = date(2026, 6, 15)


@pytest.mark.parametrize(
    ("state", "finished", "nil", "expected"),
    [
        ("done", LAST, False, "on_time"),
        ("done", LAST, True, "nil"),
        ("done", AFTER, False, "late"),
        ("done", AFTER, True, "late"),
        ("submitted", LAST, False, "on_time"),
        ("submitted", AFTER, False, "late"),
        ("submitted", LAST, True, "nil"),
        ("done", None, False, "on_time"),
        ("returned", None, False, "missing"),
        ("in_progress", None, False, "missing"),
        ("not_started", None, False, "missing"),
    ],
)
def test_an_answer_is_one_of_four_things(
    state: State, finished: date | None, nil: bool, expected: Answer
) -> None:
    assert answer_of(state, LAST, finished, nil=nil) == expected


def test_figures_that_do_not_add_up_are_not_made() -> None:
    for wrong in ((5, 1, 1, 1, 1), (1, 2, 0, 0, -1)):
        with pytest.raises(ValueError, match="add up"):
            Figures(*wrong)


def test_parts_add_up_to_the_whole() -> None:
    answers: tuple[Answer, ...] = (*get_args(Answer), "missing")
    found = figures_of(answers)
    assert found == Figures(5, 1, 1, 1, 2)
    assert sum_of((found, found)) == Figures(10, 2, 2, 2, 4)
    assert sum_of(()) == Figures()
