"""Reading a stranger's file in a process of its own: one that is too hungry or too slow is ended.

The child gets the bytes and the register on its standard input and answers with one JSON object. It inherits
no setting and no secret of the program.
"""

import asyncio
import json
import os
import sys
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from pydantic import TypeAdapter

from documents.reading import Unreadable, read_plan
from documents.reading.office_converter import modernised
from domain.organisation.register import Group, Register, Unit
from domain.plans.plan import Plan

MOST_BYTES = 20 * 2**20
"""The largest file that is read; Telegram hands out no larger ones."""
MOST_SECONDS = 9.0
MOST_MEMORY = 280 * 2**20

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
    answer = await answer_of(__name__, name, len(units).to_bytes(4, "big") + units + data)
    return _PLAN.validate_python(answer["plan"])


async def answer_of(module: str, name: str, given: bytes) -> dict[str, Any]:
    """Return what a module of ours answers in a process of its own, by `answering`, to these bytes.

    Raises Unreadable: what it raises, "too_big" where a bound is passed, "broken" where it fails otherwise.
    """
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, name,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env={"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    try:
        said, complaint = await asyncio.wait_for(child.communicate(given), MOST_SECONDS)
    except TimeoutError as error:
        raise Unreadable("too_big") from error
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    return _answer(said, complaint, child.returncode or 0)


def _answer(said: bytes, complaint: bytes, status: int) -> dict[str, Any]:
    """Return the child's answer or raise the refusal that it is; a child that was ended asked too much."""
    if status < 0:
        raise Unreadable("too_big")
    if status != 0:
        raise Unreadable("broken") from ChildProcessError(complaint.decode(errors="replace")[-2000:])
    answer: dict[str, Any] = json.loads(said)
    if "reason" in answer:
        raise Unreadable(answer["reason"], **answer["facts"])
    return answer


def answering(read: Callable[[bytes], dict[str, Any]]) -> None:
    """Read what is given on standard input, under limits that the system enforces, and print the answer."""
    _limit()
    try:
        answer = read(sys.stdin.buffer.read())
    except Unreadable as refusal:
        answer = {"reason": refusal.reason, "facts": refusal.facts}
    except MemoryError:
        answer = {"reason": "too_big", "facts": {}}
    sys.stdout.write(json.dumps(answer))


def _plan(given: bytes) -> dict[str, Any]:
    """Read the size of the register, the register, and the file."""
    start = 4 + int.from_bytes(given[:4], "big")
    units, groups = _UNITS.validate_json(given[4:start])
    plan = read_plan(given[start:], sys.argv[1], Register(units, groups))
    return {"plan": _PLAN.dump_python(plan, mode="json")}


def _limit() -> None:
    import resource

    for what, most in ((resource.RLIMIT_DATA, MOST_MEMORY), (resource.RLIMIT_CPU, int(MOST_SECONDS))):
        hard = resource.getrlimit(what)[1]
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (bound, hard))


if __name__ == "__main__":
    answering(_plan)
