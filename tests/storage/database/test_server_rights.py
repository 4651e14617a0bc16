"""On a PostgreSQL server: a role with the rights of daily work alone, and connections by TLS."""

import asyncio
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import ProgrammingError

from config.database_url import ServerDatabase
from storage.database.engine import StorageError
from storage.database.opening import database_lock, open_database
from tests.cast import HANG, QUAN, Stage, Tap, furnish, open_stage
from tests.house_map import ROOT
from tests.postgres_server import PostgresServer, postgres_server, programs

ROLES = (ROOT / "deploy" / "postgres-roles.sql").read_text("utf-8")
DAILY = "nhacviec_daily"
"""The role of daily work; the owner is the one that the tests' server is made by."""


def as_daily(place: ServerDatabase) -> ServerDatabase:
    url = make_url(place.url).set(username=DAILY, password="mat-khau-cua-vai")
    return replace(place, url=url.render_as_string(hide_password=False))


async def set_roles(place: ServerDatabase) -> None:
    """Run the script as the server's superuser, as psql does, and give a password."""
    conn = await asyncpg.connect(place.url.replace("+asyncpg", ""))
    await conn.execute(ROLES)
    await conn.execute(f"ALTER ROLE {DAILY} PASSWORD 'mat-khau-cua-vai'")
    await conn.close()


@pytest.fixture(scope="module")
def own_server() -> Iterator[PostgresServer]:
    """A server of these tests' own: roles are the whole server's, and TLS is switched on."""
    binaries = programs()
    if binaries is None:
        pytest.skip("NOTHING RUNS ON POSTGRESQL: no server is installed (Debian: postgresql)")
    with postgres_server(binaries) as running:
        yield running


@pytest.fixture(scope="module")
def furnished_place(own_server: PostgresServer) -> ServerDatabase:
    """The cast's database: its owner has made it, and the script ran before and after."""
    place = asyncio.run(own_server.new())
    asyncio.run(set_roles(place))
    asyncio.run(furnish(place))
    asyncio.run(set_roles(place))
    return place


@pytest.fixture
async def working(furnished_place: ServerDatabase) -> AsyncIterator[Stage]:
    """The program under the role of daily work."""
    stage = await open_stage(as_daily(furnished_place), "2026-06-01 09:00")
    yield stage
    await stage.database.close()


async def test_the_program_does_its_daily_work_under_the_lesser_role(
    working: Stage, furnished_place: ServerDatabase
) -> None:
    async with database_lock(as_daily(furnished_place)):
        await working.talk((QUAN, "1 xong, gửi 2 ảnh", "Đã ghi"), (HANG, "/tinhhinh", "Sở Ngoại vụ"))
        assert await working.nudged("2026-06-10 08:00")
        erases = ((QUAN, "/xoa", "không lấy lại được"), (QUAN, Tap("Xóa dữ liệu"), "Đã xóa dữ liệu"))
        await working.talk(*erases)
        await working.program.anchor_audit()
        await working.program._tidy()


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE audit SET what = 'khac'",
        "DELETE FROM audit",
        "TRUNCATE audit",
        "ALTER TABLE audit DISABLE TRIGGER USER",
        "DROP TABLE person",
        "TRUNCATE person CASCADE",
        "CREATE TABLE mine (id int)",
        "ALTER TABLE person ADD COLUMN mine int",
        "DELETE FROM alembic_version",
        "CREATE ROLE another",
    ],
)
async def test_what_is_no_daily_work_is_refused(furnished_place: ServerDatabase, deed: str) -> None:
    database = await open_database(as_daily(furnished_place))
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        async with database.writing() as conn:
            await conn.execute(text(deed))
    await database.close()


async def test_an_upgrade_needs_the_owner_and_says_so(own_server: PostgresServer) -> None:
    empty = await own_server.new()
    await set_roles(empty)
    with pytest.raises(StorageError) as refused:
        await open_database(as_daily(empty))
    assert refused.value.reason == "rights"


def make_certificate(folder: Path, name: str) -> None:
    """Make a self-signed certificate for this machine, with its key beside it."""
    words = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}"]
    files = ["-keyout", f"{folder}/{name}.key", "-out", f"{folder}/{name}.crt"]
    of_host = ["-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run(["openssl", "req", *words, *of_host, *files], check=True, capture_output=True)


@pytest.fixture(scope="module")
def certificates(own_server: PostgresServer) -> Path:
    """A folder with the certificate that the server shows from now on, and one of somebody else."""
    folder = own_server.place("tls").folder
    make_certificate(folder, "server")
    make_certificate(folder, "other")
    (folder / "server.key").chmod(0o600)
    if os.getuid() == 0:
        folder.chmod(0o755)
        shutil.chown(folder / "server.key", "postgres")
    for statement in (
        f"ALTER SYSTEM SET ssl_cert_file = '{folder}/server.crt'",
        f"ALTER SYSTEM SET ssl_key_file = '{folder}/server.key'",
        "ALTER SYSTEM SET ssl = on",
        "SELECT pg_reload_conf()",
    ):
        asyncio.run(own_server.execute(statement))
    return folder


async def is_sealed(place: ServerDatabase) -> bool:
    """Whether the program talks to the server by TLS."""
    database = await open_database(place)
    async with database.reading() as conn:
        sealed = await conn.scalar(text("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
    await database.close()
    return bool(sealed)


@pytest.mark.parametrize(
    ("query", "sealed"),
    [
        ("sslmode=disable", False),
        ("sslmode=require", True),
        ("sslmode=verify-ca&sslrootcert={folder}/server.crt", True),
        ("sslmode=verify-full&sslrootcert={folder}/server.crt", True),
    ],
)
async def test_the_address_says_how_the_connection_is_sealed(
    own_server: PostgresServer, certificates: Path, query: str, sealed: bool
) -> None:
    place = await own_server.new()
    asked = replace(place, url=f"{place.url}?{query.format(folder=certificates)}")
    assert await is_sealed(asked) is sealed
    async with database_lock(asked):
        pass


@pytest.mark.parametrize(
    ("host", "query"),
    [
        ("127.0.0.1", "sslmode=verify-full&sslrootcert={folder}/other.crt"),
        ("localhost", "sslmode=verify-full&sslrootcert={folder}/server.crt"),
    ],
)
async def test_a_server_that_is_not_the_one_is_refused(
    own_server: PostgresServer, certificates: Path, host: str, query: str
) -> None:
    place = await own_server.new()
    url = place.url.replace("127.0.0.1", host)
    asked = replace(place, url=f"{url}?{query.format(folder=certificates)}")
    with pytest.raises(StorageError) as refused:
        await open_database(asked)
    assert refused.value.reason == "untrusted"
    assert "mat-khau" not in f"{refused.value}{asked!r}"
