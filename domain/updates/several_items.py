"""One text that answers for several numbered items, "1 xong, 2 dc 50%": all of it is read, or none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.common.text import nfc
from domain.updates import Update, read_update
from domain.updates.all_items import NAMED, AllBut, all_but, speaks_of_all
from domain.updates.clauses import is_polite
from domain.updates.documents import cite, cover
from domain.updates.keyboard import as_meant
from domain.updates.loose import loose
from domain.updates.numbers import as_numbers
from domain.updates.phrases import GREETING
from domain.updates.signs import signs_of
from domain.updates.word_groups import ACTS, ALREADY, COUNTED, FINISH, GOING, GOT, NO, NOT_YET


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


@dataclass(frozen=True, slots=True)
class _Group:
    """Items named side by side at [start, end) of a text."""

    start: int
    end: int
    items: tuple[str, ...]


_NAME = r"(?:(?:việc|mục|câu|nhiệm vụ|nội dung|nd|nv|v\.?|m\.?|stt|số|ý|đầu việc|item|#)(?: số)? ?(?:# ?)?)"
_NUMBER = r"[1-9]\d{0,2}(?:\.[1-9]\d?)?"
_REF = rf"\(?{_NAME}?{_NUMBER}(?![\d%]|[./]\d)\)?"
_REFS = loose(
    rf"(?<![\w/%-])(?<!\d[.,]){_REF}(?:\s*(?:,|và|với|lẫn|cùng|&|\+|;|-|–|→|~|\.\.+|đến|tới)?\s*{_REF})*",
    whole_words=False,
)
_PAIR = loose(
    rf"(?P<a>{_NUMBER})(?P<to>\s*(?:-|–|→|~|\.\.+|đến|tới)\s*(?:{_NAME})?(?P<b>{_NUMBER}))?",
    whole_words=False,
)
_NO_NOUN = "(?:đã|mới|vẫn|còn|sẽ|thì|là|và|với|cũng|bị|vướng|xin|hết|đủ|ạ|nhé|nha|em|anh|chị)"
"""What may stand behind an item's number that is no thing counted: "đã gửi 3 thư" names no item."""
_NO_ITEM = loose(
    r"\d+(?:[.,]\d+)? ?(?:%|phần trăm)|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d+/\d+|"
    r"(?:ngày|hôm|tháng|quý|năm|tuần|thứ|lần|đợt|bước|giai đoạn|kỳ|vòng|lúc|phần|mùng|mồng|thêm|khoảng) \d+|"
    rf"\d+ ?(?:h|g|giờ|phút)\d*(?!\w)|\d+ (?!(?:em|chỗ|nơi|con|số|m)(?!\w)){COUNTED}(?!\w)|"
    r"\d+(?:[.,]\d+)? (?:tỷ|tỉ|triệu|nghìn|ha|nửa|phần|ít|vài|chút)(?!\w)|\d+ (?:trong|trên)(?: tổng| số|"
    r" cả)* \d+|"
    r"cả [2-9](?! ?(?:,|và|với|lẫn|cùng|&|\+|-|–|[1-9]))|"
    rf"(?<!\w){ACTS} \d+ (?!(?:{FINISH}|{NOT_YET}|{GOING}|{ALREADY}|{GOT}|{NO}|{_NO_NOUN})(?!\w))(?=[^\W\d])",
    whole_words=False,
)
_TAKEN_BACK = loose(r"(?:à )?nhầm|à (?:không|quên)|ý (?:là|em|e|tôi)|sửa lại|đọc lại")
_JOINING = (
    r"(?:thì|là|:|=|-|–|\)|\.|/|,|;|\||chứ|nhưng|còn(?! (?:\d|thiếu|lại|phải|chờ|mỗi|ít|một|hai|ba|"
    r"nợ))|"
    r"và|với|ạ|em|dạ)"
)
_EDGES = loose(
    rf"^(?:\s|[-=]*>|{_JOINING}(?!\w))*|(?:\s|[-–,;:|/(]|(?<=\s)(?:chứ|nhưng|còn|và|với)(?!\w))*$",
    whole_words=False,
)
_TAIL_ALONE = loose(
    rf"(?:\W|{ALREADY}|còn(?=\s*$)|và(?=\s*$)|ạ|a|nhé|nha|em|anh|chị|hết|luôn)*$", whole_words=False
)
_STOP = re.compile(r"[,;\n]|\.(?=\s|$)")
_OTHERS_TOO = loose(
    r"cả [2-9](?= (?:nữa|luôn|cũng))|còn lại|(?:mấy|các|những|hai|ba)(?: cái| thứ)? (?:kia|khác)|"
    r"mục khác|việc khác|trừ|ngoại trừ|tất cả|toàn bộ|các (?:mục|"
    r"việc|nhiệm vụ)"
)
_PART = re.compile(r"\s*(?:(?P<strong>[;.\n])|,)\s*")
_LONGEST_RANGE = 50


