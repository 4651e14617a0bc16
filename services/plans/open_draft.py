"""Load a draft with the register as it stands now."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.register import Register
from domain.plans.draft import Draft
from services.common.rules import Rules
from storage.organisation import learnt_store
from storage.plans import draft_store


async def open_draft(
    conn: AsyncConnection, plan_id: int, rules: Rules, today: date
) -> tuple[Draft, Register]:
    """Return a plan's rows and the register, with the units that plans have brought since the start."""
    register = await learnt_store.load_register(conn, rules.register.groups)
    return await draft_store.load(conn, plan_id, today), register
