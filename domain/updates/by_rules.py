"""An update read by rules: wordings, numbers and days that somebody wrote down."""

import re
from collections.abc import Mapping
from datetime import date
from itertools import groupby

from domain.updates.clauses import Part, is_bare
from domain.updates.days import Calendar, find_days
from domain.updates.doubts import Doubt, doubt_about
from domain.updates.loose import loose
from domain.updates.note import Note, note_of
from domain.updates.phrases import (
    CANNOT,
    DIFFICULTY,
    LEFT_UNDONE,
    MEANS_AWAITED,
    NEGATION,
    ONLY_ALREADY,
    SO,
)
from domain.updates.sending import SENT_SOMEHOW
from domain.updates.signs import State, signs_of, state_of
from domain.updates.states import Sign
from domain.updates.time import coming, promised, time_of
from domain.updates.update import Update
from domain.updates.word_groups import DOCUMENT_MARK, FINISH, NOT_YET, SELF, TAIL

_WHOLE = 100
_OPEN_STILL = "(?:chưa|đang|sẽ|chờ|mới|phấn đấu|tiếp tục|xin|dự thảo)"
_SENT_SOMEHOW = loose(SENT_SOMEHOW)
_SENDS = loose(r"\s*(?:và )?(?:gửi|gởi|nộp|phát hành)")
_HAVING = loose(
    rf"\W*{SELF}(?:\w+ ){{0,5}}?đã (?:(?!chưa|chờ|đang|sẽ|xin|dự thảo)[^.;\n])*$", whole_words=False
)
_THERE_IS = loose("(?:đã|vừa)? ?có(?: (?:báo cáo|bc))?(?= ?¤)")
_ONLY_NOT_DONE = loose(
    rf"\W*{SELF}(?:{NOT_YET} {FINISH}|{FINISH} (?:gì|đâu|sao|cái gì) mà (?:đã )?{FINISH}|not (?:yet "
    rf")?{FINISH}(?: yet)?)(?: đâu)?{TAIL}"
)
_IN_ONE_BREATH = loose(
    rf"(?<!\w)đã (?:(?!{_OPEN_STILL}(?!\w))[^\s.;]+ ){{1,8}}?và (?={FINISH})", whole_words=False
)
"""Of "đã rà soát và hoàn thành trước ngày 4/6" both acts are past."""
_NEXT_TIME = loose(rf"(?:tuần|tháng|quý|năm) (?:sau|tới)(?: \w+){{0,2}}? {FINISH}")
_QUARTER = loose(rf"quý (?P<q>[1-4]|i{{1,3}}|iv)(?: \w+){{0,2}}? {FINISH}")
_QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_CONDITION = loose("nếu|giá (?:mà|như)|bao giờ|khi nào")
_LEFT: frozenset[Sign] = frozenset({"in_progress", "not_started", "waiting"})
_AWAITED = loose(r"\W*(?:(?:còn|đang|để|phải|vẫn) )*«(?:chờ|đợi)»(?! duyệt)", whole_words=False)


def read_by_rules(text: str, *, today: date, due: date | None) -> Update:
    """Return what `text` says; it never raises. `today` and `due` are local dates.

    "lùi 1 tuần" counts from the due date ("1 tuần nữa nộp" from today); the day of a cited document is no new
    due date. A question or a courtesy says nothing. Where a part is done the whole is in progress.
    """
    note = note_of(text, today, due)
    amounts, time = note.amounts(), time_of(note)
    if amounts.beyond:
        return Update(unclear=amounts.beyond)  # "500%" may be 50: the rest waits for the right number
    state = _state(note, amounts.percent)
    if state == "done":
        doubt = "open" if time.wanted else "unknown" if _names_time_to_come(note) else _doubt(note)
        if doubt == "unknown":
            return Update(unclear=note.text.strip())
        state = "in_progress" if doubt else state
    elif state == "in_progress" and _may_be_sent(note, amounts.percent):
        return Update(unclear=note.text.strip())
    difficulties = _difficulties(note, state)
    if state == "nil" and note.all_of("difficulty"):
        state = None  # "tủ hồ sơ cháy hết, không có gì để báo cáo": it is not nothing that happened
    if state == "nil" and any("not_started" in signs_of(note.words(part)) for part in note.all_of("reason")):
        state = "not_started"  # "chưa phát sinh gì vì chưa triển khai"
    return Update(
        state=state,
        percent=_percent(state, amounts.percent),
        done_of=amounts.done_of,
        blocked=state != "done" and any(_hinders(note, part) for part in difficulties),
        result=_result(note),
        difficulty=note.span(difficulties),
        proposal=note.span(note.all_of("proposal")),
        extension_to=time.until,
        wants_extension=time.wanted,
        unclear=time.unclear,
        documents=note.documents,
        acknowledged=any(map(str.isalnum, text)) and len(note.parts) == len(note.all_of("courtesy")),
    )


def _names_time_to_come(note: Note) -> bool:
    """Whether a time to come stands before what is finished: "tuần sau xong rồi", "quý 3 xong" in June."""
    quarter = _QUARTER.search(note.scan)
    is_ahead = quarter is not None and _QUARTERS[quarter["q"]] > (note.today.month + 2) // 3
    return is_ahead or bool(_NEXT_TIME.search(note.scan))


def is_open(text: str, today: date, due: date | None) -> bool:
    """Whether words of a line say that something is left to do, has not begun, or hangs on a condition."""
    note = note_of(text, today, due)
    return bool(_CONDITION.search(note.scan)) or _doubt(note) is not None or bool(_signs(note) & _LEFT)


