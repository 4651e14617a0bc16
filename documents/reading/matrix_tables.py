"""Tables that have a column for each body and a sign in it for its part: "CT" | "PH" | "" | "x"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.reading.bodies import Finder
from documents.reading.outline import Table
from documents.reading.table_columns import kind_of
from documents.reading.words import cut
from domain.common.text import fold, squeeze

_LEADS = re.compile(r"ct|c|chu tri|chinh|thuc hien|th|dau moi")
_HELPS = re.compile(r"ph|p|phoi hop|ho tro|tham gia|tg|ht")
_SIGN = re.compile(r"x|v|[✓✔●•*+√☑]")
_FEWEST_BODIES, _FEWEST_ROWS = 2, 2


@dataclass(frozen=True, slots=True)
class Matrix:
    """Where such a table has what: the columns of bodies, of the work, and of its time, -1 for none."""

    bodies: tuple[int, ...]
    content: int
    when: int

    def parts(self, header: Sequence[str], row: Sequence[str]) -> tuple[str, str]:
        """Return who leads and who helps in a row, as a cell would list them.

        Where no sign says who leads, all that bear one do.
        """
        signs = [(squeeze(header[at]), fold(row[at]).strip(" .()")) for at in self.bodies]
        lead = [name for name, sign in signs if _LEADS.fullmatch(sign)]
        plain = [name for name, sign in signs if _SIGN.fullmatch(sign)]
        helps = [name for name, sign in signs if _HELPS.fullmatch(sign)]
        return "; ".join(lead or plain), "; ".join([*helps, *(plain if lead else ())])


def matrix_of(table: Table, finder: Finder) -> Matrix | None:
    """Return how a table is arranged that has a column for each body; None for any other."""
    header, rows = table.rows[0], table.rows[1:]
    signed = [at for at, name in enumerate(header) if name.strip() and _is_signed([row[at] for row in rows])]
    named = [at for at in signed if _is_body(header[at], finder)]
    if len(rows) < _FEWEST_ROWS or len(signed) < _FEWEST_BODIES or len(named) * 2 < len(signed):
        return None
    others = [at for at in range(len(header)) if at not in signed]
    worded = [at for at in others if kind_of(header[at]) not in ("number", "when", "cost", "note")]
    content = next((at for at in worded if any(len(cut(row[at])) > 1 for row in rows)), None)
    if content is None:
        return None
    when = next((at for at in others if kind_of(header[at]) == "when"), -1)
    return Matrix(tuple(signed), content, when)


def _is_signed(cells: Sequence[str]) -> bool:
    """Tell whether all cells of a column are signs or empty, and some are signs."""
    said = [fold(cell).strip(" .()") for cell in cells if cell.strip()]
    return bool(said) and all(
        _LEADS.fullmatch(sign) or _HELPS.fullmatch(sign) or _SIGN.fullmatch(sign) for sign in said
    )


def _is_body(name: str, finder: Finder) -> bool:
    words = squeeze(name)
    found = finder.listed(words)
    return bool(found.bodies) and not words[found.end :].strip(" .")
