"""Work on a stranger's file in a process of its own: one that is too hungry or too slow is ended.

The process, `limited_work`, gets what it needs on its standard input and answers with one JSON object. It
inherits no setting and no secret of the program. Each does one piece of work and ends.
"""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import astuple, dataclass, field
from typing import Any, Final, Literal

from documents.reading.errors import Unreadable
from documents.reading.progress import Progress, ignored, progress_in

Work = Literal["plan", "units", "evidence"]
Process = asyncio.subprocess.Process

_CHUNK, _MOST_LINES = 4096, 50
_SETTLED: Final = 10.0
"""Seconds after which a program has started, and leaves the processor to a process for files."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a process may take, in seconds; how much memory each of its own may fill, in bytes."""

    seconds: float
    memory: int
    scan: bool = False


ORDINARY = Limits(9.0, 280 * 2**20)
SCAN = Limits(600.0, 1024 * 2**20, scan=True)
"""A page takes some seconds of two cores; a plan of a hundred pages ends in time."""


async def answer_of(
    work: Work, given: bytes, limits: Limits = ORDINARY, progress: Progress = ignored
) -> dict[str, Any]:
    """Return what a process of its own answers to these bytes, under limits.

    `progress` hears what the process says by `reported`. Raises Unreadable: what the work raises, "too_big"
    where a bound is passed, "broken" where it fails otherwise.
    """
    child = (_STANDBY.taken() if limits == ORDINARY else None) or await _started(limits)
    try:
        spoken = _spoken(child, (f"{work}\n".encode(), given), progress)
        answer, complaint = await asyncio.wait_for(spoken, limits.seconds)
    except TimeoutError as error:
        raise Unreadable("too_big") from error
    finally:
        await _ended(child)
        _STANDBY.wanted.set()
    return _answer(answer, complaint, child.returncode or 0)


@asynccontextmanager
async def kept_ready(after: float = _SETTLED) -> AsyncIterator[None]:
    """Keep a process started ahead of the next ordinary file for the length of a block.

    Its start is most of what such a file costs. The first is started after so many seconds, each next one
    when the one before has ended.
    """
    keeping = asyncio.create_task(_STANDBY.keep(after))
    try:
        yield
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
        if (child := _STANDBY.taken()) is not None:
            await _ended(child)


@dataclass(slots=True)
class _Standby:
    """The process that waits for a file, if one does: it has loaded what it needs and read nothing."""

    child: Process | None = None
    wanted: asyncio.Event = field(default_factory=asyncio.Event)

    def taken(self) -> Process | None:
        """Return the process that waits, for one piece of work; None where none does."""
        child, self.child = self.child, None
        return child if child is not None and child.returncode is None else None

    async def keep(self, after: float) -> None:
        """Start a process whenever one is wanted, until cancelled."""
        self.wanted = asyncio.Event()
        await asyncio.sleep(after)
        while True:
            if self.child is None or self.child.returncode is not None:
                with suppress(OSError):  # too little memory: a file is read as if none were kept ready
                    self.child = await _started(ORDINARY)
            await self.wanted.wait()
            self.wanted.clear()


_STANDBY: Final = _Standby()


async def _started(limits: Limits) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "documents.reading.limited_work", *map(str, astuple(limits)),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env={"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        | ({"PATH": os.environ.get("PATH", os.defpath), "OMP_THREAD_LIMIT": "1"} if limits.scan else {}),
    )  # fmt: skip


async def _ended(child: Process) -> None:
    """End a process that has not ended by itself."""
    if child.returncode is None:
        child.kill()
        await child.wait()


async def _spoken(child: Process, given: Sequence[bytes], progress: Progress) -> tuple[bytes, bytes]:
    """Give a process its input; return its output and its errors, once it has ended."""
    if child.stdin is None or child.stdout is None or child.stderr is None:
        raise LookupError("the process has no pipes")
    answer, complaint, _ = await asyncio.gather(
        child.stdout.read(), _complaint(child.stderr, progress), _give(child.stdin, given)
    )
    await child.wait()
    return answer, complaint


async def _give(stream: asyncio.StreamWriter, given: Sequence[bytes]) -> None:
    with suppress(BrokenPipeError, ConnectionResetError):  # it has ended: its status tells why
        for part in given:
            stream.write(part)
        await stream.drain()
    stream.close()


async def _complaint(stream: asyncio.StreamReader, progress: Progress) -> bytes:
    """Return what a process writes on standard error, its progress apart."""
    lines: list[bytes] = []
    rest = b""
    while chunk := await stream.read(_CHUNK):
        *complete, rest = (rest[-_CHUNK:] + chunk).split(b"\n")
        for line in complete:
            if (counts := progress_in(line.decode(errors="replace"))) is not None:
                progress(*counts)
            else:
                lines = [*lines[-_MOST_LINES:], line]
    return b"\n".join([*lines, rest])[-_CHUNK:]


def _answer(output: bytes, errors: bytes, status: int) -> dict[str, Any]:
    """Return the process's answer or raise the refusal that it is; one that was ended asked too much."""
    if status < 0:
        raise Unreadable("too_big")
    if status != 0:
        raise Unreadable("broken") from ChildProcessError(errors.decode(errors="replace")[-2000:])
    answer: dict[str, Any] = json.loads(output)
    if "reason" in answer:
        raise Unreadable(answer["reason"], **answer["facts"])
    return answer
