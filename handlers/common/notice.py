"""A message to somebody else than the one who speaks: put into the outbox, worded at once."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.common.context import Context
from handlers.common.conversation import Outgoing, to_json
from storage.common import outbox
from storage.common.outbox import References


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
    question_id: int | None = None,
) -> None:
    """Tell people of an event on a local day, as `put` does; `question_id`: they may answer it so."""
    about = References(extension_id=extension_id, question_id=question_id)
    await outbox.put_notice(conn, dict.fromkeys(people), day, topic, to_json((message,)), about)
