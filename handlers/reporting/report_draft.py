"""From what the database knows to the draft of a report: figures counted, words kept, each with its unit."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from config.texts import Texts
from documents.writing.forms import Cited, Count, IssuingBody, Remark, Signer
from documents.writing.report_document import AnnexRow, Report, ReportFigures, ReportItem, ReportPart
from domain.common.text import fold, squeeze
from domain.reporting.counted_results import counted
from domain.reporting.report_kinds import DOTS, Reports, formal, place_of
from domain.reporting.standing import UnitStanding
from handlers.common.wording import Wording
from handlers.reporting.period_wording import view_period
from handlers.reporting.remark_wording import REWORDED, word_piece, word_result
from services.reporting.summary import Summary
from storage.reporting.report_store import LatestUpdate, ReportedDuty

_STEPS = 2
"""How many steps of a place in the plan make a part of the report: II.3 of II.3.4.a."""


def report_of(wording: Wording, reports: Reports, summary: Summary) -> Report:
    """Return the draft of the report; `wording` gives its language and its day."""
    view, texts = summary.view, wording.texts
    remarks = _Remarks(wording, summary)
    name = view.report.name if view.report else texts("report.results")
    period = view_period(wording, view)
    letterhead = _letterhead(texts, reports, summary)
    parts = (*_parts(remarks, summary), *_whole(remarks, summary))
    difficulties = _grouped((update.unit, _difficulty(wording, update)) for update in remarks.updates)
    proposals = _grouped((update.unit, word_piece(wording, update.proposal)) for update in remarks.updates)
    results = (remark for part in parts for item in part.items for remark in item.results)
    is_reworded = any(remark.words.endswith(REWORDED) for remark in (*results, *difficulties, *proposals))
    return Report(
        sender=letterhead.sender,
        signer=letterhead.signer,
        addressees=letterhead.addressees,
        recipients=letterhead.recipients,
        subject=str(texts("report.subject", what=name, period=period, plan=view.plan.title)),
        plan=Cited(view.plan.title, view.plan.number, view.plan.issued_on),
        period=period,
        figures=ReportFigures(
            wording.today, summary.stands.reported, summary.stands.asked, summary.stands.tally
        ),
        parts=parts,
        difficulties=difficulties,
        proposals=proposals,
        note=texts("report.reworded_note").unescape() if is_reworded else "",
        annex=tuple(
            _annex(texts, unit_standing)
            for unit_standing in sorted(summary.stands.units, key=lambda unit: unit.unit_id)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Letterhead:
    sender: IssuingBody
    signer: Signer
    addressees: tuple[str, ...]
    recipients: tuple[str, ...]


def _letterhead(texts: Texts, reports: Reports, summary: Summary) -> _Letterhead:
    """Who sends it to whom: the coordinator to those above it, one unit to the coordinator."""
    facts = summary.facts
    body, abbreviation, addressees = facts.coordinator, facts.abbreviation, _addressees(summary)
    own = summary.stands.units[0].unit if len(summary.stands.units) == 1 else None
    if len(summary.view.scope.unit_ids) == 1 and own and own != body:
        body, abbreviation, addressees = own, None, (facts.coordinator or DOTS,)
    office = reports.office(body, facts.issuer)
    superior = office.superior or facts.issuer or DOTS
    sender = IssuingBody(
        superior=formal(superior),
        body=formal(body or DOTS),
        place=office.place or place_of(facts.issuer) or DOTS,
        suffix=office.suffix or str(texts("report.suffix", unit=abbreviation or DOTS)),
    )
    return _Letterhead(
        sender=sender,
        signer=Signer(office.signer or (DOTS,), office.signed_by or ""),
        addressees=tuple(map(formal, office.addressees or addressees)),
        recipients=office.recipients or (),
    )


def _addressees(summary: Summary) -> tuple[str, ...]:
    """Whom the plan tells the coordinator to report to at the end of this round, else who issued it."""
    due = summary.view.round.due_on if summary.view.round else date.min
    issuer = summary.facts.issuer
    to = next((upward.to for upward in summary.upward if upward.due_on >= due and upward.to), ())
    full = tuple(issuer if fold(issuer).startswith(fold(recipient)) else recipient for recipient in to)
    return full or (issuer or DOTS,)


class _Remarks:
    """What units said in the round, told as a report tells it."""

    def __init__(self, wording: Wording, summary: Summary) -> None:
        self.wording, self.summary = wording, summary
        duties = {duty.id for duty in summary.duties}
        whole = summary.view.takes_all
        self.updates = [
            update
            for update in summary.updates
            if update.duty_id in duties or (whole and update.duty_id is None)
        ]
        self.by_duty: dict[int | None, list[LatestUpdate]] = {}
        for update in self.updates:
            self.by_duty.setdefault(update.duty_id, []).append(update)
        self._sent = {
            owing.unit_id: owing for owing in summary.owing if owing.duty_id is None and owing.state == "done"
        }
        self._documents = {
            update.unit_id: update.documents for update in summary.updates if update.duty_id is None
        }

    def on(self, duty: ReportedDuty) -> tuple[Remark, ...]:
        """What was said of a duty; of a unit that reported in one, that it did."""
        updates = self.by_duty.get(duty.id, [])
        silent = [] if duty.is_dated else self._silent(duty, {update.unit_id for update in updates})
        return _grouped([(update.unit, self.result(update)) for update in updates] + silent)

    def _silent(self, duty: ReportedDuty, heard: set[int]) -> list[tuple[str, str | None]]:
        unit_ids = (unit for unit in duty.units if unit in self._sent and unit not in heard)
        return [
            (self._sent[unit_id].unit, self._in_one(unit_id))
            for unit_id in unit_ids
            if self.summary.of_units(unit_id)
        ]

    def _in_one(self, unit_id: int) -> str:
        documents = self._documents.get(unit_id, ())
        if not documents:
            return str(self.wording.texts("report.in_one"))
        return str(self.wording.texts("report.in_one_of", documents=", ".join(documents)))

    def result(self, update: LatestUpdate) -> str | None:
        """What a unit said, with the files that it sent; None where it stands among the difficulties."""
        text = word_result(self.wording, update)
        return None if text is None else f"{text}{self._files(update)}"

    def _files(self, update: LatestUpdate) -> str:
        line = update.duty_id if update.line else None
        names = self.summary.files.get((update.assignment_id, line), ())
        return str(self.wording.texts("report.files", names=", ".join(names)).unescape()) if names else ""


def _difficulty(wording: Wording, update: LatestUpdate) -> str | None:
    return word_piece(wording, update.difficulty or (update.text if update.blocked else None))


def _grouped(texts: Iterable[tuple[str, str | None]]) -> tuple[Remark, ...]:
    """Put units together that said the same: the words stand as the first of them wrote them."""
    units: dict[str, list[str]] = {}
    first: dict[str, str] = {}
    for unit, text in texts:
        if text and (key := fold(text)):
            first.setdefault(key, squeeze(text))
            units.setdefault(key, []).append(unit)
    return tuple(
        Remark(tuple(dict.fromkeys(units[key])), text, tuple(Count(n, what) for n, what in counted(text)))
        for key, text in first.items()
    )


def _summed(results: tuple[Remark, ...]) -> tuple[Remark, ...]:
    """Keep only those counts that several units made: one unit's own needs no sum."""
    units = Counter(count.what for remark in results for count in remark.counted for _ in remark.units)
    return tuple(
        replace(remark, counted=tuple(count for count in remark.counted if units[count.what] > 1))
        for remark in results
    )


