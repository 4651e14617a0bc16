"""Where a text names items by their numbers, "1, 2 và 4-6", "báo cáo 3", and where its numbers are others."""

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass

from domain.common.text import fold
from domain.updates.documents import cite
from domain.updates.loose import loose
from domain.updates.sending import SENT
from domain.updates.word_groups import ACTS, ALREADY, COUNTED, FINISH, GOING, GOT, NO, NOT_YET, not_after


@dataclass(frozen=True, slots=True)
class ItemGroup:
    """Items named side by side at [start, end) of a text."""

    start: int
    end: int
    items: tuple[str, ...]


NAMES = (
    "(?:việc|mục|câu|nhiệm vụ|nội dung|đầu việc|nd|nv|stt|số thứ tự|ý|dòng|đề mục|yêu cầu|báo cáo|bc|cái|"
    "item|task|no(?=[.°]))"
)
_NUMBER = r"0?[1-9]\d{0,2}(?:\.[1-9]\d?)?"
_GAP = r"[^\S\n]*+"
_NAME = (
    rf"(?:(?:(?:cái|cả) )?(?:{NAMES}|số|v|m)"
    rf"(?:[.°](?=\d)|(?: (?:số|thứ)(?=[\s\d#]))?{_GAP}(?:#{_GAP})?)|#{_GAP})"
)
_AND = r"(?:,|(?:và )?cả|và|với|lẫn|cùng|&|\+|;)"
_TO = r"(?:[-=]*>|-|–|→|~|\.\.+|đến|tới)"
_END = r"(?![\d%]|[./]\d|\w)"
_MARK = "▹"
_REF = rf"[(\[]?(?:{_MARK}+[(\[]?)?{_NUMBER}{_END}[)\]]?"
_REFS = loose(
    rf"(?<![\w/%-])(?<!\d[.,]){_REF}(?:\s*(?:{_AND}|{_TO})?\s*{_REF})*",
    whole_words=False,
)
_PAIR = loose(
    rf"(?P<a>{_NUMBER})(?P<to>\s*{_TO}\s*(?:{_NAME})?(?P<b>{_NUMBER}))?",
    whole_words=False,
)
_OF_A_DOCUMENT = loose(r"\s*(?:ngày|ng|ký ngày|của|v/v|về việc)(?!\w)| ?[-–/] ?\w*/", whole_words=False)
_PAPERS = ("bao cao", "bc", "so", "bao cao so", "bc so", "no")
_TIMES = r"(?:hôm|sáng|trưa|chiều|tối|tuần|tháng) (?:qua|nay|kia|trước|này)"
_WHO = (
    r"(?:em|m|anh|chị|con)(?!\w)|"
    r"(?:đơn vị|xã|phường|sở|phòng|huyện|trường|ngành|bên) (?:em|e|mình|tôi|chúng tôi)(?!\w)"
)
_WHO_ALONE = (
    rf"(?!(?:m|anh|con)(?!\w)){_WHO}|anh (?:ạ|a|nhé|nhe|nha|ơi|hai|ba|tư|năm|sáu|bảy|tám|chín|út)(?!\w)"
)
"""Who may stand behind an item's number: "việc 2 đơn vị em đã nộp"."""
_SPAN = "(?:ngày|hôm|tuần|tháng|quý|năm|giờ|phút|lần|kỳ)"
_SENTENCE_BEHIND = re.compile(r"(?<![\w/.,-])([1-9]\d?) (?=([^\W\d_])([^\W\d_]))")
_NUMBER_APART = loose(
    r"(?<!\w)(?:bc |báo cáo |cv )?số (?P<n>\d{2,5})(?=\s*(?:[,;.\n]|$|(?:việc|mục|báo cáo|số) \d))",
    whole_words=False,
)
"""The number of a paper: "đã gửi qua trục, số 214"."""
_NAMED = loose(
    rf"(?<![\w/])(?<![^/\d]\d[^\S\n])(?<!^\d[^\S\n])(?<![^/]\d\d[^\S\n])(?P<name>{_NAME})[(\[]?(?P<first>{_NUMBER}){_END}"
    rf"(?:(?:(?P<counts>(?= (?!{_TIMES})(?!{_WHO}){COUNTED}(?! \d)(?!\w)))"
    rf"(?P<time>(?= {_SPAN}(?! (?:sau|tới|này|nay|qua|trước))(?!\w)))?"
    r"|(?= (?:ngày|hôm|tháng|quý|thứ) \d))\s)?"
    rf"(?:(?:[)\]]?\s*(?:{_AND}|{_TO})?\s*{_NAME}[(\[]?{_NUMBER}{_END})+"
    rf"(?:(?= (?:{COUNTED} (?:sau|tới)|(?!{_SPAN}){COUNTED})(?! \d)(?!\w))\s)?)?",
    whole_words=False,
)
_EACH_NAME = loose(rf"(?<!\w){_NAME}(?=[(\[]?\d)|{_MARK}+", whole_words=False)
UNITS = (
    r"(?:biểu|phụ lục|mẫu|bảng|thôn|tổ|ấp|khu|khu phố|xóm|xã|phường|lớp|khối|nhóm|cụm|tuyến|gói|hạng mục|"
    r"nhà|đường|ngõ|hẻm|lô|thửa|khóm|đội|chi bộ|trường|trạm|"
    r"dự án|chương|điều|khoản|trang|kênh|clip|video|tiêu chí|chỉ tiêu|quốc lộ|khóa)"
)
"""Nouns whose number is their own: "thiếu biểu 3" says nothing of item 3."""
_PAPER = loose(
    r"(?:công văn|cv|văn bản|vb|tờ trình|ttr|kế hoạch|kh|quyết định|thông báo|nghị quyết|chỉ thị|giấy mời|"
    rf"{UNITS}) số \d+"
)
"""A paper, a house is called by its own number, "công văn số 2"; that of a report may be an item's."""
_NO_NOUN = "(?:đã|mới|vẫn|còn|sẽ|thì|là|và|với|cũng|bị|vướng|xin|hết|đủ|ạ|nhé|nha|em|anh|chị)"
"""What may stand behind an item's number that is no thing counted: "đã gửi 3 thư" names no item."""
_NO_ITEM = loose(
    rf"(?<!\w){UNITS}(?: số)? \d+(?: ?(?:,|và|với) ?(?:{UNITS} )?\d+)*|"
    r"(?:từ|tới|đến|qua|sang|hôm|trước|lùi|dời) \d{1,2}\.\d{1,2}(?![\d.])|từ \d+ (?:lên|đến|xuống) \d+ ?%|"
    r"\d+(?:[.,]\d+)? ?(?:%|phần trăm)|\d+ phần \d+|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|"
    r"(?:(?<=từ\s)\d+ ?(?:-|–|đến|tới) ?)?\d+/\d+|(?<![\w.,])\d+[-–]\d+/\d+|"
    r"(?:ngày|hôm|tháng|quý|năm|tuần|thứ|lần|đợt|bước|giai đoạn|vòng|lúc|phần|mùng|mồng|thêm|khoảng) \d+|"
    rf"{not_after('chờ', 'trình', 'đợi', 'sếp', 'xin')}kỳ \d+|"
    rf"\d+ ?(?:h|g|giờ|phút)\d*(?!\w)|"
    rf"(?:(?<![\w.,{_MARK}])\d+ ?(?:-|–|~|đến|tới) ?)?\d+(?:\.\d+)? (?!{_TIMES})"
    rf"(?!{_WHO_ALONE})(?!(?:em|chỗ|nơi|con|số|m)(?!\w)){COUNTED}(?!\w)|"
    rf"(?<!{_MARK})\d+(?:[.,]\d+)? (?:tỷ|tỉ|triệu|nghìn|ha|nửa(?! (?:là|thì)(?!\w))|phần|ít|vài|chút)(?!\w)|"
    r"\d+ (?:trong|trên)(?: tổng| số|"
    r" cả)* \d+|"
    r"(?<!\d\s)cả [2-9](?!\.\d| ?(?:,|và|với|lẫn|cùng|&|\+|-|–|[1-9]))|"
    rf"(?<!\w){ACTS} \d+ (?!(?:{FINISH}|{NOT_YET}|{GOING}|{ALREADY}|{GOT}|{NO}|{SENT}|làm|"
    rf"{ACTS} {ALREADY}|{_NO_NOUN}|"
    rf"{_TIMES})(?!\w))(?=[^\W\d])",
    whole_words=False,
)
_DOTTED = re.compile(r"\d+\.\d+")
_SLASHED = loose(
    rf"(?<=\d\s)/(?=\s(?:{_MARK}|(?:{FINISH}|{NOT_YET}|{GOING}|{NO}|{SENT}|đã|vướng|còn|xin)(?!\w)))",
    whole_words=False,
)
"""In capitals "1 / CHƯA" is no number of a paper."""
_LINE_NEXT = re.compile(r"(?<=[,;|]\s)\d+\.\d+(?=[\s:])")
_PART_OR_NEXT = loose(r"\d phần (?P<words>(?P<n>[1-9])(?: (?![,;\n])|: |\. | - )[^,;\n]*)", whole_words=False)
"""Of "mới được 1 phần 3 xong" the 3 may be an item."""
_TIME_OR_NEXT = loose(
    r"(?:\d\s*(?:[+,&]|và|với|lẫn|)\s*|(?<!\w)(?:còn|riêng|với|và) |[,;] ?)(?<!\d)"
    r"(?P<words>(?P<n>[1-9]\d?) (?:tuần|tháng|hôm|ngày|năm|quý) (?:sau|tới)(?!\w)[^,;\n]*)",
    whole_words=False,
)
"""Of "1 xong còn 5 tuần sau xong" the 5 may be an item."""
_NEXT = loose(
    rf"(?:^\W*(?:(?:dạ|em|báo cáo)\W+)*|[,;\n][^\S\n]*+|\s[-–/|]\s|"
    rf"(?<!\w)(?:{FINISH}|{ALREADY}|{NOT_YET}|nha|nhé|nghen|ạ|%) )"
    r"(?=(?P<words>(?P<n>[1-9]\d?) [^\W\d][^,;\n]*))",
    whole_words=False,
)
_UNIT_OR_NEXT = loose(
    rf"(?<!\w){UNITS} "
    rf"(?P<words>(?P<n>[1-9]\d?) (?:{FINISH}|{NOT_YET}|{GOING}|{ALREADY}|{GOT}|đạt)(?!\w)[^,;\n]*)",
    whole_words=False,
)
"""Of "chưa có mẫu 3 đang làm" the 3 may be an item."""
_COUNTED_BEFORE = re.compile(r"\d [^\W\d]+\s*$")  # "đã đăng 3 tin, 2 bài"
_LONGEST_RANGE = 50


