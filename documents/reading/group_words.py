"""How the names of groups and of committees begin and go on, word by word."""

import re
from collections.abc import Callable, Sequence

from documents.reading import vocabulary as v
from documents.reading.names import (
    AND,
    PLACE_HEADS,
    is_field_of_list,
    is_verb,
    joins_committee,
    joins_level,
    longest,
)
from documents.reading.words import Word
from domain.organisation.register import Words, words

_MANY = words("các")[0]
_OPENINGS = v.HEADS | v.COMMITTEES | v.INNER_HEADS
_LONGEST_TAIL, _LONGEST_HEAD = 5, 8
LONGEST_BRIDGE = 6
"""The most words by which a name may go on before the next of its list."""


def tail_of_group(seen: Sequence[Word], at: int) -> int:
    """Return the length of unforeseen words that tell a group apart: "các chủ đầu tư | bến bãi ven hồ | dọn".

    They stand after a noun that takes such words, in small letters, and end at a verb or a joint.
    """
    if not any(longest(seen, at - size, v.MODIFIED_NOUNS) == size for size in (1, 2, 3) if size <= at):
        return 0
    end = at
    while end < len(seen) and end - at <= _LONGEST_TAIL and not seen[end].gap and not seen[end].capital:
        if longest(seen, end, v.VERBS) or seen[end].key in AND:
            return end - at
        end += 1
    return 0


def unforeseen_tail(seen: Sequence[Word], at: int, opens: Callable[[int], bool]) -> int:
    """Return the length of words that no list knows and that end the name of many in a list; 0 for none.

    "các hộ | nuôi cá lồng | xây dựng", "UBND các xã | có rừng |, ...": they stand in small letters up to a
    verb or to what `opens` tells to be the next body. After a level only some words go on with a name.
    """
    if at >= len(seen) or seen[at].gap or _is_settled(seen, at):
        return 0
    first = at + opening_of_tail(seen, at)
    for end in range(first, min(first + _LONGEST_TAIL + 2, len(seen))):
        word = seen[end]
        if end > at and (word.gap == "," or (not word.gap and word.key in AND)):
            return end - at if opens(end + (word.key in AND)) else 0
        if word.gap or (word.capital and not any(letter.isupper() for letter in word.raw[1:])):
            return 0
        if is_verb(seen, end) or longest(seen, end, v.DOES):
            return end - at
    return 0


def opening_of_tail(seen: Sequence[Word], at: int) -> int:
    """Return the length of "có", "trong vùng" where they go on with a name: not in "có trách nhiệm"."""
    return 0 if longest(seen, at, v.HAS_WORK) else longest(seen, at, v.OPENS_TAIL)


def _is_settled(seen: Sequence[Word], at: int) -> bool:
    """Tell whether the noun before has no further words: an office, a level but for "có rừng"."""
    if longest(seen, at - 1, v.PLACES_OF_MANY) == 1:
        return not longest(seen, at, v.OPENS_TAIL)
    return (
        bool(longest(seen, at - 1, v.PLAIN_OFFICES)) or tuple(w.key for w in seen[at - 2 : at]) == v.RELATED
    )


def unforeseen_many(seen: Sequence[Word], at: int) -> int:
    """Return the length of "các nhà tài trợ", "các cụm, khối thi đua" before a verb; 0 for a matter.

    The noun is in no list, so the verb alone shows the end.
    """
    if at + 1 >= len(seen) or seen[at].key != _MANY or seen[at + 1].gap or seen[at + 1].capital:
        return 0
    if longest(seen, at + 1, v.MATTERS) or is_verb(seen, at + 1):
        return 0
    end = at + 2
    while end < len(seen) and end - at <= _LONGEST_HEAD + 1:
        if seen[end].gap not in ("", ",") or (seen[end].capital and not seen[end].raw[1:2].isupper()):
            return 0
        step = longest(seen, end, v.GROUP_MODIFIERS)
        if not step and is_verb(seen, end):
            return 0 if seen[end].gap else end - at
        end += step or 1
    return 0


def length_of_listed(seen: Sequence[Word], at: int) -> int:
    """Return the length of a capitalised name that stands after a comma of a list; 0 if none does.

    Each capital may be followed by one small syllable; another part of the list or a verb follows.
    """
    if not seen[at].gap.startswith(",") or not seen[at].capital or longest(seen, at, v.VERBS):
        return 0
    end = at
    while end < len(seen) and end - at < LONGEST_BRIDGE and (end == at or not seen[end].gap):
        after_capital = end > at and seen[end - 1].capital
        if not seen[end].capital and (
            not after_capital or longest(seen, end, v.VERBS) or seen[end].key in AND
        ):
            break
        end += 1
    ends = end >= len(seen) or seen[end].gap or seen[end].key in AND or longest(seen, end, v.VERBS)
    return end - at if ends else 0


def without_level(name: str) -> str:
    """Return a name without the level at its end; "" for one that ends with none."""
    return next((name.removesuffix(end) for end in (" tỉnh", " thành phố") if name.endswith(end)), "")


def plain_committees(seen: Sequence[Word], at: int) -> int:
    """Return the length of "Ủy ban nhân dân phường", which names no place and so all of them; 0 for none."""
    size = longest(seen, at, v.COMMITTEES)
    level = longest(seen, at + size, v.LOW_LEVELS) if size and at + size < len(seen) else 0
    after = at + size + level
    if not level or seen[at + size].gap:
        return 0
    named = after < len(seen) and seen[after].capital and not seen[after].gap
    return 0 if named and (seen[after].key,) not in v.LOW_LEVELS else size + level


