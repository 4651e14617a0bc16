"""What the running program counts of its own traffic; `bot.web.metrics` keeps it for a monitoring system."""

from typing import Literal

Answered = Literal["sent", "silent", "given_up", "failed"]
"""A server took it, none was due, no server took it, or the message could not be handled."""
Nudged = Literal["sent", "dropped", "failed", "unsure", "put_back"]
"""What became of a message of the outbox at one try; only "put_back" is tried again."""


class Measures:
    """Counts nothing: for programs that serve no metrics. No method takes a name, a chat or a text."""

    def received(self, channel: str, count: int) -> None:
        """Count updates that were stored for the first time."""

    def answered(self, channel: str, outcome: Answered, seconds: float) -> None:
        """Count a message that was dealt with, so many seconds after it was stored."""

    def sent(self, channel: str, seconds: float, *, taken: bool) -> None:
        """Count one call by which a message is sent, with its seconds, and whether the server took it."""

    def nudged(self, channel: str, kind: str, outcome: Nudged) -> None:
        """Count a try of an outbox message of a kind; `channel` is "" where it was addressed to none."""
