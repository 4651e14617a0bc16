"""A text longer than one message, cut where a reader would turn the page."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from markupsafe import Markup

from handlers.common.conversation import Outgoing

_ATOM = re.compile(r"<[^>]*>|&#?\w+;|.", re.DOTALL)
_MOST_UNITS = 2
"""UTF-16 code units of a character at most."""
_OPENING = re.compile(r"<(\w+)[^>]*>")


def parts(message: Outgoing, limit: int) -> tuple[Outgoing, ...]:
    """Split a message so that the visible text of each part is at most `limit` UTF-16 code units.

    Cuts stand at line breaks; a line longer than a whole part is cut at a space, or within a word longer
    than a part. The character cut at is left out, nothing else is; parts without a visible character are
    not made. Choices, papers and menu go with the last part: buttons stand under the end of a text.
    `limit` is at least 2, the width of one character outside the basic plane.
    """
    if _MOST_UNITS * len(message.text) <= limit or visible_length(message.text) <= limit:
        return (message,)
    texts = [text for text in _packed(str(message.text).split("\n"), limit) if _seen(text)]
    if not texts:
        return (message,)
    *earlier, last = (Markup(text) for text in texts)  # noqa: S704 - cut from an escaped text
    return (*(Outgoing(text, thread=message.thread) for text in earlier), replace(message, text=last))


def visible_length(text: str) -> int:
    """Count what a messenger counts: UTF-16 code units after tags and entities are read."""
    return sum(map(_width, _ATOM.findall(text)))


def _packed(lines: Sequence[str], limit: int) -> Iterator[str]:
    """Put as many whole lines into each part as it holds."""
    part: list[str] = []
    room = limit
    for line in _fitting(lines, limit):
        width = visible_length(line)
        if part and width + 1 > room:
            yield "\n".join(part)
            part, room = [], limit
        room -= width + (1 if part else 0)
        part.append(line)
    yield "\n".join(part)


def _fitting(lines: Sequence[str], limit: int) -> Iterator[str]:
    """Yield the lines, each one that is longer than a part in pieces that are not."""
    for line in lines:
        if visible_length(line) <= limit:
            yield line
        else:
            yield from _pieces(_ATOM.findall(line), limit)


def _pieces(atoms: list[str], limit: int) -> Iterator[str]:
    """Cut one line; what is bold or italic at a cut ends there and begins anew behind it."""
    opened: list[str] = []
    while atoms:
        end, rest = _cut(atoms, limit)
        start = "".join(opened)
        opened = _opened(opened, atoms[:end])
        closing = "".join(_OPENING.sub(r"</\1>", tag) for tag in reversed(opened))
        yield start + "".join(atoms[:end]) + closing
        atoms = atoms[rest:]


def _cut(atoms: Sequence[str], limit: int) -> tuple[int, int]:
    """Return where the first piece ends and where the next begins: one further where a space lies between."""
    width, space = 0, None
    for place, atom in enumerate(atoms):
        width += _width(atom)
        if atom == " ":
            space = place
        if width > limit:
            return (place, place) if space is None else (space, space + 1)
    return len(atoms), len(atoms)


def _opened(opened: Sequence[str], atoms: Sequence[str]) -> list[str]:
    """Return the tags that are still open after these atoms, outermost first."""
    still = list(opened)
    for atom in atoms:
        if atom.startswith("</"):
            still.pop()
        elif _OPENING.fullmatch(atom):
            still.append(atom)
    return still


def _width(atom: str) -> int:
    if _is_tag(atom):
        return 0
    text = html.unescape(atom)
    return len(text) + sum(character > "\uffff" for character in text)


def _is_tag(atom: str) -> bool:
    return len(atom) > 1 and atom.startswith("<")


def _seen(text: str) -> bool:
    return any(not _is_tag(atom) and html.unescape(atom).strip() for atom in _ATOM.findall(text))
