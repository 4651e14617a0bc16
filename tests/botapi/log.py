"""What happened, for invariants: every request, every message accepted, every one refused for its pace.

All times are time.monotonic() seconds.
"""

from collections import defaultdict
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Request:
    """One call as it was answered. `status` is 0 when the server cut the line, 499 when the client did.

    `method` is the Bot API's method, or "file" for a download; `chat` is the call's chat_id, if it has one.
    `accepted` says whether it took effect, whatever the caller was told.
    """

    method: str
    chat: int | None
    status: int
    accepted: bool
    at: float
    took: float
    description: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """One message accepted for a chat, even when its answer was lost on the way back.

    `last_update` is the newest update of this chat that the bot had been handed, `confirmed` the newest of
    all that it had confirmed (0: none yet).
    """

    chat: int
    message_id: int
    text: str
    at: float
    last_update: int
    confirmed: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """One message refused by the limits: `rule` is "overall" or "chat"."""

    chat: int
    rule: str
    retry_after: int
    at: float


@dataclass
class Log:
    """`crashes` are faults of this server itself; leaving BotApi raises the first of them."""

    requests: list[Request] = field(default_factory=list)
    sends: list[Sent] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    crashes: list[Exception] = field(default_factory=list)
    by_chat: dict[int, list[Sent]] = field(default_factory=lambda: defaultdict(list))

    def sent(self, send: Sent) -> None:
        self.sends.append(send)
        self.by_chat[send.chat].append(send)

    def statuses(self, method: str) -> list[int]:
        """Return the statuses of all calls of a method, in order."""
        return [request.status for request in self.requests if request.method == method]
