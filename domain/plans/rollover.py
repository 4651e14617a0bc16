"""Last year's plan as the start of this year's: its dates and years, moved by whole years."""

import re
from collections.abc import Container
from datetime import date
from re import Match

_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9/])")
"""A year; "05/2026/NQ-HĐND" is the number of a document and stays."""

_DATED = re.compile(
    r"(?P<day>[0-9]{1,2})(?P<mark>[/.-])(?P<month>[0-9]{1,2})(?P=mark)(?P<year>[0-9]{4})(?![0-9/])"
    r"|ngày\s+(?P<day_>[0-9]{1,2})\s+tháng\s+(?P<month_>[0-9]{1,2})\s+năm\s+(?P<year_>[0-9]{4})"
    r"|(?:\bnăm\s+|\b(?:tháng|quý)\s+\w{1,3}\s*/\s*)(?P<alone>[0-9]{4})(?![0-9/])",
    re.IGNORECASE,
)


def later(day: date, years: int) -> date:
    """Return the same day so many years later; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def retitle(title: str, years: int, of: Container[int]) -> str:
    """Return a title or heading with those of its years that are `of` the plan's moved."""
    return _YEAR.sub(lambda m: _moved(m[1], years, of), title)


def reword(text: str, years: int, of: Container[int], due: Container[date]) -> str:
    """Return a clause with the plan's years moved where they tell when it is to be done.

    A full date is moved if it is one of the clause's own: others are of the documents that it cites.
    """

    def replaced(match: Match[str]) -> str:
        if match["alone"]:
            return match[0].replace(match["alone"], _moved(match["alone"], years, of))
        day = _date(
            match["year"] or match["year_"], match["month"] or match["month_"], match["day"] or match["day_"]
        )
        if day is None or day not in due:
            return match[0]
        return match[0][:-4] + str(day.year + years)

    return _DATED.sub(replaced, text)


def _moved(year: str, years: int, of: Container[int]) -> str:
    return str(int(year) + years) if int(year) in of else year


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
