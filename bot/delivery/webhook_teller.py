"""Tells systems of the province of changes: signed, one after the other, again until they are taken."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, TypeVar

import aiohttp
import structlog

from bot.app.clock import wall
from bot.delivery.patience import growing, patiently
from services.organisation.webhooks_out import secret_of, sign
from services.reporting.told_changes import ToldChange, changes_after
from storage.database.engine import Database, Work
from storage.organisation import webhook_store
from storage.organisation.webhook_store import WebhookRow

_T = TypeVar("_T")
LOOKS_EVERY: Final = 2.0
_TIMEOUT: Final = aiohttp.ClientTimeout(total=10.0)
_FIRST_WAIT, _LONGEST_WAIT = 5.0, 3600.0
_TURN: Final = 30.0
"""Seconds for one address at a time: half of its lease."""
_log = structlog.get_logger()


class WebhookTeller:
    """Tells each address what the audit has had since, in order; what is not taken holds up what follows.

    `key` is the installation's, of which the secrets are made. `now` is the wall's time.
    """

    def __init__(self, database: Database, key: str, now: Callable[[], datetime] = wall) -> None:
        self._database, self._key, self._now = database, key, now

    async def run(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            try:
                await self.round()
            except Exception:  # noqa: BLE001 - the one boundary of the telling
                _log.exception("webhooks_failed")
            await asyncio.sleep(LOOKS_EVERY)

    async def round(self) -> None:
        """Tell each address what waits for it, all at a time."""
        async with self._database.reading() as conn:
            waiting = await webhook_store.waiting(conn, self._now())
        async with asyncio.TaskGroup() as group:
            for webhook_id in waiting:
                group.create_task(self._tell(webhook_id))

    async def _tell(self, webhook_id: int) -> None:
        now, loop = self._now(), asyncio.get_running_loop()
        row = await self._write(lambda conn: webhook_store.claim(conn, webhook_id, now))
        if row is None:
            return
        async with self._database.reading() as conn:
            news = await changes_after(conn, row.access, row.position)
        until = loop.time() + _TURN
        async with aiohttp.ClientSession(timeout=_TIMEOUT, trust_env=True) as client:
            for change in news.changes:
                if not await self._post(client, row, change):
                    await self._failed(row)
                    return
                is_over = loop.time() > until
                await self._told(row, change.line, done=is_over)
                if is_over:
                    return
                row = replace(row, attempts=0, failing_since=None)
        await self._told(row, news.position, done=True)

    async def _post(self, client: aiohttp.ClientSession, row: WebhookRow, change: ToldChange) -> bool:
        """Send one event; return whether it was taken. The same event has the same id each time.

        The line alone would not do: after a restore of a backup other events have the lines that were lost.
        """
        message_id = f"evt_{row.id}_{change.line}_{int(change.at.timestamp())}"
        at = int(self._now().timestamp())
        body = _body(change)
        headers = {
            "Content-Type": "application/json",
            "webhook-id": message_id,
            "webhook-timestamp": str(at),
            "webhook-signature": sign(secret_of(self._key, row.id), message_id, at, body),
        }
        try:
            async with client.post(row.url, data=body, headers=headers, allow_redirects=False) as answer:
                return answer.status // 100 == 2
        except (aiohttp.ClientError, TimeoutError, ValueError):
            return False

    async def _told(self, row: WebhookRow, position: int, *, done: bool) -> None:
        await self._write(lambda conn: webhook_store.told(conn, row.id, position, done=done))
        if row.attempts:
            _log.info("webhook_well", webhook=row.id)

    async def _failed(self, row: WebhookRow) -> None:
        now = self._now()
        wait = timedelta(seconds=growing(row.attempts, _LONGEST_WAIT, _FIRST_WAIT))
        await self._write(lambda conn: webhook_store.failed(conn, row, now, now + wait))
        if not row.attempts:
            _log.warning("webhook_failing", webhook=row.id)  # its address may bear a secret

    async def _write(self, work: Work[_T]) -> _T:
        return await patiently(lambda: self._database.write(work))


def _body(change: ToldChange) -> bytes:
    ids = {
        "plan_id": change.plan_id,
        "assignment_id": change.assignment_id,
        "unit_id": change.unit_id,
    }
    told = {"type": change.kind, "timestamp": change.at.isoformat(), "data": ids}
    return json.dumps(told).encode()
