"""One text that answers for several numbered items, "1 xong, 2 dc 50%": all of it is read, or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.common.text import nfc
from domain.updates import Update, read_update
from domain.updates.all_items import NAMED, AllBut, all_but, speaks_of_all
from domain.updates.documents import cover
from domain.updates.item_groups import ItemGroup, groups_of, maybe_items
from domain.updates.item_words import TAIL_ALONE, reported, trimmed, words_of_groups
from domain.updates.keyboard import as_meant
from domain.updates.loose import loose
from domain.updates.numbers import as_numbers
from domain.updates.word_groups import not_after

_WRONG_ONE = not_after("nộp", "gửi", "ghi", "báo", "làm", "viết", "điền", "up", "tải", "kèm", "bị")
"""What was sent by mistake takes no word back: "nộp nhầm bản cũ"."""
_TAKEN_BACK = loose(
    rf"(?:à )?{_WRONG_ONE}nhầm|à (?:không|quên)|ý (?:là|em|e|tôi)|đọc lại|"
    r"(?<!đang\s)(?<!phải\s)(?<!bị\s)(?<!bắt\s)(?<!cầu\s)(?<!để\s)(?<!cần\s)sửa lại"
)

_ASKS = loose(r"(?:cho|xin) (?:\w+ ){0,2}hỏi|ở đâu|mẫu nào|\?", whole_words=False)
"""A question beside the progress would be lost."""
_ALL_OF_THEM = loose(r"(?<=\w)(?<!tất) cả(?= (?:rồi|r|ạ|nhé)|$)", whole_words=False)


@dataclass(frozen=True, slots=True)
class ItemUpdate:
    """What was said of one item: its number, the words, and what they say."""

    item: str
    text: str
    update: Update
    by_number: bool = True
    """False where it was not named, but is one of all, or of all others."""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A text of which nothing is recorded: what was understood of it, and the words that were not.

    `named` are the numbers in it that may name items.
    """

    understood: tuple[ItemUpdate, ...]
    left: tuple[str, ...]
    named: tuple[str, ...] = ()


def read_items(
    text: str, items: Sequence[str], *, today: date, due: date | None
) -> tuple[ItemUpdate, ...] | NotUnderstood:
    """Return what a text says of each of the `items` that it names, in its order; it never raises.

    `items` are the numbers that are there ("2", "4.1"); a text without a number speaks of the only one. Where
    a number is not among them, has no words of its own, or its words say nothing, nothing is guessed.
    """
    text = as_numbers(nfc(text))
    every_group = groups_of(as_meant(text), items)
    groups = reported(text, every_group, items)
    named = _named(every_group)
    if _TAKEN_BACK.search(text):
        return NotUnderstood((), (text.strip(),), named)
    if not groups:
        return _of_all(text, items, today, due)
    if parted := all_but(_covered(text, groups), text):
        return _of_all_but(parted, text, groups, items, today, due)
    pieces, left = words_of_groups(text, groups)
    doubtful = maybe_items(text, every_group, items)
    left += doubtful
    updates = [
        (item, words, read_update(words, today=today, due=due))
        for group, words in pieces
        for item in group.items
    ]
    are_told = [
        item in items and update.says_something and not _ASKS.search(words) for item, words, update in updates
    ]
    understood = tuple(ItemUpdate(*each) for each, is_told in zip(updates, are_told, strict=True) if is_told)
    left += [f"{each[0]} {each[1]}" for each, is_told in zip(updates, are_told, strict=True) if not is_told]
    names = [item for item, _, _ in updates]
    if left or len(set(names)) < len(names):
        maybe_named = (words.split()[0] for words in doubtful)
        return NotUnderstood(understood, tuple(map(str.strip, left)), (*named, *maybe_named))
    return understood


def calls_by_name(text: str, items: Sequence[str]) -> bool:
    """Whether a text calls an item by a word and its number: "báo cáo 2", which is no count."""
    text = as_numbers(nfc(text))
    return any(not text[group.start].isdigit() for group in groups_of(as_meant(text), items))


def numbers_in(text: str, items: Sequence[str]) -> tuple[str, ...]:
    """Return the numbers in a text that may name items, of the `items` that are there or not."""
    return _named(groups_of(as_meant(as_numbers(nfc(text))), items))


def _named(groups: Sequence[ItemGroup]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for group in groups for item in group.items))


def _of_all(
    text: str, items: Sequence[str], today: date, due: date | None
) -> tuple[ItemUpdate, ...] | NotUnderstood:
    """What a text without numbers says: of the only item, or of each where it speaks of all of them."""
    update = read_update(text, today=today, due=due)
    is_dotted = any("." in item for item in items)
    of_each = len(items) == 1 or (not is_dotted and speaks_of_all(text, len(items), update))
    if not update.says_something or not items or not of_each:
        return NotUnderstood((), (text.strip(),))
    return tuple(ItemUpdate(item, text.strip(), update, len(items) == 1) for item in items)


def _covered(text: str, groups: list[ItemGroup]) -> str:
    for group in groups:
        text = cover(text, group.start, group.end, NAMED)
    return text


def _of_all_but(
    parted: AllBut, text: str, groups: list[ItemGroup], items: Sequence[str], today: date, due: date | None
) -> tuple[ItemUpdate, ...] | NotUnderstood:
    """What is said of the named items, which may be nothing, and of all others."""
    named = _named(groups)
    others = tuple(item for item in items if item not in named)
    words = _ALL_OF_THEM.sub("", trimmed(parted.rest))
    update = read_update(words, today=today, due=due)
    own = _own(parted, text, named, items, today, due)
    contradicts = own and any(each.update.state == update.state for each in own)
    is_share = update.percent not in (None, 100) or update.done_of or update.wants_extension
    is_dotted = any("." in item for item in (*items, *named))
    is_counted = bool(others) and parted.count in (None, len(others)) and set(named) <= set(items)
    if own is None or contradicts or not is_counted or not update.state or is_share or is_dotted:
        return NotUnderstood(own or (), (text.strip(),), named)
    every = (*own, *(ItemUpdate(item, words, update, by_number=False) for item in others))
    return tuple(sorted(every, key=lambda each: items.index(each.item)))


def _own(
    parted: AllBut, text: str, named: Sequence[str], items: Sequence[str], today: date, due: date | None
) -> tuple[ItemUpdate, ...] | None:
    """What is said of the named items; none where they are only left out, None where it is not understood."""
    words = text[parted.start : parted.end]
    if not parted.is_one_group:
        read = read_items(words, items, today=today, due=due)
        return None if isinstance(read, NotUnderstood) or {each.item for each in read} != set(named) else read
    words = trimmed(words)
    if TAIL_ALONE.match(words):
        return ()
    update = read_update(words, today=today, due=due)
    return tuple(ItemUpdate(item, words, update) for item in named) if update.says_something else None
