"""nhacviec explain: how a phrase of a plan, or a line that an officer typed, is understood."""

import json
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.command_context import AsJson, open_session, print_json
from bot.cli.command_help import CommandGroup
from config.texts import Texts

if TYPE_CHECKING:
    from domain.common.workdays import Workdays
    from domain.deadlines import Deadline
    from domain.updates import Update

app = CommandGroup(no_args_is_help=True)


def _day(option: str) -> Any:  # typer's own type of an option is not public
    return typer.Option(option, formats=["%Y-%m-%d"], metavar="DATE")


@app.command("deadline")
def deadline(
    context: typer.Context,
    text: str,
    first: Annotated[datetime | None, _day("--from")] = None,
    last: Annotated[datetime | None, _day("--to")] = None,
    issued: Annotated[datetime | None, _day("--issued")] = None,
    as_json: AsJson = False,
) -> None:
    """Tell by when something is due, and why."""
    from bot.app.wiring import load_days
    from domain.deadlines import read_deadline

    session = open_session(context)
    days = load_days(moves=session.settings.move_deadlines)
    period = (first.date() if first else None, last.date() if last else None)
    for phrase in sys.stdin if text == "-" else (text,):
        reading = read_deadline(phrase, *period, issued_on=issued.date() if issued else None)
        facts = _deadline_facts(reading, session.texts, days)
        if text == "-":
            typer.echo(json.dumps({"phrase": phrase.rstrip("\r\n")} | facts, ensure_ascii=False, default=str))
        elif as_json:
            print_json(facts)
        else:
            typer.echo(_deadline_line(reading, session.texts, facts))


def _deadline_facts(reading: "Deadline", texts: Texts, days: "Workdays") -> dict[str, object]:
    """Return what is printed as JSON; `safe_dates` are the last safe days, one for each date."""
    from domain.deadlines.last_day import last_safe_day

    return {
        "dates": reading.dates,
        "recurrence": reading.recurrence,
        "window": reading.window,
        "time": f"{reading.time:%H:%M}" if reading.time else None,
        "inclusive": reading.inclusive,
        "safe_dates": [last_safe_day(day, days, inclusive=reading.inclusive) for day in reading.dates],
        "why": _why(texts, reading),
        "doubts": reading.doubts,
    }


def _deadline_line(reading: "Deadline", texts: Texts, facts: dict[str, object]) -> str:
    dates = ", ".join(f"{day:%d/%m/%Y}" for day in reading.dates) or "-"
    return texts("cli.deadline", dates=dates, recurrence=reading.recurrence, why=facts["why"]).unescape()


def _why(texts: Texts, reading: "Deadline") -> str:
    """Word what decided, what else was told, whether the date itself is too late, and what is doubtful."""
    too_late = () if reading.inclusive else ("too_late",)
    doubts = (f"doubt_{doubt}" for doubt in reading.doubts)
    keys = (reading.why, *reading.also, *too_late, *doubts)
    return "; ".join(dict.fromkeys(texts(f"deadline.{key}").unescape() for key in keys))


@app.command("update")
def update(
    context: typer.Context,
    text: str,
    today: Annotated[datetime | None, _day("--today")] = None,
    due: Annotated[datetime | None, _day("--due")] = None,
    items: str | None = None,
    as_json: AsJson = False,
) -> None:
    """Tell what a short update is taken to say, of each item where --items are given."""
    session = open_session(context)
    days = (today.date() if today else session.today, due.date() if due else None)
    open_items = items.replace(" ", "").split(",") if items else None
    for typed in sys.stdin if text == "-" else (text,):
        typed_line = typed.rstrip("\r\n")
        shown = _update_facts(typed_line, *days, open_items)
        if text == "-":
            line = {"text": typed_line} | ({"items": shown} if isinstance(shown, list) else shown)
            typer.echo(json.dumps(line, ensure_ascii=False, default=str))
        elif as_json:
            print_json(shown)
        else:
            _echo_update(shown)


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
    reading = read_items(text, items, today=today, due=due)
    if isinstance(reading, NotUnderstood):
        understood = [
            {"item": item_update.item} | _facts(item_update.update) for item_update in reading.understood
        ]
        return [{"item": None, "state": None, "unclear": reading.left, "understood": understood}]
    return [
        {"item": item_update.item, "text": item_update.text} | _facts(item_update.update)
        for item_update in reading
    ]


def _facts(reading: "Update") -> dict[str, object]:
    return {
        "state": reading.state,
        "percent": reading.percent,
        "done_of": reading.done_of,
        "blocked": reading.blocked,
        "result": reading.result,
        "difficulty": reading.difficulty,
        "proposal": reading.proposal,
        "extension_to": reading.extension_to,
        "documents": reading.documents,
        "acknowledged": reading.acknowledged,
        "unclear": reading.unclear,
    }


def _echo_update(facts: dict[str, object] | list[dict[str, object]]) -> None:
    for item_facts in facts if isinstance(facts, list) else [facts]:
        for name, value in item_facts.items():
            if value not in (None, False, ()):
                typer.echo(f"{name}: {value}")
