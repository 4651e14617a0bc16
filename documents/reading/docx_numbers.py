"""The numbers that Word shows before paragraphs but does not write into them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BULLETS = {"-": "-", "–": "-", "+": "+", "o": "○", "": "-", "\uf02d": "-", "\uf02b": "+", "\uf0b7": "•"}
_ROMANS = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_HEADING = re.compile(r"(?:heading|tiêu đề|đề mục)\s*(\d)", re.IGNORECASE)
_STYLE, _NUMBER = f"{W}pStyle", f"{W}numPr"
_LONGEST_CHAIN = 20
_TITLE = re.compile(r"(?i)kế\s*hoạch\b|chương trình\b|quyết định\b|phụ lục")


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list. `legal`: numbers above it are shown in figures; `restarts`: below each of them."""

    kind: str
    text: str
    start: int
    legal: bool = False
    restarts: bool = True


@dataclass(frozen=True, slots=True)
class _List:
    """One list: the definition that it counts by, where it begins anew, and its levels that are its own."""

    abstract: str
    restarts: dict[int, int]
    own: dict[int, _Level]


@dataclass(frozen=True, slots=True)
class _ParagraphStyle:
    """A paragraph style: the list that it stands in, its level there, and that of a heading, from 0."""

    num: str = ""
    depth: int = 0
    heading: int | None = None


