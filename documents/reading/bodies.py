"""Finding bodies in a plan's words: single units, group expressions, lists of both.

A known unit is found by the register, an unknown one by its first word ("Sở", "UBND huyện") and its capitals;
a group by the small vocabulary of which such expressions are made. What is left open ("…") names nobody.
"""

import re
from collections.abc import ItemsView, Sequence
from dataclasses import dataclass, field

from documents.reading import vocabulary as v
from documents.reading.body import Body, Found, group_of, listed_name, renamed
from documents.reading.group_words import (
    LONGEST_BRIDGE,
    counted_committees,
    goes_on,
    has_other_place,
    office_at,
    opens_related,
    plain_committees,
    plural_committee,
    same_in_places,
    tail_of_group,
    unforeseen_many,
    unforeseen_tail,
    without_level,
)
from documents.reading.names import (
    AND,
    LONGEST_NAME,
    PLACE_HEADS,
    SHARED_HEADS,
    capitals,
    guessed,
    is_act,
    is_verb,
    joins_level,
    level_after,
    level_head,
    longest,
    phrase,
    shared_head,
)
from documents.reading.own_names import NO_NAMES, OwnNames
from documents.reading.words import Phrases, Word, cut
from domain.organisation.register import Register, Words, words

_OF = {words(link)[0] for link in ("của", "thuộc", "tại", "ở")}
_DIRECTLY = words("trực")[0]
_TINH, _MANY = words("tỉnh các")
_LEVELS = {words(level)[-1] for level in ("tỉnh", "huyện", "thị xã", "xã", "phường", "vùng", "nước")}
_PLURAL_NEXT = {words(level)[0] for level in ("các", "cấp", "huyện", "xã", "phường", "thị")}
_PAIRED = {words(noun)[-1] for noun in ("cơ quan", "đơn vị", "cá nhân", "doanh nghiệp")}
"""Last words of the nouns beside which "tổ chức" is one too: "các cơ quan, tổ chức"."""
_OFFICE = re.compile(r"(?i:(?<=\btrưởng )|(?<=\bphó ))(phòng|ban|trạm)(?= [A-ZĐ])")
_RELATING = Phrases(frozenset({words("liên quan"), words("có liên quan")}))
_OPENING = 700
"""The subject of a line stands within so many characters."""
_BEFORE_WORDS = re.compile(r"^(?:\W|\([^()]*\))+")
_WINDOWS = (32, 128, 10_000)
"""A list is looked for in so many words, and in more where it ends near their end."""
_SUPERIOR = {words(head)[0] for head in ("bộ", "tổng", "ban")}


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds the bodies of one document; `province` is its own province's name, by which none is foreign;
    `level` that of a commune or district which issues it, whose committee is one body.

    Texts are NFC and on one line, as an outline holds them.
    """

    register: Register
    province: Words = ()
    own: OwnNames = NO_NAMES
    level: str = ""
    _subjects: dict[str, "Found"] = field(default_factory=dict, repr=False, compare=False)
    """What lines that were looked at open with; each is looked at by several rules."""

    def listed(self, text: str, start: int = 0) -> Found:
        """Return the bodies that stand one after another from `start`, none where it opens with none.

        Each single body is taken out; what is left between them is a group.
        """
        return self._opening(text, start)

    def subject(self, text: str) -> Found:
        """Return the body or bodies that a heading or a sentence opens with, in the order written.

        Many in one expression are one group, split only at ';'. `end` is where the rest begins.
        """
        text = text[:_OPENING]
        if text not in self._subjects:
            self._subjects[text] = self._subject(text)
        return self._subjects[text]

    def subjects(self) -> ItemsView[str, Found]:
        """Return the lines that were looked at, each with what it opens with."""
        return self._subjects.items()

    def _subject(self, text: str) -> Found:
        text = _OFFICE.sub(lambda found: found[1].capitalize(), text)
        bodies: list[Body] = []
        end = 0
        while True:
            found = self._opening(text, end, across=False)
            if not found.bodies:
                return Found(tuple(bodies), end)
            found = self._with_clause(text, found)
            many = len(found.bodies) > 1
            whole = _BEFORE_WORDS.sub("", text[end : found.end]) if many else ""
            bodies.append(group_of(whole) if many else found.bodies[0])
            end = found.end
            following = cut(text, end, most=1)
            if not following or not following[0].gap.startswith(";"):
                return Found(tuple(bodies), end)

    def _opening(self, text: str, start: int, *, across: bool = True) -> Found:
        """The list with which the text opens at `start`; few texts are cut further than it can reach."""
        for most in _WINDOWS:
            seen = cut(text, start, most)
            found = self._list(text, seen, across=across)
            whole = len(seen) != most
            if whole or not found.bodies or found.end < seen[-LONGEST_NAME].start:
                break
        return found

    def _with_clause(self, text: str, found: Found) -> Found:
        """Take "được giao nhiệm vụ về ..." into the group that it tells, up to the verb of the sentence."""
        last = found.bodies[-1]
        after = cut(text, found.end, most=LONGEST_NAME) if last.kind == "group" else ()
        if not after or after[0].gap or not longest(after, 0, v.GIVEN):
            return found
        given = longest(after, 0, v.GIVEN)
        stop = next((at for at, word in enumerate(after) if at and word.gap), len(after))
        verbs = [at for at in range(given, stop) if longest(after, at, v.DOES)]
        # "được giao chủ trì | có trách nhiệm": the part is what is given, if anything is said after it
        further = [at for at in verbs if at >= given + longest(after, given, v.PARTS)]
        if verbs or stop < len(after):
            end = after[(further or verbs or [stop])[0] - 1].end
            return Found((*found.bodies[:-1], group_of(text[text.find(last.text) : end])), end)
        return found

    def _list(self, text: str, seen: Sequence[Word], *, across: bool = True) -> Found:
        bodies: list[Body] = []
        at, end, head = 0, 0, Words()
        start = seen[0].start if seen else 0
        while at < len(seen):
            at += office_at(seen, at) if bodies else 0
            if plural := self._plural_head(seen, at):
                head = plural[0]
                at += plural[1]
            step = (
                self._unit(text, seen, at)
                or self._shared(text, seen, at, head)
                or self._group(text, seen, at, across=across)
                or (listed_name(text, seen, at) if bodies else None)
            )
            if step is None:
                break
            body, length = step
            if bridge := self._bridge(seen, at + length, body):
                length += bridge
                body = renamed(body, text[seen[at].start : seen[at + length - 1].end])
            if body.kind == "unit":
                head = shared_head(seen, at, length, head)
            if body not in bodies:
                bodies.append(body)
            at += length
            end = seen[at - 1].end
            follows = self._joint(seen, at, across=across)
            if follows is None:
                break
            at = follows
        return Found(tuple(bodies), max(end, start))

    def _bridge(self, seen: Sequence[Word], at: int, body: Body) -> int:
        """The length of unforeseen words between a body and the next of its list, which end its name.

        "Công ty Phát triển | bến bãi |, các doanh nghiệp": what is known by the register has no more words.
        """
        if body.kind == "unit" and self.register.find(body.name) is not None:
            return 0
        for end in range(at, min(at + LONGEST_BRIDGE, len(seen))):
            joined = seen[end].gap == "," or (not seen[end].gap and seen[end].key in AND)
            if joined:
                after = end + (seen[end].key in AND)
                opens = after < len(seen) and self._opens_at(seen, after)
                return end - at if opens else 0
            if seen[end].gap or longest(seen, end, v.VERBS) or seen[end].key == _MANY:
                return 0
        return 0

    def _opens_at(self, seen: Sequence[Word], at: int) -> bool:
        return self._unit("", seen, at) is not None or self._group_end(seen, at) > at

    def _joint(self, seen: Sequence[Word], at: int, *, across: bool) -> int | None:
        """Return where the next body of the list may begin; None where the list ends."""
        if at >= len(seen):
            return None
        gap = seen[at].gap
        if gap and (gap[0] in ",&/" or (across and gap[0] == ";") or gap.strip(" .…,;") == ""):
            if "." in gap.strip() and not gap.startswith((",", ";", "…", "...")):
                return None
            if not across and ";" in gap:
                return None
            skipped = self._skip_joint(seen, at)
            return skipped if skipped is not None else at
        return self._skip_joint(seen, at) if not gap else None

    def _skip_joint(self, seen: Sequence[Word], at: int) -> int | None:
        return at + joint if (joint := longest(seen, at, v.JOINTS)) else None

    def _unit(self, text: str, seen: Sequence[Word], at: int) -> tuple[Body, int] | None:
        if same_in_places(seen, at):
            return None
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
        if foreign or (unknown > length and goes_on(seen, at + length)):
            return self._made(text, seen, at, max(length, unknown if not foreign else 0))
        superior = self._superior(seen, at + length)
        if superior:
            length += superior
        name = unit.name
        levelled = seen[at + bare - 1].key in _LEVELS
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
        name = text[seen[at].start : seen[at + length - 1].end]
        found = self.register.find(name) if not has_other_place(name, self.province) else None
        return Body(name, found.name if found else name, "unit"), length

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
        if opening and not noun:
            return at
        if not opening:
            noun = (
                same_in_places(seen, at)
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
        return longest(seen, at, v.GROUP_OPENINGS) or longest(seen, at, v.GROUP_NOUNS)

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
