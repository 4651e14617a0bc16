"""What bounds a rhythm ("từ tháng 3 đến tháng 9", "bắt đầu từ năm 2027") or finishes work ("xong trong")."""

import re
from dataclasses import replace

from domain.deadlines.day_spans import PhraseScope, Reading, Span
from domain.deadlines.patterns import QUARTERLY, YEAR

_EVERY = r"(?:hang|moi|tung|dinh ky)"
_REPEATS = re.compile(
    rf"\b{_EVERY} (?:theo )?(?:ngay|tuan|thang|{QUARTERLY}|0?6 thang)\b(?! ?[0-9])"
    rf"|\blan ?/ ?(?:ngay|tuan|thang|quy)\b|/ ?(?:tuan|thang|quy)\b"
    r"|\bthang (?:dau|giua|cuoi|thu [a-z0-9]+)(?: tien| cung)?(?: cua)?(?: moi| hang)? quy\b"
    r"|\b(?:quy|thang) (?:sau|ke tiep|tiep theo|lien ke)\b|\bcua thang\b(?! ?[0-9])"
)
_EVERY_YEAR = re.compile(
    r"\b(?:(?:hang|moi|tung) nam\b(?! ?[0-9](?! ?(?:lan|ky)\b))|1 nam (?:1|mot) (?:lan|ky)\b)"
)
_COMPLETES = re.compile(
    r"\b(?:hoan thanh|hoan tat|xong|ket thuc|dua vao (?:su dung|van hanh|hoat dong|khai thac)|ban giao"
    r"|nghiem thu|khanh thanh|khoi cong|ban hanh|phe duyet)\b[^,;|]*$"
)
_NEAR = 120  # characters before a stretch in which its verb is looked for
_OVER = re.compile(r"\b(?:da|chua) $")
_NAMES_YEAR = re.compile(YEAR)


def repeats(text: str) -> bool:
    """Tell whether the phrase names a rhythm shorter than a year."""
    return _REPEATS.search(text) is not None


def every_year(text: str) -> bool:
    """Tell whether the phrase says "hằng năm"."""
    return _EVERY_YEAR.search(text) is not None


def completes(text: str) -> bool:
    """Tell whether the words before a stretch say that the work is finished in it."""
    text = text[-_NEAR:]
    match = _COMPLETES.search(text)
    return match is not None and _OVER.search(text[: match.start()]) is None


def as_limit(reading: Reading, matched: str, scope: PhraseScope) -> Reading:
    """Return the reading as a mere bound, where the phrase tells a rhythm that it can bound.

    Of a yearly rhythm only years are bounds: "từ ngày 15/5 đến ngày 15/6 hằng năm" is due each year.
    """
    bounds = scope.repeats or (scope.yearly and _NAMES_YEAR.search(matched) is not None)
    if reading.window is None or reading.completes or not bounds:
        return reading
    return replace(reading, dates=(), recurrence="unspecified", rules=(), limits=True)


def narrowed(reading: Reading, period: Span) -> Span:
    """Return the part of the period that lies in the reading's window; the period where they do not meet."""
    if reading.window is None:
        return period
    start, end = max(period[0], reading.window[0]), min(period[1], reading.window[1])
    return (start, end) if start <= end else period
