"""What all tests share: no network but this machine's own, and a stage with the cast on it."""

import asyncio
import gc
import ipaddress
import shutil
import socket
from collections.abc import AsyncIterator, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.app import wiring
from config.database_url import Place
from documents.reading import proof, safely
from storage.database import migrate, sqlite_database
from tests.cast import Stage, furnish, open_stage
from tests.postgres_server import PostgresServer, postgres_server, programs
from tests.shortcuts import ANSWER_OF, UNSYNCED, answer_here, copying


def pytest_collection_finish() -> None:
    """Keep what was loaded out of every collection of garbage: some tests collect at their end."""
    gc.collect()
    gc.freeze()


def _is_near(address: Any) -> bool:
    """Whether an address is on this machine: a socket file, or a loopback address."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    if host in ("localhost", ""):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Forbid connections to anything but this machine."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded(self: socket.socket, address: Any) -> None:
        if not _is_near(address):
            raise RuntimeError(f"a test reached for the network: {address!r}")
        connect(self, address)

    def guarded_ex(self: socket.socket, address: Any) -> int:
        if not _is_near(address):
            raise RuntimeError(f"a test reached for the network: {address!r}")
        return connect_ex(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        patch.setattr(socket.socket, "connect_ex", guarded_ex)
        yield


@pytest.fixture(scope="session", autouse=True)
def _shortcuts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let databases be copied and unsynced, files be read here (tests/shortcuts.py), config/ be read once."""
    template = tmp_path_factory.mktemp("migrated") / "empty.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "_upgrade", copying(template))
        patch.setattr(sqlite_database, "_PRAGMAS", UNSYNCED)
        patch.setattr(safely, "answer_of", answer_here)
        patch.setattr(proof, "answer_of", answer_here)
        for load in (wiring.load_register, wiring.load_ladders, wiring.load_reports):
            patch.setattr(wiring, load.__name__, cache(load))
        yield


@pytest.fixture
def reads_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files be read as the program does it: in a process of its own, under limits."""
    monkeypatch.setattr(safely, "answer_of", ANSWER_OF)
    monkeypatch.setattr(proof, "answer_of", ANSWER_OF)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the stage stand on a server: --engine postgresql."""
    parser.addoption("--engine", choices=("sqlite", "postgresql"), default="sqlite")


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresServer]:
    """A PostgreSQL server of the tests' own."""
    binaries = programs()
    if binaries is None:
        pytest.skip("NOTHING RUNS ON POSTGRESQL: no server is installed (Debian: postgresql)")
    with postgres_server(binaries) as running:
        yield running


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the cast and their plan, made once."""
    path = tmp_path_factory.mktemp("cast") / "cast.db"
    asyncio.run(furnish(path))
    return path


@pytest.fixture
def furnished_place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A database of the test's own with the cast and their plan, on the engine that is asked for."""
    if request.config.getoption("--engine") == "postgresql":
        server: PostgresServer = request.getfixturevalue("server")
        return asyncio.run(server.furnished("cast", furnish))
    path = tmp_path / "nhacviec.db"
    shutil.copy(request.getfixturevalue("furnished"), path)
    return path


@pytest.fixture
def empty_place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A database of the test's own with nothing in it, on the engine that is asked for."""
    if request.config.getoption("--engine") == "postgresql":
        server: PostgresServer = request.getfixturevalue("server")
        return asyncio.run(server.migrated())
    return tmp_path / "nhacviec.db"


@pytest.fixture
async def stage(furnished_place: Place) -> AsyncIterator[Stage]:
    """The program on Monday 1 June 2026 at nine: ten working days before the first report is due."""
    with structlog.testing.capture_logs() as events:
        opened = await open_stage(furnished_place, "2026-06-01 09:00")
        opened.log = events
        yield opened
        await opened.database.close()
    assert [event for event in events if event["log_level"] == "error"] == opened.faults


@pytest.fixture
async def empty(empty_place: Place) -> AsyncIterator[Stage]:
    """The program as it is first started: the register, and nobody."""
    opened = await open_stage(empty_place, "2026-06-01 09:00")
    yield opened
    await opened.database.close()
