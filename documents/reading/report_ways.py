"""The way that a report goes: whom it is for, and through whom it is sent."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from documents.reading.account import Account
from documents.reading.bodies import Finder
from documents.reading.issuer import is_issuer
from documents.reading.plan_names import Ledger
from documents.reading.report_clauses import OFFICE
from documents.reading.words import blank_brackets
from domain.common.text import fold
from domain.plans.plan import ReportingRule

VIA = re.compile(rf"(?i)\((?:thông\s+)?qua\s+|(?:,\s*|\s)(?:thông\s+)?qua\s+(?={OFFICE})")
_SENT = re.compile(
    r"(?i)(?:gửi|báo cáo|cung cấp|nộp)(?:\s+(?!về\b|cho\b|đến\b)[^\s;.()]+){0,16}?"
    rf"\s+(?:về|cho|đến)\s+(?={OFFICE})|gửi\s+(?={OFFICE})"
)
_LEADERS = r"(?:Lãnh đạo|Tổng Giám đốc|Giám đốc|Hiệu trưởng|Thủ trưởng|Bí thư|Trưởng ban|Chủ tịch)"
_LEADER = re.compile(rf"{_LEADERS}(?: (?:[A-ZĐ]\w*|đơn vị|cơ quan))*")
_TO = re.compile(
    r"(?i)(?:báo cáo(?:\s+(?:kết quả|tình hình)[^,;.()]{0,80}?)?\s+(?:(?:về|cho|lên|với)\s+)?"
    r"|gửi (?:\S+ ){0,4}?về )"
    rf"(?={OFFICE}|Thường trực|{_LEADERS})"
)
SENDS = re.compile(
    rf"(?i)\b(?:gửi|nộp|cung cấp|chuyển)\b(?:[^.;]{{0,160}}?\b(?:về|cho|đến|tới))?\s+(?={OFFICE})"
)
"""What is sent to an office by a day is a report, whatever it is called: numbers, results, a dossier."""
_INNER = r"(?:Phòng|Văn phòng|Ban|Chi cục|Trung tâm)"
_INNER_OFFICE = re.compile(rf"{_INNER}(?:(?! và | để |, (?:{_INNER}|Sở|UBND|Công an)\b)[^;:()]){{4,90}}")
_UNFORESEEN = re.compile(r"[A-ZĐ](?:(?! và | để )[^,;:()]){4,90}")
"""What fills the bracket of "(qua Phòng Tuyên truyền, Báo chí - Xuất bản)": one office within another."""
_GOES_THROUGH = re.compile(r"(?i)\s*\((?:thông\s+)?qua\s")
_COMPILES = re.compile(r"(?i)tổng hợp|\bđể\s+(?:thẩm định,\s*)?trình\b")
_NAMED_COMPILER = re.compile(
    r"(?:Kế hoạch|Hành chính|Nghiệp vụ|Kinh tế|Dịch vụ|Quản trị|Đào tạo|Phòng|Ban|Tổ|Bộ phận)"
    r"\s*[-–&]?\s*[Tt]ổng hợp"
)
"""Where "tổng hợp" stands in an office's name: "Phòng Kế hoạch tổng hợp"."""
_ABOVE = (
    "ubnd", "uy ban nhan dan", "bo ", "chu tich", "chinh phu", "thu tuong", "tinh uy", "thanh uy", "dang uy",
    "hdnd", "hoi dong nhan dan",
)  # fmt: skip
"""How the names open of those whom an office compiles for."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What every rule of a plan is read with: its finder and names, and the period that dates fall in."""

    finder: Finder
    ledger: Ledger
    account: Account
    period: tuple[date, date] | None
    issued_on: date | None
    issuer: str | None = None

    def is_issuer(self, name: str) -> bool:
        """Tell whether a name is that of who issues the plan."""
        return is_issuer(name, self.issuer)


@dataclass(frozen=True, slots=True)
class Way:
    """The way that a report goes: whom it is for, and through whom."""

    to: str | None = None
    via: str | None = None


