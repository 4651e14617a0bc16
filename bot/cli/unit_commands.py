"""nhacviec unit: the register of units."""

from pathlib import Path
from typing import Annotated

import typer
from markupsafe import Markup

from bot.cli.command_context import AsJson, Session, fail, opened, read_file, run, session, show
from bot.cli.plan_importing import unit_id
from domain.organisation.register import Unit
from domain.organisation.register_changes import UnitChange, UnitRow
from services.common.results import Refused
from services.organisation.import_units import UnitsImported, import_units, preview_units
from services.organisation.remove_unit import UnitInUse, UnitRemoved, remove_unit, restore_unit
from storage.organisation import unit_store

app = typer.Typer(no_args_is_help=True, help="Units: list, import, remove, restore.")
_Name = Annotated[str, typer.Argument(help="The unit, by any of its spellings.")]


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
        ended = now.texts("cli.unit_until", day=f"{unit.until:%d/%m/%Y}") if unit.until else ""
        typer.echo(f"{unit.name}\t{unit.abbreviation or ''}\t{' '.join(sorted(unit.tags))}\t{ended}".rstrip())


@app.command("import")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help=".xlsx or .csv: name,abbreviation,spellings,tags,standing.")],
    yes: Annotated[bool, typer.Option("--yes", help="Store what is shown without a question.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show what a table adds to the register and changes in it, and store that; nothing is taken away."""
    now = session(context)
    rows = read_table(now, file)
    shown = run(_import(now, rows, stores=False))
    if not as_json:
        for line in _told(now, shown):
            typer.echo(line.unescape())
    if shown.is_news and (yes or _agreed(now)):
        stored = run(_import(now, rows, stores=True))
        if not as_json:
            count = len(stored.added) + len(stored.changed)
            typer.echo(now.texts("cli.units", count=count).unescape())
    if as_json:
        show(_as_data(shown))


@app.command("remove")
def remove(
    context: typer.Context,
    unit: _Name,
    successor: Annotated[str | None, typer.Option("--successor", help="Who has its work now.")] = None,
) -> None:
    """Let a unit end: it is asked no more, and its record stays. One with work needs a successor."""
    now = session(context)
    result = run(_remove(now, unit, successor))
    match result:
        case UnitRemoved(name=name, successor=heir):
            key = "cli.unit_removed_to" if heir else "cli.unit_removed"
            typer.echo(now.texts(key, unit=name, successor=heir or "").unescape())
        case UnitInUse(name=name, open=count, seats=seats):
            fail(now.texts("cli.unit_in_use", unit=name, open=count, seats=seats).unescape())
        case Refused(reason=reason):
            fail(now.texts(f"cli.unit_{reason}", unit=unit).unescape())


@app.command("restore")
def restore(context: typer.Context, unit: _Name) -> None:
    """Let a unit that has ended be there again."""
    now = session(context)
    result = run(_restore(now, unit))
    if isinstance(result, Refused):
        fail(now.texts("cli.unit_there", unit=unit).unescape())
    typer.echo(now.texts("cli.unit_restored", unit=result).unescape())


def read_table(now: Session, file: Path) -> tuple[UnitRow, ...]:
    """Read units from a table. Raises Failed, which names the line."""
    from documents.reading import Unreadable
    from documents.reading.units_file import BadRow, read_units

    try:
        return read_units(read_file(file, now))
    except Unreadable as wrong:
        fail(now.texts(f"unreadable.{wrong.reason}", name=file.name).striptags())
    except BadRow as wrong:
        fail(now.texts("cli.bad_row", name=file.name, line=wrong.line).unescape())


async def _import(now: Session, rows: tuple[UnitRow, ...], *, stores: bool) -> UnitsImported:
    async with opened(now) as (database, _), database.writing() as conn:
        if stores:
            return await import_units(conn, rows, now=now.clock.now())
        return await preview_units(conn, rows)


async def _remove(now: Session, unit: str, successor: str | None) -> "UnitRemoved | UnitInUse | Refused[str]":
    async with opened(now) as (database, rules), database.writing() as conn:
        ended = await unit_id(now, conn, rules.register, unit)
        heir = await unit_id(now, conn, rules.register, successor) if successor else None
        moment = now.clock.now()
        return await remove_unit(conn, ended, successor_id=heir, now=moment, today=now.today)


async def _restore(now: Session, unit: str) -> "str | Refused[str]":
    async with opened(now) as (database, rules), database.writing() as conn:
        ended = await unit_id(now, conn, rules.register, unit)
        return await restore_unit(conn, ended, now=now.clock.now())


def _agreed(now: Session) -> bool:
    """Ask whether to store; a script that gives no answer must say --yes."""
    try:
        if typer.confirm(now.texts("cli.units_store").unescape(), default=False):
            return True
    except typer.Abort:
        fail(now.texts("cli.units_say_yes").unescape())
    typer.echo(now.texts("cli.units_kept").unescape())
    return False


def _told(now: Session, shown: UnitsImported) -> list[Markup]:
    texts = now.texts
    counts = {"added": len(shown.added), "changed": len(shown.changed), "unchanged": len(shown.unchanged)}
    added = [
        texts("cli.unit_alike", unit=each.becomes.name, others=", ".join(each.alike))
        if each.alike
        else texts("cli.unit_added", unit=each.becomes.name)
        for each in shown.added
    ]
    changed = [
        texts("cli.unit_changed", unit=each.becomes.name, what="; ".join(_differences(now, each)))
        for each in shown.changed
    ]
    return [*added, *changed, texts("cli.units_changes", **counts)]


def _differences(now: Session, change: UnitChange) -> list[str]:
    """What is other than before, column by column."""
    was, becomes = change.was or Unit(""), change.becomes
    told = []
    if was.abbreviation != becomes.abbreviation:
        told.append(f"abbreviation {was.abbreviation or '–'} → {becomes.abbreviation}")
    if was.standing != becomes.standing:
        told.append(f"standing {was.standing} → {becomes.standing}")
    for name, more in (
        ("spellings", [spelling for spelling in becomes.spellings if spelling not in was.spellings]),
        ("tags", sorted(becomes.tags - was.tags)),
    ):
        told += [f"{name} + {', '.join(more)}"] if more else []
    return told


def _as_data(shown: UnitsImported) -> dict[str, object]:
    return {
        "added": [_row(each.becomes) for each in shown.added],
        "changed": [
            {"was": _row(each.was or Unit("")), "becomes": _row(each.becomes)} for each in shown.changed
        ],
        "unchanged": [each.becomes.name for each in shown.unchanged],
    }


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
