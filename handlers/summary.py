"""/summary (/tonghop): what has been done, by the plan's own parts, each line with the unit behind it."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from config.texts import Texts
from handlers.conversation import Outgoing
from handlers.desk import Desk, Reply, command, reply
from handlers.items import wording
from handlers.status import standing_of
from handlers.wording import Wording, full_date, lines, short
from storage import assignments, plans, progress
from storage.plans import PlanRow
from storage.progress import Said


@command("summary", "tonghop", "member")
async def summary(desk: Desk, argument: str) -> Reply:
    """Compile what units have said: all of them for the coordinator, a unit's own for its people."""
    compiling = desk.person.units("coordinator")
    rows = await plans.listing(desk.work, compiling or None)
    live = [row for row in reversed(rows) if row.state == "live"]
    units = None if compiling else set(desk.person.units())
    words = wording(desk)
    texts = [await word_summary(desk.work, words, row, desk.now, units) for row in live]
    told = [Outgoing(text) for text in texts if text is not None]
    return reply(*told) if told else reply(Outgoing(desk.texts("summary.none")))


async def word_summary(
    work: AsyncConnection, words: Wording, plan: PlanRow, now: datetime, units: set[int] | None = None
) -> Markup | None:
    """Word the summary of a plan; for `units` alone where they are given (None if they owe nothing in it)."""
    owed = await assignments.of_plan(work, plan.id)
    if units is not None:
        owed = tuple(one for one in owed if one.unit_id in units)
        if not owed:
            return None
    names = {one.unit for one in owed}
    said = [one for one in await progress.said_of_plan(work, plan.id) if one.unit in names]
    stands = await standing_of(work, words, plan)
    shown = [unit for unit in stands.units if unit.unit in names]
    missing = [unit.unit for unit in shown if unit.done < unit.total]
    texts = words.texts
    day = now.astimezone(words.zone).date()
    head = texts(
        "summary.head",
        plan=plan.name,
        title=plan.title,
        now=full_date(texts, day),
        done=len(shown) - len(missing),
        total=len(shown),
    )
    body = _by_parts(words, said) + _whole(words, said)
    return lines(
        head,
        *(body or ["", texts("summary.nothing")]),
        "",
        _missing(texts, missing) if shown else None,
    )


def _missing(texts: Texts, units: Sequence[str]) -> Markup:
    if not units:
        return texts("summary.all_in")
    return texts("summary.missing", count=len(units), units=", ".join(units))


def _by_parts(words: Wording, said: Sequence[Said]) -> list[Markup | str]:
    """Group by the plan's own headings: "II.3. ..." above the duty and what the units said of it."""
    shown: list[Markup | str] = []
    part: tuple[str, str | None] | None = None
    duty: int | None = None
    for one in said:
        if one.duty_id is None or one.section is None:
            continue
        under = (".".join(one.section.split(".")[:2]), one.heading)
        if under != part:
            part = under
            shown += ["", words.texts("summary.part", section=under[0], title=short(one.heading or ""))]
        if one.duty_id != duty:
            duty = one.duty_id
            shown.append(words.texts("summary.duty", text=short(one.duty or "")))
        shown.append(words.texts("summary.said", unit=one.unit, words=_words(words, one)))
    return shown


def _whole(words: Wording, said: Sequence[Said]) -> list[Markup | str]:
    mine = [one for one in said if one.duty_id is None]
    if not mine:
        return []
    shown = [
        words.texts("summary.whole_said", unit=one.unit, what=words.day(one.due_on), words=_words(words, one))
        for one in mine
    ]
    return ["", words.texts("summary.whole"), *shown]


def _words(words: Wording, one: Said) -> Markup | str:
    """What a unit said stays its own words; a bare tap is told by its state."""
    return short(one.progress.text, 600)
