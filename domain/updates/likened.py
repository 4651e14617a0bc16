"""What is said of one item by pointing at another: "1 xong, 2 cũng vậy", "3 như việc 1"."""

from collections.abc import Sequence

from domain.updates.documents import cite
from domain.updates.item_groups import NAMES, ItemGroup
from domain.updates.loose import loose
from domain.updates.numbers import REF
from domain.updates.signs import signs_of
from domain.updates.word_groups import ALREADY, TAIL

POINTER = "\u01c0"
"""Stands before the number of an item that is only pointed at, as a letter would: it names no item there."""

_LIKE = "(?:y như|giống như|giống với|giống|tương tự như|tương tự với|tương tự|như|y hệt|y chang)"
_LIKE_ITEM = loose(
    rf"(?<!\w)(?P<like>(?:cũng )?{_LIKE}) (?:(?:{NAMES}|số|v)(?: số)? ?)?(?P<item>{REF})"
    rf"(?![\w%])(?!(?:\.\d)|/\d)(?={TAIL}|[,;\n]|\.\s)",
    whole_words=False,
)
_SO = r"(?:(?:như |y |y như |giống |giống như )?(?:vậy|thế|rứa|trên)|tương tự|y chang|y hệt|thế thôi)"
_SAME = loose(
    rf"\W*(?:(?:thì|là|em|cũng|đều) )*(?:(?<=cũng\s){_SO}|(?<=cũng\s)(?P<already>{ALREADY})|"
    rf"(?:như|y|y như|giống|giống như) (?:vậy|thế|rứa|trên)|tương tự|y chang|y hệt|"
    rf"{_LIKE} {POINTER}(?P<item>{REF}))(?: luôn)?{TAIL}",
    whole_words=False,
)


def pointing(text: str) -> str:
    """Return a text in which items are marked that others are only likened to: nothing is told of them."""
    return _LIKE_ITEM.sub(lambda match: f"{match['like']} {POINTER}{match['item']}", text)


def points(words: str) -> bool:
    """Whether words point at an item, and were not spelt out."""
    return POINTER in words or _SAME.match(words) is not None


def spelt_out(pieces: Sequence[tuple[ItemGroup, str]]) -> list[tuple[ItemGroup, str]]:
    """Return groups with their words, those of another item in place of what points at it.

    Words that cite a paper are that item's own, and "cũng rồi" says that the other is done: where this is not
    so, or where the item is not told of, the words stay.
    """
    told = {item: words for group, words in pieces if not points(words) for item in group.items}
    spelt: list[tuple[ItemGroup, str]] = []
    for group, words in pieces:
        same = _SAME.match(words)
        other = told.get(same["item"], "") if same and same["item"] else spelt[-1][1] if spelt else ""
        is_meant = other and not points(other) and not cite(other).numbers
        if same and is_meant and (same["already"] is None or "done" in signs_of(other)):
            words = other
        spelt.append((group, words))
    return spelt
