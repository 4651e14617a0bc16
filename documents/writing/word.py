"""Fills Word templates. What people typed is data: escaped, on one line, never taken for a tag."""

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from docxtpl import DocxTemplate  # type: ignore[import-untyped]  # ships no types
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from config.files import FOLDER
from documents.writing.heading_rules import fit_rules
from documents.writing.plain import plain

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

TEMPLATES = FOLDER / "templates"
_LETTERS = "abcdđeghiklmnopqrstuvxy"
"""The order in which an office counts: a, b, c, d, đ, e."""


class BadTemplate(Exception):
    """A template could not be filled: its tags are broken, or name what is not there."""


def fill(template: Path, values: "DataclassInstance") -> bytes:
    """Return the template filled with the fields of `values`, its rules as long as the lines above want.

    Raises BadTemplate, and FileNotFoundError where there is no such file.
    """
    if not template.is_file():
        raise FileNotFoundError(template)
    document = DocxTemplate(template)
    try:
        document.render({field.name: getattr(values, field.name) for field in fields(values)}, _environment())
    except (TemplateError, BadZipFile) as wrong:
        raise BadTemplate(f"{template.name}: {wrong}") from wrong
    fit_rules(document.docx)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def letter(index: int) -> str:
    """Return the letter of the index-th item from 1; after y they go on as aa, ab."""
    rest, place = divmod(index - 1, len(_LETTERS))
    return (letter(rest) if rest else "") + _LETTERS[place]


def day(on: date) -> str:
    """Return a date in figures: days under 10 and months under 3 take a nought (Phụ lục I, điểm 4)."""
    return f"{on.day:02}/{on.month:02}/{on.year}" if on.month <= 2 else f"{on.day:02}/{on.month}/{on.year}"


def number(amount: int) -> str:
    """Return a number as offices write it: "03", "1.250"."""
    return f"{amount:02,}".replace(",", ".")


def closed(text: str) -> str:
    """Return what was said with a full stop, unless it ends with a mark of its own."""
    line = plain(text)
    return line if line.endswith((".", "!", "?", "…", ";")) else f"{line}."


def open_ended(text: str) -> str:
    """Return words without the mark at their end, for a sentence that goes on."""
    return plain(text).rstrip(".;:, ")


_FILTERS: dict[str, Callable[..., str]] = {
    "letter": letter,
    "day": day,
    "number": number,
    "closed": closed,
    "open": open_ended,
}
"""What a template may put behind a bar: {{ one.due_on|day }}."""


def _environment() -> SandboxedEnvironment:
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_fit)
    environment.filters.update(_FILTERS)
    return environment


def _fit(value: Any) -> Any:
    """What docxtpl would take for a line break, a tab or a new page is a space."""
    if isinstance(value, Markup):
        return Markup(plain(value))  # noqa: S704  # is escaped already; only white space is made less
    return plain(value) if isinstance(value, str) else value
