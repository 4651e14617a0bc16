"""Preparing a phrase: the folded text that the patterns of deadline phrases expect."""

import re
import unicodedata
from datetime import time

from domain.common.text import fold, nfc
from domain.deadlines.spelt import spelt_to_digits

_DASHES = str.maketrans(dict.fromkeys("–—−‐‑‒", "-"))
_NUMBER_WORD = r"(?:mot|hai|ba|bon|tu|nam|sau|bay|tam|chin|muoi|lam|nham|mot|linh|le|khong)"
_SPELT_AFTER = re.compile(rf"\b([0-9]{{1,4}}) ?\( ?{_NUMBER_WORD}(?: {_NUMBER_WORD}){{0,4}} ?\)")
_SPELT_BEFORE = re.compile(rf"\b{_NUMBER_WORD}(?: {_NUMBER_WORD}){{0,4}} ?\( ?([0-9]{{1,4}}) ?\)")
_BRACKETS = re.compile(r"[()\[\]{}\"“”'*_]+")
_BRACKETED_EXCEPTION = re.compile(r"\(((?:rieng|tru|ngoai tru)\b[^()]*)\)")
# "6 tháng (15/6) và năm (15/12)".
_DAY_OF_A_KIND = re.compile(
    r"\b(thang|nam|quy(?: (?:[1-4]|i{1,3}|iv))?|ky(?: [0-9])?) ?\((?=[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{4})?\))"
)
_TWICE = re.compile(r"\b([0-9]{1,4}) ?\( ?\1 ?\)")
_QUARTER_LETTER = re.compile(r"\b(?:q|quy)\.? ?(iv|i{1,3}|[1-4])\b")
_YEAR_AFTER = r"(?=(?:19|20)[0-9]{2}(?![0-9/]))"
# Abbreviations and bare numbers, and the words that they stand for.
_SHORT_FORMS: tuple[tuple[re.Pattern[str], str], ...] = (
    (_QUARTER_LETTER, r"quy \1"),
    (re.compile(r"\bthu (?:tu|4)(?=,? ?-? ?(?:ngay\b|[0-9]))"), "thu bon"),  # no "từ ngày", no 4th
    (re.compile(r"\bthu ([2-7])(?=,? ?-? ?(?:ngay\b|[0-9]{1,2} ?[/.-]))"), r"thu-\1"),
    # "mỗi năm hai kỳ", "01 kỳ/tháng"
    (
        re.compile(
            r"\b((?:moi|hang|mot|0?1) (?:nam|quy|thang|tuan) (?:[0-9]{1,2}|mot|hai|ba|bon)) (?:ky|dot)\b"
            r"(?: bao cao)?\b"
        ),
        r"\1 lan",
    ),
    (
        re.compile(r"\b([0-9]{1,2}|mot|hai|ba|bon) (?:ky|dot)(?: bao cao)?(?= ?/ ?(?:thang|quy|nam|tuan)\b)"),
        r"\1 lan",
    ),
    (re.compile(r"\b(dau|giua) va cuoi nam\b"), r"\1 nam va cuoi nam"),
    (re.compile(r"\btu dau nam(?: [0-9]{4})? (?=(?:cho )?(?:den|toi)\b)"), ""),
    (re.compile(r"\b(?:it nhat|toi thieu|khoang|tu) (?=[0-9]{1,2} lan\b)"), ""),
    (
        re.compile(
            r"\b(hang|moi) (tuan|thang|quy|nam) (?:it nhat |toi thieu )?[0-9]{1,2} "
            r"(?=(?!(?:lan|thang|quy|nam|va|den|hoac|cua|ngay)\b)[a-z]{2})"
        ),
        r"\1 \2 ",
    ),
    (re.compile(r"\b([0-9]{1,2}) ?/ ?([0-9]{1,2}) ?/ ?((?:19|20)[0-9]{2})\b"), r"\1/\2/\3"),
    (re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})-(0[1-9]|1[0-2])-([0-3][0-9])(?![0-9])"), r"\3/\2/\1"),
    (re.compile(r"\bt([2-7])\b(?=.*\btuan\b)|(?<=\btuan )t([2-7])\b"), r"thu \1\2"),
    (re.compile(r"\bt\.? ?(0?[1-9]|1[0-2])(?![0-9a-z])(?! ?(?:%|lan\b))"), r"thang \1"),
    (
        re.compile(
            r"(?<![0-9/.-])(?<![/.-] )(?<!thang )(?<!quy )(?<!so )(?<!dot )(?<!lan )(?<!ky )(?<!hoa )"
            rf"(?<!thu )\b(0?[1-9]|1[0-2]) ?[/.-] ?{_YEAR_AFTER}"
        ),
        r"thang \1/",
    ),
    (
        re.compile(
            rf"(?<!quy )(?<!dot )(?<!lan )(?<!ky )(?<!phan )(?<![0-9/-])\b"
            rf"((?:(?:iv|i{{1,3}}) ?[,-] ?)?(?:iv|i{{1,3}})) ?/ ?{_YEAR_AFTER}"
        ),
        r"quy \1/",
    ),
)
_COUNTED_DAYS = re.compile(
    r"\b0?(?P<count>[2-9]) ngay[ :]+(?P<first>[0-9]{1,2})(?: va |, ?| ?- ?| den )(?P<last>[0-9]{1,2})"
    r"(?= ?/| thang)"
)
_COUNTED_MONTHS = re.compile(
    r"\b(?<!ngay )(?<!/)0?(?P<count>[2-9]) thang[ :]+(?:thang )?"
    r"(?P<months>(?:0?[1-9]|1[0-2])(?:(?:, ?| va )(?:thang )?(?:0?[1-9]|1[0-2])(?![0-9]))+)"
)
_CLOCK = re.compile(
    r"(?<!vong )(?<!han )(?<![0-9/.-])\b([01]?[0-9]|2[0-4]) ?"
    r"(?:(?:h|gio|g)\b ?(?:([0-5][0-9])\b(?: ?(?:phut|p)\b)?)?"
    r"|h([0-5][0-9])\b|:([0-5][0-9])\b)(?: ?(sang|chieu|toi)\b)?[ ,]*(?!ke tu|sau|lam viec)"
)


