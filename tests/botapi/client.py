"""python-telegram-bot's client, connected to a BotApi."""

from typing import Any

from telegram import Bot
from telegram.request import HTTPXRequest

from tests.botapi.api import BotApi

# Loading certificates would cost more than most of these tests.
PLAIN = {"verify": False}


def connect(api: BotApi, **options: Any) -> Bot:
    """Return a client that is not yet initialized; `options` are HTTPXRequest's for all but getUpdates."""
    polls = HTTPXRequest(connection_pool_size=4, httpx_kwargs=PLAIN)
    return Bot(
        api.token,
        base_url=f"{api.url}/bot",
        base_file_url=f"{api.url}/file/bot",
        request=HTTPXRequest(connection_pool_size=40, httpx_kwargs=PLAIN, **options),
        get_updates_request=polls,
    )
