"""Reading a stranger's file in a process of its own: one that is too hungry or too slow is ended.

The child gets the bytes and the register on its standard input and answers with one JSON object. It inherits
no setting and no secret of the program.
"""

import asyncio
import json
import os
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass, replace
from pathlib import PurePath
from typing import Any

from pydantic import TypeAdapter

from documents.reading import SourceFile, Unreadable, read_files
from documents.reading.archive import unpacked
from documents.reading.office_converter import modernised
from documents.reading.progress import Progress, ignored, progress_in, reported
from documents.reading.recogniser import PICTURES
from domain.organisation.register import Group, Register, Unit
from domain.plans.plan import Plan, ScannedPage

MOST_BYTES = 20 * 2**20
"""The largest file that is read; Telegram hands out no larger ones."""
MOST_FILES, MOST_TOGETHER = 100, 3 * MOST_BYTES
"""So many files, of so many bytes together, may make one document."""
MOST_APART = 20
"""So many documents of their own are read of one zip."""
_ZIP, _SIZE = ".zip", 4
_CHUNK, _MOST_LINES = 4096, 50


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a child may take, in seconds; how much memory each of its processes may fill, in bytes."""

    seconds: float
    memory: int
    scan: bool = False


ORDINARY = Limits(9.0, 280 * 2**20)
SCAN = Limits(600.0, 1024 * 2**20, scan=True)
"""A page takes some seconds of two cores; a plan of a hundred pages ends in time."""

_PLAN = TypeAdapter(Plan)
_UNITS = TypeAdapter(tuple[tuple[Unit, ...], tuple[Group, ...]])


async def read_safely(data: bytes, name: str, register: Register, progress: Progress = ignored) -> Plan:
    """Return the plan in a file, or in a zip of files, as `read_files` does, within bounds.

    `progress` is called as pages are read. Raises Unreadable: what `read_together` raises.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable("too_big")
    if PurePath(name).suffix.lower() != _ZIP:
        return await read_together([SourceFile(name, data)], register, progress)
    unpacked_files = await asyncio.to_thread(unpacked, data)
    return await read_together([SourceFile(*file) for file in unpacked_files], register, progress)


async def read_each(
    data: bytes, register: Register, progress: Progress = ignored
) -> tuple[tuple[str, Plan | Unreadable], ...]:
    """Return the plan in each file of a zip, or why there is none, with the name of the file.

    Raises Unreadable: what `unpacked` raises, "too_big" where there are many.
    """
    files = [SourceFile(*file) for file in await asyncio.to_thread(unpacked, data)]
    if len(files) > MOST_APART:
        raise Unreadable("too_big")
    readings: list[tuple[str, Plan | Unreadable]] = []
    for file in files:
        try:
            readings.append((file.name, await read_together([file], register, progress)))
        except Unreadable as refusal:
            if refusal.reason == "secret":
                raise
            readings.append((file.name, refusal))
    return tuple(readings)


async def read_together(
    files: Sequence[SourceFile], register: Register, progress: Progress = ignored
) -> Plan:
    """Return the plan that several files make, as `read_files` does, within bounds of size, time and memory.

    Old office files are turned into today's first. Raises Unreadable: what `read_files` and `modernised`
    raise, and "too_big" where a bound is passed.
    """
    if len(files) > MOST_FILES or sum(len(file.data) for file in files) > MOST_TOGETHER:
        raise Unreadable("too_big")
    modern = [await _modernised(file) for file in files]
    units = _UNITS.dump_json((register.units, register.groups))
    sizes = json.dumps([(file.name, len(file.data)) for file in modern]).encode()
    parts = (_sized(units), _sized(sizes), *(file.data for file in modern))
    are_pictures = any(file.suffix in PICTURES for file in modern)
    answer = await _answer_about(b"".join(parts), progress, are_pictures=are_pictures)
    scan = [ScannedPage(place, tuple(unsure), b64decode(jpeg)) for place, unsure, jpeg in answer["scan"]]
    return replace(_PLAN.validate_python(answer["plan"]), scan=tuple(scan))


def _sized(part: bytes) -> bytes:
    return len(part).to_bytes(_SIZE, "big") + part


async def _modernised(file: SourceFile) -> SourceFile:
    data, suffix = await modernised(file.data, file.suffix)
    return file if data is file.data else SourceFile(str(PurePath(file.name).with_suffix(suffix)), data)


