"""nhacviec audit: whether the audit is whole, and what stands in it."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer

from bot.cli.audit_wording import Names, load_names, word_line
from bot.cli.command_context import AsJson, Session, fail, opened, run, session, show
from storage.common import audit_log
from storage.common.audit_anchors import Compared, compare
from storage.common.audit_log import AuditLine, ChainVerdict

app = typer.Typer(no_args_is_help=True, help="The audit: verify, list.")


@app.command("verify")
def verify(context: typer.Context, as_json: AsJson = False) -> None:
    """Follow the chain of the audit and compare it with its daily anchors; status 1 where it is not whole."""
    now = session(context)

    async def follow() -> tuple[ChainVerdict, Compared]:
        async with opened(now) as (database, _), database.reading() as conn:
            return await audit_log.verify(conn), await compare(conn, database.path)

    found, compared = run(follow())
    whole = found.broken is None and compared.broken is None
    if as_json:
        show({"whole": whole, **asdict(found), "anchors": asdict(compared)})
    elif whole:
        typer.echo(
            now.texts(
                "cli.audit_whole", count=found.count, hash=found.last or "-", anchors=compared.count
            ).unescape()
        )
    if found.broken is not None:
        fail(now.texts("cli.audit_broken", line=found.broken, count=found.count))
    if compared.broken is not None:
        key = "cli.audit_forged" if compared.forged else "cli.audit_cut"
        fail(now.texts(key, day=compared.broken.day or "-", count=compared.broken.count).unescape())


@app.command("list")
def list_(
    context: typer.Context,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="From this day on.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print the lines of the audit in words, the oldest first; with --json as they are written."""
    now = session(context)
    start = since.replace(tzinfo=now.settings.timezone) if since else None

    async def lines() -> tuple[tuple[AuditLine, ...], Names]:
        async with opened(now) as (database, _), database.reading() as conn:
            found = await audit_log.listing(conn, start)
            return found, await load_names(conn, found)

    found, names = run(lines())
    if as_json:
        show([{**asdict(line), "at": line.at.isoformat()} for line in found])
        return
    for line in found:
        typer.echo(_told(now, names, line))


def _told(now: Session, names: Names, line: AuditLine) -> str:
    at = line.at.astimezone(now.settings.timezone)
    return "\t".join((str(line.id), f"{at:%d/%m/%Y %H:%M:%S}", *word_line(now.texts, names, line)))
