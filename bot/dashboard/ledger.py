"""The ledger of nudges: what went to whom, when, and what became of it. Never what was said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from starlette.responses import Response

from bot.dashboard.rendering import page as render
from bot.dashboard.visit import Visit
from storage import boards
from storage.boards import Posted

SHOWN = 100
"""How many messages stand on one page."""


@dataclass(frozen=True, slots=True)
class Day:
    """The messages of one day, the newest first."""

    on: date
    posted: tuple[Posted, ...]


async def page(visit: Visit) -> Response:
    """Show the newest messages to the units of their plans, or those before one that the address names."""
    before = visit.asked("truoc")
    found = await boards.posted(
        visit.work,
        [plan.id for plan in visit.live],
        visit.today,
        SHOWN + 1,
        int(before) if before.isdecimal() and len(before) < 19 else None,
    )
    shown = found[:SHOWN]
    return render(
        visit,
        "ledger.html",
        at="ledger",
        days=list(_days(shown)),
        older=shown[-1].id if len(found) > SHOWN else None,
    )


def _days(posted: Sequence[Posted]) -> Iterator[Day]:
    for on, some in groupby(posted, key=lambda one: one.day):
        yield Day(on, tuple(some))
