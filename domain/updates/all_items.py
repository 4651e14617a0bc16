"""Which words of a text speak of all items, or of all but those that it names: "xong hết trừ mục 2"."""

import re
from dataclasses import dataclass

from domain.updates import Update
from domain.updates.days import number
from domain.updates.item_groups import items_at
from domain.updates.loose import loose
from domain.updates.word_groups import ALREADY, FINISH, GOING, NO, NOT_YET, SELF, TAIL

NAMED = "▣"
"""Covers the numbers of items in a text that is parted here."""

_THINGS = "(?:mục|việc|nhiệm vụ|nội dung|đầu việc|câu|báo cáo|cái)"
_COUNT = r"(?P<{}>\d+|hai|ba|bốn|năm|sáu)"
_PERIOD = (
    r"(?:(?:trong |của )?(?:tháng|quý|tuần|kỳ|năm|đợt)(?: (?:này|nay|qua|vừa qua|vừa rồi|báo cáo|"
    r"\d+(?:/\d+)?))?)"
)
_PREDICATE = (
    rf"(?=(?: (?:này|trên|đó|em|e|bên em|đơn vị em|mình|thì|{_PERIOD}))*"
    rf"(?: (?:đều|thì|đã|vẫn|cũng|gần|sắp|nộp|gửi|{FINISH}|{ALREADY}|{GOING}|{NOT_YET}|{NO})"
    r"(?!\w)|(?: (?:ạ|nhé|nha|nghe|nghen|luôn|anh|chị|em|sếp))*\W*$|\s*[,;.]))"
)
_SUBJECTS = (
    (
        rf"(?:tất cả|toàn bộ|hết thảy|hết|cả|mọi)(?: (?:tất cả|các|những|cả|hết))* (?:{_COUNT.format('n')} )?"
        rf"{_THINGS}{_PREDICATE}"
    ),
    rf"(?:tất cả|toàn bộ|hết thảy|tất tần tật){_PREDICATE}",
    rf"cả {_COUNT.format('m')}{_PREDICATE}",
    rf"(?:các|những) {_THINGS}(?= đều(?!\w))",
    (
        rf"{_COUNT.format('k')} {_THINGS}(?= (?:này |trên )?(?:đều|thì|(?:(?:em|bên em|mình|tôi) )?"
        rf"(?:{FINISH}|nộp|gửi|làm) (?:hết|cả|tất|tuốt))(?!\w))"
    ),
    rf"{_THINGS} nào cũng(?: (?:đã|đều))?",
)
_SUBJECT = loose("|".join(_SUBJECTS))
_JOINING = loose(r"^\W*(?:(?:này|trên|thì|là|đều)(?!\w)\W*)*", whole_words=False)
_SENT_AT = (
    r"(?:(?:(?:hồi|từ|lúc|vào) )?(?:sáng|trưa|chiều|tối|hôm)(?: (?:nay|qua|kia))?|"
    r"qua (?:trục|mail|email|zalo|trục liên thông|hệ thống))"
    r"(?: (?:sáng|trưa|chiều|tối|hôm) (?:nay|qua|kia))?"
)
"""When or by what way all was sent: "gửi đủ cả 6 báo cáo hồi sáng"."""
_ALL_DONE = loose(
    rf"(?P<verb>{FINISH}|nộp|gửi|làm) (?:(?:hết|sạch|tuốt|đủ)(?: (?:trơn|trọi|cả|ráo|sạch|luốt|tuột))*|cả) "
    rf"{_COUNT.format('n')} (?P<thing>{_THINGS})(?:{_PREDICATE}|(?= {_SENT_AT}{TAIL}))"
)
_NONE_BEGUN = loose(rf"(?P<verb>{NOT_YET} (?:\w+ ){{0,3}}){_THINGS} nào(?: (?:hết|cả|sất))*(?! {FINISH})")
_NONE_FINISHED = loose(
    rf"(?:{NOT_YET}|{NO}) (?:có )?{_THINGS} nào (?:là |làm |được )?"
    rf"(?P<verb>{FINISH})(?: (?:hết|cả|sất))*(?={TAIL})"
)
_ALL_NEARLY = loose(
    rf"(?:làm )?(?P<verb>(?:gần|sắp)(?: như)? {FINISH}) (?:hết|cả|tất|tất cả|toàn bộ)"
    rf"(?: (?:các|mấy) {_THINGS})?(?={TAIL})"
)
_ALL_GOING = loose(
    rf"(?P<verb>{GOING} (?:làm|triển khai|thực hiện|tiến hành|xử lý)) (?:cả|hết|tất cả|toàn bộ|tất)"
    rf"(?: (?:các|mấy) {_THINGS})?(?={TAIL})"
)
_HEAD = loose(r"\W*(?:(?:dạ|vâng|thưa|báo cáo|em|anh|chị|sếp|ạ|bên|đơn vị|hiện|thì)\W+)*$", whole_words=False)
_GREETED = loose(
    r"^[\s,:.]*(?:(?:dạ|vâng|em|e|thưa|báo cáo|bc|anh|chị|sếp|ạ|hiện|hiện tại|đến nay|bên em|đơn vị em)"
    r"[\s,:.]+)+",
    whole_words=False,
)
_NOT_ALL = loose(rf"(?:{NOT_YET}|{NO}) (?:\w+ ){{0,3}}?(?:hết|cả|tất cả|toàn bộ|đủ)")
_NONE_DONE = loose(
    rf"[,;.]?\s*(?:mà |nhưng )?{NOT_YET} (?:{_THINGS} nào {FINISH}|{FINISH} {_THINGS} nào)(?: cả| hết)?",
    whole_words=False,
)
"""It adds nothing to "tất cả đang làm"."""
_FINISHED = loose(FINISH)
_PLAINLY_OPEN = loose(
    rf"\W*{SELF}(?:(?:đều|làm|còn) )*(?:(?:gần|sắp)(?: như)?|{NOT_YET}) {FINISH}{TAIL}", whole_words=False
)
"""Of each it is said that it is not finished; "gần xong 2 cái" says it of some."""
_IN_PARTS = loose(r"phần|nửa|khâu|bước|\d ?%", whole_words=False)
_IS_GOING = loose(GOING)
_WHOLLY = loose(
    rf"hết|tất|cả|tất cả|toàn bộ|đều|đủ|sạch|tuốt|hết thảy|mọi {_THINGS}|{_THINGS} nào(?: cũng)?|"
    rf"(?:các|những) {_THINGS}(?= (?:đều|đã|thì|em|{FINISH}|{NOT_YET}|{GOING})(?!\w))"
)
_NOTHING_YET = loose(rf"{NOT_YET} (?:\w+ ){{1,2}}(?:gì|chi)")
_OTHERS = (
    rf"(?:(?:còn |tất cả |toàn bộ )?(?:mấy|các|những|(?P<count>hai|ba|bốn|năm|[2-9])) (?:(?:{_THINGS}|số) )?"
    rf"(?:kia|khác|còn lại)|"
    rf"còn (?:đâu|bao nhiêu)(?= (?:thì|là|đều|đã|em|{FINISH}|nộp|gửi)(?!\w))|"
    rf"còn lại(?: (?:các|mấy|những))?(?: {_THINGS})?|(?P<single>(?:còn )?(?:{_THINGS} kia|cái còn lại))|"
    rf"(?:{_THINGS}|số|chỗ) (?:khác|còn lại))"
)
_BUT = (
    r"(?:(?:chỉ )?(?:ngoại trừ|trừ ra|trừ|không tính|không kể|(?:chỉ |còn )?thiếu|ngoài(?! ra(?!\w))|riêng|"
    r"(?:chỉ |có )?mỗi|(?:chỉ )?có(?=(?: cái)? ▣+ (?:là|thì|còn|vẫn|mới|đang|chưa)(?!\w)))"
    r"(?: (?:mỗi|có|chỉ có))?)"
)
_ONLY_LEFT = r"(?:chỉ còn|còn mỗi|chỉ còn mỗi)"
_ALL_BUT = loose(
    rf"^(?P<rest>[^{NAMED}]+?)[\s,;.(-]*(?:(?:nhưng|mà) )?(?:{_BUT}|(?P<only>{_ONLY_LEFT}))(?: cái)? "
    rf"{NAMED}+(?: ra(?!\w))?(?P<own>[^{NAMED}]*)$",
    whole_words=False,
)
_BUT_AHEAD = rf"^\W*(?:dạ |em |báo cáo |anh |chị |,)*{_BUT}(?: cái)? {NAMED}+"
_BUT_FIRST = loose(
    rf"{_BUT_AHEAD}(?P<own>[^{NAMED},;]*?)(?: ra(?!\w))?[\s,;]*(?:thì )?(?:{_OTHERS}|phần còn lại)(?!\w)"
    rf"(?P<rest>[^{NAMED}]+)$",
    whole_words=False,
)
_BUT_FIRST_TOLD = loose(
    rf"{_BUT_AHEAD}(?P<own>[^{NAMED};]*?)(?: ra(?: thì|,)?| thì|,)\s+(?P<rest>[^{NAMED}]+)$",
    whole_words=False,
)
"""What is told of the item left out stands before "ra thì": "ngoài việc 2 chưa làm ra thì xong hết"."""
_BUT_FIRST_WHOLLY = loose(
    rf"{_BUT_AHEAD}(?P<own>)(?: ra(?!\w))?[\s,;]*(?:thì )?(?P<rest>[^{NAMED}]+)$", whole_words=False
)
_REST_LAST = loose(
    rf"^(?P<own>.*{NAMED}[^{NAMED}]*?)[\s,;.]+(?:(?:và|thì|mà) )?(?P<others>{_OTHERS})(?!\w)"
    rf"(?P<rest>[^{NAMED}]*)$",
    whole_words=False,
)
_ALL_BUT_THEN = loose(
    rf"^\W*(?:(?:dạ|em|báo cáo|anh|chị|ạ)\W+)*(?:tất cả|toàn bộ|mọi)(?: (?:các|những))?(?: {_THINGS})?[\s,(]*"
    rf"{_BUT} {NAMED}+(?P<own>)(?: ra(?!\w))?[\s,)]*(?P<rest>[^{NAMED},;]+)$",
    whole_words=False,
)
_OTHERS_FIRST = loose(
    rf"^\W*(?:(?:dạ|em|báo cáo|anh|chị|ạ)\W+)*{_OTHERS}(?!\w)(?P<rest>[^{NAMED},;.]+)[,;.]\s*"
    rf"(?:(?:{_BUT}|chỉ|chỉ có|còn) )?{NAMED}+(?P<own>[^{NAMED}]*)$",
    whole_words=False,
)
_NONE_BUT_BEGUN = loose(
    rf"^\W*(?:(?:dạ|em|hiện)\W+)*(?:{NOT_YET}|{NO}) (?:có )?{_THINGS} nào [^{NAMED},;.]+[,;.]\s*"
    rf"(?P<own>(?:chỉ |em )*mới (?:chỉ )?(?P<act>[^{NAMED},;.]+?)) {NAMED}+(?: thôi)?{TAIL}",
    whole_words=False,
)
"""Of "chưa cái nào xong, mới bắt tay vào 1 thôi" the first is under way."""
_JUST = loose(
    rf"^\W*(?:(?:dạ|em) )*(?:chỉ )?(?:mới|chỉ)(?: có| được)? (?=(?:{FINISH}|nộp|gửi) {NAMED})",
    whole_words=False,
)
"""Of "mới xong số 1, còn lại chưa làm" the first is done."""
_ONLY_REST = loose(r"còn lại$")
_ALONE = loose(
    rf"^\W*(?:dạ |em )*(?:chỉ (?:có|mới|mỗi)?|mới (?:có|chỉ)|còn(?: mỗi)?|mỗi) ?(?={NAMED})",
    whole_words=False,
)


