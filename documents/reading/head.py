"""What a document says of itself: kind, number, date, issuer, title, period; and where its body stands."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from documents.reading.issuer import COMMITTEE, issuer_of, province_in, province_of
from documents.reading.marks import split_mark
from documents.reading.period import period_in, stretch_in
from domain.common.text import fold, squeeze
from domain.organisation.register import Register, Words, in_city
from domain.plans.plan import Kind

_TITLE = re.compile(r"(?:#+\s*)?(KẾ\s*HOẠCH|CHƯƠNG\s*TRÌNH|ĐỀ\s*ÁN|PHƯƠNG\s*ÁN)\b(.*)")
_BARE_KIND = re.compile(r"\s*(?:HÀNH ĐỘNG|CÔNG TÁC|PHỐI HỢP)\W*")
"""What belongs to the kind of a document and tells nothing of its subject: "CHƯƠNG TRÌNH HÀNH ĐỘNG"."""
_DECISION = re.compile(r"QUYẾT\s+ĐỊNH\b")
_NUMBER = re.compile(r"(\d{1,5}[a-zA-Z]?)\s*/\s*((?:\d{4}/)?[A-ZĐa-z]{1,10}(?:[-–&][\wĐ&.]{1,15}){0,3})")
_PARTY_NUMBER = re.compile(r"(\d{1,5})\s*[-–]\s*([A-ZĐ][A-Za-zĐ]{1,6}/[A-ZĐ][\wĐ]*(?:-[A-ZĐ]\w*)?)")
_DAY = re.compile(
    r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})|ngày\s+(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})",
    re.IGNORECASE,
)
_PLACE_AND_DAY = re.compile(
    r"\W*[^\W\d][^\d;]{1,40},\s*"
    r"(ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}|ngày\s+\d{1,2}[/.-]\d{1,2}[/.-]\d{4})\W*$",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"[Kk](?i:èm\s+theo\s+quyết\s+định\s+số:?\s*(?P<number>\S+)\s*(?P<day>ngày.*?\d{4})?)")
_AFTER_TITLE = re.compile(
    r"\(|(?i:căn cứ|thực hiện (?:nghị|quyết|luật|chỉ thị|công văn|kế hoạch|chương trình)"
    r"|phần |để |nhằm |điều )"
)
_OPENS = re.compile(r"(?:^|[\n.:;+–-])[ *]*$")
"""What stands before a word that is capital as the first of its sentence."""
_NEAR_HEAD = 60
_LONGEST_TITLE, _LONGEST_LINE = 400, 120
_INTRODUCES = re.compile(r"(?i)như sau|(?:ban hành|xây dựng)\s+(?:kế hoạch|chương trình)|[:;]$")
"""What the paragraph before the first part says, and no title."""
_SUBJECT = re.compile(r"(?i)(?:về việc|v/v\.?:?)\s+(?=\S)")
_OF_TIME = re.compile(r"(?i)\s*\((?:từ ngày|từ tháng|thời gian|kèm theo|ban hành)[^()]*\)\W*$")
"""What stands in brackets under a title and is no part of it: "(Từ ngày 15/4 đến hết ngày 30/6/2026)"."""
_ABOUT = re.compile(r"(?i)^(kế hoạch|chương trình|đề án|phương án)\s+(?:v/v\.?|về việc)\s+")
"""A title that says of itself what it is about: "KẾ HOẠCH V/V HỖ TRỢ ..." is the plan of that."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """The document's own statements, and `first`, the line at which the plan's body begins."""

    kind: Kind
    number: str | None
    issued_on: date | None
    issuer: str | None
    title: str
    period: tuple[date, date] | None
    first: int
    province: Words


def suited(register: Register, lines: Sequence[str]) -> Register:
    """Return the register in the words of the document's own kind of place: a province, or a central city."""
    found = COMMITTEE.search("\n".join(lines[:_NEAR_HEAD]).replace("UỶ", "ỦY"))
    return in_city(register) if found and found[1] == "THÀNH PHỐ" else register


