"""The reporting rules: who reports to whom, through whom, by when.

They stand in 'Chế độ báo cáo', in the duties ("định kỳ báo cáo ..."), in activities that are reports, and in
closing paragraphs. Every sentence that says so with a date, a rhythm or a recipient is one rule.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from documents.reading.body import Body
from documents.reading.duty_parts import is_past
from documents.reading.outline import Node
from documents.reading.owners import owner_of
from documents.reading.report_clauses import (
    DAILY,
    REPORT,
    after_title,
    clauses_of,
    opens_report,
    reports_at_once,
    rhythms_in,
    sentences_of,
    time_after,
    times_in,
    when_in,
    with_rhythm,
)
from documents.reading.report_ways import (
    NO_WAY,
    SENDS,
    VIA,
    Frame,
    Way,
    completed,
    leads_somewhere,
    recipient_of,
    through_compilers,
    way_of,
)
from domain.common.recurrence import Recurrence
from domain.common.text import fold, squeeze
from domain.deadlines import read_deadline
from domain.plans.plan import Activity, Duty, ReportingRule

# Patterns open with the two cases of a letter rather than "(?i)": such are found many times as fast.
_NO_REPORT = re.compile(
    r"(?i)(?:tiếp nhận|hướng dẫn|thẩm định|mẫu|nhận|theo) báo cáo|báo cáo viên"
    r"|nhu cầu (?:kinh phí|vốn)[^;.]{0,300} báo cáo|báo cáo[^;.]{0,300}\btrình (?:hđnd|hội đồng|cấp)"
    r"|báo cáo[^;.]{0,300}\b(?:xem xét|(?<!ban )chỉ đạo|quyết định|giải quyết|cho ý kiến|tháo gỡ)"
)
"""Reports that are received, asked for by others, or that only bring a matter up for a decision."""
_CALLS = re.compile(r"(?i)\b(?:yêu cầu|đề nghị|giao)\s+(?=\S)")
_MILESTONE = re.compile(
    r"(?i)báo cáo (?:giữa kỳ|sơ kết|tổng kết|kết thúc|cuối kỳ)[^.;()]{0,100}\((?:vào |cuối )?năm (20\d\d)\)"
)
_ON_DEMAND = re.compile(r"(?i)đột xuất|khi có yêu cầu")
_OPENS_HABIT = re.compile(r"(?i)\W*(?:định kỳ )?(?:h[ằà]ng (?:năm|quý|tháng|tuần)|0?6 tháng)\b")
_DOSSIER = re.compile(r"(?i)\bhồ sơ\b[^.;]{0,300}\bgửi\b")
_LONGEST_GAP = 30
"""A report is spoken of within so many characters after its date, where the date comes first."""
_HABIT = re.compile(r"(?i)\bđịnh kỳ\b|\bh[ằà]ng (?:năm|quý|tháng)\b")
_WINDOW = re.compile(
    r"(?i)\b(?:thời (?:gian|điểm|kỳ)|kỳ|số liệu)\b[^.;]{0,99}\btừ (?:ngày|tháng)\b[^.;]{0,60}\bđến\b"
)
"""From when to when the numbers of a report are counted: such a day is no deadline."""
_SPAN = re.compile(r"(?i)\btừ (?:ngày|tháng)\b[^.;]{0,60}\bđến\b")
_TITLE = re.compile(r"(?:che do|cong tac)?.{0,20}bao cao|so ket|tong ket")
_RHYTHMS: frozenset[Recurrence] = frozenset(
    {"daily", "weekly", "monthly", "quarterly", "half-yearly", "yearly"}
)
_IS_REPORT = re.compile(r"(?:(?:tong hop|xay dung|thuc hien),? )?bao cao|so ket|tong ket")


def reports_of(
    root: Node, duties: Sequence[Duty], activities: Sequence[Activity], frame: Frame
) -> list[ReportingRule]:
    """Return the reporting rules of a plan in reading order of their kinds: activities, duties, regime."""
    taken = {duty.passage for duty in duties} | {activity.passage for activity in activities}
    rules = [rule for activity in activities for rule in _of_activity(activity, frame)]
    rules += [rule for duty in duties for rule in _of_duty(duty, frame)]
    return through_compilers([*rules, *_of_regime(root, taken, frame)], frame)


def _of_activity(activity: Activity, frame: Frame) -> Iterator[ReportingRule]:
    """An activity that is itself a report: its title speaks of one, and it has a time."""
    if not activity.when or not activity.lead or not _IS_REPORT.match(fold(activity.text[:90])):
        return
    due, recurrence = _dates(activity.when, frame)
    if due or recurrence in _RHYTHMS:
        who, *also = activity.lead
        to = recipient_of(activity.text, frame)
        yield ReportingRule(
            activity.section, who, to, None, due, recurrence, activity.when, tuple(also), activity.passage
        )


def _of_duty(duty: Duty, frame: Frame) -> Iterator[ReportingRule]:
    for sentence, after in _with_next(duty, frame):
        clauses = clauses_of(sentence)
        before = next((way_of(each, frame) for each in clauses if _is_of_all(each, clauses, frame)), NO_WAY)
        for clause in clauses:
            if not _speaks(clause, frame) or _NO_REPORT.search(clause) or _WINDOW.match(clause):
                continue
            before = _in_turn(clause, before, frame)
            to, via = before.to, before.via
            habit = sentence if _OPENS_HABIT.match(sentence) else ""
            quote = when_in(clause) or time_after(after) or (when_in(habit) if habit else None)
            spoken = (
                quote
                or (_HABIT.search(clause) and clause)
                or ((to or via or _MILESTONE.search(clause)) and clause)
            )
            if not spoken:
                continue
            # A later sentence may speak of another: "... trước 15/6. Sở A tổng hợp, báo cáo UBND trước 30/6".
            owners = (duty.unit, *duty.also)
            who = frame.ledger.names(_reporter(clause, frame))
            who = owners if set(who) <= set(owners) else who
            who = () if who[0] in (via, to) else who  # what goes to whom it is told of comes from the others
            said = _Said(duty.section, who, to, via, duty.passage)
            yield from _rules(said, clause, quote, spoken, frame)


def _is_of_all(clause: str, clauses: Sequence[str], frame: Frame) -> bool:
    """Tell whether a sentence's last report, which names nobody that owes it, says where all of them go."""
    reports = [each for each in clauses if REPORT.search(each)]
    return len(reports) > 1 and clause == reports[-1] and not _reporter(clause, frame)


