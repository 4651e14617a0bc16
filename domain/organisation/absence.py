"""Leave of absence: the days that people write, and who hears a nudge for somebody who is away."""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from domain.common.text import fold, nfc, squeeze
from domain.organisation.people import Role
from domain.updates.days import Calendar, DayPhrase, find_days
from domain.updates.loose import loose

LONGEST = 60
"""Days of one absence: whoever is away for longer hands over the seat."""

_SUBSTITUTE = loose(r"(?:người )?(?:nhận )?thay(?: thế)?(?: cho tôi)?(?: là)?|nhờ|substitute")
_TITLE = loose(r"(?:(?:anh|chị|ông|bà|cô|chú|em|đ/c|đồng chí) )+(?=\w)", whole_words=False)
_DAYS_OF_A_MONTH = re.compile(
    r"(?<![\d/.])(\d{1,2})\s*(?:-|–|—|đến|den|tới|toi)\s*(\d{1,2})\s*/\s*(\d{1,2})(?!\d)", re.IGNORECASE
)
_DASH = re.compile(r"(?<=\d)\s*[-–—]\s*(?=\d{1,2}\s*/)")
_COUNTS = {
    "nua": 0.5,
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "bon": 4,
    "nam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
    "muoi": 10,
}
_NUMBERS = "|".join(_COUNTS)
_LENGTH = re.compile(
    rf"(?<![\d/.-])(?<!thu )(?<!thu)\b(?P<count>\d{{1,2}}|{_NUMBERS}) ?(?P<unit>ngay|hom|tuan|thang)\b"
    r"(?! ?\d)(?! (?:sau|nay|toi|truoc)\b)"
)
"""How long, folded; "thứ 2 tuần sau" and "20 tháng 6" are no lengths."""
_UNTIL = {"den", "toi", "het"}


@dataclass(frozen=True, slots=True)
class Leave:
    """What somebody wrote of an absence: its first and last day, local; the words for who stands in.

    `days` is None where no day could be read; `substitute` is "" where nobody is named.
    """

    days: tuple[date, date] | None
    substitute: str


def read_leave(text: str, today: date) -> Leave:
    """Return what "20/6-25/6 thay: Nguyễn A" says; one day alone is all, "đến 25/6" begins today.

    A length counts from its first day on, that day and days off included: "1 tuần từ 20/6" ends on the 26th.
    """
    text = squeeze(text)
    marker = _SUBSTITUTE.search(text)
    before, after = (text, "") if marker is None else (text[: marker.start()], text[marker.end() :])
    after = _SUBSTITUTE.sub(" ", after)
    days_told, _, name = before.rpartition(",")
    if not after.strip(" :.,;-") and days_told and not any(letter.isdigit() for letter in name):
        before, after = days_told, name  # "8/6, chị Lâm nhận thay"
    days = _days(before, today)
    if days is None and not before.strip():
        after, days = _days_behind(after, today)
    return Leave(days, without_title(after.strip(" :.,;-")))


def without_title(name: str) -> str:
    """Return a name without the words of address before it: "anh Lâm"."""
    return _TITLE.sub("", name).strip()


def _days_behind(text: str, today: date) -> tuple[str, tuple[date, date] | None]:
    """Take days from behind a name: only such as have digits, for Mai is a name too."""
    first = re.search(r"[,;(]?\s*(?:(?:từ|tu|ngày|ngay)\s+)*\d", text, re.IGNORECASE)
    return (text, None) if first is None else (text[: first.start()], _days(text[first.start() :], today))


def _days(text: str, today: date) -> tuple[date, date] | None:
    return _stretch_of(text, today) or _written(text, today)


def _stretch_of(text: str, today: date) -> tuple[date, date] | None:
    """Return the days that a length and its first day give: "1 tuần từ 20/6", "từ mai, 3 ngày"."""
    plain = fold(text)
    lengths = list(_LENGTH.finditer(plain))
    if len(lengths) != 1:
        return None
    (length,) = lengths
    rest = f"{plain[: length.start()]} , {plain[length.end() :]}"
    days = _written(rest, today)
    if days is None or days[0] != days[1] or _UNTIL & set(rest.split()):
        return None
    return days[0], _last(days[0], _COUNTS.get(length["count"]) or int(length["count"]), length["unit"])


def _last(first: date, count: float, unit: str) -> date:
    """Return the last of so many days, weeks or months from a day on, both counted."""
    if unit != "thang":
        return first + timedelta(days=max(1, int(count * (7 if unit == "tuan" else 1))) - 1)
    if count < 1:
        return first + timedelta(days=14)
    year, month = divmod(first.month - 1 + int(count), 12)
    last_of = monthrange(first.year + year, month + 1)[1]
    then = date(first.year + year, month + 1, min(first.day, last_of))
    return then - timedelta(days=1)


def _written(text: str, today: date) -> tuple[date, date] | None:
    plain_text = _DASH.sub(" đến ", _DAYS_OF_A_MONTH.sub(r"\1/\3 đến \2/\3", nfc(text)))
    phrases = find_days(plain_text, Calendar(today, today))
    stretches = [day_phrase.stretch for day_phrase in phrases if day_phrase.stretch is not None]
    if not phrases or len(stretches) < len(phrases):
        return None
    begins = today if len(phrases) == 1 and _is_end(plain_text, phrases[0]) else stretches[0][0]
    return begins, stretches[-1][1]


def _is_end(text: str, day: DayPhrase) -> bool:
    return bool(_UNTIL & set(fold(text[: day.end]).split()))


def is_called(typed_name: str, name: str) -> bool:
    """Whether a few letters mean somebody: each word typed begins one of the name, marks or not."""
    parts = fold(name).split()
    return bool(typed_name.strip()) and all(
        any(part.startswith(typed) for part in parts) for typed in fold(typed_name).split()
    )


@dataclass(frozen=True, slots=True)
class Hearing:
    """`person_id` hears what is asked of a unit's focal point or leader, whose seat is `seat_of`'s."""

    person_id: int
    unit_id: int
    role: Role
    seat_of: int

    @property
    def stands_in(self) -> bool:
        """Whether it is somebody else's seat."""
        return self.person_id != self.seat_of


def hearings(seats: Iterable[Hearing], away: Mapping[int, int]) -> tuple[Hearing, ...]:
    """Return who hears for each seat on a day; `away` gives the substitute of each who is absent.

    A substitute who is away too, or has left the unit, hears nothing: its leaders do instead, and where
    nobody of them is there, the one who is away after all.
    """
    seats = tuple(seats)
    members: dict[int, set[int]] = {}
    leaders: dict[int, list[int]] = {}
    for seat in seats:
        if seat.person_id in away:
            continue
        members.setdefault(seat.unit_id, set()).add(seat.person_id)
        if seat.role == "leader":
            leaders.setdefault(seat.unit_id, []).append(seat.person_id)
    result: list[Hearing] = []
    for seat in seats:
        substitute = away.get(seat.person_id, seat.person_id)
        if substitute in members.get(seat.unit_id, ()):
            instead = [substitute]
        else:
            instead = leaders.get(seat.unit_id) or [seat.person_id]
        result += [Hearing(one, seat.unit_id, seat.role, seat.seat_of) for one in instead]
    return tuple(result)
