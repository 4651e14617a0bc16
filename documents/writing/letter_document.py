"""The draft of a công văn đôn đốc, to a unit that has long been silent: for a person to sign and send.

Its words and its form (Nghị định 30/2020/NĐ-CP, Phụ lục I) stand in config/templates/letter.docx; a body of
the Party gets those of letter-party.docx, a request without reproach.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from documents.writing.forms import Cited, IssuingBody, Signer


@dataclass(frozen=True, slots=True)
class Overdue:
    """One duty or report that has not come; `planned_on` is its date before any extension, all days local.

    It is late by `days_late` working days.
    """

    duty: str
    due_on: date
    planned_on: date
    days_late: int


@dataclass(frozen=True, slots=True)
class Letter:
    """All that the template is filled with.

    `subject` follows "V/v"; `as_of` is the local day on which it is so, `answer_by` the day that is asked
    for, None to ask for none. `recipients` are the lines of "Nơi nhận" between "Như trên" and "Lưu".
    """

    sender: IssuingBody
    signer: Signer
    subject: str
    addressees: tuple[str, ...]
    plan: Cited
    as_of: date
    overdue: tuple[Overdue, ...]
    answer_by: date | None = None
    recipients: tuple[str, ...] = ()


def write_letter(letter: Letter, *, party: bool = False, template: Path | None = None) -> bytes:
    """Return the .docx; `party` tells that it goes to a body of the Party.

    Raises BadTemplate where the template cannot be filled, FileNotFoundError where there is none.
    """
    from documents.writing.word import TEMPLATES, fill

    return fill(template or TEMPLATES / ("letter-party.docx" if party else "letter.docx"), letter)
