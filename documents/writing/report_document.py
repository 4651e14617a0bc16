"""The report of a period as a Word file, in the form of Nghị định 30/2020/NĐ-CP, Phụ lục I.

Every fixed word, measure and style stands in config/templates/report.docx, which a department edits in Word.
What is a draft stays one: number, date and signature are left blank.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from documents.writing.forms import Cited, Count, IssuingBody, Remark, Signer, totals
from domain.assignments.lifecycle import Tally


@dataclass(frozen=True, slots=True)
class ReportItem:
    """One duty in the plan's words, and what the units said of it; no results make a line to fill in."""

    duty: str
    results: tuple[Remark, ...]

    @property
    def totals(self) -> tuple[Count, ...]:
        """What the results count together; empty where only one unit counted, for its words say it."""
        counting = sum(len(remark.units) for remark in self.results if remark.counted)
        return totals(self.results) if counting > 1 else ()


@dataclass(frozen=True, slots=True)
class ReportPart:
    """A part of the plan with its heading; `number` is where the plan has it ("II.1"), "" for nowhere."""

    number: str
    title: str
    items: tuple[ReportItem, ...]


@dataclass(frozen=True, slots=True)
class ReportFigures:
    """How many units reported of those asked, and the four lines of the tally, on the local day `as_of`."""

    as_of: date
    reported: int
    asked: int
    tally: Tally


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """A unit in the annex: its duties, how many are done, how many of them or of the rest are late."""

    unit: str
    duties: int
    done: int
    late: int
    state: str


@dataclass(frozen=True, slots=True)
class Report:
    """All that the template is filled with.

    `subject` follows BÁO CÁO; `period` is in words ("6 tháng đầu năm 2026"). `difficulties` and `proposals`
    come grouped: the same words once, with the names of all who said them. `recipients` are the lines of
    "Nơi nhận" between "Như trên" and "Lưu". `note` explains a mark in the words, "" for none.
    An empty part becomes a dotted line, not a sentence.
    """

    sender: IssuingBody
    signer: Signer
    subject: str
    addressees: tuple[str, ...]
    plan: Cited
    period: str
    figures: ReportFigures
    parts: tuple[ReportPart, ...]
    difficulties: tuple[Remark, ...] = ()
    proposals: tuple[Remark, ...] = ()
    annex: tuple[AnnexRow, ...] = ()
    recipients: tuple[str, ...] = ()
    note: str = ""


def write_report(report: Report, template: Path | None = None) -> bytes:
    """Return the .docx. Raises BadTemplate where the template cannot be filled, FileNotFoundError."""
    from documents.writing.word import TEMPLATES, fill  # docxtpl takes a fifth of a second to import

    return fill(template or TEMPLATES / "report.docx", report)
