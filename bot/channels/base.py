"""The one contract that every channel keeps."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from handlers.common.capabilities import Capabilities
from handlers.common.conversation import Attachment, Incoming, Outgoing


class ChannelError(Exception):
    """A channel cannot go on at all: a wrong token, a second program on the same one. Says what to do."""


class ChannelClosed(Exception):
    """A channel takes nothing now: the program is starting, or ends."""


Trouble = Literal["away", "faulty", "lost"]
"""What is wrong with the connection to a server, whatever the message:

away    it could not be reached, or took nothing from us at all
faulty  it answered with a fault of its own, or something else in its place; it hardly took anything
lost    it was reached, and then there was no answer
"""


class SendError(Exception):
    """One message was not delivered, or it is not known whether it was.

    permanent    it will never be taken: do not try again
    unreachable  because of the chat (blocked, gone), which takes nothing any more
    retry_after  seconds to wait before anything is sent to this chat again, where the server said so
    ambiguous    it, or a part of it, may be there: the answer was lost, or a later part failed
    moved_to     the chat's new id, where it has one
    trouble      what is wrong with the connection; None where the server dealt with the message
    untried      it was not tried: its turn does not come soon
    """

    def __init__(
        self,
        reason: str,
        *,
        permanent: bool = False,
        unreachable: bool = False,
        retry_after: float | None = None,
        ambiguous: bool = False,
        moved_to: str | None = None,
        trouble: Trouble | None = None,
        untried: bool = False,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.unreachable = unreachable
        self.retry_after = retry_after
        self.ambiguous = ambiguous
        self.moved_to = moved_to
        self.trouble = trouble
        self.untried = untried


@dataclass(frozen=True, slots=True)
class Raw:
    """An update as it came, before it is parsed. The `chat` of a group begins with "-"."""

    update_id: str
    chat: str
    payload: Mapping[str, Any]


Accept = Callable[[Sequence[Raw]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class WebhookEndpoint:
    """Where a server brings updates: a path below our web address, and the header that must bear the secret.

    `take` stores one update, and returns False where nothing is received at present.
    """

    path: str
    header: str
    secret: str = field(repr=False)
    take: Callable[[object], Awaitable[bool]] = field(repr=False)


class Channel(Protocol):
    """Turns its own updates into `Incoming`, and an `Outgoing` into its own messages."""

    name: str
    capabilities: Capabilities
    """What it can do: nobody asks which channel it is."""

    def can(self, chat: str) -> Capabilities:
        """Return what it can do in one chat."""

    async def run(self, accept: Accept) -> None:
        """Receive until cancelled. What `accept` has returned from is stored, and may be confirmed.

        Raises ChannelError where no receiving is possible any more.
        """

    def parse(self, raw: Raw) -> Incoming | None:
        """Parse an update; None where no handler needs to see it.

        Raises ValueError, KeyError or TypeError on what is no update of this channel.
        """

    def reachability(self, raw: Raw) -> bool | None:
        """Return False where the chat has just shut the bot out, True where it let it in, else None."""

    def moved_to(self, raw: Raw) -> str | None:
        """Return a group's new id where an update tells that it has one, else None."""

    async def send(self, chat: str, message: Outgoing) -> str:
        """Send one message within the capabilities; return its id. Raises SendError."""

    async def fetch(self, attachment: Attachment) -> bytes:
        """Return a file's bytes. Raises SendError."""

    async def probe(self) -> None:
        """Ask the server something harmless. Raises SendError."""


class LiveChannel(Channel, Protocol):
    """A channel to the outside."""

    @property
    def heard_at(self) -> float | None:
        """time.monotonic() of the last sign that what people say reaches us; None before the first."""

    @property
    def endpoints(self) -> Sequence[WebhookEndpoint]:
        """Where updates are brought; none where they are asked for."""
