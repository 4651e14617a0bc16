"""The program as an operator has it: commands, a running process, and all that both of them print."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal

from starlette.requests import ClientDisconnect

from config.database_url import Place, ServerDatabase, place_of
from domain.organisation.people import Role
from storage.database.opening import open_database
from storage.organisation import people_store, unit_store
from tests.botapi import BotApi, User

ROOT: Final = Path(__file__).parents[2]
SAMPLES: Final = ROOT / "config" / "samples" / "ha-khe"
PLAN: Final = SAMPLES / "ke-hoach-doi-ngoai-2026.txt"
UNITS: Final = SAMPLES / "don-vi.csv"
PACKAGES: Final = ("bot", "config", "documents", "domain", "handlers", "services", "storage")
STOPS_WITHIN: Final = 10.0
_STARTS_WITHIN: Final = 30.0


def dates_included(folder: Path) -> Path:
    """Write the province's plan with "chậm nhất ngày" for "trước ngày": a date itself is in time."""
    copy, text = folder / "ke-hoach.txt", PLAN.read_text(encoding="utf-8")
    copy.write_text(text.replace("trước ngày", "chậm nhất ngày"), encoding="utf-8")
    return copy


@dataclass(frozen=True, slots=True)
class Done:
    """A command that has ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Warm:
    """Starts processes of the program without paying for its imports each time: see warm.py."""

    def __init__(self, program: Path) -> None:
        self.program = program
        script = Path(__file__).with_name("warm.py")
        self._server = subprocess.Popen(
            [sys.executable, script],
            env={"PYTHONPATH": str(program), "PATH": os.environ["PATH"]},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._turn = threading.Lock()

    def start(self, arguments: Sequence[str], environment: Mapping[str, str], output: Path) -> int:
        """Begin one command in the folder of its output; return the process's id."""
        folder = str(output.parent)
        order = {"arguments": arguments, "environment": environment, "folder": folder, "output": str(output)}
        return int(self._ask(order))

    def ended(self, process: int) -> int | None:
        """Return the exit status of a process that has ended, None while it runs."""
        status = self._ask({"ended": process})
        return None if status is None else int(status)

    def stop(self) -> None:
        self._server.communicate()

    def _ask(self, order: object) -> Any:
        with self._turn:
            assert self._server.stdin is not None
            assert self._server.stdout is not None
            self._server.stdin.write(json.dumps(order) + "\n")
            self._server.stdin.flush()
            return json.loads(self._server.stdout.readline())


class Running:
    """One process of the program."""

    def __init__(self, warm: Warm, process: int, output: Path) -> None:
        self._warm, self.process, self._output = warm, process, output
        self._status: int | None = None

    @property
    def out(self) -> str:
        """What it has printed so far."""
        return self._output.read_text(encoding="utf-8") if self._output.exists() else ""

    @property
    def err(self) -> str:
        """What it has said besides: its log, its complaint."""
        path = Path(f"{self._output}.err")
        return path.read_text(encoding="utf-8") if path.exists() else ""

    @property
    def status(self) -> int | None:
        """Its exit status, None while it runs."""
        if self._status is None:
            self._status = self._warm.ended(self.process)
        return self._status

    def processor_seconds(self) -> float:
        """How long it has kept a processor busy so far."""
        numbers = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")

    def ends(self, within: float) -> int:
        """Wait until it ends by itself; return its exit status."""
        end = time.monotonic() + within
        while self.status is None:
            assert time.monotonic() < end, f"it has not ended in {within} s\n{self.out}\n{self.err}"
            time.sleep(0.01)
        return self.status

    def kill(self) -> None:
        """End it at once, as a power cut does."""
        if self.status is None:
            os.kill(self.process, signal.SIGKILL)
            self.ends(5)

    def stop(self) -> float:
        """Ask it to stop, as an operator does; return how many seconds it took. It must end well."""
        began = time.monotonic()
        os.kill(self.process, signal.SIGTERM)
        assert self.ends(STOPS_WITHIN) == 0, self.err
        return time.monotonic() - began


