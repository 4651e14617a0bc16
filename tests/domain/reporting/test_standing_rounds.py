from datetime import date

from domain.assignments.lifecycle import Timeliness
from domain.reporting.standing import nearest, next_date
from tests.reckoning import Owed, standing


def owed(unit: int, due: str, how: Timeliness, *, report: bool, planned: str | None = None) -> Owed:
    day = date.fromisoformat(due)
    return Owed(unit, f"Đơn vị {unit}", day, date.fromisoformat(planned or due), how, False, report)


def test_who_has_reported_is_told_of_the_round_nearest_to_today() -> None:
    rows = [
        owed(1, "2026-06-15", "done_in_time", report=True),
        owed(1, "2026-11-15", "in_time", report=True),
        owed(2, "2026-06-15", "overdue", report=True),
        owed(2, "2026-11-15", "in_time", report=True),
    ]
    after = standing(rows, date(2026, 6, 16))
    assert (after.round, after.reported, after.asked) == (date(2026, 6, 15), 1, 2)
    assert after.focus == date(2026, 11, 15)
    later = standing(rows, date(2026, 10, 1))
    assert (later.round, later.reported, later.asked) == (date(2026, 11, 15), 0, 2)


def test_a_unit_that_has_sent_its_report_has_reported_whatever_else_it_owes() -> None:
    rows = [owed(1, "2026-06-15", "done_late", report=True), owed(1, "2026-06-30", "in_time", report=False)]
    stands = standing(rows, date(2026, 6, 20))
    assert (stands.reported, stands.asked, stands.units[0].done, stands.units[0].total) == (1, 1, 1, 2)
    assert stands.units[0].has_reported is True


def test_a_report_with_a_later_date_is_still_of_its_round() -> None:
    rows = [owed(1, "2026-06-25", "in_time", report=True, planned="2026-06-15")]
    stands = standing(rows, date(2026, 6, 16))
    assert (stands.round, stands.reported, stands.asked) == (date(2026, 6, 15), 0, 1)


def test_without_reports_those_have_reported_who_owe_nothing_by_now() -> None:
    rows = [owed(1, "2026-06-15", "done_in_time", report=False), owed(2, "2026-06-15", "due", report=False)]
    stands = standing(rows, date(2026, 6, 15))
    assert (stands.round, stands.reported, stands.asked) == (None, 1, 2)
    assert stands.units[0].has_reported is None


def test_dates_next_and_nearest() -> None:
    days = [date(2026, 6, 15), date(2026, 11, 15)]
    before = [(days[0], date(2026, 6, 14)), (days[1], days[1])]
    assert next_date(before, date(2026, 6, 14)) == before[0]
    assert next_date(before, date(2026, 6, 15)) == before[1]
    assert next_date([*before, (days[0], days[0])], date(2026, 6, 15)) == (days[0], days[0])
    assert next_date(before, date(2026, 12, 1)) == before[1]
    assert next_date([], date(2026, 12, 1)) is None
    assert nearest(days, date(2026, 6, 16)) == days[0]
    assert nearest([date(2026, 6, 14), date(2026, 6, 16)], date(2026, 6, 15)) == date(2026, 6, 14)
    assert nearest([], date(2026, 6, 15)) is None
