"""How much is done: percents, shares ("2/3 tin") and proportions ("một nửa", "2 phần 3")."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from domain.updates.days import WORDED_NUMBER, number
from domain.updates.documents import cover
from domain.updates.loose import loose
from domain.updates.word_groups import (
    ACTS,
    ADDRESSES,
    ALREADY,
    AMOUNT_MARK,
    COUNTED,
    FINISH,
    GOT,
    NO,
    NOT_YET,
    not_after,
)

_N = rf"\d{{1,4}}|{WORDED_NUMBER}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười"
_PERCENT = loose(
    r"(?<![\w/.,])(?P<low>\d{1,6})(?:[.,](?P<tenth>\d)\d*)?"
    r"(?: ?(?:%|phần trăm)? ?(?:-|–|đến|tới) ?\d{1,3})? ?(?:%|(?:phần trăm|pt)(?!\w))",
    whole_words=False,
)
_PER_CENT = loose("%|phần trăm|pt", whole_words=False)
_WORDED = loose(rf"(?P<n>{WORDED_NUMBER}) ?(?:%|phần trăm)")
# "tăng 15% so với cùng kỳ", "90% hộ dân": told of the result, not of the work.
_OF_SOMETHING_ELSE = loose(
    r"(?:trong|vào) (?:báo cáo|bc)(?: \w+){0,3}\W*$|"
    r"(?:tăng(?! lên)|giảm|(?:tỷ lệ|tỉ lệ)(?! (?:hoàn thành|thực hiện|công việc|giải ngân)(?!\w))|"
    r"vượt|chiếm|lãi suất)(?: \w+){0,3}\W*$|"
    r"(?:tỷ lệ|tỉ lệ)(?! (?:hoàn thành|thực hiện|công việc|giải ngân)(?!\w))(?: \w+){4,12}\W*$"
)
_FOLLOWED_BY_ELSE = loose(
    r"^\W*(?:so với(?! (?:kế hoạch|kh|chỉ tiêu|dự toán|mục tiêu|yêu cầu|tổng|khối lượng|hợp "
    r"đồng)(?!\w))|(?:số )?(?:hộ|người|dân|học sinh|học viên|cán bộ|đại biểu|ý kiến|công chức|vốn vay|"
    r"lãi)|đại biểu)"
)
# Of a plan more than the whole can be done: "đạt 120% kế hoạch".
_OF_A_PLAN = loose(r"^\W*(?:so với )?(?:kế hoạch|kh|chỉ tiêu|dự toán|mục tiêu|nghị quyết)(?!\w)")
# What was meant to be reached, or what is said not to be so: "mục tiêu 100%", "80% chứ không phải 90%".
_AS_A_GOAL = loose(
    r"(?:tháng|tuần|quý) (?:sau|tới)(?: \w+){0,2}\W*$|"
    r"(?:mục tiêu|phấn đấu|dự kiến|quyết tâm|cam kết|sẽ)(?: \w+){0,4}\W*$|"
    rf"(?:kế hoạch|chỉ tiêu|kh|yêu cầu|định mức)(?: (?!{GOT}|đạt|mới|xong)\w+){{0,3}}\W*$|"
    rf"{NO} phải(?: là| được| đạt)?\W*$"
)
_JUST_BELOW = loose(r"(?:gần|xấp xỉ|ngót|sấp xỉ|gần như|suýt|sát)(?: (?:được|đạt|tới|đến))?\W*$")
_STILL_LEFT = loose(r"^[^\w,;.\n]*còn lại(?! (?:phần|khâu|mục|bước|là)(?!\w))")
_OF_WHAT_IS_OPEN = loose(
    rf"^\s*(?:{COUNTED}[\s]+)+(?:(?:thì|vẫn|còn|là) )?(?:{NOT_YET}|không|ko)(?! phải| vướng)"
)
_NUMBERED = loose(r"(?:quý|tháng|kỳ|đợt|lần|tuần|học kỳ|giai đoạn|năm|khóa|khoá|phiên|nhiệm kỳ)\s*$")
_YEARS = range(1990, 2100)
_TIMES = "(?:ngày|hôm|bữa|tuần|tháng|năm|quý|giờ|phút|h|đồng|triệu|tỷ|tỉ)(?!\\w)"
_LEFT = loose(r"(?:còn|con|thiếu)(?: (?:lại|thiếu|khoảng|tầm|hơn|gần|độ|chừng|những|mỗi)){0,3}\s*$")
_COUNT = r"\d{1,3}(?:\.\d{3})+|\d{1,6}"
_SHARE = re.compile(rf"(?<![\w/.,-])(?P<a>{_COUNT})\s*/\s*(?P<b>{_COUNT})(?![\w/%]|[.,-]\d|\s*[/%])")
_AMONG = loose(
    rf"(?P<a>{_N}) (?:(?:trong|trên)(?: tổng| số| cả)*|{COUNTED} (?:trong|trên)(?: tổng| số| cả)+) "
    rf"(?P<b>{_N})(?= {COUNTED}|\W*$| [^\W\d]+ (?:đã |cũng )?(?:{FINISH}|nộp|gửi))"
)
_D = (
    rf"(?:\d{{1,4}}|{WORDED_NUMBER}|{not_after('mười', 'mươi', 'trăm', 'chục')}(?:một|hai|ba|bốn|năm|sáu|"
    rf"bảy|tám|chín|mười))"
)
_SAME = rf"(?:(?=(?P=noun)(?!\w))|(?! {_TIMES}| {COUNTED}|/|%| phần| nửa))"
_NOT_YET = rf"(?=(?:và |nhưng )?{_D} \w+ (?:thì )?{NOT_YET})"
# "xong 2 còn 1", also "2 tin, còn 1 tin"; of "2 tin, còn 1 bài" nothing is a share.
_LEFT_OVER = loose(
    rf"(?:{FINISH}|{GOT}|{ACTS})(?: (?:{GOT}|{FINISH}|{ALREADY}|khoảng)){{0,2}} (?P<done>{_D})(?! {_TIMES})"
    rf"(?P<noun> {COUNTED})?(?: (?:\w+ ){{0,2}}?(?:{FINISH}|{ALREADY}))? ?,? ?(?:thì |và |nhưng )?còn "
    rf"(?:lại |thiếu |nợ |mỗi )?(?P<left>{_D}){_SAME}"
)
_EARLIER = loose(
    r"(?:(?:tuần|tháng|quý|kỳ|lần|đợt|hôm|bữa|lúc|hồi) (?:trước|rồi|qua|nọ)|trước (?:đó|đây|kia)|hôm kia)"
    r"(?: (?:là|mới|chỉ|thì|được|đạt|có)){0,3}\W*$",
    whole_words=False,
)
"""Right before a percent of another time: "30%, tuần trước 10%"."""
_EARLIER_THEN_NOW = loose(
    r"(?:hôm qua|(?:hôm|tuần|tháng|bữa|lúc|quý) (?:trước|rồi|nọ))[^.;\n]{1,40}? (?:nay|giờ|hiện|bây giờ)"
)
_REST = (
    loose(  # "còn 2 ấp nữa là đủ 9 ấp"
        rf"còn (?:lại |khoảng |đúng |mỗi |có |thiếu )*(?P<left>{_D})(?P<noun>(?! {_TIMES}) [^\W\d]+)? nữa"
        rf"(?: (?:thôi|là|thì|mới|sẽ)){{1,3}} (?:đủ|hết|tròn|được|chẵn|xong)(?: cả| hết| đủ)? (?P<whole>{_D})"
        rf"(?P=noun)?(?!\w)"
    ),
    loose(  # "13 bàn nộp rồi trên 17 bàn"
        rf"(?P<done>{_D})(?P<noun>(?! {_TIMES}) [^\W\d]+) (?:đã )?(?:{FINISH}|{ACTS})(?: {ALREADY}| xong)? "
        rf"(?:trên|trong)(?: (?:số|tổng số|tổng))* (?P<whole>{_D})(?P=noun)"
    ),
    loose(  # "còn 3 xã chưa nộp trong tổng số 21 xã"
        rf"còn (?:lại |khoảng |những |đúng |mỗi |có )*(?P<left>{_D})(?P<noun>(?! {_TIMES}) [^\W\d]+)"
        rf"(?: [^\W\d]+){{0,4}}? (?:trong|trên)(?: (?:số|tổng số|tổng|tất cả))* (?P<whole>{_D})(?P=noun)"
    ),
    loose(  # "bốn trong số bảy chốt": of things of any name
        rf"(?P<done>{_D})(?P<noun>(?! {_TIMES}) [^\W\d]+)?(?: (?:đã |chưa )?\w+)? (?:trong|trên)(?: "
        rf"(?:số|tổng số|tổng))+ "
        rf"(?P<whole>{_D})(?! {_TIMES})"
    ),
    loose(  # "mười một ấp trên mười sáu ấp"
        rf"(?P<done>{_D})(?P<noun>(?! {_TIMES}) [^\W\d]+) (?:trong|trên) (?P<whole>{_D})(?P=noun)"
    ),
    loose(  # "sáu xã thì bốn xã nộp rồi", "14 xã có 10 xã nộp"
        rf"(?P<whole>{_D})(?P<noun>(?! {_TIMES})(?: [^\W\d]+){{1,2}}?) ?,? ?(?:(?:thì|mà|có|đã|mới|"
        rf"nay|được) )*"
        rf"(?P<done>{_D})(?P=noun) (?:đã |cũng |thì )?(?:được )?(?:{FINISH}|{ACTS}|về|qua|đồng ý|ký|"
        rf"\w+ {ALREADY})(?!\w)"
    ),
    loose(  # "có 8 biểu xong được 5", "có mười lớp, mở được sáu lớp"
        rf"(?:có|tổng|tổng số|tổng cộng|gồm|được giao) (?P<whole>{_D})(?P<noun>(?! {_TIMES}) [^\W\d]+) ?,? ?"
        rf"(?:(?:thì|mà|đã|mới|em|nay|giờ|bên em) )*(?:{FINISH}|{ACTS}|khai giảng|kiểm tra|khảo sát|"
        rf"[^\W\d]+(?: [^\W\d]+)?(?= {GOT}))"
        rf"(?: (?:{GOT}|{FINISH}|khoảng|hết)){{0,2}} (?P<done>{_D})"
        rf"(?:(?=(?P=noun)(?!\w))|(?=(?: {ALREADY})?(?:\W*$| (?:ạ|a|nhé|nha|anh|chị|em|sếp)(?!\w))|\s*[,;.]))"
    ),
    loose(  # "12 xã thì 11 xã xong rồi"
        rf"(?P<whole>{_D})(?P<noun> {COUNTED}) ?,? ?(?:(?:thì|mà|có|"
        rf"đã) )+(?P<done>{_D})(?P=noun) (?:đã )?(?:{FINISH}|{ACTS})"
    ),
    loose(rf"(?P<done>{_D})(?P<noun> {COUNTED}) (?:trên|trong) (?:tổng )?(?P<whole>{_D})(?P=noun)"),
    _LEFT_OVER,
    loose(  # "7 xã xong, 3 xã chưa", "2 bài xong rồi, còn 3 bài"
        rf"(?P<done>{_D})(?P<noun> {COUNTED}) (?:đã )?(?:{FINISH}|{ACTS})(?: {ALREADY})? ?,? ?"
        rf"(?:còn (?:lại )?|{_NOT_YET})(?:và |nhưng )?(?P<left>{_D})(?P=noun)"
    ),
    loose(  # "tổng 10 xã, xong 7"
        rf"(?P<whole>{_D})(?P<noun> {COUNTED}) ?,? ?(?:(?:thì|đã|mới|em|nay|xử lý|làm|"
        rf"tổ chức) ){{0,3}}(?:{FINISH}|đăng|phát|làm|nộp|treo|in) "
        rf"(?:{GOT} )?(?P<done>{_D}){_SAME}"
    ),
    loose(  # "được 6 buổi, kế hoạch 10 buổi", "treo được 8 băng rôn, thiếu 4"
        rf"(?:{GOT}|{FINISH}|đã {ACTS}) (?P<done>{_D})(?P<noun> {COUNTED}) ?,? ?(?:theo |trên |trong )?"
        rf"(?:kế hoạch|kh|chỉ tiêu|tổng|tổng số|yêu cầu)(?: là| giao| năm)? (?P<whole>{_D})(?P=noun)"
    ),
    loose(
        rf"(?:{GOT}|{FINISH}) (?P<done>{_D})(?P<noun> {COUNTED}) ?,? ?(?:còn )?thiếu (?P<left>{_D}){_SAME}"
    ),
)
_TWO_NUMBERS = loose(rf"{_D}(?!\w).{{1,100}}?(?<!\w){_D}")
_PROPORTION = loose(rf"(?P<a>{_N}) phần (?P<b>\d{{1,2}}|hai|ba|bốn|tư|năm|sáu|tám|mười)(?! ?%| trăm)")
_HALF = loose(
    rf"(?<!thêm\s)(?:(?:một|1|phân|quá|già) nửa|«hơn nửa|gần nửa|xong nửa»|xong nua|«được nửa|đc nửa»|dc nua|"
    rf"{GOT} (?:hơn |gần |già |quá |non )nửa)"
    r"(?! (?:tháng|năm|ngày|tuần|giờ|buổi|tiếng|đầu|cuối|nhiệm kỳ))"
)
_NOUN_NEXT = loose(rf"^\s*(?:số |tổng số )?{COUNTED}")
_ALREADY_SO = loose(rf"\s*(?:{ALREADY}|{FINISH})", whole_words=False)
_ONLY_ADDRESSES = loose(rf"^{ADDRESSES}$")
_FINISHED = loose(rf"\s*{FINISH}")
_PART_OF_DAY = loose(r"(?:sáng|trưa|chiều|tối|đêm)\s*$")
_DAY_BEFORE = loose(r"(?:ngày|hôm|đến|tới|sang|trước|sau|từ|hết|hạn|mùng|mồng|lùi|xin|vào|ký|hẹn)\s*$")
_MEASURED = loose(
    rf"(?:{FINISH}|{GOT}|đạt|khoảng|mới|tầm|gần|hơn|làm|còn|con|trên|cỡ)(?: (?:{GOT}|khoảng|gần|hơn|tầm|"
    rf"lại|thiếu))*\s*$"
)
_WHOLE = 100
_MONTHS = 12
_NEAR = 60


@dataclass(frozen=True, slots=True)
class Amounts:
    """What was measured, and the text of the same length in which those words are covered.

    `beyond` are the words of a percent above 100 that nothing explains: "500%".
    """

    percent: int | None
    done_of: tuple[int, int] | None
    covered: str
    beyond: str | None = None


def _around(match: re.Match[str], text: str) -> tuple[str, str]:
    """The words before and after: a few, since more cannot belong to the number."""
    return text[max(0, match.start() - _NEAR) : match.start()], text[match.end() : match.end() + _NEAR]


def _percent(match: re.Match[str], text: str) -> int | None:
    before, after = _around(match, text)
    if _OF_SOMETHING_ELSE.search(before) or _FOLLOWED_BY_ELSE.match(after) or _AS_A_GOAL.search(before):
        return None
    exact = min(float(_WHOLE), float(f"{match['low']}.{match['tenth'] or 0}"))
    value = _WHOLE - 1 if _WHOLE > exact > _WHOLE - 1 else round(exact)
    if value == _WHOLE and _JUST_BELOW.search(before):
        return _WHOLE - 1
    return _WHOLE - value if _LEFT.search(before) or _STILL_LEFT.match(after) else value


def _is_share(match: re.Match[str], text: str, today: date) -> bool:
    """Whether a/b counts things. "5/6" is a day after "gửi" in June, and a share after "xong"."""
    a, b = _count(match["a"]), _count(match["b"])
    before, after = _around(match, text)
    if (
        not 0 <= a <= b
        or b == 0
        or (b <= _MONTHS and _DAY_BEFORE.search(before))
        or (b in _YEARS and _NUMBERED.search(before))
    ):
        return False
    if _NOUN_NEXT.match(after) or _MEASURED.search(before) or not re.search(r"\w", before + after):
        return True
    if _ONLY_ADDRESSES.match(before) and _ALREADY_SO.match(after):
        return True
    if _FINISHED.match(after) and not _PART_OF_DAY.search(before):
        return True  # "đã 2/3 xong" in March: were it a day, the whole would be recorded as done
    months_off = abs(b - today.month)
    return b > _MONTHS or min(months_off, _MONTHS - months_off) > 1


def _count(word: str) -> int:
    """The number, also with a point at its thousands."""
    return number(word.replace(".", ""))


def _share(match: re.Match[str], text: str) -> tuple[int, int]:
    a, b = _count(match["a"]), _count(match["b"])
    before, after = _around(match, text)
    return (b - a, b) if _LEFT.search(before) or _OF_WHAT_IS_OPEN.match(after) else (a, b)


def _shares(text: str, today: date) -> tuple[list[tuple[int, int]], str]:
    shares = [(m, _share(m, text)) for m in _SHARE.finditer(text) if _is_share(m, text, today)]
    shares += [(m, _share(m, text)) for m in _AMONG.finditer(text) if number(m["a"]) <= number(m["b"])]
    covered = text
    for match, _ in shares:
        covered = cover(covered, match.start(), match.end(), AMOUNT_MARK)
    may_rest = _TWO_NUMBERS.search(covered)
    rests, covered = _rests(covered) if may_rest else ([], covered)
    return [share for share in [*(share for _, share in shares), *rests] if share[1]], covered


def _told(shares: list[tuple[int, int]], text: str) -> tuple[int, int] | None:
    """The share that holds: the last where others were of an earlier day, else the lowest."""
    if len(shares) > 1 and _EARLIER_THEN_NOW.search(text):
        return shares[-1]
    return min(shares, key=lambda s: s[0] / s[1], default=None)


def _rests(text: str) -> tuple[list[tuple[int, int]], str]:
    """The shares that follow from what is left, and the text with their numbers covered."""
    shares: list[tuple[int, int]] = []
    for pattern in _REST:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            whole = (
                number(groups["whole"])
                if "whole" in groups
                else number(groups["done"]) + number(groups["left"])
            )
            done = number(groups["done"]) if "done" in groups else whole - number(groups["left"])
            if 0 <= done <= whole:
                shares.append((done, whole))
                for part in groups.keys() - {"noun"}:
                    text = cover(text, *match.span(part), AMOUNT_MARK)
    return shares, text


def _percents(text: str) -> tuple[list[int], str]:
    values: list[int] = []
    earlier: list[int] = []
    for match in _PERCENT.finditer(text):
        value = _percent(match, text)
        told = earlier if _EARLIER.search(text[: match.start()]) else values
        told += [] if value is None else [value]
        text = cover(text, match.start(), match.end(), AMOUNT_MARK)
    for match in _WORDED.finditer(text):
        value = min(_WHOLE, number(match["n"]))
        values.append(_WHOLE - value if _LEFT.search(_around(match, text)[0]) else value)
        text = cover(text, match.start(), match.end(), AMOUNT_MARK)
    return values or earlier, text


def _proportions(text: str) -> tuple[list[int], str]:
    values, text = _percents(text) if _PER_CENT.search(text) else ([], text)
    for match in _PROPORTION.finditer(text):
        a, b = number(match["a"]), number(match["b"])
        if 0 <= a <= b and b:
            values.append(_of_hundred(a, b))
            text = cover(text, match.start(), match.end(), AMOUNT_MARK)
    for match in _HALF.finditer(text):
        values.append(_WHOLE // 2)
        text = cover(text, match.start(), match.end(), AMOUNT_MARK)
    return values, text


def _of_hundred(a: int, b: int) -> int:
    """Rounded, but 100 only for the whole and 0 only for nothing."""
    return _WHOLE if a == b else min(_WHOLE - 1, max(int(a > 0), round(_WHOLE * a / b)))


def _beyond(text: str) -> str | None:
    """The first percent of the work above 100, unless it is told of a plan."""
    matches = (match for match in _PERCENT.finditer(text) if int(match["low"]) > _WHOLE)
    of_the_work = (match for match in matches if _percent(match, text) is not None)
    return next((match[0] for match in of_the_work if not _OF_A_PLAN.match(_around(match, text)[1])), None)


@lru_cache(maxsize=64)
def measure(text: str, today: date) -> Amounts:
    """Return the percent (0-100) and the share that NFC `text` tells, rounded.

    Percents above 100 count as 100, and are told if no plan explains them. Of several percents the last is
    told; of several shares the lowest, so that none hides what is open. A share gives a percent too; what is
    left ("còn 20%") is turned round. The last texts are remembered, since most are measured twice.
    """
    percents, covered = _proportions(text)
    shares, covered = _shares(covered, today)
    share = _told(shares, text)
    if percents:
        return Amounts(percents[-1], share, covered, _beyond(text))
    return Amounts(_of_hundred(*share) if share else None, share, covered)
