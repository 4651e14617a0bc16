"""Reading a stranger's file in a process of its own: one that is too hungry or too slow is ended.

The child gets the bytes and the register on its standard input and answers with one JSON object. It inherits
no setting and no secret of the program.
"""

import asyncio
import json
import os
import sys
from typing import Any

from pydantic import TypeAdapter

from documents.reading import Unreadable, read_plan
from domain.plan import Plan
from domain.units import Group, Register, Unit

MOST_BYTES = 20 * 2**20
"""The largest file that is read; Telegram hands out no larger ones."""
MOST_SECONDS = 9.0
MOST_MEMORY = 280 * 2**20

_PLAN = TypeAdapter(Plan)
_UNITS = TypeAdapter(tuple[tuple[Unit, ...], tuple[Group, ...]])


async def read_safely(data: bytes, name: str, register: Register) -> Plan:
    """Return the plan in a file, as `read_plan` does, within bounds of size, time and memory.

    Raises Unreadable: what `read_plan` raises, and "too_big" where a bound is passed.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable("too_big")
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, name,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env={"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    units = _UNITS.dump_json((register.units, register.groups))
    try:
        said, complaint = await asyncio.wait_for(
            child.communicate(len(units).to_bytes(4, "big") + units + data), MOST_SECONDS
        )
    except TimeoutError as error:
        raise Unreadable("too_big") from error
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    return _answer(said, complaint, child.returncode or 0)


def _answer(said: bytes, complaint: bytes, status: int) -> Plan:
    """Make of the child's answer a plan or the refusal that it is; a child that was ended asked too much."""
    if status < 0:
        raise Unreadable("too_big")
    if status != 0:
        raise Unreadable("broken") from ChildProcessError(complaint.decode(errors="replace")[-2000:])
    answer: dict[str, Any] = json.loads(said)
    if "reason" in answer:
        raise Unreadable(answer["reason"], **answer["facts"])
    return _PLAN.validate_python(answer["plan"])


def _main() -> None:
    """Read the file on standard input, under limits that the system enforces, and print the answer."""
    _limit()
    units, groups = _UNITS.validate_json(sys.stdin.buffer.read(_size(sys.stdin.buffer.read(4))))
    try:
        plan = read_plan(sys.stdin.buffer.read(), sys.argv[1], Register(units, groups))
        answer: dict[str, Any] = {"plan": _PLAN.dump_python(plan, mode="json")}
    except Unreadable as refusal:
        answer = {"reason": refusal.reason, "facts": refusal.facts}
    except MemoryError:
        answer = {"reason": "too_big", "facts": {}}
    sys.stdout.write(json.dumps(answer))


def _size(head: bytes) -> int:
    return int.from_bytes(head, "big")


def _limit() -> None:
    import resource

    for what, most in ((resource.RLIMIT_DATA, MOST_MEMORY), (resource.RLIMIT_CPU, int(MOST_SECONDS))):
        hard = resource.getrlimit(what)[1]
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (bound, hard))


if __name__ == "__main__":
    _main()
