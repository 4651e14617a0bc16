"""What most tests need not pay for: migrations of each new database, syncs, a process for each file read.

What is tested itself goes the program's own way: migrations and syncs in tests/storage/database, the process
and its limits where a test asks for the fixture `reads_apart`.
"""

import asyncio
import json
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from documents.reading import Unreadable, limited_process, proof, safely
from documents.reading.limited_process import ORDINARY, Limits, Work
from documents.reading.progress import Progress, ignored
from storage.database import migrate, sqlite_database

Upgrade = Callable[[Path], None]
Answer = Callable[..., Awaitable[dict[str, Any]]]

UPGRADE: Upgrade = migrate._upgrade
ANSWER_OF: Answer = limited_process.answer_of
PRAGMAS = sqlite_database._PRAGMAS
UNSYNCED = tuple(one.replace("synchronous=FULL", "synchronous=OFF") for one in PRAGMAS)
"""A commit need not wait for the disk: a program that is killed loses nothing by it, only a machine would."""


def copying(template: Path) -> Upgrade:
    """Return a stand-in of `UPGRADE`: a new file is a copy of one that ran through all migrations once."""

    def copy_or_upgrade(path: Path) -> None:
        if path.exists() and path.stat().st_size:
            UPGRADE(path)
            return
        if not template.exists():
            UPGRADE(template)
        shutil.copyfile(template, path)

    return copy_or_upgrade


async def answer_here(
    work: Work, given: bytes, limits: Limits = ORDINARY, progress: Progress = ignored
) -> dict[str, Any]:
    """Stand in for `ANSWER_OF`: what the child would answer, read in this process and without its limits."""
    if limits.scan:
        return await ANSWER_OF(work, given, limits, progress)
    return await asyncio.to_thread(_read, work, given)


def _read(work: Work, given: bytes) -> dict[str, Any]:
    try:
        answer = proof.kind_in(given) if work == "evidence" else safely.plan_in(given)
    except (Unreadable, MemoryError):
        raise
    except Exception as error:
        raise Unreadable("broken") from error
    return dict(json.loads(json.dumps(answer)))
