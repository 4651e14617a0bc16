"""Shouted headings as the text would write them: a body is known by its capitals."""

import re
from collections.abc import Sequence

from documents.reading import vocabulary as v
from documents.reading.names import longest
from documents.reading.words import Word, cut
from domain.common.text import fold
from domain.organisation.register import Register, words

_VOWEL = re.compile("(?!ub)[aeiouy]")
_FEWEST = 2
_MANY = words("các")[0]


def spoken_case(text: str, register: Register) -> str:
    """Return a line in capitals as a sentence, with the capitals of the names in it; any other as it is."""
    lowered = text.lower()
    if text != text.upper() or text == lowered or len(lowered) != len(text):
        return text
    seen = cut(lowered)
    if len(seen) < _FEWEST:
        return text
    keys = [word.key for word in seen]
    written, at = list(lowered), 0
    while at < len(seen):
        known = register.match(keys, at)
        size = known[0] if known else 1
        stretch = slice(seen[at].start, seen[at + size - 1].end)
        if known:
            spelled = (spelling for spelling in (known[1].name, *known[1].spellings))
            written[stretch] = next(
                (s for s in spelled if len(s) == stretch.stop - stretch.start), lowered[stretch]
            )
        elif committee := longest(seen, at, v.COMMITTEES):
            size = committee
            if _is_abbreviation(keys[at]):
                written[seen[at].start : seen[at].end] = text[seen[at].start : seen[at].end]
        elif _is_abbreviation(keys[at]):
            written[stretch] = text[stretch]
        else:
            size = max(size, _capitalise(written, seen, at))
        at += size
    return "".join([written[0].upper(), *written[1:]]) if written else text


def _is_abbreviation(key: str) -> bool:
    """Tell whether a word has no vowel and so is spelt out: "UBND", "SNV"."""
    return not _VOWEL.search(fold(key))


def _capitalise(written: list[str], seen: Sequence[Word], at: int) -> int:
    """Give a name's head and the word after it capitals; return how many words they are, 0 for no name."""
    head = longest(seen, at, v.NAMED_HEADS)
    many = at > 0 and seen[at - 1].key == _MANY
    if not head or many or at + head >= len(seen) or seen[at + head].gap:
        return 0
    levelled = longest(seen, at + head, v.LEVELS) > 0
    for word in (seen[at],) if levelled else (seen[at], seen[at + head]):
        written[word.start] = written[word.start].upper()
    return head + 1
