"""Answers to a request: whatever a unit reports is its answer, also where it tells no state of any work."""

import re
from dataclasses import replace
from datetime import date

from domain.common.text import nfc
from domain.updates import Update, read_update
from domain.updates.clauses import Role
from domain.updates.loose import loose
from domain.updates.note import note_of

_TOLD: tuple[Role, ...] = ("result", "difficulty", "proposal", "reason")
_NO_TIME = r"(?! ?(?:h|g|giờ|phút|ngày|tuần|tháng|phần trăm)(?!\w))"
_FIGURE = loose(
    r"(?<![\d/.,:-])(?<!ngày\s)(?<!tháng\s)\d[\d.,]*"
    rf"(?![\d%/:]){_NO_TIME}(?![hg]\d)"
    rf"|(?<!\w)«(?:hai|ba|bốn|bảy|tám|chín|mười)»(?!\w){_NO_TIME}",
    whole_words=False,
)
_NONE = loose(
    r"\s*(?:(?:dạ|vâng|báo cáo|bc|hiện|địa bàn|trên địa bàn|xã|phường|đơn vị)[\s,:]+)*"
    r"(?:(?:không|ko|kg)(?: có| phát sinh| xảy ra| ghi nhận| bị)?"
    r"|chưa (?:ghi nhận|phát hiện|xảy ra|phát sinh|có thiệt hại|có trường hợp|bị)|nil)(?!\w)",
    whole_words=False,
)


def read_answer(text: str, *, today: date, due: date | None) -> Update:
    """Return what an answer to a request says; it never raises.

    "3 hộ tốc mái, 2 ha lúa đổ" is the report itself: it is done, and its result is the whole text. Questions,
    courtesies and wishes for time stay what they are; so does what tells that the work still goes on, unless
    it gives figures.
    """
    update = read_update(text, today=today, due=due)
    if update.acknowledged or update.wants_extension or update.state in ("done", "nil"):
        return update
    if not note_of(text, today, due).all_of(*_TOLD):
        return update
    gives_figures = _FIGURE.search(nfc(text)) is not None
    if not gives_figures and _NONE.match(nfc(text)):
        return replace(update, state="nil", result=_whole(text), blocked=False, difficulty=None)
    still_going = update.state is not None or update.blocked
    if update.percent is not None or update.done_of is not None or (still_going and not gives_figures):
        return update
    return replace(update, state="done", percent=100, result=_whole(text), blocked=False)


def _whole(text: str) -> str:
    return re.sub(r"\s+", " ", nfc(text)).strip()
