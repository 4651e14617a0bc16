"""How the number of an item is written: "2", "1.2", "việc số 2", "#2", "1, 3 và 5-7"."""

import re

from domain.updates.loose import loose

REF = r"[1-9]\d{0,2}(?:\.[1-9]\d?)?"
NAME = "(?:(?:việc|mục|câu|nhiệm vụ|stt|số)(?: số)?(?: ?#)?|#)"
_AND = r"(?:,? ?và|,|\+|&)"
_TO = "(?:-|–|đến)"
REFS = rf"{REF}(?: ?(?:{_AND}|{_TO}) ?(?:{NAME} ?)?{REF}){{0,30}}"
_ONE_OR_RANGE = loose(rf"(?P<first>{REF})(?: ?{_TO} ?(?:{NAME} ?)?(?P<last>{REF}))?", whole_words=False)
_LONGEST_RANGE = 50
_DOTTED = re.compile(r"(?<![\d.,/])[1-9]\d{0,2}\.[1-9]\d?(?![\d.,/%])")


def items_of(refs: str) -> tuple[str, ...]:
    """Return the items of "1, 3 và 5-7" in their order; none where a range goes nowhere ("15-6", "1.2-3")."""
    items: list[str] = []
    for match in _ONE_OR_RANGE.finditer(refs):
        first, last = match["first"], match["last"]
        if last is None:
            items.append(first)
        elif "." in first + last or not 0 < int(last) - int(first) < _LONGEST_RANGE:
            return ()
        else:
            items += map(str, range(int(first), int(last) + 1))
    return tuple(dict.fromkeys(items))


def dotted(text: str) -> frozenset[str]:
    """Return what may name lines of a report in a text: "1.2", wherever it stands."""
    return frozenset(_DOTTED.findall(text))
