"""Which days' figures a periodic report covers."""

from datetime import date, timedelta
from typing import Literal

from domain.deadlines.day_spans import make_day

Coverage = Literal["month", "quarter", "first_half", "second_half", "year"]
_LENGTH: dict[Coverage, tuple[int, int]] = {  # months covered, and the month before the first of them
    "month": (1, 0),
    "quarter": (3, 0),
    "first_half": (6, 0),
    "second_half": (6, 6),
    "year": (12, 0),
}


def data_window(kind: Coverage, year: int, index: int = 1, *, calendar: bool = False) -> tuple[date, date]:
    """Return the first and last day whose figures a periodic report covers.

    Nghị định 09/2019/NĐ-CP, Điều 12: from the 15th of the month before the first month of the report to the
    14th of its last month; with `calendar` the calendar's own month, quarter, half or year. `index` is the
    month (1-12) or the quarter (1-4). Raises ValueError for an index or a year that does not exist.
    """
    months, ahead = _LENGTH[kind]
    if not 1 <= index <= (12 // months if kind in ("month", "quarter") else 1):
        raise ValueError(f"no {kind} has the index {index}")
    start = ahead + months * (index - 1) + 1
    first, last = date(year, start, 1), make_day(year, start + months - 1, -1) or date.max
    if calendar:
        return first, last
    return (first - timedelta(days=1)).replace(day=15), last.replace(day=14)
