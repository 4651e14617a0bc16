"""Which numbered items an update speaks of: "1 xong roi. 2 dc 80%"."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

from domain.text import nfc
from domain.updates.keyboard import as_meant
from domain.updates.loose import loose
from domain.updates.phrases import ACTS, ALREADY, FINISH, GOT, NO, NOT_YET, STEPS


@dataclass(frozen=True, slots=True)
class Addressed:
    """A piece of an update and the item it speaks of: "1", "1.2" (line 2 of item 1), None: not said."""

    item: str | None
    text: str


_REF = r"[1-9]\d{0,2}(?:\.[1-9]\d?)?"
_NAME = "(?:việc|mục|câu|nhiệm vụ|stt|số)(?: số)?"
_AND = r"(?:,? ?và|,|\+|&)"
_TO = "(?:-|–|đến)"
_REFS = rf"{_REF}(?: ?(?:{_AND}|{_TO}) ?(?:{_NAME} ?)?{_REF}){{0,30}}"
_SIGN = r"(?:[^\S\n]*(?:[:)]+|[.–-]+(?!\d)|/(?=\s))[^\S\n]*|[^\S\n]+)"
_HEADING = loose(
    rf"(?:(?P<name>{_NAME}):? ?)?(?P<refs>{_REFS})(?![\d%]|/\S)(?P<sign>{_SIGN})(?=[^\W_])", whole_words=False
)
_ONE_OR_RANGE = loose(rf"(?P<first>{_REF})(?: ?{_TO} ?(?:{_NAME} ?)?(?P<last>{_REF}))?", whole_words=False)
# A number with no sign behind it is an item only before these; before a noun it may count ("2 clip đã đăng").
_TELLS = loose(
    rf"(?:{FINISH}|{GOT}|{NO}|{NOT_YET}|{ALREADY}|đã|đang|vừa|mới|gần|sắp|sẽ|mai|đạt|khoảng|còn|vẫn|cũng|đều|"
    r"xin|vướng|khó khăn|kẹt|gặp|chờ|chậm|trễ|lùi|gia hạn|cơ bản|ok|oke|nil|tạm|bị|thì|chuyển|hẹn|đề nghị|"
    rf"(?:bc|cv) (?:số|\d+)|báo cáo số|(?!báo cáo|bc|dự thảo|tin){ACTS}|(?!dự thảo){STEPS})(?!\w)|"
    r"\d{1,3} ?(?:%|phần trăm)|\d{1,3}/\d{1,3} \w",
    whole_words=False,
)
_DOTTED = re.compile(r"(?<![\d.,/])[1-9]\d{0,2}\.[1-9]\d?(?![\d.,/%])")
# Of "1.2 tỷ" the number is an amount, whatever lines were shown.
_MEASURE = loose(r"(?:tỷ|tỉ|triệu|nghìn|ngàn|ha|km|m2|m|tấn|tạ|kg)(?!\w)", whole_words=False)
_START = loose(
    r"\s*(?:[-*•] )?(?:(?:dạ|vâng|ok|oke|em|thưa|anh|chị|sếp|báo cáo|bc)[\s,:]+)*", whole_words=False
)
_SENTENCE = re.compile(r"(?:[\n;]|[.!?](?=\s)|(?P<comma>,))[\s;]*(?:[-*•+]\s*)?")
_BARE = loose(rf"\s*(?:{_NAME}:? ?)?(?P<ref>{_REF})[.)]?\s*$", whole_words=False)
_LONGEST_RANGE = 50
_TRIMMED = " \t\r\n,;."


@dataclass(frozen=True, slots=True)
class _Heading:
    """Items that are named in text [start, end); what follows is told of them."""

    start: int
    end: int
    items: tuple[str, ...]


_CORRECTS = loose(
    r"\s*(?:(?:dạ|em|xin|cho|vâng)[\s,:]+)*(?:sửa(?: lại)?|đính chính)[\s:]+", whole_words=False
)


def _items(refs: str) -> tuple[str, ...]:
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


def _heading(text: str, start: int, place: int, lines: Container[str]) -> _Heading | None:
    match = _HEADING.match(text, place)
    if match is None:
        return None
    items, end = _items(match["refs"]), match.end()
    shown = all(item in lines for item in items) and not _MEASURE.match(text, end)
    if match["name"] or match["sign"].strip() or shown or _TELLS.match(text, end):
        return _Heading(start, end, items) if items else None
    return None


def _order(item: str) -> tuple[int, ...]:
    return tuple(map(int, item.split(".")))


def _headings(text: str, lines: Container[str]) -> Iterator[_Heading]:
    """After a comma a number is an item only where the items run on: "1 xong, 2 chưa"."""
    opening = _START.match(text)
    before = _heading(text, 0, opening.end() if opening else 0, lines)
    if before:
        yield before
    for stop in _SENTENCE.finditer(text):
        heading = _heading(text, stop.start(), stop.end(), lines)
        if heading is None or (before and heading.start < before.end):
            continue
        if stop["comma"] and (before is None or _order(heading.items[0]) <= _order(before.items[-1])):
            continue
        before = heading
        yield heading


def corrected(text: str) -> tuple[str, bool]:
    """Return a text without the word that it corrects something, and whether it has one: "sửa 1: 80%".

    It has one only before an item: "sửa xong cầu" is work that was done.
    """
    match = _CORRECTS.match(nfc(text))
    rest = nfc(text)[match.end() :] if match else ""
    if not rest or split_items(rest)[0].item is None:
        return text, False
    return rest, True


def bare_item(text: str) -> str | None:
    """Return the item whose number is all of a text: "2", "1.2.", "việc 2"."""
    match = _BARE.match(nfc(text))
    return match["ref"] if match else None


def dotted(text: str) -> frozenset[str]:
    """Return what may name lines of a report in a text: "1.2", wherever it stands."""
    return frozenset(_DOTTED.findall(text))


def split_items(text: str, lines: Container[str] = ()) -> tuple[Addressed, ...]:
    """Return the pieces of `text` in order, in the person's own words, each with the item it speaks of.

    An item is a number at the beginning of the text, a line or a sentence, or after ";". Several items with
    one text ("1 và 3 xong", "1-3 xong") are one piece each. A number that may be a count is no item, but
    `lines` ("1.2") are those that were shown: each of them is meant whatever follows, an amount aside.
    """
    text = nfc(text)
    headings = list(_headings(as_meant(text), lines))
    ends = [heading.start for heading in headings[1:]] + [len(text)]
    head = text[: headings[0].start if headings else len(text)].strip(_TRIMMED if headings else None)
    pieces = [Addressed(None, head)] if head else []
    for heading, end in zip(headings, ends, strict=True) if headings else ():
        words = text[heading.end : end].strip(_TRIMMED)
        pieces += [Addressed(item, words) for item in heading.items]
    return tuple(pieces)
