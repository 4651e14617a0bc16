"""Answering what is neither a command nor progress: a greeting, a question, a complaint."""

from collections.abc import Awaitable, Callable, Mapping

from markupsafe import Markup

from domain.common.small_talk import Aside, Kind, read_aside
from domain.organisation.people import Role
from handlers.assignments import duties_chat as duties
from handlers.assignments import extension_chat as extension
from handlers.assignments.item_list import still_open
from handlers.common.context import Desk, Reply, reply
from handlers.common.conversation import Outgoing
from handlers.common.help_chat import help_
from handlers.common.wording import lines
from handlers.organisation import absence_chat as absence
from handlers.organisation import handover_chat as handover
from handlers.organisation import join_chat as start
from handlers.organisation import unit_view as unit_seen
from handlers.reporting import status_chat as status
from handlers.reporting.summary_scope import mine
from storage.organisation import people_store as people
from storage.organisation.people_store import Contact
from storage.plans import plan_store as plans

_OFFICER: tuple[Role, ...] = ("focal", "leader")


async def answer(desk: Desk, text: str) -> Reply | None:
    """Answer a whole line of a member's; None where it is none of this, or not for their role."""
    found = read_aside(text)
    return await _ANSWERS[found.kind](desk, found) if found else None


async def _greet(desk: Desk, _: Aside) -> Reply:
    return reply(start.greeting(desk))


async def _thanks(desk: Desk, _: Aside) -> Reply:
    return reply(Outgoing(desk.texts("aside.thanks")))


async def _mine(desk: Desk, _: Aside) -> Reply:
    return await status.status(desk, "")


async def _item(desk: Desk, found: Aside) -> Reply | None:
    """Show an item; a bare number may be what an ad hoc request asked for, and that is no question."""
    if not desk.person.units(*_OFFICER):
        return None
    if desk.said.text.strip().isdecimal() and any(one.kind == "request" for one in await still_open(desk)):
        return None
    return await duties.duties(desk, found.words)


async def _help(desk: Desk, _: Aside) -> Reply:
    return await help_(desk, "")


async def _who(desk: Desk, found: Aside) -> Reply:
    """Name the people of one's own units, and those who compile what they owe; to a coordinator, a unit's."""
    compiles = found.words and desk.person.units("coordinator")
    if compiles and (named := await unit_seen.in_charge(desk, found.words)):
        return named
    told = [_of_unit(desk, one, await _there(desk, one)) for one in desk.person.units(*_OFFICER)]
    for plan in await mine(desk):
        if plan.coordinator_id is not None:
            names = _named(desk, await _there(desk, plan.coordinator_id), "coordinator")
            facts = {"plan": plan.name, "unit": plan.coordinator or "", "people": names}
            told.append(desk.texts("aside.who_plan", **facts))
    return reply(Outgoing(lines(*told, desk.texts("aside.who_phone"))))


async def _there(desk: Desk, unit_id: int) -> tuple[Contact, ...]:
    return await people.contacts(desk.work, [unit_id], desk.today)


def _of_unit(desk: Desk, unit_id: int, there: tuple[Contact, ...]) -> Markup:
    unit = next(seat.unit for seat in desk.person.seats if seat.unit_id == unit_id)
    return desk.texts("aside.who_unit", unit=unit, people=_named(desk, there, *_OFFICER))


def _named(desk: Desk, there: tuple[Contact, ...], *roles: str) -> str:
    named = [f"{one.name} ({desk.texts(f'role.{one.role}')})" for one in there if one.role in roles]
    return ", ".join(named) or str(desk.texts("aside.who_nobody"))


async def _stop(desk: Desk, _: Aside) -> Reply:
    who = "officer" if desk.person.units(*_OFFICER) else "coordinator"
    return reply(Outgoing(desk.texts(f"aside.stop_{who}")))


async def _wrong(desk: Desk, _: Aside) -> Reply | None:
    officer = desk.person.units(*_OFFICER)
    return reply(Outgoing(desk.texts("aside.wrong"))) if officer else None


async def _successor(desk: Desk, _: Aside) -> Reply:
    return await handover.handover(desk, "")


async def _away(desk: Desk, _: Aside) -> Reply | None:
    return await absence.absence(desk, "") if desk.person.units(*_OFFICER) else None


async def _code(desk: Desk, found: Aside) -> Reply:
    return await handover.handover(desk, found.words)


async def _unwish(desk: Desk, found: Aside) -> Reply | None:
    return await extension.withdrawn(desk, found.words) if desk.person.units(*_OFFICER) else None


async def _phone(desk: Desk, _: Aside) -> Reply | None:
    """The lists of whom to phone, of each plan that the person compiles."""
    compiling = desk.person.units("coordinator")
    rows = await plans.listing(desk.work, compiling) if compiling else ()
    told = [await status.phone.run(desk, str(row.id)) for row in reversed(rows) if row.state == "live"]
    return reply(*(message for one in told for message in one.messages)) if told else None


_ANSWERS: Mapping[Kind, Callable[[Desk, Aside], Awaitable[Reply | None]]] = {
    "greeting": _greet,
    "thanks": _thanks,
    "mine": _mine,
    "item": _item,
    "help": _help,
    "who": _who,
    "stop": _stop,
    "wrong": _wrong,
    "successor": _successor,
    "away": _away,
    "code": _code,
    "phone": _phone,
    "unwish": _unwish,
}
