"""What an office reports: whose letterhead, to whom, and which reports are drawn from one set of answers.

The operator writes it in config/reports.toml; here it is given its meaning.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from domain.common.text import fold

RoundKind = Literal["month", "quarter", "half", "year", "ad hoc"]
"""Which rounds of a plan a report is for; "ad hoc": any day, whatever round it is."""

_KEY = re.compile(r"[a-z0-9-]{1,16}")
_FILE = re.compile(r"[\w-]{1,60}\.docx")
DOTS = "…………"
"""What is left for a person to fill in."""


class BadReports(Exception):
    """The file cannot be read; the message names the entry."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The letterhead of a coordinating unit; None is worked out from the plan or left as dots.

    `unit` is its name, `begins` how the names of several begin; `issuer` limits it to plans of that body.
    `signer` are the lines of authority from the top, `contact` is how units reach it beside the channel.
    """

    unit: str | None = None
    begins: str | None = None
    issuer: str | None = None
    superior: str | None = None
    place: str | None = None
    suffix: str | None = None
    addressees: tuple[str, ...] | None = None
    recipients: tuple[str, ...] | None = None
    signer: tuple[str, ...] | None = None
    signed_by: str | None = None
    contact: str | None = None

    def fits(self, unit: str, issuer: str) -> bool:
        """Whether it is the one for a unit that compiles a plan of that issuer."""
        name = fold(unit)
        return (
            (self.unit is None or fold(self.unit) == name)
            and (self.begins is None or name.startswith(fold(self.begins)))
            and (self.issuer is None or fold(self.issuer) == fold(issuer))
        )


@dataclass(frozen=True, slots=True)
class Definition:
    """One kind of report. It takes the plan's `parts` ("II", "II.3"), all where there are none, and of these
    the duties with one of the `words` in them or their heading, all where there are none.

    `plan` is the number of the only plan that it is for; `template` a file in config/templates.
    """

    key: str
    name: str
    round: RoundKind = "ad hoc"
    template: str = "report.docx"
    plan: str | None = None
    parts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def takes(self, section: str, *texts: str) -> bool:
        """Whether a duty in that place of the plan, with that heading and wording, belongs to it."""
        if self.parts and not any(is_under(section, part) for part in self.parts):
            return False
        text = fold(" ".join(texts))
        return not self.words or any(fold(word) in text for word in self.words)


@dataclass(frozen=True, slots=True)
class Reports:
    """All that the operator has set."""

    offices: tuple[Letterhead, ...] = ()
    definitions: tuple[Definition, ...] = ()

    def office(self, unit: str, issuer: str) -> Letterhead:
        """Put together the letterhead of a unit: each line from the first entry that fits and has it."""
        fitting = [office for office in self.offices if office.fits(unit, issuer)]

        def first_set(name: str) -> Any:
            return next((v for letterhead in fitting if (v := getattr(letterhead, name)) is not None), None)

        lines = ("superior", "place", "suffix", "addressees", "recipients", "signer", "signed_by")
        return Letterhead(unit, **{line: first_set(line) for line in lines})

    def contact(self, unit: str) -> str | None:
        """Return how a unit that compiles is reached beside the channel, as the operator has set it."""
        fitting = (
            office for office in self.offices if office.contact and office.fits(unit, office.issuer or "")
        )
        return next((letterhead.contact for letterhead in fitting), None)

    def named(self, name: str) -> Definition | None:
        """Return the report of that key or name, in any spelling; None where there is none."""
        folded = fold(name)
        fitting = (
            definition for definition in self.definitions if folded in (definition.key, fold(definition.name))
        )
        return next(fitting, None)


_PLACE = re.compile(r"\b(?:tỉnh|thành phố|TP\.?)\s+(?!ủy\b)(?P<place>\S.*)$", re.IGNORECASE)
_COMMITTEE = re.compile(r"^UBND\b")


def place_of(issuer: str) -> str | None:
    """Return the place where a provincial body sits: "Hà Khê" of "UBND tỉnh Hà Khê"; None without one."""
    match = _PLACE.search(issuer)
    return match["place"] if match else None


def formal(name: str) -> str:
    """Return a body's name as it stands in the head of a document: "Ủy ban nhân dân tỉnh Hà Khê"."""
    return _COMMITTEE.sub("Ủy ban nhân dân", name)


def is_under(section: str, part: str) -> bool:
    """Whether "II.3.a" is, or stands under, the part "II.3"."""
    return f"{fold(section)}.".startswith(f"{fold(part)}.")


def parse_reports(data: Mapping[str, Any]) -> Reports:
    """Read the operator's file. Raises BadReports."""
    if strange := sorted(data.keys() - {"office", "report"}):
        raise BadReports(f"{strange[0]}: neither office nor report")
    offices = tuple(_office(at, row) for at, row in enumerate(_tables(data, "office"), 1))
    definitions = tuple(map(_definition, _tables(data, "report")))
    keys = [definition.key for definition in definitions]
    if twice := next((key for key in keys if keys.count(key) > 1), None):
        raise BadReports(f"report {twice}: there are two")
    return Reports(offices, definitions)


def _tables(data: Mapping[str, Any], name: str) -> Iterable[Mapping[str, Any]]:
    rows = data.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise BadReports(f"{name}: write [[{name}]]")
    return rows


_TEXTS = ("unit", "begins", "issuer", "superior", "place", "suffix", "signed_by", "contact")
_LISTS = ("addressees", "recipients", "signer")


def _office(at: int, row: Mapping[str, Any]) -> Letterhead:
    where = f"office {row.get('unit') or row.get('begins') or at}"
    _only(where, row, (*_TEXTS, *_LISTS))
    texts = {name: _text(where, name, row[name]) for name in _TEXTS if name in row}
    lists = {name: _texts(where, name, row[name]) for name in _LISTS if name in row}
    return Letterhead(**texts, **lists)  # type: ignore[arg-type]  # by name


def _definition(row: Mapping[str, Any]) -> Definition:
    key = row.get("key")
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise BadReports(f"report {key!r}: a key is 1 to 16 of a-z, 0-9 and -")
    where = f"report {key}"
    _only(where, row, ("key", "name", "round", "template", "plan", "parts", "words"))
    round_ = row.get("round", "ad hoc")
    if round_ not in get_args(RoundKind):
        raise BadReports(f"{where}: round is one of {', '.join(get_args(RoundKind))}")
    template = _text(where, "template", row.get("template", "report.docx"))
    if not _FILE.fullmatch(template):
        raise BadReports(f"{where}: a template is the name of a .docx in config/templates")
    return Definition(
        key=key,
        name=_text(where, "name", row.get("name")),
        round=round_,
        template=template,
        plan=_text(where, "plan", row["plan"]) if "plan" in row else None,
        parts=_texts(where, "parts", row.get("parts", [])),
        words=_texts(where, "words", row.get("words", [])),
    )


def _only(where: str, row: Mapping[str, Any], known: Sequence[str]) -> None:
    if strange := sorted(row.keys() - set(known)):
        raise BadReports(f"{where}: {strange[0]} is none of {', '.join(known)}")


def _text(where: str, name: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BadReports(f"{where}: {name} is no text")
    return value.strip()


def _texts(where: str, name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise BadReports(f"{where}: {name} is no list")
    return tuple(_text(where, name, entry) for entry in value)
