"""The tracking table, the ledger of nudges, and what is left after a cycle, as workbooks.

All words come from the caller: the heads of the columns, the names of the sheets, the states.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date, datetime

from documents.writing.sheets import Colour, Sheet, SheetRow
from domain.assignments.lifecycle import Tally, Timeliness
from domain.reporting.figures import Figures


@dataclass(frozen=True, slots=True)
class Labels:
    """The name of a sheet and the heads of its columns, as many as its rows have values."""

    name: str
    heads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrackingRow:
    """One assignment. Days are local; `percent` is 0-100; `standing` words its timeliness.

    Columns: number, unit, duty, role, period, planned_on, due_on, state, percent, result, difficulty,
    proposal, updated_on, standing.
    """

    unit: str
    duty: str
    role: str
    period: str
    planned_on: date
    due_on: date
    state: str
    percent: int | None
    result: str
    difficulty: str
    proposal: str
    updated_on: date | None
    standing: str
    timeliness: Timeliness


@dataclass(frozen=True, slots=True)
class TallyRow:
    """One unit's tally. Columns: number, unit, the four lines, their sum, and what was answered: on time,
    late, nil, missing, which add up to the same sum."""

    unit: str
    tally: Tally
    figures: Figures


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One nudge; moments are local, None for what did not happen; `failed` colours the line.

    Columns: number, day, unit, person, role, kind, channel, state, why, sent_at, answered_at, attempts.
    """

    day: date
    unit: str
    person: str
    role: str
    kind: str
    channel: str
    state: str
    why: str
    sent_at: datetime | None
    answered_at: datetime | None
    attempts: int
    failed: bool = False


@dataclass(frozen=True, slots=True)
class CycleRow:
    """One unit in one period. Columns: number, unit, period, and the fields in their order."""

    unit: str
    period: str
    expected: int
    on_time: int
    late: int
    nil: int
    missing: int
    extended: int
    returned: int


@dataclass(frozen=True, slots=True)
class OftenLate:
    """What was often late. Columns: number, duty, units, how many times it was owed, how many times late."""

    duty: str
    units: tuple[str, ...]
    owed: int
    late: int


@dataclass(frozen=True, slots=True)
class Tracking:
    """The tracking table with its three sheets; `total` is the word in the last line of the tally."""

    assignments: Labels
    tally: Labels
    nudges: Labels
    total: str
    rows: tuple[TrackingRow, ...]
    tallies: tuple[TallyRow, ...]
    ledger: tuple[LedgerRow, ...] = ()
    title: tuple[str, ...] = ()
    """The lines above each sheet: what it is, the plan, the day."""


_COLOURS: dict[Timeliness, Colour] = {
    "overdue": "red",
    "due": "amber",
    "in_time": "none",
    "done_in_time": "green",
    "done_late": "dark_green",
    "past": "grey",
    "cancelled": "grey",
}
_STATE, _STANDING = 7, 13
"""The columns of TrackingRow that show the colour; the words in them say the same."""

_OPEN_LATE, _MISSING = 5, 7
"""The columns of TallyRow and of CycleRow in which there should be nothing."""


def write_tracking(table: Tracking) -> bytes:
    """Return the .xlsx: a row an assignment, the tally by units with its sum, the nudges."""
    sheets = (_assignments(table), _tallies(table), _ledger(table.nudges, table.ledger))
    return _book(*(replace(sheet, title=table.title) for sheet in sheets))


def write_ledger(labels: Labels, rows: Sequence[LedgerRow]) -> bytes:
    """Return the ledger of nudges as .xlsx."""
    return _book(_ledger(labels, rows))


def write_cycle(units: Labels, rows: Sequence[CycleRow], duties: Labels, often: Sequence[OftenLate]) -> bytes:
    """Return what is left after a cycle as .xlsx: a row a unit and period, and what was often late."""
    lines = tuple(SheetRow((at, *astuple(row)), _late(row.missing)) for at, row in enumerate(rows, 1))
    lates = tuple(
        SheetRow((at, thing.duty, "; ".join(thing.units), thing.owed, thing.late))
        for at, thing in enumerate(often, 1)
    )
    return _book(
        Sheet(units.name, units.heads, lines, (_MISSING,)),
        Sheet(duties.name, duties.heads, lates),
    )


def _book(*sheets: Sheet) -> bytes:
    from documents.writing.workbook import write_book  # openpyxl takes a fifth of a second to import

    return write_book(sheets)


def _assignments(table: Tracking) -> Sheet:
    lines = (
        SheetRow((at, *astuple(row)[:-1]), _COLOURS[row.timeliness]) for at, row in enumerate(table.rows, 1)
    )
    return Sheet(table.assignments.name, table.assignments.heads, tuple(lines), (_STATE, _STANDING))


def _tallies(table: Tracking) -> Sheet:
    lines = [
        SheetRow((at, row.unit, *_counts(row)), _late(row.tally.open_late))
        for at, row in enumerate(table.tallies, 1)
    ]
    sums = (sum(column) for column in zip(*(_counts(row) for row in table.tallies), strict=True))
    if lines:
        lines.append(SheetRow((None, table.total, *sums), bold=True))
    return Sheet(table.tally.name, table.tally.heads, tuple(lines), (_OPEN_LATE,))


def _counts(row: TallyRow) -> tuple[int, ...]:
    tally, figures = row.tally, row.figures
    four = (tally.done_in_time, tally.done_late, tally.open_in_time, tally.open_late, tally.total)
    return *four, figures.on_time, figures.late, figures.nil, figures.missing


def _late(count: int) -> Colour:
    return "red" if count else "none"


def _ledger(labels: Labels, rows: Sequence[LedgerRow]) -> Sheet:
    lines = (
        SheetRow((at, *astuple(row)[:-1]), "red" if row.failed else "none") for at, row in enumerate(rows, 1)
    )
    return Sheet(labels.name, labels.heads, tuple(lines), (7, 8))
