"""Which of several pieces of work a line speaks of, by a few words of it: "pano xong roi"."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import log

from domain.common.text import fold

_WORD = re.compile(r"[^\W_]+")
# Words of updates, and words that any piece of work may be told with: they name none (folded).
_SAID_OF_ANY = """
a ah anh chi em sep da vang oke ok dc duoc dang chua xong roi het hoan thanh tat ca va voi cung la thi
ma hom nay mai qua gio khong ko k khoang gan hon con lai xin lui han gia vuong phai se vua moi dat
lam gui nop
"""
_TOLD_OF_ANY = """
bao cao cong van so ngay thang nam tuan quy viec muc nhiem vu noi dung phan trien khai thuc hien to
chuc tien hanh phoi hop chu tri tham muu co cac nhung mot hai ba theo cho cua tu den ve tai trong
tren o do vi nen kho khan de nghi kien ky ban can dao tinh don dia ket pham tram
"""
# What any work may lack or wait for: "thiếu người", "chờ lãnh đạo ký", "chưa có số liệu".
_LACKED_BY_ANY = """
thieu nguoi kinh phi tien von nguon nhan luc su lieu huong dan mat bang thiet bi may mang he thong loi hong
lanh dao ky duyet y cap bo tri cho doi ban
"""
# Halves of many words: one of them, or some that stand apart, name no work ("đường", "nước").
_HALVES = """
duong nuoc dan xa phuong huyen tinh so nha dat dien xe hang hoc truong thong tin hoat dong chuong du an
gia quoc trang moi hop tac khach doan tham quan sinh cong kinh te xay dung phat chinh sach tuyen dich
gioi ngoai tac phong quang hinh
"""
_UPDATE_WORDS = frozenset(_SAID_OF_ANY.split())
_ORDINARY = _UPDATE_WORDS | frozenset(_TOLD_OF_ANY.split())
_LACKED = frozenset(_LACKED_BY_ANY.split())
_WEAK = _LACKED | frozenset(_HALVES.split())
_EITHER = frozenset({"thi", "cong"})
"""Of these the next word tells whether they are ordinary: "hội nghị thì chưa", "hội nghị thi đua"."""
_SHORT = {
    "bc": "bao cao",
    "cv": "cong van",
    "hn": "hoi nghi",
    "csdl": "co so du lieu",
    "cttdt": "cong thong tin dien tu",
    "pa no": "pano",
}
_SHORTENED = re.compile(rf"(?<!\w)(?:{'|'.join(_SHORT)})(?!\w)")
_CLEARLY = 1.5
"""So many times as well must the first fit as the second."""
_MOSTLY = 0.5
_FEW = 2


def find(text: str, texts: Sequence[str]) -> tuple[int, ...]:
    """Return the places in `texts` of the items that `text` speaks of, the best match first.

    One: nothing else comes near. Several: it may be any of them. None: `words` have no words of any. Case and
    diacritics do not matter; words that few of the texts have count more, and so do words that stand side by
    side in both.
    """
    spoken = _tokens(text)
    candidates = [_tokens(text) for text in texts]
    whole = _named_in_full(spoken, candidates)
    if whole:
        return whole
    rarity = _rarities(candidates)
    scores = [_score(spoken, tokens, rarity) for tokens in candidates]
    best = max(scores, default=0.0)
    near = [at for at, score in enumerate(scores) if score and score * _CLEARLY > best]
    return tuple(sorted(near, key=lambda at: -scores[at]))


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_SHORTENED.sub(lambda match: _SHORT[match[0]], fold(text))))


def _named_in_full(spoken: Sequence[str], candidates: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """Return the places of the longest texts whose words all stand in `spoken`, in order."""
    held = [
        at
        for at, tokens in enumerate(candidates)
        if tokens and (tuple(tokens) == tuple(spoken) or _is_in(tokens, spoken))
    ]
    longest = max((len(candidates[at]) for at in held), default=0)
    return tuple(at for at in held if len(candidates[at]) == longest)


def _is_in(tokens: Sequence[str], spoken: Sequence[str]) -> bool:
    """Whether a text is said in full; one of ordinary words ("báo cáo năm") only with words of an update."""
    if _content(tokens):
        return _holds(spoken, tokens)
    return tuple(tokens) == tuple(token for token in spoken if token not in _UPDATE_WORDS)


def _holds(spoken: Sequence[str], tokens: Sequence[str]) -> bool:
    spaced = " ".join(tokens)
    return f" {spaced} " in f" {' '.join(spoken)} "


def _content(tokens: Sequence[str]) -> set[str]:
    return {token for token in tokens if token not in _ORDINARY and not token.isdecimal()}


def _pairs(tokens: Sequence[str]) -> set[tuple[str, str]]:
    """Words side by side of which one tells something: "hội nghị", "6 tháng"."""
    return {
        pair for pair in pairwise(tokens) if _content(pair) or sum(token.isdecimal() for token in pair) == 1
    }


def _rarities(candidates: Sequence[Sequence[str]]) -> dict[str, float]:
    """Return the weight of each word: less, the more of the texts have it."""
    having = Counter(token for tokens in candidates for token in set(tokens))
    return {token: log(1 + len(candidates) / count) for token, count in having.items()}


def _score(spoken: Sequence[str], tokens: Sequence[str], rarity: dict[str, float]) -> float:
    """How well words fit a text; nothing where few of them do, none side by side, or they tell of another."""
    content = _content(spoken)
    shared = content & _content(tokens)
    together = _pairs(spoken) & _pairs(tokens)
    names = any(not {*pair} <= _LACKED | _ORDINARY for pair in together)
    if not names and (len(shared) <= _MOSTLY * len(content) or shared <= _WEAK):
        return 0.0
    if _is_of_another(spoken, tokens, together):
        return 0.0
    beside = sum(rarity[word] + rarity[other] for word, other in together)
    return sum(rarity[word] for word in shared) + beside


def _is_of_another(spoken: Sequence[str], tokens: Sequence[str], together: set[tuple[str, str]]) -> bool:
    """Whether the few words that both share go on differently: "hội nghị thi đua", "hội nghị tập huấn"."""
    beside = _content([token for pair in together for token in pair])
    if not 0 < len(beside) <= _FEW:
        return False
    content = [token for token in spoken if token in _content(spoken)]
    if content[0] not in tokens and len(beside) <= _MOSTLY * len(set(content)):
        return True  # "đoàn kiểm tra của Bộ" is no inspection of one's own
    last = max(at for at, pair in enumerate(pairwise(spoken)) if pair in together) + 1
    place = (
        max(at for at, pair in enumerate(pairwise(tokens)) if pair == (spoken[last - 1], spoken[last])) + 1
    )
    goes_on = [token for token in tokens[place + 1 :] if token in _content(tokens)][:1]
    return bool(goes_on) and goes_on[0] not in spoken and _is_strange(spoken[last + 1 : last + 3], tokens)


def _is_strange(after: Sequence[str], tokens: Sequence[str]) -> bool:
    """Whether the words that follow are those of something else than the text tells."""
    if not after or not (_content(after[:1]) or after[0] in _EITHER):
        return False
    if after[0] not in tokens and after[0] not in _EITHER:
        return True
    return len(after) > 1 and after[1] not in _UPDATE_WORDS and tuple(after) not in set(pairwise(tokens))
