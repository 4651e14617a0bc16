"""The report: a round, a kind of report, a part of the plan; its text to look at, its papers to take away."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.web.rendering import page as render
from bot.web.visit import Visit
from handlers import document_orders
from handlers.common.conversation import Order, Paper, plain
from handlers.reporting.period_wording import view_period
from handlers.reporting.summary_chat import Cut, word_summary
from services.reporting.report_scope import Scope, View, view_of
from services.reporting.summary import duties, summary_of
from storage.plans.plan_store import PlanRow
from storage.reporting.report_store import LatestUpdate, ReportedDuty

SHOWN = 300
"""How many answers the page shows; a file holds them all."""
AT_ONCE = 3_000
"""A plan that asks for more than this is compiled only when it is asked for: that takes its time."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a list: its value in the address, and its words."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: how its name ends, its media type, and how it is made."""

    ending: str
    media_type: str
    make: Callable[[Visit, View], Awaitable[Paper | None]]


async def _ordered(kind: str, visit: Visit, view: View) -> Paper | None:
    """Let the paper be made that the chat sends too; None where there is nothing to make it of."""
    write = await document_orders.prepare(visit.conn, visit.rules, Order(kind, str(view.scope)), visit.now)
    made = await asyncio.to_thread(write) if write else ()
    return made[0] if made else None


async def _text(visit: Visit, view: View) -> Paper:
    words = document_orders.vietnamese(visit.rules, visit.now)
    told = word_summary(words, await summary_of(visit.conn, view, visit.today))
    data = plain(told).encode("utf-8-sig")  # with a mark, for the editors that need one
    return Paper(document_orders.file_name(words, "report", view, "txt"), data)


_OFFICE = "application/vnd.openxmlformats-officedocument"
_SHEET = f"{_OFFICE}.spreadsheetml.sheet"
FORMATS: tuple[Format, ...] = (
    Format("docx", f"{_OFFICE}.wordprocessingml.document", partial(_ordered, "docx")),
    Format("xlsx", _SHEET, partial(_ordered, "xlsx")),
    Format("txt", "text/plain; charset=utf-8", _text),
)
CYCLE = Format("xlsx", _SHEET, partial(_ordered, "cycle"))
"""What is left after a cycle, of all its periods."""


async def page(visit: Visit) -> Response:
    """Show the summary of what the address chooses; without a choice, of the round that is nearest."""
    plan = visit.chosen()
    if plan is None:
        return render(visit, "empty", at="report")
    view = await _view(visit, plan)
    at_once = plan.assignments <= AT_ONCE or visit.asked("xem") == "1"
    return render(
        visit,
        "report",
        at="report",
        plan=plan,
        view=view,
        period=view_period(visit.words, view),
        periods=_periods(visit, view),
        reports=_reports(visit, view),
        parts=_parts(await duties(visit.conn, plan.id)),
        preview=await _preview(visit, view) if at_once else None,
        query=visit.request.url.query,
        formats=FORMATS,
    )


async def download(visit: Visit) -> Response:
    """Give what the address chooses as a file."""
    plan = visit.plan(visit.request.path_params["plan"])
    chosen = next(
        (
            download_format
            for download_format in FORMATS
            if download_format.ending == visit.request.path_params["ending"]
        ),
        None,
    )
    if chosen is None:
        raise HTTPException(404)
    return await give(visit, await _view(visit, plan), chosen)


async def give(visit: Visit, view: View, chosen: Format) -> Response:
    """Return a file of a view. Raises HTTPException 404 where there is nothing to make it of."""
    made = await chosen.make(visit, view)
    if made is None:
        raise HTTPException(404)
    return Response(
        made.data,
        media_type=chosen.media_type,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(made.name, safe='')}"},
    )


async def _view(visit: Visit, plan: PlanRow) -> View:
    """Look up what the address chooses. Raises HTTPException 404 where there is no such thing."""
    scope = Scope(plan.id, period=visit.asked("ky"), part=visit.asked("phan"), report=visit.asked("mau"))
    view = await view_of(visit.conn, scope, visit.rules.reports, visit.today)
    if view is None:
        raise HTTPException(404)
    return view


def _periods(visit: Visit, view: View) -> list[Option]:
    told = {
        str(round_.period): str(visit.words.period(round_.period) or visit.words.full(round_.due_on))
        for round_ in view.rounds
    }
    return [Option(value, words[:1].upper() + words[1:]) for value, words in told.items()]


def _reports(visit: Visit, view: View) -> list[Option]:
    """The operator's kinds of reports that fit this plan."""
    return [
        Option(definition.key, definition.name)
        for definition in visit.rules.reports.definitions
        if definition.plan in (None, view.plan.number)
    ]


def _parts(known: Sequence[ReportedDuty]) -> list[Option]:
    """The parts of the plan, as far as a part can be asked for."""
    places = {
        ".".join(reported_duty.section.split(".")[:2]): reported_duty.heading
        for reported_duty in known
        if len(reported_duty.section) <= 16
    }
    return [Option(place, f"{place}. {heading}") for place, heading in places.items()]


async def _preview(visit: Visit, view: View) -> Markup:
    """The text as the file has it; of many answers those that tell of a difficulty, and the newest.

    Whatever a unit said leads to its page, to the message that it stood in.
    """
    found = await summary_of(visit.conn, view, visit.today)
    most = SHOWN if len(found.updates) > SHOWN else None
    return word_summary(visit.words, found, most=most, quote=partial(_quote, visit))


_SOURCE = Markup('<a class="source" href="{}">{}</a>')


def _quote(visit: Visit, told: LatestUpdate, cut: Cut) -> Markup:
    page = visit.url(f"/don-vi/{told.unit_id}")
    linked = (_SOURCE.format(f"{page}?loi={id_}#loi-{id_}", cut(text)) for id_, text in told.messages)
    return Markup("; ").join(linked)
