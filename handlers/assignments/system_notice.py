"""Somebody is told what a system has reported in their name, with the way back."""

from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.assignments.decision_notice import assignment_facts
from handlers.common import notice
from handlers.common.button_data import choice_of
from handlers.common.conversation import Outgoing
from handlers.common.wording import Wording, label, short
from services.assignments.statement import Recorded


async def tell_reported(
    conn: AsyncConnection, wording: Wording, recorded: Recorded, person_id: int, text: str
) -> None:
    """Tell a person what was recorded in their name; it can be taken back as what they say themselves."""
    facts = assignment_facts(wording, recorded.assignment)
    undo = choice_of(label(wording.texts, "undo"), "undo", recorded.progress_id)
    message = Outgoing(wording.texts("update.by_system", words=short(text, 200), **facts), ((undo,),))
    await notice.put_on(conn, (person_id,), wording.today, f"system:{recorded.progress_id}", message)
