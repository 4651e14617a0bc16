"""Telling the people of a unit that somebody has taken a seat there, and taking their objection."""

from dataclasses import replace
from datetime import datetime

from config.texts import load_texts
from domain.organisation.people import Person
from handlers.common import notice
from handlers.common.context import Button, Context, Reply, button, id_in, reply, turned_away
from handlers.common.conversation import Choice, Outgoing
from handlers.common.menus import menu
from handlers.common.wording import full_date, label
from services.common.results import Refused
from services.organisation.hand_over import HandoverStopped, object_to_handover
from services.organisation.join import Joined
from storage.organisation import people_store


async def tell_of_seat(context: Context, joined: Joined, new: Person) -> None:
    """Tell everybody else with a seat in the unit, each in their own language.

    Where seats are to end, each message has a button that stops it.
    """
    leaving = [(await people_store.get(context.conn, each, context.today)).name for each in joined.leaving]
    for person_id in dict.fromkeys((*joined.present, *joined.replaced)):
        person = await people_store.get(context.conn, person_id, context.today)
        if person.agreed:
            theirs = replace(context, texts=load_texts(person.language))
            message = _word(theirs, joined, new, person, ", ".join(leaving))
            await notice.put(context, [person_id], f"seat:{joined.membership_id}", message)


def _word(context: Context, joined: Joined, new: Person, person: Person, leaving: str) -> Outgoing:
    texts = context.texts
    facts = {"person": new.name, "role": texts(f"role.{joined.role}"), "unit": joined.unit}
    if person.id in joined.replaced:
        return Outgoing(texts("notice.handed_over", **facts), menu=menu(context, person))
    if joined.ends_at is None:
        return Outgoing(texts("notice.seat_taken", **facts))
    until = _moment(context, joined.ends_at)
    choice = Choice(label(texts, "object"), f"object:{joined.membership_id}")
    return Outgoing(texts("notice.seat_replaces", people=leaving, until=until, **facts), ((choice,),))


def _moment(context: Context, moment: datetime) -> str:
    local = moment.astimezone(context.rules.zone)
    return f"{local:%H:%M}, {full_date(context.texts, local.date())}"


@button("object", "member")
async def objected(context: Context, argument: str) -> Reply:
    """Stop a handover; everybody in the unit is told."""
    result = await object_to_handover(
        context.conn, id_in(argument), by=context.person, now=context.now, today=context.today
    )
    if isinstance(result, Refused):
        if result.reason == "not_yours":
            return turned_away(context, "handover")
        return reply(Outgoing(context.texts("handover.over")))
    for person_id in result.present:
        person = await people_store.get(context.conn, person_id, context.today)
        if person.agreed:
            theirs = replace(context, texts=load_texts(person.language))
            await notice.put(context, [person_id], f"kept:{argument}", _word_stopped(theirs, result))
    return reply(_word_stopped(context, result))


def _word_stopped(context: Context, stopped: HandoverStopped) -> Outgoing:
    role, people = context.texts(f"role.{stopped.role}"), ", ".join(stopped.holders)
    facts = {"unit": stopped.unit, "role": role, "people": people, "person": stopped.heir}
    return Outgoing(context.texts("notice.seat_kept", **facts))


BUTTONS: tuple[Button, ...] = (objected,)
