"""The faults, each for a while: a context manager that lets something go wrong and puts it right again."""

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Final

from tests.faults.province import Province
from tests.faults.script import Engine
from tests.faults.small_disk import filled

_HOLD_FILE = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""
_HOLD_TABLES = """
import asyncio, asyncpg, sys
async def hold():
    connection = await asyncpg.connect(sys.argv[1].replace("+asyncpg", ""))
    async with connection.transaction():
        await connection.execute("LOCK TABLE outgoing, incoming, progress")
        print("held", flush=True)
        await asyncio.to_thread(sys.stdin.read)
asyncio.run(hold())
"""
_OFF: Final = (timedelta(hours=1), timedelta(hours=-1), timedelta(days=1), timedelta(days=-1))


@contextmanager
def _kill(here: Province) -> Iterator[None]:
    here.kill()
    yield


@contextmanager
def _stop(here: Province) -> Iterator[None]:
    """An operator restarts the program in the midst of it all."""
    here.signal(signal.SIGTERM)
    yield


@contextmanager
def _pause(here: Province) -> Iterator[None]:
    paused = here.running
    here.signal(signal.SIGSTOP)
    yield
    if paused is not None and paused is here.running:
        here.signal(signal.SIGCONT)


@contextmanager
def _clock(here: Province) -> Iterator[None]:
    """The machine starts anew with a wrong clock, which is put right by another start."""
    here.off = here.chance.choice(_OFF)
    here.kill()
    yield
    here.off = timedelta(0)
    here.kill()


@contextmanager
def _full_disk(here: Province) -> Iterator[None]:
    if here.disk is not None:
        with filled(here.disk):
            yield
        if here.server is not None:
            with suppress(AssertionError):
                here.server.comes_up(within=5)  # it may have ended, and its service manager starts it
        return
    journal = here.office.database.with_name(here.office.database.name + "-wal")
    size = journal.stat().st_size if journal.exists() else 0
    program = here.running
    if program is None:
        yield
        return
    before = resource.prlimit(program.process, resource.RLIMIT_FSIZE)
    resource.prlimit(program.process, resource.RLIMIT_FSIZE, (max(size, 20_000), before[1]))
    yield
    if program.status is None:
        resource.prlimit(program.process, resource.RLIMIT_FSIZE, before)


@contextmanager
def _locked(here: Province) -> Iterator[None]:
    if here.server is None:
        command = [_HOLD_FILE, str(here.office.database)]
    else:
        command = [_HOLD_TABLES, here.office.settings["NHACVIEC_DATABASE_URL"]]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([sys.executable, "-c", *command], text=True, **pipes) as other:  # type: ignore[call-overload]
        try:
            yield
        finally:
            other.kill()


@contextmanager
def _restarted_server(here: Province) -> Iterator[None]:
    """The server is gone: stopped in order, or crashed."""
    assert here.server is not None
    here.server.goes_down(here.chance.choice((signal.SIGINT, signal.SIGQUIT, signal.SIGKILL)))
    yield
    with suppress(AssertionError):  # its disk may be full just now
        here.server.comes_up(within=5)


@contextmanager
def _paused_server(here: Province) -> Iterator[None]:
    assert here.server is not None
    paused = here.server.processes()
    _signal(paused, signal.SIGSTOP)
    try:
        yield
    finally:
        _signal(paused, signal.SIGCONT)
        here.server.goes_on()


@contextmanager
def _cut_connections(here: Province) -> Iterator[None]:
    assert here.server is not None
    for process in here.server.processes()[1:]:
        with suppress(FileNotFoundError):
            if b"nhacviec" in Path(f"/proc/{process}/cmdline").read_bytes():
                _signal([process], signal.SIGTERM)
    yield


def _signal(processes: list[int], number: signal.Signals) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, number)


@contextmanager
def _bot_api_errors(here: Province) -> Iterator[None]:
    """5xx in the server's own words or a proxy's, and garbage, of all that is sent and asked."""
    api = here.api.faults
    with ExitStack() as stack:
        for method in ("sendMessage", "getUpdates"):
            stack.enter_context(api.fail(502, times=here.chance.randrange(1, 4), method=method))
            stack.enter_context(api.fail(503, html=False, times=here.chance.randrange(1, 4), method=method))
            stack.enter_context(api.garble(times=here.chance.randrange(1, 4), method=method))
        yield


@contextmanager
def _lost_answers(here: Province) -> Iterator[None]:
    api, times = here.api.faults, here.chance.randrange(1, 4)
    with (
        api.drop_after(times=times, method="sendMessage"),
        api.fail(502, accepted=True, times=times, method="sendMessage"),
    ):
        yield


@contextmanager
def _storm_of_429(here: Province) -> Iterator[None]:
    with here.api.faults.flood(1, times=here.chance.randrange(1, 20), method="sendMessage"):
        yield


@contextmanager
def _slow_network(here: Province) -> Iterator[None]:
    with here.api.faults.delay(here.chance.uniform(0.1, 3), accepted=here.chance.random() < 0.5, method="*"):
        yield


@contextmanager
def _cut_network(here: Province) -> Iterator[None]:
    with here.api.down():
        yield


@contextmanager
def _revoked_token(here: Province) -> Iterator[None]:
    here.api.revokes_token()
    yield
    here.api.restores_token()


@contextmanager
def _doubled_updates(here: Province) -> Iterator[None]:
    """Updates come again, in any order."""
    for update in here.chance.sample(here.updates, min(len(here.updates), 10)):
        here.api.redeliver(update)
    yield


@contextmanager
def _greylisting(here: Province) -> Iterator[None]:
    here.mail.state.greylists.update(here.addresses)
    yield


@contextmanager
def _mail_away(here: Province) -> Iterator[None]:
    with here.mail.down():
        yield


@contextmanager
def _lost_mail_answer(here: Province) -> Iterator[None]:
    here.mail.state.loses_answers += 1
    here.mail_answers_lost += 1
    yield


Fault = Callable[[Province], AbstractContextManager[None]]
_ON_A_SERVER: Final[Mapping[str, Fault]] = {
    "database restarted": _restarted_server,
    "database paused": _paused_server,
    "database connections cut": _cut_connections,
}
_EVERYWHERE: Final[Mapping[str, Fault]] = {
    "kill -9": _kill,
    "SIGTERM": _stop,
    "SIGSTOP": _pause,
    "clock jumps": _clock,
    "disk full": _full_disk,
    "database locked": _locked,
    "5xx and garbage": _bot_api_errors,
    "answers lost": _lost_answers,
    "429 storm": _storm_of_429,
    "slow network": _slow_network,
    "network cut": _cut_network,
    "token revoked": _revoked_token,
    "updates doubled and shuffled": _doubled_updates,
    "mail greylisted": _greylisting,
    "mail server away": _mail_away,
    "mail answer lost": _lost_mail_answer,
}
FAULTS: Final[Mapping[str, Fault]] = {**_EVERYWHERE, **_ON_A_SERVER}
OF_THE_DATABASE: Final = frozenset({"disk full", "database locked", *_ON_A_SERVER})
"""While one of them lasts, the program cannot note what it did."""


def faults_of(engine: Engine, *, mounts: bool) -> list[str]:
    """Return the names of what can go wrong on an engine; a server's disk where one can be mounted."""
    if engine == "sqlite":
        return [*_EVERYWHERE]
    return [fault for fault in FAULTS if mounts or fault != "disk full"]
