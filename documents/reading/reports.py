"""The reporting rules: who reports to whom, through whom, by when.

They stand in 'Chế độ báo cáo', in the duties ("định kỳ báo cáo ..."), in activities that are reports, and in
closing paragraphs. Every sentence that says so with a date, a rhythm or a recipient is one rule.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from documents.reading.account import Account
from documents.reading.bodies import Finder
from documents.reading.outline import Node
from documents.reading.owners import owner_of
from documents.reading.plan_names import Ledger
from documents.reading.words import blank_brackets
from domain.common.recurrence import Recurrence
from domain.common.text import fold, squeeze
from domain.deadlines import read_deadline
from domain.plans.plan import Activity, Duty, ReportingRule

# Patterns open with the two cases of a letter rather than "(?i)": such are found many times as fast.
_REPORT = re.compile(r"[Bb](?i:áo cáo)\b")
_SENTENCE_END = re.compile(r"\.(?:(?<=[^\d./]\.)|(?<=\d{4}\.)|(?<=/\d\.)|(?<=/\d\d\.))\s+(?=[A-ZĐ])")
"""A number before the stop may be an item's own ("1. Sở ..."), but a year and a day end a sentence."""
_NO_REPORT = re.compile(r"(?i)(?:tiếp nhận|hướng dẫn|thẩm định|mẫu|nhận|theo) báo cáo")
_OFFICE = r"(?:Sở|Ban|Văn phòng|VP|Thanh tra|Công an|Chi cục|Bộ Chỉ huy|Trung tâm|UBND|Ủy ban|Uỷ ban)"
_VIA = re.compile(rf"(?i)\((?:thông\s+)?qua\s+|(?:,\s*|\s)(?:thông\s+)?qua\s+(?={_OFFICE})")
_SENT = re.compile(
    r"(?i)(?:gửi|báo cáo)(?:(?:\s*,(?=\s*(?:0?6 tháng|năm|quý|tháng|tuần|h[ằà]ng|đột xuất)\b))?"
    r"\s+(?!về|cho|đến)[^\s,;.()]+){0,16}?"
    rf"\s+(?:về|cho|đến)\s+(?={_OFFICE})|gửi\s+(?=Sở|Ban|Văn phòng|VP)"
)
_TO = re.compile(
    r"(?i)báo cáo(?:\s+(?:kết quả|tình hình)[^,;.()]{0,80}?)?\s+(?:(?:về|cho|lên|với)\s+)?"
    rf"(?={_OFFICE}|Chủ tịch|Bộ|Tỉnh ủy|Tỉnh uỷ|Thường trực|Chính phủ|Thủ tướng)"
)
_WHEN = re.compile(
    r"(?i)(?:trước|chậm nhất|hết|vào|muộn nhất|đến|xong)?\s*(?:là\s+|vào\s+)?ngày\s+\d"
    r"|(?:trước|chậm nhất|hết|trong|vào)\s+(?:tháng|quý|\d{1,2}[/.])|(?:tháng|quý)\s+(?:\d{1,2}|[IV]+)"
    r"|(?:hằng|hàng|mỗi)\s+(?:tuần|tháng|quý|năm)|định kỳ\s+(?:\S+\s+)?(?:tuần|tháng|quý|năm|0?6)"
    r"|đột xuất|0?6 tháng|cuối năm|kết thúc năm"
)
_AND_THEN = re.compile(
    rf"(?i),\s+(?:tổng hợp|các\s|{_OFFICE}).*|,?\s+báo cáo(?!.*(?:trước|chậm nhất|hết|vào|tháng|quý) ).*"
)
_HABIT = re.compile(r"(?i)\bđịnh kỳ\b|\bh[ằà]ng (?:năm|quý|tháng)\b")
_COMPILES = re.compile(r"(?i)tổng hợp")
_TITLE = re.compile(r"(?:che do|cong tac)?.{0,20}bao cao|so ket|tong ket")
_AFTER_TITLE = re.compile(r"(?i)^[^:.]{0,40}\b(?:báo cáo|sơ kết, tổng kết)[^:.]{0,30}:\s*(?=\S)")
_IS_REPORT = re.compile(r"(?:(?:tong hop|xay dung|thuc hien),? )?bao cao|so ket|tong ket")