def groups_of(text: str, items: Container[str]) -> list[ItemGroup]:
    """Return where `text` may name items, in order; numbers of counts, shares, days and documents do not.

    "báo cáo 3" is an item where it is among `items`, else the number of a document.
    """
    covered = "\n".join(_without_others(line, items) for line in _marked(text, items).split("\n"))
    spans = ((match.start(), match.end(), items_at(match[0])) for match in _REFS.finditer(covered))
    return [ItemGroup(start, end, named) for start, end, named in spans]


def _without_others(line: str, items: Container[str]) -> str:
    """A line in which other numbers are covered; "4.1 tuần sau xong" tells of line 4.1 where it is there."""

    def covering(match: re.Match[str]) -> str:
        dotted = _DOTTED.match(match[0])
        return match[0] if dotted and dotted[0] in items else "\N{BULLET}" * len(match[0])

    known = [match for match in _LINE_NEXT.finditer(line) if match[0] in items]
    for match in known:  # "BC 45/BC-UBND, 4.2: 80%": no paper of the 4th of February
        line = f"{line[: match.start()]}{match[0].replace('.', _MARK)}{line[match.end() :]}"
    covered = cite(_SLASHED.sub("|", line)).covered
    for match in known:
        covered = f"{covered[: match.start()]}{match[0]}{covered[match.end() :]}"
    return _NO_ITEM.sub(covering, covered)


