"""Last year's plan moved to this year: its coordinators hear of the draft, and confirm it or let it go."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from config.texts import load_texts
from handlers.common.button_data import choice_of
from handlers.common.conversation import Outgoing, to_json
from handlers.common.wording import label
from services.plans.roll_over import RolledOver
from storage.common import outbox
from storage.organisation import people_store
from storage.plans import clause_store


async def tell_coordinators(conn: AsyncConnection, rolled: RolledOver, today: date) -> None:
    """Put word of the draft into the outbox for the people who compile it; `today` is local."""
    draft = rolled.draft
    if draft.coordinator_id is None:
        return
    count = len(await clause_store.clauses(conn, draft.id))
    for person_id, _ in await people_store.holders(conn, [draft.coordinator_id], ["coordinator"], today):
        texts = load_texts((await people_store.get(conn, person_id, today)).language)
        text = texts(
            "rollover.notice", title=draft.title, plan=rolled.source.name, lines=count, year=rolled.year
        )
        row = (
            choice_of(label(texts, "confirm"), "confirm", draft.id),
            choice_of(label(texts, "discard"), "discard", draft.id),
        )
        message = to_json((Outgoing(text, (row,)),))
        await outbox.put_notice(conn, [person_id], today, f"rollover:{draft.id}", message)