def plain(phrase: str) -> str:
    """Return the phrase as the patterns expect it: folded, numbers in digits, without brackets."""
    text = unicodedata.normalize("NFKC", nfc(phrase)).casefold()
    text = fold(spelt_to_digits(" ".join(text.split()))).translate(_DASHES)
    text = _SPELT_BEFORE.sub(r"\1", _SPELT_AFTER.sub(r"\1", _TWICE.sub(r"\1", text)))
    text = _BRACKETED_EXCEPTION.sub(r" ; \1 ; ", text)
    text = " ".join(_BRACKETS.sub(" ", _DAY_OF_A_KIND.sub(r"\1: ", text)).split())
    for pattern, replacement in _SHORT_FORMS:
        text = pattern.sub(replacement, text)
    return _COUNTED_DAYS.sub(_day_range, _COUNTED_MONTHS.sub(_without_count, text))


def _without_count(match: re.Match[str]) -> str:
    """Drop the count of "trong 02 tháng 7 và 8" where as many months follow."""
    months = re.findall(r"[0-9]+", match["months"])
    return f"thang {match['months']}" if len(months) == int(match["count"]) else match[0]


def _day_range(match: re.Match[str]) -> str:
    """Make one range of "trong 02 ngày 15 và 16/6"."""
    if int(match["last"]) - int(match["first"]) + 1 != int(match["count"]):
        return match[0]
    return f"ngay {match['first']}-{match['last']}"


def without_clock(text: str) -> tuple[str, time | None]:
    """Take the times of day out of the text and return the first; of "từ 8h ... đến 17h" the last."""
    matches = list(_CLOCK.finditer(text))
    if not matches:
        return text, None
    is_range = len(matches) > 1 and text[: matches[-1].start()].endswith("den ")
    head, rest = text[: matches[0].start()], text[matches[0].end() :]
    if head.endswith("tu ") and " den " not in rest:
        text = (
            f"{head[:-3]}{text[len(head) :]}"  # "từ 8h00 ngày 30/9" is a day, not all the time from then on
        )
    return _CLOCK.sub("", text), _time_of(matches[-1] if is_range else matches[0])


def _time_of(match: re.Match[str]) -> time:
    """Return the time of day; 24 giờ is the end of its day."""
    hour, minute = int(match[1]), int(match[2] or match[3] or match[4] or 0)
    if match[5] in ("chieu", "toi") and hour < 12:
        hour += 12
    return time(23, 59) if hour == 24 else time(hour, minute)
