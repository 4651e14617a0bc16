"""Queued updates through the whole program, beside a bare bot of the stock library, in one run."""

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from storage.database.opening import open_database
from tests.bench.reading import show
from tests.botapi import BotApi
from tests.e2e.kit import PLAN, ROOT, UNITS, seat

CHATS: Final = 500
EACH: Final = 10
SLOW: Final = 0.05
"""Seconds that each call takes where the server is far away."""
_PATIENCE: Final = 900.0
FIRST: Final = 3001
_SHARE: Final = 11
"""Percent, in the first message of a chat; a hundred would be something else."""


@dataclass(frozen=True, slots=True)
class Run:
    """One bot's run: answers a second, its memory in MB at the end, chats answered out of order, and the
    seconds of processor that an answer cost it: what others do on the machine hardly changes these.
    """

    rate: float
    memory: float
    disordered: int
    processor: float


def office(folder: Path) -> Path:
    """Make a database with a live plan and a focal point for each chat; return its path."""
    path = folder / "nhacviec.db"
    environment = {**os.environ, "NHACVIEC_DATABASE_URL": f"sqlite+aiosqlite:///{path}"}
    for words in (["unit", "import", str(UNITS), "--yes"], ["plan", "import", str(PLAN), "--dates", "keep"]):
        subprocess.run(
            [sys.executable, "-m", "bot", "--as-of", "2026-05-04T08:00+07:00", *words],
            cwd=ROOT,
            env=environment,
            check=True,
            capture_output=True,
        )
    asyncio.run(_people(path))
    return path


async def _people(path: Path) -> None:
    database = await open_database(path)
    async with database.reading() as conn:
        asked = await conn.exec_driver_sql(
            "SELECT DISTINCT unit.name FROM assignment JOIN unit ON unit.id = unit_id WHERE past = 0"
        )
        names = [str(row.name) for row in asked]
    await database.close()
    await seat(path, {FIRST + n: (names[n % len(names)], "focal") for n in range(CHATS)})


def drive(command: Sequence[str], updates: int, delay: float) -> Run:
    """Queue updates, start a bot, wait for the last answer."""
    with BotApi() as api:
        people = [api.user(FIRST + n) for n in range(CHATS)]
        for person in people:
            person.chat.started = True
        for turn in range(updates // CHATS):
            for user in people:
                user.types(f"1 được {_SHARE + turn}%")
        with api.faults.delay(delay) if delay else nullcontext():
            bot = subprocess.Popen([sys.executable, *command, api.token, api.url], cwd=ROOT)
            try:
                return _watch(api, bot, updates)
            finally:
                bot.terminate()
                bot.wait()


def _watch(api: BotApi, bot: subprocess.Popen[bytes], updates: int) -> Run:
    api.wait_until(lambda: len(api.log.sends) >= updates or bot.poll() is not None, _PATIENCE, "the answers")
    if bot.poll() is not None:
        raise SystemExit("the bot has ended")
    memory, processor = _resident(bot.pid), _processor(bot.pid)
    sends = api.log.sends
    handed = next(call.at for call in api.log.requests if call.method.lower() == "getupdates")
    disordered = 0
    for chat in {send.chat for send in sends}:
        said = [send.text for send in sends if send.chat == chat]
        wanted = [f"{_SHARE + turn}%" for turn in range(len(said))]
        disordered += not all(word in text for word, text in zip(wanted, said, strict=True))
    return Run(len(sends) / (sends[-1].at - handed), memory, disordered, processor / len(sends))


def _resident(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def _processor(pid: int) -> float:
    """Return the seconds for which a process has kept a processor busy."""
    numbers = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")


def main() -> int:
    """Print both, side by side; 1 where the program is the slower one, or much the larger."""
    near = _beside(0.0, CHATS * EACH, CHATS * EACH)
    far = _beside(SLOW, CHATS * 4, CHATS)
    over = [
        show("load: bare PTB / whole program", near[1].rate / near[0].rate, 1.0),
        show("load, 50 ms a call: bare PTB / whole program", far[1].rate / far[0].rate, 0.1),
        show("load: RSS, whole program / bare PTB", near[0].memory / near[1].memory, 1.5),
        show("load: chats answered out of order", near[0].disordered + far[0].disordered, 0),
    ]
    return int(any(over))


def _beside(delay: float, updates: int, of_bare: int) -> tuple[Run, Run]:
    """Run the program, then the bare bot."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{office(Path(folder))}"
        whole = drive(["-m", "tests.bench.whole", url, folder, "all"], updates, delay)
        bare = drive(["-m", "tests.bench.bare_ptb", str(Path(folder) / "bare.db")], of_bare, delay)
    for name, one in (("whole program", whole), ("bare PTB", bare)):
        sys.stdout.write(
            f"{name}: {one.rate:.0f} answers/s, {one.processor * 1000:.1f} ms of processor each,"
            f" {one.memory:.0f} MB\n"
        )
    return whole, bare


if __name__ == "__main__":
    sys.exit(main())
