"""nhacviec status and nhacviec summary: what the coordinator asks in the chat, at the terminal."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from markupsafe import Markup

from bot.cli.common import AsJson, Session, fail, opened, run, session, show
from handlers.conversation import plain
from handlers.status import standing_of, word_status
from handlers.summary import word_summary
from storage import plans
from storage.plans import PlanRow

Which = Annotated[int | None, typer.Option("--plan", help="A plan's id, as `plan list` shows it.")]


def status(context: typer.Context, plan: Which = None, as_json: AsJson = False) -> None:
    """Tell who is where, for each live plan."""
    now = session(context)
    if as_json:
        show(run(_standings(now, plan)))
    else:
        typer.echo(_text(run(_statuses(now, plan))) or now.texts("status.none"))


def summary(
    context: typer.Context,
    plan: Which = None,
    out: Annotated[Path | None, typer.Option(help="Write it to this .txt file.")] = None,
) -> None:
    """Compile what has been done, by the plans' own parts."""
    now = session(context)
    if out is not None and out.suffix != ".txt":
        fail(now.texts("cli.out_txt", name=out.name))
    text = _text(run(_summaries(now, plan))) or str(now.texts("summary.none"))
    if out is None:
        typer.echo(text)
        return
    try:
        out.write_text(text + "\n", encoding="utf-8")
    except OSError as wrong:
        fail(now.texts("cli.no_file", name=out.name, why=wrong.strerror or str(wrong)))
    typer.echo(now.texts("cli.written", name=out.name))


def _text(texts: list[Markup]) -> str:
    return "\n\n".join(plain(text) for text in texts)


async def _statuses(now: Session, plan: int | None) -> list[Markup]:
    async with opened(now) as (database, rules), database.reading() as work:
        words = now.wording(rules)
        return [await word_status(work, words, row) for row in _live(now, await plans.listing(work), plan)]


async def _summaries(now: Session, plan: int | None) -> list[Markup]:
    async with opened(now) as (database, rules), database.reading() as work:
        words = now.wording(rules)
        rows = _live(now, await plans.listing(work), plan)
        found = [await word_summary(work, words, row, now.clock.now()) for row in rows]
        return [text for text in found if text is not None]


async def _standings(now: Session, plan: int | None) -> list[dict[str, object]]:
    async with opened(now) as (database, rules), database.reading() as work:
        words = now.wording(rules)
        rows = _live(now, await plans.listing(work), plan)
        return [
            {
                "id": row.id,
                "plan": row.name,
                "title": row.title,
                **asdict(await standing_of(work, words, row)),
            }
            for row in rows
        ]


def _live(now: Session, rows: tuple[PlanRow, ...], plan: int | None) -> list[PlanRow]:
    live = [row for row in reversed(rows) if row.state == "live" and plan in (None, row.id)]
    if plan is not None and not live:
        fail(now.texts("cli.no_plan", plan=plan))
    return live
