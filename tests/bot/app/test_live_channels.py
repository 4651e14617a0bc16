"""The channels that the settings ask for."""

import pytest
from pydantic import SecretStr

from bot.app.live_channels import telegram_channel, zalo_channels
from config.settings import BadSetting, Settings
from tests.bot.channels.telegram_kit import now

WITH_WEBHOOKS = Settings(
    telegram_token=SecretStr("1:a"),
    telegram_mode="webhook",
    zalo_tokens=SecretStr("2:b"),
    zalo_mode="webhook",
)


def test_who_receives_nothing_needs_no_address_for_webhooks() -> None:
    telegram = telegram_channel(WITH_WEBHOOKS, now, receives=False)
    (zalo,) = zalo_channels(WITH_WEBHOOKS, now, receives=False)
    assert telegram is not None
    assert (telegram.endpoints, zalo.endpoints) == ((), ())
    with pytest.raises(BadSetting, match="NHACVIEC_WEB_PORT"):
        telegram_channel(WITH_WEBHOOKS, now)
    with pytest.raises(BadSetting, match="NHACVIEC_WEB_PORT"):
        zalo_channels(WITH_WEBHOOKS, now)
