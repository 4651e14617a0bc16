"""Waiting: for a database that is busy or full instead of losing what was said, and ever longer otherwise."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from sqlalchemy.exc import OperationalError

_T = TypeVar("_T")
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 10.0
_waiting: set[object] = set()
"""Those who wait for the database now."""
_log = structlog.get_logger()


async def patiently(work: Callable[[], Awaitable[_T]]) -> _T:
    """Do something in the database, and again for as long as it is locked or its disk is full.

    Each time it is rolled back as a whole. That somebody waits is logged at error, so that somebody looks:
    once, however many wait; and once that nobody does any more.
    """
    wait, me = _FIRST_WAIT, object()
    try:
        while True:
            try:
                done = await work()
            except OperationalError as wrong:
                if not _waiting:
                    _log.error("database_waits", why=str(wrong.orig))
                _waiting.add(me)
                await asyncio.sleep(wait)
                wait = min(_LONGEST_WAIT, wait * 2)
            else:
                if _waiting == {me}:
                    _log.info("database_well")
                return done
    finally:
        _waiting.discard(me)


def growing(failures: int, longest: float, first: float = 1.0) -> float:
    """Return the seconds to wait after so many failures before this one: twice as many each time.

    They are shortened by chance, by up to a half, so that those who failed together do not come together.
    """
    wait = min(longest, first * 2.0 ** min(failures, 20))
    return wait * random.uniform(0.5, 1.0)  # noqa: S311 - it spreads questions, it keeps no secret
