"""A plan was recalled: its units hear why, and whoever recalled it hears what came of it."""

from datetime import datetime

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.common.wording import Wording
from handlers.plans.version_notice import tell_units
from services.plans.recall_plan import Recalled


async def tell_recalled(conn: AsyncConnection, word: Wording, recalled: Recalled, now: datetime) -> Markup:
    """Tell the units of a recalled plan; return how much is called off and how many units are told."""
    plan = recalled.plan
    head = word.texts("recall.head", plan=plan.name, reason=recalled.reason)
    units = await tell_units(conn, word, plan, recalled.news, now, head=head)
    return word.texts("recall.done", plan=plan.name, count=recalled.cancelled, units=units)
