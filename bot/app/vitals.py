"""Signs of life: when news was last asked for, what is due last looked at, a message last taken.

A program whose sender is dead looks well from inside a chat. So each sign is watched, and one that stays away
for too long is told to the operator by ways that do not need it: the log, /healthz, an address to ping.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import aiohttp
import structlog

Sign = Callable[[], float | None]
"""Returns time.monotonic() of the last time that something went well, None where it has not yet."""

LOOKS_EVERY: Final = 5.0
PINGS_EVERY: Final = 60.0
_PING_TIMEOUT: Final = aiohttp.ClientTimeout(total=10.0)
_log = structlog.get_logger()


class Vitals:
    """Watches signs of life. Use `run` beside the program.

    signs  by name; each counts as well at the start
    limit  seconds after which a sign is missed
    ping   an address to call once a minute while all is well, and with /fail at its end when it is not
    probe  is called when no message was taken for half the limit, so that "send" tells of more than silence
    clock  counts monotonic seconds
    sound  whether the database was whole when it was last looked through
    advice what is to be done where it is not, in the operator's language
    backup how the backups of the night stand, where there are any
    """

    def __init__(
        self,
        signs: Mapping[str, Sign],
        limit: float,
        ping: str | None = None,
        probe: Callable[[], Awaitable[None]] | None = None,
        clock: Callable[[], float] = time.monotonic,
        sound: Callable[[], bool] = lambda: True,
        advice: str = "",
        backup: Callable[[], Mapping[str, object]] | None = None,
    ) -> None:
        self._signs, self._limit, self._url, self._clock = signs, limit, ping, clock
        self._probe, self._sound, self._advice = probe, sound, advice
        self._backup = backup
        self._began = clock()
        self._missed: frozenset[str] = frozenset()
        self._pinged_at = -PINGS_EVERY
        self._ping_fails = False

    def report(self) -> dict[str, object]:
        """Return {"ok": bool, "seconds": {sign: its age}, "missed": [sign]}; no secret is in it.

        Where the database is damaged, "database" says so, and "do" what is to be done. "backup" is told where
        it is made each night; a failed one leaves "ok" alone: to start the program anew would mend nothing.
        """
        ages = self.ages()
        missed = sorted(name for name, age in ages.items() if age > self._limit)
        sound = self._sound()
        damage = {} if sound else {"database": "damaged", "do": self._advice}
        return {
            "ok": sound and not missed,
            "seconds": {name: round(age, 1) for name, age in ages.items()},
            "missed": missed,
            **damage,
            **({"backup": self._backup()} if self._backup else {}),
        }

    async def healthy(self) -> dict[str, object]:
        """Return the report, for /healthz."""
        return self.report()

    async def run(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            try:
                await self.look()
            except Exception:  # noqa: BLE001 - the one boundary of the watch: it must outlive all else
                _log.exception("watch_failed")
            await asyncio.sleep(min(LOOKS_EVERY, self._limit / 4))

    async def look(self) -> None:
        """Look once: tell what has begun to be missed, and what is back; ping where it is time."""
        ages = self.ages()
        if self._probe is not None and ages.get("send", 0.0) > self._limit / 2:
            await self._probe()
            ages = self.ages()
        missed = frozenset(name for name, age in ages.items() if age > self._limit)
        for name in sorted(missed - self._missed):
            _log.error("sign_of_life_missed", sign=name, seconds=round(ages[name]))
        for name in sorted(self._missed - missed):
            _log.info("sign_of_life_back", sign=name)
        news, self._missed = missed != self._missed, missed
        if self._url is not None and (news or not missed):
            await self._ping(self._url, news=news)

    def ages(self) -> dict[str, float]:
        """Return by sign the seconds since it was last seen, or since the start."""
        now = self._clock()
        return {name: now - max(self._began, sign() or 0.0) for name, sign in self._signs.items()}

    async def _ping(self, url: str, *, news: bool) -> None:
        now = self._clock()
        if not news and now - self._pinged_at < PINGS_EVERY:
            return
        self._pinged_at = now
        try:
            async with aiohttp.ClientSession(trust_env=True, timeout=_PING_TIMEOUT) as client:
                (await client.get(f"{url}/fail" if self._missed else url)).raise_for_status()
        except (aiohttp.ClientError, TimeoutError) as wrong:  # its words name the address, which is a secret
            if not self._ping_fails:
                _log.warning("ping_failed", why=type(wrong).__name__)
            self._ping_fails = True
        else:
            self._ping_fails = False
