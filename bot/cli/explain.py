"""nhacviec explain: how a phrase of a plan, or a line that an officer typed, is understood."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import AsJson, session, show
from config.texts import Texts

if TYPE_CHECKING:
    from domain.deadlines import Deadline

app = typer.Typer(no_args_is_help=True, help="Explain how words are understood.")


@app.command("deadline")
def deadline(
    context: typer.Context,
    text: Annotated[
        str, typer.Argument(help="The words, such as: trước ngày 15/6 và 15/11", show_default=False)
    ],
    first: Annotated[
        datetime,
        typer.Option("--from", formats=["%Y-%m-%d"], help="First day of the plan.", show_default=False),
    ],
    last: Annotated[
        datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day of the plan.", show_default=False)
    ],
    as_json: AsJson = False,
) -> None:
    """Tell by when something is due, and why."""
    from domain.deadlines import read_deadline

    now = session(context)
    found = read_deadline(text, first.date(), last.date())
    why = _why(now.texts, found)
    if as_json:
        show(
            {
                "dates": found.dates,
                "recurrence": found.recurrence,
                "window": found.window,
                "time": f"{found.time:%H:%M}" if found.time else None,
                "inclusive": found.inclusive,
                "why": why,
            }
        )
        return
    dates = ", ".join(f"{day:%d/%m/%Y}" for day in found.dates) or "-"
    typer.echo(now.texts("cli.deadline", dates=dates, recurrence=found.recurrence, why=why).unescape())


def _why(texts: Texts, found: "Deadline") -> str:
    """Word what decided, what else was told, and whether the date itself is too late."""
    keys = (found.why, *found.also, *(() if found.inclusive else ("too_late",)))
    return "; ".join(dict.fromkeys(texts(f"deadline.{key}").unescape() for key in keys))


@app.command("update")
def update(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="What was typed, such as: da xong 2/3 tin", show_default=False)],
    today: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day it was typed.", show_default="today"),
    ] = None,
    due: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The due date of the work.", show_default=False),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Tell what a short update is taken to say."""
    from domain.updates import read_update

    now = session(context)
    found = read_update(text, today=today.date() if today else now.today, due=due.date() if due else None)
    told = {
        "state": found.state,
        "percent": found.percent,
        "done_of": found.done_of,
        "blocked": found.blocked,
        "result": found.result,
        "difficulty": found.difficulty,
        "proposal": found.proposal,
        "extension_to": found.extension_to,
        "documents": found.documents,
    }
    if as_json:
        show(told)
        return
    for name, value in told.items():
        if value not in (None, False, ()):
            typer.echo(f"{name}: {value}")
