"""/web (/trangweb): a one-time key to the coordinator's web pages."""

from handlers.common.context import Context, Reply, command, reply
from handlers.common.conversation import Outgoing
from services.organisation.invite_codes import make_letters
from storage.common import audit_log
from storage.organisation import web_session_store

_GROUPS, _GROUP = 3, 4  # 55 bits, for ten minutes
_MINUTES = int(web_session_store.LINK_LASTS.total_seconds() // 60)


@command("web", "trangweb", "coordinator")
async def web(context: Context, argument: str) -> Reply:
    """Give a link that opens the pages once or, where there is no public address, a key to type there.

    The key stands behind the "#": it reaches no server, no log and no preview until the page sends it.
    """
    address = await web_session_store.address(context.conn)
    if address is None:
        return reply(Outgoing(context.texts("web.off")))
    letters = make_letters(_GROUPS * _GROUP)  # a key may be typed from another screen
    key = "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))
    await web_session_store.offer(context.conn, plain_key(key), context.person.id, context.now)
    await audit_log.note(context.conn, context.now, "web_key", "one-time key", context.person.id)
    sentence = "web.link" if address.public else "web.code"
    text = context.texts(sentence, url=f"{address.url}/vao", key=key, minutes=_MINUTES)
    return reply(Outgoing(text, kept=context.texts("web.lost")))


def plain_key(typed: str) -> str:
    """Return a key as it is hashed: case, spaces and hyphens do not count."""
    return "".join(c for c in typed.upper() if c.isalnum())
