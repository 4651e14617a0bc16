"""Reads one file safely in a small process, and prints how it ended, the seconds, and the child's peak in MB.

    python -m tests.documents.hostile FILE [ready]  by a process that was kept ready

A child's peak counts from its parent's size; the test run itself is too large a parent to measure by.
"""

import asyncio
import json
import resource
import sys
import time
import tomllib
from contextlib import nullcontext
from pathlib import Path

from documents.reading import Unreadable, limited_process
from documents.reading.limited_process import kept_ready
from documents.reading.safely import read_safely
from domain.organisation.register import Register
from domain.organisation.register_file import parse_register

ROOT = Path(__file__).parents[2]


def main() -> None:
    path = Path(sys.argv[1])
    register = parse_register(tomllib.loads((ROOT / "config" / "units.toml").read_text(encoding="utf-8")))
    data = path.read_bytes()
    began = time.monotonic()
    try:
        asyncio.run(_read(data, path.name, register, ready=sys.argv[2:] == ["ready"]))
        ended = "read"
    except Unreadable as refusal:
        ended = refusal.reason
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    sys.stdout.write(json.dumps([ended, time.monotonic() - began, peak]))


async def _read(data: bytes, name: str, register: Register, *, ready: bool) -> None:
    async with kept_ready(0) if ready else nullcontext():
        while ready and limited_process._STANDBY.child is None:
            await asyncio.sleep(0)
        await read_safely(data, name, register)


if __name__ == "__main__":
    main()
