"""Requests over real sockets: what never left is told from what may have arrived."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from telegram.error import NetworkError

from bot.channels.telegram_errors import send_error
from bot.channels.telegram_http import LimitedRequest, Lost, NotSent

Answer = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def server(answer: Answer) -> AsyncIterator[str]:
    """A server that does one thing with each connection; gives its address."""

    serving: list[asyncio.Task[None] | None] = []

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving.append(asyncio.current_task())
        try:
            await reader.readuntil(b"\r\n\r\n")
            await answer(reader, writer)
        finally:
            writer.close()

    async with await asyncio.start_server(connected, "127.0.0.1", 0) as listening:
        yield f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    for task in filter(None, serving):
        task.cancel()
    await asyncio.gather(*filter(None, serving), return_exceptions=True)
    await asyncio.sleep(0)  # the transports close at the loop's next turn


@asynccontextmanager
async def opened(request: LimitedRequest) -> AsyncIterator[LimitedRequest]:
    await request.initialize()
    try:
        yield request
    finally:
        await request.shutdown()


async def silent(_: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
    await asyncio.sleep(1)


async def hung_up(_: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
    return


async def half(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"ok": true')
    await writer.drain()


async def closed_door(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
    await writer.drain()


async def nobody() -> str:
    """The address of a server that is not there any more."""
    async with server(silent) as url:
        return url


async def trouble(url: str, request: LimitedRequest) -> NetworkError:
    async with opened(request):
        with pytest.raises(NetworkError) as failed:
            await request.do_request(f"{url}/bot1/sendMessage", "POST", read_timeout=0.2)
    return failed.value


async def test_where_nobody_listens_nothing_has_left() -> None:
    assert type(await trouble(await nobody(), LimitedRequest(1))) is NotSent


async def test_where_the_proxy_is_away_nothing_has_left() -> None:
    async with server(silent) as url:
        assert type(await trouble(url, LimitedRequest(1, await nobody()))) is NotSent


async def test_what_a_proxy_does_not_let_through_has_not_left() -> None:
    async with server(closed_door) as proxy:
        assert type(await trouble("https://127.0.0.1:9", LimitedRequest(1, proxy))) is NotSent


async def test_what_only_waited_for_a_connection_has_not_left() -> None:
    async with server(silent) as url, opened(LimitedRequest(1)) as request:
        first = asyncio.create_task(request.do_request(url, "POST"))
        await asyncio.sleep(0.1)
        with pytest.raises(NotSent):
            await request.do_request(url, "POST", pool_timeout=0.1)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)


@pytest.mark.parametrize("answer", [silent, hung_up, half])
async def test_what_was_sent_and_not_answered_may_have_arrived(answer: Answer) -> None:
    async with server(answer) as url:
        assert type(await trouble(url, LimitedRequest(1))) is Lost


@pytest.mark.parametrize(("failure", "expected"), [(NotSent("x"), "away"), (Lost("x"), "lost")])
def test_only_what_may_have_arrived_is_ambiguous(failure: NetworkError, expected: str) -> None:
    error = send_error(failure, "secret")
    assert (error.trouble, error.ambiguous, error.permanent) == (expected, expected == "lost", False)


@pytest.mark.parametrize("address", ["gopher://x", "http://", "proxy:3128", "socks5://127.0.0.1:1080"])
def test_what_cannot_be_a_proxy_is_refused_at_once(address: str) -> None:
    with pytest.raises(ValueError, match="a proxy has an address"):
        LimitedRequest(1, address)


async def test_a_request_of_a_closed_session_has_not_left() -> None:
    request = LimitedRequest(1)
    with pytest.raises(NotSent):
        await request.do_request("http://127.0.0.1:9", "POST")


async def test_a_download_stops_at_its_limit_while_it_streams() -> None:
    written = 0

    async def endless(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal written
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        chunk = b"100000\r\n" + bytes(2**20) + b"\r\n"
        while written < 200:  # MB; a limit that is looked at only afterwards would read them all
            writer.write(chunk)
            await writer.drain()
            written += 1

    async with server(endless) as url, opened(LimitedRequest(1)) as request:
        with pytest.raises(NetworkError) as failed:
            await request.do_request(f"{url}/file", "GET", read_timeout=5.0)
    error = send_error(failed.value, "secret")
    assert (error.reason, error.permanent) == ("too_big", True)
    assert written < 60
