"""The program's figures for a monitoring system that speaks Prometheus; no name, chat or text is told."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from bot.delivery.measures import Answered, Measures, Nudged

_ANSWER_SECONDS = (0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10, 30, 60, 300)
_SENDING_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is true at the moment of a scrape.

    received, received_seconds  updates that are not answered yet, and the age of the oldest
    ready, oldest_ready         messages that may go out, and the id of the oldest; None: none
    quota                       by channel: messages granted and sent in its month
    up                          by channel: whether messages get through
    signs                       by sign of life: its age in seconds
    sound                       whether the database was whole when it was last looked through
    backup_seconds              the age of the last backup; None: not known
    failing                     by webhook that takes nothing: since how many seconds
    duties                      by duty that one program at a time has: whether this one has it
    """

    received: int
    received_seconds: float
    ready: int
    oldest_ready: int | None
    quota: Mapping[str, tuple[int, int]]
    up: Mapping[str, bool]
    signs: Mapping[str, float]
    sound: bool
    backup_seconds: float | None
    failing: Mapping[str, float] = field(default_factory=dict)
    duties: Mapping[str, bool] = field(default_factory=dict)


class ProgramMetrics(Measures):
    """Counts what the program does, and writes that down with what is true at the moment.

    `seconds` counts monotonic seconds.
    """

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._oldest: tuple[int, float] | None = None
        """The oldest message that may go out, and when it was first seen to be that."""
        disable_created_metrics()  # type: ignore[no-untyped-call]  # the library leaves it so
        self.registry = CollectorRegistry()
        self._count()
        self._gauge()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)

    def _count(self) -> None:
        registry = self.registry
        self._received = Counter(
            "nhacviec_updates_received", "Updates stored for the first time", ["channel"], registry=registry
        )
        self._answered = Counter(
            "nhacviec_answers",
            "Updates dealt with: answered, without an answer, or not",
            ["channel", "outcome"],
            registry=registry,
        )
        self._answer_seconds = Histogram(
            "nhacviec_answer_seconds",
            "From storing an update, or taking over another program's, to its answer being out",
            ["channel"],
            buckets=_ANSWER_SECONDS,
            registry=registry,
        )
        self._send_seconds = Histogram(
            "nhacviec_send_seconds",
            "One call to a channel's server that sends something",
            ["channel", "result"],
            buckets=_SENDING_SECONDS,
            registry=registry,
        )
        self._nudged = Counter(
            "nhacviec_nudges",
            "Tries of outbox messages, by what became of them",
            ["channel", "kind", "outcome"],
            registry=registry,
        )

    def _gauge(self) -> None:
        def gauge(name: str, text: str, *labels: str) -> Gauge:
            return Gauge(f"nhacviec_{name}", text, labels, registry=self.registry)

        self._inbox = gauge("inbox_messages", "Updates that are not answered yet")
        self._inbox_seconds = gauge("inbox_age_seconds", "Age of the oldest update that is not answered yet")
        self._outbox = gauge("outbox_messages", "Messages that may go out now and have not")
        self._outbox_seconds = gauge(
            "outbox_age_seconds", "For how long the oldest of them has been seen to wait by this program"
        )
        self._granted = gauge("quota_messages", "Messages that a server grants in a month", "channel")
        self._used = gauge("quota_used_messages", "Messages sent in its month", "channel")
        self._up = gauge("channel_up", "Whether messages get through", "channel")
        self._signs = gauge("sign_age_seconds", "Age of a sign of life: poll, sweep, send, peers", "sign")
        self._failing = gauge("webhook_failing_seconds", "Since when an address takes nothing", "webhook")
        self._duty = gauge("duty", "Whether this program has what one at a time does: send, poll", "duty")
        self._sound = gauge("database_sound", "Whether the database was whole when last looked through")
        self._backup = Gauge("nhacviec_backup_age_seconds", "Age of the last backup", registry=None)
        """Registered once a backup is known: a gauge that was never set would tell 0."""
        self._backup_is_known = False

    def received(self, channel: str, count: int) -> None:
        """Count updates that were stored for the first time."""
        self._received.labels(channel).inc(count)

    def answered(self, channel: str, outcome: Answered, seconds: float) -> None:
        """Count a message that was dealt with, so many seconds after it was stored."""
        self._answered.labels(channel, outcome).inc()
        if outcome == "sent":
            self._answer_seconds.labels(channel).observe(seconds)

    def sent(self, channel: str, seconds: float, *, taken: bool) -> None:
        """Count one call by which a message is sent, with its seconds, and whether the server took it."""
        self._send_seconds.labels(channel, "taken" if taken else "refused").observe(seconds)

    def nudged(self, channel: str, kind: str, outcome: Nudged) -> None:
        """Count a try of an outbox message of a kind; `channel` is "" where it was addressed to none."""
        self._nudged.labels(channel, kind, outcome).inc()

    def text(self, snapshot: Snapshot) -> bytes:
        """Return all figures in Prometheus's text format."""
        self._inbox.set(snapshot.received)
        self._inbox_seconds.set(snapshot.received_seconds)
        self._outbox.set(snapshot.ready)
        self._outbox_seconds.set(self._waited(snapshot.oldest_ready))
        for channel, (granted, used) in snapshot.quota.items():
            self._granted.labels(channel).set(granted)
            self._used.labels(channel).set(used)
        for channel, up in snapshot.up.items():
            self._up.labels(channel).set(up)
        for sign, age in snapshot.signs.items():
            self._signs.labels(sign).set(age)
        for duty, ours in snapshot.duties.items():
            self._duty.labels(duty).set(ours)
        self._failing.clear()
        for webhook, since in snapshot.failing.items():
            self._failing.labels(webhook).set(since)
        self._sound.set(snapshot.sound)
        self._tell_backup(snapshot.backup_seconds)
        return generate_latest(self.registry)

    def _tell_backup(self, seconds: float | None) -> None:
        if seconds is None:
            return
        self._backup.set(seconds)
        if not self._backup_is_known:
            self.registry.register(self._backup)
            self._backup_is_known = True

    def _waited(self, oldest: int | None) -> float:
        """Return for how long a message has been the oldest that waits; the outbox keeps no such moment."""
        if oldest is None:
            self._oldest = None
            return 0.0
        if self._oldest is None or self._oldest[0] != oldest:
            self._oldest = (oldest, self._seconds())
        return self._seconds() - self._oldest[1]
