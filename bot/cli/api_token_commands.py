"""nhacviec api-token: tokens by which systems of the province read the API."""

from datetime import datetime, timedelta
from typing import Annotated

import typer
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cli.command_context import AsJson, Session, fail, open_session, opened, print_json, run_to_end
from bot.cli.command_help import CommandGroup
from bot.cli.plan_importing import unit_id
from domain.common.text import fold
from services.common.rules import Rules
from services.organisation.api_tokens import Issued, issue_token, revoke_token
from storage.organisation import api_token_store, people_store
from storage.organisation.api_token_store import ApiTokenRow
from storage.plans import plan_store

app = CommandGroup(no_args_is_help=True)


@app.command("new")
def new(
    context: typer.Context,
    name: Annotated[str, typer.Argument()],
    unit: Annotated[list[str] | None, typer.Option()] = None,
    plan: Annotated[list[int] | None, typer.Option()] = None,
    days: Annotated[int | None, typer.Option(min=1, max=36_500)] = None,
    writes_as: Annotated[str, typer.Option()] = "",
    as_json: AsJson = False,
) -> None:
    """Make a token and print it, once: only its hash is kept."""
    session = open_session(context)
    issued = run_to_end(_new(session, name, unit or [], plan or [], days, writes_as))
    if as_json:
        print_json({"id": issued.id, "token": issued.token, "expires": _iso(issued.expires_at)})
        return
    typer.echo(issued.token)
    typer.echo(session.texts("cli.token_shown_once", id=issued.id).unescape(), err=True)


async def _new(
    session: Session, name: str, units: list[str], plans: list[int], days: int | None, writes_as: str
) -> Issued:
    async with opened(session) as (database, rules), database.writing() as conn:
        unit_ids, plan_ids = await bounds_of(session, conn, rules, units, plans)
        return await issue_token(
            conn,
            name,
            unit_ids=unit_ids,
            plan_ids=plan_ids,
            lasts=timedelta(days=days) if days else None,
            now=session.clock.now(),
            person_id=await _writer(session, conn, unit_ids, writes_as, rules) if writes_as else None,
        )


async def _writer(
    session: Session, conn: AsyncConnection, unit_ids: tuple[int, ...] | None, name: str, rules: Rules
) -> int:
    """Return the focal point or leader of the units who is called so. Raises Failed."""
    today = session.clock.now().astimezone(rules.zone).date()
    held = await people_store.holders(conn, unit_ids or (), ("focal", "leader"), today)
    names = await people_store.names(conn, [person_id for person_id, _ in held])
    found = [person_id for person_id, called in names.items() if fold(called) == fold(name)]
    if len(found) != 1:
        fail(session.texts("cli.no_writer", name=name).unescape())
    return found[0]


async def bounds_of(
    session: Session, conn: AsyncConnection, rules: Rules, units: list[str], plans: list[int]
) -> tuple[tuple[int, ...] | None, tuple[int, ...] | None]:
    """Return the ids of the units and plans that were typed, None for none. Raises Failed."""
    unit_ids = [await unit_id(session, conn, rules.register, unit) for unit in units]
    for plan_id in plans:
        row = await plan_store.find(conn, plan_id)
        if row is None or row.amends is not None:
            fail(session.texts("cli.no_plan", plan=plan_id).unescape())
    return tuple(dict.fromkeys(unit_ids)) or None, tuple(dict.fromkeys(plans)) or None


@app.command("list")
def listing(context: typer.Context, as_json: AsJson = False) -> None:
    """List the tokens that were made: what each sees, until when, when it was last used."""
    session = open_session(context)
    rows = run_to_end(_rows(session))
    if as_json:
        print_json([_data(row) for row in rows])
        return
    for row in rows:
        is_good = row.is_good(session.clock.now())
        state = session.texts("cli.token_good" if is_good else "cli.token_ended").unescape()
        typer.echo("\t".join((str(row.access.token_id), row.name, state, _iso(row.used_at) or "-")))


async def _rows(session: Session) -> tuple[ApiTokenRow, ...]:
    async with opened(session) as (database, _), database.reading() as conn:
        return await api_token_store.listing(conn)


def _data(row: ApiTokenRow) -> dict[str, object]:
    return {
        "id": row.access.token_id,
        "name": row.name,
        "scopes": sorted(row.access.scopes),
        "units": row.access.unit_ids,
        "plans": row.access.plan_ids,
        "writes_as": row.access.person_id,
        "made": _iso(row.made_at),
        "expires": _iso(row.expires_at),
        "revoked": _iso(row.revoked_at),
        "used": _iso(row.used_at),
    }


@app.command("revoke")
def revoke(
    context: typer.Context,
    token: Annotated[int, typer.Argument(metavar="NUMBER")],
) -> None:
    """End a token at once."""
    session = open_session(context)
    if not run_to_end(_revoke(session, token)):
        fail(session.texts("cli.no_token_id", id=token).unescape())
    typer.echo(session.texts("cli.token_revoked", id=token).unescape())


async def _revoke(session: Session, token_id: int) -> bool:
    async with opened(session) as (database, _), database.writing() as conn:
        return await revoke_token(conn, token_id, session.clock.now())


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