NO_WAY = Way()


def way_of(text: str, frame: Frame) -> Way:
    """Return the way that a clause words."""
    via = through_of(text, frame)
    return Way(recipient_of(text, frame, via), via)


def leads_somewhere(way: Way) -> bool:
    """Tell whether a way has a recipient or an office on it."""
    return way != NO_WAY


def completed(own: Way, handed: Way, frame: Frame) -> Way:
    """Return a clause's own way with what is missing in it as said beside it.

    A report that names whom it is for goes through nobody unless the others for the same body do.
    """
    if own.via or own == NO_WAY:
        return Way(own.to or handed.to, own.via or handed.via)
    if own.to == handed.via:
        return handed
    same = handed.to in (None, own.to) or (own.to is not None and frame.is_issuer(own.to))
    return Way(own.to, handed.via if same else None)


def through_of(text: str, frame: Frame) -> str | None:
    """The body that a report goes through: 'qua Sở ...', or that it is sent to for compiling."""
    for pattern in (VIA, _SENT):
        spoken = text if pattern is VIA else blank_brackets(text)
        for found in pattern.finditer(spoken):
            if pattern is _SENT and not _COMPILES.search(_NAMED_COMPILER.sub(" ", text[found.end() :])):
                continue  # whoever compiles before sending is the sender
            if pattern is VIA and (inner := _bracketed_name(text, found, frame)):
                return inner
            bodies = frame.finder.listed(text.replace("(", " ").replace(")", ";"), found.end()).bodies
            if bodies and bodies[0].kind == "unit" and (pattern is VIA or _is_office(bodies[0].name)):
                return None if frame.is_issuer(bodies[0].name) else bodies[0].name
    return None


def _bracketed_name(text: str, found: re.Match[str], frame: Frame) -> str | None:
    """The name of one office that fills a bracket, known or not: "(qua Phòng Xây dựng đảng)"."""
    inner = text[found.end() :].split(")")[0].strip()
    plain = _INNER_OFFICE.fullmatch(inner)
    plain = plain or (_UNFORESEEN.fullmatch(inner) if not frame.finder.listed(inner).bodies else None)
    return inner if plain and found[0].startswith("(") else None


def _is_office(name: str) -> bool:
    return not fold(name).startswith(_ABOVE)


def through_compilers(rules: Sequence[ReportingRule], frame: Frame) -> list[ReportingRule]:
    """Return the rules; what is sent to an office alone that compiles others of them goes through it too."""
    compilers = {rule.via for rule in rules if rule.via and not rule.to}
    return [
        replace(rule, to=None, via=rule.to)
        if rule.via is None and rule.to in compilers and not frame.is_issuer(rule.to)
        else rule
        for rule in rules
    ]


def recipient_of(text: str, frame: Frame, via: str | None = None) -> str | None:
    """Whom the report is for, as the text words it, several joined by '; '; not whom it only goes through."""
    for found in _SENT.finditer(blank_brackets(text)):
        listed = frame.finder.listed(text, found.end())
        if listed.bodies and _GOES_THROUGH.match(text, listed.end):
            return "; ".join(body.text for body in listed.bodies)
    for pattern, spoken in ((_TO, text), (_SENT, blank_brackets(text))):
        for found in pattern.finditer(spoken):
            bodies = frame.finder.listed(text, found.end()).bodies
            if bodies and bodies[0].name != via:
                return "; ".join(body.text for body in bodies)
            if not bodies and (leader := _leader_at(text, found.end(), frame)):
                return leader
    return None


def _leader_at(text: str, at: int, frame: Frame) -> str | None:
    """The leader whom a text names there, with the body that is led: "Giám đốc Công an tỉnh"."""
    leader = _LEADER.match(text, at)
    title = re.match(rf"{_LEADERS}\s+", text[at:])
    led = frame.finder.listed(text, at + title.end()).bodies if title else ()
    return f"{title[0]}{led[0].text}" if title and led else leader[0] if leader else None
