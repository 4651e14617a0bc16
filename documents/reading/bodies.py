"""Finding bodies in a plan's words: single units, group expressions, lists of both.

A known unit is found by the register, an unknown one by its first word ("Sở", "UBND huyện") and its capitals;
a group by the small vocabulary of which such expressions are made. What is left open ("…") names nobody.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from documents.reading import vocabulary as v
from documents.reading.words import Word, cut
from domain.text import squeeze
from domain.units import Register, Words, words

_AND = {words(joint)[0] for joint in ("và", "cùng", "hoặc")}
_JOINTS = tuple(
    words(joint) for joint in ("và với", "cùng với", "và", "cùng", "hoặc", "nhất là", "trong đó có", "với")
)
_OF = {words(link)[0] for link in ("của", "thuộc", "tại", "ở")}
_TINH = words("tỉnh")[0]
_LEVELS = {words(level)[-1] for level in ("tỉnh", "huyện", "thị xã", "xã", "phường", "vùng", "nước")}
_PLURAL_NEXT = {words(level)[0] for level in ("các", "cấp", "huyện", "xã", "phường", "thị")}
_LONGEST_PHRASE = 5
_OPENING = 700
"""The subject of a line stands within so many characters."""
_PLACE_HEADS = {
    words(head): head
    for head in (
        *(f"{committee} {level}" for committee in ("UBND", "Ủy ban nhân dân", "HĐND") for level in (
            "huyện", "thị xã", "thành phố", "xã", "phường", "thị trấn", "đặc khu")),
        "Huyện ủy", "Thị ủy", "Thành ủy", "Công an tỉnh", "Công an huyện", "Đồn Biên phòng",
    )
}  # fmt: skip
"""Heads after which the name of a place stands, and how they are written."""
_SHARED_HEADS = tuple(words(head) for head in ("Sở", "Bộ", "Hội", "Ban"))
_GROUP_START = re.compile(r"(?i)(?:các|những|một số|tất cả|toàn thể|mọi)\s")
_COUNTRY = words("Việt Nam")
_SUPERIOR = {words(head)[0] for head in ("bộ", "tổng", "ban")}


@dataclass(frozen=True, slots=True)
class Body:
    """A body as met in a text: its words there, the name it is kept under, and whether it is one or many."""

    text: str
    name: str
    kind: Literal["unit", "group"]


@dataclass(frozen=True, slots=True)
class Found:
    """The bodies of a list that stands in a sentence, and where in the text it ends."""

    bodies: tuple[Body, ...]
    end: int


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds the bodies of one document; `province` is its own province's name, by which none is foreign."""

    register: Register
    province: Words = ()

    def listed(self, text: str, start: int = 0) -> Found:
        """Return the bodies that stand one after another from `start`, none where it opens with none.

        Each single body is taken out; what is left between them is a group.
        """
        seen = tuple(w for w in cut(text) if w.start >= start)
        return self._list(text, seen)

    def cell(self, text: str) -> tuple[Body, ...]:
        """Return the bodies of a label's or a table cell's text, which holds a list and little else.

        What no rule knows is taken as it stands between its separators: here only names are written.
        """
        bodies: list[Body] = []
        for piece in _pieces(self._unwrapped(text)):
            bodies += [body for body in self._piece(piece) if body not in bodies]
        return tuple(bodies)

    def subject(self, text: str) -> Found:
        """Return the body or bodies that a heading or a sentence opens with, in the order written.

        Many in one expression are one group, split only at ';'. `end` is where the rest begins.
        """
        seen = cut(text[:_OPENING])
        bodies: list[Body] = []
        end = 0
        while True:
            found = self._list(text, seen, across=False)
            if not found.bodies:
                return Found(tuple(bodies), end)
            first = text.find(found.bodies[0].text, end)
            found = self._with_clause(text, seen, found)
            many = len(found.bodies) > 1
            whole = squeeze(text[first : found.end]) if many else ""
            bodies.append(Body(whole, whole, "group") if many else found.bodies[0])
            end = found.end
            seen = tuple(w for w in seen if w.start >= end)
            if not seen or not seen[0].gap.startswith(";"):
                return Found(tuple(bodies), end)

    def _with_clause(self, text: str, seen: Sequence[Word], found: Found) -> Found:
        """Take "được giao nhiệm vụ về ..." into the group that it tells, up to the verb of the sentence."""
        after = [w for w in seen if w.start >= found.end]
        last = found.bodies[-1]
        if last.kind != "group" or not after or after[0].gap or not _longest(after, 0, v.GIVEN):
            return found
        for at, word in enumerate(after):
            if word.gap or _longest(after, at, v.DOES):
                end = after[at - 1].end
                whole = squeeze(text[text.find(last.text) : end])
                body = Body(whole, whole[0].upper() + whole[1:], "group")
                return Found((*found.bodies[:-1], body), end)
        return found

    def _list(self, text: str, seen: Sequence[Word], *, across: bool = True) -> Found:
        bodies: list[Body] = []
        at, end, head = 0, 0, Words()
        start = seen[0].start if seen else 0
        while at < len(seen):
            if plural := self._plural_head(seen, at):
                head = plural
                at += 2
            step = (
                self._unit(text, seen, at)
                or self._shared(text, seen, at, head)
                or self._group(text, seen, at)
            )
            if step is None:
                break
            body, length = step
            if body.kind == "unit":
                head = _head(seen, at, length, head)
            if body not in bodies:
                bodies.append(body)
            at += length
            end = seen[at - 1].end
            follows = self._joint(seen, at, across=across)
            if follows is None:
                break
            at = follows
        return Found(tuple(bodies), max(end, start))

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
        for joint in _JOINTS:
            if tuple(w.key for w in seen[at : at + len(joint)]) == joint:
                return at + len(joint)
        return None

    def _unit(self, text: str, seen: Sequence[Word], at: int) -> tuple[Body, int] | None:
        known = self.register.match([w.key for w in _phrase(seen, at)], 0)
        guessed = self._guess(seen, at)
        if known is None:
            return self._made(text, seen, at, guessed) if guessed else None
        length, unit = known
        rest = seen[at + length : at + length + 1]
        if rest and not rest[0].gap and rest[0].key in _PLURAL_NEXT:
            return None
        length, foreign = self._placed(seen, at, length)
        if foreign or (guessed > length and seen[at + length].capital):
            return self._made(text, seen, at, max(length, guessed if not foreign else 0))
        superior = self._superior(seen, at + length)
        if superior:
            length += superior
        return Body(squeeze(text[seen[at].start : seen[at + length - 1].end]), unit.name, "unit"), length

    def _made(self, text: str, seen: Sequence[Word], at: int, length: int) -> tuple[Body, int]:
        length += self._superior(seen, at + length)
        name = squeeze(text[seen[at].start : seen[at + length - 1].end])
        found = self.register.find(name) if not _has_other_place(name, self.province) else None
        return Body(name, found.name if found else name, "unit"), length

    def _placed(self, seen: Sequence[Word], at: int, length: int) -> tuple[int, bool]:
        """Take in the place after a name: the own province's is dropped, another's makes a foreign body."""
        end = at + length
        if end < len(seen) and not seen[end].gap and seen[end].key == _TINH and seen[end - 1].key != _TINH:
            end += 1
        if self._is_province(seen, end):
            return end + len(self.province) - at, False
        if seen[end - 1].key == _TINH:
            capitals = _capitals(seen, end)
            return end + capitals - at, capitals > 0
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
        known = self.register.match([w.key for w in _phrase(seen, start)], 0)
        return known[0] + start - at if known and known[1].standing == "central" else 0

    def _guess(self, seen: Sequence[Word], at: int) -> int:
        """The length of a name made of a head ("Sở", "Trung tâm") and capitals after it; 0 if none."""
        if not seen[at].capital:
            return 0
        near = _phrase(seen, at)
        if (
            len(seen[at].raw) > 2
            and seen[at].raw.isupper()
            and (seen[at].key,) not in v.GROUP_NOUNS | v.HEADS
        ):
            return 1
        size = max((n for n in range(1, 5) if tuple(w.key for w in near[:n]) in v.HEADS), default=0)
        if not size or size >= len(near) or not near[size].capital or near[size].gap not in ("", "-", "–"):
            return 0
        if tuple(w.key for w in near[:size]) in _PLACE_HEADS:
            return size + _capitals(near, size)
        end = size
        while end < len(near) and _names(near, end):
            end += 1
        while near[end - 1].key in _AND:
            end -= 1
        return end

    def _shared(self, text: str, seen: Sequence[Word], at: int, head: Words) -> tuple[Body, int] | None:
        """A name whose head stood before: "Sở Ngoại vụ, Nội vụ", "UBND huyện Mường Lát, Quan Hóa"."""
        if not head or not seen[at].capital:
            return None
        near = _phrase(seen, at)
        if head in _SHARED_HEADS:
            known = self.register.match([*head, *(w.key for w in near)], 0)
            if known is None or known[0] <= len(head):
                return None
            size = known[0] - len(head)
            return Body(squeeze(text[near[0].start : near[size - 1].end]), known[1].name, "unit"), size
        size = _capitals(seen, at, first=True)
        if not size or self._guess(seen, at):
            return None
        place = squeeze(text[near[0].start : near[size - 1].end])
        name = f"{_PLACE_HEADS[head]} {place}"
        return Body(place, name, "unit"), size

    def _plural_head(self, seen: Sequence[Word], at: int) -> Words | None:
        """The head of "các sở: Tài chính, Nội vụ", "các sở Tài chính, Nội vụ"; None where no names follow."""
        if at + 2 >= len(seen) or seen[at].key != words("các")[0] or not seen[at + 2].capital:
            return None
        head = (seen[at + 1].key,)
        if head not in _SHARED_HEADS or seen[at + 2].gap not in ("", ":"):
            return None
        known = self.register.match([*head, *(w.key for w in _phrase(seen, at + 2))], 0)
        return head if known and known[0] > 1 else None

    def _group(self, text: str, seen: Sequence[Word], at: int) -> tuple[Body, int] | None:
        end = self._group_end(seen, at)
        if end <= at:
            return None
        whole = squeeze(text[seen[at].start : seen[end - 1].end])
        return Body(whole, whole[0].upper() + whole[1:], "group"), end - at

    def _group_end(self, seen: Sequence[Word], at: int) -> int:
        """Where the group expression that begins at `at` ends; `at` itself where none begins."""
        opening = _longest(seen, at, v.DETERMINERS)
        noun = _longest(seen, at + opening, v.GROUP_NOUNS) or _longest(seen, at + opening, v.GROUP_OPENINGS)
        if opening and not noun:
            return at
        if not opening:
            noun = _longest(seen, at, v.GROUP_OPENINGS)
            if not noun:
                return at
            noun += _longest(seen, at + noun, v.GROUP_NOUNS)
        end = at + opening + noun
        while end < len(seen):
            step = self._group_step(seen, end)
            if not step:
                break
            end += step
        return end

    def _group_step(self, seen: Sequence[Word], at: int) -> int:
        """The number of words by which a group expression goes on at `at`."""
        word = seen[at]
        if word.gap and word.gap not in (",", "-", "–", "/", "&"):
            return 0
        if word.gap == "," and (self._unit("", seen, at) or _opens_related(seen, at)):
            return 0
        if word.gap:
            return max(self._noun_at(seen, at), _longest(seen, at, v.AFTER_COMMA))
        if word.capital and seen[at - 1].key in _LEVELS:
            return _capitals(seen, at)
        if word.key in _AND:
            further = self._noun_at(seen, at + 1) if at + 1 < len(seen) else 0
            further = further or (_longest(seen, at + 1, v.GROUP_MODIFIERS) if at + 1 < len(seen) else 0)
            if further and not (self._unit("", seen, at + 1) and not self._inside(seen, at + 1)):
                return further + 1
            return 0
        if word.key in _OF:
            return self._owner(seen, at)
        if self._is_province(seen, at):
            return len(self.province)
        noun = _longest(seen, at, v.GROUP_NOUNS)
        modifier = _longest(seen, at, v.GROUP_MODIFIERS)
        special = max((_longest(seen, at, rest) for head, rest in v.AFTER_NOUN.items()
                       if tuple(w.key for w in seen[at - len(head) : at]) == head), default=0)  # fmt: skip
        related = tuple(w.key for w in seen[at - 2 : at]) == v.RELATED
        step = max(noun, modifier, special)
        if (related and noun > modifier) or _longest(seen, at, v.VERBS) > step:
            return 0
        return step

    def _noun_at(self, seen: Sequence[Word], at: int) -> int:
        opening = _longest(seen, at, v.DETERMINERS)
        if opening and at + opening < len(seen):
            noun = _longest(seen, at + opening, v.GROUP_NOUNS)
            return opening + noun if noun else 0
        return _longest(seen, at, v.GROUP_OPENINGS) or _longest(seen, at, v.GROUP_NOUNS)

    def _inside(self, seen: Sequence[Word], at: int) -> bool:
        return not seen[at].capital

    def _owner(self, seen: Sequence[Word], at: int) -> int:
        """The length of "của Bộ Ngoại giao", "thuộc tỉnh", "của trung ương" inside a group expression."""
        if at + 1 >= len(seen):
            return 0
        unit = self._unit("", seen, at + 1)
        if unit:
            return 1 + unit[1]
        size = _longest(seen, at + 1, v.GROUP_MODIFIERS) or self._noun_at(seen, at + 1)
        return size + 1 if size else 0

    def _unwrapped(self, text: str) -> str:
        """A cell, its lines joined where a name goes on and parted by ';' where a body begins one."""
        lines = [squeeze(line) for line in text.split("\n") if line.strip()]
        whole = lines[0] if lines else ""
        for line in lines[1:]:
            opens = bool(re.match(r"[-+•*]\s*", line)) or self._begins(line)
            inside = line[0].islower() or bool(_UNFINISHED.search(whole) or _BARE_PLURAL.search(whole))
            inside = inside or self._spans(whole, line)
            whole += f"; {line}" if opens and not inside else f" {line}"
        return whole

    def _begins(self, line: str) -> bool:
        """Tell whether a line opens with what a body's name opens with."""
        seen = cut(line)
        return bool(seen) and _longest(seen, 0, v.HEADS | v.DETERMINERS | _COMMITTEES) > 0

    def _spans(self, left: str, right: str) -> bool:
        """Tell whether a known name begins at the end of the one line and ends in the other."""
        before = [w.key for w in cut(left[-80:])][-8:]
        whole = before + [w.key for w in cut(right[:80])][:8]
        found = ((start, self.register.match(whole, start)) for start in range(len(before)))
        return any(match and start + match[0] > len(before) for start, match in found)

    def _piece(self, piece: str) -> tuple[Body, ...]:
        """The bodies of one stretch of a cell, between semicolons."""
        found = self.listed(piece)
        if found.bodies and not _is_cut_short(piece, found):
            return found.bodies
        if _GROUP_START.match(piece):
            return (Body(piece, piece[0].upper() + piece[1:], "group"),)
        if found.bodies and found.bodies[-1].kind == "unit":
            rest = piece[found.end :].lstrip(" ,")
            if not piece[found.end :].lstrip().startswith(","):
                return found.bodies
            return (*found.bodies, *self._piece(rest)) if rest else found.bodies
        first, _, rest = piece.partition(",")
        named = first.strip()
        if not named or len(named.split()) > 14:
            return ()
        known = self.register.find(named)
        body = Body(named, known.name if known else named[0].upper() + named[1:], "unit")
        return (body, *self._piece(rest.strip())) if rest.strip() else (body,)


