"""All that the server knows, behind one lock."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any


@dataclass(frozen=True, slots=True)
class ZaloMessage:
    """A text that was accepted; `styles` as they were given."""

    chat: str
    text: str
    styles: tuple[tuple[int, int, str], ...]
    id: str


@dataclass(frozen=True, slots=True)
class Call:
    """A call as it was answered: the envelope's code, 0 where all was well."""

    method: str
    code: int
    body: dict[str, Any]


@dataclass(slots=True)
class State:
    """`changed` is the lock; it is notified whenever something that a test may wait for has happened.

    quota        messages that are still taken; then 429
    refusals     (status, envelope) answered to the next sends in place of what they ask
    spoilt       so many sends are accepted, and their answers lost
    wrapped      whether webhooks bring the update in an envelope
    copies       how often each update is brought
    takes_styles whether text_styles are known
    """

    token: str
    name: str
    changed: threading.Condition = field(default_factory=threading.Condition)
    quota: int | None = None
    refusals: deque[tuple[int, Any]] = field(default_factory=deque)
    spoilt: int = 0
    wrapped: bool = True
    copies: int = 1
    takes_styles: bool = True
    revoked: bool = False
    proxied: dict[str, str] = field(default_factory=dict)
    webhook: tuple[str, str] | None = None
    files: dict[str, bytes] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    sent: list[ZaloMessage] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    lost: list[Any] = field(default_factory=list)
    brought: list[int] = field(default_factory=list)
    """The status with which each bringing was answered, 0 where nobody was there."""
    polls: int = 0
    """How many questions for news wait now."""
    last: dict[str, Any] = field(default_factory=dict)
    news: deque[Any] = field(default_factory=deque)
    ring: Callable[[], object] = lambda: None
    """Wakes the server's side: something is to be brought or handed out."""
    _ids: Iterator[int] = field(default_factory=lambda: count(1))

    def next_id(self) -> str:
        """Return the id of a new message."""
        with self.changed:
            return f"{next(self._ids):016x}"

    def say_again(self) -> None:
        """Deliver the last event once more."""
        self.hear(self.last)

    def hear_once_asked(self, event: dict[str, Any], timeout: float = 20.0) -> str:
        """Take what somebody said once it would not be lost; AssertionError where nobody asks in time."""
        with self.changed:
            is_asked = self.changed.wait_for(lambda: self.webhook is not None or self.polls, timeout)
            assert is_asked, f"nobody asked for {timeout} s"
            return self.hear(event)

    def hear(self, event: dict[str, Any]) -> str:
        """Take what somebody said: bring it, hand it to who asks, or lose it."""
        with self.changed:
            self.last = event
            self.known.add(str(event.get("message", {}).get("chat", {}).get("id")))
            if self.webhook is None and not self.polls:
                self.lost.append(event)
            else:
                self.news.extend([event] * self.copies)
            self.changed.notify_all()
        self.ring()
        return str(event.get("message", {}).get("message_id", ""))
