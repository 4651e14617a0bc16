"""The register of bodies: what a document's names, abbreviations and group expressions stand for.

A register is data that the operator edits (`config/units.toml`); this module gives it meaning. Names are
compared by their words alone (`words`): case, punctuation, and the two ways of placing a tone make no
difference, so "Sở Văn hóa TT và DL" and "Sở Văn hoá, TT và DL" are one.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from domain.common.text import fold, nfc, squeeze
from domain.organisation.body_kinds import BODY_KINDS, Standing

Words = tuple[str, ...]

EVERYONE = "*"
"""The tag of a group that means whoever the plan gives work to ("các cơ quan, đơn vị")."""

_WORD = re.compile(r"\w+")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


@dataclass(frozen=True, slots=True)
class Unit:
    """One body. `tags` say which groups it belongs to; `until` is its last day, `successor` who took over.

    One that is not `common` exists in some provinces only: it belongs to a plan's groups where the plan
    names it.
    """

    name: str
    abbreviation: str | None = None
    spellings: tuple[str, ...] = ()
    tags: frozenset[str] = frozenset()
    standing: Standing = "local"
    since: date | None = None
    until: date | None = None
    successor: str | None = None
    common: bool = True

    def exists(self, on: date) -> bool:
        """Tell whether the body exists on that day, both of its own days included."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Group:
    """An expression that names many bodies: those that bear one of the tags."""

    phrases: tuple[str, ...]
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Register:
    """The known bodies and group phrases, with the look-ups that reading a document needs."""

    units: tuple[Unit, ...]
    groups: tuple[Group, ...] = ()
    _names: dict[Words, tuple[Unit, ...]] = field(init=False, repr=False, compare=False)
    _folded: dict[str, tuple[Unit, ...]] = field(init=False, repr=False, compare=False)
    _phrases: dict[Words, Group] = field(init=False, repr=False, compare=False)
    _longest: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        names: dict[Words, tuple[Unit, ...]] = {}
        folded: dict[str, tuple[Unit, ...]] = {}
        longest: dict[str, int] = {}
        for unit in self.units:
            for key in _keys(unit):
                names[key] = (*names.get(key, ()), unit)
                plain = fold(" ".join(key))
                if unit not in folded.get(plain, ()):
                    folded[plain] = (*folded.get(plain, ()), unit)
                longest[key[0]] = max(longest.get(key[0], 0), len(key))
        phrases = {words(phrase): group for group in self.groups for phrase in group.phrases}
        for attribute, value in (
            ("_names", names), ("_folded", folded), ("_phrases", phrases), ("_longest", longest),
        ):  # fmt: skip
            object.__setattr__(self, attribute, value)

    def find(self, name: str) -> Unit | None:
        """Return the body of that name, spelling or abbreviation; None where none or several fit.

        The name of a province or city after "tỉnh", "thành phố" is left out where it stands in the way.
        """
        fits = self.candidates(name)
        return fits[0] if len(fits) == 1 else None

    def candidates(self, name: str) -> tuple[Unit, ...]:
        """Return all bodies that bear the name, spelling or abbreviation: two for an ambiguous "SNV"."""
        key = words(name)
        if key in self._names:
            return self._names[key]
        plain = fold(" ".join(key))
        if plain in self._folded:
            return self._folded[plain]
        shorter = _without_place(key)
        if shorter and shorter in self._names:
            return self._names[shorter]
        behind = _title_at(key, 0)
        return self.candidates(" ".join(key[behind:])) if behind else ()

    def match(self, text: Sequence[str], start: int) -> tuple[int, Unit] | None:
        """Return the longest known name that stands in `text` (as from `words`) at `start`, and its length.

        An abbreviation that fits two bodies is no match.
        """
        if start >= len(text):
            return None
        for length in range(min(self._longest.get(text[start], 0), len(text) - start), 0, -1):
            units = self._names.get(tuple(text[start : start + length]), ())
            if len(units) == 1:
                return length, units[0]
        return None

    def is_group(self, expression: str) -> bool:
        """Tell whether the expression names many bodies rather than one."""
        key = words(expression)
        if self.candidates(expression):
            return False
        if behind := _title_at(key, 0):
            return self.is_group(" ".join(key[behind:]))
        return key[:1] in _DETERMINERS or key in self._phrases or _is_plural_committee(expression)

    def is_central(self, name: str) -> bool:
        """Tell whether the body is outside the province, and so never reminded."""
        return (self.find(name) or self.infer(name)).standing == "central"

    def means_everyone(self, expression: str) -> bool:
        """Tell whether the expression means whoever the plan gives work to ("các cơ quan, đơn vị")."""
        key = _bare(words(expression))
        group = self._phrases.get(key) or self._phrases.get(key[_title_at(key, 0) :])
        return group is not None and EVERYONE in group.tags

    def expand(self, expression: str, members: Iterable[Unit], on: date) -> tuple[Unit, ...] | None:
        """Return those of `members` that the expression means on that day; None where it stays open.

        Open are expressions that leave a reader to judge ("có liên quan", "…") and any with a part that
        the register does not know.
        """
        if "…" in expression or "..." in expression:
            return None
        meant = self._meaning(words(expression))
        if meant is None:
            return None
        tags, named = meant
        return tuple(
            unit
            for unit in members
            if unit.exists(on)
            and unit.standing != "central"
            and (EVERYONE in tags or tags & unit.tags or unit.name in named)
        )

    def empty_parts(self, expression: str, members: Iterable[Unit], on: date) -> tuple[str, ...]:
        """Return the parts of an expression, in its words, to which none of `members` belongs on that day."""
        tags = {tag for unit in members if unit.exists(on) for tag in unit.tags} | {EVERYONE}
        text, key = nfc(expression), words(expression)
        spans = [found.span() for found in _WORD.finditer(text)]
        parts: list[str] = []
        at = 0
        while at < len(key):
            step = self._phrase_at(key, at)
            if step and not step[1].tags & tags:
                parts.append(text[spans[at][0] : spans[at + step[0] - 1][1]])
            at += step[0] if step else 1
        return tuple(dict.fromkeys(parts))

    def group_successors(self, expression: str, on: date) -> tuple[Unit, ...]:
        """Return who has the work of a level that has ended: of the districts, since July 2025, the communes.

        From 1 July 2025 there is no district level.
        """
        meant = self._meaning(words(expression))
        if meant is None or on < _NO_DISTRICTS or "ubnd-huyen" not in meant[0]:
            return ()
        return tuple(unit for unit in self.units if unit.exists(on) and "ubnd-xa" in unit.tags)

    def successor(self, unit: Unit, on: date) -> Unit:
        """Return the body that has the unit's work on that day: itself, or the last of its successors."""
        seen = {unit.name}
        while not unit.exists(on) and unit.successor and unit.successor not in seen:
            seen.add(unit.successor)
            heir = self.find(unit.successor)
            if heir is None:
                break
            unit = heir
        return unit

    def infer(self, name: str) -> Unit:
        """Return a unit for a body that a document names and the register lacks, tagged by its kind."""
        key = words(name)
        if key[-2:] in _PARTY_COMMITTEES:
            return Unit(squeeze(name), tags=frozenset({"dang"}), standing="party")
        for opening, tags, standing in _KINDS:
            if key[: len(opening)] == opening:
                return Unit(squeeze(name), tags=frozenset(tags), standing=standing)
        return Unit(squeeze(name))

    def _meaning(self, key: Words) -> tuple[frozenset[str], frozenset[str]] | None:
        """Take the expression apart into tags and names; None where a word is left that is not understood."""
        tags: frozenset[str] = frozenset()
        names: set[str] = set()
        at = 0
        while at < len(key):
            behind = _title_at(key, at)
            if behind and self._phrase_at(key, behind):
                at = behind
            if step := self._phrase_at(key, at):
                tags |= step[1].tags
                at += step[0]
            elif named := self.match(key, at):
                names.add(named[1].name)
                at += named[0]
            elif behind:
                at = behind
            elif key[at] in _FILLERS:
                at += 1
            else:
                return None
        return tags, frozenset(names)

    def _phrase_at(self, key: Words, at: int) -> tuple[int, Group] | None:
        for end in range(len(key), at, -1):
            if group := self._phrases.get(key[at:end]):
                return end - at, group
        return None


