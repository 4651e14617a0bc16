from datetime import date

import pytest

from domain.plans.periods import Period
from domain.reporting.summary_query import SummaryQuery, read_query, without_filler

TODAY = date(2026, 6, 16)
HALF, YEAR = Period("half", 2026), Period("year", 2026)
TYPED: tuple[tuple[str, SummaryQuery], ...] = (
    ("", SummaryQuery()),
    ("6 tháng đầu năm", SummaryQuery(period=HALF)),
    ("6 thang dau nam 2025", SummaryQuery(period=Period("half", 2025))),
    ("sáu tháng cuối năm", SummaryQuery(period=YEAR)),
    ("quý 2", SummaryQuery(period=Period("quarter", 2026, 2))),
    ("Quý III/2025", SummaryQuery(period=Period("quarter", 2025, 3))),
    ("quy iv nam 2027", SummaryQuery(period=Period("quarter", 2027, 4))),
    ("quý này", SummaryQuery(period=Period("quarter", 2026, 2))),
    ("tháng 5", SummaryQuery(period=Period("month", 2026, 5))),
    ("thang 12/2025", SummaryQuery(period=Period("month", 2025, 12))),
    ("tháng này", SummaryQuery(period=Period("month", 2026, 6))),
    ("năm 2026", SummaryQuery(period=YEAR)),
    ("cả năm", SummaryQuery(period=YEAR)),
    ("88/KH-UBND", SummaryQuery(plan="88/kh-ubnd")),
    ("88/KH-UBND năm 2026", SummaryQuery(plan="88/kh-ubnd", plan_year=2026)),
    ("ke hoach 88 quy 2", SummaryQuery(plan="88", period=Period("quarter", 2026, 2))),
    ("2981/QĐ-UBND 6 tháng đầu năm", SummaryQuery(plan="2981/qd-ubnd", period=HALF)),
    ("phần II", SummaryQuery(part="II")),
    ("phan ii.3.a quý 1", SummaryQuery(part="II.3.a", period=Period("quarter", 2026, 1))),
    ("sau kỳ", SummaryQuery(cycle=True)),
    ("Sở Ngoại vụ", SummaryQuery(rest="so ngoai vu")),
    ("snv, 6 tháng đầu năm", SummaryQuery(period=HALF, rest="snv")),
    ("kết quả của Sở Ngoại vụ", SummaryQuery(rest="ket qua cua so ngoai vu")),
    ("tháng 13", SummaryQuery(rest="thang 13")),
    ("quý 5", SummaryQuery(rest="quy 5")),
)


@pytest.mark.parametrize(("typed", "asked"), TYPED)
def test_what_is_typed_behind_the_summary_is_read(typed: str, asked: SummaryQuery) -> None:
    assert read_query(typed, TODAY) == asked


def test_words_that_only_lead_to_a_name_can_be_left_out() -> None:
    assert without_filler("ket qua cua so ngoai vu") == "so ngoai vu"
    assert without_filler("don vi so y te") == "so y te"
