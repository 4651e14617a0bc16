"""What an update says of the work, by weights that were learned from 13,900 labelled lines.

A linear model over pieces of words: it knows no rule, and errs elsewhere than the rules do. The weights stand
in learned_weights.py, which `make learn` writes (tests/learning). See decisions 21 and 22.
"""

import base64
import math
import re
import zlib
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, get_args

from domain.common.text import fold, nfc

Judgement = Literal["done", "in_progress", "not_started", "nil", "none", "ask"]
"""A state; none: nothing is said of the work; ask: it may mean this or that."""
JUDGEMENTS: Final[tuple[Judgement, ...]] = get_args(Judgement)
SLOTS: Final = 1 << 18
FACT_WEIGHT: Final = 0.5
_LONGEST: Final = 600
"""Code points of a line that are looked at: what an update says, it says there."""
_SHARE = re.compile(r"(?<![\d/])(\d{1,4}) ?/ ?(\d{1,4})(?![\d/])(?= ?[^\W\d])")
_DIGITS = re.compile(r"\d+")
_WORDS = re.compile(r"\w+|[^\w\s]")


def judge(text: str, facts: Iterable[str]) -> Mapping[Judgement, float]:
    """Return how likely each judgement of a line is, 0 to 1, by what the rules found too; it never raises."""
    features = features_of(text, facts)
    weights = _weights()
    scores = [
        intercept + scale * sum(row[slot] * value for slot, value in features.items())
        for row, scale, intercept in zip(weights.rows, weights.scales, weights.intercepts, strict=True)
    ]
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    return dict(zip(JUDGEMENTS, (power / sum(powers) for power in powers), strict=True))


def features_of(text: str, facts: Iterable[str]) -> dict[int, float]:
    """Return the slots of a line's pieces with their values: runs of words, words apart, parts of words.

    The pieces' values make a vector of length 1. Of numbers only a share counts: all of so many, or some.
    """
    typed = nfc(text[:_LONGEST]).lower()
    folded = _amounts(fold(typed))
    pieces = {f"f{run}" for run in _runs(folded)} | {f"u{run}" for run in _runs(_amounts(typed))}
    pieces |= {f"s{pair}" for pair in _apart(folded)}
    pieces |= {f"c{piece}" for word in folded.split() for piece in _pieces(f" {word} ")}
    slots = {_slot(piece) for piece in pieces}
    return dict.fromkeys(slots, 1 / math.sqrt(len(slots))) | {
        _slot(f"={fact}"): FACT_WEIGHT for fact in facts
    }


def _amounts(text: str) -> str:
    return _DIGITS.sub("0", _SHARE.sub(_share, text))


def _share(match: re.Match[str]) -> str:
    count, total = int(match[1]), int(match[2])
    return match[0] if total < count else " ¤every " if count == total else " ¤some "


def _runs(text: str) -> Iterable[str]:
    words = ["^", *_WORDS.findall(text), "$"]
    return (" ".join(words[i : i + n]) for n in (1, 2, 3) for i in range(len(words) - n + 1))


def _apart(text: str) -> Iterable[str]:
    """Pairs of words with one or two between: "chưa ... xong" is no "chưa" and no "xong"."""
    words = ["^", *_WORDS.findall(text), "$"]
    return (f"{n} {words[i]} {words[i + n]}" for n in (2, 3) for i in range(len(words) - n))


def _pieces(word: str) -> Iterable[str]:
    return (word[i : i + n] for n in (2, 3, 4, 5) for i in range(len(word) - n + 1))


def _slot(piece: str) -> int:
    return zlib.crc32(piece.encode("utf-8", "replace")) % SLOTS


@dataclass(frozen=True, slots=True)
class _Weights:
    rows: tuple["array[int]", ...]
    scales: tuple[float, ...]
    intercepts: tuple[float, ...]


@cache
def _weights() -> _Weights:
    from domain.updates.learned_weights import INTERCEPTS, PACKED, SCALES  # large: read when it is needed

    values = array("b", zlib.decompress(base64.b85decode("".join(PACKED.split()))))
    rows = tuple(values[i * SLOTS : (i + 1) * SLOTS] for i in range(len(JUDGEMENTS)))
    return _Weights(rows, SCALES, INTERCEPTS)
