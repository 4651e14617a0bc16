"""Dates and years moved to another year's plan."""

from datetime import date

import pytest

from domain.plans.rollover import later, retitle, reword

ONE, SPAN = range(2026, 2027), range(2021, 2026)


@pytest.mark.parametrize(
    ("day", "years", "moved"),
    [
        (date(2026, 6, 15), 1, date(2027, 6, 15)),
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2025, 2, 28), 3, date(2028, 2, 28)),
    ],
)
def test_a_day_moves_by_whole_years(day: date, years: int, moved: date) -> None:
    assert later(day, years) == moved


@pytest.mark.parametrize(
    ("title", "years", "of", "moved"),
    [
        ("Kế hoạch đối ngoại năm 2026", 1, ONE, "Kế hoạch đối ngoại năm 2027"),
        ("Kế hoạch giai đoạn 2021 - 2025", 5, SPAN, "Kế hoạch giai đoạn 2026 - 2030"),
        ("Chương trình 2021-2025, tầm nhìn 2045", 5, SPAN, "Chương trình 2026-2030, tầm nhìn 2045"),
        (
            "Kế hoạch năm 2026 thực hiện Nghị quyết số 05/2026/NQ-HĐND và Đề án năm 2020",
            1,
            ONE,
            "Kế hoạch năm 2027 thực hiện Nghị quyết số 05/2026/NQ-HĐND và Đề án năm 2020",
        ),
    ],
)
def test_a_title_moves_with_its_own_years_alone(title: str, years: int, of: range, moved: str) -> None:
    assert retitle(title, years, of) == moved


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("gửi thư mời trước ngày 30/6/2026", "gửi thư mời trước ngày 30/6/2027"),
        ("xong trước ngày 30 tháng 06 năm 2026.", "xong trước ngày 30 tháng 06 năm 2027."),
        ("trước ngày 30/6 năm 2026, trong quý III/2026", "trước ngày 30/6 năm 2027, trong quý III/2027"),
        ("trong tháng 6/2026", "trong tháng 6/2027"),
        ("theo Quyết định ngày 15/01/2026", "theo Quyết định ngày 15/01/2026"),
        ("theo Công văn ngày 15 tháng 01 năm 2026", "theo Công văn ngày 15 tháng 01 năm 2026"),
        ("theo Nghị quyết số 05/2026/NQ-HĐND", "theo Nghị quyết số 05/2026/NQ-HĐND"),
        ("Đề án đến năm 2030 mời 2026 lượt khách", "Đề án đến năm 2030 mời 2026 lượt khách"),
        ("trước ngày 31/02/2026", "trước ngày 31/02/2026"),
    ],
)
def test_a_clause_moves_with_what_tells_its_time(text: str, moved: str) -> None:
    assert reword(text, 1, ONE, [date(2026, 6, 30)]) == moved