async def _answer_about(given: bytes, progress: Progress, *, are_pictures: bool) -> dict[str, Any]:
    """Read files, and where they turn out to be pictures of pages, once more as scans."""
    if not are_pictures:
        try:
            return await answer_of(__name__, "", given, progress=progress)
        except Unreadable as refusal:
            if refusal.reason != "scanned":
                raise
    return await answer_of(__name__, "", given, SCAN, progress)


async def answer_of(
    module: str, name: str, given: bytes, limits: Limits = ORDINARY, progress: Progress = ignored
) -> dict[str, Any]:
    """Return what a module of ours answers in a process of its own, by `answering`, to these bytes.

    `progress` hears what the process says by `reported`. Raises Unreadable: what it raises, "too_big" where a
    bound is passed, "broken" where it fails otherwise.
    """
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, name, *map(str, astuple(limits)),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env={"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        | ({"PATH": os.environ.get("PATH", os.defpath), "OMP_THREAD_LIMIT": "1"} if limits.scan else {}),
    )  # fmt: skip
    try:
        answer, complaint = await asyncio.wait_for(_spoken(child, given, progress), limits.seconds)
    except TimeoutError as error:
        raise Unreadable("too_big") from error
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    return _answer(answer, complaint, child.returncode or 0)


async def _spoken(child: asyncio.subprocess.Process, given: bytes, progress: Progress) -> tuple[bytes, bytes]:
    """Give a process its input; return its output and its errors, once it has ended."""
    if child.stdin is None or child.stdout is None or child.stderr is None:
        raise LookupError("the process has no pipes")
    answer, complaint, _ = await asyncio.gather(
        child.stdout.read(), _complaint(child.stderr, progress), _give(child.stdin, given)
    )
    await child.wait()
    return answer, complaint


async def _give(stream: asyncio.StreamWriter, given: bytes) -> None:
    with suppress(BrokenPipeError, ConnectionResetError):  # it has ended: its status tells why
        stream.write(given)
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
    """Return the child's answer or raise the refusal that it is; a child that was ended asked too much."""
    if status < 0:
        raise Unreadable("too_big")
    if status != 0:
        raise Unreadable("broken") from ChildProcessError(errors.decode(errors="replace")[-2000:])
    answer: dict[str, Any] = json.loads(output)
    if "reason" in answer:
        raise Unreadable(answer["reason"], **answer["facts"])
    return answer


def answering(read: Callable[[bytes], dict[str, Any]]) -> None:
    """Read what is given on standard input, under limits that the system enforces, and print the answer."""
    _limit(_given_limits())
    try:
        answer = read(sys.stdin.buffer.read())
    except Unreadable as refusal:
        answer = {"reason": refusal.reason, "facts": refusal.facts}
    except MemoryError:
        answer = {"reason": "too_big", "facts": {}}
    sys.stdout.write(json.dumps(answer))


def _plan(given: bytes, *, scan: bool = False) -> dict[str, Any]:
    """Read the register, the names and sizes of the files, and the files."""
    known, rest = _first_part(given)
    sizes, rest = _first_part(rest)
    units, groups = _UNITS.validate_json(known)
    files: list[SourceFile] = []
    for name, size in json.loads(sizes):
        files.append(SourceFile(name, rest[:size]))
        rest = rest[size:]
    plan = read_files(files, Register(units, groups), scans=scan, progress=reported)
    pages = [(page.passage, page.unsure, b64encode(page.picture).decode()) for page in plan.scan]
    return {"plan": _PLAN.dump_python(plan, mode="json", exclude={"scan"}), "scan": pages}


def _first_part(given: bytes) -> tuple[bytes, bytes]:
    end = _SIZE + int.from_bytes(given[:_SIZE], "big")
    return given[_SIZE:end], given[end:]


def _given_limits() -> Limits:
    seconds, memory, scan = sys.argv[2:5]
    return Limits(float(seconds), int(memory), scan == "True")


def _limit(limits: Limits) -> None:
    import resource

    for kind, most in ((resource.RLIMIT_DATA, limits.memory), (resource.RLIMIT_CPU, int(limits.seconds))):
        hard = resource.getrlimit(kind)[1]
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (bound, hard))


if __name__ == "__main__":
    answering(lambda given: _plan(given, scan=_given_limits().scan))
