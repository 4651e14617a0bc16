"""A message to somebody else than the one who speaks: put into the outbox, worded at once."""

from collections.abc import Iterable

from handlers.conversation import Outgoing, to_json
from handlers.desk import Desk
from storage import nudges, people
from storage.assignments import Assignment


async def put(desk: Desk, people: Iterable[int], topic: str, message: Outgoing) -> None:
    """Tell people something, once for the same topic and day."""
    await nudges.put(desk.work, people, desk.today, "notice", topic=topic, words=to_json((message,)))


async def coordinators(desk: Desk, one: Assignment) -> list[int]:
    """Return the people who compile what an assignment belongs to."""
    if one.coordinator_id is None:
        return []
    held = await people.holders(desk.work, [one.coordinator_id], ["coordinator"], desk.today)
    return [person_id for person_id, _ in held]
