"""One text that answers for several numbered items, "1 xong, 2 dc 50%": all of it is read, or none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.common.text import nfc
from domain.updates import Update, read_update
from domain.updates.all_items import NAMED, AllBut, all_but, holds_of_each, said_of_all
from domain.updates.documents import cover
from domain.updates.item_groups import ItemGroup, groups_of, maybe_items
from domain.updates.item_words import TAIL_ALONE, reported, trimmed, words_of_groups
from domain.updates.keyboard import as_meant
from domain.updates.likened import POINTER, pointing, points, spelt_out
from domain.updates.listed_items import by_report, in_list, mixes_lines
from domain.updates.loose import loose
from domain.updates.moved import moved
from domain.updates.note import note_of
from domain.updates.numbers import as_numbers
from domain.updates.phrases import RECEIVED
from domain.updates.places import by_place
from domain.updates.report_lines import by_line
from domain.updates.word_groups import FINISH, not_after

_WRONG_ONE = not_after("nộp", "gửi", "ghi", "báo", "làm", "viết", "điền", "up", "tải", "kèm", "bị")
"""What was sent by mistake takes no word back: "nộp nhầm bản cũ"."""
_TAKEN_BACK = loose(
    rf"(?:à )?{_WRONG_ONE}nhầm|à (?:không|quên)|ý (?:là|em|e|tôi)|đọc lại|"
    r"(?<!đang\s)(?<!phải\s)(?<!bị\s)(?<!bắt\s)(?<!cầu\s)(?<!để\s)(?<!cần\s)sửa lại"
)

_ASKS = loose(
    rf"(?:cho|xin) (?:\w+ ){{0,2}}hỏi|ở đâu|mẫu nào|\?|"
    rf"{FINISH} chưa (?:thì|nhỉ|hả|vậy|thế|ta|để|không biết)(?!\w)",
    whole_words=False,
)
"""A question beside the progress would be lost."""
_ALL_OF_THEM = loose(r"(?<=\w)(?<!tất) cả(?= (?:rồi|r|ạ|nhé)|$)", whole_words=False)


@dataclass(frozen=True, slots=True)
class ItemUpdate:
    """What was said of one item: its number, the words, and what they say."""

    item: str
    text: str
    update: Update
    by_number: bool = True
    """False where its number was not named: it is one of all, or of all others, or named by its place."""


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
    if _is_a_question(text, today, due):
        return ()
    placed = by_place(by_line(nfc(text), items), items)
    if placed.doubtful:
        return NotUnderstood((), (text.strip(),), placed.doubtful)
    meant = moved(as_numbers(placed.text), (*items, *by_report(items)))
    reading = _read(pointing(meant), items, today, due)
    if isinstance(reading, NotUnderstood):
        left = tuple(words.replace(POINTER, "") for words in reading.left)
        named = dict.fromkeys((*reading.named, *numbers_in(placed.text, items)))
        return replace(reading, left=left, named=tuple(named))
    return tuple(
        replace(each, by_number=each.by_number and each.item not in placed.items) for each in reading
    )


def _read(
    text: str, items: Sequence[str], today: date, due: date | None
) -> tuple[ItemUpdate, ...] | NotUnderstood:
    """What a text says in which every place is a number."""
    numbers = (*items, *by_report(items))
    every_group = groups_of(as_meant(text), numbers)
    groups = reported(text, every_group, numbers)
    named = _named(every_group)
    if _TAKEN_BACK.search(text):
        return NotUnderstood((), (text.strip(),), named)
    if not groups:
        return _of_all(text, items, today, due)
    if parted := all_but(_covered(text, groups), text):
        return _of_all_but(parted, text, groups, items, today, due)
    pieces, left = words_of_groups(text, groups)
    doubtful = maybe_items(text, every_group, numbers)
    left += doubtful
    updates = [
        (item, words, read_update(words, today=today, due=due))
        for group, words in spelt_out(pieces)
        for item in in_list(group.items, items)
    ]
    # "4 được 80%" tells of a report what may hold of none of its lines.
    of_reports = set(items).difference(*(group.items for group, _ in pieces))
    are_told = [
        item in items
        and (update.says_something or _is_received(words, update))
        and not (_ASKS.search(words) or points(words))
        and not (item in of_reports and _is_share(update))
        for item, words, update in updates
    ]
    understood = tuple(
        ItemUpdate(*each)
        for each, is_told in zip(updates, are_told, strict=True)
        if is_told and each[-1].says_something
    )
    left += [f"{each[0]} {each[1]}" for each, is_told in zip(updates, are_told, strict=True) if not is_told]
    names = [item for item, _, _ in updates]
    if left or len(set(names)) < len(names):
        maybe_named = (words.split()[0] for words in doubtful)
        return NotUnderstood(understood, tuple(map(str.strip, left)), (*named, *maybe_named))
    return understood


def _is_received(words: str, update: Update) -> bool:
    """Whether no more is said of an item than that its notice has come; "ok" may say that it is done."""
    return update.acknowledged and RECEIVED.search(words) is not None


def _is_share(update: Update) -> bool:
    return update.percent not in (None, 100) or update.done_of is not None


def _is_a_question(text: str, today: date, due: date | None) -> bool:
    """Whether a text does no more than ask about one item: "việc 2 hạn hôm nào ạ?"."""
    roles = {part.role for part in note_of(text, today, due).parts}
    return roles in ({"question"}, {"question", "courtesy"}) and len(numbers_in(text, ())) < 2


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
    left = NotUnderstood((), (text.strip(),))
    if len(items) == 1:
        update = read_update(text, today=today, due=due)
        return (ItemUpdate(items[0], text.strip(), update),) if update.says_something else left
    words = None if mixes_lines(items) else said_of_all(text.strip(), len(items), len(by_report(items)))
    if words is None:
        return left
    update = read_update(words, today=today, due=due)
    if not holds_of_each(words, update):
        return left
    return tuple(ItemUpdate(item, words, update, by_number=False) for item in items)


def _covered(text: str, groups: list[ItemGroup]) -> str:
    for group in groups:
        text = cover(text, group.start, group.end, NAMED)
    return text


def _of_all_but(
    parted: AllBut, text: str, groups: list[ItemGroup], items: Sequence[str], today: date, due: date | None
) -> tuple[ItemUpdate, ...] | NotUnderstood:
    """What is said of the named items, which may be nothing, and of all others."""
    named = in_list(_named(groups), items)
    others = tuple(item for item in items if item not in named)
    words = _said_of_others(parted.rest, len(items))
    update = read_update(words, today=today, due=due)
    own = _own(parted, text, named, items, today, due)
    contradicts = own and any(each.update.state == update.state for each in own)
    is_share = _is_share(update) or update.wants_extension
    counts = (None, len(others), len(by_report(others)))
    is_counted = bool(others) and parted.count in counts and set(named) <= set(items)
    is_known = is_counted and not mixes_lines(items)
    is_told = update.state is not None or update.blocked
    if own is None or contradicts or not is_known or not is_told or is_share:
        return NotUnderstood(own or (), (text.strip(),), named)
    every = (*own, *(ItemUpdate(item, words, update, by_number=False) for item in others))
    return tuple(sorted(every, key=lambda each: items.index(each.item)))


def _said_of_others(rest: str, count: int) -> str:
    """What is said of all but some of `count` items, without the words for all."""
    words = trimmed(rest)
    return said_of_all(words, count) or _ALL_OF_THEM.sub("", words)


def _own(
    parted: AllBut, text: str, named: Sequence[str], items: Sequence[str], today: date, due: date | None
) -> tuple[ItemUpdate, ...] | None:
    """What is said of the named items; none where they are only left out, None where it is not understood."""
    words = text[parted.start : parted.end]
    if not parted.is_one_group:
        read = _read(words, items, today, due)
        return None if isinstance(read, NotUnderstood) or {each.item for each in read} != set(named) else read
    words = trimmed(words)
    if TAIL_ALONE.match(words):
        return ()
    update = read_update(words, today=today, due=due)
    return tuple(ItemUpdate(item, words, update) for item in named) if update.says_something else None
