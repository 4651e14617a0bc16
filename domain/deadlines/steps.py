"""The steps of a piece of work with a time each: "Xây dựng kế hoạch: tháng 3; báo cáo trước 10/12"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from domain.deadlines.deadline import Deadline
from domain.deadlines.preparing import plain

_STOP = re.compile(r"\s*;\s*|,\s+")
_STEP = re.compile(
    r"(?:trong |truoc |den |het )*(?:quy|thang|ngay|[0-9]{1,2}/)[^:|]{1,24}: ?[a-z]|"
    r"[a-z][^:|0-9]{1,40}:[^:|]*[0-9i]|"
    r"\W*(?:xay dung|lap|soan|soan thao|du thao|ban hanh|khao sat|ra soat|thu thap|lay y kien|tham dinh|"
    r"kiem tra|tap huan|to chuc|phat dong|tong hop|bao cao|so ket|tong ket|nghiem thu|trinh|gui|nop|"
    r"hoan thanh|hoan thien|cham|trao giai|phe duyet|cong bo|danh gia|dang ky|quyet toan)\b[^|]*[0-9i]"
)


def steps_of(phrase: str) -> tuple[str, ...]:
    """Return the steps that a phrase lists, each with words of its own; none where it is no such list."""
    steps = tuple(_STOP.split(phrase.strip(" .;")))
    is_list = len(steps) > 1 and all(_STEP.match(plain(step)) for step in steps)
    return steps if is_list else ()


def of_steps(whole: Deadline, steps: Sequence[Deadline]) -> Deadline:
    """Return the phrase as a whole with the days of its steps, where each is told and they go forward."""
    days = tuple(day for step in steps for day in step.dates)
    is_told = all(len(step.dates) == 1 and step.recurrence == "once" and not step.doubts for step in steps)
    is_forward = list(days) == sorted(set(days))
    if not is_told or not is_forward or len(days) <= len(whole.dates):
        return whole
    return replace(steps[-1], dates=days, window=None, rule=None)