@lru_cache(maxsize=4)  # a document asks more than once, and thousands of names are made
def in_city(register: Register) -> Register:
    """Return the register as a central city words it: "Công an thành phố", "Thành ủy"."""

    def renamed(text: str) -> str:
        for province, city in (("Tỉnh ủy", "Thành ủy"), ("Tỉnh đoàn", "Thành đoàn"), ("tỉnh", "thành phố")):
            text = re.sub(rf"\b{province}\b", city, text)
        return text

    units = (
        replace(
            unit,
            name=renamed(unit.name),
            spellings=tuple(map(renamed, unit.spellings)),
            successor=renamed(unit.successor) if unit.successor else None,
        )
        for unit in register.units
    )
    return Register(tuple(units), register.groups)


@lru_cache(maxsize=1 << 14)
def word(raw: str) -> str:
    """Return the form in which one word is compared: no case, its tone put last (hoà, hòa: one form)."""
    marks = unicodedata.normalize("NFD", raw.casefold())
    tone = "".join(c for c in marks if c in _TONES)
    return unicodedata.normalize("NFC", "".join(c for c in marks if c not in _TONES)) + tone


def words(text: str) -> Words:
    """Return the words of a text as names are compared: without case, punctuation or tone placement."""
    return tuple(word(found) for found in _WORD.findall(nfc(text)))