@dataclass(frozen=True, slots=True)
class AllBut:
    """What is said of the named items, at [start, end) of the text, and of all others.

    `is_one_group`: [start, end) holds words of the named items without their numbers, and may be blank.
    `count`: how many others are spoken of, "hai cái kia"; None where it is not told.
    """

    start: int
    end: int
    rest: str
    is_one_group: bool
    count: int | None = None


def said_of_all(text: str, *counts: int) -> str | None:
    """Return what a text says of each of so many items, without the words for all; None where it does not.

    "cả 3 mục đều chưa làm" says "đều chưa làm"; of "chưa xong hết" nobody knows which are open.
    """
    text = _NONE_DONE.sub("", text) or text
    if (none := _NONE_BEGUN.search(text)) and _is_head(text, none):
        return f"{none['verb']}gì {text[none.end() :]}"
    if (going := _ALL_GOING.search(text)) and _is_head(text, going):
        return f"{going['verb']}{text[going.end() :]}"
    if (none := _NONE_FINISHED.search(text)) and _is_head(text, none):
        return f"chưa {none['verb']}{text[none.end() :]}"
    if (nearly := _ALL_NEARLY.search(text)) and _is_head(text, nearly):
        return f"{nearly['verb']}{text[nearly.end() :]}"
    if done := _ALL_DONE.search(text):
        thing = " báo cáo" if done["thing"] in ("báo cáo", "bao cao") else ""
        words = f"{text[: done.start()]}{done['verb']} hết{thing}{text[done.end() :]}"
        return words if number(done["n"]) in counts else None
    every = _SUBJECT.search(text)
    counted = every and (every["n"] or every["m"] or every["k"])
    if every is None or (counted and number(counted) not in counts):
        return None
    words = f"{text[: every.start()].rstrip()} {_JOINING.sub('', text[every.end() :])}".strip()
    told_last = _FINISHED.search(words) and not _NOT_ALL.search(words)
    return words if _is_head(text, every) or told_last else None