def _pieces(text: str) -> list[str]:
    """The stretches of a cell between semicolons and line ends, without brackets and leading verbs."""
    bare = re.sub(r"\([^()]*\)", " ", text)
    pieces = []
    for raw in re.split(r";|\n|…|\.{2,}", bare):
        piece = squeeze(re.sub(_LEAD_IN, "", squeeze(raw).strip(" .,:-+"))).strip(" .,:")
        piece = re.sub(r"(?i)\s+(?:chủ trì|phối hợp|thực hiện)$", "", piece)
        if piece and not _NOBODY.fullmatch(piece):
            pieces.append(piece)
    return pieces


_LEAD_IN = re.compile(
    r"(?i)^(?:(?:và|cùng|(?:có |với )?sự tham gia của|(?:kính )?đề nghị|giao(?: cho)?|mời"
    r"|(?:đơn vị |cơ quan )?(?:chủ trì|phối hợp)(?: thực hiện)?(?:,? phối hợp)?(?: với)?\s*:?)\s+)+"
)
_BARE_PLURAL = re.compile(r"(?i)(?:^|;\s*|,\s*)các\s+\w+$")
_UNFINISHED = re.compile(r"(?i)(?:[,\-–&/(]|\b(?:và|của|với|thuộc|các|cho|sở|ubnd))$")
_COMMITTEES = frozenset({words("UBND"), words("Ủy ban nhân dân")})
_NOBODY = re.compile(r"(?i)(?:không|không có|nt|như trên|v\.?v\.?|[-–]|v\.v|[\d\W]+)")


