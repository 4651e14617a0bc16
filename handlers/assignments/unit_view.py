"""A unit as its coordinator sees it: who is there, what is open; found by the name that was typed."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from domain.assignments.assignment import Assignment
from domain.common.text import fold
from domain.organisation.people import Role
from handlers.assignments.item_list import item
from handlers.common.button_data import choice_of
from handlers.common.context import Context, Reply, reply
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import label, lines, wording_of
from handlers.organisation.telephones_wording import word_telephones
from storage.assignments import assignment_store, progress_store
from storage.nudging import manual_nudge_store
from storage.organisation import people_store, unit_store
from storage.organisation.people_store import Contact

_ROLES: tuple[Role, ...] = ("focal", "leader")
_SHOWN = 4
_OPEN = 12


async def named(context: Context, text: str) -> Mapping[int, str]:
    """Return the units (id: name) that words name, of those that the coordinator's plans and requests ask."""
    compiling = context.person.units("coordinator")
    requested = {
        assignment.unit_id: assignment.unit
        for assignment in await manual_nudge_store.still_owed(context.conn, compiling)
    }
    units = requested | await unit_store.compiled_by(context.conn, compiling)
    known = {unit.name for unit in context.rules.register.candidates(text)}
    plain = fold(text).strip()
    return {
        id_: name
        for id_, name in units.items()
        if (name in known if known else len(plain) > 2 and plain in fold(name))
    }


async def coordinated(context: Context) -> frozenset[int]:
    """Return the units whose people the coordinator may be told by name: those that a plan of theirs asks.

    A request may go to any unit; that shows nobody of it.
    """
    return frozenset(await unit_store.compiled_by(context.conn, context.person.units("coordinator")))


async def in_charge(context: Context, text: str) -> Reply | None:
    """Name the people of the units that words name; None where these are none of the coordinator's."""
    units = await named(context, text)
    seen = await coordinated(context)
    rows: list[Markup] = []
    for id_, name in list(units.items())[:_SHOWN]:
        rows.append(await people_of(context, id_, name))
        phones = await word_telephones(context, id_, name, _ROLES) if id_ in seen else None
        rows.append(phones or context.texts("aside.who_unit_no_phone", unit=name))
    return reply(Outgoing(lines(*rows))) if rows else None


async def people_of(context: Context, unit_id: int, unit: str) -> Markup:
    """Name the people of a unit with their roles, and who of them cannot be reached.

    Of a unit that the coordinator has only sent a request to, tell how many can be.
    """
    contacts = await people_store.contacts(context.conn, [unit_id], context.today)
    people = Markup(", ").join(_person(context, contact) for contact in contacts if contact.role in _ROLES)
    if people and unit_id not in await coordinated(context):
        count = sum(contact.reachable for contact in contacts if contact.role in _ROLES)
        people = context.texts("request.people", count=count)
    return context.texts("aside.who_unit", unit=unit, people=people or context.texts("aside.who_nobody"))


def _person(context: Context, contact: Contact) -> Markup:
    name = (
        Markup.escape(contact.name)
        if contact.reachable
        else context.texts("prompt.unreachable", name=contact.name)
    )
    return Markup("{} ({})").format(name, context.texts(f"role.{contact.role}"))


async def state(context: Context, text: str) -> Reply | None:
    """Tell how the units stand that words name; None where these are none of the coordinator's."""
    units = list((await named(context, text)).items())[:_SHOWN]
    return reply(*[await _state(context, id_, name) for id_, name in units]) if units else None


async def _state(context: Context, unit_id: int, unit: str) -> Outgoing:
    compiling = context.person.units("coordinator")
    assignments = await assignment_store.of_units(context.conn, [unit_id])
    compiled = [
        assignment
        for assignment in assignments
        if assignment.coordinator_id in compiling and assignment.state != "cancelled"
    ]
    waiting = [assignment for assignment in compiled if assignment.is_open and not assignment.past]
    done = sum(assignment.state == "done" for assignment in compiled)
    handed_in = sum(assignment.state == "submitted" for assignment in compiled)
    return Outgoing(
        lines(
            await people_of(context, unit_id, unit),
            context.texts("status.of_unit", done=done, total=len(compiled), open=len(waiting)),
            context.texts("status.note_waiting", count=handed_in) if handed_in else None,
            *await _rows(context, waiting[:_OPEN]),
        ),
        _ask(context, unit_id, waiting),
    )


async def _rows(context: Context, waiting: Sequence[Assignment]) -> list[Markup]:
    """A line for each thing that is open, each plan named above its own."""
    latest, wording = (
        await progress_store.latest(context.conn, [assignment.id for assignment in waiting]),
        wording_of(context),
    )
    rows: list[Markup] = []
    above = None
    for number, assignment in enumerate(waiting, 1):
        plan = assignment.plan or context.texts("nudge.requests")
        rows += [context.texts("nudge.plan", plan=plan)] if plan != above else []
        rows.append(item(wording, str(number), assignment, latest.get((assignment.id, None))))
        above = plan
    return rows


def _ask(context: Context, unit_id: int, waiting: Sequence[Assignment]) -> tuple[tuple[Choice, ...], ...]:
    """A button to have it asked once more, where the next word is the unit's."""
    if not any(assignment.can_be_asked(context.today) for assignment in waiting):
        return ()
    return ((choice_of(label(context.texts, "nudge_missing", count=1), "nudge", "unit", unit_id),),)