@lru_cache(maxsize=1 << 13)  # a register that is worded anew for a document keeps most of its units
def _keys(unit: Unit) -> frozenset[Words]:
    """The ways to write a body.

    A name that ends in "tỉnh" or "thành phố" is known without it where enough is left, and with "tính", a
    slip of the pen; one of several fields also without "và" between them.
    """
    spelled = [unit.name, *unit.spellings, *([unit.abbreviation] if unit.abbreviation else [])]
    forms = {form for name in spelled if (key := words(name)) for form in _committee_forms(key)}
    forms |= {tuple(w for w in key if w != _AND) for key in forms if _AND in key and len(key) > _LONG_NAME}
    slips = {(*key[:-1], _SLIP) for key in forms if key[-1] == _TINH and len(key) > _LONG_NAME}
    return frozenset(forms | slips | {shorter for key in forms if (shorter := _without_level(key))})


def _without_level(key: Words) -> Words | None:
    """A name without the level at its end; None where too little would be left to know it by."""
    size = 1 if key[-1] == _TINH else 2 if key[-2:] == _CITY else 0
    return key[:-size] if size and len(key) > _LONG_NAME - 1 + size and key[:4] != _COMMITTEE else None


def _committee_forms(key: Words) -> tuple[Words, ...]:
    """UBND and Ủy ban nhân dân are one word for whoever writes them."""
    for at in range(len(key)):
        if key[at] == "ubnd":
            return key, key[:at] + _COMMITTEE + key[at + 1 :]
        if key[at : at + 4] == _COMMITTEE:
            return key, (*key[:at], "ubnd", *key[at + 4 :])
    return (key,)


def _without_place(key: Words) -> Words | None:
    """Cut what follows "tỉnh" or "thành phố": "Công an tỉnh Hà Khê" is "Công an tỉnh"."""
    for at in range(len(key) - 1, 0, -1):
        for head in _PLACES:
            if key[at : at + len(head)] == head and len(key) > at + len(head):
                return key[: at + len(head)]
    return None


def _bare(key: Words) -> Words:
    while key and key[-1] in _FILLERS:
        key = key[:-1]
    return key


def _title_at(key: Words, at: int) -> int:
    """Return where a title at `at` ends, behind which its body stands ("Chủ tịch UBND các xã"); else 0."""
    return next((at + len(title) for title in _TITLES if key[at : at + len(title)] == title), 0)


def _is_plural_committee(expression: str) -> bool:
    """ "UBND huyện, thành phố", "UBND cấp xã", "UBND xã": no place is named after the level."""
    found = re.match(rf"(?:văn phòng )?(?:ubnd|{_COMMITTEE_NAME})\s+(.+)", nfc(expression), re.IGNORECASE)
    if not found or words(found[1])[:1] == (_TINH,):
        return False
    level = re.sub(r"(?i)^(huyện|thị xã|thành phố|xã|phường|thị trấn|đặc khu|các|cấp)\b[\s,]*", "", found[1])
    return not level[:1].isupper()


_TINH, _SLIP, _AND = words("tỉnh tính và")
_CITY = words("thành phố")
_LONG_NAME = 4
_COMMITTEE_NAME = "[uủ][yỷ] ban nhân dân"
_COMMITTEE = words("Ủy ban nhân dân")
_PLACES = (words("tỉnh"), words("thành phố"))
_DETERMINERS = {words(opening) for opening in ("các", "những", "mọi", "toàn", "một")}
_PARTY_COMMITTEES = {words("Tỉnh ủy"), words("Thành ủy"), words("Huyện ủy"), words("Thị ủy")}
_FILLERS = frozenset(words("và của tỉnh trong trên địa bàn toàn cấp thuộc các thành phố"))
"""Words of an expression that change nothing about whom it means within one province."""

_NO_DISTRICTS = date(2025, 7, 1)

_TITLES = tuple(
    words(title)
    for title in (
        "Thủ trưởng", "Người đứng đầu", "Lãnh đạo", "Tổng Giám đốc", "Giám đốc", "Chủ tịch", "Bí thư",
        "Hiệu trưởng", "Chỉ huy trưởng", "Chi cục trưởng", "Cục trưởng", "Chánh", "Trưởng",
    )
)  # fmt: skip
"""Whoever leads a body or each of a group; the body itself is meant."""

_KINDS = tuple((words(opening), tags, standing) for row, tags, standing in BODY_KINDS for opening in row)
