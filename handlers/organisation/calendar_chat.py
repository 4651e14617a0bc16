"""/calendar (/lich): the address from which a phone's calendar takes the deadlines and their changes."""

from domain.common.text import fold
from handlers.common.context import Context, Reply, command, reply
from handlers.common.conversation import Outgoing
from handlers.organisation.own_page_chat import ENDS
from services.organisation.offer_calendar import end_calendar, offer_calendar
from storage.organisation import web_session_store


@command("calendar", "lich", "member")
async def calendar(context: Context, argument: str) -> Reply:
    """Give the address, which ends the earlier one; "/lich hủy" only ends that."""
    if fold(argument).strip(" .") in ENDS:
        ended = await end_calendar(context.conn, by=context.person, now=context.now)
        return reply(Outgoing(context.texts("calendar.ended" if ended else "calendar.none")))
    address = await web_session_store.address(context.conn)
    if address is None:
        return reply(Outgoing(context.texts("calendar.off")))
    key = await offer_calendar(context.conn, by=context.person, now=context.now)
    text = context.texts("calendar.link", url=f"{address.url}/lich/{key}.ics")
    return reply(Outgoing(text, kept=context.texts("calendar.lost")))