def read_items(
    text: str, items: Sequence[str], *, today: date, due: date | None
) -> tuple[ItemUpdate, ...] | NotUnderstood:
    """Return what a text says of each of the `items` that it names, in its order; it never raises.

    `items` are the numbers that are there ("2", "4.1"); a text without a number speaks of the only one. Where
    a number is not among them, has no words of its own, or its words say nothing, nothing is guessed.
    """
    text = as_numbers(nfc(text))
    groups = _groups(as_meant(text))
    named = tuple(dict.fromkeys(item for group in groups for item in group.items))
    if takes_back(text):
        return NotUnderstood((), (text.strip(),), named)
    if not groups:
        return _of_all(text, items, today, due)
    if parted := all_but(_covered(text, groups), text):
        return _of_all_but(parted, text, groups, items, today, due)
    pieces, left = _pieces(text, groups)
    updates = [
        (item, words, read_update(words, today=today, due=due))
        for group, words in pieces
        for item in group.items
    ]
    understood = tuple(
        ItemUpdate(item, words, update)
        for item, words, update in updates
        if item in items and update.says_something
    )
    left += [
        f"{item} {words}" for item, words, update in updates if item not in items or not update.says_something
    ]
    names = [item for item, _, _ in updates]
    if left or len(set(names)) < len(names):
        return NotUnderstood(understood, tuple(map(str.strip, left)), named)
    return understood


def takes_back(text: str) -> bool:
    """Whether a text takes words of its own back: "1 xong, à nhầm, 2 mới xong"."""
    return _TAKEN_BACK.search(text) is not None


def _groups(text: str) -> list[_Group]:
    """The numbers that may name items; those of counts, shares, days and documents do not."""
    covered = cite(text).covered
    covered = _NO_ITEM.sub(lambda match: "\N{BULLET}" * len(match[0]), covered)
    spans = ((match.start(), match.end(), _items_of(match[0])) for match in _REFS.finditer(covered))
    return [_Group(start, end, items) for start, end, items in spans]


def _items_of(refs: str) -> tuple[str, ...]:
    items: list[str] = []
    for match in _PAIR.finditer(refs):
        first, last = match["a"], match["b"]
        items.append(first)
        if last and "." not in first + last and 0 < int(last) - int(first) < _LONGEST_RANGE:
            items += map(str, range(int(first) + 1, int(last) + 1))
        elif last:
            items.append(last)
    return tuple(items)


def _pieces(text: str, groups: list[_Group]) -> tuple[list[tuple[_Group, str]], list[str]]:
    """Each group with its words, which stand behind it, or before it ("xong 1, đang làm 2").

    Also the words that belong to no group.
    """
    pieces: list[tuple[_Group, str]] = []
    groups = _parted(text, groups)
    ends = [group.start for group in groups[1:]] + [len(text)]
    between = [text[group.end : end] for group, end in zip(groups, ends, strict=True)]
    lead = text[: groups[0].start]
    left = [] if _is_opening(lead) or _tells(lead) else [_trimmed(lead)]
    for at, (group, after) in enumerate(zip(groups, between, strict=True)):
        first, _, rest = _cut(after)
        if _tells(lead):
            if _TAIL_ALONE.match(first):
                words, lead = lead, rest
            elif _tells(first):  # "xong 1 chưa làm 2": whose words they are is not told
                left.append(_trimmed(f"{lead} {first}"))
                words, lead = "", rest
            else:
                words, lead = f"{lead}{first}", rest
        else:
            earlier, last = _last_clause(after)
            is_lead = (
                at + 1 < len(groups) and earlier.strip() and _tells(last) and not _has_own(between[at + 1])
            )
            words, lead = (earlier, last) if is_lead else (after, "")
        pieces.append((group, _trimmed(words)))
    left += [] if _TAIL_ALONE.match(lead) else [_trimmed(lead)]
    return pieces, left + [words for _, words in pieces if _OTHERS_TOO.search(words)]


