"""Which words of a text belong to which of the items it names: "1 xong, đang làm 2"."""

import re
from collections.abc import Container

from domain.common.text import fold
from domain.updates.clauses import is_polite
from domain.updates.documents import cite
from domain.updates.item_groups import UNITS, ItemGroup, items_at
from domain.updates.loose import loose
from domain.updates.phrases import GREETING
from domain.updates.signs import signs_of
from domain.updates.word_groups import ALREADY, COUNTED, DOCUMENT_MARK, FINISH, GOING, NO, NOT_YET, not_after

_JOINING = r"(?:thì|là|:|=|-|–|[)\]*\"”]|\.|/|,|;|\||chứ|nhưng|và|với|ạ|em|«dạ»)"
_EDGES = loose(
    rf"^(?:\s|[-=]*>|{_JOINING}(?!\w))*|(?:\s|[-–,;:|/(\[*\"“•]|"
    r"(?<=\s)(?:chứ|nhưng|còn|và|với|riêng|về|việc|mục|nhiệm vụ|nội dung|cho|của|từ|tại)(?!\w))*$",
    whole_words=False,
)
TAIL_ALONE = loose(
    rf"(?:\W|{ALREADY}|còn(?=\s*$)|và(?=\s*$)|ạ|a|nhé|nha|em|anh|chị|hết|luôn)*$", whole_words=False
)
_STOP = loose(
    r"[,;\n]|\.(?=\s|$)|\s[/|–-](?=\s)|"
    rf"\scòn(?= (?:(?:còn|đã|đang|vướng|nộp|gửi)(?!\w)|(?:{FINISH}|{NOT_YET}|{GOING})(?!\w)))",
    whole_words=False,
)
_OTHERS_TOO = loose(
    r"cả [2-9](?= (?:nữa|luôn|cũng))|còn lại(?! (?:phần|khâu|\d|mỗi|ít|chút|một))|"
    r"(?:mấy|các|những|hai|ba)(?: cái| thứ)? (?:kia|khác)|"
    rf"(?:cái|việc|mục|báo cáo|bc|ý) (?:kia|khác|sau|trước|trên|dưới|giữa|đầu|cuối)(?! (?:của|ngày|địa bàn))|"
    r"(?:cái|việc|mục|ý|nội dung) thứ (?:nhất|nhì|hai|ba|tư|năm|sáu)|thứ nhì|"
    rf"(?:ngoại )?trừ(?! (?:{UNITS}|ảnh|phần|khâu|chữ ký|kinh phí|số liệu)(?!\w))|"
    r"(?:mấy|các|những|vài) (?:cái|việc|mục) (?:nữa|này|đó)|"
    r"tất cả(?! (?:nội dung|hồ sơ|số liệu|tài liệu))|toàn bộ(?! (?:nội dung|hồ sơ|số liệu|tài liệu))|"
    r"(?:các|mọi) (?:mục|việc|nhiệm vụ|nội dung|cái)|(?:việc|mục|nhiệm vụ|cái|câu) nào|"
    r"cả (?:hai|ba|bốn|năm|sáu|[2-9])(?: (?:việc|mục|nhiệm vụ|nội dung))? "
    rf"(?:đều|đã|{FINISH}|{NOT_YET}|{GOING}|{NO})|"
    r"trở (?:lên|đi|xuống|về trước)|"
    r"(?:ngoại trừ|không tính|không kể|riêng|ngoài|chỉ có)$"
)
_REASON = rf"(?:{not_after('đơn', 'don', 'chức', 'đang', 'còn', 'làm')}(?:vì|do|bởi|bởi vì|tại vì))"
_WAITS = (
    r"(?:(?:đang|còn|phải|vẫn|chưa) )*(?:«chờ|đợi»|(?<=dang\s)cho|(?<=con\s)cho|(?<=phai\s)cho|doi)(?: cho)?"
)
_WAITED_FOR = loose(
    rf"(?<!\w)(?:(?P<reason>{_REASON})(?: {_WAITS})?|{_WAITS}|phụ thuộc(?: vào)?)"
    r"(?: (?:số liệu|kết quả|của|từ|bên))*[^\S\n]*$",
    whole_words=False,
)
"""What stands before an item that another waits for: "mục 1 chưa nộp vì chờ mục 2 xong"."""
_NOUN = re.compile(r"\s[^\W\d]")
_ONLY_NAMED = loose(
    r"(?<!\w)(?:nếu|khi|sau khi|trước khi|như|giống(?: như| với)?|gộp (?:vào|với|chung)|của|chung với|"
    r"(?:còn )?(?:thiếu|nợ)(?: mỗi)?|"
    r"mới(?: làm| được| tiếp)*|«chờ|đợi»)\s*$",
    whole_words=False,
)
_JUST = loose(rf"^\W*(?:(?:dạ|em|mình|tôi) )*(?:chỉ )?mới (?=(?:{FINISH}|nộp|gửi)\s*$)", whole_words=False)
"""Of "mới xong mục 2, còn 1 đang làm" item 2 is done."""
_WISH = loose(
    r"(?<!\w)(?:lùi|gia hạn|dời|hoãn|khất|giãn|kéo dài)(?: (?:hạn|thời hạn|giúp|giùm|dùm|hộ|cho|em|e|mình|"
    r"tôi|tui|"
    r"bên em|đơn vị|luôn|lịch|ngày|thời gian|nộp|báo cáo)){0,4}\s*$",
    whole_words=False,
)
_UNTIL = loose(r"\s*(?:thì |xin )?(?:đến|tới|sang|qua|vào|thêm|cuối|hết)(?!\w)", whole_words=False)
_ANOTHER = loose(
    r"^\W*(?:(?:còn|riêng|với|và|thì|đến nay|tới nay|hiện nay|hiện tại) )+(?=[^\W\d])", whole_words=False
)
"""Of "1 xong, còn đã gửi 2" the second is done."""
_CALLS_ALONE = loose(
    r"(?:(?:nhiệm vụ|việc|mục|nội dung|công việc|phần|điểm|tiểu mục|tại|ở|thuộc|của|về|các|những)"
    r"(?!\w)\W*)*$",
    whole_words=False,
)
"""Before a number: "nhiệm vụ tại điểm 4.2"."""
_LINE_OF_ITS_OWN = re.compile(r"[^:\s]\s*[\n;]\s*[-*•+]?\s*$")
_HINDERED = loose(
    r"(?<!\w)(?:vướng|khó khăn|«kẹt»|«tắc»|trục trặc)(?: (?:ở|tại|chỗ))*\s*$", whole_words=False
)
_LEFT_OVER = loose(r"(?<!\w)(?:còn|thiếu|nợ)(?: (?:mỗi|lại|đúng|có))?\s*$", whole_words=False)
"""Of "xong mấy cái rồi, còn 1" the number is a count."""
_COUNT = loose(rf"\d+ {COUNTED}")
_PART = re.compile(r"\s*(?:(?P<strong>[;\n]|\.(?!\d))|,)\s*")


