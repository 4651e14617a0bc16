"""The process that is kept ready for the next file: as contained as any, one file each, none left behind."""

import asyncio
import resource
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from documents.reading import limited_process
from documents.reading.limited_process import ORDINARY, kept_ready
from documents.reading.safely import read_safely
from domain.organisation.register import Register
from tests.documents.reading.test_pdf_layouts import DUTIES, HEAD

pytestmark = pytest.mark.usefixtures("reads_apart")

TEXT = "\n".join((*HEAD, *DUTIES)).encode()
Process = limited_process.Process


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():
            await asyncio.sleep(0.01)


def standing() -> Process | None:
    return limited_process._STANDBY.child


def settings_of(child: Process) -> set[str]:
    told = Path(f"/proc/{child.pid}/environ").read_text(encoding="utf-8").rstrip("\0").split("\0")
    return {setting.partition("=")[0] for setting in told}


@pytest.fixture
async def ready() -> AsyncIterator[Process]:
    """A process that is kept ready."""
    async with kept_ready(after=0):
        await until(lambda: standing() is not None)
        child = standing()
        assert child is not None
        yield child


async def test_the_process_kept_ready_reads_one_file_and_another_takes_its_place(
    ready: Process, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, started = limited_process._started, []

    async def counted(limits: limited_process.Limits) -> Process:
        started.append(await start(limits))
        return started[-1]

    monkeypatch.setattr(limited_process, "_started", counted)
    plan = await read_safely(TEXT, "a.txt", register)
    assert len(plan.duties) == 2
    assert ready.returncode == 0
    await until(lambda: standing() is not None)
    assert [child.pid for child in started] == [getattr(standing(), "pid", 0)]


async def test_the_process_kept_ready_is_limited_and_knows_no_setting(ready: Process) -> None:
    def limit(kind: int) -> int:
        return resource.prlimit(ready.pid, kind)[0]

    await until(lambda: limit(resource.RLIMIT_CPU) == int(ORDINARY.seconds))
    assert limit(resource.RLIMIT_DATA) == ORDINARY.memory
    assert settings_of(ready) == {"PYTHONPATH", "PYTHONUTF8", "PYTHONDONTWRITEBYTECODE"}


async def test_a_file_is_read_where_the_process_kept_ready_was_killed(
    ready: Process, register: Register
) -> None:
    ready.kill()
    await ready.wait()
    assert len((await read_safely(TEXT, "a.txt", register)).duties) == 2


async def test_the_process_kept_ready_ends_with_the_program(ready: Process) -> None:
    assert ready.stdin is not None
    ready.stdin.close()
    assert await asyncio.wait_for(ready.wait(), 20) == 0


async def test_no_process_is_left_behind() -> None:
    async with kept_ready(after=0):
        await until(lambda: standing() is not None)
        child = standing()
    assert child is not None
    assert child.returncode is not None
    assert standing() is None
