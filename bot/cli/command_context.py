"""What every command of the command line needs: the settings, the clock, the database, one way to fail."""

import asyncio
import errno
import json
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer

from bot.app.clock import Clock, RehearsalClock, SystemClock
from config.settings import Settings, load_settings
from config.texts import Texts, load_texts
from domain.organisation.register import Register
from handlers.common.wording import Wording
from services.common.rules import Rules
from storage.database.engine import Database

_T = TypeVar("_T")
AsJson = Annotated[bool, typer.Option("--json")]


class Failed(Exception):
    """A command cannot do what it was asked; the message is one sentence for the terminal."""


@dataclass(frozen=True, slots=True)
class Session:
    """What stands before any command."""

    settings: Settings
    clock: Clock
    rehearsing: bool
    speed: float

    @property
    def texts(self) -> Texts:
        """The catalogue of the operator's language."""
        return load_texts(self.settings.language)

    @property
    def today(self) -> date:
        """The local day by the session's clock."""
        return self.clock.now().astimezone(self.settings.timezone).date()

    def wording(self, rules: Rules) -> Wording:
        """How things are worded on this day."""
        return Wording(self.texts, self.today, rules.days, rules.zone)


@dataclass(frozen=True, slots=True)
class GlobalOptions:
    """The options that stand before a command, as they were typed."""

    as_of: str | None
    speed: float


def open_session(context: typer.Context) -> Session:
    """Read the settings and set the clock. Raises BadSetting, Failed."""
    before: GlobalOptions = context.obj
    settings = load_settings()
    if before.as_of is None and before.speed == 1.0:
        return Session(settings, SystemClock(), rehearsing=False, speed=1.0)
    try:
        start = datetime.fromisoformat(before.as_of) if before.as_of else SystemClock().now()
    except ValueError:
        fail(load_texts(settings.language)("cli.bad_as_of", value=before.as_of))
    start = start if start.tzinfo else start.replace(tzinfo=settings.timezone)
    notice = load_texts(settings.language)(
        "cli.rehearsal", clock=start.isoformat(), speed=f"{before.speed:g}"
    )
    typer.echo(notice.unescape(), err=True)
    return Session(settings, RehearsalClock(start, before.speed), rehearsing=True, speed=before.speed)


def fail(message: str) -> NoReturn:
    """End the command with status 1 and one sentence."""
    raise Failed(message)


@asynccontextmanager
async def opened(session: Session) -> AsyncIterator[tuple[Database, Rules]]:
    """Open the database for one command."""
    from bot.app.wiring import prepare

    database, rules = await prepare(session.settings)
    try:
        yield database, rules
    finally:
        await database.close()


async def register(session: Session) -> Register:
    """Return the register: the database's where there is one, otherwise what the program ships."""
    from bot.app.wiring import load_register

    if not session.settings.has_database:
        return load_register()
    async with opened(session) as (_, rules):
        return rules.register


def run_to_end(work: Coroutine[Any, Any, _T]) -> _T:
    """Run a command's coroutine to its end."""
    return asyncio.run(work)


def read_file(path: Path, session: Session) -> bytes:
    """Return a file's bytes. Raises Failed."""
    try:
        return path.read_bytes()
    except OSError as wrong:
        fail(session.texts("cli.no_file", name=path.name, why=word_os_error(session, wrong)).unescape())


def word_os_error(session: Session, wrong: OSError) -> str:
    """Return why the system refused a file, in the operator's language where there is a sentence for it."""
    key = f"disk.{errno.errorcode.get(wrong.errno or 0, '')}"
    return session.texts(key).unescape() if session.texts.has(key) else wrong.strerror or str(wrong)


def print_json(data: object) -> None:
    """Print data as JSON."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))
