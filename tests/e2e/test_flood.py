"""A thousand strangers write without a pause: nudges and members' answers keep their pace."""

import asyncio
import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.bench.nudging import chats_in_order, fill_outbox, started
from tests.botapi import BotApi, User
from tests.e2e.inside import query
from tests.e2e.kit import UNITS, Warm, installed, serving

A_SECOND = 30
"""What Telegram admits."""
NUDGED, STRANGERS, MEMBERS = 300, 1_000, 100
FROM_STRANGERS, FROM_MEMBERS = 20_001, 5_001
FLOOD_SECONDS, ROUNDS = 10.0, 3
A_STRANGERS_WORDS = "chào bot, cho hỏi"


@pytest.fixture
def strict() -> Iterator[BotApi]:
    with serving("strict") as server:
        yield server


def test_a_thousand_strangers_slow_neither_the_nudges_nor_the_answers_to_members(
    warm: Warm, tmp_path: Path, strict: BotApi
) -> None:
    """Nudges within 1.2 of ideal, 99 of 100 answers within two seconds, strangers in a small share.

    The time for which the machine let this program and this server wait for a processor is not counted.
    """
    chats = chats_in_order(NUDGED, 1, "in a row")
    started(strict, chats)
    strangers = [strict.user(FROM_STRANGERS + number) for number in range(STRANGERS)]
    with installed(warm, tmp_path, strict) as office:
        office.does("unit", "import", UNITS, "--yes")
        members = office.seats({FROM_MEMBERS + number: ("Sở Y tế", "focal") for number in range(MEMBERS)})
        asyncio.run(fill_outbox(office.database, chats))
        for stranger in strangers:
            stranger.types(A_STRANGERS_WORDS)
        with office.running("2026-06-01T09:00+07:00") as program:
            waited = _waited(program.process)
            typed_at = _flood(strangers, members)
            office.waits_for(lambda: _all_are_out(strict, chats, members), program, within=60)
            waited = _waited(program.process) - waited
            office.waits_for(lambda: strict.pending == 0, program, within=60)
        audited = query(office, "select count(*) from audit where what = 'strangers'")
    nudged = [send.at for chat in chats for send in strict.accepted(chat)]
    answered = [strict.accepted(member.id)[0].at - typed_at[member.id] for member in members]
    to_strangers = sum(len(strict.accepted(stranger.id)) for stranger in strangers)
    took = max(nudged) - min(nudged)
    ideal = (len(nudged) + len(members)) / A_SECOND
    told = f"{took:.1f} s for {ideal:.1f}, slowest answer {max(answered):.2f} s, waited {waited:.1f} s"
    assert Counter(len(strict.accepted(chat)) for chat in chats) == {1: NUDGED}
    assert took <= 1.2 * ideal + waited, told
    assert sorted(answered)[int(0.99 * len(answered)) - 1] <= 2.0 + waited, told
    assert 0 < to_strangers <= 2 * (took + FLOOD_SECONDS) + 20, told
    assert audited == [(0,)]  # within the hour they are only counted


def _flood(strangers: Sequence[User], members: Sequence[User]) -> dict[int, float]:
    """Let all strangers write again and again, and each member once meanwhile; return when members wrote."""
    typed_at: dict[int, float] = {}
    pause = FLOOD_SECONDS / len(members)
    crowd = [stranger for _ in range(ROUNDS) for stranger in strangers]
    share = len(crowd) // len(members)
    for number, member in enumerate(members):
        for stranger in crowd[number * share : (number + 1) * share]:
            stranger.types(A_STRANGERS_WORDS)
        typed_at[member.id] = time.monotonic()
        member.types("/viec")
        time.sleep(pause)
    return typed_at


def _all_are_out(api: BotApi, chats: Sequence[int], members: Sequence[User]) -> bool:
    return all(api.accepted(chat) for chat in chats) and all(api.accepted(member.id) for member in members)


def _waited(process: int) -> float:
    """Return how long, at most, a thread of a process or of this one has waited for a processor."""
    threads = [*Path(f"/proc/{process}/task").iterdir(), *Path(f"/proc/{os.getpid()}/task").iterdir()]
    return max(int((thread / "schedstat").read_text().split()[1]) for thread in threads) / 1e9