def reported(text: str, groups: list[ItemGroup], items: Container[str]) -> list[ItemGroup]:
    """Return the groups of which something is told: no counts, nor what another item waits for.

    In "1 xong, mời 30 khách" there is no item 30, and what follows is no state.
    """
    kept: list[ItemGroup] = []
    ends = [*(group.start for group in groups[1:]), len(text)]
    for group, end in zip(groups, ends, strict=False):
        is_named = not text[group.start].isdigit()
        if not is_named and kept and _counts(group, text[group.end : end], items):
            continue
        waited_for = _WAITED_FOR.search(text[kept[-1].end : group.start]) if kept else None
        if not waited_for:
            kept.append(group)
        elif len(group.items) > 1 and (stop := _PART.search(text, group.start, group.end)):
            # "2 chờ 1, 3 xong": what stands behind the sign is told of again.
            kept.append(_behind_stop(text, group, stop.end()))
        elif not (is_named or waited_for["reason"] or _is_all(group, text[group.end : end], items)):
            kept.append(group)
    return kept


def _behind_stop(text: str, group: ItemGroup, start: int) -> ItemGroup:
    return ItemGroup(start, group.end, items_at(text[start : group.end]))


def _is_all(group: ItemGroup, after: str, items: Container[str]) -> bool:
    """Whether the numbers of a group are all that is waited for: not so "chờ 2 xã"."""
    return all(item in items for item in group.items) and TAIL_ALONE.match(_cut(after)[0]) is not None


