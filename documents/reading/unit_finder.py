"""Finding the name of one body that stands at a word: by the register, or by its head and its capitals."""

from collections.abc import Sequence
from dataclasses import dataclass

from documents.reading import vocabulary as v
from documents.reading.body import Body
from documents.reading.group_words import (
    goes_on,
    has_other_place,
    plain_committees,
    plural_committee,
    same_in_levels,
    same_in_places,
    without_level,
)
from documents.reading.names import (
    PLACE_HEADS,
    SHARED_HEADS,
    capitals,
    guessed,
    is_of_fields,
    joins_level,
    leader_of_place,
    level_after,
    level_head,
    longest,
    phrase,
)
from documents.reading.own_names import NO_NAMES, OwnNames
from documents.reading.words import Word
from domain.organisation.register import Register, Words, words

_LOWER_LEVELS = (" cấp xã", " cấp huyện")
_OF = {words(link)[0] for link in ("của", "thuộc", "tại", "ở")}
_TINH, _MANY = words("tỉnh các")
_LEVELS = {words(level)[-1] for level in ("tỉnh", "huyện", "thị xã", "xã", "phường", "vùng", "nước")}
_PLURAL_NEXT = {words(level)[0] for level in ("các", "cấp", "huyện", "xã", "phường", "thị")}
_SUPERIOR = {words(head)[0] for head in ("bộ", "tổng", "ban")}


