"""nhacviec plan rollover: last year's plan as the start of this year's."""

from typing import Annotated

import typer

from bot.cli.command_context import AsJson, Session, fail, opened, run, session, show
from bot.cli.version_commands import plan_row
from handlers.plans.rollover_notice import tell
from storage.common import audit_log
from storage.plans import plan_store
from storage.plans.plan_store import PlanRow
from storage.plans.rollover_store import Rolled, RolloverError, roll


def rollover(
    context: typer.Context,
    plan: Annotated[
        int, typer.Argument(metavar="ID", help="The plan's number in plan list.", show_default=False)
    ],
    year: Annotated[
        int | None, typer.Option(min=2000, max=2100, help="The first year of the new plan.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Copy a live plan as a draft for the year after it, its dates moved; once for the same year."""
    now = session(context)
    source, rolled, row = run(_roll(now, plan, year))
    if as_json:
        show({**plan_row(row), "year": rolled.year, "new": rolled.new})
        return
    key = "rollover.made" if rolled.new else "rollover.again"
    told = now.texts(
        key, plan=source.name, year=rolled.year, title=row.title, coordinator=row.coordinator or "?"
    )
    typer.echo(told.unescape())


async def _roll(now: Session, plan_id: int, year: int | None) -> tuple[PlanRow, Rolled, PlanRow]:
    async with opened(now) as (database, rules), database.writing() as conn:
        source = await plan_store.find(conn, plan_id)
        if source is None or source.amends is not None:
            fail(now.texts("cli.no_plan", plan=plan_id).unescape())
        if source.state != "live":
            fail(now.texts("rollover.draft", plan=source.name).unescape())
        try:
            rolled = await roll(conn, plan_id, year, rules.register, now.clock.now())
        except RolloverError as wrong:
            fail(now.texts(f"rollover.{wrong.reason}", plan=source.name).unescape())
        if rolled.new:
            await audit_log.note(conn, now.clock.now(), "rollover", f"plan {plan_id}: {rolled.id}")
            await tell(conn, source, rolled, now.today)
        return source, rolled, await plan_store.get(conn, rolled.id)
