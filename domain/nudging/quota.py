"""Which messages may still go by a channel whose server grants so many a month."""

from typing import Final, Literal

Urgency = Literal["early", "near", "last_day"]
"""How much a message presses: early reminders; what is near or late, a digest; last days and answers."""

SPARING: Final = 70
"""Percent of the quota from which an early reminder waits, to be one with the next that presses more."""
END: Final = 90
"""Percent of the quota from which only answers and the nudges of a last day go out."""


def may_go(urgency: Urgency, sent: int, quota: int) -> bool:
    """Whether a message may go by a channel that has taken `sent` of `quota` messages this month."""
    percent = sent * 100 // quota
    limit = {"early": SPARING, "near": END}.get(urgency)
    return limit is None or percent < limit
