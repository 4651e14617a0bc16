"""The text of an update while it is read: what has been understood of it, and its parts."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from domain.common.text import nfc
from domain.updates.amounts import Amounts, measure
from domain.updates.clauses import Part, Role, take_apart
from domain.updates.disclaimers import NOTHING_OF_THE_KIND
from domain.updates.documents import cite
from domain.updates.keyboard import as_meant
from domain.updates.loose import lowered
from domain.updates.phrases import SO
from domain.updates.plain_words import Plain, in_plain_words

# Pictures, their joiners and skin tones say nothing: "video chưa 🙏".
_PICTURES = re.compile(
    r"https?://\S+|["
    "\u2190-\u2bff\u3030\u303d\ufe0e\ufe0f\u20e3\U0001f000-\U0001faff\U000e0020-\U000e007f]"
)
# Each pattern of NOTHING_OF_THE_KIND needs one of these; most texts have none.
_MAY_BE_NOTHING = re.compile(
    "nh[aậ]n |th[aấ]y |check|xem |kh[oó]|nh[aắ]c|gi[uụ]c|[dđ][oò]i|h[oỏ]i|c[aậ]p nh|b[aá]o |"
    "v[uư][oơớ]|tr[oơở] |ngh[iị]|xu[aâấ]t|"
    "gia h|l[uù]i|xin th|k[eẹ]t|thi[eêế]u|b[iị] |d[uùâẫ]|"
    "gi[oờ] m[oớ]i|nay m[oớ]i|[dđ]ang |c[oò]n |n[eếê]u |c[oó] g[iì] |n[aà]o |ch[uư]a|h[aạ]n "
)
_ONLY_A_TICK = re.compile("\\W*[\u2705\u2611\u2714]\\W*")
_MAY_QUOTE = re.compile('[>"\u201c]')
# Lines of the message that is answered: "> Nhắc việc: báo cáo tháng 6", “còn nợ 1 báo cáo” – ...
_QUOTED = re.compile(
    r"^[ \t]*>.*$|^\s*(?:\u201c[^\u201d\n]{1,80}\u201d|\"[^\"\n]{1,80}\")\s*[-\u2013\u2014:]", re.MULTILINE
)
_TRIMMED = " \t\r\n,;:.-–"


@dataclass(frozen=True, slots=True)
class Note:
    """A text in NFC with its parts. In `scan`, in plain words, documents and amounts are covered.

    `uncounted` is `scan` with the amounts still open. Both have what the keyboard was meant to write; what is
    said only to say that there is none ("không vướng gì") is blank in them. Places are those of `scan`.
    """

    text: str
    plain: Plain
    uncounted: str
    scan: str
    parts: tuple[Part, ...]
    documents: tuple[str, ...]
    today: date
    due: date | None

    def words(self, part: Part) -> str:
        """The words of a part, with what has been understood covered."""
        return self.scan[part.start : part.end]

    def typed(self, start: int, end: int) -> str:
        """The words as they were typed."""
        first, last = self.plain.typed(start, end)
        return self.text[first:last]

    def span(self, parts: tuple[Part, ...]) -> str | None:
        """The words typed from the first of the parts to the last, in one piece; None without any."""
        words = self.typed(parts[0].start, parts[-1].end).strip(_TRIMMED) if parts else ""
        return (words if "(" in words else words.rstrip(")")) or None

    def all_of(self, *roles: Role) -> tuple[Part, ...]:
        """The parts that have one of the roles."""
        return tuple(part for part in self.parts if part.role in roles)

    def followed(self) -> tuple[tuple[int, int], ...]:
        """Where a difficulty goes on to tell what it led to: "chưa có kinh phí nên chưa làm"."""
        parts = self.all_of("difficulty", "reason")
        openings = ((part, SO.search(self.scan, part.start, part.end)) for part in parts)
        return tuple((so.end(), part.end) for part, so in openings if so)

    def amounts(self) -> Amounts:
        """What is measured of the work itself: "thiếu 20% kinh phí" is a difficulty, and no percent."""
        characters = list(self.uncounted)
        for part in self.parts:
            if part.role != "result":
                characters[part.start : part.end] = " " * (part.end - part.start)
        for start, end in self.followed():
            characters[start:end] = self.uncounted[start:end]
        return measure("".join(characters), self.today)


@lru_cache(maxsize=64)
def note_of(text: str, today: date, due: date | None) -> Note:
    """Return the text taken apart; the last ones are remembered, since one message is read several times."""
    text = nfc(text)
    cited = cite(_QUOTED.sub(lambda match: " " * len(match[0]), text) if _MAY_QUOTE.search(text) else text)
    plain = (
        Plain("xong", (0,) * 4)
        if _ONLY_A_TICK.fullmatch(text)
        else in_plain_words(as_meant(_PICTURES.sub(lambda match: " " * len(match[0]), cited.covered)))
    )
    uncounted = plain.text
    for pattern in NOTHING_OF_THE_KIND if _MAY_BE_NOTHING.search(lowered(uncounted)) else ():
        uncounted = pattern.sub(lambda match: " " * len(match[0]), uncounted)
    scan = measure(uncounted, today).covered
    return Note(text, plain, uncounted, scan, take_apart(scan), cited.numbers, today, due)
