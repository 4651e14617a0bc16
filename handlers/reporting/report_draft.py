"""From what the database knows to the draft of a report: figures counted, words kept, each with its unit."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from config.texts import Texts
from documents.writing.forms import Cited, Count, IssuingBody, Said, Signer
from documents.writing.report_document import AnnexRow, Report, ReportFigures, ReportItem, ReportPart
from domain.common.text import fold, squeeze
from domain.reporting.counted_results import counted
from domain.reporting.report_kinds import DOTS, Reports, formal, place_of
from domain.reporting.standing import UnitStanding
from domain.updates import read_update
from handlers.common.wording import Wording
from handlers.reporting.period_wording import view_period
from services.reporting.summary import Summary
from storage.reporting.report_store import ReportedDuty, Told

_DONE = ("done", "nil")
_STEPS = 2
"""How many steps of a place in the plan make a part of the report: II.3 of II.3.4.a."""


def report_of(words: Wording, known: Reports, found: Summary) -> Report:
    """Return the draft of the report; `words` give its language and its day."""
    view, texts = found.view, words.texts
    sayings = _Sayings(words, found)
    name = view.report.name if view.report else texts("report.results")
    period = view_period(words, view)
    letterhead = _letterhead(texts, known, found)
    return Report(
        sender=letterhead.sender,
        signer=letterhead.signer,
        addressees=letterhead.addressees,
        recipients=letterhead.recipients,
        subject=str(texts("report.subject", what=name, period=period, plan=view.plan.title)),
        plan=Cited(view.plan.title, view.plan.number, view.plan.issued_on),
        period=period,
        figures=ReportFigures(words.today, found.stands.reported, found.stands.asked, found.stands.tally),
        parts=(*_parts(sayings, found), *_whole(sayings, found)),
        difficulties=_grouped((told.unit, _difficulty(told)) for told in sayings.told),
        proposals=_grouped((told.unit, told.proposal) for told in sayings.told),
        annex=tuple(
            _annex(texts, unit_standing)
            for unit_standing in sorted(found.stands.units, key=lambda unit: unit.unit_id)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Letterhead:
    sender: IssuingBody
    signer: Signer
    addressees: tuple[str, ...]
    recipients: tuple[str, ...]


def _letterhead(texts: Texts, known: Reports, found: Summary) -> _Letterhead:
    """Who sends it to whom: the coordinator to those above it, one unit to the coordinator."""
    facts = found.facts
    body, abbreviation, addressees = facts.coordinator, facts.abbreviation, _addressees(found)
    own = found.stands.units[0].unit if len(found.stands.units) == 1 else None
    if len(found.view.scope.unit_ids) == 1 and own and own != body:
        body, abbreviation, addressees = own, None, (facts.coordinator or DOTS,)
    office = known.office(body, facts.issuer)
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


def _addressees(found: Summary) -> tuple[str, ...]:
    """Whom the plan tells the coordinator to report to at the end of this round, else who issued it."""
    due = found.view.round.due_on if found.view.round else date.min
    issuer = found.facts.issuer
    to = next((upward.to for upward in found.upward if upward.due_on >= due and upward.to), ())
    full = tuple(issuer if fold(issuer).startswith(fold(one)) else one for one in to)
    return full or (issuer or DOTS,)


class _Sayings:
    """What units said in the round, told as a report tells it."""

    def __init__(self, words: Wording, found: Summary) -> None:
        self.words, self.found = words, found
        duties = {duty.id for duty in found.duties}
        whole = found.view.takes_all
        self.told = [
            told for told in found.told if told.duty_id in duties or (whole and told.duty_id is None)
        ]
        self.by_duty: dict[int | None, list[Told]] = {}
        for one in self.told:
            self.by_duty.setdefault(one.duty_id, []).append(one)
        self._sent = {
            owing.unit_id: owing for owing in found.owing if owing.duty_id is None and owing.state == "done"
        }
        self._documents = {told.unit_id: told.documents for told in found.told if told.duty_id is None}

    def on(self, duty: ReportedDuty) -> tuple[Said, ...]:
        """What was said of a duty; of a unit that reported in one, that it did."""
        told = self.by_duty.get(duty.id, [])
        silent = [] if duty.is_dated else self._silent(duty, {one.unit_id for one in told})
        return _grouped([(one.unit, self.result(one)) for one in told] + silent)

    def _silent(self, duty: ReportedDuty, heard: set[int]) -> list[tuple[str, str | None]]:
        those = (unit for unit in duty.units if unit in self._sent and unit not in heard)
        return [(self._sent[one].unit, self._in_one(one)) for one in those if self.found.of_units(one)]

    def _in_one(self, unit_id: int) -> str:
        documents = self._documents.get(unit_id, ())
        if not documents:
            return str(self.words.texts("report.in_one"))
        return str(self.words.texts("report.in_one_of", documents=", ".join(documents)))

    def result(self, told: Told) -> str | None:
        """What a unit said, word for word; None where all of it stands among the difficulties and proposals.

        No words are cut out of a sentence: what was misread may not go missing.
        """
        said = read_update(told.text, today=told.said_at.astimezone(self.words.zone).date(), due=None)
        hinders = bool(told.difficulty or told.proposal)
        if said.result is None and hinders and said.state not in _DONE and said.percent is None:
            return None
        tells = hinders or said.result is not None or told.documents
        words = squeeze(told.text) if tells else self._state(told)
        return f"{words}{self._files(told)}"

    def _state(self, told: Told) -> str:
        """A bare tap is told by its state."""
        state = str(self.words.told(told.state))
        is_measured = told.percent is not None and told.state not in _DONE
        return f"{state}, {told.percent}%" if is_measured else state

    def _files(self, told: Told) -> str:
        line = told.duty_id if told.line else None
        names = self.found.files.get((told.assignment_id, line), ())
        return str(self.words.texts("report.files", names=", ".join(names)).unescape()) if names else ""


def _difficulty(told: Told) -> str | None:
    return told.difficulty or (told.text if told.blocked else None)


def _grouped(said: Iterable[tuple[str, str | None]]) -> tuple[Said, ...]:
    """Put units together that said the same: the words stand as the first of them wrote them."""
    units: dict[str, list[str]] = {}
    first: dict[str, str] = {}
    for unit, words in said:
        if words and (key := fold(words)):
            first.setdefault(key, squeeze(words))
            units.setdefault(key, []).append(unit)
    return tuple(
        Said(tuple(dict.fromkeys(units[key])), words, tuple(Count(n, what) for n, what in counted(words)))
        for key, words in first.items()
    )


def _summed(results: tuple[Said, ...]) -> tuple[Said, ...]:
    """Keep only those counts that several units made: one unit's own needs no sum."""
    units = Counter(count.what for said in results for count in said.counted for _ in said.units)
    return tuple(
        replace(said, counted=tuple(one for one in said.counted if units[one.what] > 1)) for said in results
    )


