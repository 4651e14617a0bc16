"""The numbers of documents that an update cites."""

import re
from dataclasses import dataclass

from domain.common.text import fold
from domain.updates.loose import loose
from domain.updates.word_groups import DOCUMENT_MARK

# Kinds as they are said, and their signs in a number (Nghị định 30/2020/NĐ-CP, Phụ lục III).
_KINDS = {
    "báo cáo|bc": "BC",
    "công văn|cv": "CV",
    "kế hoạch|kh": "KH",
    "quyết định|qđ|qd": "QĐ",
    "tờ trình|ttr": "TTr",
    "thông báo|tb": "TB",
    "giấy mời|gm": "GM",
    "hướng dẫn|hd": "HD",
    "chỉ thị|ct": "CT",
    "nghị quyết|nq": "NQ",
    "biên bản|bb": "BB",
    "chương trình|ctr": "CTr",
}
_SIGNS = {fold(said): sign for kind, sign in _KINDS.items() for said in kind.split("|")}
_KIND = "|".join(_KINDS)
_DATED = (
    r"(?: ?[,(]? ?(?:ký )?(?:(?:ngày|hôm|ng) ?)?"
    r"(?:\d{1,2} ?[/.-] ?\d{1,2}(?: ?[/.-] ?\d{2,4})?|\d{1,2} tháng \d{1,2}(?: năm \d{4})?)(?![\d/%]) ?\)?)?"
)
_NOT_A_SIGN = "(?:ngày|tuần|tháng|năm|quý|người|xã|huyện|kỳ|lần|h|giờ|km|m|ha|bài|tin|hộ|buổi|cả|tổng|trên)"
_LETTERS = r"[^\W\d_]{1,12}"
_SIGNED = loose(
    rf"(?:(?:{_KIND}|văn bản|vb) )?(?:(?:số|"
    rf"so):? ?)?(?P<number>\d{{1,5}}(?:/\d{{4}})?) ?/ ?(?!{_NOT_A_SIGN}(?!\w))"
    rf"(?P<sign>{_LETTERS}(?:[-–&.]{_LETTERS}\d{{0,2}})*){_DATED}"
)
# A kind and a number: "BC 87", where nothing follows that the number could count.
_NAMED = loose(
    rf"(?P<kind>{_KIND})(?: (?P<numbered>số|so):?)? ?(?P<number>\d{{1,5}})(?![\d/%.,-]\d|[%])"
    r"(?=\s*(?:$|[,.;!?()\n-]|(?:ngày|ng|ký|của|gửi|qua|rồi|r|roi|ạ|a|nhé|nhe|nha|do|đã|về|và|v/v|trên|"
    r"hôm)(?!\w)))"
    rf"{_DATED}"
)
# Party bodies write the number before the kind: "77-TB/TU".
_DASHED = loose(
    rf"(?:(?:{_KIND}|văn bản|vb) )?(?:(?:số|so):? ?)?(?P<number>\d{{1,5}}) ?[-–] ?(?P<kind>{_KIND}|"
    rf"{_LETTERS})/(?P<sign>{_LETTERS}(?:[-–&.]{_LETTERS})*){_DATED}"
)
_YEARS = range(1990, 2100)


@dataclass(frozen=True, slots=True)
class CitedDocuments:
    """The document numbers, and the text of the same length in which their words are covered."""

    numbers: tuple[str, ...]
    covered: str


def _capitals(part: str) -> str:
    """A part as typed where it has a capital within (SNgV), else as its kind is written, or in capitals."""
    return part if part[1:] != part[1:].lower() else _SIGNS.get(fold(part), part.upper())


def _signed(match: re.Match[str], text: str) -> str | None:
    typed = text[slice(*match.span("sign"))]
    is_abbreviation = typed[1:] != typed[1:].lower()  # "SNgV"
    if not ("-" in typed or "–" in typed or fold(typed) in _SIGNS or is_abbreviation):
        return None  # "3/lớp"
    sign = re.sub(r"[^\W\d_]+", lambda part: _capitals(part[0]), typed)
    return f"{match['number']}/{sign}"


def _dashed(match: re.Match[str], text: str) -> str | None:
    if fold(match["kind"]) not in _SIGNS:
        return None
    kind, typed = (text[slice(*match.span(name))] for name in ("kind", "sign"))
    sign = re.sub(r"[^\W\d_]+", lambda part: _capitals(part[0]), typed)
    return f"{match['number']}-{_capitals(kind)}/{sign}"


def _named(match: re.Match[str], _text: str) -> str | None:
    if int(match["number"]) == 0:
        return None  # "báo cáo số 0": nothing happened
    if not match["numbered"] and int(match["number"]) in _YEARS:
        return None  # "kế hoạch 2020"
    return f"{match['number']}/{_SIGNS[fold(match['kind'])]}"


def cite(text: str) -> CitedDocuments:
    """Return the documents cited in NFC text, each once, in the order of the words.

    "123/bc-stc" becomes 123/BC-STC, "45/BC-SNgV" stays; a kind and a number ("BC số 87") become 87/BC.
    A date cited with a number is covered with it. A number without a kind ("số 87") is no document.
    """
    cited: list[tuple[int, str]] = []
    for pattern, reading in ((_DASHED, _dashed), (_SIGNED, _signed), (_NAMED, _named)):
        for match in pattern.finditer(text):
            number = reading(match, text)
            if number:
                cited.append((match.start(), number))
                text = cover(text, match.start(), match.end(), DOCUMENT_MARK)
    return CitedDocuments(tuple(dict.fromkeys(number for _, number in sorted(cited))), text)


def cover(text: str, start: int, end: int, mark: str) -> str:
    """Return the text with the characters [start, end) covered by a mark; its length stays."""
    return text[:start] + mark * (end - start) + text[end:]