@dataclass(frozen=True, slots=True)
class Frame:
    """What every rule of a plan is read with: its finder and names, and the period that dates fall in."""

    finder: Finder
    ledger: Ledger
    account: Account
    period: tuple[date, date] | None
    issued_on: date | None


def reports_of(
    root: Node, duties: Sequence[Duty], activities: Sequence[Activity], frame: Frame
) -> Iterator[ReportingRule]:
    """Yield the reporting rules of a plan in reading order of their kinds: activities, duties, regime."""
    for activity in activities:
        yield from _of_activity(activity, frame)
    for duty in duties:
        yield from _of_duty(duty, frame)
    texts = {duty.text for duty in duties} | {activity.text for activity in activities}
    yield from _of_regime(root, texts, frame)


def _of_activity(activity: Activity, frame: Frame) -> Iterator[ReportingRule]:
    """An activity that is itself a report: its title speaks of one, and it has a time."""
    if not activity.when or not activity.lead or not _IS_REPORT.match(fold(activity.text[:90])):
        return
    due, recurrence = _dates(activity.when, frame)
    if due:
        who, *also = activity.lead
        to = _recipient(activity.text, frame)
        yield ReportingRule(
            activity.section, who, to, None, due, recurrence, activity.when, tuple(also), activity.passage
        )


def _of_duty(duty: Duty, frame: Frame) -> Iterator[ReportingRule]:
    for clause in _clauses(duty.text):
        if not _REPORT.search(clause) or _NO_REPORT.search(clause):
            continue
        quote, via = _when_in(clause), _through(clause, frame)
        to = _recipient(clause, frame, via)
        spoken = quote or (_HABIT.search(clause) and clause) or (_COMPILES.search(clause) and to and clause)
        if not spoken:
            continue
        due, recurrence = _dates(quote, frame) if quote else ((), "unspecified")
        # A later sentence may speak of another: "... trước 15/6. Sở A tổng hợp, báo cáo UBND trước 30/6".
        who, *also = _reporter(clause, frame) or (duty.unit, *duty.also)
        via = None if via == who else via
        yield ReportingRule(
            duty.section, who, to, via, due, recurrence, quote or clause, tuple(also), duty.passage
        )


def _of_regime(root: Node, taken: set[str], frame: Frame) -> Iterator[ReportingRule]:
    """The rules of 'Chế độ báo cáo' items and of paragraphs outside the duties."""
    inside: set[int] = set()
    for node in root.walk():
        if node.table is not None or node.text in taken or id(node) in inside:
            continue
        if node.numbered and node.children and _TITLE.match(fold(node.text[:60])):
            inside |= {id(line) for line in node.walk()}
            yield from _of_item(node, frame)
        elif not node.children:
            text = _AFTER_TITLE.sub("", node.text)
            yield from _of_text(node, text, node.section, frame, dated_only=True)


def _of_item(node: Node, frame: Frame) -> Iterator[ReportingRule]:
    """The rules of one item: who, to whom and through whom are said once for all its lines."""
    lines = [line for line in node.walk() if line.table is None]
    whole = " ".join(line.text for line in lines)
    who = next((found for line in lines if (found := _reporter(line.text, frame))), ())
    via = _through(whole, frame)
    to = _recipient(whole, frame, via)
    for line in lines:
        yield from _of_text(line, line.text, node.section, frame, who=who, via=via, to=to, dated_only=False)