def _parts(sayings: _Sayings, found: Summary) -> list[ReportPart]:
    """The duties under the plan's own headings, in its order; one with a date of its own in its round."""
    due = {owing.duty_id for owing in found.owing}
    parts: dict[tuple[str, str], list[ReportItem]] = {}
    for duty in found.duties:
        if duty.is_dated and duty.id not in due:
            continue
        place = ".".join(duty.section.split(".")[:_STEPS])
        item = ReportItem(squeeze(duty.text), _summed(sayings.on(duty)))
        parts.setdefault((place, duty.heading), []).append(item)
    return [ReportPart(place, title, tuple(items)) for (place, title), items in parts.items()]


def _whole(sayings: _Sayings, found: Summary) -> list[ReportPart]:
    """What units said of their work as a whole, behind the plan's parts."""
    texts = sayings.words.texts
    said = _grouped((told.unit, sayings.result(told)) for told in sayings.by_duty.get(None, ()))
    if not said:
        return []
    item = ReportItem(str(texts("report.whole_item", period=view_period(sayings.words, found.view))), said)
    return [ReportPart("", str(texts("report.whole")), (item,))]


def _annex(texts: Texts, unit: UnitStanding) -> AnnexRow:
    key = {None: f"report.unit_{unit.mark}", True: "report.unit_sent", False: "report.unit_missing"}
    state = str(texts(key[unit.has_reported]))
    if unit.blocked:
        state = str(texts("report.unit_blocked", state=state))
    return AnnexRow(formal(unit.unit), unit.total, unit.done, unit.done_late + unit.overdue, state)
