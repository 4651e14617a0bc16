"""A server, a client and a user for the tests of the Bot API server."""

from collections.abc import AsyncIterator, Iterator

import pytest
from telegram import Bot

from tests.botapi import BotApi, User
from tests.botapi.client import connect


@pytest.fixture
def api() -> Iterator[BotApi]:
    with BotApi() as server:
        yield server


@pytest.fixture(autouse=True)
def _retry_after_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take python-telegram-bot's coming type now: its present one warns, and warnings are errors here."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
async def bot(api: BotApi) -> AsyncIterator[Bot]:
    async with connect(api) as client:
        yield client


@pytest.fixture
def lan(api: BotApi) -> User:
    """Lan, who has written to the bot once."""
    user = api.user(1001, "Lan")
    user.types("/start")
    return user
