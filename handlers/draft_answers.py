"""What is typed while a draft is shown: a correction of it, or an update of somebody who has work as well."""

from dataclasses import replace

from handlers.assignments import update_chat
from handlers.common.context import Context, Question, Reply, question, reply
from handlers.common.conversation import Outgoing
from handlers.plans import draft_chat
from handlers.plans.draft_wording import TOPIC


@question(TOPIC, "coordinator")
async def answered(context: Context, text: str) -> Reply:
    """Take a correction, or else an update of an officer; the draft stays open."""
    answer = await draft_chat.correct(context, text)
    if isinstance(answer, Reply):
        return answer
    if not context.person.units("focal", "leader"):
        return reply(Outgoing(answer), topic=TOPIC, about=context.dialog.about)
    taken = await update_chat.take_update(context, text)
    return taken if taken.topic else replace(taken, topic=TOPIC, about=context.dialog.about)


QUESTIONS: tuple[Question, ...] = (answered,)
