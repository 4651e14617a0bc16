"""Walking along the words of a text: phrases, capitals, and names that no register knows."""

import re
from collections.abc import Sequence

from documents.reading import vocabulary as v
from documents.reading.words import Phrases, Word
from domain.organisation.register import Words, words

AND = {words(joint)[0] for joint in ("và", "cùng", "hoặc")}
LONGEST_NAME = 16
"""The words of the longest name that is looked for."""
_LONGEST_HEAD, _LONGEST_TAIL = 6, 5
PLACE_HEADS = {
    words(head): head
    for head in (
        *(f"{committee} {level}" for committee in ("UBND", "Ủy ban nhân dân", "HĐND") for level in (
            "huyện", "thị xã", "thành phố", "xã", "phường", "thị trấn", "đặc khu")),
        "Huyện ủy", "Thị ủy", "Thành ủy", "Công an tỉnh", "Công an huyện", "Đồn Biên phòng",
    )
}  # fmt: skip  # fmt: skip
"""Heads after which the name of a place stands, and how they are written."""
SHARED_HEADS = tuple(words(head) for head in ("Sở", "Bộ", "Hội", "Ban"))
"""Heads that one may serve for several bare names after it."""
_SHARING = frozenset({*PLACE_HEADS, *SHARED_HEADS})
_NO_ABBREVIATIONS = v.GROUP_NOUNS | v.HEADS
_SHORTEST_WITH_PLACE = 4
"""A head, a field and a place of two words are so many at least."""
_COUNTRY = words("Việt Nam")
_MANY = words("các")[0]
_REGION = words("khu vực")
_COUNTED = {_REGION, words("cơ sở")}
_NUMBER, _SELF = words("số tự")
_COUNT = re.compile(r"[IVX]{1,5}|\d{1,2}")
_NOT_AFTER_LEVEL = {words(syllable)[0] for syllable in ("hội", "viên", "luận", "hóa")}
"""Syllables that make another word of a level before them: "xã hội", "tỉnh viên"."""
_NOUNS_LIKE_VERBS = {
    words(noun)
    for noun in (
        "việc làm", "vụ tổng hợp", "nghiệp tổng hợp", "hoạch tổng hợp", "công trình", "chương trình",
        "quy trình", "quá trình", "lộ trình", "ngoại giao", "bầu cử", "công lập", "dân lập", "độc lập",
        "hậu cần", "nghệ thông tin", "sức tích cực", "sáng tạo", "chế tạo", "tái tạo", "tư xây dựng",
    )
}  # fmt: skip
"""Nouns of which a later word alone would be a verb: "Trung tâm Dịch vụ tổng hợp", "Công ty Công trình"."""
_OPENINGS_OF_NOUNS = {noun[0] for noun in _NOUNS_LIKE_VERBS}
_AGAINST = words("phòng chống")
_ORGANISE = words("tổ chức")
_MEETING, _HAS = words("hội có")
_MEETINGS = {words(syllable)[0] for syllable in ("nghị", "thảo", "thi", "chợ", "diễn", "trại", "báo", "đàm")}
_COUNCIL = {words("HĐND")[0], words("dân")[0]}
_COMMITTEE = {words("UBND")[0], words("Ủy")[0]}
"""The last word of a council and the first of a committee that share an office: "Văn phòng HĐND và UBND"."""


def phrase(seen: Sequence[Word], at: int) -> Sequence[Word]:
    """The words from `at` up to what ends a phrase."""
    end = at + 1
    limit = min(at + LONGEST_NAME, len(seen))
    while end < limit and not (seen[end].gap and seen[end].closes):
        end += 1
    return seen[at:end]


def longest(seen: Sequence[Word], at: int, phrases: Phrases) -> int:
    """The length of the longest of the phrases that stands at `at` without punctuation inside; 0 if none."""
    limit = phrases.openings.get(seen[at].key, 0) if at < len(seen) else 0
    if not limit:
        return 0
    best, key = 0, Words()
    for size in range(1, min(limit, len(seen) - at) + 1):
        word = seen[at + size - 1]
        if size > 1 and word.gap not in ("", "-", "–"):
            break
        key = (*key, word.key)
        if key in phrases:
            best = size
    return best


