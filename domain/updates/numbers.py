"""How the number of an item is written: "2", "1.2", "việc số 2", "#2", "1, 3 và 5-7"."""

import re

from domain.common.text import fold
from domain.updates.days import number
from domain.updates.loose import loose
from domain.updates.word_groups import (
    ACTS,
    ALREADY,
    FINISH,
    GOING,
    GOT,
    NO,
    NOT_YET,
    STEPS,
)

REF = r"[1-9]\d{0,2}(?:\.[1-9]\d?)?"
NAME = "(?:(?:việc|mục|câu|nhiệm vụ|stt|số)(?: số)?(?: ?#)?|#)"
_AND = r"(?:,? ?và|,|\+|&)"
_TO = "(?:-|–|đến)"
REFS = rf"{REF}(?: ?(?:{_AND}|{_TO}) ?(?:{NAME} ?)?{REF}){{0,30}}"
_ONE_OR_RANGE = loose(rf"(?P<first>{REF})(?: ?{_TO} ?(?:{NAME} ?)?(?P<last>{REF}))?", whole_words=False)
_LONGEST_RANGE = 50
_DOTTED = re.compile(r"(?<![\d.,/])[1-9]\d{0,2}\.[1-9]\d?(?![\d.,/%])")

_KEYCAP = re.compile("(?<=[0-9])[\ufe0f\u20e3]+")
_FIRST_CIRCLED = "\u2460"
_CIRCLED = re.compile("[\u2460-\u2473]")
_MARKS = (
    (re.compile("[\u2705\u2611\u2714\U0001f197]\ufe0f?"), " xong "),
    (re.compile("[\u274c\u2716]\ufe0f?"), " chưa "),
    (re.compile("[\u23f3\u231b\U0001f504\U0001f6a7]\ufe0f?"), " đang làm "),
)
_ANY_MARK = "|".join(pattern.pattern for pattern, _ in _MARKS)
# "✅ 1, 2 ⏳ 3": the marks stand before their items where the text begins with one.
_MARK_FIRST = re.compile(rf"^[^\w\n]*?(?:{_ANY_MARK})")
_MARKED = re.compile(
    rf"(?P<mark>(?:{_ANY_MARK})+)\s*(?P<refs>\d{{1,2}}(?:\.\d)?(?:\s*[,&+-]\s*\d{{1,2}}(?:\.\d)?)*)(?![\d%/])[.:)]?"
)
# "tuần sau" is no week six: without its mark the word means "after".
_DIGIT = "(?P<n>một|hai|ba|bốn|năm|«sáu»|bảy|tám|chín|mười)"
_NO_PERSON = "".join(rf"(?<!\b{word}\s)" for word in ("anh", "chị", "cô", "chú", "bác", "ông", "dì", "cậu"))
_NO_DAY = "".join(
    rf"(?<!\b{word}\s)"
    for word in (
        "tháng",
        "thứ",
        "ngày",
        "quý",
        "tuần",
        "cuối",
        "đầu",
        "giữa",
        "hết",
        "trong",
        "mùng",
        "mồng",
        "cả",
        "năm",
        "lần",
        "đợt",
        "kỳ",
        "lớp",
        "tổ",
        "thôn",
        "ấp",
        "khu",
        "nửa",
        "qua",
        "sang",
        "nhóm",
        "bước",
        "phần",
    )
)
_SPELT = loose(
    rf"(?<![^\s,;.]){_NO_PERSON}{_NO_DAY}{_DIGIT}(?= (?:{FINISH}|{NOT_YET}|{GOING}|đã (?:{FINISH}|nộp|gửi)|"
    r"(?:với|và|lẫn) (?:hai|ba|bốn|năm|sáu))(?!\w))"
)
_SPELT_ON = loose(
    rf"(?P<lead>(?:^|[,;.]|(?<!\w)(?:{FINISH}|{ALREADY}|{NOT_YET}|dạ|ạ|làm|với|và|lẫn))\s*+){_DIGIT}"
    rf"(?= (?:thì|được|đạt|{ALREADY}|(?:với|và|lẫn) (?:hai|ba|bốn|năm|sáu))(?!\w))",
    whole_words=False,
)
_NAMED_SPELT = loose(
    rf"(?P<name>việc|mục|nội dung|nhiệm vụ|câu|ý|đầu việc)(?: số)? {_DIGIT}(?! (?:xã|huyện|tỉnh|số|trong))"
)
PREDICATE = (
    rf"(?=\s*(?:[,.:;]|$)| (?:em|e|tôi|bên|đơn vị|thì|thôi|đã|vừa|mới|vẫn|cũng|còn|xin|chờ|đợi|vướng|bị|đạt|"
    rf"sắp|gần|cơ bản|sẽ|để|đều|và|với|lẫn|mai|"
    rf"(?:hôm|tuần) (?:qua|nay|trước|sau|tới)|việc|mục|báo cáo|bc|cái|số|nội dung|đến nay|hiện|"
    rf"{FINISH}|{NOT_YET}|{GOING}|{GOT}|{NO}|{ALREADY}|{ACTS}|{STEPS})(?!\w))"
)
"""What may stand behind the name of an item: its end, or what is told of it."""
_ALSO_SPELT = loose(
    rf"(?P<name>(?:báo cáo|bc|cái|dòng|đề mục|yêu cầu|cái số|số|stt|số thứ tự)(?: số)?)"
    rf" (?P<n>một|hai|ba|bốn|sáu|bảy|tám|chín|mười|(?<=số\s)năm){PREDICATE}"
)
_STROKE = re.compile(r"(?<=[^\W\d])/(?=[1-9]\d?(?:\.\d)?\s*[^\W\d/])")
_STUCK = loose(rf"(?<![\w/])(?P<n>[1-9]\d?)/(?=(?:{FINISH}|{NOT_YET}|{GOING}|đã)(?!\w))", whole_words=False)
_UNDERLINED = re.compile(r"(?<![^\s,;.])(?P<n>[1-9]\d?)[_|]+(?=\w)")
_GLUED = loose(
    rf"(?<![\w/%.,-])(?P<n>[1-9]\d?)(?=(?:{FINISH}|chưa|đang)(?!\w))|"
    rf"(?<=[^\W\d],)(?P<next>[1-9]\d?)(?=(?:{FINISH}|chưa|đang)(?!\w))|"
    rf"(?<!\w)(?P<word>{FINISH}|chưa|rồi)(?=[1-9]\d? ?(?:{FINISH}|chưa|đang)(?![^\W\d]))",
    whole_words=False,
)
"""A number without a space before its state, or behind another's: "1xong2chưa"."""
_IN_A_LIST = loose(
    r"(?P<n>(?<![\d/.,-])[1-9]\d?[).]?\s*[:=–-]?\s*+)(?P<short>đth|dth|cth|ctk|đtk|kps|ht|(?<=\s)ch)"
    r"(?=\s*(?:ạ|rồi|r|nhé|nha)?\s*(?:$|[,;.\n|]|(?:nv|việc|mục|v|m|số)? ?\d))",
    whole_words=False,
)
"""Short forms of tables, where they are all that is said of an item: "nv1 HT, nv2 ĐTH"."""
_LONG_FORMS = {
    "ch": "chưa",
    "ht": "hoàn thành",
    "dth": "đang thực hiện",
    "cth": "chưa thực hiện",
    "ctk": "chưa triển khai",
    "dtk": "đang triển khai",
    "kps": "không phát sinh",
}
_ORDINAL = loose(
    r"(?P<name>đầu việc|việc|mục|nội dung|nhiệm vụ|câu|ý|cái|yêu cầu) thứ "
    r"(?P<n>nhất|nhì|một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười)"
)
_ROMAN = r"(?:x|ix|iv|v?i{1,3}|v)(?![\w.]\w|\w)"
_THINGS = "(?:việc|mục|nội dung|nhiệm vụ|câu|ý|cái|đầu việc|đề mục|yêu cầu|số|stt)(?: số)?"
_NAMED_ROMAN = loose(
    rf"(?<!\w){_THINGS} {_ROMAN}(?:\s*(?:,|và|với|lẫn|\+|&|-|–|đến|tới)\s*(?:{_THINGS} )?{_ROMAN})*"
    r"(?! (?:của|trong|tại|ở|kế hoạch|kh|công văn|cv|phụ lục|nghị quyết)(?!\w))",
    whole_words=False,
)
_LISTED_ROMAN = loose(
    rf"(?:^|[\n;,.][^\S\n]*+|(?<!\w)(?:{FINISH}|{ALREADY}|{NOT_YET}|{GOING}|làm) ){_ROMAN}(?=\s*[.:)]?\s*"
    rf"(?:{FINISH}|{NOT_YET}|{GOING}|{ALREADY}|\d{{1,3}} ?%)(?!\w))",
    whole_words=False,
)
_EACH_ROMAN = re.compile(r"(?<!\w)(?:X|IX|IV|V?I{1,3}|V)(?!\w)|(?<!\w)(?:i{1,3}|iv|vii|viii|ix)(?!\w)")
"""Small letters only where they spell no word, as "vi" and "v" may."""
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def items_of(refs: str) -> tuple[str, ...]:
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


