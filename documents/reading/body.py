"""A body as met in a text, and the lists that bodies stand in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from documents.reading import vocabulary as v
from documents.reading.group_words import length_of_listed
from documents.reading.words import Word

_HEAD_OF = re.compile(
    rf"(?i)\b(?:(?:{v.LED_BY}\s*(?:,|và)\s*)*{v.LED_BY}|trưởng(?=\s+các\s+{v.LED_PARTS}\b))"
    r"\s+(?=(?:các|những|ubnd|[uủ][ỷy] ban|sở|ban|phòng)\b)"
)


@dataclass(frozen=True, slots=True)
class Body:
    """A body as met in a text: its words there, the name it is kept under, and whether it is one or many."""

    text: str
    name: str
    kind: Literal["unit", "group"]


def group_of(text: str) -> Body:
    """Return the group that the words name; the heads of bodies among them stand for the bodies."""
    name = _HEAD_OF.sub("", text)
    return Body(text, name[0].upper() + name[1:], "group")


def renamed(body: Body, text: str) -> Body:
    """Return the body under longer words of the text."""
    return group_of(text) if body.kind == "group" else Body(text, text, "unit")


def listed_name(text: str, seen: Sequence[Word], at: int) -> tuple[Body, int] | None:
    """Return a listed name without a head ("Bộ đội Biên phòng, Cảnh sát biển"), with its length."""
    length = length_of_listed(seen, at)
    name = text[seen[at].start : seen[at + length - 1].end] if length else ""
    return (Body(name, name, "unit"), length) if length else None


@dataclass(frozen=True, slots=True)
class Found:
    """The bodies of a list that stands in a sentence, and where in the text it ends."""

    bodies: tuple[Body, ...]
    end: int
