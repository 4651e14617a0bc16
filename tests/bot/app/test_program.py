"""What the running program does beside its loops."""

import asyncio
import threading

import pytest

from bot.app import program
from tests.cast import Stage


async def test_phrases_are_compiled_beside_what_is_said(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In another thread, one after the other, until none is left; nobody waits for them to be answered."""
    threads: list[threading.Thread] = []

    def compiles() -> bool:
        threads.append(threading.current_thread())
        return len(threads) < 3

    monkeypatch.setattr(program, "compile_next", compiles)
    stop = asyncio.Event()
    running = asyncio.create_task(stage.program.run(stop))
    async with asyncio.timeout(20):
        while len(threads) < 3:
            await asyncio.sleep(0.01)
    stop.set()
    await running
    assert len(threads) == 3
    assert threading.main_thread() not in threads