def is_verb(near: Sequence[Word], at: int) -> bool:
    """Tell whether words with which a sentence goes on after its subject stand there."""
    if at and _ends_noun(near, at):
        return False
    if (
        near[at].key == _SELF
        and at + 1 < len(near)
        and not near[at + 1].gap
        and longest(near, at + 1, v.VERBS)
    ):
        return True
    verb = longest(near, at, v.VERBS)
    noun = max(longest(near, at, v.GROUP_NOUNS), longest(near, at, v.FIELDS))  # "giao thông" is not "giao"
    return verb > 0 and noun <= verb


def _ends_noun(near: Sequence[Word], at: int) -> bool:
    return near[at - 1].key in _OPENINGS_OF_NOUNS and any(
        (near[at - 1].key, *(word.key for word in near[at : at + len(noun) - 1])) == noun
        for noun in _NOUNS_LIKE_VERBS
    )


def is_against(seen: Sequence[Word], at: int) -> bool:
    """Tell whether the comma before a word stands inside "phòng, chống"."""
    return at > 0 and seen[at].gap == "," and (seen[at - 1].key, seen[at].key) == _AGAINST


def is_act(seen: Sequence[Word], at: int) -> bool:
    """Tell whether "tổ chức" is done there rather than named: "tổ chức hội nghị", "tổ chức tuyên truyền"."""
    if tuple(word.key for word in seen[at : at + 2]) != _ORGANISE:
        return False
    if not seen[at].gap and seen[at - 1].key not in {*AND, _MANY} and longest(seen, at, v.GROUP_NOUNS) == 2:
        return True
    if at + 2 >= len(seen):
        return False
    if seen[at + 2].gap or seen[at + 2].key in AND:
        return False
    following = seen[at + 3].key if at + 3 < len(seen) and not seen[at + 3].gap else ""
    if seen[at + 2].key == _MEETING:
        return following in _MEETINGS
    named = longest(seen, at, v.GROUP_NOUNS) > len(_ORGANISE) or longest(seen, at + 2, v.GROUP_MODIFIERS)
    return not named and not (seen[at + 2].key == _HAS and following == v.RELATED[0])


def capitals(seen: Sequence[Word], at: int, *, first: bool = False) -> int:
    """How many capitalised words stand at `at` with nothing between; the first may follow a comma."""
    size = 0
    while at + size < len(seen):
        word = seen[at + size]
        if not word.capital or (word.gap and not (first and size == 0)):
            break
        size += 1
    return size


def guessed(seen: Sequence[Word], at: int) -> int:
    """The length of a name made of a head ("Sở", "Trung tâm") and capitals after it; 0 if none."""
    word = seen[at]
    if not word.capital:
        return 0
    if len(word.raw) > 2 and word.raw.isupper() and (word.key,) not in _NO_ABBREVIATIONS:
        return 1 + level_after(seen, at + 1)
    near = phrase(seen, at)
    inner = 0 if longest(near, 0, v.NOT_INNER) else longest(near, 0, v.INNER_HEADS)
    size = max(longest(near, 0, v.HEADS), inner)
    if not size or size >= len(near) or near[size].gap not in ("", "-", "–"):
        return 0
    if over := over_many(near, size):
        return over
    if not near[size].capital:
        if near[size].raw.isdigit() and longest(near, 0, v.NUMBERED_HEADS) == size:
            return size + 1
        return size + level if (level := level_after(near, size)) else 0
    if tuple(w.key for w in near[:size]) in PLACE_HEADS:
        return size + capitals(near, size)
    end = size
    end = _end_of_capitals(near, end)
    while bridge := _small_bridge(near, size, end):
        end += bridge + capitals(near, end + bridge)
    named = longest(near, 0, v.NAMED_HEADS) or longest(near, 0, v.INNER_HEADS)
    if named and (tail := _small_tail(near, end)):
        return end + tail
    return end + level_after(near, end)


def _end_of_capitals(near: Sequence[Word], end: int) -> int:
    """Where the capitalised part of a name that goes on at `end` is over."""
    while end < len(near) and _names(near, end):
        end += longest(near, end, v.INNER_NAMES) or 1
    while near[end - 1].key in AND:
        end -= 1
    return end


