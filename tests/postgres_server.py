"""A PostgreSQL server of the tests' own, on a free port of this machine, gone after them."""

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from config.database_url import ServerDatabase
from storage.database.opening import open_database

_USER, _PASSWORD = "nhacviec", "mat-khau-cua-bai-thu"
_FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=200")
"""What is tested is not whether the server survives a power cut."""


def programs() -> Path | None:
    """Return the folder of initdb and postgres, None where no server is installed."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    beside = shutil.which("initdb")
    return installed[-1] if installed else Path(beside).parent if beside else None


class PostgresServer:
    """A server that runs; `new` gives a database on it."""

    def __init__(self, port: int, folder: Path) -> None:
        self._port, self._folder, self._numbers = port, folder, count(1)
        self._templates: dict[str, str] = {}

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
def postgres_server(binaries: Path) -> Iterator[PostgresServer]:
    """Run a server for the length of a block."""
    with tempfile.TemporaryDirectory(prefix="nhacviec-pg-") as held:
        folder, port = Path(held), _free_port()
        (folder / "password").write_text(_PASSWORD, encoding="ascii")
        as_user = _as_somebody_else(folder)
        initdb = [f"{binaries}/initdb", "-D", f"{folder}/data", "-U", _USER, "--auth=scram-sha-256"]
        how = ["--no-sync", "--encoding=UTF8", "--locale=C", f"--pwfile={folder}/password"]
        subprocess.run([*as_user, *initdb, *how], check=True, capture_output=True)
        postgres = [f"{binaries}/postgres", "-D", f"{folder}/data", "-h", "127.0.0.1", "-p", str(port)]
        options = [f"-c{option}" for option in (*_FAST, f"unix_socket_directories={folder}")]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen([*as_user, *postgres, *options], stdout=log, stderr=log)
        try:
            _wait_until_ready(binaries, port, process, folder / "log")
            yield PostgresServer(port, folder)
        finally:
            process.terminate()
            process.wait(30)


def _wait_until_ready(binaries: Path, port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    ask = [str(binaries / "pg_isready"), "--quiet", "--host=127.0.0.1", f"--port={port}"]
    until = time.monotonic() + 60
    while subprocess.run(ask, check=False).returncode != 0:
        assert process.poll() is None, log.read_text("utf-8", "replace")
        assert time.monotonic() < until, "the server does not come up"
        time.sleep(0.05)


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
