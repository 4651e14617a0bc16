"""The programs on one database, as one of them sees the others: who has which duty, and a bell."""

import asyncio
from abc import ABC, abstractmethod
from typing import Final, Literal, get_args

Duty = Literal["send", "poll"]
"""What one program does at a time: send (and with it all that is due), ask messengers for news."""
DUTIES: Final[tuple[Duty, ...]] = get_args(Duty)
BY_NOBODY = "-"
"""No term of sending: whoever has it may send nothing."""


class Peers(ABC):
    """One program's place among those on its database; use `run` beside the program.

    A duty is one program's at a time, and goes over to another when its holder ends or stands still. A holder
    that went on in its sleep may believe for a moment that it still has one: what must not be done by two is
    fenced by `term` (storage.common.terms).
    """

    alone: bool = False
    """Whether no other program can be on this database."""

    def __init__(self) -> None:
        self.heard = asyncio.Event()
        """Set when another program has left something to do."""
        self.beat_at = 0.0
        """time.monotonic() of our last sign of life among the others."""
        self.term: str = BY_NOBODY
        """Our term of sending, BY_NOBODY outside of one, "" where the program is alone and needs none."""

    @abstractmethod
    def has(self, duty: Duty) -> bool:
        """Whether a duty is ours, as far as we know."""

    @abstractmethod
    def since(self, duty: Duty) -> float:
        """Return time.monotonic() of when a duty became ours; where it is not, of our last sign of life."""

    @abstractmethod
    async def until(self, duty: Duty, *, ours: bool) -> None:
        """Wait until a duty comes to us, or until it leaves us."""

    @abstractmethod
    def ring(self) -> None:
        """Let the others look for what there is to do; it may be lost, so they look by themselves as well."""

    @abstractmethod
    async def run(self) -> None:
        """Keep our place until cancelled; then our duties go to others."""


class Alone(Peers):
    """The one program on a file: it has every duty."""

    alone = True

    def __init__(self) -> None:
        super().__init__()
        self.term = ""

    def has(self, duty: Duty) -> bool:
        """Return True."""
        return True

    def since(self, duty: Duty) -> float:
        """Return 0: from the beginning."""
        return 0.0

    async def until(self, duty: Duty, *, ours: bool) -> None:
        """Return at once, or never."""
        if not ours:
            await asyncio.Event().wait()

    def ring(self) -> None:
        """Do nothing: nobody is there."""

    async def run(self) -> None:
        """Wait until cancelled."""
        await asyncio.Event().wait()
