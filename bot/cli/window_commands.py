"""nhacviec plan window: which days the figures of a plan's reports cover."""

from enum import StrEnum
from typing import Annotated

import typer

from bot.cli.command_context import AsJson, Session, fail, open_session, opened, print_json, run_to_end
from handlers.common.wording import short
from storage.common import audit_log
from storage.plans import data_windows, plan_store
from storage.plans.data_windows import RuleWindow
from storage.plans.plan_store import PlanRow


class Kind(StrEnum):
    """By Nghị định 09/2019/NĐ-CP, Điều 12, or by the calendar."""

    DECREE = "decree"
    CALENDAR = "calendar"


def window(
    context: typer.Context,
    plan: int,
    kind: Annotated[Kind | None, typer.Argument(metavar="decree|calendar")] = None,
    rule: Annotated[int | None, typer.Option(metavar="NUMBER")] = None,
    as_json: AsJson = False,
) -> None:
    """Show or choose how far the figures of a plan's reports reach: as the decree has it, or the calendar."""
    session = open_session(context)
    row, windows, count = run_to_end(_window(session, plan, kind, rule))
    if as_json:
        print_json(
            [
                {"rule": rule_window.rule_id, "window": rule_window.kind, "quote": rule_window.quote}
                for rule_window in windows
            ]
        )
    elif kind is not None:
        notice = session.texts(
            "cli.windows", plan=row.name, count=count, kind=session.texts(f"cli.window_{kind.value}")
        )
        typer.echo(notice.unescape())
    else:
        for rule_window in windows:
            typer.echo(f"{rule_window.rule_id}\t{rule_window.kind}\t{short(rule_window.quote, 80)}")


async def _window(
    session: Session,
    plan_id: int,
    kind: Kind | None,
    rule: int | None,
) -> tuple[PlanRow, tuple[RuleWindow, ...], int]:
    async with opened(session) as (database, _), database.writing() as conn:
        row, count = await plan_store.find(conn, plan_id), 0
        if row is None or row.amends is not None:
            fail(session.texts("cli.no_plan", plan=plan_id).unescape())
        if kind is not None:
            count = await data_windows.choose(conn, plan_id, rule, kind.value)
            if count == 0 and rule is not None:
                fail(session.texts("cli.no_rule", plan=row.name, rule=rule, id=plan_id).unescape())
            await audit_log.note(
                conn, session.clock.now(), "window", f"plan {plan_id}: {rule or 'all'} {kind.value}"
            )
        return row, await data_windows.of_plan(conn, plan_id), count
