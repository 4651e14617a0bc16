"""/page (/trang): the link to a page of one's own, for whoever would rather answer in a browser."""

from domain.common.text import fold
from handlers.common.context import Context, Reply, command, reply
from handlers.common.conversation import Outgoing
from handlers.common.wording import wording_of
from services.organisation.offer_own_page import offer_own_page, revoke_own_page
from storage.organisation import web_session_store

ENDS = {"huy", "thu hoi", "off", "cancel"}


@command("page", "trang", "officer")
async def page(context: Context, argument: str) -> Reply:
    """Give the link, which ends the earlier one; "/trang hủy" only ends that."""
    if fold(argument).strip(" .") in ENDS:
        ended = await revoke_own_page(context.conn, by=context.person, now=context.now)
        return reply(Outgoing(context.texts("own_page.ended" if ended else "own_page.none")))
    address = await web_session_store.address(context.conn)
    if address is None:
        return reply(Outgoing(context.texts("own_page.off")))
    link = await offer_own_page(context.conn, by=context.person, now=context.now)
    until = wording_of(context).day(link.until.astimezone(context.rules.zone).date())
    text = context.texts("own_page.link", url=f"{address.url}/toi/vao/{link.key}", day=until)
    return reply(Outgoing(text, kept=context.texts("own_page.lost")))
