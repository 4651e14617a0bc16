"""A damaged page inside the file is found by the background check and told at /healthz."""

from types import SimpleNamespace
from typing import Literal

import httpx
import pytest

from bot.app.vitals import Vitals
from bot.app.watchdog import watched
from bot.web.sandbox_server import health_app
from config.settings import Settings
from tests.cast import Stage

PAGE = 4096


@pytest.fixture
async def damaged(stage: Stage) -> Stage:
    """The stage whose file has garbage in every page behind the first ten."""
    await stage.database.forget_frames()
    path = stage.database.path
    pages = path.stat().st_size // PAGE
    assert pages > 20
    with path.open("r+b") as file:
        for page in range(10, pages):
            file.seek(page * PAGE)
            file.write(bytes([0xA5]) * 64)
    return stage


async def test_a_damaged_page_makes_the_program_unhealthy_and_says_what_to_do(damaged: Stage) -> None:
    vitals = Vitals({}, 100.0, sound=lambda: damaged.program.database_sound, advice="phục hồi")
    address = httpx.ASGITransport(health_app(vitals.healthy))
    async with httpx.AsyncClient(transport=address, base_url="http://test") as client:
        assert (await client.get("/healthz")).status_code == 200
        await damaged.program.check_database()
        answer = await client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "damaged"
    assert answer.json()["do"] == "phục hồi"
    damaged.faults += [line for line in damaged.log if line["event"] == "database_damaged"]
    assert len(damaged.faults) == 1


async def test_a_whole_file_is_sound(stage: Stage) -> None:
    await stage.program.check_database()
    assert stage.program.database_sound


@pytest.mark.parametrize(
    ("language", "told"), [("vi", "phục hồi từ bản sao lưu"), ("en", "restore a backup")]
)
async def test_the_advice_stands_in_the_operators_language(
    stage: Stage, language: Literal["vi", "en"], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage.program, "database_sound", False)
    settings = Settings(language=language, health_port=None)
    async with watched(
        settings, stage.program, [SimpleNamespace(heard_at=None, endpoints=())]
    ) as vitals:  # no server is asked
        assert told in str((await vitals.healthy())["do"])
