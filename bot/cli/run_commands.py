"""nhacviec run, demo and doctor."""

import asyncio
import signal
import sys
from pathlib import Path
from typing import Annotated, Literal

import structlog
import typer

from bot.app.logs import configure
from bot.app.roles import ROLES, Role, RoleName
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

Port = Annotated[int, typer.Option(min=1, max=65535, metavar="NUMBER")]
PlanFile = Annotated[Path | None, typer.Option("--plan", metavar="FILE")]
ShownAs = Annotated[Literal["telegram", "zalo", "mail", "page"], typer.Option("--as", metavar="CHANNEL")]

_WAKE_SECONDS, _WAKE_AT_LEAST = 20.0, 0.2


def run(context: typer.Context, role: Annotated[RoleName, typer.Option("--role")] = "all") -> None:
    """Run the program: receive, nudge, answer, until it is stopped; or one of several on a server."""
    from bot.app.narrator import warnings

    configure()
    session = open_session(context)
    settings = session.settings
    if not (settings.telegram_token or settings.zalo_bots or settings.mail_address):
        fail(session.texts("cli.no_token"))
    if role != "all" and isinstance(settings.database_place, Path):
        fail(session.texts("cli.role_needs_server", role=role))
    if role == "web" and settings.web_port is None:
        fail(session.texts("cli.role_needs_port", role=role))
    if session.rehearsing:
        structlog.get_logger().warning(
            "REHEARSAL", clock=session.clock.now().isoformat(), speed=session.speed
        )
    for warning in warnings(session.settings):
        _tell(warning)
    try:
        run_to_end(_run(session, ROLES[role]))
    except HealthPortTaken:
        fail(session.texts("cli.health_port", port=session.settings.health_port))
    except PortTaken:
        fail(session.texts("cli.web_port", port=session.settings.web_port))


async def _run(session: Session, role: Role) -> None:
    from bot.app.operation import operate
    from bot.app.settings_audit import note_settings
    from storage.database.opening import database_lock

    settings, clock = session.settings, session.clock
    held = database_lock(settings.database_place, with_others=True)
    async with held, opened(session) as (database, rules):
        async with database.writing() as conn:
            await note_settings(conn, settings, clock.now(), role=role.name)
        wake = wake_seconds(session.speed)
        tell = _tell if sys.stderr.isatty() else None
        await operate(settings, database, rules, clock, session.texts, stopped(), wake, tell, role)


def _tell(line: str) -> None:
    """Print a line for a person beside the log: on a terminal in words, else as an event of the log."""
    if sys.stderr.isatty():
        typer.echo(line, err=True)
    else:
        structlog.get_logger().warning("notice", text=line)


def wake_seconds(speed: float) -> float:
    """How often the loops are woken, in real seconds: oftener where the program's clock runs faster."""
    return max(_WAKE_AT_LEAST, _WAKE_SECONDS / max(1.0, speed))


def stopped() -> asyncio.Event:
    """Return an event that SIGINT and SIGTERM set."""
    event, loop = asyncio.Event(), asyncio.get_running_loop()
    for signals in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(signals, event.set)
    return event


def demo(
    context: typer.Context, port: Port = 8080, plan: PlanFile = None, shown_as: ShownAs = "telegram"
) -> None:
    """Show it all on a web page: four phones, a sample plan, a calendar to move. No token needed."""
    from bot.app.demo import Source, serve
    from documents.reading import Unreadable

    configure()
    session = open_session(context)
    start = session.clock.now() if session.rehearsing else None
    source = Source(plan.name, read_file(plan, session)) if plan else None
    texts = load_sentences(f"sandbox.{session.settings.language}.toml")
    try:
        run_to_end(serve(session.settings, port, source, start, texts, stopped, shown_as))
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
