"""nhacviec plan confirm: whether what units say is done waits for the coordinator."""

from enum import StrEnum
from typing import Annotated

import typer

from bot.cli.command_context import AsJson, Session, fail, open_session, opened, print_json, run_to_end
from storage.assignments import confirmation_store
from storage.common import audit_log
from storage.plans import plan_store
from storage.plans.plan_store import PlanRow


class Switch(StrEnum):
    """Whether something is wanted."""

    ON = "on"
    OFF = "off"


def confirm(
    context: typer.Context,
    plan: int,
    switch: Annotated[Switch | None, typer.Argument(metavar="on|off")] = None,
    as_json: AsJson = False,
) -> None:
    """Show or set whether what units say is done waits for the coordinator to confirm it."""
    session = open_session(context)
    row, wanted = run_to_end(_confirm(session, plan, switch))
    if as_json:
        print_json({"plan": row.id, "confirms": wanted})
    else:
        typer.echo(session.texts(f"confirm.{'on' if wanted else 'off'}", plan=row.name).unescape())


async def _confirm(session: Session, plan_id: int, switch: Switch | None) -> tuple[PlanRow, bool]:
    async with opened(session) as (database, _), database.writing() as conn:
        row = await plan_store.find(conn, plan_id)
        if row is None or row.amends is not None:
            fail(session.texts("cli.no_plan", plan=plan_id).unescape())
        was = await confirmation_store.is_wanted(conn, plan_id)
        wanted = was if switch is None else switch is Switch.ON
        if await confirmation_store.want(conn, plan_id, wanted=wanted):
            sides = {False: "off", True: "on"}
            about = f"plan {plan_id}"
            await audit_log.note(
                conn, session.clock.now(), "confirms", about, was=sides[was], became=sides[wanted]
            )
        return row, wanted
