"""Items whose number stands behind the word on them: "xong 2", "đã xong việc 2 rồi ạ"."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

from domain.common.text import nfc
from domain.updates.keyboard import as_meant
from domain.updates.loose import loose
from domain.updates.numbers import NAME, REFS, items_of
from domain.updates.word_groups import ALREADY, FINISH, GOING, NOT_YET, SELF, TAIL


@dataclass(frozen=True, slots=True)
class Behind:
    """Words [start, end) of a text and the items behind them; `after` is where the next may begin.

    `named`: they are called items, "việc 2". A number alone may as well be a count.
    """

    start: int
    end: int
    after: int
    items: tuple[str, ...]
    named: bool


_STATE = (
    rf"(?:(?:{NOT_YET}|{GOING}|gần|sắp|đã|vừa|mới|làm) ){{0,3}}{FINISH}(?: {ALREADY})?"
    rf"|(?:{NOT_YET}|{GOING}) (?:làm|triển khai|thực hiện)"
)
_BEHIND = loose(
    rf"\W*{SELF}(?P<words>{_STATE}) ?(?P<name>{NAME}:? ?)?(?P<refs>{REFS}){TAIL}", whole_words=False
)
_SEGMENT_END = re.compile(r"[\n;]|[.!?](?=\s|$)|,(?!\d)|$")
# "xong 1 nửa" tells of a half; without marks "1 nua" may be that or "1 nữa", one more.
_HALF = re.compile(r"1\s+(?:nửa|nưa|nua)\b", re.IGNORECASE)
# Of "xong 2, còn 1" both numbers are counts.
_LEFT = loose(r"\s*(?:thì |và |nhưng )?còn (?:lại |thiếu |nợ |mỗi )?\d", whole_words=False)


def _segment(text: str, start: int) -> Behind | None:
    stop = _SEGMENT_END.search(text, start)
    end = stop.start() if stop else len(text)
    after = stop.end() if stop else len(text)
    match = _BEHIND.match(text[start:end])
    if match is None or _LEFT.match(text, after):
        return None
    if _HALF.match(text, start + match.start("refs")):
        return None
    words = start + match.start("words"), start + match.end("words")
    return Behind(*words, after, items_of(match["refs"]), bool(match["name"]))


def run_of(text: str, known: Container[str]) -> Iterator[Behind]:
    """Yield the items behind their words with which a text begins: "xong 1, xong 2".

    A number alone is one only where it is among those `known`.
    """
    place = 0
    while place < len(text) and (behind := _segment(text, place)) is not None:
        if not behind.items or not (behind.named or all(item in known for item in behind.items)):
            return
        yield behind
        place = behind.after


def maybe_behind(text: str) -> tuple[str, ...]:
    """Return the numbers, alone behind a word of state, that may name items: "xong 2", not "xong 2 tin"."""
    text = as_meant(nfc(text))
    starts = [0, *(stop.end() for stop in _SEGMENT_END.finditer(text) if stop.end() < len(text))]
    alone = [behind for start in starts if (behind := _segment(text, start)) is not None and not behind.named]
    return tuple(dict.fromkeys(item for behind in alone for item in behind.items))