def _parts(remarks: _Remarks, summary: Summary) -> list[ReportPart]:
    """The duties under the plan's own headings, in its order; one with a date of its own in its round."""
    due = {owing.duty_id for owing in summary.owing}
    parts: dict[tuple[str, str], list[ReportItem]] = {}
    for duty in summary.duties:
        if duty.is_dated and duty.id not in due:
            continue
        place = ".".join(duty.section.split(".")[:_STEPS])
        item = ReportItem(squeeze(duty.text), _summed(remarks.on(duty)))
        parts.setdefault((place, duty.heading), []).append(item)
    return [ReportPart(place, title, tuple(items)) for (place, title), items in parts.items()]


def _whole(remarks: _Remarks, summary: Summary) -> list[ReportPart]:
    """What units said of their work as a whole, behind the plan's parts."""
    texts = remarks.wording.texts
    results = _grouped((update.unit, remarks.result(update)) for update in remarks.by_duty.get(None, ()))
    if not results:
        return []
    item = ReportItem(
        str(texts("report.whole_item", period=view_period(remarks.wording, summary.view))), results
    )
    return [ReportPart("", str(texts("report.whole")), (item,))]


def _annex(texts: Texts, unit: UnitStanding) -> AnnexRow:
    key = {None: f"report.unit_{unit.mark}", True: "report.unit_sent", False: "report.unit_missing"}
    state = str(texts(key[unit.has_reported]))
    if unit.blocked:
        state = str(texts("report.unit_blocked", state=state))
    return AnnexRow(formal(unit.unit), unit.total, unit.done, unit.done_late + unit.overdue, state)
