"""More time: the day that is asked for, or promised, after the due one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.updates.clauses import Part, is_polite
from domain.updates.days import Calendar, Stretch, add_span, find_days
from domain.updates.documents import cover
from domain.updates.loose import loose
from domain.updates.note import Note
from domain.updates.phrases import AHEAD, ALREADY_SAID, PROMISED, VAGUE_TIME
from domain.updates.word_groups import FINISH, TOMORROW

_TOMORROW = loose(TOMORROW)
_DUE_BY = loose(
    r"(?<!gia\s)(?<!lùi\s)(?<!dời\s)(?<!đúng\s)hạn(?: nộp| chót| cuối|"
    r" hoàn thành)?:? ?(?:ngày )?\d{1,2}/\d{1,2}(?:/\d{2,4})?"
)
_ON_THE = loose(
    rf"(?:{FINISH}|nộp|gửi) (?:từ |vào )?(?:ngày|hôm|mùng|mồng) (?:mùng |"
    rf"mồng )?(?P<day>\d{{1,2}})(?! ?[/.-]?\d| tháng)"
)
_BEFORE_A_DAY = loose("(?:cho )?(?:đến|tới|sang|vào|qua|hết|trước|chậm nhất|chắc|khoảng|tầm)")


@dataclass(frozen=True, slots=True)
class Time:
    """Whether more time is wanted, until when, and the words that seem to say so but cannot be read."""

    wanted: bool
    until: date | None
    unclear: str | None


def coming(note: Note, part: Part) -> Stretch | None:
    """Return the first stretch to come that a part names ("20/6"); None where it tells of the past."""
    words = note.words(part)
    if ALREADY_SAID.search(words) or _is_a_day_past(words, note.today):
        return None
    words = _DUE_BY.sub(" ", words)  # "báo cáo tháng 6, hạn 15/6: xong"
    days = [day.stretch for day in find_days(words, Calendar(note.today, note.today)) if day.stretch]
    if AHEAD.search(words) and (day := add_span(words, note.today)):
        days.append((day, day))
    return next((stretch for stretch in days if stretch[1] > note.today), None)


def _is_a_day_past(words: str, today: date) -> bool:
    """Whether a day of this month that is over tells when it was finished: "xong ngày 2", on the 8th."""
    match = _ON_THE.search(words)
    return match is not None and int(match["day"]) <= today.day


def promised(note: Note, part: Part) -> date | None:
    """Return the day after the due one that a part promises: "20/6 nộp", or nothing but a day.

    "mai gửi" is an answer, not a wish for more time, however late; a stretch that the due date lies in
    ("tuần sau") may still be in time.
    """
    stretch = coming(note, part)
    if stretch is None or note.due is None or stretch[0] <= max(note.due, note.today):
        return None
    words = note.words(part)
    if not PROMISED.search(words) and not _is_only_a_day(note, words):
        return None
    return None if _TOMORROW.search(words) else stretch[1]


def _is_only_a_day(note: Note, words: str) -> bool:
    for day in find_days(words, Calendar(note.today, note.today)):
        words = cover(words, day.start, day.end, " ")
    return is_polite(_BEFORE_A_DAY.sub(" ", words))


def _asked_for(note: Note, part: Part) -> date | None:
    """The first day named that is after the due one: "từ 15/6 sang 20/6"; or so much after the due date."""
    words, since = note.words(part), note.due or note.today
    days = find_days(words, Calendar(note.today, max(note.today, since), ahead=True))
    lasts = (day.stretch[1] for day in days if day.stretch)
    for day in days:
        words = cover(words, day.start, day.end, " ")  # "5 tháng 7" is no span of five months
    return next((last for last in lasts if last > since), None) or add_span(words, since)


def _unread(note: Note, parts: tuple[Part, ...]) -> Iterator[str]:
    for part in parts:
        if VAGUE_TIME.search(note.words(part)):
            yield note.typed(part.start, part.end).strip(" ,;:.-–\n\t\r")


def _no_days(note: Note) -> Iterator[str]:
    """Days that are none (31/6) where work is told of."""
    for part in note.all_of("result"):
        for day in find_days(note.words(part), Calendar(note.today, note.today)):
            if day.stretch is None:
                yield note.typed(part.start + day.start, part.start + day.end)


def time_of(note: Note) -> Time:
    """Return the wish for more time that a note tells.

    A day that is not after the due one is no extension: its words are unclear.
    """
    requests = note.all_of("extension")
    days_asked_for = [day for part in requests if (day := _asked_for(note, part))]
    days = days_asked_for or [day for part in note.all_of("result") if (day := promised(note, part))]
    if days:
        return Time(wanted=True, until=days[0], unclear=None)
    unread = _unread(note, requests) if requests else _no_days(note)
    return Time(bool(requests), None, next(unread, None))