def holds_of_each(words: str, update: Update) -> bool:
    """Whether an update is each one's own: a share or a day is not, nor "chưa xong hết"."""
    if update.state == "done":
        return True
    is_plain = update.percent is None and update.done_of is None and not update.wants_extension
    is_going = update.state == "in_progress"
    is_finishing = is_going and _FINISHED.search(words) and not _PLAINLY_OPEN.match(words)
    is_told = update.state is not None or update.blocked
    return is_told and is_plain and not is_finishing and not _NOT_ALL.search(words)


def _is_head(text: str, match: re.Match[str]) -> bool:
    return _HEAD.match(text[: match.start()]) is not None


def all_but(covered: str, text: str) -> AllBut | None:
    """Return the words of the named items and of all others; None where no others are spoken of.

    `covered` is `text` with the numbers of items covered by NAMED.
    """
    covered = _GREETED.sub(lambda match: " " * len(match[0]), covered)
    if match := _BUT_FIRST.search(covered) or _OTHERS_FIRST.search(covered):
        return AllBut(*match.span("own"), match["rest"], True, _count(match))
    if match := _NONE_BUT_BEGUN.search(covered):
        return AllBut(*match.span("own"), f"chưa {match['act']}", True)
    if match := _ALL_BUT_THEN.search(covered):
        return AllBut(*match.span("own"), match["rest"], True)
    told = _BUT_FIRST_TOLD.search(covered)
    if (match := told) and (_WHOLLY.search(match["rest"]) or _NOTHING_YET.search(match["rest"])):
        return AllBut(*match.span("own"), match["rest"], True)
    if match := _BUT_FIRST_WHOLLY.search(covered) or _ALL_BUT.search(covered):
        # "chỉ còn 4" may be four pieces
        is_count = "only" in match.groupdict() and match["only"] and text[covered.index(NAMED)].isdigit()
        if (_WHOLLY.search(match["rest"]) or _NOTHING_YET.search(match["rest"])) and not is_count:
            return AllBut(*match.span("own"), match["rest"], True)
    match = _REST_LAST.search(covered)
    return _rest_last(match, text) if match else None


def _rest_last(match: re.Match[str], text: str) -> AllBut | None:
    """ "1 xong, các mục khác chưa làm"; in "1 xong phần đầu, còn lại đang làm" the rest may be that of 1."""
    in_parts = _IN_PARTS.search(match["own"])
    is_going = _IS_GOING.search(match["own"]) and not _WHOLLY.search(match["rest"])
    alone = _ALONE.match(match["own"]) or _JUST.match(match["own"])
    names = text[match["own"].index(NAMED) : match["own"].rindex(NAMED) + 1]
    is_of_several = len(items_at(names)) > 1
    is_open = in_parts or (is_going and not is_of_several)
    is_its_own_rest = _ONLY_REST.match(match["others"]) and not alone and is_open
    start = alone.end() if alone else 0
    return None if is_its_own_rest else AllBut(start, match.end("own"), match["rest"], False, _count(match))


def _count(match: re.Match[str]) -> int | None:
    return 1 if match["single"] else number(match["count"]) if match["count"] else None
