"""Telegram's HTML: the few tags it knows, parsed as strictly (core.telegram.org/bots/api#html-style)."""

import html
import re
from dataclasses import dataclass, replace
from typing import Final

from tests.botapi.errors import Refused, bad_request

TAGS: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_TOKEN = re.compile(
    r"""<(?P<end>/?)(?P<tag>[^\s<>/]*)(?P<attributes>(?:"[^"]*"|'[^']*'|[^<>"'])*)>
      | (?P<open><)
      | (?P<entity>&(?:\#x[0-9a-fA-F]+|\#[0-9]+|lt|gt|amp|quot);)
      | (?P<plain>[^<&]+|&)""",
    re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""\s+([a-zA-Z-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=]+))?""")


@dataclass(frozen=True, slots=True)
class Entity:
    """A stretch of formatted text; offset and length in UTF-16 code units, as everywhere in Telegram."""

    type: str
    offset: int
    length: int
    extra: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> dict[str, object]:
        return {"type": self.type, "offset": self.offset, "length": self.length, **dict(self.extra)}


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text as people see it, and its formatting."""

    text: str
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    offset: int
    extra: tuple[tuple[str, str], ...]


def units(text: str) -> int:
    """Return the length of a text in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def parse(text: str, mode: str) -> Formatted:
    """Read a text in the given parse mode ("" or "HTML"); outer white space goes, as on Telegram's side."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    if not mode:
        return _stripped(Formatted(text))
    if mode.lower() != "html":
        raise bad_request("unsupported parse_mode")
    return _stripped(_Reader(text).read())


class _Reader:
    """One pass over the markup, with a stack of what is open."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts: list[str] = []
        self._length = 0
        self._stack: list[_Open] = []
        self._entities: list[Entity] = []

    def read(self) -> Formatted:
        for found in _TOKEN.finditer(self._source):
            if plain := found["plain"] or found["entity"]:
                self._append(plain if found["plain"] else html.unescape(plain))
            elif found["open"]:
                raise self._broken("Unclosed start tag", found.start())
            elif found["end"]:
                self._close(found["tag"].lower(), found.start())
            else:
                self._begin(found["tag"].lower(), found["attributes"], found.start())
        if self._stack:
            raise self._broken(f'Can\'t find end tag corresponding to start tag "{self._stack[-1].tag}"')
        found_entities = sorted(self._entities, key=lambda entity: (entity.offset, -entity.length))
        return Formatted("".join(self._parts), tuple(found_entities))

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += units(text)

    def _begin(self, tag: str, attributes: str, at: int) -> None:
        if tag not in TAGS:
            raise self._broken(f'Unsupported start tag "{tag}"', at)
        given = self._attributes(attributes, at)
        if tag == "span" and given.get("class") != "tg-spoiler":
            raise self._broken('Tag "span" must have class "tg-spoiler"', at)
        if tag == "tg-emoji" and not given.get("emoji-id"):
            raise self._broken("Custom emoji without an identifier", at)
        extra: tuple[tuple[str, str], ...] = ()
        if tag == "a":
            extra = (("url", given.get("href", "")),)
        elif tag == "tg-emoji":
            extra = (("custom_emoji_id", given["emoji-id"]),)
        elif tag == "code" and given.get("class", "").startswith("language-"):
            extra = (("language", given["class"].removeprefix("language-")),)
        self._stack.append(_Open(tag, self._length, extra))

    def _attributes(self, source: str, at: int) -> dict[str, str]:
        rest = source.rstrip()
        given = {}
        while found := _ATTRIBUTE.match(rest):
            given[found[1].lower()] = html.unescape((found[2] or "").strip("\"'"))
            rest = rest[found.end() :]
        if rest:
            raise self._broken("Malformed attribute in a tag", at)
        return given

    def _close(self, tag: str, at: int) -> None:
        if not self._stack:
            raise self._broken("Unexpected end tag", at)
        opened = self._stack.pop()
        if tag != opened.tag:
            raise self._broken("Unmatched end tag", at, f', expected "</{opened.tag}>", found "</{tag}>"')
        length = self._length - opened.offset
        # A link whose address is missing is plain text to Telegram.
        if length and opened.extra != (("url", ""),):
            self._entities.append(Entity(TAGS[tag], opened.offset, length, opened.extra))

    def _broken(self, what: str, at: int | None = None, more: str = "") -> Refused:
        where = "" if at is None else f" at byte offset {len(self._source[:at].encode())}"
        return bad_request(f"can't parse entities: {what}{where}{more}")


def _stripped(formatted: Formatted) -> Formatted:
    text = formatted.text.strip()
    before = units(formatted.text[: len(formatted.text) - len(formatted.text.lstrip())])
    end = units(text)
    kept = []
    for entity in formatted.entities:
        first = max(entity.offset - before, 0)
        last = min(entity.offset - before + entity.length, end)
        if first < last:
            kept.append(replace(entity, offset=first, length=last - first))
    return Formatted(text, tuple(kept))
