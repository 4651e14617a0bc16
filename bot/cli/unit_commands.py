"""nhacviec unit: the register of units."""

from pathlib import Path
from typing import Annotated

import typer
from markupsafe import Markup

from bot.cli.command_context import (
    AsJson,
    Session,
    fail,
    open_session,
    opened,
    print_json,
    read_file,
    run_to_end,
)
from bot.cli.command_help import CommandGroup
from bot.cli.plan_importing import unit_id
from domain.organisation.register import Unit
from domain.organisation.register_changes import UnitChange, UnitRow
from services.common.results import Refused
from services.organisation.forget_name import forget_name, learnt_names
from services.organisation.import_units import UnitsImported, import_units, preview_units
from services.organisation.register_keepers import register_keepers, set_register_keepers
from services.organisation.remove_unit import UnitInUse, UnitRemoved, remove_unit, restore_unit
from storage.common import audit_log
from storage.organisation import unit_store

app = CommandGroup(no_args_is_help=True)


@app.command("list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """List the units of the register."""
    session = open_session(context)

    async def rows() -> tuple[Unit, ...]:
        async with opened(session) as (database, _), database.reading() as conn:
            return await unit_store.load(conn)

    units = run_to_end(rows())
    if as_json:
        print_json([_row(unit) for unit in units])
        return
    for unit in units:
        ended = session.texts("cli.unit_until", day=f"{unit.until:%d/%m/%Y}") if unit.until else ""
        typer.echo(f"{unit.name}\t{unit.abbreviation or ''}\t{' '.join(sorted(unit.tags))}\t{ended}".rstrip())


@app.command("import")
def import_(
    context: typer.Context,
    file: Path,
    yes: Annotated[bool, typer.Option("--yes")] = False,
    as_json: AsJson = False,
) -> None:
    """Show what a table adds to the register and changes in it, and store that; nothing is taken away."""
    session = open_session(context)
    rows = read_table(session, file)
    shown = run_to_end(_import(session, rows, stores=False))
    if not as_json:
        for line in _lines_of(session, shown):
            typer.echo(line.unescape())
    if shown.is_news and (yes or _agreed(session)):
        stored = run_to_end(_import(session, rows, stores=True))
        if not as_json:
            count = len(stored.added) + len(stored.changed)
            typer.echo(session.texts("cli.units", count=count).unescape())
    if as_json:
        print_json(_as_data(shown))


@app.command("remove")
def remove(
    context: typer.Context,
    unit: str,
    successor: Annotated[str | None, typer.Option("--successor", metavar="UNIT")] = None,
) -> None:
    """Let a unit end: it is asked no more, and its record stays. One with work needs a successor."""
    session = open_session(context)
    result = run_to_end(_remove(session, unit, successor))
    match result:
        case UnitRemoved(name=name, successor=heir):
            key = "cli.unit_removed_to" if heir else "cli.unit_removed"
            typer.echo(session.texts(key, unit=name, successor=heir or "").unescape())
        case UnitInUse(name=name, open=count, seats=seats):
            fail(session.texts("cli.unit_in_use", unit=name, open=count, seats=seats).unescape())
        case Refused(reason=reason):
            fail(session.texts(f"cli.unit_{reason}", unit=unit).unescape())


@app.command("restore")
def restore(context: typer.Context, unit: str) -> None:
    """Let a unit that has ended be there again."""
    session = open_session(context)
    result = run_to_end(_restore(session, unit))
    if isinstance(result, Refused):
        fail(session.texts("cli.unit_there", unit=unit).unescape())
    typer.echo(session.texts("cli.unit_restored", unit=result).unescape())


@app.command("keepers")
def keepers(
    context: typer.Context,
    units: Annotated[list[str] | None, typer.Argument()] = None,
    everyone: Annotated[bool, typer.Option("--everyone")] = False,
    as_json: AsJson = False,
) -> None:
    """Show or set whose coordinators may import units in the chat and on the pages; at first all may."""
    session = open_session(context)
    names = run_to_end(_keepers(session, units or [], everyone=everyone))
    if as_json:
        print_json(names)
    else:
        key = "cli.units_keepers" if names else "cli.units_keepers_all"
        typer.echo(session.texts(key, units=", ".join(names)).unescape())


@app.command("names")
def names(context: typer.Context, as_json: AsJson = False) -> None:
    """List what was learnt that names of documents mean."""
    session = open_session(context)

    async def learnt() -> dict[str, list[str]]:
        async with opened(session) as (database, _), database.reading() as conn:
            return {name: list(units) for name, units in (await learnt_names(conn)).items()}

    known = run_to_end(learnt())
    if as_json:
        print_json(known)
        return
    for name, units in known.items():
        typer.echo(f"{name}\t{', '.join(units)}")


@app.command("forget")
def forget(context: typer.Context, name: str) -> None:
    """Forget what was learnt that a name means."""
    session = open_session(context)

    async def forgotten() -> object:
        async with opened(session) as (database, _), database.writing() as conn:
            return await forget_name(conn, name, by=None, now=session.clock.now())

    if isinstance(run_to_end(forgotten()), Refused):
        fail(session.texts("cli.name_unknown", name=name).unescape())
    typer.echo(session.texts("cli.name_forgotten", name=name).unescape())


def read_table(session: Session, file: Path) -> tuple[UnitRow, ...]:
    """Read units from a table. Raises Failed, which names the line."""
    from documents.reading import Unreadable
    from documents.reading.units_file import BadRow, read_units

    try:
        return read_units(read_file(file, session))
    except Unreadable as wrong:
        fail(session.texts(f"unreadable.{wrong.reason}", name=file.name).striptags())
    except BadRow as wrong:
        fail(session.texts("cli.bad_row", name=file.name, line=wrong.line).unescape())


async def _import(session: Session, rows: tuple[UnitRow, ...], *, stores: bool) -> UnitsImported:
    async with opened(session) as (database, _), database.writing() as conn:
        if stores:
            result = await import_units(conn, rows, now=session.clock.now())
            if isinstance(result, Refused):
                raise LookupError("the operator may import any units")
            return result
        return await preview_units(conn, rows)


async def _remove(
    session: Session, unit: str, successor: str | None
) -> "UnitRemoved | UnitInUse | Refused[str]":
    async with opened(session) as (database, rules), database.writing() as conn:
        ended = await unit_id(session, conn, rules.register, unit)
        heir = await unit_id(session, conn, rules.register, successor) if successor else None
        moment = session.clock.now()
        return await remove_unit(conn, ended, successor_id=heir, now=moment, today=session.today)


async def _restore(session: Session, unit: str) -> "str | Refused[str]":
    async with opened(session) as (database, rules), database.writing() as conn:
        ended = await unit_id(session, conn, rules.register, unit)
        return await restore_unit(conn, ended, now=session.clock.now())


async def _keepers(session: Session, units: list[str], *, everyone: bool) -> list[str]:
    async with opened(session) as (database, rules), database.writing() as conn:
        if units or everyone:
            ids = [await unit_id(session, conn, rules.register, unit) for unit in units]
            await set_register_keepers(conn, () if everyone else ids)
            about = " ".join(map(str, ids)) or "everyone"
            await audit_log.note(conn, session.clock.now(), "units", f"keepers: {about}")
        names = await unit_store.names(conn, await register_keepers(conn))
        return sorted(names.values())


def _agreed(session: Session) -> bool:
    """Ask whether to store; a script that gives no answer must say --yes."""
    try:
        if typer.confirm(session.texts("cli.units_store").unescape(), default=False):
            return True
    except typer.Abort:
        fail(session.texts("cli.units_say_yes").unescape())
    typer.echo(session.texts("cli.units_kept").unescape())
    return False


def _lines_of(session: Session, shown: UnitsImported) -> list[Markup]:
    texts = session.texts
    counts = {"added": len(shown.added), "changed": len(shown.changed), "unchanged": len(shown.unchanged)}
    added = [
        texts("cli.unit_alike", unit=each.becomes.name, others=", ".join(each.alike))
        if each.alike
        else texts("cli.unit_added", unit=each.becomes.name)
        for each in shown.added
    ]
    changed = [
        texts("cli.unit_changed", unit=each.becomes.name, what="; ".join(_differences(session, each)))
        for each in shown.changed
    ]
    return [*added, *changed, texts("cli.units_changes", **counts)]


def _differences(session: Session, change: UnitChange) -> list[str]:
    """What is other than before, column by column."""
    was, becomes = change.was or Unit(""), change.becomes
    differences = []
    if was.abbreviation != becomes.abbreviation:
        differences.append(f"abbreviation {was.abbreviation or '–'} → {becomes.abbreviation}")
    if was.standing != becomes.standing:
        differences.append(f"standing {was.standing} → {becomes.standing}")
    if change.phone != change.was_phone:
        differences.append(f"phone {change.was_phone or '–'} → {change.phone}")
    for name, more in (
        ("spellings", [spelling for spelling in becomes.spellings if spelling not in was.spellings]),
        ("tags", sorted(becomes.tags - was.tags)),
    ):
        differences += [f"{name} + {', '.join(more)}"] if more else []
    return differences


def _as_data(shown: UnitsImported) -> dict[str, object]:
    return {
        "added": [_row(each.becomes, each.phone) for each in shown.added],
        "changed": [
            {
                "was": _row(each.was or Unit(""), each.was_phone),
                "becomes": _row(each.becomes, each.phone),
            }
            for each in shown.changed
        ],
        "unchanged": [each.becomes.name for each in shown.unchanged],
    }


def _row(unit: Unit, phone: str = "") -> dict[str, object]:
    return {
        **({"phone": phone} if phone else {}),
        "name": unit.name,
        "abbreviation": unit.abbreviation,
        "spellings": list(unit.spellings),
        "tags": sorted(unit.tags),
        "standing": unit.standing,
        "since": unit.since,
        "until": unit.until,
        "successor": unit.successor,
    }
