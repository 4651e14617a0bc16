"""nhacviec plan recall: a live plan is asked for no more; its history is kept."""

from typing import Annotated

import typer

from bot.cli.command_context import AsJson, Session, fail, open_session, opened, print_json, run_to_end
from handlers.plans.version_notice import tell_units
from services.common.results import Refused
from services.plans.own_plan import NotTheirPlan
from services.plans.recall_plan import Recalled, recall_plan


def recall(
    context: typer.Context,
    plan: int,
    reason: Annotated[str, typer.Option()],
    as_json: AsJson = False,
) -> None:
    """Recall a live plan: nothing is asked for any more, its units are told why, its history is kept."""
    session = open_session(context)
    recalled, units = run_to_end(_recall(session, plan, reason))
    if as_json:
        print_json({"plan": recalled.plan.id, "cancelled": recalled.cancelled, "units_told": units})
        return
    count = recalled.cancelled
    typer.echo(session.texts("recall.done", plan=recalled.plan.name, count=count, units=units).unescape())


async def _recall(session: Session, plan_id: int, reason: str) -> tuple[Recalled, int]:
    async with opened(session) as (database, rules), database.writing() as conn:
        at = session.clock.now()
        result = await recall_plan(conn, plan_id, reason, by=None, now=at, rules=rules)
        match result:
            case Refused(reason="not_live" | "no_reason"):
                fail(session.texts(f"recall.{result.reason}", plan=plan_id).unescape())
            case Refused() | NotTheirPlan():
                fail(session.texts("cli.no_plan", plan=plan_id).unescape())
            case Recalled():
                head = session.texts("recall.head", plan=result.plan.name, reason=result.reason)
                units_told = await tell_units(
                    conn, session.wording(rules), result.plan, result.news, at, head=head
                )
        return result, units_told