def _counts(group: ItemGroup, after: str, items: Container[str]) -> bool:
    words = _cut(after)[0]
    is_unknown = not any(item in items or "." in item for item in group.items)
    return is_unknown and _NOUN.match(words) is not None and not _tells(words)


def words_of_groups(text: str, groups: list[ItemGroup]) -> tuple[list[tuple[ItemGroup, str]], list[str]]:
    """Return each group with its words, which stand behind it, or before it ("xong 1, đang làm 2").

    Also the words that belong to no group.
    """
    groups = _parted(text, groups)
    ends = [0, *(group.end for group in groups)]
    before = [text[end : group.start] for end, group in zip(ends, groups, strict=False)]
    between = [*before[1:], text[groups[-1].end :]]
    is_told_first, wish = _tells(before[0]), ""
    lead, unclaimed = _lead_of(before[0])
    left = [words for at, words in enumerate(before) if _is_only_named(words, is_first=at == 0)] + unclaimed
    pieces: list[tuple[ItemGroup, str]] = []
    for at, (group, after) in enumerate(zip(groups, between, strict=True)):
        if len(groups) > 1 or len(group.items) > 1:
            lead = _JUST.sub("", lead)
        lead = _ANOTHER.sub(" ", lead) if len(groups) > 1 else lead
        if _wishes(lead):
            wish, lead = trimmed(lead), ""
        if wish and _UNTIL.match(after):
            words, lead = _apart(after, between[at + 1 :])
            words = f"{wish} {words}"
        elif _tells(lead):
            is_count, is_last = _may_count(text, group, before[at]), at + 1 == len(groups)
            words, lead, unclaimed = _told_by(lead, after, is_last=is_last, is_count=is_count)
            left += unclaimed
        else:
            left += [trimmed(lead)] if at and not _CALLS_ALONE.match(trimmed(lead)) else []
            words, lead = _apart(after, between[at + 1 :])
            # Where words stand before their items, "rồi" behind the last one tells nothing of it.
            left += [trimmed(words)] if at and is_told_first and TAIL_ALONE.match(words) else []
        pieces.append((group, trimmed(words).replace(" ,", ",")))
    left += [] if TAIL_ALONE.match(lead) else [trimmed(lead)]
    return pieces, left + [words for _, words in pieces if _OTHERS_TOO.search(words)]


def _lead_of(words: str) -> tuple[str, list[str]]:
    """Return what words before the first group may tell of it, and what of them belongs to no group."""
    if _is_opening(words):
        return "", []
    if _LINE_OF_ITS_OWN.search(words):
        return "", [trimmed(words)]
    return words, [] if _tells(words) or _wishes(words) else [trimmed(words)]


def _told_by(lead: str, after: str, *, is_last: bool, is_count: bool) -> tuple[str, str, list[str]]:
    """Return the words of a group behind a telling lead, the lead of the next, and what belongs to none."""
    first, _, rest = _cut(after)
    if is_last and _is_paper(rest):
        first, rest = f"{first.rstrip()}, {rest.strip()}", ""
    if TAIL_ALONE.match(first):
        return f"{lead} {first}", rest, [lead] if is_count or _LEFT_OVER.search(lead) else []
    if _tells(first):  # "xong 1 chưa làm 2": whose words they are is not told
        return "", rest, [trimmed(f"{lead} {first}")]
    return f"{lead}{first}", rest, []


def _may_count(text: str, group: ItemGroup, before: str) -> bool:
    """Whether a number is a count like that before it: "tổng 3 việc, xong 2", "mở 3 lớp, xong 2"."""
    return len(group.items) == 1 and text[group.start].isdigit() and _COUNT.search(before) is not None


