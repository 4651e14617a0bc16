"""The whole program against a server with Telegram's limits: quick, and hardly ever refused."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.nudging import chats_in_order, fill_outbox, started, tally
from tests.botapi import BotApi
from tests.e2e.kit import Warm, installed, serving


@pytest.fixture
def strict() -> Iterator[BotApi]:
    with serving("strict") as server:
        yield server


def test_three_hundred_nudges_go_out_at_nearly_thirty_a_second(
    warm: Warm, tmp_path: Path, strict: BotApi
) -> None:
    """Five to each person, in a row; ten seconds would be ideal, a busy machine needs some more."""
    chats = chats_in_order(60, 5, "in a row")
    started(strict, chats)
    with installed(warm, tmp_path, strict) as office:
        asyncio.run(fill_outbox(office.database, chats))
        with office.running("2026-06-01T09:00+07:00") as one:
            office.waits_for(lambda: len(strict.log.sends) >= len(chats), one, within=60)
    seen = tally(strict, chats)
    assert (seen.lost, seen.doubled) == (0, 0)
    assert seen.of_ideal < 2
    assert seen.refused <= 15
