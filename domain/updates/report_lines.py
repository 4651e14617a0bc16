"""The lines of a report by their place in it: "hai ý của 4", "ý 1 của mục 4", "4: ý 1 xong, ý 2 chưa"."""

import re
from collections.abc import Mapping, Sequence

from domain.updates.days import number
from domain.updates.item_groups import NAMES
from domain.updates.listed_items import by_report
from domain.updates.loose import loose

_COUNT = r"(?P<n>hai|ba|bốn|năm|sáu|[2-9])"
_REPORT = rf"(?<![\w.,/])(?:(?:{NAMES}|số) )?(?P<report>[1-9]\d?)(?![\w%]|[.,/]\d)"
_ALL_OF = loose(rf"(?<!\w)(?:(?:cả|đủ) )?{_COUNT} ý (?:trong |của )?{_REPORT}", whole_words=False)
_ALL_BEHIND = loose(
    rf"(?P<head>{_REPORT}(?: [^\W\d]+){{0,2}}?) (?:cả|đủ|hết) {_COUNT} ý(?!\w)", whole_words=False
)
_ONE_OF = loose(rf"(?<!\w)ý (?:thứ )?(?P<line>[1-9]) (?:trong |của )?{_REPORT}", whole_words=False)
_ONE_BEHIND = loose(
    rf"{_REPORT}(?:\s*[:,–-]\s*|(?P<words>[^\d;\n]{{1,12}}))(?=ý [1-9](?!\w|[.,/]\d))", whole_words=False
)
_LINE = loose(r"(?<!\w)ý (?P<line>[1-9])(?!\w|[.,/]\d)", whole_words=False)
_END = loose(r"[;\n]|(?<!\w)(?:việc|mục|báo cáo|bc|nhiệm vụ|số) \d", whole_words=False)
_Lines = Mapping[str, Sequence[str]]


def by_line(text: str, items: Sequence[str]) -> str:
    """Return the text with lines of reports as their numbers, and with the report's where all are meant.

    Lines that the list has not ("ba ý của 4" of two) stay as they are.
    """
    lines = {report: listed for report, listed in by_report(items).items() if report not in listed}
    if not lines:
        return text
    text = _ALL_OF.sub(lambda match: f"mục {match['report']}" if _are_all(match, lines) else match[0], text)
    text = _ALL_BEHIND.sub(lambda match: match["head"] if _are_all(match, lines) else match[0], text)
    if one := _ONE_OF.search(text):
        return _with_lines(text, one, f"ý {one['line']}", lines)
    if one := _ONE_BEHIND.search(text):
        return _with_lines(text, one, one["words"] or "", lines)
    return text


def _are_all(match: re.Match[str], lines: _Lines) -> bool:
    return len(lines.get(match["report"], ())) == number(match["n"])


def _with_lines(text: str, named: re.Match[str], instead: str, lines: _Lines) -> str:
    """The text with its lines from where their report is `named`, which gives way to other words."""
    rest = instead + text[named.end() :]
    end = _END.search(rest)
    told, after = (rest[: end.start()], rest[end.start() :]) if end else (rest, "")
    numbers = {f"{named['report']}.{match['line']}" for match in _LINE.finditer(told)}
    if not numbers.issubset(lines.get(named["report"], ())):
        return text
    told = _LINE.sub(lambda match: f"mục {named['report']}.{match['line']}", told)
    return f"{text[: named.start()]}{told.lstrip()}{after}"
