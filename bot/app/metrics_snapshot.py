"""What the metrics tell of the moment: read from the program and its database when they are scraped."""

from collections.abc import Mapping
from datetime import datetime

from bot.app.clock import wall
from bot.app.program import Program
from bot.web.metrics import Snapshot
from storage.common import backup_facts, inbox, message_counter, outbox
from storage.database.peers import DUTIES
from storage.organisation import webhook_store


async def take_snapshot(program: Program, signs: Mapping[str, float]) -> Snapshot:
    """Return what is true now; `signs` are the ages of the signs of life."""
    now, down = program.clock.now(), program.sender.down
    today = now.astimezone(program.rules.zone).date()
    async with program.database.reading() as conn:
        received, oldest_received = await inbox.unanswered(conn)
        ready, oldest_ready = await outbox.ready(conn, wall(), program.courier.open_day())
        failing = await webhook_store.failing(conn)
        backed_up = await backup_facts.last(conn)
        quota = {
            channel.name: (most.messages, await message_counter.sent_in_month(conn, channel.name, today))
            for channel in program.channels
            if (most := channel.capabilities.quota) is not None
        }
    return Snapshot(
        received=received,
        received_seconds=_age(oldest_received, now) or 0.0,
        ready=ready,
        oldest_ready=oldest_ready,
        quota=quota,
        up={channel.name: channel.name not in down for channel in program.channels},
        signs=signs,
        sound=program.database_sound,
        backup_seconds=_age(backed_up, now),
        duties={duty: program.peers.has(duty) for duty in DUTIES},
        failing={str(webhook): _age(since, wall()) or 0.0 for webhook, since in failing.items()},
    )


def _age(moment: datetime | None, now: datetime) -> float | None:
    return None if moment is None else max(0.0, (now - moment).total_seconds())
