"""nhacviec webhook: addresses of the province's systems that are told of changes."""

from typing import Annotated

import typer

from bot.cli.api_token_commands import bounds_of
from bot.cli.command_context import AsJson, Session, fail, open_session, opened, print_json, run_to_end
from bot.cli.command_help import CommandGroup
from services.organisation.webhooks_out import add_webhook, revoke_webhook, secret_of
from storage.organisation import webhook_store
from storage.organisation.webhook_store import WebhookRow

app = CommandGroup(no_args_is_help=True)


@app.command("new")
def new(
    context: typer.Context,
    url: Annotated[str, typer.Argument()],
    unit: Annotated[list[str] | None, typer.Option()] = None,
    plan: Annotated[list[int] | None, typer.Option()] = None,
    as_json: AsJson = False,
) -> None:
    """Tell an address of what changes from now on; print the secret of the signatures."""
    session = open_session(context)
    key = session.settings.webhook_key
    if key is None:
        fail(session.texts("cli.no_webhook_key").unescape())
    if not url.startswith(("https://", "http://")):
        fail(session.texts("cli.bad_webhook_url").unescape())
    webhook_id = run_to_end(_new(session, url, unit or [], plan or []))
    secret = secret_of(key.get_secret_value(), webhook_id)
    if as_json:
        print_json({"id": webhook_id, "secret": secret})
        return
    typer.echo(secret)
    typer.echo(session.texts("cli.webhook_secret", id=webhook_id).unescape(), err=True)


async def _new(session: Session, url: str, units: list[str], plans: list[int]) -> int:
    async with opened(session) as (database, rules), database.writing() as conn:
        unit_ids, plan_ids = await bounds_of(session, conn, rules, units, plans)
        return await add_webhook(conn, url, unit_ids=unit_ids, plan_ids=plan_ids, now=session.clock.now())


@app.command("list")
def listing(context: typer.Context, as_json: AsJson = False) -> None:
    """List the addresses, and since when one takes nothing."""
    session = open_session(context)
    rows = run_to_end(_rows(session))
    if as_json:
        print_json([_data(row) for row in rows])
        return
    for row in rows:
        typer.echo("\t".join((str(row.id), row.url, _state(session, row))))


async def _rows(session: Session) -> tuple[WebhookRow, ...]:
    async with opened(session) as (database, _), database.reading() as conn:
        return await webhook_store.listing(conn)


def _state(session: Session, row: WebhookRow) -> str:
    if row.revoked_at is not None:
        return session.texts("cli.webhook_ended").unescape()
    if row.failing_since is None:
        return session.texts("cli.webhook_well").unescape()
    since = row.failing_since.astimezone(session.settings.timezone).strftime("%H:%M %d/%m/%Y")
    return session.texts("cli.webhook_waits", attempts=row.attempts, since=since).unescape()


def _data(row: WebhookRow) -> dict[str, object]:
    return {
        "id": row.id,
        "url": row.url,
        "units": row.access.unit_ids,
        "plans": row.access.plan_ids,
        "attempts": row.attempts,
        "failing_since": row.failing_since.isoformat() if row.failing_since else None,
        "revoked": row.revoked_at is not None,
    }


@app.command("revoke")
def revoke(
    context: typer.Context,
    webhook: Annotated[int, typer.Argument(metavar="NUMBER")],
) -> None:
    """Tell an address nothing more."""
    session = open_session(context)
    if not run_to_end(_revoke(session, webhook)):
        fail(session.texts("cli.no_webhook_id", id=webhook).unescape())
    typer.echo(session.texts("cli.webhook_revoked", id=webhook).unescape())


async def _revoke(session: Session, webhook_id: int) -> bool:
    async with opened(session) as (database, _), database.writing() as conn:
        return await revoke_webhook(conn, webhook_id, session.clock.now())
