"""The channels that the settings ask for, opened for as long as the program runs."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING

from config.settings import Settings

if TYPE_CHECKING:
    from bot.channels.telegram import TelegramChannel
    from bot.channels.zalo import ZaloChannel

Held = Callable[[str], Awaitable[bytes | None]]
"""Returns a file that came by a form, by its key."""


def telegram_channel(settings: Settings, now: Callable[[], datetime]) -> "TelegramChannel | None":
    """Return the Telegram channel, not opened yet; None where there is no token. Raises BadSetting."""
    if settings.telegram_token is None:
        return None
    from bot.channels.telegram import TelegramChannel

    proxy = settings.telegram_proxy.get_secret_value() if settings.telegram_proxy else None
    public = settings.webhook_base if settings.telegram_mode == "webhook" else None
    token = settings.telegram_token.get_secret_value()
    return TelegramChannel(token, settings.telegram_api_url, proxy, now=now, public=public)


async def _nothing_held(_: str) -> bytes | None:
    return None


def zalo_channels(
    settings: Settings, now: Callable[[], datetime], held: Held = _nothing_held
) -> "list[ZaloChannel]":
    """Return a channel for each Zalo bot, not opened yet. Raises BadSetting."""
    if not settings.zalo_bots:
        return []
    from bot.channels.zalo import ZaloChannel

    public = settings.webhook_base if settings.zalo_mode == "webhook" else None
    return [
        ZaloChannel(token, settings.zalo_api_url, now=now, public=public, held=held)
        for token in settings.zalo_bots
    ]