def dotted(text: str) -> frozenset[str]:
    """Return what may name lines of a report in a text: "1.2", wherever it stands."""
    return frozenset(_DOTTED.findall(text))


def as_numbers(text: str) -> str:
    """Return a text with ticks, crosses, boxed, circled and spelt numbers of items as words and numbers."""
    text = _CIRCLED.sub(lambda match: f" {ord(match[0]) - ord(_FIRST_CIRCLED) + 1} ", _KEYCAP.sub(" ", text))
    if _MARK_FIRST.match(text):
        text = _MARKED.sub(lambda match: f" {match['refs']} {match['mark']}, ", text)
    for mark, words in _MARKS:
        text = mark.sub(words, text)
    text = _UNDERLINED.sub(lambda match: f"{match['n']}. ", text)
    text = _STUCK.sub(lambda match: f"{match['n']}. ", text)
    text = _GLUED.sub(lambda match: f"{match[0]} ", text)
    text = _without_romans(text)
    text = _IN_A_LIST.sub(lambda match: f"{match['n']}{_LONG_FORMS[fold(match['short'])]}", text)
    text = _ORDINAL.sub(lambda match: f"mục {_nth(match['n'])}", _STROKE.sub(" / ", text))
    text = _NAMED_SPELT.sub(lambda match: f"{match['name']} {number(match['n'])}", text)
    text = _ALSO_SPELT.sub(lambda match: f"{match['name']} {number(match['n'])}", text)
    text = _SPELT_ON.sub(lambda match: f"{match['lead']}{number(match['n'])}", text)
    return _SPELT.sub(lambda match: str(number(match["n"])), text)


def _without_romans(text: str) -> str:
    """A text with the Roman numbers of items as digits: those that are called so, or begin a list."""

    def digits(match: re.Match[str]) -> str:
        whole = text[match.start() : match.end()]
        return _EACH_ROMAN.sub(lambda roman: str(_ROMANS.index(roman[0].upper()) + 1), whole)

    for pattern in (_NAMED_ROMAN, _LISTED_ROMAN):
        text = pattern.sub(digits, text)
    return text


def _nth(word: str) -> int:
    return {"nhat": 1, "nhi": 2}.get(fold(word)) or number(word)
