"""A program of its own, a plan that has been imported, a Bot API server: what every test here starts from."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from starlette.requests import ClientDisconnect

from tests.botapi import BotApi
from tests.e2e.kit import PLAN, UNITS, Office, Warm, copy_program

SECRET = "AAGtestTESTtestTESTtestTESTtestTEST0"


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warm]:
    """The program, copied as it would be to a server, ready to start."""
    program = Warm(copy_program(tmp_path_factory.mktemp("program")))
    yield program
    program.stop()


@contextmanager
def serving() -> Iterator[BotApi]:
    # A program that is killed hangs up wherever it is, in the middle of a question too.
    with suppress(ClientDisconnect), BotApi() as server:
        yield server


@pytest.fixture
def api() -> Iterator[BotApi]:
    """A Bot API server."""
    with serving() as server:
        yield server


@pytest.fixture(scope="session")
def imported(warm: Warm, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database into which the province's units and its plan were imported on 4 May 2026."""
    folder = tmp_path_factory.mktemp("imported")
    with BotApi() as server:
        office = Office(warm, folder, server)
        office.does("unit", "import", UNITS)
        office.does("plan", "import", PLAN, as_of="2026-05-04T08:00+07:00")
    return office.database


@contextmanager
def installed(warm: Warm, folder: Path, api: BotApi) -> Iterator[Office]:
    """An installation; in the end no process is left, and none has printed the token or a traceback."""
    office = Office(warm, folder, api)
    try:
        yield office
    finally:
        for one in office.processes:
            one.kill()
    assert SECRET not in office.printed()
    assert "Traceback" not in office.printed()


@pytest.fixture
def empty(warm: Warm, tmp_path: Path, api: BotApi) -> Iterator[Office]:
    """An installation on which nothing has been done yet."""
    with installed(warm, tmp_path, api) as office:
        yield office


@pytest.fixture
def office(empty: Office, imported: Path) -> Office:
    """An installation with the plan."""
    shutil.copy(imported, empty.database)
    return empty