def _apart(after: str, later: list[str]) -> tuple[str, str]:
    """The words behind a group, and of these the last clause where it belongs to the next group."""
    earlier, last = _last_clause(after)
    if not later or not earlier.strip():
        return after, ""
    told = _tells(last) and not _has_own(later[0])
    return (earlier, last) if told or (_wishes(last) and _UNTIL.match(later[0])) else (after, "")


def _is_only_named(words: str, *, is_first: bool) -> bool:
    """Whether an item behind the words is named for another's sake; "đã nộp báo cáo của mục 2" tells of 2."""
    named = _ONLY_NAMED.search(words)
    return named is not None and not (is_first and fold(named[0]).strip() == "cua" and _tells(words))


def _wishes(words: str) -> bool:
    """Whether words before an item ask for time: "xin lùi việc 1 đến 18/6"."""
    return _WISH.search(words) is not None


def _parted(text: str, groups: list[ItemGroup]) -> list[ItemGroup]:
    """Groups with words both before and behind cut in two: in "xong 1 và 2, 3 chưa làm" the 3 is not done."""
    parted: list[ItemGroup] = []
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
            parted.append(ItemGroup(group.start, stop.start(), items_at(text[group.start : stop.start()])))
            group = ItemGroup(stop.end(), group.end, items_at(text[stop.end() : group.end]))
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
    words = trimmed(words)
    return bool(signs_of(words) or _HINDERED.search(words)) and not is_polite(words)


def _is_paper(words: str) -> bool:
    """Whether words cite a paper and say nothing else: "xong 1, bc số 87"."""
    cited = cite(words)
    return bool(cited.numbers) and is_polite(cited.covered.replace(DOCUMENT_MARK, " "))


def _has_own(after: str) -> bool:
    """Whether a group has words of its own right behind it."""
    return not TAIL_ALONE.match(_cut(after)[0])


def _is_opening(head: str) -> bool:
    """Whether words before the first item only greet or announce: "Em chào anh.", "Báo cáo anh:"."""
    if is_polite(head) or (GREETING.search(head) and not signs_of(head)):
        return True
    if _HEADLINE.match(head) and not _STATED.search(head):
        return True
    return _OPENING.match(head) is not None and not _ITS_OWN_NUMBER.search(head)


_HEADLINE = loose(
    r"[^,;.:]*(?:báo cáo|bc|tiến độ|tình hình|kết quả|như sau|cập nhật)[^,;.:]*:\W*$|"
    r"\W*(?:sở|ubnd|xã|phường|phòng|trường|ban|đơn vị|trung tâm|chi cục) [^,;.:\n]{1,60}:\W*$",
    whole_words=False,
)
_STATED = loose(rf"{FINISH}|{NOT_YET}|{GOING}|{ALREADY}|đã|mới|trừ|hết")
_ITS_OWN_NUMBER = loose(r"(?:đơn vị|phòng)\s*$", whole_words=False)  # "phòng 1 xong"
_OPENING = loose(
    r"\W*(?:(?:(?:trong )?(?:[2-9]|hai|ba|bốn|năm) (?:việc|mục|báo cáo|nội dung) thì|"
    r"cả|các|những|từ|ạ|à|dạ|vâng|em|e|xin|kính|thưa|chào|báo cáo|bc|anh|chị|sếp|đơn vị|phòng|"
    r"(?:kính )?gửi(?= (?:anh|chị|sếp|a|c|các|ban|phòng|bác|cô|chú|lãnh đạo)(?!\w))|tiến độ|kết quả|mục|"
    r"tình hình|cụ thể|như sau|ngoài ra|riêng|về|hiện|hiện nay|hiện tại|đến nay|tới nay|hôm nay|"
    r"(?:cả )?(?:hai|ba|bốn|năm|mấy|[2-9])(?: (?:cái|việc|mục|báo cáo|đầu việc|nhiệm vụ))?)(?!\w)\W*)*$",
    whole_words=False,
)


def trimmed(words: str) -> str:
    """Return words without the signs and joining words at their edges."""
    return _EDGES.sub("", words).strip(" \t\r\n,;.")
