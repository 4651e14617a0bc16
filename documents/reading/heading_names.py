"""The names that a plan's own headings give to bodies, whatever words they are made of.

A numbered line that stands alone in a part that hands out duties is an owner; its words are then known as a
name in every sentence of the document: "Tổ Giáo dục thể chất" after the heading "II. Tổ Giáo dục thể chất".
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from documents.reading.bodies import Finder
from documents.reading.body import Body
from documents.reading.headings import heading_of
from documents.reading.outline import Node
from documents.reading.own_names import OwnNames
from documents.reading.words import cut
from domain.organisation.register import Words, words

_FEWEST, _LONGEST = 2, 14


def knowing_headings(finder: Finder, parts: Iterable[Node]) -> Finder:
    """Return the finder that knows the bodies which the headings of those parts name."""
    bodies = [body for part in parts for body in _bodies(part, finder)]
    single = frozenset(key for body in bodies if body.kind == "unit" and (key := _key(body, finder)))
    many = frozenset(key for body in bodies if body.kind == "group" and (key := _key(body, finder)))
    if not single and not many:
        return finder
    known = OwnNames(finder.own.known | single, finder.own.many | many)
    opened = {body.text[: len(key[0])].casefold() for body in bodies if (key := words(body.text))}
    kept = {
        text: found for text, found in finder.subjects() if not any(map(text.casefold().__contains__, opened))
    }
    return replace(finder, own=known, _subjects=kept)


def _bodies(part: Node, finder: Finder) -> Iterator[Body]:
    for node in part.walk():
        if not node.numbered or node.table is not None:
            continue
        owner = heading_of(node.text, finder, stands_alone=bool(node.children))
        if owner is not None and owner.form in ("alone", "colon"):
            yield from owner.bodies


def _key(body: Body, finder: Finder) -> Words:
    """The words of a name that is not found without its heading; () where it is, or where it is no name."""
    key = tuple(word.key for word in cut(body.text))
    if not _FEWEST <= len(key) <= _LONGEST or finder.register.find(body.name) is not None:
        return ()
    found = finder.subject(body.text) if body.kind == "group" else None
    return () if found and found.bodies and not body.text[found.end :].strip(" .:,") else key
