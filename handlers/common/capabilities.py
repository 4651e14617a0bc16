"""What a channel can do, as data: whoever words or sends a message asks this, never which channel it is."""

from dataclasses import dataclass
from typing import Literal

Progress = Literal["replaced", "once", "none"]
"""How it is told how far a long deed has come: in a message replaced by the next, in one message, not."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many messages within any so many seconds."""

    messages: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Rates:
    """How fast messages may go out: in all, to one person, to one group, with `gap` seconds between two."""

    overall: Limit
    gap: float
    private: Limit
    group: Limit


@dataclass(frozen=True, slots=True)
class Quota:
    """What a server grants one bot: messages in a calendar month, and people in all."""

    messages: int
    people: int


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What one channel can do.

    longest_text  UTF-16 code units of the visible text of one message
    styles        bold and italic words are shown as such
    buttons       choices are shown as buttons; without them they stand in the text, and are typed
    menu          a chat has a menu of commands
    button_links  links that stand for choices are shown as buttons
    files_in      bytes of the largest file that a person can send; 0: none
    files_out     bytes of the largest file that can be sent; 0: none, a link goes out in its place
    voice         a spoken message arrives, as a file
    progress      how it is told how far a long deed has come
    groups        the bot works in chats of several people
    rates         how fast messages may go out; None: at any speed
    quota         how many messages and people the server grants; None: any number
    """

    longest_text: int
    styles: bool = True
    buttons: bool = True
    button_links: bool = False
    menu: bool = True
    files_in: int = 20 * 10**6
    files_out: int = 50 * 10**6
    voice: bool = False
    groups: bool = False
    progress: Progress = "once"
    rates: Rates | None = None
    quota: Quota | None = None


def messenger(channel: str) -> str:
    """Return the name by which people know a channel: its bots are "zalo:3fa81c09d2" and so on."""
    return channel.partition(":")[0].capitalize()
