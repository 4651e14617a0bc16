"""nhacviec audit: whether the audit is whole, and what stands in it."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.audit_wording import Names, load_names, word_line
from bot.cli.command_context import AsJson, Session, fail, open_session, opened, print_json, run_to_end
from bot.cli.command_help import CommandGroup
from storage.common import audit_log
from storage.common.audit_anchors import Compared, compare, has_head
from storage.common.audit_log import AuditLine, ChainVerdict

app = CommandGroup(no_args_is_help=True)


@app.command("verify")
def verify(
    context: typer.Context,
    anchors: Annotated[Path | None, typer.Option(metavar="FILE", exists=True)] = None,
    head: str | None = None,
    as_json: AsJson = False,
) -> None:
    """Follow the chain of the audit and compare it with its daily anchors; status 1 where it is not whole."""
    session = open_session(context)
    count, _, code = (head or "").partition(":")
    if head is not None and not (count.isdecimal() and code):
        raise typer.BadParameter(session.texts("usage.head").unescape())

    async def compare_all() -> tuple[ChainVerdict, Compared, bool]:
        async with opened(session) as (database, _), database.reading() as conn:
            fits = head is None or await has_head(conn, int(count), code)
            return await audit_log.verify(conn), await compare(conn, database.path, anchors), fits

    chain, compared, fits = run_to_end(compare_all())
    whole = chain.broken is None and compared.broken is None and fits
    if as_json:
        print_json({"whole": whole, **asdict(chain), "anchors": asdict(compared), "head": fits})
    elif whole:
        typer.echo(
            session.texts(
                "cli.audit_whole", count=chain.count, hash=chain.last or "-", anchors=compared.count
            ).unescape()
        )
    if chain.broken is not None:
        fail(session.texts("cli.audit_broken", line=chain.broken, count=chain.count))
    if compared.broken is not None:
        key = "cli.audit_forged" if compared.forged else "cli.audit_cut"
        fail(session.texts(key, day=compared.broken.day or "-", count=compared.broken.count).unescape())
    if not fits:
        fail(session.texts("cli.audit_head", head=head or "").unescape())


@app.command("list")
def list_(
    context: typer.Context,
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE")] = None,
    as_json: AsJson = False,
) -> None:
    """Print the lines of the audit in words, the oldest first; with --json as they are written."""
    session = open_session(context)
    start = since.replace(tzinfo=session.settings.timezone) if since else None

    async def lines() -> tuple[tuple[AuditLine, ...], Names]:
        async with opened(session) as (database, _), database.reading() as conn:
            audit_lines = await audit_log.listing(conn, start)
            return audit_lines, await load_names(conn, audit_lines)

    audit_lines, names = run_to_end(lines())
    if as_json:
        print_json([{**asdict(line), "at": line.at.isoformat()} for line in audit_lines])
        return
    for line in audit_lines:
        typer.echo(_line_of(session, names, line))


def _line_of(session: Session, names: Names, line: AuditLine) -> str:
    at = line.at.astimezone(session.settings.timezone)
    return "\t".join((str(line.id), f"{at:%d/%m/%Y %H:%M:%S}", *word_line(session.texts, names, line)))