class Office:
    """An installation: the program, a folder with its database, the Bot API server that it talks to.

    Nothing of the machine's own environment reaches it, nor the .env of whoever develops it.
    """

    def __init__(self, warm: Warm, folder: Path, api: BotApi) -> None:
        self.warm, self.folder, self.api = warm, folder, api
        self.database = folder / "nhacviec.db"
        self.settings: dict[str, str] = {
            "NHACVIEC_DATABASE_URL": f"sqlite+aiosqlite:///{self.database}",
            "NHACVIEC_TELEGRAM_TOKEN": api.token,
            "NHACVIEC_TELEGRAM_API_URL": api.url,
            "NHACVIEC_TIMEZONE": "Asia/Ho_Chi_Minh",
            "NHACVIEC_LANGUAGE": "vi",
        }
        self.processes: list[Running] = []

    @property
    def place(self) -> Place:
        """Where its database is."""
        folder = Path(self.settings.get("NHACVIEC_DATA_FOLDER", self.folder))
        return place_of(self.settings["NHACVIEC_DATABASE_URL"], folder)

    def stands_on(self, place: ServerDatabase) -> None:
        """Let its database be on a server."""
        self.settings |= {"NHACVIEC_DATABASE_URL": place.url, "NHACVIEC_DATA_FOLDER": str(self.folder)}

    @property
    def environment(self) -> dict[str, str]:
        """All the variables that its processes see."""
        machine = {"PYTHONPATH": str(self.warm.program), "PATH": os.environ["PATH"], "HOME": str(self.folder)}
        return {**machine, **self.settings}

    def does(self, *arguments: str | Path, as_of: str = "", status: int = 0) -> Done:
        """Carry out a command to its end; it must end with that exit status."""
        one = self.begins(*arguments, as_of=as_of)
        done = Done(one.ends(60), one.out, one.err)
        assert done.status == status, f"{arguments}: {done}"
        return done

    def begins(self, *arguments: str | Path, as_of: str = "", speed: float = 0) -> Running:
        """Start a command and do not wait for it."""
        output = self.folder / f"output-{len(self.processes)}"
        when = ["--as-of", as_of] if as_of else []
        pace = ["--speed", str(speed)] if speed else []
        words = [*when, *pace, *map(str, arguments)]
        one = Running(self.warm, self.warm.start(words, self.environment, output), output)
        self.processes.append(one)
        return one

    @contextmanager
    def running(self, as_of: str, speed: float = 0) -> Iterator[Running]:
        """Let the program run from a moment of its own, until the block ends; it must stop when asked."""
        polls = self.polls()
        one = self.begins("run", as_of=as_of, speed=speed)
        try:
            self.waits_for(lambda: self.polls() > polls, one)
            yield one
            if one.status is None:
                one.stop()
        finally:
            one.kill()

    def polls(self) -> int:
        """How often a program has begun to receive."""
        return len(self.api.log.statuses("deleteWebhook"))

    def waits_for(
        self, condition: Callable[[], bool], running: Running, within: float = _STARTS_WITHIN
    ) -> None:
        """Wait for something that a running program is to bring about."""
        self.api.wait_until(lambda: condition() or running.status is not None, within, "the program")
        assert running.status is None, running.err

    def printed(self) -> str:
        """All that has been printed by all processes so far."""
        return "\n".join(process.out + process.err for process in self.processes)

    def seats(self, cast: Mapping[int, tuple[str, Role]]) -> list[User]:
        """Let people have joined: (unit, role) by chat id; they are called by unit and role."""
        asyncio.run(seat(self.place, cast))
        return [self.knows(chat) for chat in cast]

    def knows(self, chat: int) -> User:
        """Return a person to whom the bot can write."""
        user = self.api.user(chat)
        user.chat.started = True
        return user

    def code(self, unit: str, role: Role) -> str:
        """Return an invite code made at the command line."""
        (row,) = self.does("invite", "--unit", unit, "--role", role, "--json").json
        return str(row["code"])


@contextmanager
def serving(limits: Literal["strict", "lenient"] | None = None) -> Iterator[BotApi]:
    # A program that is killed hangs up wherever it is, in the middle of a question too.
    with suppress(ClientDisconnect), BotApi(limits=limits) as server:
        yield server


@contextmanager
def installed(warm: Warm, folder: Path, api: BotApi) -> Iterator[Office]:
    """An installation; in the end no process is left, and none has printed the token or a traceback."""
    office = Office(warm, folder, api)
    _, _, secret = api.token.partition(":")
    try:
        yield office
    finally:
        for process in office.processes:
            process.kill()
    assert secret not in office.printed()
    assert "Traceback" not in office.printed()


def copy_program(to: Path) -> Path:
    """Copy the program as it stands now, so that no edit and no .env beside it reaches a running test."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, to / package)
    return to


async def seat(place: Place, cast: Mapping[int, tuple[str, Role]]) -> None:
    """Write people into a database as joining would."""
    database = await open_database(place)
    now = datetime.fromisoformat("2026-05-04T08:00+07:00")
    async with database.writing() as conn:
        ids = await unit_store.ids(conn)
        for chat, (unit, role) in cast.items():
            person = await people_store.add(
                conn, "telegram", str(chat), f"{unit} {role}", "vi", "2026-11", now
            )
            await people_store.seat(conn, person, ids[unit], role, now)
    await database.close()


def joins(user: User, code: str) -> None:
    """Let a person join by a code, agreeing with the button."""
    user.types(f"/start {code}")
    user.wait_for("đồng ý", button="Đồng ý")
    user.presses("Đồng ý")
    user.wait_for("Từ nay anh/chị là")


def texts(user: User) -> list[str]:
    """Return all that the bot has said to a person."""
    return [message.text for message in user.messages]


def nudges(user: User) -> list[str]:
    """Return what the bot has asked a person for of its own accord."""
    return [message.text for message in user.messages if any("Đã xong" in label for label in message.labels)]


def lines_with(text: str, words: Iterable[str]) -> list[str]:
    """Return the lines of a text in which all the words stand."""
    wanted = list(words)
    return [line for line in text.splitlines() if all(word in line for word in wanted)]
