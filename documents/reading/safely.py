"""Reading a stranger's file in a process of its own: one that is too hungry or too slow is ended.

The child gets the bytes and the register on its standard input and answers with one JSON object. It inherits
no setting and no secret of the program.
"""

import asyncio
import json
import os
import sys
from collections.abc import Callable
from dataclasses import astuple, dataclass
from pathlib import PurePath
from typing import Any

from pydantic import TypeAdapter

from documents.reading import Unreadable, read_plan, read_scan
from documents.reading.office_converter import modernised
from documents.reading.recogniser import PICTURES
from domain.organisation.register import Group, Register, Unit
from domain.plans.plan import Plan

MOST_BYTES = 20 * 2**20
"""The largest file that is read; Telegram hands out no larger ones."""


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


async def read_safely(data: bytes, name: str, register: Register) -> Plan:
    """Return the plan in a file, as `read_plan` does, within bounds of size, time and memory.

    Old office files are turned into today's first. Raises Unreadable: what `read_plan` and `modernised`
    raise, and "too_big" where a bound is passed.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable("too_big")
    data, suffix = await modernised(data, PurePath(name).suffix.lower())
    name = str(PurePath(name).with_suffix(suffix)) if suffix else name
    units = _UNITS.dump_json((register.units, register.groups))
    given = len(units).to_bytes(4, "big") + units + data
    answer = await _answer_about(given, name, is_picture=suffix in PICTURES)
    return _PLAN.validate_python(answer["plan"])


async def _answer_about(given: bytes, name: str, *, is_picture: bool) -> dict[str, Any]:
    """Read a file, and where it turns out to be pictures of pages, once more as a scan."""
    if not is_picture:
        try:
            return await answer_of(__name__, name, given)
        except Unreadable as refusal:
            if refusal.reason != "scanned":
                raise
    return await answer_of(__name__, name, given, SCAN)


async def answer_of(module: str, name: str, given: bytes, limits: Limits = ORDINARY) -> dict[str, Any]:
    """Return what a module of ours answers in a process of its own, by `answering`, to these bytes.

    Raises Unreadable: what it raises, "too_big" where a bound is passed, "broken" where it fails otherwise.
    """
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, name, *map(str, astuple(limits)),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env={"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        | ({"PATH": os.environ.get("PATH", os.defpath), "OMP_THREAD_LIMIT": "1"} if limits.scan else {}),
    )  # fmt: skip
    try:
        answer, complaint = await asyncio.wait_for(child.communicate(given), limits.seconds)
    except TimeoutError as error:
        raise Unreadable("too_big") from error
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    return _answer(answer, complaint, child.returncode or 0)


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


def _plan(given: bytes, name: str, *, scan: bool = False) -> dict[str, Any]:
    """Read the size of the register, the register, and the file of that name."""
    start = 4 + int.from_bytes(given[:4], "big")
    units, groups = _UNITS.validate_json(given[4:start])
    read = read_scan if scan else read_plan
    plan = read(given[start:], name, Register(units, groups))
    return {"plan": _PLAN.dump_python(plan, mode="json")}


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
    answering(lambda given: _plan(given, sys.argv[1], scan=_given_limits().scan))
