"""The last day on which a deadline is still kept: one rule for nudges, colours, reports and `explain`.

The rule is stated for people in `docs/han-nop.md`.
"""

from datetime import date, timedelta

from domain.common.workdays import Workdays


def last_day_in_time(due: date, days: Workdays, *, inclusive: bool) -> date:
    """Return the last day at whose end the deadline is still kept.

    "Chậm nhất ngày 15/6" (`inclusive`) is kept by the end of the 15th, "trước ngày 15/6" by the end of the
    14th. Where `days.moves`, a last day on which offices are closed becomes the next working day (Bộ luật
    Dân sự 2015, Điều 148, khoản 5); else the day stays where it is.
    """
    last = due if inclusive else due - timedelta(days=1)
    return days.on_or_after(last) if days.moves else last


def last_safe_day(due: date, days: Workdays, *, inclusive: bool) -> date:
    """Return the last working day on which the deadline can still be kept; the arguments are as above."""
    return days.on_or_before(last_day_in_time(due, days, inclusive=inclusive))
