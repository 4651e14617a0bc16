"""nhacviec run, demo and doctor."""

import asyncio
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import structlog
import typer

from bot.app.logs import configure
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
from bot.web.ports import HealthPortTaken, PortTaken
from config.texts import load_sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.routing import Route

    from bot.app.program import Program
    from bot.app.vitals import Vitals
    from bot.channels.base import WebhookEndpoint

Port = Annotated[int, typer.Option(min=1, max=65535, help="The port of the web page.")]
PlanFile = Annotated[Path | None, typer.Option("--plan", help="A plan file in place of the sample.")]

_WAKE_SECONDS, _WAKE_AT_LEAST = 20.0, 0.2


def run(context: typer.Context) -> None:
    """Run the program: receive, nudge, answer, until it is stopped."""
    configure()
    session = open_session(context)
    if session.settings.telegram_token is None:
        fail(session.texts("cli.no_token"))
    if session.rehearsing:
        structlog.get_logger().warning(
            "REHEARSAL", clock=session.clock.now().isoformat(), speed=session.speed
        )
    try:
        run_to_end(_run(session))
    except HealthPortTaken:
        fail(session.texts("cli.health_port", port=session.settings.health_port))
    except PortTaken:
        fail(session.texts("cli.web_port", port=session.settings.web_port))


async def _run(session: Session) -> None:
    from bot.app.live_channels import telegram_channel
    from bot.app.settings_audit import note_settings
    from bot.app.watchdog import watched
    from bot.app.wiring import build, introduce
    from bot.channels.page import PageChannel
    from bot.web.pages_server import pages
    from storage.database.engine import Lock

    settings = session.settings
    channel = telegram_channel(settings, session.clock.now)
    if channel is None:
        return
    with Lock(settings.database_path):
        async with opened(session) as (database, rules), channel:
            async with database.writing() as conn:
                await note_settings(conn, settings, session.clock.now())
            introducing = asyncio.create_task(introduce(database, channel, session.texts))
            own_page = PageChannel(database, session.clock.now)
            program = build(settings, database, rules, session.clock, [channel, own_page])

            def beside(vitals: "Vitals") -> "list[Route]":
                return _beside(vitals, program, channel.endpoints)

            try:
                async with (
                    watched(settings, program, [channel]) as vitals,
                    pages(settings, database, rules, session.clock.now, beside(vitals), own_page),
                ):
                    await program.run(stopped(), wake_seconds(session.speed))
            finally:
                introducing.cancel()


def _beside(vitals: "Vitals", program: "Program", endpoints: "Sequence[WebhookEndpoint]") -> "list[Route]":
    """Return the routes beside the pages, which need no session."""
    from bot.web.sandbox_server import health_route, ready_route
    from bot.web.webhooks import webhook_routes

    return [health_route(vitals.healthy), ready_route(lambda: program.receiving), *webhook_routes(endpoints)]


def wake_seconds(speed: float) -> float:
    """How often the loops are woken, in real seconds: oftener where the program's clock runs faster."""
    return max(_WAKE_AT_LEAST, _WAKE_SECONDS / max(1.0, speed))


def stopped() -> asyncio.Event:
    """Return an event that SIGINT and SIGTERM set."""
    event, loop = asyncio.Event(), asyncio.get_running_loop()
    for signals in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(signals, event.set)
    return event


def demo(context: typer.Context, port: Port = 8080, plan: PlanFile = None) -> None:
    """Show it all on a web page: four phones, a sample plan, a calendar to move. No token needed."""
    from bot.app.demo import Source, serve
    from documents.reading import Unreadable

    configure()
    session = open_session(context)
    start = session.clock.now() if session.rehearsing else None
    source = Source(plan.name, read_file(plan, session)) if plan else None
    texts = load_sentences(f"sandbox.{session.settings.language}.toml")
    try:
        run_to_end(serve(session.settings, port, source, start, texts, stopped))
    except PortTaken:
        fail(session.texts("cli.port", port=port))
    except Unreadable as wrong:
        fail(session.texts(f"unreadable.{wrong.reason}", name=plan.name if plan else "").striptags())


def doctor(context: typer.Context, as_json: AsJson = False) -> None:
    """Check settings, database, channel and clock, and say what to do."""
    from bot.app.checks import examine

    configure()
    session = open_session(context)
    findings = run_to_end(examine(session.settings, session.clock))
    if as_json:
        print_json(
            [
                {"check": f.check, "ok": f.ok, "detail": _word_finding(session, f.key, f.facts)}
                for f in findings
            ]
        )
    else:
        for finding in findings:
            typer.echo(f"{'✓' if finding.ok else '✗'} {_word_finding(session, finding.key, finding.facts)}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


def _word_finding(session: Session, key: str, facts: dict[str, str]) -> str:
    return session.texts(f"doctor.{key}", **facts).unescape()
