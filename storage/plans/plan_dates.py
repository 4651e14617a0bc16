"""How the dates of a clause are kept in one column."""

from collections.abc import Iterable
from datetime import date


def write_dates(dates: Iterable[date]) -> str:
    """Return dates as they are kept in one column."""
    return " ".join(day.isoformat() for day in dates)


def read_dates(written: str) -> list[date]:
    """Read what `write_dates` wrote."""
    return [date.fromisoformat(word) for word in written.split()]
