"""Several programs on one server: who has a duty, how it goes over, how they wake one another."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import asyncpg
import pytest
from sqlalchemy import select, text

from config.database_url import ServerDatabase
from storage.common import terms
from storage.database.engine import StorageError
from storage.database.opening import database_lock, open_database, peers_on
from storage.database.peers import Duty, Peers
from tests.postgres_server import PostgresServer

_SOON = 10.0


@pytest.fixture
async def place(server: PostgresServer) -> ServerDatabase:
    return await server.migrated()


@asynccontextmanager
async def program(place: ServerDatabase, wanted: Sequence[Duty] = ("send",)) -> AsyncIterator[Peers]:
    """A program that keeps its place until the block ends."""
    peers = peers_on(place, wanted)
    running = asyncio.create_task(peers.run())
    try:
        yield peers
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def comes(peers: Peers, duty: Duty = "send", *, ours: bool = True) -> None:
    async with asyncio.timeout(_SOON):
        await peers.until(duty, ours=ours)


async def test_a_duty_is_one_programs_and_goes_over_when_that_one_ends(place: ServerDatabase) -> None:
    async with program(place) as second:
        async with program(place, ("poll",)) as other:
            await comes(other, "poll")
            await comes(second)
            async with program(place, ("send", "poll")) as third:
                await asyncio.sleep(3)
                assert not third.has("send")
                assert not third.has("poll")
                assert third.since("send") > 0
        async with program(place, ("poll",)) as heir:
            await comes(heir, "poll")
        assert second.has("send")


async def test_who_stands_still_loses_its_duty_and_knows_it_when_it_wakes(
    place: ServerDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.postgres_peers._LIVE", text("SET idle_session_timeout = '2s'"))
    monkeypatch.setattr("storage.database.postgres_peers.BEAT", 30.0)  # nothing is heard of it meanwhile
    async with program(place) as sleeper:
        await comes(sleeper)
        monkeypatch.setattr("storage.database.postgres_peers.BEAT", 0.5)
        async with program(place) as heir:
            async with asyncio.timeout(20):
                await heir.until("send", ours=True)
            sleeper.ring()
            await comes(sleeper, ours=False)
            assert heir.has("send")


async def test_a_session_that_is_cut_comes_back_and_takes_a_duty_that_is_free(
    server: PostgresServer, place: ServerDatabase
) -> None:
    async with program(place) as only:
        await comes(only)
        name = place.url.rpartition("/")[2]
        await server.execute(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"  # noqa: S608 - a name of ours
        )
        await comes(only, ours=False)
        assert only.term == "-"
        await comes(only)


async def test_who_sends_ends_a_writer_that_stood_still_between_parse_and_execution(
    place: ServerDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.postgres_peers.HOLDS_UP_FOR", 1)
    monkeypatch.setattr("storage.database.postgres_peers.BEAT", 0.5)
    sleeper = await asyncpg.connect(place.url.replace("+asyncpg", ""))
    await sleeper.execute("SET idle_in_transaction_session_timeout = 1000; BEGIN")
    await sleeper.execute("LOCK TABLE alembic_version IN SHARE MODE")
    await sleeper.prepare("SELECT 1")  # to the server it is at work now, and waits for what comes next
    async with program(place) as sender:
        await comes(sender)
        async with asyncio.timeout(_SOON):
            while not sleeper.is_closed():
                await asyncio.sleep(0.1)


async def test_a_bell_wakes_the_others_and_not_oneself(place: ServerDatabase) -> None:
    async with program(place, ()) as one, program(place, ()) as other:
        for peers in (one, other):
            async with asyncio.timeout(_SOON):
                await peers.heard.wait()
            peers.heard.clear()
        one.ring()
        async with asyncio.timeout(_SOON):
            await other.heard.wait()
        await asyncio.sleep(0.1)
        assert not one.heard.is_set()


async def test_each_term_ends_the_one_before(place: ServerDatabase) -> None:
    database = await open_database(place)
    first = await database.write(terms.begin)
    second = await database.write(terms.begin)
    async with database.reading() as conn:
        last = [await conn.scalar(select(terms.is_last(term))) for term in (first, second, "", "-")]
    await database.close()
    assert last == [False, True, True, False]


async def test_programs_share_a_database_and_none_shares_it_with_who_wants_it_alone(
    place: ServerDatabase,
) -> None:
    async with database_lock(place, with_others=True), database_lock(place, with_others=True):
        with pytest.raises(StorageError, match="in_use"):
            async with database_lock(place):
                pass
    async with database_lock(place):
        with pytest.raises(StorageError, match="in_use"):
            async with database_lock(place, with_others=True):
                pass
