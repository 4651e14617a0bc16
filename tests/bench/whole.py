"""The whole program as `nhacviec run` puts it together, but for Telegram's pace. Run by load.py."""

import asyncio
import sys
from pathlib import Path

from pydantic import SecretStr

from bot.app.clock import SystemClock
from bot.app.logs import configure
from bot.app.wiring import build, prepare
from bot.channels.telegram import TelegramChannel
from bot.cli.run_commands import stopped
from config.settings import Settings


async def main(path: str, token: str, url: str) -> None:
    """Answer until stopped."""
    configure()
    settings = Settings(
        telegram_token=SecretStr(token),
        telegram_api_url=url,
        database_url=SecretStr(f"sqlite+aiosqlite:///{Path(path)}"),
    )
    database, rules = await prepare(settings)
    clock = SystemClock()
    async with TelegramChannel(token, url, now=clock.now) as channel:
        program = build(settings, database, rules, clock, [channel], paces={})
        await program.run(stopped())
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
