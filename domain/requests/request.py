"""An ad hoc request as a coordinator types it: "10h 12/6 các xã: báo cáo số hộ thiệt hại"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from domain.common.text import squeeze
from domain.common.workdays import Workdays
from domain.organisation.name_lookup import Meant, read_names
from domain.organisation.register import Group, Register, Unit, words
from domain.requests.moments import read_moment
from domain.updates.loose import loose

_LEVELS = ("xã", "phường", "thị trấn", "đặc khu", "huyện")
_COLON = re.compile(r":(?!\d\d(?!\d))")
_ASKS = loose(
    r"báo cáo|gửi|cung cấp|rà soát|thống kê|nộp|cho biết|tổng hợp|đăng ký|cập nhật|đánh giá|phối hợp"
)
_BY = loose(r"trước|hạn|chậm nhất|xong trước|muộn nhất")
_POLITE = loose(r"(?:yêu cầu|đề nghị|kính gửi|gửi|tất cả|toàn bộ|toàn thể|của|trong|thuộc)")
_COMMITTEE = re.compile(r"^(?:UBND|[UỦ][ỷy] ban nhân dân)\s+", re.IGNORECASE)
_PLAN_BEFORE = loose(
    r"(?<!\w)(?:(?:của|thuộc|trong|theo) )?(?:kế hoạch|kh|chương trình)(?: số)?\s*$", whole_words=False
)
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class ParsedRequest:
    """What a line tells of a request, as far as it does.

    `at` is the local moment by which it is due; `what` is "" where nothing is asked yet.
    """

    whom: Meant
    what: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Office:
    """What a request is read by: the local, aware moment, when offices close, and their days."""

    now: datetime
    closes: time
    days: Workdays

    @property
    def today(self) -> date:
        """The local day."""
        return self.now.date()

    def moment(self, text: str) -> tuple[datetime | None, str]:
        """Return the moment that a text names, and the text without it."""
        read = read_moment(text, self.now, self.closes, self.days)
        return (None, text) if read is None else (read.at, read.rest)


def read_request(line: str, office: Office, register: Register, working: Sequence[Unit]) -> ParsedRequest:
    """Read whom, what and by when from one line; before a colon stand whom and when, behind it what.

    Without a colon, what is asked begins with its verb. A date within it is its due date only behind "trước",
    "hạn" and the like: reports have dates of their own. `working` are the members of the plan: "các đơn vị".
    """
    head, what = _parts(line)
    at, whom = office.moment(head)
    if at is None and (by := _BY.search(what)):
        at, _ = office.moment(what[by.start() :])
    return ParsedRequest(read_whom(whom, office.today, register, working), squeeze(what), at)


def _parts(line: str) -> tuple[str, str]:
    if colon := _COLON.search(line):
        return line[: colon.start()], line[colon.end() :]
    asks = [match for match in _ASKS.finditer(line) if match.start() > 0]
    return (line[: asks[0].start()], line[asks[0].start() :]) if asks else (line, "")


def read_whom(text: str, on: date, register: Register, working: Sequence[Unit]) -> Meant:
    """Read units and groups; beside the register's groups "các xã" are the communes without the wards."""
    plain = squeeze(_POLITE.sub(" ", text))
    if not plain:
        return Meant(())
    return read_names(plain, _with_levels(register), tuple(map(_with_level, working)), on)


def _with_levels(register: Register) -> Register:
    """The register with a group for each level of local government of which there are several bodies."""
    units = tuple(_with_level(unit) for unit in register.units)
    groups = tuple(
        Group((f"các {level}", f"UBND các {level}", f"UBND {level}"), frozenset({level}))
        for level in _LEVELS
        if sum(level in unit.tags for unit in units) >= _FEWEST
    )
    return Register(units, (*register.groups, *groups))


def _with_level(unit: Unit) -> Unit:
    """A committee bears the tag of its level, and is known by its place alone: "xã Mây"."""
    level = next((level for level in _LEVELS if _is_of(unit, level)), None)
    if level is None:
        return unit
    place = _COMMITTEE.sub("", unit.name)
    return replace(unit, tags=unit.tags | {level}, spellings=(*unit.spellings, place))


def _is_of(unit: Unit, level: str) -> bool:
    """Whether a body is a committee of that level: "UBND xã Mây", "Ủy ban nhân dân xã Mây"."""
    if not unit.tags & {"ubnd-xa", "ubnd-huyen"} or not _COMMITTEE.match(unit.name):
        return False
    place, wanted = words(_COMMITTEE.sub("", unit.name)), words(level)
    return place[: len(wanted)] == wanted


def without_plan(line: str, number: str) -> str | None:
    """Return a line without the plan of that number, which it names; None where it names another or none."""
    match = re.search(rf"(?<!\w){re.escape(number)}(?!\w)", line, re.IGNORECASE)
    if match is None:
        return None
    return f"{_PLAN_BEFORE.sub('', line[: match.start()])} {line[match.end() :]}"
