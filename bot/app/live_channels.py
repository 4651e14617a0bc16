"""The channels that the settings ask for, opened for as long as the program runs."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from email.utils import parseaddr
from typing import TYPE_CHECKING

from config.settings import BadSetting, Settings

if TYPE_CHECKING:
    from bot.channels.mail import MailChannel
    from bot.channels.telegram import TelegramChannel
    from bot.channels.zalo import ZaloChannel
    from storage.database.engine import Database

Held = Callable[[str], Awaitable[bytes | None]]
"""Returns a file that came by a form, by its key."""


def telegram_channel(
    settings: Settings, now: Callable[[], datetime], *, receives: bool = True
) -> "TelegramChannel | None":
    """Return the Telegram channel, not opened yet; None where there is no token.

    One that only sends needs no address for webhooks. Raises BadSetting.
    """
    if settings.telegram_token is None:
        return None
    from bot.channels.telegram import TelegramChannel

    proxy = settings.telegram_proxy.get_secret_value() if settings.telegram_proxy else None
    public = settings.webhook_base if receives and settings.telegram_mode == "webhook" else None
    token = settings.telegram_token.get_secret_value()
    return TelegramChannel(token, settings.telegram_api_url, proxy, now=now, public=public)


async def _nothing_held(_: str) -> bytes | None:
    return None


def zalo_channels(
    settings: Settings, now: Callable[[], datetime], held: Held = _nothing_held, *, receives: bool = True
) -> "list[ZaloChannel]":
    """Return a channel for each Zalo bot, not opened yet.

    One that only sends needs no address for webhooks. Raises BadSetting.
    """
    if not settings.zalo_bots:
        return []
    from bot.channels.zalo import ZaloChannel

    public = settings.webhook_base if receives and settings.zalo_mode == "webhook" else None
    return [
        ZaloChannel(token, settings.zalo_api_url, now=now, public=public, held=held)
        for token in settings.zalo_bots
    ]


def mail_channel(
    settings: Settings, database: "Database", now: Callable[[], datetime], footer: str
) -> "MailChannel | None":
    """Return the channel to mailboxes; None where it is not set. Raises BadSetting."""
    given = (settings.mail_address, settings.mail_smtp, settings.mail_imap)
    if not any(given):
        return None
    if settings.mail_address is None or settings.mail_smtp is None or settings.mail_imap is None:
        raise BadSetting("mail needs NHACVIEC_MAIL_ADDRESS, NHACVIEC_MAIL_SMTP and NHACVIEC_MAIL_IMAP")
    from bot.channels.mail import MailChannel
    from bot.channels.mail_ids import address_of
    from bot.channels.mail_letter import MailSender
    from bot.channels.mail_servers import account_of

    name = parseaddr(settings.mail_address)[0] or "Nhắc Việc"
    return MailChannel(
        account_of(settings.mail_smtp.get_secret_value()),
        account_of(settings.mail_imap.get_secret_value()),
        MailSender(address_of(settings.mail_address), name, footer),
        database,
        now=now,
    )