def envelope(lines: Sequence[str]) -> Envelope:
    """Read the document's head from its lines, as they stand before numbering is taken off."""
    at = _title_line(lines)
    decided = any(_DECISION.match(line.strip("* #")) for line in lines[: at if at is not None else 40])
    caption = (
        next((m for line in lines if (m := _CAPTION.search(line))), None)
        if decided or at is not None
        else None
    )
    title, first = _title(lines, at) if at is not None else (_subject(lines) or _loose_title(lines), 0)
    number, issued = _number_and_day(lines, at, caption, decided=decided)
    issuer = issuer_of(lines)
    kind: Kind = "plan"
    if decided or caption:
        kind = "decision+programme" if fold(title).startswith("chuong trinh") else "decision+plan"
    below = lines[first].strip() if first < len(lines) else ""
    period = (stretch_in(below) if below.startswith("(") else None) or period_in(title, lines[first:], issued)
    title = _OF_TIME.sub("", title)
    return Envelope(
        kind, number, issued, issuer, title, period, first, province_of(issuer) or province_in(lines)
    )


def _title_line(lines: Sequence[str]) -> int | None:
    """The line with which the plan's own title begins: the last in capitals before its first part."""
    found = None
    for at, line in enumerate(lines):
        bare = line.strip("* #_")
        if re.match(r"(?:PHẦN|Phần)\s|I\s*[./)-]", bare) and found is not None:
            break
        title = _TITLE.match(bare)
        if title and (not title[2].strip() or title[2].isupper()):
            found = at
    if found is None:
        found = next(
            (
                at
                for at, line in enumerate(lines[:120])
                if fold(line.strip("* #_")) in ("ke hoach", "chuong trinh")
            ),
            None,
        )
    return found


def _title(lines: Sequence[str], at: int) -> tuple[str, int]:
    """The title on one line, in sentence case, and the line after it."""
    pieces = [lines[at].strip("* #_")]
    end = at + 1
    while end < len(lines) and end < at + 8:
        line = lines[end].strip("* #_")
        bare = end == at + 1 and not _has_subject(pieces[0])
        after = _INTRODUCES.search(line) or _AFTER_TITLE.match(line) if bare else _AFTER_TITLE.match(line)
        if (
            not line
            or (after and not (bare and _is_subject(line)) and not _shouts(line))
            or split_mark(line)[0]
        ):
            break
        first = len(pieces) == 1 and len(line) < _LONGEST_TITLE
        if not (_shouts(line) or first or _goes_on(line, lines[end + 1 : end + 2])):
            break
        pieces.append(line)
        end += 1
    whole = _ABOUT.sub(r"\1 ", squeeze(" ".join(pieces)))
    return _recased(whole, [*lines[end:], *lines[:at]]), end


def _goes_on(line: str, below: Sequence[str]) -> bool:
    """Tell whether a short line without a stop goes on with the title: the grounds stand right below it."""
    short = len(line) < _LONGEST_LINE and not line.rstrip().endswith((".", ";", ":", ","))
    return short and bool(below) and bool(_AFTER_TITLE.match(below[0].strip("* #_")))


def _has_subject(title: str) -> bool:
    """Tell whether more than "KẾ HOẠCH" stands on the title's line."""
    found = _TITLE.match(title)
    return bool(found and found[2].strip() and not _BARE_KIND.fullmatch(found[2]))


def _is_subject(line: str) -> bool:
    """Tell whether a line under a bare "KẾ HOẠCH" says what the plan is of, rather than on which grounds."""
    return bool(re.match(r"(?i)thực hiện|để|nhằm", line)) and not _INTRODUCES.search(line)


def _shouts(line: str) -> bool:
    """Tell whether a line is in capitals, or but of figures: a title may break before its year."""
    return line == line.upper() and any(character.isalnum() for character in line)


def _subject(lines: Sequence[str]) -> str:
    """What a document is about that is no plan by its name ("Về việc phê duyệt Đề án ..."); "" if nothing.

    The line may go on below, up to the issuer's name in capitals or the grounds.
    """
    opening = (at for at, line in enumerate(lines[:_NEAR_HEAD]) if _SUBJECT.match(line.strip("* #_")))
    at = next(opening, None)
    if at is None:
        return ""
    pieces = [_SUBJECT.sub("", lines[at].strip("* #_"))]
    for line in lines[at + 1 : at + 5]:
        if not line.strip() or _shouts(line) or _AFTER_TITLE.match(line) or _INTRODUCES.search(line):
            break
        pieces.append(line.strip("* #_"))
    whole = squeeze(" ".join(pieces))
    return whole[:1].upper() + whole[1:]


