"""The period (kỳ báo cáo) that a report covers, told from its due date."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from domain.common.recurrence import Recurrence

PeriodKind = Literal["month", "quarter", "half", "year", "none"]
DataWindow = Literal["decree", "calendar"]
"""How far the figures of a report reach: as Nghị định 09/2019/NĐ-CP, Điều 12 has it, or by the calendar."""

_MID_MONTH = 14  # Nghị định 09/2019/NĐ-CP, Điều 12: a month's data close on the 14th


@dataclass(frozen=True, slots=True)
class Period:
    """A month, a quarter, the first half or the year; `index` counts within the year from 1."""

    kind: PeriodKind
    year: int
    index: int = 1

    def __str__(self) -> str:
        """The form in which it is stored: "half-2026-1"."""
        return f"{self.kind}-{self.year}-{self.index}"


def parse_period(text: str) -> Period:
    """Read what `str(period)` wrote."""
    kind, year, index = text.split("-")
    kinds: dict[str, PeriodKind] = {k: k for k in ("month", "quarter", "half", "year", "none")}
    return Period(kinds[kind], int(year), int(index))


def period_of(recurrence: Recurrence, due: date) -> Period:
    """Return what a report due on `due` covers.

    A date in the days before a month's or quarter's data close belongs to the one before; of a half-yearly
    regime the later report is the year's.
    """
    if recurrence == "monthly":
        months = due.year * 12 + due.month - 1 - (due.day < _MID_MONTH)
        return Period("month", months // 12, months % 12 + 1)
    if recurrence == "quarterly":
        quarters = due.year * 4 + (due.month - 1) // 3 - (due.month % 3 == 1)
        return Period("quarter", quarters // 4, quarters % 4 + 1)
    if recurrence == "half-yearly":
        return _half(due)
    if recurrence == "yearly":
        return Period("year", due.year - (due.month <= 3))
    return Period("none", due.year)


def _half(due: date) -> Period:
    if due.month <= 2:
        return Period("year", due.year - 1)
    return Period("half", due.year) if due.month <= 8 else Period("year", due.year)


_MONTHS: dict[PeriodKind, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def data_window(period: Period, kind: DataWindow) -> tuple[date, date] | None:
    """Return the first and the last day whose figures a report of the period gives; None without a period.

    By the decree figures close on the 14th of the period's last month, and begin on the 15th of the month
    before its first; those of the year close on 14 December.
    """
    if period.kind == "none":
        return None
    months = _MONTHS[period.kind]
    first = date(period.year, (period.index - 1) * months + 1, 1)
    after = _month_after(first, months)
    if kind == "calendar":
        return first, after - timedelta(days=1)
    opens = first - timedelta(days=1)
    closes = after - timedelta(days=1)
    return opens.replace(day=_MID_MONTH + 1), closes.replace(day=_MID_MONTH)


def _month_after(day: date, months: int) -> date:
    place = day.year * 12 + day.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)
