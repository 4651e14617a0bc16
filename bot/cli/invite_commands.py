"""nhacviec invite: single-use codes by which people join."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cli.command_context import (
    AsJson,
    Session,
    fail,
    open_session,
    opened,
    print_json,
    run_to_end,
    word_os_error,
)
from bot.cli.plan_importing import unit_id
from domain.organisation.people import GROUP, OFFERS, Offer
from services.organisation.bot_room import emptiest
from services.organisation.invite_codes import Code, make_code
from storage.common import fact_store
from storage.organisation import unit_store
from storage.plans import plan_store


def invite(
    context: typer.Context,
    role: Annotated[str, typer.Option(metavar="focal|leader|coordinator|group")],
    unit: str | None = None,
    everyone: Annotated[bool, typer.Option("--all")] = False,
    out: Annotated[Path | None, typer.Option(metavar="FILE")] = None,
    handover: Annotated[bool, typer.Option("--handover")] = False,
    as_json: AsJson = False,
) -> None:
    """Print a single-use code that gives a seat in a unit."""
    session = open_session(context)
    chosen = next((offer for offer in OFFERS if offer == role), None)
    if chosen is None or (unit is None) == (not everyone):
        raise typer.BadParameter(session.texts("usage.whom").unescape())
    if handover and (everyone or chosen == GROUP):
        raise typer.BadParameter(session.texts("usage.handover").unescape())
    if out is not None and out.suffix != ".xlsx":
        fail(session.texts("cli.out_xlsx", name=out.name))
    codes = run_to_end(_make(session, chosen, unit, takes_over=handover))
    if not codes:
        typer.echo(
            session.texts(
                run_to_end(_why_none(session, chosen)), role=session.texts(f"role.{chosen}")
            ).unescape(),
            err=as_json,
        )
    if not codes and not as_json:
        return
    if out is not None:
        _write(session, codes, out)
    elif as_json:
        print_json(
            [
                {"unit": c.unit, "role": c.role, "code": c.code, "expires": c.expires.isoformat()}
                for c in codes
            ]
        )
    else:
        _print(session, codes)
        if told := run_to_end(_word_bot(session)):
            typer.echo(told)


async def _word_bot(session: Session) -> str | None:
    """Return by which bot newcomers join, where a messenger has several that take only so many people."""
    async with opened(session) as (database, _), database.reading() as conn:
        room = await emptiest(conn)
    if room is None:
        return None
    key = "invites.bots_full" if room.is_full else "invites.bot"
    return str(session.texts(key, **({} if room.is_full else {"bot": room.bot.name})).striptags())


def _print(session: Session, codes: Sequence[Code]) -> None:
    for code in codes:
        until = code.expires.astimezone(session.settings.timezone)
        typer.echo(f"{code.code}\t{code.unit}\t{session.texts(f'role.{code.role}')}\t{until:%d/%m/%Y %H:%M}")
        if code.link:
            typer.echo(f"  {code.link}")


async def _why_none(session: Session, role: Offer) -> str:
    """Return the sentence that says why nobody is invited."""
    async with opened(session) as (database, _), database.reading() as conn:
        among = await _wanted(conn, role)
        plans = await plan_store.listing(conn)
    if among:
        return "cli.no_empty_seat"
    return "cli.invite_no_unit" if plans else "cli.invite_no_plan"


async def _make(session: Session, role: Offer, unit: str | None, *, takes_over: bool) -> list[Code]:
    async with opened(session) as (database, rules), database.writing() as conn:
        if unit is not None:
            wanted = [await unit_id(session, conn, rules.register, unit)]
        else:
            wanted = await _empty(conn, role, session.today)
        names = {one_id: name for name, one_id in (await unit_store.ids(conn)).items()}
        bot = await fact_store.get_fact(conn, "telegram_bot")
        moment = session.clock.now()
        return [
            await make_code(conn, unit_id_, names[unit_id_], role, moment, bot=bot, takes_over=takes_over)
            for unit_id_ in wanted
        ]


async def _empty(conn: AsyncConnection, role: Offer, today: date) -> list[int]:
    """Return the units without anybody in a role, of those that should have somebody."""
    ids = await unit_store.ids(conn)
    return [ids[name] for name in await unit_store.without(conn, role, await _wanted(conn, role), today)]


async def _wanted(conn: AsyncConnection, role: Offer) -> list[int]:
    """Return the units that should have somebody: with work in a plan; coordinators: that compile one."""
    rows = await plan_store.listing(conn)
    if role == "coordinator":
        return [row.coordinator_id for row in rows if row.coordinator_id is not None]
    return [unit for row in rows for unit in (await plan_store.asked_units(conn, row.id)).units]


def _write(session: Session, codes: Sequence[Code], out: Path) -> None:
    from documents.writing.invite_sheet import write_codes

    rows = [
        (
            c.unit,
            str(session.texts(f"role.{c.role}")),
            c.code,
            c.expires.astimezone(session.settings.timezone),
            c.link,
        )
        for c in codes
    ]
    heads = [
        session.texts(f"cli.codes_{key}").unescape() for key in ("unit", "role", "code", "expires", "link")
    ]
    try:
        write_codes(out, heads, rows)
    except OSError as wrong:
        fail(session.texts("cli.no_file", name=out.name, why=word_os_error(session, wrong)).unescape())
    typer.echo(session.texts("cli.codes_written", count=len(codes), name=out.name))
