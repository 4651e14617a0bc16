from dataclasses import replace
from datetime import date

from domain.assignments.lifecycle import Timeliness
from tests.reckoning import Owed, standing

TODAY = date(2026, 6, 16)


def owed(unit: int, due: str, how: Timeliness, *, blocked: bool = False, planned: str | None = None) -> Owed:
    day = date.fromisoformat(due)
    return Owed(unit, f"Đơn vị {unit}", day, date.fromisoformat(planned or due), how, blocked, is_report=True)


def test_what_comes_after_the_next_date_does_not_count_yet() -> None:
    stands = standing(
        [
            owed(1, "2026-06-15", "overdue"),
            owed(1, "2026-06-30", "in_time"),
            owed(1, "2026-11-15", "in_time"),
        ],
        TODAY,
    )
    assert stands.focus == date(2026, 6, 30)
    assert (stands.tally.open_late, stands.tally.open_in_time) == (1, 1)
    assert stands.units[0].total == 2


def test_when_all_dates_are_over_the_last_one_is_told() -> None:
    assert standing([owed(1, "2026-06-15", "done_late")], TODAY).focus == date(2026, 6, 15)


def test_a_plan_without_any_date_stands_nowhere() -> None:
    stands = standing([], TODAY)
    assert (stands.focus, stands.units, stands.tally.total) == (None, (), 0)


def test_what_was_past_at_the_start_is_counted_apart() -> None:
    stands = standing([owed(1, "2026-03-31", "past"), owed(1, "2026-06-30", "in_time")], TODAY)
    assert stands.past == 1
    assert stands.units[0].total == 1


def test_the_worst_stand_first_and_the_oldest_lateness_before_the_newer() -> None:
    stands = standing(
        [
            owed(1, "2026-06-16", "done_in_time"),
            owed(2, "2026-06-16", "due"),
            owed(3, "2026-06-15", "overdue"),
            owed(4, "2026-06-01", "overdue"),
            owed(5, "2026-06-16", "due", blocked=True),
        ],
        TODAY,
    )
    assert [unit.unit_id for unit in stands.units] == [4, 3, 5, 2, 1]
    assert [unit.mark for unit in stands.units] == ["overdue", "overdue", "due", "due", "done"]
    assert stands.reported == 1


def test_of_units_alike_those_that_have_done_less_stand_first() -> None:
    rows = [owed(1, "2026-06-15", "done_in_time"), owed(1, "2026-06-16", "due"), owed(2, "2026-06-16", "due")]
    assert [unit.unit_id for unit in standing(rows, TODAY).units] == [2, 1]


def test_a_unit_with_a_later_date_still_counts_with_the_others() -> None:
    stands = standing(
        [owed(1, "2026-06-16", "due"), owed(2, "2026-06-20", "in_time", planned="2026-06-16")], TODAY
    )
    assert {unit.unit_id for unit in stands.units} == {1, 2}
    assert stands.tally.total == 2


def test_what_is_handed_in_counts_as_reported_though_nobody_has_confirmed_it() -> None:
    rows = [owed(1, "2026-06-16", "in_time"), owed(2, "2026-06-16", "overdue"), owed(3, "2026-06-16", "due")]
    stands = standing([*(replace(row, waits=True) for row in rows[:2]), rows[2]], TODAY)
    assert (stands.reported, stands.asked) == (2, 3)
    assert [unit.unit_id for unit in stands.units if unit.can_be_asked] == [3]
    assert [(unit.unit_id, unit.has_reported) for unit in stands.units] == [(2, True), (3, False), (1, True)]


def test_in_a_plan_without_reports_as_well() -> None:
    row = replace(owed(1, "2026-06-16", "in_time"), is_report=False)
    stands = standing([replace(row, waits=True), replace(row, unit_id=2, unit="Đơn vị 2")], TODAY)
    assert (stands.reported, stands.asked) == (1, 2)
