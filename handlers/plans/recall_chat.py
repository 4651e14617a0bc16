"""A live plan is recalled in the chat, by a button or one line: with a reason, which its units hear."""

from collections.abc import Sequence

from domain.common.text import fold
from domain.plans.recall_wish import RecallWish, read_recall
from handlers.common.button_data import ButtonData, choice_of, id_in
from handlers.common.context import Button, Context, Question, Reply, button, question, reply
from handlers.common.conversation import Outgoing
from handlers.common.wording import label, short, wording_of
from handlers.plans import plan_upload_chat
from handlers.plans.draft_wording import TOPIC, Shown
from handlers.plans.recall_notice import tell_recalled
from services.common.results import Refused
from services.plans.own_plan import NotTheirPlan
from services.plans.recall_plan import Recalled, recall_plan
from storage.plans import plan_store
from storage.plans.plan_store import PlanRow

_TOPIC, _SURE, _WHICH = "recall", "recall_sure", "recall_which"
TOPICS = (_TOPIC, _SURE, _WHICH)
"""Questions: why; whether, with the plan and why in one; which plan, with why where that was typed."""
_YES = {"co", "dong y", "ok", "dung", "dung vay", "xac nhan", "thu hoi", "yes", "y"}
_NO = {"khong", "ko", "thoi", "khong thu hoi", "bo qua", "no"}


async def typed(context: Context, text: str) -> Reply | None:
    """Take the wish to recall a plan, typed in one line; None where it is none. Nothing is done yet."""
    wish = read_recall(text)
    if wish is None or not context.person.units("coordinator"):
        return None
    rows = await plan_store.listing(context.conn, context.person.units("coordinator"))
    meant = _meant(context, [row for row in rows if row.state == "live"], wish)
    if not meant:
        return reply(Outgoing(context.texts("recall.none", words=short(wish.plan, 40))))
    if len(meant) == 1:
        return _ask(context, meant[0], wish.reason)
    choices = tuple((choice_of(short(row.name, 60), "recall", row.id),) for row in meant)
    return reply(Outgoing(context.texts("recall.which"), choices), topic=_WHICH, about=wish.reason)


def _meant(context: Context, live: Sequence[PlanRow], wish: RecallWish) -> list[PlanRow]:
    """The plans of that number; without one the plan on the screen, or all."""
    if wish.plan:
        return [row for row in live if wish.names(row.number)]
    shown = Shown.read(context.dialog.about).plan_id if context.dialog.topic == TOPIC else 0
    return [row for row in live if row.id == shown] or list(live)


def _ask(context: Context, row: PlanRow, reason: str) -> Reply:
    """Say what recalling means; ask why, or whether where that is known."""
    back = choice_of(label(context.texts, "not_recalled"), "rows", row.id, 0)
    facts = {"plan": row.name, "count": row.assignments}
    if not reason:
        text = context.texts("recall.ask", **facts)
        return reply(Outgoing(text, ((back,),)), topic=_TOPIC, about=str(row.id))
    now = choice_of(label(context.texts, "recall"), "recall", row.id, "now")
    text = context.texts("recall.sure", reason=reason, **facts)
    return reply(Outgoing(text, ((now, back),)), topic=_SURE, about=f"{row.id} {reason}")


@button("recall", "coordinator")
async def recall(context: Context, pressed: ButtonData) -> Reply:
    """Ask why a plan is recalled; nothing is done before that is said. "now": for the one that was typed."""
    row = await plan_upload_chat.mine(context, pressed.id())
    if isinstance(row, Reply):
        return row
    if row.state != "live":
        return reply(Outgoing(context.texts("error.old_button")))
    dialog = context.dialog
    number, _, reason = dialog.about.partition(" ")
    if pressed.text(1) == "now" and dialog.topic == _SURE and number == str(row.id):
        return await _recall(context, row.id, reason)
    return _ask(context, row, dialog.about if dialog.topic == _WHICH else "")


@question(_TOPIC, "coordinator")
async def because(context: Context, text: str) -> Reply:
    """Recall the plan for the reason that was typed."""
    return await _recall(context, id_in(context.dialog.about), text)


@question(_SURE, "coordinator")
async def decided(context: Context, text: str) -> Reply | None:
    """Take a word for yes or no; whatever else is no answer."""
    word = fold(text).strip(" .!")
    number, _, reason = context.dialog.about.partition(" ")
    if word in _YES:
        return await _recall(context, id_in(number), reason)
    return reply(Outgoing(context.texts("recall.left"))) if word in _NO else None


async def _recall(context: Context, plan_id: int, text: str) -> Reply:
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
            return reply(Outgoing(context.texts("recall.why")), topic=_TOPIC, about=str(plan_id))
        case Refused():
            return reply(Outgoing(context.texts("error.old_button")))


BUTTONS: tuple[Button, ...] = (recall,)
QUESTIONS: tuple[Question, ...] = (because, decided)
