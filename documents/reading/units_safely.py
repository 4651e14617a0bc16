"""Reading a stranger's table of units in a process of its own, within limits (see `limited_process`)."""

from typing import Any

from pydantic import TypeAdapter

from documents.reading import Unreadable
from documents.reading.limited_process import answer_of
from documents.reading.units_file import BadRow, is_units_table, read_units
from domain.organisation.register_changes import UnitRow

_ROWS = TypeAdapter(tuple[UnitRow, ...])
TABLES = (".xlsx", ".csv")
"""The ends of the names of files that may be such tables."""


async def read_units_safely(data: bytes) -> tuple[UnitRow, ...] | None:
    """Return the units in a table; None where it is none of units.

    Raises Unreadable: "broken", "too_big", and "bad_row" with the fact `line` for a line that is no unit.
    """
    answer = await answer_of("units", data)
    return None if answer["rows"] is None else _ROWS.validate_python(answer["rows"])


def units_in(data: bytes) -> dict[str, Any]:
    """Return the answer of the process: the rows of a table of units, None where it is none."""
    if not is_units_table(data):
        return {"rows": None}
    try:
        return {"rows": _ROWS.dump_python(read_units(data), mode="json")}
    except BadRow as wrong:
        raise Unreadable("bad_row", line=str(wrong.line)) from wrong
