"""The ledger of nudges, day by day: what went to whom, when, what became of it. Never what was said."""

from collections import Counter
from contextlib import suppress
from datetime import date, timedelta

from starlette.responses import Response

from bot.web.rendering import page as render
from bot.web.visit import Visit
from handlers.nudging import ledger_chat
from storage.nudging import nudge_ledger

_EARLIEST = date(2000, 1, 1)


async def page(visit: Visit) -> Response:
    """Show the messages of the day that the address names, or of today, to units of their plans."""
    day = _day(visit)
    entries = await nudge_ledger.entries(
        visit.conn, day, day, visit.rules.zone, coordinators=visit.person.units("coordinator")
    )
    states = Counter(entry.state for entry in entries)
    return render(
        visit,
        "ledger",
        at="ledger",
        day=day,
        before=day - timedelta(days=1),
        after=day + timedelta(days=1) if day < visit.today else None,
        rows=[
            (ledger_chat.row(visit.words.texts, visit.rules.zone, entry), entry.state)
            for entry in reversed(entries)
        ],
        sent=states["sent"],
        answered=sum(entry.answered_at is not None for entry in entries),
        lost=states["failed"] + states["unsure"],
    )


def _day(visit: Visit) -> date:
    """Return the day that the address names: none to come, and none before there was a program."""
    with suppress(ValueError):
        return max(_EARLIEST, min(date.fromisoformat(visit.asked("ngay")), visit.today))
    return visit.today