def counted_committees(seen: Sequence[Word], at: int) -> int:
    """Return the length of "UBND 12 xã", "Ủy ban nhân dân 05 xã"; 0 if none stands there."""
    size = longest(seen, at, v.COMMITTEES)
    counted = size and at + size + 1 < len(seen) and seen[at + size].raw.isdigit()
    level = longest(seen, at + size + 1, v.LEVELS) if counted else 0
    return size + 1 + level if level else 0


def office_at(seen: Sequence[Word], at: int) -> int:
    """Return the length of the office of who leads the next body: "..., Chánh | Văn phòng UBND tỉnh"."""
    size = longest(seen, at, v.OFFICES)
    following = at + size
    named = following < len(seen) and seen[following].capital and not seen[following].gap
    return size if named else 0


def plural_committee(seen: Sequence[Word], at: int) -> tuple[Words, int] | None:
    """Return the head that committees of one level share, and its length.

    "UBND các phường: Khê Sơn, Khê Hạ" are "UBND phường Khê Sơn" and "UBND phường Khê Hạ".
    None where there is no level, or more than one.
    """
    size = longest(seen, at, v.COMMITTEES)
    level = at + size + 1
    if not size or level >= len(seen) or seen[level - 1].key != _MANY:
        return None
    for length in (2, 1):
        head = tuple(word.key for word in (*seen[at : at + size], *seen[level : level + length]))
        place = level + length
        if head in PLACE_HEADS and place < len(seen) and seen[place].capital and seen[place].gap in ("", ":"):
            return head, place - at
    return None


def same_in_places(seen: Sequence[Word], at: int) -> int:
    """Return the length of "Công an các xã", "Ban Thường vụ đảng ủy các phường", up to the place; 0 if none.

    Up to the "các" stand a head and what a body's name consists of, without a stop or a verb.
    """
    if not any(word.key == _MANY for word in seen[at + 1 : at + _LONGEST_HEAD]):
        return 0
    head = longest(seen, at, v.COUNCILS) or longest(seen, at, v.HEADS) or longest(seen, at, v.OFFICES)
    if not head or longest(seen, at, v.VERBS) > head:
        return 0
    after = at + head
    if head == 1 and after < len(seen) and not (seen[after].capital or seen[after].key == _MANY):
        return 0
    for end in range(at + 1, min(at + _LONGEST_HEAD, len(seen) - 1)):
        if not _is_inside(seen, end) or (end >= after and is_verb(seen, end)):
            return 0
        if seen[end].key == _MANY:
            place = longest(seen, end + 1, v.PLACES_OF_MANY) if end >= after else 0
            over = tuple(word.key for word in seen[at:end]) in v.HEADS_OVER_MANY
            over = over and longest(seen, end + 1, v.NOUNS_OF_BODIES_OVER_MANY) > 0
            return end + 1 + place - at if place and not over else 0
    return 0


def same_in_levels(seen: Sequence[Word], at: int) -> int:
    """Return the length of "Trạm Y tế xã" before a further level: "Trạm Y tế xã, phường"; 0 if none."""
    head = longest(seen, at, v.HEADS) if seen[at].capital else 0
    if not head or longest(seen, at, v.COMMITTEES):
        return 0
    for end in range(at + head, min(at + _LONGEST_HEAD, len(seen) - 1)):
        level = longest(seen, end, v.LOW_LEVELS)
        if level and not seen[end].gap and joins_level(seen, end + level):
            return end + level - at
        if seen[end].gap or seen[end].key == _MANY or is_verb(seen, end):
            return 0
    return 0


def _is_inside(seen: Sequence[Word], at: int) -> bool:
    """Tell whether a word goes on with one body's name: "Sở Văn hóa|, Thể thao |và Du lịch| các tỉnh"."""
    if seen[at].key in AND:
        if at + 1 >= len(seen) or longest(seen, at - 1, v.LEVELS):
            return False
        return seen[at + 1].capital and not longest(seen, at + 1, _OPENINGS)
    return seen[at].gap in ("", "-", "–") or (seen[at].gap == "," and is_field_of_list(seen, at))


def goes_on(seen: Sequence[Word], at: int) -> bool:
    """Tell whether a name goes on there, in capitals or to a committee after its council."""
    return seen[at].capital or (seen[at].key in AND and joins_committee(seen, at))


def opens_related(seen: Sequence[Word], at: int) -> bool:
    """Tell whether ", các cơ quan ... liên quan" begins: a group of its own after another."""
    if seen[at].key != _MANY:
        return False
    for place in range(at, min(at + 14, len(seen) - 1)):
        if place > at and seen[place].gap not in ("", ",", "-"):
            return False
        if (seen[place].key, seen[place + 1].key) == v.RELATED:
            return True
    return False


def has_other_place(name: str, province: Words) -> bool:
    """Tell whether the name ends in "tỉnh" and a place that is not the document's own province."""
    found = re.search(r"\btỉnh\s+(\S.*)$", name)
    return bool(found) and bool(province) and words(found[1])[: len(province)] != province if found else False
