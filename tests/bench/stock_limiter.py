"""The other side of `nudging`: python-telegram-bot with its AIORateLimiter, all messages given to it at once.

A script: python -m tests.bench.stock_limiter URL TOKEN RETRIES, the chats as a JSON list on its input.
"""

import asyncio
import json
import sys
import warnings

from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from tests.bench.nudging import text_of


async def send(url: str, token: str, retries: int, chats: list[int]) -> int:
    """Send one message to each; return how many were not taken."""
    request = HTTPXRequest(connection_pool_size=256, pool_timeout=300.0)
    limiter = AIORateLimiter(max_retries=retries)
    async with ExtBot(token, f"{url}/bot", request=request, rate_limiter=limiter) as bot:
        sendings = [bot.send_message(chat, text_of(number)) for number, chat in enumerate(chats)]
        done = await asyncio.gather(*sendings, return_exceptions=True)
    for one in done:
        if isinstance(one, BaseException) and not isinstance(one, TelegramError):
            raise one
    return sum(isinstance(one, TelegramError) for one in done)


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # of the deprecation of its own RetryAfter
    asyncio.run(send(sys.argv[1], sys.argv[2], int(sys.argv[3]), json.load(sys.stdin)))
