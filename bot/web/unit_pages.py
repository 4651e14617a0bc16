"""The units of all their plans: how each stands, who can be reached; one unit with all it said and sent."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response

from bot.web.rendering import page as render
from bot.web.rendering import sentence
from bot.web.visit import Flash, Visit
from domain.assignments.assignment import Assignment
from domain.common.file_names import safe_name, safe_type
from domain.reporting.standing import Mark
from handlers.assignments.item_list import stands
from handlers.assignments.question_notice import told_rows
from handlers.common.button_data import id_in
from handlers.organisation.invite_paper import codes_paper
from services.common.results import Refused
from services.organisation.invite import invite_vacant
from services.organisation.remove_seat import removable_seats, remove_seat
from services.reporting.standing_marks import MARK_OF, WORST, Marks, by_unit
from services.reporting.unit_counts import units_to_phone
from storage.assignments import assignment_store, evidence_store, progress_store, question_store
from storage.assignments.evidence_store import Evidence
from storage.assignments.progress_store import Progress
from storage.assignments.question_store import Question
from storage.organisation import people_store
from storage.organisation.people_store import Contact
from storage.reporting import read_models
from storage.reporting.read_models import UnitName

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HISTORY = 100
"""How many of the last words of a unit are shown."""
VIEWS = ("", "goi", "gia-han")
"""All units; those to phone; those that ask for a later date."""


@dataclass(frozen=True, slots=True)
class UnitListRow:
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
class OwedItem:
    """One thing that a unit owes or owed: with its mark, its last words, and the later date it asks for."""

    one: Assignment
    mark: Mark | None
    said: Progress | None
    wish: date | None
    files: tuple[tuple[Evidence, ...], ...]
    """What it sent to show its work, set by set."""
    questions: tuple[Markup, ...] = ()
    """What it asked about it, with the answers."""

    @property
    def count(self) -> int:
        """How many files these are."""
        return sum(map(len, self.files))


async def listing(visit: Visit) -> Response:
    """Show the units, or those of them that the address chooses."""
    view = visit.asked("xem") if visit.asked("xem") in VIEWS else ""
    ids = [plan.id for plan in visit.live]
    rows = await _rows(visit, ids)
    if view == "goi":
        to_phone = await units_to_phone(visit.conn, ids, visit.today)
        rows = await _with_people(visit, [row for row in rows if row.unit.id in to_phone])
    elif view == "gia-han":
        rows = [row for row in rows if row.wishes]
    seats = await removable_seats(visit.conn, visit.person)
    return render(visit, "units", at="units", rows=rows, view=view, views=VIEWS, seats=seats)


async def page(visit: Visit) -> Response:
    """Show one unit, as far as it has work in their plans."""
    unit_id = id_in(str(visit.request.path_params["unit"]))
    ids = [plan.id for plan in visit.live]
    assignments = [
        unit for unit in await assignment_store.of_units(visit.conn, [unit_id]) if _is_theirs(visit, unit)
    ]
    if not assignments:
        raise HTTPException(404)
    files = await evidence_store.of(visit.conn, [assignment.id for assignment in assignments])
    latest = await progress_store.latest(visit.conn, [assignment.id for assignment in assignments])
    wishes = await read_models.wishes(visit.conn, ids)
    questions = await question_store.of_assignments(visit.conn, [assignment.id for assignment in assignments])
    return render(
        visit,
        "unit",
        at="units",
        name=assignments[0].unit,
        unit_id=unit_id,
        owed=[
            replace(
                _owed(visit, assignment, latest, wishes, files),
                questions=_asked(visit, assignment, questions),
            )
            for assignment in assignments
        ],
        general=_asked(visit, None, await question_store.of_unit(visit.conn, unit_id, _own(visit))),
        safe_name=safe_name,
        stands=stands,
        contacts=await people_store.contacts(visit.conn, [unit_id], visit.today),
        history=await read_models.history(visit.conn, unit_id, ids, HISTORY, id_in(visit.asked("loi"))),
    )


async def codes(visit: Visit) -> Response:
    """Make codes for all units without anybody, and give them as a workbook, this once."""
    made = await invite_vacant(visit.conn, by=visit.person, now=visit.now, today=visit.today)
    if not made:
        visit.tell(Flash(visit.words.texts("invites.none")))
        return visit.go("/don-vi?xem=goi")
    paper = codes_paper(visit.words.texts, visit.rules.zone, made)
    headers = {"Content-Disposition": f'attachment; filename="{paper.name}"'}
    return Response(paper.data, media_type=_SHEET, headers=headers)


async def end_seat(visit: Visit) -> Response:
    """Take the seat of a colleague of the visitor's own unit away; the unit has a day to object."""
    number: int = visit.request.path_params["seat"]
    result = await remove_seat(visit.conn, number, by=visit.person, now=visit.now, today=visit.today)
    if isinstance(result, Refused):
        visit.tell(Flash(visit.texts("not_taken"), wrong=True))
        return visit.go("/don-vi")
    seat, local = result.seat, result.ends_at.astimezone(visit.rules.zone)
    texts = visit.words.texts
    until = f"{local:%H:%M}, {visit.words.full(local.date())}"
    facts = {"person": seat.person, "role": texts(f"role.{seat.role}"), "unit": seat.unit}
    visit.tell(Flash(texts("seat.ends", until=until, **facts)))
    return visit.go("/don-vi")


