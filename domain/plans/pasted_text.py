"""Long texts pasted into a chat: what looks like a plan, what may be its next part, how parts are joined."""

import re

from domain.common.text import fold
from domain.plans.correction_replies import read_corrections

LONGEST = 400_000
"""Characters that are joined at most."""

_LINES, _LENGTH = 6, 300
"""The least that a plan has: lines with words on them, and characters."""

_SIGNS = ("ke hoach", "chuong trinh", "quyet dinh", "nhiem vu", "chu tri", "to chuc thuc hien", "bao cao")
_LEAST_SIGNS, _LEAST_IN_LONG = 2, 1
"""So many of them make a plan of a text, and of one that is as long as a message can be."""

_HALF, _FULL = 2048, 3500
"""UTF-16 code units. A messenger that cuts at 4096 leaves no part but the last shorter than the first of
these; one as long as the second has most probably another behind it."""

_SHORT, _CORRECTION = 80, 200
"""Characters: a single line shorter than the first, and a correction shorter than the second, is no part."""


def is_plan(text: str) -> bool:
    """Tell whether a message looks like the text of a plan: long, of many lines, in the words of one."""
    if len(_filled(text)) < _LINES or len(text) < _LENGTH:
        return False
    plain = fold(text)
    least = _LEAST_IN_LONG if may_go_on(text) else _LEAST_SIGNS
    return sum(sign in plain for sign in _SIGNS) >= least


def is_part(text: str) -> bool:
    """Tell whether a message may go on with a text: no command, no short reply, no correction of a draft."""
    if text.startswith("/") or (len(_filled(text)) < 2 and len(text) < _SHORT):
        return False
    return len(text) >= _CORRECTION or not read_corrections(text)


def may_go_on(part: str) -> bool:
    """Tell whether a part is long enough for the messenger to have cut another off behind it."""
    return _units(part) >= _HALF


def is_full(part: str) -> bool:
    """Tell whether the messenger has most probably cut another part off behind this one."""
    return _units(part) >= _FULL


def _filled(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


_WORDS_CUT = re.compile(r"([^\W\d_]*)\n([^\W\d_]+)")
_NUMBER_CUT = re.compile(r"\d[\d/]*\n[\d/]*\d(?![.)\d])")
_SYLLABLE = re.compile(r"[^aeiouy]*[aeiouy]+[^aeiouy]*")


def joined(first: str, second: str) -> str:
    """Put two parts together where a messenger cut them: in a word or a number, in a sentence, between lines.

    A syllable of Vietnamese has one run of vowels: "Ng" and "oại" are one word, "và" and "các" are two.
    """
    *_, last = re.split(r"\s", first[-20:])
    seam = f"{last}\n{second[:20]}"
    words = _WORDS_CUT.search(seam)
    if words is not None and words[2][0].islower():
        broken = bool(words[1]) and _SYLLABLE.fullmatch(fold(words[1] + words[2]))
        return first + second if broken else f"{first}\n{second}"
    if _NUMBER_CUT.match(seam):
        return first + second
    return f"{first}\n\n{second}" if "\n\n" in first else f"{first}\n{second}"