@dataclass(frozen=True, slots=True)
class UnitFinder:
    """Finds single bodies of one document; `province` is its own province's name, by which none is foreign;
    `level` that of a commune or district which issues it, whose committee is one body.
    """

    register: Register
    province: Words = ()
    own: OwnNames = NO_NAMES
    level: str = ""
    place: Words = ()
    """The name of the commune that issues the document, which its bodies may bear or not."""

    def _unit(self, text: str, seen: Sequence[Word], at: int) -> tuple[Body, int] | None:
        if same_in_places(seen, at) or same_in_levels(seen, at):
            return None
        if leader := leader_of_place(seen, at):
            name = text[seen[at].start : seen[at + leader - 1].end]
            return Body(name, name[:1].upper() + name[1:], "unit"), leader
        known = self.register.match([w.key for w in phrase(seen, at)], 0)
        own = self.own.length_at(seen, at)
        if own > (known[0] if known else 0):
            return self._made(text, seen, at, self._placed(seen, at, own + level_after(seen, at + own))[0])
        plain = plain_committees(seen, at)
        if plain and self._is_own_committee(seen, at, plain):
            return self._made(text, seen, at, plain)
        unknown = 0 if plain else guessed(seen, at)
        if known is None:
            return self._made(text, seen, at, self._placed(seen, at, unknown)[0]) if unknown else None
        length, unit = known
        if level := level_after(seen, at + length):
            return self._made(text, seen, at, max(unknown, length + level))
        rest = seen[at + length : at + length + 1]
        if rest and not rest[0].gap and rest[0].key in _PLURAL_NEXT:
            return None
        bare = length
        length, foreign = self._placed(seen, at, length)
        further = at + length
        longer = unknown > length and (goes_on(seen, further) or is_of_fields(seen, further, at + unknown))
        if foreign or longer:
            return self._made(text, seen, at, max(length, unknown if not foreign else 0))
        superior = self._superior(seen, at + length)
        if superior:
            length += superior
        name = unit.name
        levelled = seen[at + bare - 1].key in _LEVELS
        if self.level and not levelled and without_level(name):  # a commune's own, not the province's
            name = text[seen[at].start : seen[at + bare - 1].end]
            return Body(text[seen[at].start : seen[at + length - 1].end], name, "unit"), length
        if not levelled and self._is_province(seen, at + bare) and (base := without_level(name)):
            name = f"{base} {text[seen[at + bare].start : seen[at + bare + len(self.province) - 1].end]}"
        return Body(text[seen[at].start : seen[at + length - 1].end], name, "unit"), length

    def _is_own_committee(self, seen: Sequence[Word], at: int, length: int) -> bool:
        """Tell whether "UBND xã" is the committee of the commune that issues the plan."""
        level = words(self.level)
        own = bool(level) and tuple(word.key for word in seen[at : at + length])[-len(level) :] == level
        return own and not joins_level(seen, at + length)

    def _made(self, text: str, seen: Sequence[Word], at: int, length: int) -> tuple[Body, int]:
        length += self._superior(seen, at + length)
        bare = length
        length += self._commune(seen, at + length)
        own = tuple(word.key for word in seen[at + bare : at + length]) == self.place
        name = text[seen[at].start : seen[at + (bare if own else length) - 1].end]
        found = self.register.find(name) if not has_other_place(name, self.province) else None
        many = found is None and self._is_of_lower_level(name)
        return Body(name, found.name if found else name, "group" if many else "unit"), length

    def _is_of_lower_level(self, name: str) -> bool:
        """Tell whether a name is of a level of which the issuer has many: "Ban Chỉ đạo cấp xã"."""
        return self.level == "" and name.casefold().endswith(_LOWER_LEVELS)

    def _commune(self, seen: Sequence[Word], at: int) -> int:
        """The length of the commune's name after the level with which a name ends: "Công an xã | Khê Sơn"."""
        if (seen[at - 1].key,) not in v.LOW_LEVELS or at >= len(seen) or longest(seen, at, v.HEADS):
            return 0
        return capitals(seen, at)

    def _placed(self, seen: Sequence[Word], at: int, length: int) -> tuple[int, bool]:
        """Take in the place after a name: the own province's is dropped, another's makes a foreign body."""
        end = at + length
        if end < len(seen) and not seen[end].gap and seen[end].key == _TINH and seen[end - 1].key != _TINH:
            end += 1
        if self._is_province(seen, end):
            return end + len(self.province) - at, False
        if seen[end - 1].key == _TINH:
            place = capitals(seen, end)
            return end + place - at, place > 0
        return end - at, False

    def _is_province(self, seen: Sequence[Word], at: int) -> bool:
        size = len(self.province)
        near = seen[at : at + size]
        return bool(size) and tuple(w.key for w in near) == self.province and not near[0].gap

    def _superior(self, seen: Sequence[Word], at: int) -> int:
        """The length of " - Bộ Ngoại giao", "thuộc Bộ Y tế" after the name of a part of it."""
        if at >= len(seen):
            return 0
        start = at + 1 if seen[at].key in _OF and not seen[at].gap else at
        dashed = start == at and seen[at].gap in ("-", "–")
        if (start == at and not dashed) or start >= len(seen) or seen[start].key not in _SUPERIOR:
            return 0
        known = self.register.match([w.key for w in phrase(seen, start)], 0)
        return known[0] + start - at if known and known[1].standing == "central" else 0

    def _shared(self, text: str, seen: Sequence[Word], at: int, head: Words) -> tuple[Body, int] | None:
        """A name whose head stood before: "Sở Ngoại vụ, Nội vụ", "UBND huyện Mường Lát, Quan Hóa"."""
        level = level_head(seen, at, head)
        if level:
            start = at + len(level) - next(size for size in (4, 1) if level[:size] in v.COMMITTEES)
            end = start + capitals(seen, start)
            place = text[seen[start].start : seen[end - 1].end]
            return Body(
                text[seen[at].start : seen[end - 1].end], f"{PLACE_HEADS[level]} {place}", "unit"
            ), end - at
        if not head or not seen[at].capital:
            return None
        near = phrase(seen, at)
        if head in SHARED_HEADS:
            known = self.register.match([*head, *(w.key for w in near)], 0)
            if known is None or known[0] <= len(head):
                return None
            size = known[0] - len(head)
            return Body(text[near[0].start : near[size - 1].end], known[1].name, "unit"), size
        size = capitals(seen, at, first=True)
        if not size or guessed(seen, at):
            return None
        place = text[near[0].start : near[size - 1].end]
        name = f"{PLACE_HEADS[head]} {place}"
        return Body(place, name, "unit"), size

    def _plural_head(self, seen: Sequence[Word], at: int) -> tuple[Words, int] | None:
        """The head of "các sở: Tài chính, Nội vụ", "UBND các xã Khê Hạ, Khê Sơn", and how many words it is.

        None where no names follow.
        """
        if committee := plural_committee(seen, at):
            return committee
        if at + 2 >= len(seen) or seen[at].key != _MANY or not seen[at + 2].capital:
            return None
        head = (seen[at + 1].key,)
        if head not in SHARED_HEADS or seen[at + 2].gap not in ("", ":"):
            return None
        known = self.register.match([*head, *(w.key for w in phrase(seen, at + 2))], 0)
        return (head, 2) if known and known[0] > 1 else None
