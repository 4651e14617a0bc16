"""nhacviec plan rollover: last year's plan as the start of this year's."""

from typing import Annotated

import typer

from bot.cli.command_context import AsJson, Session, fail, opened, run, session, show
from bot.cli.version_commands import plan_row
from handlers.plans.rollover_notice import tell_coordinators
from services.common.results import Refused
from services.plans.roll_over import CannotRollOver, RolledOver, roll_over


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
    rolled = run(_roll_over(now, plan, year))
    row = rolled.draft
    if as_json:
        show({**plan_row(row), "year": rolled.year, "new": rolled.is_new})
        return
    key = "rollover.made" if rolled.is_new else "rollover.again"
    coordinator = row.coordinator or "?"
    told = now.texts(key, plan=rolled.source.name, year=rolled.year, title=row.title, coordinator=coordinator)
    typer.echo(told.unescape())


async def _roll_over(now: Session, plan_id: int, year: int | None) -> RolledOver:
    async with opened(now) as (database, rules), database.writing() as conn:
        result = await roll_over(conn, plan_id, year, now=now.clock.now(), rules=rules)
        match result:
            case Refused():
                fail(now.texts("cli.no_plan", plan=plan_id).unescape())
            case CannotRollOver():
                fail(now.texts(f"rollover.{result.reason}", plan=result.source.name).unescape())
            case RolledOver() if result.is_new:
                await tell_coordinators(conn, result, now.today)
        return result
