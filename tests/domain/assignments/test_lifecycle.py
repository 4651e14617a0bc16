from datetime import date

import pytest

from domain.assignments.lifecycle import State, Tally, Timeliness, timeliness

DUE, BEFORE, AFTER_IT = date(2026, 6, 15), date(2026, 6, 12), date(2026, 6, 16)


@pytest.mark.parametrize(
    ("state", "today", "finished", "past", "expected"),
    [
        ("not_started", BEFORE, None, False, "in_time"),
        ("in_progress", DUE, None, False, "due"),
        ("not_started", AFTER_IT, None, False, "overdue"),
        ("returned", AFTER_IT, None, False, "overdue"),
        ("done", AFTER_IT, DUE, False, "done_in_time"),
        ("done", AFTER_IT, AFTER_IT, False, "done_late"),
        ("done", AFTER_IT, None, False, "done_in_time"),
        ("submitted", AFTER_IT, DUE, False, "in_time"),
        ("submitted", AFTER_IT, AFTER_IT, False, "overdue"),
        ("submitted", BEFORE, BEFORE, False, "in_time"),
        ("submitted", AFTER_IT, BEFORE, True, "past"),
        ("not_started", AFTER_IT, None, True, "past"),
        ("done", AFTER_IT, BEFORE, True, "done_in_time"),
        ("cancelled", AFTER_IT, None, True, "cancelled"),
    ],
)
def test_timeliness_follows_from_the_state_and_the_dates(
    state: State, today: date, finished: date | None, past: bool, expected: Timeliness
) -> None:
    assert timeliness(state, DUE, today, finished, past=past) == expected


def test_the_four_lines_of_the_tally_are_all_that_counts() -> None:
    assert Tally(done_in_time=1, done_late=2, open_in_time=3, open_late=1).total == 7
    assert Tally().total == 0
