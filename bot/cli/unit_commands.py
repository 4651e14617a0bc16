"""nhacviec unit: the register of units."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.command_context import AsJson, Session, fail, opened, read_file, run, session, show
from documents.reading.units_csv import BadRow, read_units
from domain.organisation.register import Unit
from storage.common import audit_log
from storage.organisation import unit_store

app = typer.Typer(no_args_is_help=True, help="Units: list, import.")


@app.command("list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """List the units of the register."""
    now = session(context)

    async def rows() -> tuple[Unit, ...]:
        async with opened(now) as (database, _), database.reading() as conn:
            return await unit_store.load(conn)

    found = run(rows())
    if as_json:
        show([_row(unit) for unit in found])
        return
    for unit in found:
        typer.echo(f"{unit.name}\t{unit.abbreviation or ''}\t{' '.join(sorted(unit.tags))}")


@app.command("import")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV: name,abbreviation,spellings,tags,standing.")],
) -> None:
    """Add the province's own units, or bring them up to date; lists in a cell are separated by ';'."""
    now = session(context)
    found = read_csv(now, file)

    async def save() -> None:
        async with opened(now) as (database, _), database.writing() as conn:
            await unit_store.save(conn, found)
            await audit_log.note(conn, now.clock.now(), "units", f"{len(found)} units")

    run(save())
    typer.echo(now.texts("cli.units", count=len(found)))


def read_csv(now: Session, file: Path) -> list[Unit]:
    """Read units from a CSV file in UTF-8. Raises Failed, which names the line."""
    try:
        return list(read_units(read_file(file, now).decode("utf-8-sig")))
    except UnicodeDecodeError:
        fail(now.texts("cli.not_utf8", name=file.name))
    except BadRow as wrong:
        fail(now.texts("cli.bad_row", name=file.name, line=wrong.line))


def _row(unit: Unit) -> dict[str, object]:
    return {
        "name": unit.name,
        "abbreviation": unit.abbreviation,
        "spellings": list(unit.spellings),
        "tags": sorted(unit.tags),
        "standing": unit.standing,
        "since": unit.since,
        "until": unit.until,
        "successor": unit.successor,
    }
