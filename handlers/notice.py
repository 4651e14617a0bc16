"""A message to somebody else than the one who speaks: put into the outbox, worded at once."""

from collections.abc import Iterable

from handlers.conversation import Outgoing, to_json
from handlers.desk import Desk
from storage import nudges


async def put(desk: Desk, people: Iterable[int], topic: str, message: Outgoing) -> None:
    """Tell people something, once for the same topic and day."""
    await nudges.put(desk.work, people, desk.today, "notice", topic=topic, words=to_json((message,)))