def maybe_items(text: str, groups: Sequence[ItemGroup], items: Container[str]) -> tuple[str, ...]:
    """Return what begins a clause like the next item, but may be a count: "1 xong, 2 tuần sau nộp"."""
    named = {item for group in groups for item in group.items}
    doubtful: list[re.Match[str]] = []
    for match in (*_NEXT.finditer(text), *_UNIT_OR_NEXT.finditer(text)):
        before = [item for group in groups if group.end <= match.start() for item in group.items]
        is_next = bool(before) and before[-1].isdigit() and int(match["n"]) == int(before[-1]) + 1
        is_first = bool(groups) and not match.start()
        counted = _COUNTED_BEFORE.search(text[: match.start()])
        is_listed = counted and not any(group.start <= counted.start() < group.end for group in groups)
        if (is_next or is_first) and not is_listed:
            doubtful.append(match)
    doubtful += [match for match in (*_TIME_OR_NEXT.finditer(text), *_PART_OR_NEXT.finditer(text)) if groups]
    known = [match for match in doubtful if match["n"] in items and match["n"] not in named]
    return tuple(dict.fromkeys(match["words"].strip() for match in known))


def items_at(refs: str) -> tuple[str, ...]:
    """Return the items of the words that name them: "1, mục 2 và 4-6"."""
    items: list[str] = []
    for match in _PAIR.finditer(_EACH_NAME.sub(" ", refs)):
        first, last = match["a"].lstrip("0"), (match["b"] or "").lstrip("0")
        items.append(first)
        if last and "." not in first + last and 0 < int(last) - int(first) < _LONGEST_RANGE:
            items += map(str, range(int(first) + 1, int(last) + 1))
        elif last:
            items.append(last)
    return tuple(items)


