"""Names of single bodies that list several fields: "Tiểu ban Lễ tân, hậu cần" is one body, not two."""

import re
from collections.abc import Sequence

from documents.reading import vocabulary as v
from documents.reading.body import Body
from documents.reading.names import AND, longest
from documents.reading.words import Word, cut
from domain.organisation.register import Register, words

_MANY = {words(determiner)[0] for determiner in ("các", "những")}
_OTHERS = v.HEADS | v.GROUP_NOUNS | v.BARE_NOUNS | v.MANY_NOUNS | v.COMMITTEES
"""What the next body of a list opens with."""
_LONGEST_END = 3
_PART = re.compile(
    r"(?i)\W*(?:(?:có|chịu) trách nhiệm|có nhiệm vụ|chủ trì|phối hợp|thực hiện|triển khai|tham mưu"
    r"|tổ chức|báo cáo|giúp|hỗ trợ|được)\b"
)
"""The part that a body has, which ends no name."""


def is_one_of_fields(seen: Sequence[Word]) -> bool:
    """Tell whether words that stand alone name one body: after its head come fields, and no further body.

    The fields of a body whose head serves for several names ("Hội Nông dân, Phụ nữ") are written small.
    """
    if not seen or not seen[0].capital:
        return False
    inner = 0 if longest(seen, 0, v.NOT_INNER) else longest(seen, 0, v.INNER_HEADS)
    head = inner or longest(seen, 0, v.HEADS)
    if not head or head >= len(seen) or any(word.key in _MANY for word in seen):
        return False
    return all(_is_field(seen, at, free=bool(inner)) for at in range(head, len(seen)) if _parts(seen, at))


def _parts(seen: Sequence[Word], at: int) -> bool:
    """Tell whether a comma or "và" stands before the word."""
    return seen[at].gap not in ("", "-", "–", "&") or seen[at - 1].key in AND


def _is_field(seen: Sequence[Word], at: int, *, free: bool) -> bool:
    if seen[at].closes or longest(seen, at, _OTHERS):
        return False
    if seen[at].capital and longest(seen, at, v.INNER_HEADS):
        return False
    return free or not seen[at].capital or seen[at - 1].key in AND


def ends_name(name: str, body: Body, rest: str, register: Register) -> bool:
    """Tell whether the few words after an unknown body end its name: "Phòng Kế hoạch | tổng hợp"."""
    tail = cut(rest)
    return (
        body.kind == "unit"
        and register.find(body.name) is None
        and name.strip(" .:").endswith(rest.strip(" .:"))
        and 0 < len(tail) <= _LONGEST_END
        and not any(word.gap for word in tail)
        and not _PART.match(rest)
    )
