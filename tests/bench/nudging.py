"""How long 3,000 nudges to 600 people take under Telegram's limits, beside the library's own rate limiter.

Each side runs in a process of its own against a Bot API server here: ours is the whole program, with its
outbox full; the other gives all messages to python-telegram-bot's AIORateLimiter at once.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Final, Literal

from markupsafe import escape
from starlette.requests import ClientDisconnect

from handlers.common.conversation import Outgoing, to_json
from storage.common import outbox
from storage.database.opening import open_database
from storage.organisation import people_store
from tests.botapi import BotApi

ROOT: Final = Path(__file__).parents[2]
NOW: Final = datetime.fromisoformat("2026-06-01T09:00+07:00")
A_SECOND: Final = 30
"""What Telegram admits: the ideal."""
PEOPLE, EACH, PATIENCE = 600, 5, 300.0
MOST_REFUSED, MOST_OF_IDEAL = 0.005, 1.05

_FILLING: Final = Lock()
"""The migrations know of one database at a time."""

Reading = Literal["strict", "lenient"]
Order = Literal["mixed", "in a row"]


@dataclass(frozen=True, slots=True)
class Tally:
    """What a server saw of one run."""

    seconds: float
    lost: int
    doubled: int
    refused: int
    wanted: int

    @property
    def of_ideal(self) -> float:
        """How long it took, beside thirty a second."""
        return self.seconds * A_SECOND / self.wanted

    def good(self) -> bool:
        """Whether it is within the limits."""
        paced = self.of_ideal <= MOST_OF_IDEAL and self.refused < MOST_REFUSED * self.wanted
        return paced and not self.lost and not self.doubled


def main() -> int:
    """Measure and print; 1 where ours passes a limit."""
    runs: list[tuple[str, Reading, Order]] = [
        (who, reading, order)
        for who in ("ours", "AIORateLimiter", "AIORateLimiter, 5 retries")
        for reading in ("strict", "lenient")
        for order in ("mixed", "in a row")
        if who == "ours" or reading == "strict"
    ]
    with ThreadPoolExecutor(2) as two:
        tallies = list(two.map(lambda run: measure(*run), runs))
    for (who, reading, order), tally in zip(runs, tallies, strict=True):
        _show(f"{who}, {reading}, {order}", tally, limited=who == "ours")
    return any(
        run[0] == "ours" and tally and not tally.good() for run, tally in zip(runs, tallies, strict=True)
    )


def _show(what: str, tally: Tally | None, *, limited: bool) -> None:
    if tally is None:
        sys.stdout.write(f"{what:<48}not measured: pip install 'python-telegram-bot[rate-limiter]'\n")
        return
    over = "  OVER" if limited and not tally.good() else ""
    sys.stdout.write(
        f"{what:<48}{tally.seconds:7.1f} s  {tally.of_ideal:5.2f} of ideal  {tally.lost:5} lost"
        f"  {tally.doubled:3} doubled  {tally.refused:5} × 429{over}\n"
    )


def measure(who: str, reading: Reading, order: Order) -> Tally | None:
    """Let one side send everything; None where it is not installed."""
    chats = chats_in_order(PEOPLE, EACH, order)
    with suppress(ClientDisconnect), BotApi(limits=reading) as api, tempfile.TemporaryDirectory() as folder:
        started(api, chats)
        if who == "ours":
            path = Path(folder) / "nhacviec.db"
            with _FILLING:
                asyncio.run(fill_outbox(path, chats))
            words = [sys.executable, "-m", "bot", "run"]
            environment = environment_of(api, path)
        else:
            retries = "5" if "retries" in who else "0"
            words = [sys.executable, "-m", "tests.bench.stock_limiter", api.url, api.token, retries]
            environment = {}
        with (Path(folder) / "log").open("w") as log:
            side = subprocess.Popen(
                words,
                cwd=ROOT,
                env={**os.environ, **environment},
                stdin=subprocess.PIPE,
                stderr=log,
                text=True,
            )
            try:
                if who != "ours" and side.stdin is not None:
                    side.stdin.write(json.dumps(chats))
                    side.stdin.close()
                return _watched(api, chats, side)
            finally:
                side.terminate()
                side.wait(20)
    return None


def _watched(api: BotApi, chats: Sequence[int], side: "subprocess.Popen[str]") -> Tally | None:
    end = time.monotonic() + PATIENCE
    while len(api.log.sends) < len(chats) and side.poll() is None and time.monotonic() < end:
        time.sleep(0.2)
    time.sleep(1.0)  # a message too many would come now
    return tally(api, chats) if api.log.sends else None


def chats_in_order(people: int, each: int, order: Order) -> list[int]:
    """Return whom the messages go to: round after round, or each person's in a row."""
    chats = [1001 + number for number in range(people)]
    return chats * each if order == "mixed" else [chat for chat in chats for _ in range(each)]


def started(api: BotApi, chats: Sequence[int]) -> None:
    """Let the bot write to these."""
    for chat in dict.fromkeys(chats):
        api.user(chat).chat.started = True


def environment_of(api: BotApi, path: Path) -> Mapping[str, str]:
    """Return the settings of a program on that server and that database."""
    return {
        "NHACVIEC_DATABASE_URL": f"sqlite+aiosqlite:///{path}",
        "NHACVIEC_TELEGRAM_TOKEN": api.token,
        "NHACVIEC_TELEGRAM_API_URL": api.url,
    }


async def fill_outbox(path: Path, chats: Sequence[int]) -> None:
    """Make a database in whose outbox a message for each of these chats waits, in this order."""
    database = await open_database(path)
    async with database.writing() as conn:
        ids = {
            chat: await people_store.add(conn, "telegram", str(chat), f"Người {chat}", "vi", "2026-11", NOW)
            for chat in dict.fromkeys(chats)
        }
        for number, chat in enumerate(chats):
            words = to_json((Outgoing(escape(text_of(number))),))
            await outbox.put(conn, [ids[chat]], NOW.date(), "notice", topic=str(number), words=words)
    await database.close()


def text_of(number: int) -> str:
    """Return the words of a message, like no other's and as long as a nudge."""
    return f"Việc số {number}. " + "Đề nghị đơn vị báo cáo tiến độ thực hiện. " * 8


def tally(api: BotApi, chats: Sequence[int]) -> Tally:
    """Count what the server accepted of these messages."""
    sends, seen = api.log.sends, Counter(sent.text.partition(".")[0] for sent in api.log.sends)
    seconds = sends[-1].at - sends[0].at
    refused = sum(request.status == 429 for request in api.log.requests)
    return Tally(seconds, len(chats) - len(seen), seen.total() - len(seen), refused, len(chats))


if __name__ == "__main__":
    sys.exit(main())
