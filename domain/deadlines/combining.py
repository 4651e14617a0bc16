"""Combining what the rows of the table found in one phrase into one deadline."""

import re
from dataclasses import replace
from datetime import time

from domain.common.recurrence import Recurrence
from domain.deadlines.day_spans import Reading, Span
from domain.deadlines.deadline import UNREAD, Deadline
from domain.deadlines.phrase_table import PhraseRow

RowReadings = list[tuple[PhraseRow, Reading]]

_FREQUENCY: tuple[Recurrence, ...] = (
    "daily",
    "weekly",
    "monthly",
    "quarterly",
    "half-yearly",
    "yearly",
    "continuous",
    "ad hoc",
    "once",
    "unspecified",
)
_OFTEN: frozenset[Recurrence] = frozenset(_FREQUENCY[:5]) | {"continuous"}


# "hoàn thành trong quý II, báo cáo trước 05/7": the work and the report on it have each their own day.
_THEN_REPORTS = re.compile(
    r"\b(?:hoan thanh|hoan tat|xong|ket thuc|nhan|mo|khai giang|trien khai|tap huan|kiem tra|phat "
    r"dong|to chuc|lap|xay dung|trinh)\b[^;,]*(?:[;,]|"
    r" va )[^;,]*\b(?:bao cao|gui|nop|so ket|tong ket|nghiem thu|trao giai|cong bo|cham|khanh thanh|"
    r"quyet toan)\b"
)
# "tổ chức hội nghị trong tháng 3, báo cáo trước 05/4": what is held has its own stretch, too.
_HELD_IN = re.compile(
    r"\b(?:to chuc|mo|khai giang|trien khai|tap huan|kiem tra|phat dong|hop|dien "
    r"tap)\b[^;,]*\b(?:trong|vao) (?:thang|quy) [0-9i]"
)
_THEN_REPORTS_IN = re.compile(
    r"\b(?:bao cao|gui|nop|nghiem thu|tong ket|so ket|trao giai|cong bo|cham|khanh thanh)[^;,]*\b(?:trong |"
    r"vao )?(?:thang|quy) [0-9i]"
)
# "hằng tháng, trong quý III", "hằng tháng của 6 tháng đầu năm".
_WITHIN = re.compile(
    r"\b(?:hang|moi) (?:thang|tuan),? (?:trong |cua |thuoc )(?:ca )?(?:quy|0?[69] thang|sau thang|"
    r"chin thang|nua) "
)


def combine(rows_read: RowReadings, clock: time | None, text: str) -> Deadline:
    """Return the deadline: a certain day goes first, then a stretch, then how often, then open time.

    `text` is the prepared phrase as a whole.
    """
    doubts = tuple(dict.fromkeys(doubt for _, r in rows_read for doubt in r.doubts))
    days = [(row, r) for row, r in rows_read if row.weight == "day" and not r.doubts]
    if days:
        return _bounded(_dated([*days, *_beside(days, rows_read, text)], rows_read, clock), rows_read, text)
    figures = any(row.weight == "stretch" and not (r.dates or r.limits) for row, r in rows_read)
    finished = [(row, r) for row, r in rows_read if r.completes and r.dates]
    ends = finished or [
        (row, r) for row, r in rows_read if row.weight == "stretch" and not (figures or r.limits)
    ]
    often = None if finished else _first_of(rows_read, "often", "open")
    if ends and not (often and _outweighs(often, ends)):
        return _dated(ends, rows_read, clock)
    decided = often or _first_of(rows_read, "title") or (rows_read[0] if rows_read else None)
    window = next((r.window for _, r in rows_read if r.window), None)
    recurrence: Recurrence = decided[1].recurrence if decided else "unspecified"
    why = decided[0].key if decided else UNREAD
    return Deadline((), recurrence, window, clock, True, why, None, doubts=doubts)


def _beside(days: RowReadings, rows_read: RowReadings, text: str) -> RowReadings:
    """Return the stretches in which work is finished before the days, or reported on after them."""
    first = min((day for _, r in days for day in r.dates), default=None)
    if first is None or not _THEN_REPORTS.search(text):
        return []
    if _THEN_REPORTS_IN.search(text):
        return [
            (row, r) for row, r in rows_read if row.weight == "stretch" and r.dates and min(r.dates) > first
        ]
    return [
        (row, r)
        for row, r in rows_read
        if row.weight == "stretch"
        and (r.completes or _HELD_IN.search(text))
        and r.dates
        and max(r.dates) < first
    ]


def _bounded(deadline: Deadline, rows_read: RowReadings, text: str) -> Deadline:
    """Return a rhythm's days within the stretch that bounds it: "hằng tháng, trong quý III"."""
    windows = [r.window for row, r in rows_read if row.weight == "stretch" and r.window]
    if deadline.recurrence not in ("weekly", "monthly") or not windows or not _WITHIN.search(text):
        return deadline
    first, last = windows[0]
    dates = tuple(day for day in deadline.dates if first <= day <= last)
    return replace(deadline, dates=dates, rule=None) if dates else deadline


def _outweighs(often: tuple[PhraseRow, Reading], ends: RowReadings) -> bool:
    """Tell whether a rhythm of its own is told beside a stretch ("hằng tuần trong quý II")."""
    row, reading = often
    is_rhythm = row.weight == "often" or row.key == "continuous"
    return is_rhythm and reading.recurrence in _OFTEN - {r.recurrence for _, r in ends}


def _first_of(rows_read: RowReadings, *weights: str) -> tuple[PhraseRow, Reading] | None:
    readings = [(row, r) for row, r in rows_read if row.weight in weights and r.recurrence != "unspecified"]
    return min(readings, key=lambda pair: _FREQUENCY.index(pair[1].recurrence), default=None)


def _dated(rows_read: RowReadings, all_read: RowReadings, clock: time | None) -> Deadline:
    dates = tuple(sorted({day for _, r in rows_read for day in r.dates}))
    row, reading = min(rows_read, key=lambda pair: _FREQUENCY.index(pair[1].recurrence))
    before = any(r.before for _, r in rows_read) and clock in (None, time(0, 0))
    window = _window(rows_read, all_read)
    return Deadline(dates, reading.recurrence, window, clock, not before, row.key, _rule(rows_read))


def _window(rows_read: RowReadings, all_read: RowReadings) -> Span | None:
    """Return the window of the dates, or of the figures reported; what bounds a rhythm is in its dates."""
    own = [r.window for _, r in rows_read if r.window]
    figures = [r.window for row, r in all_read if row.weight == "stretch" and not (r.dates or r.limits)]
    return next((window for window in own + figures if window), None)


def _rule(rows_read: RowReadings) -> str | None:
    """Return the rule that gives all dates, or None where some of them follow from none."""
    rules = list(dict.fromkeys(rule for _, r in rows_read for rule in r.rules))
    if not all(r.rules for _, r in rows_read):
        return None
    return rules[0] if len(rules) == 1 else "\n".join(f"RRULE:{rule}" for rule in rules)
