"""A plan as its document is laid out, with the state of each duty, and one duty with each of its units."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.web.draft_page import DraftView, document_of, draft_view_of, later_of
from bot.web.rendering import page as render
from bot.web.visit import Flash, Visit
from domain.plans.version_diff import Clause, key_of_clause
from domain.reporting.standing import Mark
from handlers.common.button_data import id_in
from handlers.common.wording import full_date
from handlers.plans.correction_wording import word_remembered
from services.plans.forget_correction import (
    CorrectionForgotten,
    forget_correction,
    remembered_corrections,
)
from services.reporting.standing_marks import MARK_OF, WORST, Marks, by_clause, of_clause
from storage.plans import draft_store
from storage.plans.clause_store import clauses
from storage.plans.plan_store import PlanRow
from storage.reporting import read_models
from storage.reporting.read_models import UnitAssignment, UnitName

NAMED = 5
"""How many units of a duty are named in the outline."""
EDITED = 40
"""Of how many units a duty may be for them to be edited in the outline; beyond that on its own page."""
_KEY = re.compile(r"(?:(?:line|rule|group|unit|asked|number)-|order-\d{1,18}-)\d{1,18}")


@dataclass(frozen=True, slots=True)
class PlanItem:
    """A duty or a reporting rule: `key` is "line 12", `number` counts from 1.

    `marks` tells how many of its assignments stand how, the worst first; `said` the same of a duty without
    a date, which is answered in the units' reports.
    """

    key: str
    number: int
    clause: Clause
    marks: Marks
    said: Mapping[str, int]

    @property
    def anchor(self) -> str:
        """The key in an address."""
        return self.key.replace(" ", "-")

    @property
    def asked(self) -> tuple[str, ...]:
        """The units that answer for it, in the plan's order."""
        return tuple(unit for unit, part in self.clause.parts if part != "partner")


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """A part of the document, by its own number and heading."""

    number: str
    title: str
    items: tuple[PlanItem, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """One unit's assignment for a duty."""

    unit: UnitName
    owing: UnitAssignment
    mark: Mark | None


async def listing(visit: Visit) -> Response:
    """Show all their plans; the only one at once."""
    if len(visit.plans) == 1 and visit.told is None:
        return visit.go(f"/ke-hoach/{visit.plans[0].id}")
    return render(visit, "plans" if visit.plans else "empty", at="plans")


async def page(visit: Visit) -> Response:
    """Show the outline of a plan; with a day in the address, what is due on it."""
    plan = visit.plan(visit.request.path_params["plan"])
    day = _day(visit.asked("ngay"))
    items = await items_of(visit, plan, day)
    if day is not None:
        items = [item for item in items if item.marks]
    is_draft = plan.state == "draft"
    groups = () if is_draft else (await draft_store.load(visit.conn, plan.id, visit.today)).open_groups
    return render(
        visit,
        "plan",
        at="plans",
        plan=plan,
        parts=list(_parts(items)),
        day=day,
        named=NAMED,
        edited=EDITED,
        groups=groups,
        draft_view=await _draft_view(visit, plan) if day is None else None,
        later=await later_of(visit, version_of) if (version_of := _amended(visit, plan)) else None,
        version_of=version_of if is_draft else None,
        remembered=await _remembered(visit, plan) if plan.state == "live" else (),
        dates=lambda days: dates(visit, days),
    )


async def _remembered(visit: Visit, plan: PlanRow) -> tuple[tuple[int, Markup], ...]:
    """What will be corrected again in later versions of a live plan, worded, by id."""
    made = await remembered_corrections(visit.conn, plan.id)
    return tuple((id_, word_remembered(visit.words.texts, correction)) for id_, correction in made.items())


async def forget(visit: Visit) -> Response:
    """Let one correction not be made again."""
    plan = visit.plan(visit.request.path_params["plan"])
    number = id_in(visit.sent("correction"))
    result = await forget_correction(visit.conn, plan.id, number, by=visit.person, now=visit.now)
    if isinstance(result, CorrectionForgotten):
        change = word_remembered(visit.words.texts, result.made)
        visit.tell(Flash(visit.words.texts("remembered.forgotten", change=change)))
    else:
        visit.tell(Flash(visit.texts("not_taken"), wrong=True))
    return visit.go(f"/ke-hoach/{plan.id}#giu-lai")


async def _draft_view(visit: Visit, plan: PlanRow) -> DraftView | None:
    """What stands beside the rows: of a draft always, of a live plan where its document is asked for."""
    if plan.state == "draft":
        return await draft_view_of(visit, plan)
    return await document_of(visit, plan) if visit.asked("van-ban") else None


def _amended(visit: Visit, plan: PlanRow) -> PlanRow | None:
    """The live plan: the one itself, or that of which it is a later version; None for other drafts."""
    if plan.amends is not None:
        return visit.plan(plan.amends)
    return None if plan.state == "draft" else plan


async def clause(visit: Visit) -> Response:
    """Show one duty or rule with each of its units."""
    plan = visit.plan(visit.request.path_params["plan"])
    key = key_of(visit.request.path_params["key"])
    items = await items_of(visit, plan)
    item = next((item for item in items if item.key == key), None)
    if item is None:
        raise HTTPException(404)
    names = await read_models.unit_names(visit.conn, [plan.id])
    shares = [
        Share(names[unit_assignment.unit_id], unit_assignment, MARK_OF.get(unit_assignment.timeliness))
        for unit_assignment in await of_clause(visit.conn, plan.id, key, visit.today)
    ]
    return render(
        visit,
        "clause",
        at="plans",
        plan=plan,
        item=item,
        shares=sorted(shares, key=_worst_first),
        dates=lambda days: dates(visit, days),
    )


def key_of(anchor: str) -> str:
    """Return the key that an address names. Raises HTTPException 404 where it names none."""
    if _KEY.fullmatch(anchor) is None:
        raise HTTPException(404)
    return anchor.replace("-", " ")


async def items_of(visit: Visit, plan: PlanRow, day: date | None = None) -> list[PlanItem]:
    """Return what a plan says, in its order, with how it stands; with a day, how what is due then does."""
    marks = await by_clause(visit.conn, plan.id, visit.today, day)
    states_said = await read_models.lines_said(visit.conn, plan.id)
    items = []
    for number, one in enumerate(await clauses(visit.conn, plan.id), 1):
        key = key_of_clause(one)
        states = {} if one.kind == "report" else states_said.get(one.id, {})
        items.append(PlanItem(key, number, one, marks.get(key, ()), states))
    return items


def _parts(items: Sequence[PlanItem]) -> Iterator[DocumentPart]:
    """Group as the document does; its reporting rules stand last, under no heading of their own."""
    grouped: dict[tuple[str, str], list[PlanItem]] = {}
    for item in items:
        one = item.clause
        place = ("", "") if one.kind == "report" else (".".join(one.section.split(".")[:2]), one.heading)
        grouped.setdefault(place, []).append(item)
    for (number, title), part_items in grouped.items():
        yield DocumentPart(number, title, tuple(part_items))


def _worst_first(share: Share) -> tuple[int, date, str]:
    place = WORST.index(share.mark) if share.mark else len(WORST)
    return place, share.owing.due_on, share.unit.name


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def dates(visit: Visit, days: Iterable[date]) -> str:
    """Return dates as people write them: 15/6/2026, 15/11/2026."""
    return ", ".join(full_date(visit.words.texts, day) for day in days)
