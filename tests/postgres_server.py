"""A PostgreSQL server of the tests' own, on a free port of this machine, gone after them."""

import getpass
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from config.database_url import ServerDatabase
from storage.database.opening import open_database

_USER, _PASSWORD = "nhacviec", "mat-khau-cua-bai-thu"
_FAST = ("fsync=off", "full_page_writes=off", "max_connections=200")
"""What is tested is not whether the server survives a power cut."""
FORGETFUL = ("synchronous_commit=off",)
"""Quicker still: a server that crashes may forget what it has just committed."""


def programs() -> Path | None:
    """Return the folder of initdb and postgres, None where no server is installed."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    beside = shutil.which("initdb")
    return installed[-1] if installed else Path(beside).parent if beside else None


class PostgresServer:
    """A server that runs; `new` gives a database on it."""

    def __init__(
        self, command: Sequence[str | Path], ready: Sequence[str | Path], port: int, folder: Path
    ) -> None:
        self._command, self._ready = command, ready
        self._port, self._folder, self._numbers = port, folder, count(1)
        self._templates: dict[str, str] = {}
        self._process: subprocess.Popen[bytes] | None = None

    def comes_up(self, within: float = 60.0) -> None:
        """Start it where it does not run, and wait until it lets people in. Raises AssertionError."""
        log, until = self._folder / "log", time.monotonic() + within
        while subprocess.run(self._ready, check=False).returncode != 0:
            if self._process is None or self._process.poll() is not None:
                with log.open("ab") as said:
                    self._process = subprocess.Popen(self._command, stdout=said, stderr=said)
            assert time.monotonic() < until, log.read_text("utf-8", "replace")[-2000:]
            time.sleep(0.05)

    def goes_down(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """Stop it: SIGQUIT at once, as a crash does; SIGINT in order, whoever is connected."""
        for harder in (how, signal.SIGQUIT, signal.SIGKILL):
            if self._process is None or self._process.poll() is not None:
                return
            self.goes_on()
            for process in self.processes()[:1]:
                _signal(process, harder)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(10)

    def goes_on(self) -> None:
        """Let it go on where it was paused; whoever watches over it had stopped with it."""
        if self._process is not None:
            for process in (self._process.pid, *self.processes()):
                _signal(process, signal.SIGCONT)

    def processes(self) -> list[int]:
        """Return the ids of the server's processes, the first of them first; none where it does not run."""
        if self._process is None or self._process.poll() is not None:
            return []
        first = self._process.pid
        if self._command[0] == "runuser":
            first = next(iter(_children(first)), 0)
        return [first, *_children(first)] if first else []

    def place(self, name: str) -> ServerDatabase:
        """Return where a database is."""
        url = f"postgresql+asyncpg://{_USER}:{_PASSWORD}@127.0.0.1:{self._port}/{name}"
        folder = self._folder / name
        folder.mkdir(exist_ok=True)
        return ServerDatabase(url, folder)

    async def new(self, template: str = "template0") -> ServerDatabase:
        """Make a database, empty or as another one is."""
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        await self.execute(f"CREATE DATABASE {name} TEMPLATE {template} LC_COLLATE 'C' LC_CTYPE 'C'")
        return self.place(name)

    async def migrated(self) -> ServerDatabase:
        """Make a database with all tables, and nothing in them."""
        if "migrated" not in self._templates:
            place = await self.new()
            await (await open_database(place)).close()
            self._templates["migrated"] = place.url.rpartition("/")[2]
        return await self.new(self._templates["migrated"])

    async def furnished(
        self, name: str, furnish: Callable[[ServerDatabase], Awaitable[None]]
    ) -> ServerDatabase:
        """Make a database as `furnish` leaves one; it is called once for each name."""
        if name not in self._templates:
            place = await self.migrated()
            await furnish(place)
            self._templates[name] = place.url.rpartition("/")[2]
        return await self.new(self._templates[name])

    async def execute(self, statement: str) -> None:
        """Run a statement beside all databases."""
        engine = create_async_engine(self.place("postgres").url, isolation_level="AUTOCOMMIT")
        async with engine.connect() as conn:
            await conn.execute(text(statement))
        await engine.dispose()


@contextmanager
def postgres_server(
    binaries: Path, within: Path | None = None, options: Sequence[str] = FORGETFUL
) -> Iterator[PostgresServer]:
    """Run a server for the length of a block, its files in a folder `within` that one."""
    with tempfile.TemporaryDirectory(prefix="nhacviec-pg-", dir=within) as held:
        folder, port = Path(held), _free_port()
        (folder / "password").write_text(_PASSWORD, encoding="ascii")
        as_user = _as_somebody_else(folder)
        initdb = [f"{binaries}/initdb", "-D", f"{folder}/data", "-U", _USER, "--auth=scram-sha-256"]
        how = ["--no-sync", "--encoding=UTF8", "--locale=C", f"--pwfile={folder}/password"]
        subprocess.run([*as_user, *initdb, *how], check=True, capture_output=True)
        postgres = [f"{binaries}/postgres", "-D", f"{folder}/data", "-h", "127.0.0.1", "-p", str(port)]
        settings = [f"-c{option}" for option in (*_FAST, *options, f"unix_socket_directories={folder}")]
        ready = [f"{binaries}/pg_isready", "--quiet", "--host=127.0.0.1", f"--port={port}"]
        server = PostgresServer([*as_user, *postgres, *settings], ready, port, folder)
        try:
            server.comes_up()
            yield server
        finally:
            server.goes_down(signal.SIGINT)


def _as_somebody_else(folder: Path) -> list[str]:
    """Return how to run a program as the system's user of the server: it refuses to run as root."""
    if getpass.getuser() != "root":
        return []
    shutil.chown(folder, "postgres")
    return ["runuser", "-u", "postgres", "--"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _children(process: int) -> list[int]:
    with suppress(FileNotFoundError, ProcessLookupError):
        return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    return []


def _signal(process: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, number)
