"""Items that are named by their place in the list: "hai việc đầu", "việc cuối", "thứ nhất: … thứ hai: …"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.common.text import fold
from domain.updates.days import number
from domain.updates.listed_items import by_report, in_list, mixes_lines
from domain.updates.loose import loose
from domain.updates.numbers import PREDICATE, REF
from domain.updates.word_groups import ALREADY, FINISH, NOT_YET

_THING = "(?:việc|mục|nhiệm vụ|nội dung|đầu việc|báo cáo|bc|cái|câu|ý|nv|nd)"
_NUMBER = "một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười"
_FIRST = "(?:đầu tiên|đầu|trước tiên)"
_LAST = "(?:cuối cùng|cuối|sau cùng|sau chót|chót)"
_PLACE = loose(
    rf"(?<![^\W\d]\d\s)(?:(?P<count>{_NUMBER}|[2-9]|(?P<all>các|mấy|những)) )?{_THING} "
    rf"(?:(?P<first>{_FIRST})|(?P<last>{_LAST})|(?P<middle>giữa)|"
    rf"(?P<next>sau|tiếp theo|kế tiếp|kế|(?:ở |bên )?dưới)|(?P<above>(?:ở |bên |phía )?trên))"
    rf"{PREDICATE}"
)
_NTH = loose(
    rf"(?<!\w)(?P<name>việc|mục|nội dung|nhiệm vụ|câu|ý|cái|đầu việc|đề mục|yêu cầu) thứ "
    rf"(?P<named>nhất|nhì|tư|{_NUMBER}|[1-9](?![\w.]))|"
    rf"(?P<head>^\W*(?:(?:dạ|em|báo cáo|anh|chị|thì|ạ)\W+)*|[,;.\n][^\S\n]*+(?:(?:và|còn|thì) )?)"
    rf"thứ (?P<n>nhất|nhì|tư|{_NUMBER})(?=\s*[:,]|{PREDICATE})",
    whole_words=False,
)
_ON_A_DAY = loose(
    r"\s*(?:em |bên em |sẽ |mới |thì )*(?:nộp|gửi|trình|báo cáo|họp|hoàn thành|xong|tới|này|sau)(?!\w)",
    whole_words=False,
)
_ORDINALS = {"nhat": 1, "nhi": 2}
_RUNS_ON = loose(
    rf"(?:[,;\n][^\S\n]*+|(?<!\w)(?:{FINISH}|{ALREADY}|{NOT_YET}|ạ|nha|nhé) )(?P<n>[2-9])(?= (?:tháng|quý) "
    r"(?:\d{1,2}|i{1,3}|iv) (?:này |tới |sau |em |thì )?(?:mới|sẽ)(?!\w))",
    whole_words=False,
)
_ONWARD = loose(
    rf"(?<!\w)từ (?:(?:{_THING}|số)(?: số)? )?(?P<from>{REF}) "
    r"(?:trở đi|trở xuống|về sau|đến hết|đến cuối)(?!\w)",
    whole_words=False,
)
_JOINED = loose(r"\s*(?:[,+&]|(?:và|với|lẫn|cùng)(?!\w))", whole_words=False)
_Edit = tuple[int, int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Placed:
    """A text in which places are numbers, and the items that these name.

    `doubtful` are those of which one may be meant: of 2, 5, 7 "việc thứ hai" may be 5, or number 2.
    """

    text: str
    items: frozenset[str] = frozenset()
    doubtful: tuple[str, ...] = ()


def by_place(text: str, items: Sequence[str]) -> Placed:
    """Return the text with the places of a list of `items` as their numbers; a report's lines are one place.

    Places that the list has not ("bốn việc đầu" of three) stay as they are. "thứ hai" is a day, unless "thứ
    nhất" opens the list.
    """
    if len(items) < 2 or mixes_lines(items):
        return Placed(text)
    listed, items = items, tuple(by_report(items))
    places = [*_places(text, items), *_before_a_month(text, items), *_onward(text, listed)]
    nths = [(match, _nth(match)) for match in _ordinals(text, len(items))]
    apart = [at for _, at in nths if items[at - 1] != str(at)]
    if apart and all(str(at) in items for _, at in nths):
        return Placed(
            text, doubtful=in_list([item for at in apart for item in (items[at - 1], str(at))], listed)
        )
    edits = sorted([*places, *((_start(match), match.end(), (items[at - 1],)) for match, at in nths)])
    for start, end, group in reversed(edits):
        sign = "" if _JOINED.match(text, end) else ":"
        text = f"{text[:start]}mục {', '.join(group)}{sign} {text[end:].lstrip(' :')}"
    placed = [item for _, _, group in places for item in group]
    placed += [items[at - 1] for match, at in nths if not match["name"] or at in apart]
    return Placed(text, frozenset(in_list(placed, listed)))


def _places(text: str, items: Sequence[str]) -> Iterator[_Edit]:
    group: tuple[str, ...] = ()
    for match in _PLACE.finditer(text):
        group = _group(match, group, items)
        if group:
            yield match.start(), match.end(), group


def _group(match: re.Match[str], before: tuple[str, ...], items: Sequence[str]) -> tuple[str, ...]:
    """The items of one place; `before`: those of the place that was named before it."""
    count = None if match["all"] else number(match["count"]) if match["count"] else 1
    if match["next"] or match["above"]:
        if not before:
            return ()
        others = items[items.index(before[-1]) + 1 :] if match["next"] else items[: items.index(before[0])]
        return tuple(others) if count in (None, len(others)) else ()
    if count is None or count > len(items):
        return ()
    if match["first"]:
        return tuple(items[:count])
    if match["last"]:
        return tuple(items[-count:])
    return (items[1],) if count == 1 and len(items) == 3 else ()


def _ordinals(text: str, count: int) -> Iterator[re.Match[str]]:
    """Yield "việc thứ hai", and "thứ hai" where it goes on from another; alone it is a day."""
    before, is_run = 0, False
    for match in _NTH.finditer(text):
        at = _nth(match)
        goes_on = at == 1 or (is_run and at == before + 1)
        is_day = not match["name"] and not goes_on and (not before or _ON_A_DAY.match(text, match.end()))
        if at <= count and not is_day:
            yield match
            before, is_run = at, not match["name"]


def _start(match: re.Match[str]) -> int:
    return match.start() if match["name"] else match.end("head")


def _nth(match: re.Match[str]) -> int:
    word = match["named"] or match["n"]
    return _ORDINALS.get(fold(word)) or number(word)


def _onward(text: str, listed: Sequence[str]) -> Iterator[_Edit]:
    """ "Từ mục 3 trở đi": down to the end of the list."""
    for match in _ONWARD.finditer(text):
        of_it = [at for at, item in enumerate(listed) if match["from"] in (item, item.split(".")[0])]
        if of_it:
            yield match.start(), match.end(), tuple(listed[of_it[0] :])


def _before_a_month(text: str, items: Sequence[str]) -> Iterator[_Edit]:
    """ "1 xong, 2 tháng 7 mới làm": the next item, though it may be a day: it is asked about."""
    for match in _RUNS_ON.finditer(text):
        before = str(int(match["n"]) - 1)
        if match["n"] in items and re.search(rf"(?<![\d/.,]){before}(?![\d/%.]|,\d)", text[: match.start()]):
            yield match.start("n"), match.end("n"), (match["n"],)
