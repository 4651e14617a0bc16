"""nhacviec explain: how a phrase of a plan, or a line that an officer typed, is understood."""

import json
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.command_context import AsJson, session, show
from config.texts import Texts

if TYPE_CHECKING:
    from domain.common.workdays import Workdays
    from domain.deadlines import Deadline
    from domain.updates import Update

app = typer.Typer(no_args_is_help=True, help="Explain how words are understood.")


def _day(option: str, help_text: str) -> Any:  # typer's own type of an option is not public
    return typer.Option(option, formats=["%Y-%m-%d"], help=help_text, show_default=False)


@app.command("deadline")
def deadline(
    context: typer.Context,
    text: Annotated[
        str,
        typer.Argument(
            help="The words, such as: trước ngày 15/6 và 15/11. With -, one text a line from standard input.",
            show_default=False,
        ),
    ],
    first: Annotated[datetime | None, _day("--from", "First day of the plan.")] = None,
    last: Annotated[datetime | None, _day("--to", "Last day of the plan.")] = None,
    issued: Annotated[datetime | None, _day("--issued", "The day the plan was issued.")] = None,
    as_json: AsJson = False,
) -> None:
    """Tell by when something is due, and why."""
    from bot.app.wiring import load_days
    from domain.deadlines import read_deadline

    now = session(context)
    days = load_days(moves=now.settings.move_deadlines)
    period = (first.date() if first else None, last.date() if last else None)
    for phrase in sys.stdin if text == "-" else (text,):
        found = read_deadline(phrase, *period, issued_on=issued.date() if issued else None)
        facts = _deadline_facts(found, now.texts, days)
        if text == "-":
            typer.echo(json.dumps({"phrase": phrase.rstrip("\r\n")} | facts, ensure_ascii=False, default=str))
        elif as_json:
            show(facts)
        else:
            typer.echo(_deadline_line(found, now.texts, facts))


def _deadline_facts(found: "Deadline", texts: Texts, days: "Workdays") -> dict[str, object]:
    """Return what is printed as JSON; `safe_dates` are the last safe days, one for each date."""
    from domain.deadlines.last_day import last_safe_day

    return {
        "dates": found.dates,
        "recurrence": found.recurrence,
        "window": found.window,
        "time": f"{found.time:%H:%M}" if found.time else None,
        "inclusive": found.inclusive,
        "safe_dates": [last_safe_day(day, days, inclusive=found.inclusive) for day in found.dates],
        "why": _why(texts, found),
        "doubts": found.doubts,
    }


def _deadline_line(found: "Deadline", texts: Texts, facts: dict[str, object]) -> str:
    dates = ", ".join(f"{day:%d/%m/%Y}" for day in found.dates) or "-"
    return texts("cli.deadline", dates=dates, recurrence=found.recurrence, why=facts["why"]).unescape()


def _why(texts: Texts, found: "Deadline") -> str:
    """Word what decided, what else was told, whether the date itself is too late, and what is doubtful."""
    too_late = () if found.inclusive else ("too_late",)
    doubts = (f"doubt_{doubt}" for doubt in found.doubts)
    keys = (found.why, *found.also, *too_late, *doubts)
    return "; ".join(dict.fromkeys(texts(f"deadline.{key}").unescape() for key in keys))


@app.command("update")
def update(
    context: typer.Context,
    text: Annotated[
        str,
        typer.Argument(
            help="What was typed, such as: da xong 2/3 tin. With -, one text a line from standard input.",
            show_default=False,
        ),
    ],
    today: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day it was typed.", show_default="today"),
    ] = None,
    due: Annotated[datetime | None, _day("--due", "The due date of the work.")] = None,
    items: Annotated[
        str | None,
        typer.Option(help="The numbers of the items that are open, such as: 1,2,4.1", show_default=False),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Tell what a short update is taken to say, of each item where --items are given."""
    now = session(context)
    days = (today.date() if today else now.today, due.date() if due else None)
    open_items = items.replace(" ", "").split(",") if items else None
    for typed in sys.stdin if text == "-" else (text,):
        words = typed.rstrip("\r\n")
        told = _update_facts(words, *days, open_items)
        if text == "-":
            line = {"text": words} | ({"items": told} if isinstance(told, list) else told)
            typer.echo(json.dumps(line, ensure_ascii=False, default=str))
        elif as_json:
            show(told)
        else:
            _echo_update(told)


def _update_facts(
    text: str, today: date, due: date | None, items: list[str] | None
) -> dict[str, object] | list[dict[str, object]]:
    """Return what is printed as JSON: one object, or a list of one for each item.

    Of a text that names an item nobody knows, or is not understood as a whole, no item has a state.
    """
    from domain.updates import read_update
    from domain.updates.several_items import NotUnderstood, read_items

    if items is None:
        return _facts(read_update(text, today=today, due=due))
    found = read_items(text, items, today=today, due=due)
    if isinstance(found, NotUnderstood):
        understood = [
            {"item": item_update.item} | _facts(item_update.update) for item_update in found.understood
        ]
        return [{"item": None, "state": None, "unclear": found.left, "understood": understood}]
    return [
        {"item": item_update.item, "text": item_update.text} | _facts(item_update.update)
        for item_update in found
    ]


def _facts(found: "Update") -> dict[str, object]:
    return {
        "state": found.state,
        "percent": found.percent,
        "done_of": found.done_of,
        "blocked": found.blocked,
        "result": found.result,
        "difficulty": found.difficulty,
        "proposal": found.proposal,
        "extension_to": found.extension_to,
        "documents": found.documents,
        "acknowledged": found.acknowledged,
        "unclear": found.unclear,
    }


def _echo_update(told: dict[str, object] | list[dict[str, object]]) -> None:
    for facts in told if isinstance(told, list) else [told]:
        for name, value in facts.items():
            if value not in (None, False, ()):
                typer.echo(f"{name}: {value}")
