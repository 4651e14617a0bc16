"""Finding an expression that names many bodies, by the small vocabulary of which such are made."""

from collections.abc import Sequence
from dataclasses import dataclass

from documents.reading import vocabulary as v
from documents.reading.body import Body, group_of
from documents.reading.group_words import (
    counted_committees,
    opens_related,
    plain_committees,
    same_in_levels,
    same_in_places,
    tail_of_group,
    unforeseen_many,
    unforeseen_tail,
)
from documents.reading.names import (
    AND,
    capitals,
    is_act,
    is_verb,
    longest,
)
from documents.reading.unit_finder import UnitFinder
from documents.reading.words import Phrases, Word
from domain.organisation.register import words

_OF = {words(link)[0] for link in ("của", "thuộc", "tại", "ở")}
_DIRECTLY = words("trực")[0]
_MANY = words("các")[0]
_LEVELS = {words(level)[-1] for level in ("tỉnh", "huyện", "thị xã", "xã", "phường", "vùng", "nước")}
_PAIRED = {words(noun)[-1] for noun in ("cơ quan", "đơn vị", "cá nhân", "doanh nghiệp")}
"""Last words of the nouns beside which "tổ chức" is one too: "các cơ quan, tổ chức"."""
_RELATING = Phrases(frozenset({words("liên quan"), words("có liên quan")}))


@dataclass(frozen=True, slots=True)
class GroupFinder(UnitFinder):
    """Finds groups of bodies as well."""

    def _group(self, text: str, seen: Sequence[Word], at: int, *, across: bool) -> tuple[Body, int] | None:
        end = self._group_end(seen, at)
        if across:
            end = self._with_tail(seen, at, end)
        if end <= at:
            return None
        return group_of(text[seen[at].start : seen[end - 1].end]), end - at

    def _group_end(self, seen: Sequence[Word], at: int) -> int:
        """Where the group expression that begins at `at` ends; `at` itself where none begins."""
        if own := self.own.length_of_many_at(seen, at):
            return at + own
        opening = longest(seen, at, v.DETERMINERS)
        noun = longest(seen, at + opening, v.GROUP_NOUNS) or longest(seen, at + opening, v.GROUP_OPENINGS)
        if opening and (not noun or longest(seen, at + opening, v.MATTERS) > noun):
            return at  # "các báo cáo" are no newspapers
        if not opening:
            noun = (
                same_in_places(seen, at)
                or same_in_levels(seen, at)
                or longest(seen, at, v.GROUP_OPENINGS)
                or plain_committees(seen, at)
                or counted_committees(seen, at)
                or self._bare_list(seen, at)
            )
            if not noun:
                return at
            noun += longest(seen, at + noun, v.GROUP_NOUNS)
        end = at + opening + noun
        while end < len(seen):
            step = self._group_step(seen, end)
            if not step:
                break
            end += step
        return end

    def _with_tail(self, seen: Sequence[Word], at: int, end: int) -> int:
        """Where a group of a list ends whose name goes on in words that no list knows."""
        if end == at:
            return at + unforeseen_many(seen, at)
        tail = unforeseen_tail(seen, end, lambda place: place < len(seen) and self._goes_on_at(seen, place))
        end += tail
        while tail and end < len(seen) and (step := self._group_step(seen, end)):
            if seen[end].capital and same_in_places(seen, end):
                break
            end += step
        return end

    def _goes_on_at(self, seen: Sequence[Word], at: int) -> bool:
        """Tell whether the next body of a list stands there, be it a bare noun of many."""
        return longest(seen, at, v.NOUNS_OF_MANY) > 0 or self._opens_at(seen, at)

    def _opens_at(self, seen: Sequence[Word], at: int) -> bool:
        return self._unit("", seen, at) is not None or self._group_end(seen, at) > at

    def _bare_list(self, seen: Sequence[Word], at: int) -> int:
        """The length of the first noun of "Sở, ban, ngành", "viện, trường", "đơn vị liên quan"; 0 if none."""
        noun = longest(seen, at, v.BARE_NOUNS)
        after = at + noun
        if not noun or after >= len(seen):
            return 0
        if not seen[after].gap and longest(seen, after, _RELATING):
            return noun
        after += seen[after].key in AND
        if after >= len(seen) or (seen[after].gap not in (",", "/") and seen[after - 1].key not in AND):
            return 0
        second = longest(seen, after, v.BARE_NOUNS)
        third = after + second
        named = third < len(seen) and not seen[third].gap and seen[third].capital
        return noun if second and not named else 0

    def _group_step(self, seen: Sequence[Word], at: int) -> int:
        """The number of words by which a group expression goes on at `at`."""
        word = seen[at]
        if word.gap and word.gap not in (",", "-", "–", "/", "&"):
            return 0
        if word.gap == "," and (self._unit("", seen, at) or opens_related(seen, at)):
            return 0
        if word.gap:
            if is_act(seen, at) and seen[at - 1].key not in _PAIRED:
                return 0
            return max(self._noun_at(seen, at), longest(seen, at, v.AFTER_COMMA))
        if word.capital and seen[at - 1].key in _LEVELS:
            return capitals(seen, at)
        if word.key == _MANY and (noun := self._noun_at(seen, at)):
            return noun
        if word.key in AND:
            further = self._noun_at(seen, at + 1) if at + 1 < len(seen) else 0
            further = further or (longest(seen, at + 1, v.GROUP_MODIFIERS) if at + 1 < len(seen) else 0)
            if same_in_places(seen, at + 1) and not self._inside(seen, at + 1):
                return 0
            if further and not (self._unit("", seen, at + 1) and not self._inside(seen, at + 1)):
                return further + 1
            return 0
        if word.key in _OF:
            return self._owner(seen, at)
        if word.key == _DIRECTLY and at + 1 < len(seen) and seen[at + 1].key in _OF:
            return 1 + (self._owner(seen, at + 1) or 1)
        if self._is_province(seen, at):
            return len(self.province)
        noun = 0 if is_act(seen, at) else longest(seen, at, v.GROUP_NOUNS)
        modifier = longest(seen, at, v.GROUP_MODIFIERS)
        before = tuple(w.key for w in seen[at - 2 : at])
        special = v.AFTER_NOUN.get(before) or v.AFTER_NOUN.get(before[-1:])
        related = before == v.RELATED
        step = max(noun, modifier, longest(seen, at, special) if special else 0)
        if (related and noun > modifier) or longest(seen, at, v.VERBS) > step:
            return 0
        return step or tail_of_group(seen, at)

    def _noun_at(self, seen: Sequence[Word], at: int) -> int:
        opening = longest(seen, at, v.DETERMINERS)
        if opening and at + opening < len(seen):
            noun = longest(seen, at + opening, v.GROUP_NOUNS)
            return opening + noun if noun else 0
        named = self.own.length_in_list(seen, at)
        return named or longest(seen, at, v.GROUP_OPENINGS) or longest(seen, at, v.GROUP_NOUNS)

    def _inside(self, seen: Sequence[Word], at: int) -> bool:
        return not seen[at].capital

    def _owner(self, seen: Sequence[Word], at: int) -> int:
        """The length of "của Bộ Ngoại giao", "thuộc tỉnh", "của trung ương" inside a group expression."""
        if at + 1 >= len(seen) or is_verb(seen, at + 1):
            return 0
        unit = self._unit("", seen, at + 1)
        if unit:
            return 1 + unit[1]
        size = longest(seen, at + 1, v.GROUP_MODIFIERS) or self._noun_at(seen, at + 1)
        return size + 1 if size else 0