def _phrase(seen: Sequence[Word], at: int) -> list[Word]:
    """The words from `at` up to what ends a phrase."""
    near = [seen[at]]
    for word in seen[at + 1 : at + 24]:
        if word.closes or "(" in word.gap or ")" in word.gap:
            break
        near.append(word)
    return near


def _longest(seen: Sequence[Word], at: int, phrases: frozenset[Words]) -> int:
    """The length of the longest of the phrases that stands at `at` without punctuation inside; 0 if none."""
    best, key = 0, Words()
    for size in range(1, min(_LONGEST_PHRASE, len(seen) - at) + 1):
        word = seen[at + size - 1]
        if size > 1 and word.gap not in ("", "-", "–"):
            break
        key = (*key, word.key)
        if key in phrases:
            best = size
    return best


def _opens_related(seen: Sequence[Word], at: int) -> bool:
    """Tell whether ", các cơ quan ... liên quan" begins: a group of its own after another."""
    if seen[at].key != words("các")[0]:
        return False
    for place in range(at, min(at + 14, len(seen) - 1)):
        if place > at and seen[place].gap not in ("", ",", "-"):
            return False
        if (seen[place].key, seen[place + 1].key) == v.RELATED:
            return True
    return False


def _names(near: Sequence[Word], at: int) -> bool:
    """Tell whether the word at `at` still belongs to the name before it."""
    word = near[at]
    if word.gap not in ("", "-", "–", "&"):
        return word.gap == "," and word.capital and _ends_with_and(near, at)
    if word.capital:
        return (word.key,) not in v.HEADS or not word.gap
    if tuple(w.key for w in near[at - 2 : at]) == _COUNTRY:
        return False
    if word.key in _AND:
        return at + 1 < len(near) and near[at + 1].capital and _longest(near, at + 1, v.HEADS) == 0
    return near[at - 1].key not in _AND and not _is_verb(near, at) and near[at - 1].raw[0].isupper()


