"""The province's own units from a CSV file: name,abbreviation,spellings,tags,standing."""

import csv
import io
from collections.abc import Iterator

from domain.common.text import nfc
from domain.organisation.body_kinds import Standing
from domain.organisation.register import Unit

_STANDINGS: dict[str, Standing] = {"": "local", "local": "local", "party": "party", "central": "central"}


class BadRow(Exception):
    """A line that is no unit; `line` counts from 1, the heading line included."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


def read_units(text: str) -> Iterator[Unit]:
    """Read units, one a line; lists in a cell are separated by ';'. Raises BadRow."""
    rows = csv.DictReader(io.StringIO(nfc(text)))
    if "name" not in (rows.fieldnames or ()):
        raise BadRow(1)
    for row in rows:
        name, standing = (row["name"] or "").strip(), (row.get("standing") or "").strip()
        if not name or standing not in _STANDINGS:
            raise BadRow(rows.line_num)
        yield Unit(
            name=name,
            abbreviation=(row.get("abbreviation") or "").strip() or None,
            spellings=tuple(_list(row.get("spellings"))),
            tags=frozenset(_list(row.get("tags"))),
            standing=_STANDINGS[standing],
        )


def _list(cell: str | None) -> list[str]:
    return [part.strip() for part in (cell or "").split(";") if part.strip()]