def _parted(text: str, groups: list[_Group]) -> list[_Group]:
    """Groups with words both before and behind cut in two: in "xong 1 và 2, 3 chưa làm" the 3 is not done."""
    parted: list[_Group] = []
    start = 0
    for at, group in enumerate(groups):
        end = groups[at + 1].start if at + 1 < len(groups) else len(text)
        stops = list(_PART.finditer(text, group.start, group.end))
        strong = [stop for stop in stops if stop["strong"]] or stops
        earlier, last = _last_clause(text[start : group.start])
        lead = last if at or last else earlier
        both = _tells(lead) and _tells(_cut(text[group.end : end])[0])
        if both and len(strong) == 1:
            stop = strong[0]
            parted.append(_Group(group.start, stop.start(), _items_of(text[group.start : stop.start()])))
            group = _Group(stop.end(), group.end, _items_of(text[stop.end() : group.end]))
        parted.append(group)
        start = group.end
    return parted


def _cut(words: str) -> tuple[str, str, str]:
    stop = _STOP.search(words)
    return (words[: stop.start()], stop[0], words[stop.end() :]) if stop else (words, "", "")


def _last_clause(words: str) -> tuple[str, str]:
    stops = list(_STOP.finditer(words))
    return (words[: stops[-1].start()], words[stops[-1].end() :]) if stops else (words, "")


def _tells(words: str) -> bool:
    return bool(signs_of(_trimmed(words))) and not is_polite(words)


def _has_own(after: str) -> bool:
    """Whether a group has words of its own right behind it."""
    return not _TAIL_ALONE.match(_cut(after)[0])


def _is_opening(head: str) -> bool:
    """Whether words before the first item only greet or announce: "Em chào anh.", "Báo cáo anh:"."""
    if is_polite(head) or (GREETING.search(head) and not signs_of(head)):
        return True
    return _OPENING.match(head) is not None and not _ITS_OWN_NUMBER.search(head)


_ITS_OWN_NUMBER = loose(r"(?:đơn vị|phòng)\s*$", whole_words=False)  # "phòng 1 xong"
_OPENING = loose(
    r"\W*(?:(?:cả|các|những|từ|ạ|à|dạ|vâng|em|e|xin|kính|thưa|gửi|chào|báo cáo|bc|anh|chị|sếp|đơn vị|phòng|"
    r"tiến độ|"
    r"kết quả|"
    r"mục)\W*)*$",
    whole_words=False,
)


def _trimmed(words: str) -> str:
    return _EDGES.sub("", words).strip(" \t\r\n,;.")


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


def _covered(text: str, groups: list[_Group]) -> str:
    for group in groups:
        text = cover(text, group.start, group.end, NAMED)
    return text


def _of_all_but(
    parted: AllBut, text: str, groups: list[_Group], items: Sequence[str], today: date, due: date | None
) -> tuple[ItemUpdate, ...] | NotUnderstood:
    """What is said of the named items, which may be nothing, and of all others."""
    named = tuple(dict.fromkeys(item for group in groups for item in group.items))
    others = tuple(item for item in items if item not in named)
    words = _trimmed(parted.rest)
    update = read_update(words, today=today, due=due)
    own = _own(parted, text, named, items, today, due)
    is_share = update.percent not in (None, 100) or update.done_of or update.wants_extension
    is_dotted = any("." in item for item in (*items, *named))
    if own is None or not others or not update.state or is_share or is_dotted or not set(named) <= set(items):
        return NotUnderstood(own or (), (text.strip(),), named)
    return (*own, *(ItemUpdate(item, words, update, by_number=False) for item in others))


def _own(
    parted: AllBut, text: str, named: Sequence[str], items: Sequence[str], today: date, due: date | None
) -> tuple[ItemUpdate, ...] | None:
    """What is said of the named items; none where they are only left out, None where it is not understood."""
    words = text[parted.start : parted.end]
    if not parted.is_one_group:
        read = read_items(words, items, today=today, due=due)
        return None if isinstance(read, NotUnderstood) or {each.item for each in read} != set(named) else read
    words = _trimmed(words)
    if _TAIL_ALONE.match(words):
        return ()
    update = read_update(words, today=today, due=due)
    is_told = update.says_something and update.state != "done"
    return tuple(ItemUpdate(item, words, update) for item in named) if is_told else None
