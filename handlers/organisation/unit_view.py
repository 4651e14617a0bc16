"""A unit as its coordinator sees it: who is there, what is open; found by the name that was typed."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from domain.common.text import fold
from handlers.assignments.item_list import item, wording
from handlers.common.context import Desk, Reply, reply
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import label, lines
from storage.assignments import assignment_store as assignments
from storage.assignments import progress_store as progress
from storage.assignments.assignment_store import Assignment
from storage.nudging import manual_nudge_store as prompting
from storage.organisation import people_store as people
from storage.organisation import unit_store as units
from storage.organisation.people_store import Contact

_ROLES = ("focal", "leader")
_SHOWN = 4
_OPEN = 12


async def named(desk: Desk, words: str) -> Mapping[int, str]:
    """Return the units (id: name) that words name, of those that the coordinator's plans and requests ask."""
    compiling = desk.person.units("coordinator")
    requested = {one.unit_id: one.unit for one in await prompting.still_owed(desk.work, compiling)}
    theirs = requested | await units.compiled_by(desk.work, compiling)
    known = {unit.name for unit in desk.rules.register.candidates(words)}
    plain = fold(words).strip()
    return {
        id_: name
        for id_, name in theirs.items()
        if (name in known if known else len(plain) > 2 and plain in fold(name))
    }


async def in_charge(desk: Desk, words: str) -> Reply | None:
    """Name the people of the units that words name; None where these are none of the coordinator's."""
    found = await named(desk, words)
    told = [await people_of(desk, id_, name) for id_, name in list(found.items())[:_SHOWN]]
    return reply(Outgoing(lines(*told, desk.texts("aside.who_phone")))) if told else None


async def people_of(desk: Desk, unit_id: int, unit: str) -> Markup:
    """Name the people of a unit with their roles, and who of them cannot be reached."""
    there = await people.contacts(desk.work, [unit_id], desk.today)
    told = Markup(", ").join(_person(desk, one) for one in there if one.role in _ROLES)
    return desk.texts("aside.who_unit", unit=unit, people=told or desk.texts("aside.who_nobody"))


def _person(desk: Desk, one: Contact) -> Markup:
    name = Markup.escape(one.name) if one.reachable else desk.texts("prompt.unreachable", name=one.name)
    return Markup("{} ({})").format(name, desk.texts(f"role.{one.role}"))


async def state(desk: Desk, words: str) -> Reply | None:
    """Tell how the units stand that words name; None where these are none of the coordinator's."""
    found = list((await named(desk, words)).items())[:_SHOWN]
    return reply(*[await _state(desk, id_, name) for id_, name in found]) if found else None


async def _state(desk: Desk, unit_id: int, unit: str) -> Outgoing:
    compiling = desk.person.units("coordinator")
    owed = await assignments.of_units(desk.work, [unit_id])
    mine = [one for one in owed if one.coordinator_id in compiling and one.state != "cancelled"]
    waiting = [one for one in mine if one.is_open and not one.past]
    done = sum(one.state == "done" for one in mine)
    handed_in = sum(one.state == "submitted" for one in mine)
    return Outgoing(
        lines(
            await people_of(desk, unit_id, unit),
            desk.texts("status.of_unit", done=done, total=len(mine), open=len(waiting)),
            desk.texts("status.note_waiting", count=handed_in) if handed_in else None,
            *await _rows(desk, waiting[:_OPEN]),
        ),
        _ask(desk, unit_id, waiting),
    )


async def _rows(desk: Desk, waiting: Sequence[Assignment]) -> list[Markup]:
    """A line for each thing that is open, each plan named above its own."""
    said, words = await progress.latest(desk.work, [one.id for one in waiting]), wording(desk)
    rows: list[Markup] = []
    above = None
    for number, one in enumerate(waiting, 1):
        plan = one.plan or desk.texts("nudge.requests")
        rows += [desk.texts("nudge.plan", plan=plan)] if plan != above else []
        rows.append(item(words, str(number), one, said.get((one.id, None))))
        above = plan
    return rows


def _ask(desk: Desk, unit_id: int, waiting: Sequence[Assignment]) -> tuple[tuple[Choice, ...], ...]:
    """A button to have it asked once more, where the next word is the unit's."""
    if not any(one.can_be_asked(desk.today) for one in waiting):
        return ()
    return ((Choice(label(desk.texts, "nudge_missing", count=1), f"nudge:unit:{unit_id}"),),)
