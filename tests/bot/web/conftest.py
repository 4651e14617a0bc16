"""A browser in which the coordinator has come in, and a system of the province that calls the API."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.bot.web.api_kit import Caller, Seconds, api_of, token
from tests.bot.web.page_kit import browser_at, come_in, pages_of
from tests.cast import HANG, Stage


@pytest.fixture
def seconds() -> Seconds:
    """The seconds by which callers have their share."""
    return Seconds()


@pytest.fixture
async def caller(stage: Stage, seconds: Seconds) -> AsyncIterator[Caller]:
    """One with a token that sees everything."""
    async with api_of(stage, seconds) as url, httpx.AsyncClient() as client:
        yield Caller(client, url, (await token(stage)).token)


@pytest.fixture
async def browser(stage: Stage) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in which the coordinator has come in."""
    async with pages_of(stage) as url, browser_at(url) as browser:
        await come_in(stage, HANG, browser)
        yield browser