def _marked(text: str, items: Container[str]) -> str:
    """Cover the words that name items, whatever else they mean: "nội dung 2", "báo cáo 1".

    A number before a noun is a count, "việc 2 xã", unless another number is called alike: "việc 1 xong, việc
    2 xã đang làm"; or a sentence begins behind it: "2 Đơn vị đang làm".
    """
    called = Counter(fold(match["name"]).strip(" .") for match in _NAMED.finditer(text))

    def covering(match: re.Match[str]) -> str:
        first, name = match["first"].lstrip("0"), fold(match["name"]).strip(" .")
        if name in _PAPERS and _OF_A_DOCUMENT.match(text, match.start("first") + len(match["first"])):
            return match[0]
        if first not in items and name in ("bao cao so", "bc so"):
            return "\N{BULLET}" * len(match[0])
        if first not in items and name in ("bao cao", "bc"):
            return match[0]
        if match["counts"] is not None and (called[name] < 2 or match["time"] is not None):
            return match[0]
        covered = _EACH_NAME.sub(lambda name: _MARK * len(name[0]), match[0])
        return covered[:-1] + _MARK if covered[-1].isspace() else covered

    def opening(match: re.Match[str]) -> str:
        is_sentence = match[1] in items and match[2].isupper() and match[3].islower()
        return f"{match[1]}{_MARK}" if is_sentence else match[0]

    def standing_apart(match: re.Match[str]) -> str:
        return match[0] if match["n"] in items else "\N{BULLET}" * len(match[0])

    text = _PAPER.sub(lambda match: "\N{BULLET}" * len(match[0]), text)
    text = _NUMBER_APART.sub(standing_apart, _SENTENCE_BEHIND.sub(opening, text))
    return _NAMED.sub(covering, text)