def _of_text(
    node: Node, text: str, section: str, frame: Frame, *, who: tuple[str, ...] = (), via: str | None = None,
    to: str | None = None, dated_only: bool,
) -> Iterator[ReportingRule]:  # fmt: skip
    for sentence in _sentences(text):
        if dated_only and not _REPORT.search(sentence):
            continue
        quote = _when_in(sentence)
        if not quote:
            continue
        owner = _reporter(sentence, frame) or who
        through = _through(sentence, frame) or via
        through = None if through in owner else through
        recipient = _recipient(sentence, frame, through) or to
        if dated_only and not (owner and (through or recipient)):
            continue
        if dated_only and not _REPORT.search(sentence[: sentence.find(quote) + len(quote)]):
            continue
        due, recurrence = _dates(quote, frame)
        first = owner[0] if owner else ""
        if due or not re.match(r"(?i)\W*đột xuất", quote):
            frame.account.settle(node.place, "report", section)
            yield ReportingRule(
                section, first, recipient, through, due, recurrence, quote, owner[1:], node.place
            )
        if re.search(r"(?i)đột xuất", sentence):
            words = "báo cáo đột xuất"
            frame.account.settle(node.place, "report", section)
            yield ReportingRule(
                section, first, recipient, through, (), "ad hoc", words, owner[1:], node.place
            )


def _clauses(text: str) -> list[str]:
    return [
        clause for sentence in _sentences(text) for part in sentence.split(";") if (clause := part.strip())
    ]


def _sentences(text: str) -> list[str]:
    return [sentence for part in _SENTENCE_END.split(text) if (sentence := part.strip())]


def _when_in(text: str) -> str | None:
    """The words that give a sentence's deadline: from the first that speak of time to the clause's end."""
    for found in _WHEN.finditer(text):
        tail = re.split(r"(?i)\s+để\s+(?:tổng hợp|theo dõi|xem xét|báo cáo)|;", text[found.start() :])[0]
        tail = _AND_THEN.sub("", _within_brackets(tail))
        quote = squeeze(tail).strip(" .,:")
        if not _is_citation(text, found.start()):
            return quote
    return None


def _within_brackets(text: str) -> str:
    """The text up to the bracket that closes one opened before it."""
    depth = 0
    for at, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return text[:at]
    return text


def _is_citation(text: str, at: int) -> bool:
    """Tell whether the date is that of a cited document: "Kế hoạch số 215/KH-UBND ngày 10/7/2018"."""
    return bool(re.search(r"(?:số\s+\S+|/[A-ZĐ][\wĐ&-]+|ký(?: kết)?|Luật[^,;]*)\s*$", text[:at]))


def _dates(quote: str, frame: Frame) -> tuple[tuple[date, ...], Recurrence]:
    """The days by which a quote's reports are due, none before the day of issue, and how often they recur.

    Without a period only a year in the quote itself gives days.
    """
    first, last = frame.period or (None, None)
    deadline = read_deadline(quote, first, last, issued_on=frame.issued_on)
    return deadline.dates, deadline.recurrence


def _reporter(text: str, frame: Frame) -> tuple[str, ...]:
    owner = owner_of(_AFTER_TITLE.sub("", text), frame.finder)
    return frame.ledger.names(owner.bodies) if owner else ()


def _through(text: str, frame: Frame) -> str | None:
    """The body that a report goes through: 'qua Sở ...', or that it is sent to for compiling."""
    for pattern, spoken in ((_VIA, text), (_SENT, blank_brackets(text))):
        for found in pattern.finditer(spoken):
            bodies = frame.finder.listed(text.replace("(", " ").replace(")", ";"), found.end()).bodies
            if bodies and bodies[0].kind == "unit" and (pattern is _VIA or _is_office(bodies[0].name)):
                return bodies[0].name
    return None


def _is_office(name: str) -> bool:
    return not fold(name).startswith(("ubnd", "uy ban nhan dan", "bo ", "chu tich"))


def _recipient(text: str, frame: Frame, via: str | None = None) -> str | None:
    """Whom the report is for, as the text words it, several joined by '; '; not whom it only goes through."""
    for found in _TO.finditer(text):
        bodies = frame.finder.listed(text, found.end()).bodies
        if bodies and bodies[0].name != via:
            return "; ".join(body.text for body in bodies)
    return None
