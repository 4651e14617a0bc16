"""/web (/trangweb): a one-time key to the coordinator's web pages."""

import secrets

from handlers.common.context import Desk, Reply, command, reply
from handlers.common.conversation import Outgoing
from storage.common import audit_log as audit
from storage.organisation import web_session_store as web_keys

_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no I, O, 0, 1: a key may be typed from another screen
_GROUPS, _GROUP = 3, 4  # 60 bits, for ten minutes
_MINUTES = int(web_keys.LINK_LASTS.total_seconds() // 60)


@command("web", "trangweb", "coordinator")
async def web(desk: Desk, argument: str) -> Reply:
    """Give a link that opens the pages once or, where there is no public address, a key to type there.

    The key stands behind the "#": it reaches no server, no log and no preview until the page sends it.
    """
    address = await web_keys.address(desk.work)
    if address is None:
        return reply(Outgoing(desk.texts("web.off")))
    key = "-".join("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
    await web_keys.offer(desk.work, plain_key(key), desk.person.id, desk.now)
    await audit.note(desk.work, desk.now, "web_key", "one-time key", desk.person.id)
    sentence = "web.link" if address.public else "web.code"
    return reply(Outgoing(desk.texts(sentence, url=f"{address.url}/vao", key=key, minutes=_MINUTES)))


def plain_key(typed: str) -> str:
    """Return a key as it is hashed: case, spaces and hyphens do not count."""
    return "".join(c for c in typed.upper() if c.isalnum())
