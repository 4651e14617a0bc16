"""The channels that the settings ask for, opened for as long as the program runs."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from config.settings import Settings

if TYPE_CHECKING:
    from bot.channels.telegram import TelegramChannel


def telegram_channel(settings: Settings, now: Callable[[], datetime]) -> "TelegramChannel | None":
    """Return the Telegram channel, not opened yet; None where there is no token. Raises BadSetting."""
    if settings.telegram_token is None:
        return None
    from bot.channels.telegram import TelegramChannel

    proxy = settings.telegram_proxy.get_secret_value() if settings.telegram_proxy else None
    public = settings.webhook_base if settings.telegram_mode == "webhook" else None
    token = settings.telegram_token.get_secret_value()
    return TelegramChannel(token, settings.telegram_api_url, proxy, now=now, public=public)