def is_of_fields(seen: Sequence[Word], start: int, end: int) -> bool:
    """Tell whether the words up to `end` are of known fields and levels: "Khu kinh tế | cửa khẩu tỉnh"."""
    while start < end:
        step = longest(seen, start, v.FIELDS) or longest(seen, start, v.LEVELS)
        if not step or seen[start].gap:
            return False
        start += step
    return True


def _small_bridge(near: Sequence[Word], head: int, at: int) -> int:
    """The length of small words of a field within a name, before its next capital; 0 for none.

    "Công ty Khai thác | công trình thủy lợi | Hà Khê". Outside companies they are words of known fields:
    in other sentences a verb that no list knows may stand there.
    """
    free = longest(near, 0, v.COMPANIES) > 0
    end = at
    while end < len(near) and end - at < _LONGEST_TAIL and not near[end].gap and not near[end].capital:
        step = longest(near, end, v.FIELDS) or (1 if free else 0)
        if not step or near[end].key in {*AND, _MANY} or is_verb(near, end):
            return 0
        end += step
    goes_on = end > at and end < len(near) and near[end].capital and not near[end].gap
    return end - at if goes_on and not longest(near, end, v.HEADS) else 0


def over_many(near: Sequence[Word], head: int) -> int:
    """Return the length of the name of a body over many: "Ban Quản lý | các khu công nghiệp"; 0 if none.

    `head` is the length of its head. The name ends at a verb, a level, a stop or the next body.
    """
    if tuple(word.key for word in near[:head]) not in v.HEADS_OVER_MANY:
        return 0
    bridged, head = head, _before_many(near, head)
    if head + 1 >= len(near) or near[head].key != _MANY or near[head].gap:
        return 0
    if not longest(near, head + 1, v.NOUNS_OF_BODIES_OVER_MANY):
        return 0
    end = head + 2
    while end < len(near) and not near[end].gap and near[end].key != _MANY:
        if is_verb(near, end) and not longest(near, end, v.FIELDS):
            break
        if near[end].key in AND and not longest(near, end + 1, v.NOUNS_OF_BODIES_OVER_MANY):
            if head > bridged:
                return 0
            break
        if level := level_after(near, end):
            return end + level
        end += longest(near, end, v.FIELDS) or 1
    return end if end - head <= LONGEST_NAME // 2 + 4 else 0


def _before_many(near: Sequence[Word], head: int) -> int:
    """Where "các" may stand after the small words that tell what is done: "dự án | đầu tư xây dựng | các"."""
    end = head
    while end < len(near) and end - head <= _LONGEST_TAIL and not near[end].gap and near[end].key != _MANY:
        if near[end].capital or near[end].key in AND or is_verb(near, end):
            return head
        end += 1
    return end


def _small_tail(near: Sequence[Word], at: int) -> int:
    """The length of the small words that end a name, where what follows shows that they do.

    "Trung tâm Cung ứng | dịch vụ công xã | tuyên truyền": up to a level, or to a verb.
    """
    end = at
    while end < len(near) and end - at <= _LONGEST_TAIL:
        if level := level_after(near, end):
            return end + level - at
        word = near[end]
        if is_verb(near, end):
            return end - at
        if word.gap or word.capital or word.key in AND or word.key == _MANY:
            return 0
        end += 1
    return 0


def level_after(seen: Sequence[Word], at: int) -> int:
    """The length of the level with which a name that ends before `at` goes on; 0 if none.

    "xã", "khu vực", "khu vực V", "cơ sở 5"; not the first of several levels, which make a group.
    """
    size = longest(seen, at, v.LEVELS)
    if not size or seen[at].gap or joins_level(seen, at + size):
        return 0
    words_ = tuple(w.key for w in seen[at : at + size])
    number = seen[at + size] if at + size < len(seen) and not seen[at + size].gap else None
    counted = number is not None and bool(_COUNT.fullmatch(number.raw))
    if words_ in _COUNTED:
        named = 0 if counted else capitals(seen, at + size)
        return size + counted + named if counted or words_ == _REGION or named or is_of_base(seen, at) else 0
    if seen[at - 1].key in (words_[-1], "cấp") or (number is not None and number.key in _NOT_AFTER_LEVEL):
        return 0
    return size


