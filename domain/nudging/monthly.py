"""How often somebody is written to unasked while nothing is late."""

from typing import Final

MOST_A_MONTH: Final = 4
"""Messages in a calendar month while nothing is late; only last days may make it more."""


def may_remind(sent: int, last_days_ahead: int) -> bool:
    """Whether a reminder goes out on a day that is nobody's last one.

    `sent` messages have gone out this month; each of the last days still ahead in it needs one.
    """
    return sent + last_days_ahead < MOST_A_MONTH
