"""Which numbered items an update speaks of: "1 xong roi. 2 dc 80%"."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

from domain.common.text import nfc
from domain.updates.behind import run_of
from domain.updates.keyboard import as_meant
from domain.updates.loose import loose
from domain.updates.numbers import NAME, REF, REFS, as_numbers, items_of
from domain.updates.word_groups import ACTS, ALREADY, FINISH, GOING, GOT, NO, NOT_YET, STEPS


@dataclass(frozen=True, slots=True)
class Addressed:
    """A piece of an update and the item it speaks of: "1", "1.2" (line 2 of item 1), None: not said."""

    item: str | None
    text: str


_SIGN = r"(?:[^\S\n]*(?:[:)]+|[.–-]+(?!\d)|/(?=\s))[^\S\n]*|[^\S\n]+)"
_JOINED = rf"(?=(?:{FINISH}|{NOT_YET}|{GOING})(?!\w))"
"""No sign at all: "2xong"."""
_HEADING = loose(
    rf"(?:(?P<name>{NAME}):? ?)?(?P<refs>{REFS})(?![\d%]|/\S)(?P<sign>{_SIGN}|{_JOINED})(?=[^\W_])",
    whole_words=False,
)
# A number with no sign behind it is an item only before these; before a noun it may count ("2 clip đã đăng").
_TELLS = loose(
    rf"(?:{FINISH}|{GOT}|{NO}|{NOT_YET}|{ALREADY}|đã|đang|vừa|mới|gần|sắp|sẽ|mai|đạt|khoảng|còn|vẫn|cũng|đều|"
    r"xin|vướng|khó khăn|kẹt|gặp|chờ|chậm|trễ|lùi|gia hạn|cơ bản|ok|oke|nil|tạm|bị|thì|chuyển|hẹn|đề nghị|"
    rf"(?:bc|cv) (?:số|\d+)|báo cáo số|(?!báo cáo|bc|dự thảo|tin){ACTS}|(?!dự thảo){STEPS})(?!\w)|"
    r"\d{1,3} ?(?:%|phần trăm)|\d{1,3}/\d{1,3} \w",
    whole_words=False,
)
# Of "1.2 tỷ" the number is an amount, whatever lines were shown.
_MEASURE = loose(r"(?:tỷ|tỉ|triệu|nghìn|ngàn|ha|km|m2|m|tấn|tạ|kg)(?!\w)", whole_words=False)
_START = loose(
    r"\s*(?:[-*•] )?(?:(?:dạ|vâng|ok|oke|em|thưa|anh|chị|sếp|báo cáo|bc)[\s,:]+)*", whole_words=False
)
_SENTENCE = re.compile(r"(?:[\n;]|[.!?](?=\s)|(?P<comma>,))[\s;]*(?:[-*•+]\s*)?")
_BARE = loose(rf"\s*(?:{NAME}:? ?)?(?P<ref>{REF})[.)]?\s*$", whole_words=False)
# What follows a number in the midst of a text where the number is an item.
_STATE = (
    rf"(?>(?:(?:{NOT_YET}|đã|vừa|mới|gần|sắp|cơ bản|cũng) ){{0,2}}{FINISH}|"
    rf"(?:{NOT_YET}|{GOING})(?: (?:{ACTS}|{STEPS}|có))?|(?:đã|vừa) {ACTS}|vướng|"
    rf"(?:{GOT} |khoảng )?\d{{1,3}} ?%|{NO} (?:có )?phát sinh|nil|xin (?:lùi|gia hạn)|lùi)(?!\w)"
)
# "1 xong 2 chưa", "việc 1 xong việc 2 chưa"; of "1 xong 2 chưa xong 3" the numbers are counts.
_INNER = loose(
    rf"(?:(?<![^\W\d])(?:{FINISH}|{ALREADY}|{NOT_YET}|ạ|nhé|nhe|nha|phát sinh|làm|gì|vướng|kinh phí)|%)\s+"
    rf"(?P<ref>{REF})(?!\d) ?(?={_STATE}(?! {REF}(?!\.?\d| ?{_STATE})))"
    rf"|(?<!\w)(?P<named>(?:việc|mục|nhiệm vụ|stt)(?: số)?(?: ?#)? ?|#)(?P<other>{REF})(?!\d):? (?={_STATE})",
    whole_words=False,
)
_FINISHED = loose(FINISH)
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


def _heading(text: str, start: int, place: int, lines: Container[str]) -> _Heading | None:
    match = _HEADING.match(text, place)
    if match is None:
        return None
    items, end = items_of(match["refs"]), match.end()
    shown = all("." in item and item in lines for item in items) and not _MEASURE.match(text, end)
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
        yield from _run_on(text, before, _next_sentence(text, before.end))
    for stop in _SENTENCE.finditer(text):
        heading = _heading(text, stop.start(), stop.end(), lines)
        if heading is None or (before and heading.start < before.end):
            continue
        if stop["comma"] and (before is None or _order(heading.items[0]) <= _order(before.items[-1])):
            continue
        *_, before = run = list(_run_on(text, heading, _next_sentence(text, heading.end)))
        yield from run


def _next_sentence(text: str, place: int) -> int:
    stop = _SENTENCE.search(text, place)
    return stop.start() if stop else len(text)


def _run_on(text: str, first: _Heading, end: int) -> Iterator[_Heading]:
    """Yield a heading and those that follow it in its sentence without a sign: "1 xong 2 xong"."""
    yield first
    before = first
    # Those run on too, but for "2 xong 1 xong": "3 xong 2 đang viết" may count.
    for match in _INNER.finditer(text, first.end, end):
        item = match["ref"] or match["other"]
        start = match.start("ref") if match["ref"] else match.start("named")
        runs_on = _order(item) > _order(before.items[-1])
        if runs_on or (item not in before.items and _FINISHED.match(text, match.end())):
            before = _Heading(start, match.end(), (item,))
            yield before


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


def split_items(text: str, known: Container[str] = ()) -> tuple[Addressed, ...]:
    """Return the pieces of `text` in order, in the person's own words, each with the item it speaks of.

    An item is a number at the beginning of the text, a line or a sentence, or after ";"; also one between
    words of state ("1 xong 2 chưa") or behind them ("xong việc 2"). Several items with one text ("1 và 3
    xong", "1-3 xong") are one piece each. A number that may be a count is no item, but `known` are those that
    are there: of these a line ("1.2") is meant whatever follows, an amount aside, and so is "2" in "xong 2".
    """
    text = nfc(text)
    pieces = _behind(text, known) or _headed(text, known)
    written_out = text if any(piece.item for piece in pieces) else as_numbers(text)
    if written_out == text:
        return pieces
    numbered = _behind(written_out, known) or _headed(written_out, known)
    return numbered if any(piece.item for piece in numbered) else pieces


def _behind(text: str, known: Container[str]) -> tuple[Addressed, ...]:
    """The pieces of a text that begins with "xong việc 2"; none where it does not, or it may be a count."""
    run = tuple(run_of(as_meant(text), known))
    if not run:
        return ()
    pieces = [Addressed(item, text[behind.start : behind.end]) for behind in run for item in behind.items]
    last, rest = run[-1], split_items(text[run[-1].after :], known)
    if not rest or rest[0].item is not None:
        return (*pieces, *rest)
    if not last.named:
        return ()
    words_behind = rest[0].text
    words = text[last.start : text.index(words_behind, last.after) + len(words_behind)]
    pieces[-len(last.items) :] = [Addressed(item, words) for item in last.items]
    return (*pieces, *rest[1:])


def _headed(text: str, lines: Container[str]) -> tuple[Addressed, ...]:
    headings = list(_headings(as_meant(text), lines))
    ends = [heading.start for heading in headings[1:]] + [len(text)]
    head = text[: headings[0].start if headings else len(text)].strip(_TRIMMED if headings else None)
    pieces = [Addressed(None, head)] if head else []
    for heading, end in zip(headings, ends, strict=True) if headings else ():
        words = text[heading.end : end].strip(_TRIMMED)
        pieces += [Addressed(item, words) for item in heading.items]
    return tuple(pieces)
