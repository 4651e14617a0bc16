"""Hundreds of connections that ask for nothing leave the pages, and the process's descriptors, to others."""

import asyncio
import resource
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import httpx
import pytest

from bot.web import connections
from tests.bot.web.page_kit import browser_at, pages_of
from tests.cast import Stage

HALF = b"GET /vao HTTP/1.1\r\nHost: localhost\r\nX: "
SLOW_BODY = (
    b"POST /vao HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nContent-Length: 200\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\nkey="
)
LONG_HEAD = b"GET /vao HTTP/1.1\r\nX: " + b"x" * 100_000


@asynccontextmanager
async def callers(url: str, count: int, sent: bytes) -> AsyncIterator[Sequence[asyncio.StreamReader]]:
    """Open connections, each of which sends the same beginning of a request."""
    port = int(url.rpartition(":")[2])
    pairs = [await asyncio.open_connection("127.0.0.1", port) for _ in range(count)]
    for _, writer in pairs:
        writer.write(sent)
    yield [reader for reader, _ in pairs]
    for _, writer in pairs:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


def opened() -> int:
    """How many descriptors the process has open."""
    return len(list(Path("/proc/self/fd").iterdir()))


async def answered(url: str) -> int:
    async with browser_at(url) as browser:
        return (await browser.get("/vao", timeout=httpx.Timeout(3.0))).status_code


@pytest.mark.parametrize("sent", [b"", HALF, SLOW_BODY])
async def test_idle_requests_keep_nobody_out(stage: Stage, sent: bytes) -> None:
    async with pages_of(stage) as url:
        before = opened()
        async with callers(url, 300, sent):
            assert await answered(url) == 200
            async with stage.database.reading() as conn:
                assert (await conn.exec_driver_sql("SELECT count(*) FROM unit")).scalar_one() > 0
            theirs = opened() - before - 300
            assert theirs <= connections.most_connections() + 5


@pytest.mark.parametrize("sent", [b"", HALF, SLOW_BODY])
async def test_a_request_that_never_ends_is_cut_off(
    stage: Stage, sent: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "REQUEST_SECONDS", 0.3)
    async with pages_of(stage) as url, callers(url, 3, sent) as readers:
        for reader in readers:
            with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
                await asyncio.wait_for(reader.readexactly(1), 3)
        assert await answered(url) == 200


async def test_a_head_without_end_is_refused(stage: Stage) -> None:
    async with pages_of(stage) as url, callers(url, 1, LONG_HEAD) as readers:
        assert (await asyncio.wait_for(readers[0].readline(), 3)).startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(("soft", "most"), [(1024, 100), (256, 64), (3, 1), (resource.RLIM_INFINITY, 100)])
def test_few_descriptors_mean_fewer_connections(
    soft: int, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (soft, soft))
    assert connections.most_connections() == most
