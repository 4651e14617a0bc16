"""A message to somebody else than the one who speaks: put into the outbox, worded at once."""

from collections.abc import Callable, Iterable
from datetime import date

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from config.texts import Texts, load_texts
from handlers.common.context import Context
from handlers.common.conversation import Outgoing, to_json
from storage.assignments import assignment_store
from storage.common import outbox
from storage.common.outbox import References
from storage.organisation import people_store


async def put(
    context: Context, people: Iterable[int], topic: str, message: Outgoing, *, extension_id: int | None = None
) -> None:
    """Tell people of an event. `topic` names its kind; `extension_id`: they may decide it in answer."""
    await put_on(context.conn, people, context.today, topic, message, extension_id=extension_id)


async def put_on(
    conn: AsyncConnection,
    people: Iterable[int],
    day: date,
    topic: str,
    message: Outgoing,
    *,
    extension_id: int | None = None,
) -> None:
    """Tell people of an event on a local day, as `put` does."""
    about = References(extension_id=extension_id)
    await outbox.put_notice(conn, dict.fromkeys(people), day, topic, to_json((message,)), about)


async def tell_coordinators(
    conn: AsyncConnection,
    unit_ids: Iterable[int],
    day: date,
    topic: str,
    word: Callable[[Texts], Markup],
    *,
    but: int,
    lost_person_id: int | None = None,
) -> None:
    """Tell those who compile the plans in which units have a part, each in their own language.

    `day` is local. The person `but`, whom it is about, is left out; `lost_person_id` cannot be written to.
    """
    owed = await assignment_store.of_units(conn, unit_ids)
    units = {one.coordinator_id for one in owed if one.coordinator_id is not None}
    held = await people_store.holders(conn, units, ["coordinator"], day)
    for coordinator_id in dict.fromkeys(one for one, _ in held if one != but):
        texts = load_texts((await people_store.get(conn, coordinator_id, day)).language)
        words = to_json((Outgoing(word(texts)),))
        about = References(lost_person_id=lost_person_id)
        await outbox.put_notice(conn, [coordinator_id], day, topic, words, about)
