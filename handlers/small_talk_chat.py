"""Answering what is neither a command nor progress: a greeting, a question, a complaint."""

from collections.abc import Awaitable, Callable, Mapping

from markupsafe import Markup

from domain.common.small_talk import Aside, Kind, read_aside
from domain.organisation.absence import read_leave
from domain.organisation.people import Role
from handlers.assignments import duties_chat, extension_chat, question_chat, unit_view, update_chat
from handlers.assignments.item_numbering import Item, number_of, still_open
from handlers.common.button_data import ButtonData
from handlers.common.context import Context, Reply, reply
from handlers.common.conversation import Outgoing
from handlers.common.help_chat import help_
from handlers.common.wording import lines
from handlers.organisation import absence_chat, handover_chat, join_chat
from handlers.organisation.telephones_wording import word_telephones
from handlers.reporting import status_chat
from handlers.reporting.summary_scope import mine
from handlers.requests import roll_call_chat
from storage.organisation import people_store
from storage.organisation.people_store import Contact
from storage.plans import plan_store

_OFFICER: tuple[Role, ...] = ("focal", "leader")
_COMPILES: tuple[Role, ...] = ("coordinator",)


async def answer(context: Context, text: str) -> Reply | None:
    """Answer a whole line of a member's; None where it is none of this, or not for their role."""
    found = read_aside(text)
    return await _ANSWERS[found.kind](context, found) if found else None


async def _greet(context: Context, _: Aside) -> Reply:
    return reply(join_chat.greeting(context))


async def _thanks(context: Context, _: Aside) -> Reply:
    return reply(Outgoing(context.texts("aside.thanks")))


async def _mine(context: Context, found: Aside) -> Reply:
    """Show who is where; to a coordinator the unit that is named."""
    words = found.words if context.person.units("coordinator") else ""
    return await status_chat.show_status(context, words)


async def _item(context: Context, found: Aside) -> Reply | None:
    """Show an item; a bare number may be what an ad hoc request asked for, and that is no question."""
    if not context.person.units(*_OFFICER):
        return None
    if context.said.text.strip().isdecimal() and any(
        assignment.kind == "request" for assignment in await still_open(context)
    ):
        return None
    return await duties_chat.duties(context, found.words)


async def _help(context: Context, _: Aside) -> Reply:
    return await help_(context, "")


async def _who(context: Context, found: Aside) -> Reply:
    """Name the people of one's own units, and those who compile what they owe; to a coordinator, a unit's."""
    compiles = found.words and context.person.units("coordinator")
    if compiles and (named := await unit_view.in_charge(context, found.words)):
        return named
    told = [_of_unit(context, unit, await _there(context, unit)) for unit in context.person.units(*_OFFICER)]
    reached = []
    for plan in await mine(context):
        if plan.coordinator_id is not None:
            names = _named(context, await _there(context, plan.coordinator_id), "coordinator")
            facts = {"plan": plan.name, "unit": plan.coordinator or "", "people": names}
            told.append(context.texts("aside.who_plan", **facts))
            unit = plan.coordinator_id, plan.coordinator or ""
            reached.append(await word_telephones(context, *unit, _COMPILES))
    numbers = dict.fromkeys(one for one in reached if one)
    answer = lines(*told, *(numbers or (context.texts("aside.who_phone"),)))
    if context.person.units(*_OFFICER):
        return await question_chat.offered(context, context.said.text.strip(), answer)
    return reply(Outgoing(answer))


async def _there(context: Context, unit_id: int) -> tuple[Contact, ...]:
    return await people_store.contacts(context.conn, [unit_id], context.today)


def _of_unit(context: Context, unit_id: int, there: tuple[Contact, ...]) -> Markup:
    unit = next(seat.unit for seat in context.person.seats if seat.unit_id == unit_id)
    return context.texts("aside.who_unit", unit=unit, people=_named(context, there, *_OFFICER))


def _named(context: Context, there: tuple[Contact, ...], *roles: str) -> str:
    named = [
        f"{contact.name} ({context.texts(f'role.{contact.role}')})"
        for contact in there
        if contact.role in roles
    ]
    return ", ".join(named) or str(context.texts("aside.who_nobody"))


async def _stop(context: Context, _: Aside) -> Reply:
    who = "officer" if context.person.units(*_OFFICER) else "coordinator"
    return reply(Outgoing(context.texts(f"aside.stop_{who}")))


async def _wrong(context: Context, _: Aside) -> Reply | None:
    officer = context.person.units(*_OFFICER)
    return reply(Outgoing(context.texts("aside.wrong"))) if officer else None


async def _successor(context: Context, _: Aside) -> Reply:
    return await handover_chat.handover(context, "")


async def _away(context: Context, _: Aside) -> Reply | None:
    """Take the days where the line tells them; else show what is noted, and how to tell."""
    if not context.person.units(*_OFFICER):
        return None
    told = read_leave(context.said.text, context.today).days is not None
    return await absence_chat.absence(context, context.said.text if told else "")


async def _roll_call(context: Context, _: Aside) -> Reply | None:
    """Show a coordinator who has answered; an officer's word answers the one request that waits for it."""
    if context.person.units("coordinator") and (called := await roll_call_chat.shown(context)):
        return called
    if not context.person.units(*_OFFICER):
        return reply(Outgoing(context.texts("aside.no_roll_call_yet")))
    requests = [assignment for assignment in await still_open(context) if assignment.kind == "request"]
    if not requests:
        return reply(Outgoing(context.texts("aside.no_roll_call")))
    if len(requests) > 1:
        return None
    item = Item(await number_of(context, requests[0]), requests[0])
    return await update_chat.take_for(context, item, context.said.text.strip())


async def _code(context: Context, found: Aside) -> Reply:
    return await handover_chat.handover(context, found.words)


async def _unwish(context: Context, found: Aside) -> Reply | None:
    return await extension_chat.withdrawn(context, found.words) if context.person.units(*_OFFICER) else None


async def _ask(context: Context, _: Aside) -> Reply | None:
    if not context.person.units(*_OFFICER):
        return None
    return await question_chat.offered(context, context.said.text.strip(), context.texts("question.offer"))


async def _not_ours(context: Context, found: Aside) -> Reply | None:
    if not context.person.units(*_OFFICER):
        return None
    return await question_chat.disclaimed(context, context.said.text.strip(), found.words)


async def _phone(context: Context, found: Aside) -> Reply | None:
    """The lists of whom to phone, of each plan that the person compiles; to others who compiles theirs."""
    compiling = context.person.units("coordinator")
    if not compiling:
        return await _who(context, found)
    rows = await plan_store.listing(context.conn, compiling)
    told = [
        await status_chat.phone.run(context, ButtonData("phone", (str(row.id),)))
        for row in reversed(rows)
        if row.state == "live"
    ]
    return reply(*(message for one in told for message in one.messages)) if told else None


_ANSWERS: Mapping[Kind, Callable[[Context, Aside], Awaitable[Reply | None]]] = {
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
    "roll_call": _roll_call,
    "phone": _phone,
    "unwish": _unwish,
    "ask": _ask,
    "not_ours": _not_ours,
}