def is_of_base(seen: Sequence[Word], at: int) -> bool:
    """Tell whether the word before is the head of a body that stands at the base: "Công đoàn | cơ sở"."""
    heads = range(1, min(at, _LONGEST_HEAD) + 1)
    return any(longest(seen, at - size, v.HEADS_AT_BASE) == size for size in heads)


def leader_of_place(seen: Sequence[Word], at: int) -> int:
    """The length of "Trưởng thôn Nà Sấu", "Tổ trưởng tổ dân phố số 7"; 0 where no one place is named."""
    size = longest(seen, at, v.LEADERS_OF_PLACES)
    place = at + size
    if not size or place >= len(seen) or seen[place].gap:
        return 0
    if seen[place].key == _NUMBER and place + 1 < len(seen) and seen[place + 1].raw.isdigit():
        return size + 2
    named = 1 if seen[place].raw.isdigit() else capitals(seen, place)
    return size + named if named else 0


def joins_level(seen: Sequence[Word], at: int) -> bool:
    """Tell whether another level follows: "xã, phường", "xã và phường"."""
    if at >= len(seen):
        return False
    at += seen[at].key in AND
    return (
        at < len(seen)
        and (seen[at].gap in (",", "/") or seen[at - 1].key in AND)
        and bool(longest(seen, at, v.LEVELS))
    )


def _names(near: Sequence[Word], at: int) -> bool:
    """Tell whether the word at `at` still belongs to the name before it."""
    word = near[at]
    if word.gap == "," and is_against(near, at):
        return True
    if word.gap and longest(near, at, v.HELD):
        return False
    if word.gap not in ("", "-", "–", "&"):
        return word.gap == "," and is_field_of_list(near, at)
    if word.capital:
        return (word.key,) not in v.HEADS or not word.gap
    if word.key == _MANY or tuple(w.key for w in near[at - 2 : at]) == _COUNTRY:
        return False
    if word.key in AND:
        capital = at + 1 < len(near) and near[at + 1].capital
        return capital and (joins_committee(near, at) or longest(near, at + 1, v.HEADS) == 0)
    if level_after(near, at) > 1:
        return False
    if near[at - 1].key in AND or is_verb(near, at) or not near[at - 1].raw[0].isupper():
        return False
    return not _ends_in_place(near, at)


def _ends_in_place(near: Sequence[Word], at: int) -> bool:
    """Tell whether two capitals stand before a small word, as in a place: "Học viện Tây Bắc | tuyển"."""
    if at < _SHORTEST_WITH_PLACE or near[at - 1].gap:
        return False
    pair = near[at - 2 : at]
    return all(word.capital and len(word.raw) > 1 and not word.raw.isupper() for word in pair)


def joins_committee(near: Sequence[Word], at: int) -> bool:
    """Tell whether the "và" at `at` joins a council and a committee that share an office."""
    return near[at - 1].key in _COUNCIL and at + 1 < len(near) and near[at + 1].key in _COMMITTEE


def is_field_of_list(near: Sequence[Word], at: int) -> bool:
    """Tell whether ", Thể thao và Du lịch" follows: the middle of one name rather than the next body."""
    if not near[at].capital or longest(near, at, v.HEADS):
        return False
    for word in near[at + 1 : at + 5]:
        if word.gap:
            return False
        if word.key in AND:
            return True
    return False


def level_head(seen: Sequence[Word], at: int, before: Words) -> Words:
    """The head of another level after a committee's ("UBND xã Khê Hạ, phường Khê Sơn"); () if none."""
    committee = next((before[:size] for size in (1, 4) if before[:size] in v.COMMITTEES), ())
    for size in (2, 1):
        head = (*committee, *(word.key for word in seen[at : at + size]))
        place = at + size
        if committee and head in PLACE_HEADS and capitals(seen, place) and not seen[at].capital:
            return head
    return ()


def shared_head(seen: Sequence[Word], at: int, length: int, before: Words) -> Words:
    """The head that a following bare name may share with this one."""
    keys = tuple(w.key for w in seen[at : at + length])
    for size in range(1, min(length, _LONGEST_HEAD + 1)):
        if keys[:size] in _SHARING:
            return keys[:size]
    if further := level_head(seen, at, before):
        return further
    return before if seen[at].capital and length <= 4 and not longest(seen, at, v.HEADS) else ()