def _in_turn(clause: str, before: Way, frame: Frame) -> Way:
    """The way of a report of a sentence: that of the one before it where it tells neither who nor to whom."""
    own = way_of(clause, frame)
    return before if own == NO_WAY and not _reporter(clause, frame) else own


def _speaks(clause: str, frame: Frame) -> bool:
    """Tell whether a clause is of a report: it says so, or sends something to one office by a day."""
    if REPORT.search(clause):
        return True
    return bool(SENDS.search(clause) and when_in(clause) and recipient_of(clause, frame))


def _with_next(duty: Duty, frame: Frame) -> list[tuple[str, str]]:
    """The sentences of a duty, each with what follows it, in the duty or in the next passage."""
    sentences = sentences_of(duty.text)
    texts = frame.account.texts
    place = -1 if duty.passage is None else duty.passage + 1
    following = texts[place] if 0 < place < len(texts) else ""
    return list(zip(sentences, [*sentences[1:], following], strict=True))


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said of a report beside its time: where, who, to whom, through whom."""

    section: str
    who: tuple[str, ...]
    to: str | None
    via: str | None
    passage: int | None


def _rules(said: _Said, clause: str, quote: str | None, spoken: str, frame: Frame) -> Iterator[ReportingRule]:
    """The rules of one clause: one for each rhythm and milestone that it names, and one on demand."""
    milestones = list(_MILESTONE.finditer(clause))
    rhythms = rhythms_in(clause)
    own_way = said if VIA.search(clause) else replace(said, via=None)
    for found in milestones:
        yield _rule(own_way, (date(int(found[1]), 12, 31),), "once", squeeze(found[0]))
    if len(rhythms) > 1:
        for found in rhythms:
            yield _rule(said, *_rhythm(found, frame), squeeze(found[0]))
    elif quote and not re.match(r"(?i)\W*đột xuất", quote):
        for when in times_in(quote):
            due, recurrence = _dates(with_rhythm(when, clause), frame)
            if rhythms and rhythms[0][2] in when and recurrence == "once":
                due, recurrence = _rhythm(rhythms[0], frame)
            on_event = recurrence == "ad hoc" and not due
            yield _rule(said, due, recurrence, squeeze(clause) if on_event else when)
    elif not quote and not milestones:
        yield _rule(said, (), "ad hoc" if reports_at_once(clause) else "unspecified", spoken)
    if (demand := _ON_DEMAND.search(clause)) and (quote or rhythms):
        alone = quote is not None and not rhythms and _ON_DEMAND.match(quote)
        start = 0 if alone else demand.start()
        yield _rule(said, (), "ad hoc", squeeze(clause[start:]).strip(" .;,)")[:120])


def _rhythm(found: re.Match[str], frame: Frame) -> tuple[tuple[date, ...], Recurrence]:
    """The dates of one of several rhythms: "6 tháng (trước ngày 14/6)", "năm (trước ngày 20/11)"."""
    every = fold(found[1])
    due, _ = _dates(f"{found[2]} hằng tháng" if "thang" in every and "6" not in every else found[2], frame)
    recurrence: Recurrence = "yearly"
    if "6" in every:
        recurrence = "half-yearly"
    elif "quy" in every:
        recurrence = "quarterly"
    elif "thang" in every:
        recurrence = "monthly"
    return due, recurrence


def _rule(said: _Said, due: tuple[date, ...], recurrence: Recurrence, quote: str) -> ReportingRule:
    who, *also = said.who or ("",)
    return ReportingRule(
        said.section, who, said.to, said.via, due, recurrence, quote, tuple(also), said.passage
    )


def _of_regime(root: Node, taken: set[int | None], frame: Frame) -> Iterator[ReportingRule]:
    """The rules of 'Chế độ báo cáo' items and of paragraphs outside the duties."""
    inside = {
        id(line) for node in root.walk() if node.numbered and is_past(node.text) for line in node.walk()
    }
    for node in root.walk():
        if node.table is not None or node.place in taken or id(node) in inside:
            continue
        told = after_title(node.text)
        if node.numbered and (node.children or told) and _TITLE.match(fold(node.text[:60])):
            inside |= {id(line) for line in node.walk()}
            yield from _of_item(node, taken, frame)
        elif not node.children:
            yield from _of_text(node, told or node.text, node.section, frame, dated_only=True)


def _of_item(node: Node, taken: set[int | None], frame: Frame) -> Iterator[ReportingRule]:
    """The rules of one item: who reports and which way is handed to the lines that do not say it."""
    lines = [(line, line.text) for line in node.walk() if line.table is None and line.place not in taken]
    if told := after_title(node.text):
        lines.insert(0, (node, told))
    ways = [way_of(text, frame) for _, text in lines]
    reporters = [_reporter(text, frame) for _, text in lines]
    for at, (line, text) in enumerate(lines):
        who = next(filter(None, (*reporters[at::-1], *reporters)), ())
        way = next(filter(leads_somewhere, (*ways[at::-1], *ways)), NO_WAY)
        if line.numbered and line.children and not when_in(text):
            continue
        yield from _of_text(line, text, line.section, frame, who=who, handed=way, dated_only=False)


def _of_text(
    node: Node, text: str, section: str, frame: Frame, *, who: tuple[Body, ...] = (), handed: Way = NO_WAY,
    dated_only: bool,
) -> Iterator[ReportingRule]:  # fmt: skip
    called: tuple[Body, ...] = ()
    for sentence in sentences_of(text):
        called = _called(sentence, frame) or called
        owner = _reporter(sentence, frame) or who or called
        for clause in clauses_of(sentence):
            dossier = bool(_DOSSIER.search(clause))
            if dated_only and not (dossier or _speaks(clause, frame)):
                continue
            quote = when_in(clause)
            way = completed(way_of(clause, frame), handed, frame)
            if way.via in [body.name for body in owner]:
                way = Way(way.to)
            goes = bool(way.via or way.to)
            at_once = bool(goes and reports_at_once(clause))
            if (not quote and _NO_REPORT.search(clause)) or _is_span(clause, frame):
                continue
            if (
                not quote
                and not at_once
                and (dated_only or not (owner and goes) or not REPORT.search(clause))
            ):
                continue
            unowned = node.mark is None or opens_report(clause)
            if dated_only and not ((owner or dossier or unowned) and goes):
                continue
            if dated_only and not dossier and not _speaks_of_report(clause, quote or clause):
                continue
            reporter = frame.ledger.names(_reporter(clause, frame) or owner)
            frame.account.settle(node.place, "report", section)
            said = _Said(section, reporter, way.to, way.via, node.place)
            yield from _rules(said, clause, quote, clause, frame)


def _is_span(clause: str, frame: Frame) -> bool:
    """Tell whether the days of a clause are a span, not a deadline: of numbers, or of work to be done."""
    return bool(_WINDOW.match(clause) or (_SPAN.search(clause) and not _speaks(clause, frame)))


def _speaks_of_report(clause: str, quote: str) -> bool:
    """Tell whether the report stands before its date, within it, or at once after it."""
    end = clause.find(quote) + len(quote)
    said = clause[: end + _LONGEST_GAP]
    return bool(REPORT.search(said) or SENDS.search(said))


def _dates(quote: str, frame: Frame) -> tuple[tuple[date, ...], Recurrence]:
    """The days by which a quote's reports are due, none before the day of issue, and how often they recur.

    Without a period only a year in the quote itself gives days.
    """
    if DAILY.search(quote):
        return (), "daily"
    first, last = frame.period or (None, None)
    deadline = read_deadline(quote, first, last, issued_on=frame.issued_on)
    if deadline.why == "after_event" and deadline.recurrence == "unspecified":
        return deadline.dates, "ad hoc"
    return deadline.dates, deadline.recurrence


def _reporter(text: str, frame: Frame) -> tuple[Body, ...]:
    owner = owner_of(after_title(text) or text, frame.finder)
    if owner is not None and frame.is_issuer(owner.bodies[0].name) and (call := _CALLS.match(owner.rest)):
        owner = owner_of(owner.rest[call.end() :], frame.finder)  # who issues the plan calls on others
    return owner.bodies if owner else ()


def _called(text: str, frame: Frame) -> tuple[Body, ...]:
    """Whom a sentence calls on in its midst: "Trên đây là Kế hoạch ...; yêu cầu các sở thực hiện"."""
    found = _CALLS.search(text)
    owner = owner_of(text[found.end() :], frame.finder) if found else None
    return owner.bodies if owner else ()
