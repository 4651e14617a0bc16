"""The programs on one PostgreSQL database: duties by advisory locks, the bell by LISTEN and NOTIFY."""

import asyncio
import time
from collections.abc import Collection
from typing import Any, Final

import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.pool import NullPool

from config.database_url import ServerDatabase
from storage.database.peers import BY_NOBODY, Duty, Peers
from storage.database.postgres_database import HOLDS_UP_FOR, engine_of

BEAT: Final = 2.0
"""Seconds between two signs of life, and between two tries to get a duty."""
STANDS_STILL: Final = 15
"""Seconds without a sign of life after which the server ends a program's session, and with it its duties."""
_COMES_BACK: Final = 1.0
_KEYS: Final[dict[Duty, int]] = {"send": 7203202603, "poll": 7203202604}
_BELL: Final = "nhacviec"
_TAKE = text("SELECT pg_try_advisory_lock(:key)")
_LIVE = text(f"SET idle_session_timeout = '{STANDS_STILL}s'")
_ALIVE = text("SELECT 1")
_RING = text(f"NOTIFY {_BELL}")
_END_WHO_HOLDS_UP = text("""
    SELECT pg_terminate_backend(activity.pid)
    FROM pg_stat_activity AS activity JOIN pg_locks AS held ON held.pid = activity.pid
    WHERE activity.datname = current_database() AND activity.usename = current_user
      AND held.granted AND held.relation = 'alembic_version'::regclass
      AND held.mode IN ('ShareLock', 'ExclusiveLock')
      AND activity.wait_event = 'ClientRead'
      AND activity.state_change < now() - make_interval(secs => :seconds)
""")
"""Ends what no timeout of the server does: between the parse and the execution no session is idle."""
_log = structlog.get_logger()


class PostgresPeers(Peers):
    """Our place among the programs on a server's database; `wanted` are the duties that we are fit for.

    All hangs by one session. Where it breaks, or stands still for too long, the server gives its locks to the
    next one who asks; we come back with a session of its own, and without duties.
    """

    def __init__(self, place: ServerDatabase, wanted: Collection[Duty]) -> None:
        super().__init__()
        self._engine = engine_of(place, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        self._wanted = tuple(wanted)
        self._since: dict[Duty, float] = {}
        self._rung = asyncio.Event()
        self._came: dict[Duty, asyncio.Event] = {duty: asyncio.Event() for duty in _KEYS}
        self._left: dict[Duty, asyncio.Event] = {duty: asyncio.Event() for duty in _KEYS}

    def has(self, duty: Duty) -> bool:
        """Whether a duty is ours, as far as we know."""
        return duty in self._since

    def since(self, duty: Duty) -> float:
        """Return when a duty became ours, or our last sign of life."""
        return self._since.get(duty, self.beat_at)

    async def until(self, duty: Duty, *, ours: bool) -> None:
        """Wait until a duty comes to us, or until it leaves us."""
        if ours != self.has(duty):
            await (self._came if ours else self._left)[duty].wait()

    def ring(self) -> None:
        """Let the others look for what there is to do: once for all that comes before the bell sounds."""
        self._rung.set()

    async def run(self) -> None:
        """Keep our place until cancelled."""
        try:
            while True:
                try:
                    async with self._engine.connect() as conn:
                        await self._stay(conn)
                except (DBAPIError, OSError) as wrong:
                    _log.warning("session_lost", why=type(wrong).__name__, duties=sorted(self._since))
                self._lose()
                await asyncio.sleep(_COMES_BACK)
        finally:
            self._lose()
            await self._engine.dispose()

    async def _stay(self, conn: AsyncConnection) -> None:
        await conn.execute(_LIVE)
        _log.info("joined", wanted=self._wanted)
        driver: Any = (await conn.get_raw_connection()).driver_connection
        own = driver.get_server_pid()

        def hear(_: object, sender: int, channel: str, payload: object) -> None:
            if sender != own:
                self.heard.set()

        await driver.add_listener(_BELL, hear)
        self.heard.set()  # what was rung while we were away
        while True:
            await self._ask_for_duties(conn)
            self.beat_at = time.monotonic()
            try:
                async with asyncio.timeout(BEAT):
                    await self._rung.wait()
            except TimeoutError:
                continue
            self._rung.clear()
            await conn.execute(_RING)

    async def _ask_for_duties(self, conn: AsyncConnection) -> None:
        await conn.execute(_ALIVE)
        if self.has("send"):
            await self._end_who_holds_up(conn)
        for duty in self._wanted:
            if not self.has(duty) and await conn.scalar(_TAKE, {"key": _KEYS[duty]}):
                self._since[duty] = time.monotonic()
                self._left[duty].clear()
                self._came[duty].set()
                _log.info("duty_taken", duty=duty)

    async def _end_who_holds_up(self, conn: AsyncConnection) -> None:
        """End sessions that hold the lock of writers and stand still."""
        ended = (await conn.execute(_END_WHO_HOLDS_UP, {"seconds": HOLDS_UP_FOR})).all()
        if ended:
            _log.warning("sessions_ended", count=len(ended))

    def _lose(self) -> None:
        self.term = BY_NOBODY
        for duty in list(self._since):
            del self._since[duty]
            self._came[duty].clear()
            self._left[duty].set()