async def proof(visit: Visit) -> Response:
    """Give a file by which a unit shows its work, as what it was found to be, to be saved and not shown."""
    files = await evidence_store.get(visit.conn, [id_in(str(visit.request.path_params["file"]))])
    assignments = await assignment_store.get(visit.conn, [file.assignment_id for file in files])
    unit_id = visit.request.path_params["unit"]
    if not assignments or assignments[0].unit_id != unit_id or not _is_theirs(visit, assignments[0]):
        raise HTTPException(404)
    (file,) = files
    path = visit.files.path(file.sha256)
    if not await asyncio.to_thread(path.is_file):
        return sentence(visit.request, visit.person.language, "file_gone", 410)
    name = safe_name(file.name, file.media_type)
    return FileResponse(path, media_type=safe_type(file.media_type), filename=name)


def _own(visit: Visit) -> tuple[int, ...]:
    return visit.person.units("coordinator")


def _is_theirs(visit: Visit, assignment: Assignment) -> bool:
    return assignment.coordinator_id in _own(visit)


def _asked(visit: Visit, one: Assignment | None, questions: Sequence[Question]) -> tuple[Markup, ...]:
    about = one.id if one else None
    return tuple(told_rows(visit.words, (q for q in questions if q.assignment_id == about)))


def _owed(
    visit: Visit,
    assignment: Assignment,
    latest: Mapping[tuple[int, int | None], Progress],
    wishes: Mapping[int, date],
    files: Sequence[Evidence],
) -> OwedItem:
    own_files = (file for file in files if file.assignment_id == assignment.id)
    return OwedItem(
        one=assignment,
        mark=MARK_OF.get(assignment.timeliness(visit.today)),
        said=latest.get((assignment.id, None)),
        wish=wishes.get(assignment.id),
        files=tuple(tuple(some) for _, some in groupby(own_files, key=lambda file: file.album or file.id)),
    )


async def _rows(visit: Visit, plan_ids: list[int]) -> list[UnitListRow]:
    marks = await by_unit(visit.conn, plan_ids, visit.today)
    names = await read_models.unit_names(visit.conn, plan_ids)
    reached = await read_models.reach(visit.conn, visit.today)
    wishes = await read_models.wishes_by_unit(visit.conn, plan_ids)
    rows = [
        UnitListRow(names[unit_id], some, reached.get(unit_id), wishes.get(unit_id, ()))
        for unit_id, some in marks.items()
    ]
    return sorted(rows, key=_worst_first)


def _worst_first(row: UnitListRow) -> tuple[int, int, str]:
    place = WORST.index(row.mark) if row.mark else len(WORST)
    return place, -dict(row.marks).get("overdue", 0), row.unit.name


async def _with_people(visit: Visit, rows: list[UnitListRow]) -> list[UnitListRow]:
    """Put to each unit who can be phoned: its leader may be, where its focal point does not answer."""
    by_unit: defaultdict[int, list[Contact]] = defaultdict(list)
    for contact in await people_store.contacts(visit.conn, [row.unit.id for row in rows], visit.today):
        by_unit[contact.unit_id].append(contact)
    return [replace(row, people=tuple(by_unit[row.unit.id])) for row in rows]
