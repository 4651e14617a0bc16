"""A live plan is recalled on its page, with a reason."""

from starlette.responses import Response

from bot.web.visit import Flash, Visit
from handlers.plans.recall_notice import tell_recalled
from services.plans.recall_plan import Recalled, recall_plan


async def recall(visit: Visit) -> Response:
    """Recall the plan for the reason in the form; its units are told."""
    plan, reason = visit.plan(visit.request.path_params["plan"]), visit.sent("reason")
    result = await recall_plan(visit.conn, plan.id, reason, by=visit.person, now=visit.now, rules=visit.rules)
    if isinstance(result, Recalled):
        visit.tell(Flash(await tell_recalled(visit.conn, visit.words, result, visit.now)))
        return visit.go(f"/ke-hoach/{plan.id}")
    visit.tell(Flash(visit.texts("reason_missing" if not reason else "not_taken"), wrong=True))
    return visit.go(f"/ke-hoach/{plan.id}")
