"""The report: what units have said, as it is compiled, to look at and to take away."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.dashboard.rendering import page as render
from bot.dashboard.visit import Visit
from handlers.conversation import plain
from handlers.summary import word_summary
from storage import progress, standings
from storage.plans import PlanRow
from storage.progress import Said

SHOWN = 300
"""How many answers the page shows; a file holds them all."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What units said of one duty; of a report as a whole where `duty` is ""."""

    duty: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the plan, by its own number and heading; "" for reports as a whole."""

    number: str
    title: str
    answers: tuple[Answers, ...]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: how its name ends, its media type, and how it is made."""

    ending: str
    media_type: str
    make: Callable[[Visit, PlanRow], Awaitable[bytes]]


async def _text(visit: Visit, plan: PlanRow) -> bytes:
    told = await word_summary(visit.work, visit.words, plan, visit.now)
    return (plain(told) if told is not None else "").encode("utf-8-sig")  # with a mark, for old Notepads


FORMATS: tuple[Format, ...] = (Format("txt", "text/plain; charset=utf-8", _text),)


async def page(visit: Visit) -> Response:
    """Show what has been said on the plan that the address names, or on the newest."""
    asked = visit.asked("ke-hoach")
    if not visit.live:
        return render(visit, "empty.html", at="report")
    plan = visit.plan(int(asked)) if asked.isdecimal() and len(asked) < 19 else visit.live[0]
    said = await progress.said_of_plan(visit.work, plan.id)
    stands = await standings.standing_of(visit.work, plan.id, visit.today)
    return render(
        visit,
        "report.html",
        at="report",
        plan=plan,
        stands=stands,
        parts=_parts(said[:SHOWN]),
        left=max(0, len(said) - SHOWN),
        missing=[unit for unit in stands.units if unit.done < unit.total],
        formats=FORMATS,
    )


async def download(visit: Visit) -> Response:
    """Give the whole of it as a file."""
    plan = visit.plan(visit.request.path_params["plan"])
    made = next((one for one in FORMATS if one.ending == visit.request.path_params["ending"]), None)
    if made is None or plan.state != "live":
        raise HTTPException(404)
    name = f"{visit.texts('file_name')}-{plan.name}.{made.ending}".replace("/", "-")
    return Response(
        await made.make(visit, plan),
        media_type=made.media_type,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"},
    )


def _parts(said: Sequence[Said]) -> list[Part]:
    """Group by the plan's own headings and duties, in its order; reports as a whole stand last."""
    parts: dict[tuple[str, str], dict[str, list[Said]]] = {}
    for one in sorted(said, key=lambda one: one.section is None):
        number = ".".join(one.section.split(".")[:2]) if one.section else ""
        under = parts.setdefault((number, one.heading or ""), {})
        under.setdefault(one.duty or "", []).append(one)
    return [Part(number, title, _answers(duties)) for (number, title), duties in parts.items()]


def _answers(duties: Mapping[str, Sequence[Said]]) -> tuple[Answers, ...]:
    return tuple(Answers(duty, tuple(said)) for duty, said in duties.items())
