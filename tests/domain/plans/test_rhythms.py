"""Rhythms of reports, and whom a plan asks."""

from datetime import date

import pytest

from domain.organisation.register import Register
from domain.plans.asked_units import AskedUnit, coverage_of_draft
from domain.plans.draft import ASKED_KEY, Draft, Row
from domain.plans.draft_doubts import find_doubts, unasked_doubt
from domain.plans.rhythms import make_rhythm, offered_rhythms

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
YEARS = (date(2026, 1, 1), date(2028, 12, 31))
MAY = date(2026, 5, 4)


def days(*words: str) -> tuple[date, ...]:
    return tuple(map(date.fromisoformat, words))


def row(key: str, units: tuple[str, ...], *due: str, report: bool = False, text: str = "Rà soát") -> Row:
    return Row(key, "report" if report else "duty", "II", "", text, units, (), (), days(*due))


def draft(
    *rows: Row,
    settled: frozenset[str] = frozenset(),
    today: date = MAY,
    period: tuple[date, date] = YEAR,
) -> Draft:
    return Draft(1, period, None, rows, (), (), settled, today)


@pytest.mark.parametrize(
    ("words", "recurrence", "due"),
    [
        ("decree", "half-yearly", ("2026-06-15", "2026-12-15")),
        ("half-yearly", "half-yearly", ("2026-06-15", "2026-12-15")),
        ("quarterly", "quarterly", ("2026-06-15", "2026-09-15", "2026-12-15")),
        ("yearly", "yearly", ("2026-12-15",)),
        ("hằng quý", "quarterly", ("2026-06-15", "2026-09-15", "2026-12-15")),
        ("15/6, 15/11", "half-yearly", ("2026-06-15", "2026-11-15")),
        ("20/10", "once", ("2026-10-20",)),
    ],
)
def test_a_rhythm_is_read_by_its_name_its_words_or_its_days(
    words: str, recurrence: str, due: tuple[str, ...]
) -> None:
    rhythm = make_rhythm(words, draft())
    assert rhythm is not None
    assert (rhythm.recurrence, rhythm.due) == (recurrence, days(*due))


def test_it_recurs_in_each_year_of_a_programme_and_not_before_today() -> None:
    rhythm = make_rhythm("decree", draft(period=YEARS, today=date(2026, 7, 1)))
    assert rhythm is not None
    assert rhythm.due == days("2026-12-15", "2027-06-15", "2027-12-15", "2028-06-15", "2028-12-15")
    assert rhythm.rrule == "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15"


def test_where_none_of_its_days_is_left_the_last_day_of_the_period_is() -> None:
    rhythm = make_rhythm("decree", draft(today=date(2026, 12, 20)))
    assert rhythm is not None
    assert rhythm.due == days("2026-12-31")


def test_what_is_no_rhythm_is_none() -> None:
    assert make_rhythm("thỉnh thoảng", draft()) is None


def test_a_report_covers_all_duties_of_its_units_and_a_date_its_own_duty_alone() -> None:
    coverage = coverage_of_draft(
        draft(
            row("line 1", ("Sở A", "Sở B"), text="Rà soát"),
            row("line 2", ("Sở B",), "2026-06-30", text="Gửi thư"),
            row("rule 1", ("Sở A",), "2026-06-15", report=True),
        ),
        MAY,
    )
    assert coverage.units == (
        AskedUnit("Sở A", days("2026-06-15"), ()),
        AskedUnit("Sở B", days("2026-06-30"), ("Rà soát",)),
    )
    assert coverage.unasked == ()
    assert coverage.first == date(2026, 6, 15)


def test_a_unit_whose_days_have_all_passed_is_not_asked() -> None:
    coverage = coverage_of_draft(draft(row("line 1", ("Sở A",), "2026-03-01")), MAY)
    assert coverage.unasked == ("Sở A",)


def test_a_plan_of_the_past_is_told_as_it_was() -> None:
    past = draft(row("line 1", ("Sở A",), "2026-03-01"), today=date(2030, 1, 1))
    assert coverage_of_draft(past, date(2030, 1, 1)).unasked == ()


def test_units_that_are_never_asked_are_the_last_doubt_until_it_is_settled() -> None:
    rows = (row("line 1", ("Sở A",)), row("line 2", ("Sở B",), "2026-06-30"))
    last = find_doubts(draft(*rows), Register(()))[-1]
    assert (last.key, last.units, last.total) == (ASKED_KEY, ("Sở A",), 2)
    assert unasked_doubt(draft(*rows, settled=frozenset({ASKED_KEY}))) is None


def test_the_days_of_the_others_are_offered_first_where_the_plan_has_any() -> None:
    rows = (
        row("line 1", ("Sở C",)),
        row("rule 1", ("Sở A",), "2026-07-01", report=True),
        row("rule 2", ("Sở A", "Sở B"), "2026-11-30", report=True),
    )
    assert offered_rhythms(draft(*rows))[0] == "plan"
    rhythm = make_rhythm("plan", draft(*rows))
    assert rhythm is not None
    assert rhythm.due == days("2026-11-30")
    assert offered_rhythms(draft(rows[0]))[0] == "decree"
    assert make_rhythm("plan", draft(rows[0])) is None