def _ends_with_and(near: Sequence[Word], at: int) -> bool:
    """Tell whether ", Thể thao và Du lịch" follows: the middle of one name rather than the next body."""
    if _longest(near, at, v.HEADS):
        return False
    for word in near[at + 1 : at + 5]:
        if word.gap:
            return False
        if word.key in _AND:
            return True
    return False


def _is_verb(near: Sequence[Word], at: int) -> bool:
    return _longest(near, at, v.VERBS) > 0


def _capitals(seen: Sequence[Word], at: int, *, first: bool = False) -> int:
    """How many capitalised words stand at `at` with nothing between; the first may follow a comma."""
    size = 0
    while at + size < len(seen):
        word = seen[at + size]
        if not word.capital or (word.gap and not (first and size == 0)):
            break
        size += 1
    return size


def _head(seen: Sequence[Word], at: int, length: int, before: Words) -> Words:
    """The head that a following bare name may share with this one."""
    keys = tuple(w.key for w in seen[at : at + length])
    for head in (*_PLACE_HEADS, *_SHARED_HEADS):
        if keys[: len(head)] == head and length > len(head):
            return head
    return before if seen[at].capital and length <= 4 and not _longest(seen, at, v.HEADS) else ()


def _has_other_place(name: str, province: Words) -> bool:
    """Tell whether the name ends in "tỉnh" and a place that is not the document's own province."""
    found = re.search(r"\btỉnh\s+(\S.*)$", name)
    return bool(found) and bool(province) and words(found[1])[: len(province)] != province if found else False


def _is_cut_short(piece: str, found: Found) -> bool:
    """Tell whether the list ended in the middle of what is rather a name or a group than a sentence."""
    rest = piece[found.end :].strip(" .,")
    if not rest:
        return False
    seen = cut(rest)
    return not (seen and _is_verb(seen, 0) and found.bodies[-1].kind == "unit")
