"""A plan among many: what is counted of it."""

from sqlalchemy import text
from sqlalchemy.dialects import sqlite

from storage.database.schema import plan
from storage.plans import plan_store
from tests.cast import Stage


async def test_what_other_plans_ask_for_is_not_counted_for_one(stage: Stage) -> None:
    """It is found by the index of one plan: in a province a million rows belong to others."""
    query = plan_store._rows().where(plan.c.id == 1)
    words = query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    async with stage.database.reading() as conn:
        steps = [str(row.detail) for row in await conn.execute(text(f"EXPLAIN QUERY PLAN {words}"))]
    (step,) = (step for step in steps if "assignment" in step)
    assert step.startswith("SEARCH assignment USING INDEX ix_assignment_plan_id (plan_id=?)")
