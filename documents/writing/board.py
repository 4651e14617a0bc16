"""What the status picture shows: units by duties, worst first, forty units to a page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from domain.assignments.lifecycle import Timeliness

UNITS_A_PAGE, LINES_A_PAGE, TILES_ACROSS = 40, 100, 10
"""A page ends where either is reached: messengers refuse pictures that are long and narrow."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One assignment of a unit: how it stands, and the number by which the plan knows it ("2.3")."""

    label: str
    light: Timeliness


@dataclass(frozen=True, slots=True)
class BoardUnit:
    """A unit and its assignments, in the plan's order."""

    name: str
    tiles: tuple[Tile, ...]

    @property
    def lines(self) -> int:
        """How many lines its tiles take, one at least."""
        return max(1, ceil(len(self.tiles) / TILES_ACROSS))

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(tile.light in ("done_in_time", "done_late") for tile in self.tiles)


@dataclass(frozen=True, slots=True)
class Board:
    """All that is drawn. `day` words the day and hour; `legend` names each light, in the order of the legend.

    `paging` has the places {page} and {pages}; it is shown where there are several.
    """

    title: str
    subtitle: str
    day: str
    units: tuple[BoardUnit, ...]
    legend: tuple[tuple[Timeliness, str], ...]
    paging: str = "{page}/{pages}"


@dataclass(frozen=True, slots=True)
class BoardPage:
    """What stands on one picture; `counts` are those of the whole board, `paging` is "" on an only page."""

    board: Board
    units: tuple[BoardUnit, ...]
    counts: dict[Timeliness, int]
    paging: str


def worst_first(units: Sequence[BoardUnit]) -> tuple[BoardUnit, ...]:
    """Return the units: most overdue first, then most due today, then least done."""
    return tuple(sorted(units, key=_order))


def pages_of(board: Board) -> Iterator[BoardPage]:
    """Yield the pages, worst first throughout."""
    stacks = list(_stacks(worst_first(board.units))) or [()]
    lights = [tile.light for unit in board.units for tile in unit.tiles]
    counts = {light: lights.count(light) for light, _ in board.legend}
    for at, units in enumerate(stacks, 1):
        paging = board.paging.format(page=at, pages=len(stacks)) if len(stacks) > 1 else ""
        yield BoardPage(board, units, counts, paging)


def _stacks(units: Sequence[BoardUnit]) -> Iterator[tuple[BoardUnit, ...]]:
    """Yield the units of each page."""
    stack: list[BoardUnit] = []
    for unit in units:
        if stack and (
            len(stack) == UNITS_A_PAGE
            or sum(board_unit.lines for board_unit in stack) + unit.lines > LINES_A_PAGE
        ):
            yield tuple(stack)
            stack = []
        stack.append(unit)
    if stack:
        yield tuple(stack)


def _order(unit: BoardUnit) -> tuple[int, int, float]:
    lights = [tile.light for tile in unit.tiles]
    share = unit.done / len(lights) if lights else 1.0
    return -lights.count("overdue"), -lights.count("due"), share
