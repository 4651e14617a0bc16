"""nhacviec plan rollover: last year's plan as the start of this year's."""

from typing import Annotated

import typer

from bot.cli.command_context import AsJson, Session, fail, open_session, opened, print_json, run_to_end
from bot.cli.version_commands import plan_row
from handlers.plans.rollover_notice import tell_coordinators
from services.common.results import Refused
from services.plans.roll_over import CannotRollOver, RolledOver, roll_over


def rollover(
    context: typer.Context,
    plan: int,
    year: Annotated[int | None, typer.Option(min=2000, max=2100, metavar="NUMBER")] = None,
    as_json: AsJson = False,
) -> None:
    """Copy a live plan as a draft for the year after it, its dates moved; once for the same year."""
    session = open_session(context)
    rolled = run_to_end(_roll_over(session, plan, year))
    row = rolled.draft
    if as_json:
        print_json({**plan_row(row), "year": rolled.year, "new": rolled.is_new})
        return
    key = "rollover.made" if rolled.is_new else "rollover.again"
    coordinator = row.coordinator or "?"
    notice = session.texts(
        key, plan=rolled.source.name, year=rolled.year, title=row.title, coordinator=coordinator
    )
    typer.echo(notice.unescape())


async def _roll_over(session: Session, plan_id: int, year: int | None) -> RolledOver:
    async with opened(session) as (database, rules), database.writing() as conn:
        result = await roll_over(conn, plan_id, year, now=session.clock.now(), rules=rules)
        match result:
            case Refused():
                fail(session.texts("cli.no_plan", plan=plan_id).unescape())
            case CannotRollOver():
                fail(session.texts(f"rollover.{result.reason}", plan=result.source.name).unescape())
            case RolledOver() if result.is_new:
                await tell_coordinators(conn, result, session.today)
        return result
