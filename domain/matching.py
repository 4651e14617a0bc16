"""Which of several pieces of work a line speaks of, by a few words of it: "pano xong roi"."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import log

from domain.text import fold

_WORD = re.compile(r"[^\W_]+")
# Words of updates, and words that any piece of work may be told with: they name none (folded).
_ORDINARY_WORDS = """
a ah anh chi em sep da vang oke ok dc duoc dang chua xong roi het hoan thanh tat ca va voi cung la thi
ma bao cao bc cv cong van so ngay thang nam tuan quy hom nay mai qua gio viec muc nhiem vu noi dung phan
trien khai thuc hien to chuc tien hanh phoi hop chu tri tham muu lam co khong ko k khoang gan hon con
lai cac nhung mot hai ba theo cho cua tu den ve tai trong tren o do vi nen xin lui han gia vuong kho
khan de nghi kien gui nop ky ban can phai se vua moi dao tinh don dia ket dat pham tram
"""
_ORDINARY = frozenset(_ORDINARY_WORDS.split())
_CLEARLY = 1.5
"""So many times as well must the first fit as the second."""
_MOSTLY = 0.5


def find(words: str, texts: Sequence[str]) -> tuple[int, ...]:
    """Return the places in `texts` of what `words` speak of, the best first.

    One: nothing else comes near. Several: it may be any of them. None: `words` have no words of any. Case and
    diacritics do not matter; words that few of the texts have count more, and so do words that stand side by
    side in both.
    """
    said = _tokens(words)
    candidates = [_tokens(text) for text in texts]
    whole = _named_in_full(said, candidates)
    if whole:
        return whole
    rarity = _rarities(candidates)
    scores = [_score(said, tokens, rarity) for tokens in candidates]
    best = max(scores, default=0.0)
    near = [at for at, score in enumerate(scores) if score and score * _CLEARLY > best]
    return tuple(sorted(near, key=lambda at: -scores[at]))


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold(text)))


def _named_in_full(said: Sequence[str], candidates: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """The longest of the texts that stand in `said` with all their words in order."""
    held = [
        at
        for at, tokens in enumerate(candidates)
        if tokens and (tuple(tokens) == tuple(said) or (_content(tokens) and _holds(said, tokens)))
    ]
    longest = max((len(candidates[at]) for at in held), default=0)
    return tuple(at for at in held if len(candidates[at]) == longest)


def _holds(said: Sequence[str], tokens: Sequence[str]) -> bool:
    spaced = " ".join(tokens)
    return f" {spaced} " in f" {' '.join(said)} "


def _content(tokens: Sequence[str]) -> set[str]:
    return {one for one in tokens if one not in _ORDINARY and not one.isdecimal()}


def _pairs(tokens: Sequence[str]) -> set[tuple[str, str]]:
    """Words side by side of which one tells something: "hội nghị", "6 tháng"."""
    return {pair for pair in pairwise(tokens) if _content(pair) or sum(one.isdecimal() for one in pair) == 1}


def _rarities(candidates: Sequence[Sequence[str]]) -> dict[str, float]:
    """What a word is worth: less, the more of the texts have it."""
    having = Counter(one for tokens in candidates for one in set(tokens))
    return {one: log(1 + len(candidates) / count) for one, count in having.items()}


def _score(said: Sequence[str], tokens: Sequence[str], rarity: dict[str, float]) -> float:
    """How well words fit a text; nothing where only few of them do, and none side by side."""
    told = _content(said)
    shared = told & _content(tokens)
    together = _pairs(said) & _pairs(tokens)
    if not together and len(shared) <= _MOSTLY * len(told):
        return 0.0
    beside = sum(rarity[one] + rarity[other] for one, other in together)
    return sum(rarity[one] for one in shared) + beside
