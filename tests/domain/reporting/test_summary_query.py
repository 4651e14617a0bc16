from datetime import date

import pytest

from domain.plans.periods import Period
from domain.reporting.summary_query import Asked, read_asked, without_filler

TODAY = date(2026, 6, 16)
HALF, YEAR = Period("half", 2026), Period("year", 2026)
TYPED: tuple[tuple[str, Asked], ...] = (
    ("", Asked()),
    ("6 tháng đầu năm", Asked(period=HALF)),
    ("6 thang dau nam 2025", Asked(period=Period("half", 2025))),
    ("sáu tháng cuối năm", Asked(period=YEAR)),
    ("quý 2", Asked(period=Period("quarter", 2026, 2))),
    ("Quý III/2025", Asked(period=Period("quarter", 2025, 3))),
    ("quy iv nam 2027", Asked(period=Period("quarter", 2027, 4))),
    ("quý này", Asked(period=Period("quarter", 2026, 2))),
    ("tháng 5", Asked(period=Period("month", 2026, 5))),
    ("thang 12/2025", Asked(period=Period("month", 2025, 12))),
    ("tháng này", Asked(period=Period("month", 2026, 6))),
    ("năm 2026", Asked(period=YEAR)),
    ("cả năm", Asked(period=YEAR)),
    ("88/KH-UBND", Asked(plan="88/kh-ubnd")),
    ("88/KH-UBND năm 2026", Asked(plan="88/kh-ubnd", plan_year=2026)),
    ("ke hoach 88 quy 2", Asked(plan="88", period=Period("quarter", 2026, 2))),
    ("2981/QĐ-UBND 6 tháng đầu năm", Asked(plan="2981/qd-ubnd", period=HALF)),
    ("phần II", Asked(part="II")),
    ("phan ii.3.a quý 1", Asked(part="II.3.a", period=Period("quarter", 2026, 1))),
    ("sau kỳ", Asked(cycle=True)),
    ("Sở Ngoại vụ", Asked(rest="so ngoai vu")),
    ("snv, 6 tháng đầu năm", Asked(period=HALF, rest="snv")),
    ("kết quả của Sở Ngoại vụ", Asked(rest="ket qua cua so ngoai vu")),
    ("tháng 13", Asked(rest="thang 13")),
    ("quý 5", Asked(rest="quy 5")),
)


@pytest.mark.parametrize(("typed", "asked"), TYPED)
def test_what_is_typed_behind_the_summary_is_read(typed: str, asked: Asked) -> None:
    assert read_asked(typed, TODAY) == asked


def test_words_that_only_lead_to_a_name_can_be_left_out() -> None:
    assert without_filler("ket qua cua so ngoai vu") == "so ngoai vu"
    assert without_filler("don vi so y te") == "so y te"
