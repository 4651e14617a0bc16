"""A program of its own, a plan that has been imported, a Bot API server: what every test here starts from."""

import asyncio
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from config.database_url import ServerDatabase
from storage.common.copy_rows import copy_rows
from storage.database.opening import open_database
from tests.botapi import BotApi
from tests.e2e.kit import UNITS, Office, Warm, copy_program, dates_included, installed, serving
from tests.postgres_server import PostgresServer


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warm]:
    """The program, copied as it would be to a server, ready to start."""
    program = Warm(copy_program(tmp_path_factory.mktemp("program")))
    yield program
    program.stop()


@pytest.fixture
def api() -> Iterator[BotApi]:
    """A Bot API server."""
    with serving() as server:
        yield server


@pytest.fixture(scope="session")
def imported(warm: Warm, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A database into which the province's units and its plan were imported on 4 May 2026."""
    folder = tmp_path_factory.mktemp("imported")
    with BotApi() as server:
        office = Office(warm, folder, server)
        office.does("unit", "import", UNITS, "--yes")
        office.does(
            "plan", "import", dates_included(folder), "--dates", "keep", as_of="2026-05-04T08:00+07:00"
        )
    return office.database.read_bytes()


@pytest.fixture
def empty(warm: Warm, tmp_path: Path, api: BotApi) -> Iterator[Office]:
    """An installation on which nothing has been done yet."""
    with installed(warm, tmp_path, api) as office:
        yield office


@pytest.fixture
def office(empty: Office, imported: bytes, request: pytest.FixtureRequest) -> Office:
    """An installation with the plan, on the engine that is asked for."""
    empty.database.touch(mode=0o600)
    empty.database.write_bytes(imported)
    if request.config.getoption("--engine") == "postgresql":
        server: PostgresServer = request.getfixturevalue("server")
        empty.stands_on(asyncio.run(server.furnished("office", partial(fill, empty.database))))
    return empty


async def fill(source: Path, place: ServerDatabase) -> None:
    before, after = await open_database(source), await open_database(place)
    await copy_rows(before, after, lambda table, rows: None)
    await before.close()
    await after.close()
