"""Answers of the whole program on either engine: how soon, and how many a second by one and by two."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from config.database_url import Place, ServerDatabase
from tests.bench.load import CHATS, FIRST
from tests.botapi import BotApi, User
from tests.e2e.conftest import fill
from tests.e2e.kit import ROOT
from tests.postgres_server import PostgresServer

_PATIENCE: Final = 600.0
A_MINUTE: Final = 500
"""So many people write within a minute."""


@dataclass(frozen=True, slots=True)
class Worked:
    """Answers a second, and how many cores of the machine were busy meanwhile, whoever kept them so."""

    rate: float
    busy: float


async def copied(office: Path, server: PostgresServer) -> ServerDatabase:
    """Return a database of its own on a server, with all that an office's file holds."""
    place = await server.new()
    await fill(office, place)
    return place


def command(place: Place, role: str = "all") -> list[str]:
    """Return the words that start the program on a database, but for the bot's token and server."""
    if isinstance(place, Path):
        words = [f"sqlite+aiosqlite:///{place}", str(place.parent)]
    else:
        words = [place.url, str(place.folder)]
    return ["-m", "tests.bench.whole", *words, role]


@contextmanager
def _running(api: BotApi, commands: Sequence[Sequence[str]]) -> Iterator[None]:
    """Let programs run for the length of a block."""
    started = [subprocess.Popen([sys.executable, *words, api.token, api.url], cwd=ROOT) for words in commands]
    try:
        yield
    finally:
        for one in started:
            one.terminate()
        for one in started:
            one.wait()


def by_workers(place: ServerDatabase, updates: int, workers: int) -> Worked:
    """Let what a receiver has stored be handled by so many workers."""
    with BotApi() as api:
        people = _people(api, CHATS)
        for turn in range(updates // CHATS):
            for user in people:
                user.types(f"1 được {11 + turn}%")
        with _running(api, [command(place, "receive")]):
            api.wait_until(lambda: api.pending == 0, _PATIENCE, "what is received")
        with _running(api, [command(place, "work")] * workers):
            api.wait_until(lambda: len(api.log.sends) > CHATS // 5, _PATIENCE, "the first answers")
            busy, since, before = _busy(), time.monotonic(), len(api.log.sends)
            api.wait_until(lambda: len(api.log.sends) >= updates, _PATIENCE, "the answers")
            took = time.monotonic() - since
            return Worked((updates - before) / took, (_busy() - busy) / took)


def _busy() -> float:
    """Return the seconds for which the machine's processors have worked so far, all together."""
    user, nice, system, *_ = Path("/proc/stat").read_text(encoding="ascii").split("\n")[0].split()[1:]
    return (int(user) + int(nice) + int(system)) / os.sysconf("SC_CLK_TCK")


def latencies(place: Place, seconds: float) -> list[float]:
    """Return how long each of those waited for an answer who wrote within so many seconds, in order."""
    with BotApi() as api:
        first, *people = _people(api, min(CHATS, round(A_MINUTE * seconds / 60) + 1))
        with _running(api, [command(place)]):
            first.types("1 được 10%")  # the start is not measured
            api.wait_until(lambda: bool(api.accepted(first.id)), _PATIENCE, "the first answer")
            typed = {}
            for user in people:
                typed[user.id] = time.monotonic()
                user.types("1 được 11%")
                time.sleep(60 / A_MINUTE)
            api.wait_until(lambda: all(api.accepted(user.id) for user in people), _PATIENCE, "the answers")
        return sorted(api.accepted(chat)[0].at - at for chat, at in typed.items())


def _people(api: BotApi, count: int) -> list[User]:
    people = [api.user(FIRST + n) for n in range(count)]
    for person in people:
        person.chat.started = True
    return people
