"""What the channels of the program's own pages share: nobody's server stands between."""

import asyncio
from typing import Final

from bot.channels.base import Accept, Raw
from bot.channels.own_updates import parse_own
from handlers.common.conversation import Incoming


class LocalChannel:
    """A channel on which its class's `say` makes the updates."""

    name: str

    def __init__(self) -> None:
        self.receiving: Final = asyncio.Event()
        """Set once `run` takes what is said."""
        self._accept: Accept | None = None

    async def run(self, accept: Accept) -> None:
        """Take what `say` brings, until cancelled."""
        self._accept = accept
        self.receiving.set()
        try:
            await asyncio.Event().wait()
        finally:
            self._accept = None

    def parse(self, raw: Raw) -> Incoming | None:
        """Understand an update that `say` made. Raises KeyError, TypeError or ValueError on any other."""
        return parse_own(raw, self.name)

    def reachability(self, raw: Raw) -> bool | None:
        """Return None: a page is always there."""
        return None

    def moved_to(self, raw: Raw) -> str | None:
        """Return None: pages have no groups."""
        return None
