"""A channel in memory: a test puts in what people say, and reads what they hear."""

import asyncio
from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from typing import Protocol

from bot.channels.base import Accept, Raw, SendError
from handlers.common.capabilities import Capabilities
from handlers.common.conversation import Attachment, Incoming, Outgoing
from tests.set_clock import SetClock, at


class HasChat(Protocol):
    """A person with a phone."""

    @property
    def chat(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that arrived."""

    chat: str
    message: Outgoing
    id: str


WITH_BUTTONS = Capabilities(longest_text=4096, groups=True)


@dataclass
class MemoryChannel:
    """Keeps what it sends; refuses what it was told to refuse, in order, chat by chat."""

    clock: SetClock
    name: str = "memory"
    capabilities: Capabilities = WITH_BUTTONS
    sent: list[Sent] = field(default_factory=list)
    refusals: defaultdict[str, deque[Exception]] = field(default_factory=lambda: defaultdict(deque))
    files: dict[str, bytes] = field(default_factory=dict)
    tried: int = 0
    loses_files: bool = False
    away: bool = False
    """Whether its server cannot be reached."""
    delays: dict[str, float] = field(default_factory=dict)
    """Seconds that what a chat says was on its way."""
    held: dict[str, asyncio.Event] = field(default_factory=dict)
    """Chats to which nothing goes out before their event."""

    def can(self, chat: str) -> Capabilities:
        return self.capabilities

    async def run(self, accept: Accept) -> None:
        await asyncio.Event().wait()

    def parse(self, raw: Raw) -> Incoming | None:
        payload = raw.payload
        file = payload.get("file")
        return Incoming(
            channel=self.name,
            update_id=raw.update_id,
            chat=raw.chat,
            sender=str(payload["sender"]),
            name=str(payload["name"]),
            at=self.clock.now() - timedelta(seconds=self.delays.get(raw.chat, 0)),
            text=str(payload.get("text", "")),
            press=payload.get("press"),
            reply_to=payload.get("reply_to"),
            attachment=Attachment(file["name"], file["size"], file["key"], file["album"]) if file else None,
            private=bool(payload.get("private", True)),
            addressed=bool(payload.get("addressed", True)),
            edited_of=at(payload["edited_of"]).astimezone(UTC) if "edited_of" in payload else None,
            anonymous=bool(payload.get("anonymous", False)),
            withheld=payload.get("withheld"),
        )

    def reachability(self, raw: Raw) -> bool | None:
        return None

    def moved_to(self, raw: Raw) -> str | None:
        to = raw.payload.get("moved_to")
        return str(to) if to else None

    async def send(self, chat: str, message: Outgoing) -> str:
        self.tried += 1
        await self.probe()
        if chat in self.held:
            await self.held[chat].wait()
        if self.refusals[chat]:
            raise self.refusals[chat].popleft()
        self.sent.append(Sent(chat, message, f"m{len(self.sent) + 1}"))
        return self.sent[-1].id

    async def fetch(self, attachment: Attachment) -> bytes:
        if self.loses_files:
            raise SendError("gone")
        return self.files[attachment.key]

    async def probe(self) -> None:
        if self.away:
            raise SendError("away", trouble="away")

    def refuse(self, who: HasChat, *refusals: Exception) -> None:
        self.refusals[who.chat].extend(refusals)

    def to(self, who: HasChat) -> list[Outgoing]:
        """All that has arrived on somebody's phone."""
        return [sent.message for sent in self.sent if sent.chat == who.chat]
