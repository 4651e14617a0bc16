"""Work beside the program: it has ended before what it uses is closed."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import structlog

_log = structlog.get_logger()


@asynccontextmanager
async def in_background(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Run a coroutine for the length of a block; at its end cancel it and wait until it has ended.

    Not waited for, it is cancelled a second time when the event loop closes. That second cut leaves an SQLite
    connection which is just being closed in a wait that nothing ends, and the program hangs.
    """
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        (outcome,) = await asyncio.gather(task, return_exceptions=True)
        if isinstance(outcome, Exception):
            _log.error("background_failed", exc_info=outcome)
