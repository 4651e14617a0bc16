"""A live plan is recalled in the chat: the coordinator says why, its units are told."""

from handlers.common.button_data import ButtonData, choice_of, id_in
from handlers.common.context import Button, Context, Question, Reply, button, question, reply
from handlers.common.conversation import Outgoing
from handlers.common.wording import label, wording_of
from handlers.plans import plan_upload_chat
from handlers.plans.recall_notice import tell_recalled
from services.common.results import Refused
from services.plans.own_plan import NotTheirPlan
from services.plans.recall_plan import Recalled, recall_plan

_TOPIC = "recall"


@button("recall", "coordinator")
async def recall(context: Context, pressed: ButtonData) -> Reply:
    """Ask why a plan is recalled; nothing is done before that is said."""
    row = await plan_upload_chat.mine(context, pressed.id())
    if isinstance(row, Reply):
        return row
    if row.state != "live":
        return reply(Outgoing(context.texts("error.old_button")))
    back = choice_of(label(context.texts, "not_recalled"), "rows", row.id, 0)
    text = context.texts("recall.ask", plan=row.name, count=row.assignments)
    return reply(Outgoing(text, ((back,),)), topic=_TOPIC, about=str(row.id))


@question(_TOPIC, "coordinator")
async def because(context: Context, text: str) -> Reply:
    """Recall the plan for the reason that was typed."""
    plan_id = id_in(context.dialog.about)
    result = await recall_plan(
        context.conn, plan_id, text, by=context.person, now=context.now, rules=context.rules
    )
    match result:
        case Recalled():
            text = await tell_recalled(context.conn, wording_of(context), result, context.now)
            return reply(Outgoing(text))
        case NotTheirPlan():
            return plan_upload_chat.not_theirs(context, result)
        case Refused(reason="no_reason"):
            return reply(Outgoing(context.texts("recall.why")), topic=_TOPIC, about=context.dialog.about)
        case Refused():
            return reply(Outgoing(context.texts("error.old_button")))


BUTTONS: tuple[Button, ...] = (recall,)
QUESTIONS: tuple[Question, ...] = (because,)
