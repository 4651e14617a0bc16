"""What `run` says at a terminal."""

import asyncio

import pytest

from bot.app import narrator
from bot.app.narrator import Narrator
from tests.cast import QUAN, Stage


@pytest.fixture
def lines() -> list[str]:
    return []


@pytest.fixture
def telling(stage: Stage, lines: list[str]) -> Narrator:
    return Narrator(stage.settings, stage.rules, stage.clock, lines.append)


def test_the_start_says_where_the_data_lie_and_when_nudges_go_out(
    stage: Stage, telling: Narrator, lines: list[str]
) -> None:
    telling.start()
    text = "\n".join(lines)
    for words in (str(stage.database.path), "NHACVIEC_WEB_PORT", "từ 08:00 đến 17:00", "09:00", "Ctrl-C"):
        assert words in text


async def test_what_came_and_went_is_counted_and_a_quiet_minute_says_nothing(
    stage: Stage, telling: Narrator, lines: list[str]
) -> None:
    since = stage.clock.now()
    await stage.say(QUAN, "/viec")
    stage.clock.let_pass(minutes=1)
    since = await telling.report(stage.database, since)
    assert lines == ["09:01: nhận 1 tin, gửi đi 0 lời nhắc và thông báo"]
    stage.clock.let_pass(minutes=1)
    await telling.report(stage.database, since)
    assert len(lines) == 1


async def test_a_messenger_out_of_reach_is_told_and_then_that_it_is_back(
    stage: Stage, telling: Narrator, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(narrator, "PATIENCE", 0.01)
    reached = asyncio.Event()

    async def named() -> str:
        await reached.wait()
        return "nhacviec_bot"

    following = asyncio.create_task(telling.follow(stage.database, named))
    await asyncio.sleep(0.05)
    assert len(lines) == 1
    assert "Chưa tới được" in lines[0]
    reached.set()
    await asyncio.sleep(0.05)
    assert "@nhacviec_bot" in lines[1]
    following.cancel()
