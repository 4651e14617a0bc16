"""The units of all their plans: how each stands, who can be reached; and one unit with all that it said."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.dashboard.overview import MARK_OF, WORST, Marks, marks_of
from bot.dashboard.rendering import page as render
from bot.dashboard.visit import Visit
from domain.standing import Mark
from storage import assignments, boards, people, progress
from storage.assignments import Assignment
from storage.boards import UnitName
from storage.people import Contact
from storage.progress import Progress

HISTORY = 100
"""How many of the last words of a unit are shown."""
VIEWS = ("", "goi", "gia-han")
"""All units; those to phone; those that ask for a later date."""


@dataclass(frozen=True, slots=True)
class Row:
    """One unit in the list: how many of its assignments stand how, the worst first."""

    unit: UnitName
    marks: Marks
    reached: bool | None
    """Whether a message reaches a focal point; None where there is none."""
    wishes: tuple[date, ...]
    people: tuple[Contact, ...] = ()

    @property
    def mark(self) -> Mark | None:
        """The mark of the worst; None where nothing counts."""
        return self.marks[0][0] if self.marks else None


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing that a unit owes or owed: with its mark, its last words, and the later date it asks for."""

    one: Assignment
    mark: Mark | None
    said: Progress | None
    wish: date | None


async def listing(visit: Visit) -> Response:
    """Show the units, or those of them that the address chooses."""
    view = visit.asked("xem") if visit.asked("xem") in VIEWS else ""
    ids = [plan.id for plan in visit.live]
    rows = [row for row in await _rows(visit, ids) if _belongs(row, view)]
    if view == "goi":
        rows = await _with_people(visit, rows)
    return render(visit, "units", at="units", rows=rows, view=view, views=VIEWS)


async def page(visit: Visit) -> Response:
    """Show one unit, as far as it has work in their plans."""
    unit_id: int = visit.request.path_params["unit"]
    ids = [plan.id for plan in visit.live]
    own = visit.person.units("coordinator")
    owed = [one for one in await assignments.of_units(visit.work, [unit_id]) if one.coordinator_id in own]
    if not owed:
        raise HTTPException(404)
    said = await progress.latest(visit.work, [one.id for one in owed])
    wishes = await boards.wishes(visit.work, ids)
    return render(
        visit,
        "unit",
        at="units",
        name=owed[0].unit,
        owed=[_owed(visit, one, said, wishes) for one in owed],
        contacts=await people.contacts(visit.work, [unit_id], visit.today),
        history=await boards.history(visit.work, unit_id, ids, HISTORY),
    )


def _owed(
    visit: Visit,
    one: Assignment,
    said: Mapping[tuple[int, int | None], Progress],
    wishes: Mapping[int, date],
) -> Owed:
    return Owed(one, MARK_OF.get(one.timeliness(visit.today)), said.get((one.id, None)), wishes.get(one.id))


async def _rows(visit: Visit, plan_ids: list[int]) -> list[Row]:
    ways = await boards.by_unit(visit.work, plan_ids, visit.today)
    names = await boards.unit_names(visit.work, plan_ids)
    reached = await boards.reach(visit.work, visit.today)
    wishes = await boards.wishes_by_unit(visit.work, plan_ids)
    rows = [
        Row(names[unit_id], marks_of(some), reached.get(unit_id), wishes.get(unit_id, ()))
        for unit_id, some in ways.items()
    ]
    return sorted(rows, key=_worst_first)


def _worst_first(row: Row) -> tuple[int, int, str]:
    place = WORST.index(row.mark) if row.mark else len(WORST)
    return place, -dict(row.marks).get("overdue", 0), row.unit.name


def _belongs(row: Row, view: str) -> bool:
    if view == "goi":
        return not row.reached and row.mark not in (None, "done")
    return view != "gia-han" or bool(row.wishes)


async def _with_people(visit: Visit, rows: list[Row]) -> list[Row]:
    """Put to each unit who can be phoned: its leader may be, where its focal point does not answer."""
    found: defaultdict[int, list[Contact]] = defaultdict(list)
    for one in await people.contacts(visit.work, [row.unit.id for row in rows], visit.today):
        found[one.unit_id].append(one)
    return [replace(row, people=tuple(found[row.unit.id])) for row in rows]
