"""Numbers in words, where a deadline uses them: "ngày hai mươi lăm tháng sáu", "ba quý đầu năm"."""

import re
from collections.abc import Sequence
from itertools import pairwise

from domain.common.text import fold

_UNITS = {
    "một": 1,
    "mốt": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "lăm": 5,
    "nhăm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
}
_ONLY_AFTER_TENS = {"mốt", "lăm", "nhăm"}
# Without marks these are also "sau" (after), "từ" (from) and "năm" (year).
_AMBIGUOUS = {"sáu", "tư", "năm"}
_PLAIN_UNITS = {fold(word): value for word, value in _UNITS.items() if word not in _AMBIGUOUS}
_PLAIN_AFTER_TENS = {"lam", "nham"}

_BEFORE_DAY = {"ngày", "mùng", "mồng", "hôm"}
_LARGEST = {"ngày": 31, "mùng": 10, "mồng": 10, "hôm": 31, "tháng": 12, "quý": 4, "tuần": 5}
_COUNTED = {"ngày", "tuần", "tháng", "quý", "năm", "lần", "giờ"}
_EVERY = {"hằng", "hàng", "mỗi", "từng", "kỳ", "các", "thứ"}
_AFTER_DAY = {"tháng", "hằng", "hàng", "của", ""}
_JOINS = {"và", "hoặc", "va", "hoac"}
_TOKEN = re.compile(r"[^\W\d_]+|\d+|\s+|.", re.DOTALL)
_THOUSAND = {"nghìn", "ngàn", "nghin", "ngan"}

Number = tuple[int, int]
"""A value and how many words it takes."""


def spelt_to_digits(text: str) -> str:
    """Return the lower-case text with the numbers of days, months, quarters, years and counts in digits.

    A word that could be something else stays: "tháng sau" without marks is June or next month.
    """
    tokens = _TOKEN.findall(text)
    places = [i for i, token in enumerate(tokens) if token.isalpha() or token.isdigit()]
    words = [tokens[i] for i in places]
    gaps = ["".join(tokens[a + 1 : b]).strip() for a, b in pairwise(places)] + [""]
    marked = any(fold(word) != word for word in words)
    at, head, list_end = 0, "", -1
    while at < len(words):
        if at != list_end + 1 or gaps[at - 1] not in ("", ","):
            head = ""  # what the numbers of a list count: "tháng" in "tháng bảy và tám"
        if words[at] in _JOINS and at == list_end + 1 and not gaps[at - 1]:
            at, list_end = at + 1, list_end + 1
            continue
        before = _with_marks(words[at - 1]) if at and not gaps[at - 1] else ""
        number = _at(words, gaps, at, before, marked=marked) or (
            head and _listed(words, at, head, marked=marked)
        )
        if not number or any(gaps[at : at + number[1] - 1]):
            at += 1
            continue
        end = places[at + number[1] - 1]
        tokens[places[at] : end + 1] = [str(number[0])] + [""] * (end - places[at])
        at, head = at + number[1], before if before in _LARGEST else head
        list_end = at - 1
    return "".join(tokens)


def _at(words: Sequence[str], gaps: Sequence[str], at: int, before: str, *, marked: bool) -> Number | None:
    """Return the number that begins at this word, where its neighbours make it a number of a deadline."""
    if before == "năm" and (year := _year(words, at)):
        return year
    number = _number(words, at, marked=marked)
    if number is None:
        return None
    value, length = number
    end = at + length
    after = _with_marks(words[end]) if end < len(words) and not gaps[end - 1] else ""
    is_five_or_year = length == 1 and words[at] == "năm"
    is_a_year = words[at] == "năm" and end < len(words) and len(words[end]) == 4 and words[end].isdigit()
    if is_a_year and before == "tháng" and at > 1 and words[at - 2].isdigit():
        return None  # "trong 9 tháng năm 2026"
    if before in _LARGEST and value <= _LARGEST[before] and after != "lần":
        if before in _BEFORE_DAY and is_five_or_year and after not in _AFTER_DAY:
            return None
        earlier = words[at - 2] if at > 1 else ""
        return None if is_five_or_year and earlier in _EVERY else number
    counts = after in _COUNTED and (before not in ("thứ", "năm") or after == "lần")
    return number if counts and not (is_five_or_year and after != "ngày") else None


def _listed(words: Sequence[str], at: int, head: str, *, marked: bool) -> Number | None:
    number = _number(words, at, marked=marked)
    if number is None or number[0] > _LARGEST[head] or words[at] == "năm":
        return None
    return number


_MARKS = {fold(word): word for word in (*_LARGEST, *_COUNTED, *_EVERY)} | {"hang": "hằng", "nam": "năm"}


def _with_marks(word: str) -> str:
    return _MARKS.get(word, word)


def _number(words: Sequence[str], at: int, *, marked: bool) -> Number | None:
    units = _UNITS if marked else _PLAIN_UNITS
    ten, tens = ("mười", "mươi") if marked else ("muoi", "muoi")
    word, after = words[at], words[at + 1] if at + 1 < len(words) else ""
    if word == ten:
        return (10 + units[after], 2) if after in units and after not in ("mốt", "tư") else (10, 1)
    value = units.get(word)
    if value is None or word in (_ONLY_AFTER_TENS if marked else _PLAIN_AFTER_TENS):
        return None
    if after == tens:
        last = words[at + 2] if at + 2 < len(words) else ""
        return (10 * value + units[last], 3) if last in units else (10 * value, 2)
    if value in (2, 3) and after in _ONLY_AFTER_TENS | ({"tư"} if marked else _PLAIN_AFTER_TENS):
        return 10 * value + _UNITS.get(after, 5), 2
    return value, 1


def _year(words: Sequence[str], at: int) -> Number | None:
    """Return "hai nghìn không trăm hai mươi sáu" as 2026."""
    if list(words[at : at + 1]) != ["hai"] or at + 1 >= len(words) or words[at + 1] not in _THOUSAND:
        return None
    at += 2
    length = 2
    for skipped in (("không", "trăm"), ("khong", "tram"), ("lẻ",), ("linh",)):
        if tuple(words[at : at + len(skipped)]) == skipped:
            at += len(skipped)
            length += len(skipped)
    rest = _number(words, at, marked=True) if at < len(words) else None
    return (2000 + rest[0], length + rest[1]) if rest else None
