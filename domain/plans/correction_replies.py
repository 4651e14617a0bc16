"""The short replies that correct a draft: "3 la Sở Tài chính", "5 han 20/6", "4 bo", "7 khong nhac"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from domain.common.text import fold, squeeze

Verb = Literal["drop", "quiet", "ask", "right", "who", "when", "either"]
"""Leave it out; keep it and ask nobody; ask for it though its date has passed; it is right; who is meant;
by when; a date or names, unsaid which."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What is to become of the thing that was shown under `number`; `words` are the names or the date."""

    number: int
    verb: Verb
    words: str


_SPLIT = re.compile(r"(?=[\n;])")
_NEXT = re.compile(
    r"(?:\s*,|\s+va|(?<=bo)|(?<=dung)|(?<=nhac))\s+"
    r"(?=\d{1,3}\s*[.:)-]?\s+"
    r"(?:la|gom|bao gom|giao|han|bo|xoa|loai|dung|giu|khong nhac|khoi nhac|hoi)\b)"
)
"""Where another correction begins on the same line: behind a comma or "và", or behind what is whole."""
_NUMBERED = re.compile(r"(\d{1,3})\s*[.:)-]?\s+(\S.*)")
_VERBS: tuple[tuple[Verb, re.Pattern[str]], ...] = (
    ("quiet", re.compile(r"(?:khong|khoi|thoi|dung) (?:can )?nhac\b.*")),
    ("ask", re.compile(r"(?:van |cu )?(?:hoi|nhac)(?: (?:tu nay|tu hom nay|ngay|lai|luon))*[.!]?")),
    ("drop", re.compile(r"(?:bo|xoa|loai)(?: (?:qua|ra|di|bo|viec|dong|muc|nay))*[.!]?")),
    ("right", re.compile(r"(?:dung|phai|ok|oke|dong y|giu(?: nguyen)?|them|y)(?: roi| vay| a| nay)*[.!]?")),
    ("who", re.compile(r"(?:la|bao gom|gom co|gom|giao cho|giao)(?= )")),
    ("when", re.compile(r"(?=(?:han|truoc|cham nhat|muon nhat|den|trong|ngay|hang|dinh ky)\b.*)")),
)  # fmt: skip
"""How each begins, in folded words; what only opens a phrase is cut off it. The first that fits decides."""


def read_corrections(text: str) -> tuple[Correction, ...]:
    """Return the corrections in a message, several on lines of their own, after ";" or in a row.

    None where any piece of it is no correction.
    """
    text = "\n".join(map(_apart, text.splitlines()))
    corrections: list[list[str]] = []
    for piece in _SPLIT.split(text.strip()):
        words = squeeze(piece.strip(";"))
        if not corrections or _NUMBERED.fullmatch(words):
            corrections.append([words])
        else:
            corrections[-1].append(piece)
    found = [_NUMBERED.fullmatch(squeeze("".join(pieces)).rstrip("; ")) for pieces in corrections]
    return tuple(_correction(int(each[1]), each[2]) for each in found if each) if all(found) else ()


def _apart(line: str) -> str:
    """Put each correction of a line on a line of its own: "3 đúng, 4 bỏ và 5 hạn 20/6"."""
    line = squeeze(line)
    plain = fold(line)
    if len(plain) != len(line):  # some letters have no place of their own in folded words
        return line
    pieces, start = [], 0
    for found in _NEXT.finditer(plain):
        pieces.append(line[start : found.start()])
        start = found.end()
    return "\n".join([*pieces, line[start:]])


def _correction(number: int, words: str) -> Correction:
    return next(_fitting(number, words), Correction(number, "either", words))


def _fitting(number: int, words: str) -> Iterator[Correction]:
    plain = fold(words)
    for verb, pattern in _VERBS:
        if verb in ("who", "when"):
            opening = pattern.match(plain)
            if opening:
                yield Correction(number, verb, " ".join(words.split()[len(opening[0].split()) :]))
        elif pattern.fullmatch(plain):
            yield Correction(number, verb, "")
