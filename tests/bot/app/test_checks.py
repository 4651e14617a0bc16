"""What `doctor` says of the messengers."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app.checks import Finding, examine
from bot.app.clock import SystemClock
from config.settings import Mode, Settings
from tests.zaloapi import ZaloApi


async def findings(settings: Settings) -> dict[str, Finding]:
    return {finding.check: finding for finding in await examine(settings, SystemClock())}


def settings_for(path: Path, api: ZaloApi, zalo_mode: Mode = "webhook") -> Settings:
    return Settings(
        database_url=SecretStr(f"sqlite+aiosqlite:///{path}/x.db"),
        zalo_tokens=SecretStr(api.token),
        zalo_api_url=api.url,
        zalo_mode=zalo_mode,
    )


async def test_a_zalo_bot_that_answers_is_named(tmp_path: Path) -> None:
    with ZaloApi() as api:
        found = await findings(settings_for(tmp_path, api, zalo_mode="polling"))
    assert (found["zalo"].ok, found["zalo"].facts) == (True, {"name": "bot.nhacviec"})
    assert "telegram" not in found


@pytest.mark.parametrize(("revoked", "key"), [(True, "zalo_token"), (False, "zalo_silent")])
async def test_a_zalo_bot_that_does_not_answer_is_told(tmp_path: Path, revoked: bool, key: str) -> None:
    with ZaloApi() as api:
        api.state.revoked = revoked
        if not revoked:
            api.goes_down()
        found = await findings(settings_for(tmp_path, api, zalo_mode="polling"))
    assert (found["zalo"].ok, found["zalo"].key, found["zalo"].facts["number"]) == (False, key, "1")


async def test_a_webhook_without_a_public_address_is_told(tmp_path: Path) -> None:
    with ZaloApi() as api:
        found = await findings(settings_for(tmp_path, api))
    assert (found["webhook"].ok, found["webhook"].key) == (False, "webhook")
    assert "NHACVIEC_WEB_URL" in found["webhook"].facts["why"]
