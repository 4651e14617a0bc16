"""Preparing a phrase: the folded text that the patterns of deadline phrases expect."""

import re
import unicodedata
from datetime import time

from domain.common.text import fold, nfc

_DASHES = str.maketrans(dict.fromkeys("–—−‐‑‒", "-"))
_NUMBER_WORD = r"(?:mot|hai|ba|bon|tu|nam|sau|bay|tam|chin|muoi|lam|nham|mot|linh|le|khong)"
_SPELT_AFTER = re.compile(rf"\b([0-9]{{1,4}}) ?\( ?{_NUMBER_WORD}(?: {_NUMBER_WORD}){{0,4}} ?\)")
_SPELT_BEFORE = re.compile(rf"\b{_NUMBER_WORD}(?: {_NUMBER_WORD}){{0,4}} ?\( ?([0-9]{{1,4}}) ?\)")
_BRACKETS = re.compile(r"[()\[\]{}\"“”'*_]+")
# "tháng sáu" (June) and "tháng sau" (next month) differ by a mark that folding takes away.
_MONTH_WORDS = {"mười một": 11, "mười hai": 12, "mười": 10, "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4}
_MONTH_WORDS |= {"năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "chạp": 12}
_MONTH_WORD = re.compile(rf"\b(tháng) ({'|'.join(_MONTH_WORDS)})\b(?! lần| một lần)")
_QUARTER_WORD = re.compile(r"\b(quý) (một|hai|ba|bốn|tư)\b(?! lần)")
_QUARTER_WORDS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4}
_QUARTER_LETTER = re.compile(r"\b(?:q|quy)\.? ?(iv|i{1,3}|[1-4])\b")
_CLOCK = re.compile(
    r"(?<!vong )(?<!han )(?<![0-9/.-])\b([01]?[0-9]|2[0-4]) ?"
    r"(?:(?:h|gio|g)\b ?(?:([0-5][0-9])\b(?: ?(?:phut|p)\b)?)?"
    r"|h([0-5][0-9])\b|:([0-5][0-9])\b)(?: ?(sang|chieu|toi)\b)?[ ,]*(?!ke tu|sau|lam viec)"
)


def plain(phrase: str) -> str:
    """Return the phrase as the patterns expect it: folded, without brackets or numbers said twice."""
    text = unicodedata.normalize("NFKC", nfc(phrase)).casefold()
    text = _MONTH_WORD.sub(lambda m: f"{m[1]} {_MONTH_WORDS[m[2]]}", " ".join(text.split()))
    text = _QUARTER_WORD.sub(lambda m: f"{m[1]} {_QUARTER_WORDS[m[2]]}", text)
    text = _SPELT_AFTER.sub(r"\1", fold(text).translate(_DASHES))
    text = _QUARTER_LETTER.sub(r"quy \1", _SPELT_BEFORE.sub(r"\1", text))
    return " ".join(_BRACKETS.sub(" ", text).split())


def without_clock(text: str) -> tuple[str, time | None]:
    """Take the first time of day out of the text; 24 giờ is the end of its day."""
    match = _CLOCK.search(text)
    if match is None:
        return text, None
    hour, minute = int(match[1]), int(match[2] or match[3] or match[4] or 0)
    if match[5] in ("chieu", "toi") and hour < 12:
        hour += 12
    clock = time(23, 59) if hour == 24 else time(hour, minute)
    return f"{text[: match.start()]}{text[match.end() :]}", clock