@dataclass(slots=True)
class Numbers:
    """Counts the numbered paragraphs of a document as Word does; to be asked in reading order, once each."""

    _levels: dict[str, dict[int, _Level]]
    _lists: dict[str, "_List"]
    _styles: dict[str, Any]
    _read: dict[str, _ParagraphStyle] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)
    _head_counts: list[int] = field(default_factory=lambda: [0] * 10)

    @classmethod
    def of(cls, document: Any) -> "Numbers":
        """Return the counter for a python-docx document, from its numbering and styles parts."""
        levels: dict[str, dict[int, _Level]] = {}
        lists: dict[str, _List] = {}
        part = next(
            (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")),
            None,
        )
        if part is not None and hasattr(part, "element"):
            for abstract in part.element.iterchildren(f"{W}abstractNum"):
                levels[_get(abstract, "abstractNumId")] = dict(map(_level, abstract.iterchildren(f"{W}lvl")))
            linked = dict(_linked(part.element))
            for num in part.element.iterchildren(f"{W}num"):
                named = _value(num.find(f"{W}abstractNumId"))
                own = dict(map(_level, num.iterfind(f"{W}lvlOverride/{W}lvl")))
                lists[_get(num, "numId")] = _List(linked.get(named, named), dict(_restarts(num)), own)
        styles = document.styles.element.iterchildren(f"{W}style")
        return cls(levels, lists, {_get(style, "styleId"): style for style in styles})

    def label(self, paragraph: Any, text: str) -> str:
        """Return what Word shows before the paragraph: "II.", "2.1.", "a)", "-"; else nothing.

        A heading by style alone, without any number, is counted I, 1, a by its level.
        """
        style, direct = "", None
        for properties in paragraph.iterchildren(f"{W}pPr"):
            for child in properties:
                style = _value(child) if child.tag == _STYLE else style
                direct = child if child.tag == _NUMBER else direct
        if style not in self._read:
            self._read[style] = self._style(style)
        num, depth = self._read[style].num, self._read[style].depth
        if direct is not None:
            num = _value(direct.find(f"{W}numId")) or num
            depth = int(_value(direct.find(f"{W}ilvl")) or depth)
        if num == "0" or num not in self._lists:
            return self._by_heading(self._read[style].heading, text)
        found = self._lists[num]
        self._restart(num, found.abstract, found.restarts)
        return self._next(found.abstract, {**self._levels.get(found.abstract, {}), **found.own}, depth)

    def _style(self, name: str) -> _ParagraphStyle:
        """The style with the list that it, or the nearest of those that it is based on, stands in."""
        style = self._styles.get(name)
        if style is None:
            return _ParagraphStyle()
        num, link = style.find(f"{W}pPr/{W}numPr"), style
        for _ in range(_LONGEST_CHAIN):
            link = self._styles.get(_value(link.find(f"{W}basedOn")))
            if num is not None or link is None:
                break
            num = link.find(f"{W}pPr/{W}numPr")
        called = _HEADING.fullmatch(_value(style.find(f"{W}name")))
        heading = int(called[1]) - 1 if called and called[1] != "0" else None
        if num is None:
            return _ParagraphStyle(heading=heading)
        depth = _value(num.find(f"{W}ilvl"))
        return _ParagraphStyle(_value(num.find(f"{W}numId")), int(depth) if depth.isdigit() else 0, heading)

    def _restart(self, num: str, abstract: str, restarts: dict[int, int]) -> None:
        """Set the counts back where a list that continues another begins anew, at its first paragraph."""
        if num not in self._begun:
            self._begun.add(num)
            for depth, start in restarts.items():
                self._counts.setdefault(abstract, {})[depth] = start - 1

    def _next(self, abstract: str, levels: dict[int, _Level], depth: int) -> str:
        level = levels.get(depth)
        if level is None or level.kind == "none":
            return ""
        if level.kind == "bullet":
            return _BULLETS.get(level.text, "•" if depth == 0 else "+")
        counts = self._counts.setdefault(abstract, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [
            other for other in counts if other > depth and (other not in levels or levels[other].restarts)
        ]:
            del counts[deeper]
        shown = re.sub(
            r"%(\d)", lambda found: self._shown(levels, counts, int(found[1]) - 1, level.legal), level.text
        )
        return f"{shown}." if shown[-1:].isalnum() else shown

    def _shown(self, levels: dict[int, _Level], counts: dict[int, int], depth: int, legal: bool) -> str:
        level = levels.get(depth)
        if level is None:
            return ""
        return _formatted(counts.get(depth, level.start), "decimal" if legal else level.kind)

    def _by_heading(self, depth: int | None, text: str) -> str:
        if depth is None or depth > 2 or _TITLE.match(text):
            return ""
        self._head_counts[depth] += 1
        self._head_counts[depth + 1 :] = [0] * (9 - depth)
        return _formatted(self._head_counts[depth], ("upperRoman", "decimal", "lowerLetter")[depth]) + (
            ")" if depth == 2 else "."
        )


def _level(element: Any) -> tuple[int, _Level]:
    start = _value(element.find(f"{W}start"))
    level = _Level(
        _value(element.find(f"{W}numFmt")) or "decimal",
        _value(element.find(f"{W}lvlText")),
        int(start) if start.isdigit() else 1,
        element.find(f"{W}isLgl") is not None,
        _value(element.find(f"{W}lvlRestart")) != "0",
    )
    return int(_get(element, "ilvl") or 0), level


def _linked(numbering: Any) -> Iterator[tuple[str, str]]:
    """Yield each definition of a list that only names a style, with the one that defines that style."""
    abstracts = list(numbering.iterchildren(f"{W}abstractNum"))
    defined = {_value(each.find(f"{W}styleLink")): _get(each, "abstractNumId") for each in abstracts}
    for each in abstracts:
        style = _value(each.find(f"{W}numStyleLink"))
        if style and style in defined:
            yield _get(each, "abstractNumId"), defined[style]


def _restarts(num: Any) -> Iterator[tuple[int, int]]:
    for override in num.iterchildren(f"{W}lvlOverride"):
        start = _value(override.find(f"{W}startOverride"))
        if start.isdigit():
            yield int(_get(override, "ilvl") or 0), int(start)


def _formatted(number: int, kind: str) -> str:
    match kind:
        case "upperRoman" | "lowerRoman":
            roman = _roman(number)
            return roman if kind == "upperRoman" else roman.lower()
        case "upperLetter" | "lowerLetter":
            letter = chr(ord("a") + (number - 1) % 26)
            return letter.upper() if kind == "upperLetter" else letter
        case "decimalZero":
            return f"{number:02}"
        case _:
            return str(number)


def _roman(number: int) -> str:
    shown = ""
    for value, letters in _ROMANS:
        while number >= value:
            shown += letters
            number -= value
    return shown


def _get(element: Any, name: str) -> str:
    return str(element.get(f"{W}{name}") or "")


def _value(element: Any) -> str:
    return "" if element is None else _get(element, "val")