def _signs(note: Note) -> frozenset[Sign]:
    all_signs: set[Sign] = set()
    results = note.all_of("result")
    not_begun = any("not_started" in signs_of(note.words(part)) for part in results)
    for part in results:
        words = note.words(part)
        if not_begun and _ONLY_NOT_DONE.match(words):
            continue  # "chưa xong, em chưa bắt đầu"
        if len(results) > 1 and ONLY_ALREADY.match(words):
            continue  # "rồi, để đó em làm"
        signs = set(_leading_to(words) or signs_of(_in_the_past(note, part)))
        if "done" in signs and coming(note, part):
            signs = signs - {"done"} | {"waiting"}  # "20/6 xong"
        if "done" in signs and _AWAITED.match(words):
            signs -= {"done"}  # "đợi học viên thi xong đã"
        all_signs |= signs
    for start, end in note.followed():
        all_signs |= signs_of(note.scan[start:end]).keys() - {"acting", "stepped"}
    hindered = note.all_of("difficulty", "reason")
    if any(LEFT_UNDONE.search(note.words(part)) for part in hindered):
        all_signs.add("not_started")
    return frozenset(all_signs)


def _in_the_past(note: Note, part: Part) -> str:
    """The words of a part, "đã" with them where it stands before the first of several acts.

    "đã rà soát, tổng hợp, gửi báo cáo về sở" tells all three of the past.
    """
    words = note.words(part)
    if part.opens or not _SENDS.match(words):
        return words
    sentence = next(other for other in reversed(note.parts) if other.opens and other.start <= part.start)
    return f"đã{words}" if _HAVING.match(note.scan[sentence.start : part.start]) else words


def _leading_to(words: str) -> Mapping[Sign, int]:
    """What is told behind "nên" of work that has not begun: "dân chưa góp nên chưa làm"."""
    so = SO.search(words)
    signs = signs_of(words[so.end() :]) if so else {}
    return signs if "not_started" in signs else {}


def _state(note: Note, percent: int | None) -> State | None:
    signs = _signs(note)
    state = state_of(signs, percent)
    results = note.all_of("result")
    is_number_alone = note.documents and all(_is_number_alone(note, part) for part in results)
    if state in (None, "in_progress") and is_number_alone and results:
        is_all = len(note.parts) == len(note.all_of("result", "courtesy"))
        return "done" if is_all and "in_progress" not in signs - {"acting"} else state
    return state


def _is_number_alone(note: Note, part: Part) -> bool:
    """Whether a part holds no more than the number of a report: it is the answer."""
    words = _THERE_IS.sub(" ", note.words(part))
    return is_bare(words) and (words == note.words(part) or all("BC" in number for number in note.documents))


def _doubt(note: Note) -> Doubt | None:
    """Return why what seems done may not be."""
    characters = list(note.scan)
    for part in note.all_of("question", "courtesy", "proposal"):
        characters[part.start : part.end] = " " * (part.end - part.start)
    text = "".join(characters)
    days = (day.stretch for day in find_days(text, Calendar(note.today, note.today)))
    if all(stretch and stretch[1] <= note.today for stretch in days):
        text = _IN_ONE_BREATH.sub(lambda match: f"{match[0].removesuffix('và ')}đã ", text)
    return doubt_about(text)


def _may_be_sent(note: Note, percent: int | None) -> bool:
    """Whether nothing but a sending is told, in words that nobody foresaw: the report, or a step."""
    return (
        percent is None and _signs(note) - {"stepped"} == {"acting"} and bool(_SENT_SOMEHOW.search(note.scan))
    )


def _percent(state: State | None, measured: int | None) -> int | None:
    if state == "done":
        return _WHOLE
    return None if measured == _WHOLE else measured  # "3/3 tin, bài chưa xong": not the whole


def _difficulties(note: Note, state: State | None) -> tuple[Part, ...]:
    """What hinders, and the reasons for what is not done; the reason of a success is part of the result."""
    return tuple(
        part
        for part in note.parts
        if part.role == "difficulty"
        or (part.role == "reason" and state != "done")
        or (part.role == "result" and _tells_of_a_hindrance(note.words(part)))
    )


def _tells_of_a_hindrance(words: str) -> bool:
    """Whether words that tell a state tell of what hinders too: "không làm được", "đợi có vốn mới làm"."""
    return bool(CANNOT.search(words) or MEANS_AWAITED.search(words))


def _hinders(note: Note, part: Part) -> bool:
    """Whether a difficulty stops the work: "do chờ số liệu" is a reason, "do chưa có số liệu" a hindrance."""
    words = note.words(part)
    return part.role != "reason" or bool(DIFFICULTY.search(words) or NEGATION.search(words))


def _result(note: Note) -> str | None:
    """From the first words that tell more than a state to the last; a number standing apart is a document."""
    runs = groupby(note.parts, key=lambda part: part.role == "result" and not promised(note, part))
    runs_told = [run for is_result, parts in runs if is_result and _tells_more(note, run := tuple(parts))]
    worded = [run for run in runs_told if any(re.search(r"\w", note.words(part)) for part in run)]
    return note.span(tuple(part for run in worded or runs_told for part in run))


def _tells_more(note: Note, run: tuple[Part, ...]) -> bool:
    return any(DOCUMENT_MARK in note.words(part) or not is_bare(note.words(part)) for part in run)
