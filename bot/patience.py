"""Waiting for a database that is busy or full, instead of losing what was said."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from sqlalchemy.exc import OperationalError

_T = TypeVar("_T")
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 10.0
_log = structlog.get_logger()


async def patiently(work: Callable[[], Awaitable[_T]]) -> _T:
    """Do something in the database, and again for as long as it is locked or its disk is full.

    Each time it is rolled back as a whole. The first failure is logged at error, so that somebody looks.
    """
    wait = _FIRST_WAIT
    while True:
        try:
            return await work()
        except OperationalError as wrong:
            if wait == _FIRST_WAIT:
                _log.error("database_waits", why=str(wrong.orig))
            await asyncio.sleep(wait)
            wait = min(_LONGEST_WAIT, wait * 2)
