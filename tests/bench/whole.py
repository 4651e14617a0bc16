"""The whole program as `nhacviec run` puts it together, but for Telegram's pace. Run by other benches."""

import asyncio
import sys
from datetime import datetime
from pathlib import Path
from typing import Final, cast

from pydantic import SecretStr

from bot.app.clock import RehearsalClock
from bot.app.logs import configure
from bot.app.roles import ROLES, RoleName
from bot.app.wiring import Several, build, prepare
from bot.channels.telegram import TelegramChannel
from bot.cli.run_commands import stopped
from config.settings import Settings
from storage.database.opening import peers_on
from storage.database.peers import Duty

START: Final = datetime.fromisoformat("2026-05-05T19:00+07:00")
"""An evening: no nudge goes out among the answers."""


async def main(url: str, folder: str, role_name: str, token: str, api: str) -> None:
    """Answer until stopped."""
    configure()
    settings = Settings(
        telegram_token=SecretStr(token),
        telegram_api_url=api,
        database_url=SecretStr(url),
        data_folder=Path(folder),
    )
    database, rules = await prepare(settings)
    clock, role = RehearsalClock(START), ROLES[cast(RoleName, role_name)]
    duties: list[Duty] = ["send"] if role.works else []
    async with TelegramChannel(token, api, now=clock.now) as channel:
        asked = [channel] if role.receives else []
        peers = peers_on(settings.database_place, [*duties, "poll"] if asked else duties)
        how = Several(role=role, peers=peers, asked=asked, brought=())
        program = build(settings, database, rules, clock, [channel], paces={}, **how)
        await program.run(stopped())
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
