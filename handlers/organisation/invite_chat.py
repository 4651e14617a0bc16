"""/capma (/invite): codes for all units of one's plans that have nobody, in one file."""

from handlers.common.button_data import ButtonData, choice_of
from handlers.common.context import Button, Context, Reply, button, command, reply
from handlers.common.conversation import Outgoing
from handlers.common.wording import full_date, label, lines
from handlers.organisation import handover_chat
from handlers.organisation.bot_wording import word_bot
from handlers.organisation.invite_paper import codes_paper
from services.organisation.invite import givable_seats, invite_vacant

_TOPIC = "invites"


@command("invite", "capma", "coordinator")
async def invites(context: Context, argument: str) -> Reply:
    """Offer codes for all units without anybody; with a unit's name, one for that unit."""
    if argument.strip():
        return await handover_chat.handover(context, argument)
    seats = await givable_seats(context.conn, context.person, context.today)
    count = sum(seat.basis == "vacant" for seat in seats)
    if not count:
        return reply(Outgoing(context.texts("invites.none")))
    take = choice_of(label(context.texts, "take_codes", count=count), "codes", "")
    return reply(Outgoing(context.texts("invites.offer", count=count), ((take,),)), topic=_TOPIC)


@button("codes", "coordinator")
async def taken(context: Context, pressed: ButtonData) -> Reply:
    """Make the codes that were offered; a second press makes none."""
    if context.dialog.topic != _TOPIC:
        return reply(Outgoing(context.texts("handover.old")))
    codes = await invite_vacant(context.conn, by=context.person, now=context.now, today=context.today)
    if not codes:
        return reply(Outgoing(context.texts("invites.none")))
    until = full_date(context.texts, codes[0].expires.astimezone(context.rules.zone).date())
    text = lines(context.texts("invites.told", count=len(codes), until=until), await word_bot(context))
    paper = codes_paper(context.texts, context.rules.zone, codes)
    return reply(Outgoing(text, papers=(paper,), kept=context.texts("invites.lost")))


BUTTONS: tuple[Button, ...] = (taken,)