def _loose_title(lines: Sequence[str]) -> str:
    """The title where no line is one: the first line that speaks of a plan, or the first at all."""
    spoken = (line for line in lines[:60] if re.match(r"(?i)(?:kế hoạch|chương trình)\b", line))
    return squeeze(next(spoken, lines[0] if lines else ""))[:300]


def _recased(title: str, body: Sequence[str]) -> str:
    """Return a shouted title as a sentence, its proper names written as the body writes them."""
    if not any(word.isupper() and len(word) > 1 for word in title.split()):
        return title
    text = "\n".join(line for line in body if not line.isupper())
    lowered = text.casefold()
    old = title.casefold().split()
    new: list[str] = []
    at = 0
    while at < len(old):
        size, written = next(_written(old[at:], text, lowered), (1, old[at]))
        new.append(written)
        at += size
    whole = " ".join(new)
    return whole[:1].upper() + whole[1:]


def _written(words_: Sequence[str], text: str, lowered: str) -> Iterator[tuple[int, str]]:
    """Yield the longest beginnings of the words that the body has too, as it writes them.

    Two words count only as a proper name: "Hà Khê", not the "Du lịch" of some body's name.
    """
    for size in range(min(8, len(words_)), 1, -1):
        said = re.finditer(rf"(?<!\w){re.escape(' '.join(words_[:size]))}(?!\w)", lowered)
        found = next((each for each in said if not text[each.start() : each.end()].isupper()), None)
        if found and len(lowered) == len(text):
            written = text[found.start() : found.end()]
            capital = [word[0].isupper() for word in written.split()]
            if size > 2 and capital[0] and not any(capital[1:]) and _OPENS.search(text[: found.start()][-5:]):
                yield size, written[0].lower() + written[1:]
            elif size > 2 or all(capital):
                yield size, written


def _number_and_day(
    lines: Sequence[str], at: int | None, caption: re.Match[str] | None, *, decided: bool
) -> tuple[str | None, date | None]:
    """The number and date in the head; for an attached plan the decision's, from its caption if need be."""
    head = lines[: at if at is not None else 40]
    number = next((found for line in head if (found := _own_number(line))), None)
    issued = next((_day(m[1]) for line in head if (m := _dated(line))), None)
    if caption:
        number = _number_in(caption["number"]) or number
        issued = (_day(caption["day"]) if caption["day"] else None) or issued
    if number is None:
        number = next((_number_in(line) for line in lines if re.match(r"\W*Số hiệu\s*:?\s*\S", line)), None)
    if issued is None:
        stated = next((line for line in lines if re.match(r"\W*Ngày ban hành\s*:?\s*\d", line)), "")
        issued = _day("ngày " + m[0]) if (m := re.search(r"\d{1,2}/\d{1,2}/\d{4}", stated)) else None
    return number, issued


def _own_number(line: str) -> str | None:
    found = re.match(r"(?:.{0,60}\s)?Số\s*(?::\s*|(?=\d+\s*[-–/]))(.*)", line)
    return _number_in(found[1][:40]) if found else None


def _number_in(text: str) -> str | None:
    if party := _PARTY_NUMBER.match(text):
        return f"{party[1]}-{party[2]}"
    found = _NUMBER.search(text)
    return f"{found[1]}/{found[2]}" if found else None


def _dated(line: str) -> re.Match[str] | None:
    """A line of place and date, alone or after the number: "Hà Khê, ngày 5 tháng 1 năm 2025"."""
    tail = re.sub(r"^.*?Số\s*:?\s*\S*\d\S*(?:\s*[/-]\s*\S+)?\s+", "", line)
    return _PLACE_AND_DAY.match(tail)


def _day(text: str) -> date | None:
    found = _DAY.search(text)
    if not found:
        return None
    day, month, year = (int(part) for part in found.groups() if part)
    try:
        return date(year, month, day)
    except ValueError:
        return None
