"""What a channel gives to a handler, and what a handler gives back. Nothing here knows a messenger."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from markupsafe import Markup

from domain.common.secrecy import is_marked
from domain.common.secrecy_names import is_marked_name

Withheld = Literal["voice", "content", "group"]
"""What a messenger does not hand on: a spoken message; a file or a link; what is said in a group."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that somebody sent: its name, its size in bytes (0: not told), the channel's key to fetch it.

    `album` is the key of the set that it was sent with, "" where it came alone.
    """

    name: str
    size: int
    key: str
    album: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing said to the bot. `chat` and `sender` are the channel's own ids; `at` is in UTC.

    `text` is what was typed, "" where a button was pressed or a file came alone; `press` is the pressed
    button's data; `reply_to` is the id of the message that was answered. `private` is False in a group, and
    there `addressed` where the bot is called: by a command, its name, a button, or in answer to its words.
    `edited_of` is when a message was first sent whose words are others now; its `at` is then the time of the
    change. `thread` is the topic of a group, or the id of a letter; "" for none. `anonymous`: a hidden admin.
    `code_hash` is that of a code which was typed and stands in `text` no more. `withheld` is what the
    messenger did not hand on. `more_follow`: the next picture of a row has come already.
    """

    channel: str
    update_id: str
    chat: str
    sender: str
    name: str
    at: datetime
    text: str = ""
    press: str | None = None
    reply_to: str | None = None
    attachment: Attachment | None = None
    private: bool = True
    addressed: bool = True
    code_hash: str = ""
    edited_of: datetime | None = None
    thread: str = ""
    anonymous: bool = False
    withheld: Withheld | None = None
    more_follow: bool = False

    @property
    def is_marked(self) -> bool:
        """Whether it bears a secrecy mark, in its words or in the name of its file."""
        return is_marked(self.text) or (self.attachment is not None and is_marked_name(self.attachment.name))


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: what stands on it, and what comes back when it is pressed (1-64 bytes of UTF-8)."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link that does what a button does, once its page is confirmed."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that goes out."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Order:
    """Papers made when their message goes out, by `handlers.document_orders`: `kind`, and what `about`.

    A handler orders instead of making: its transaction stays short, and what a crash leaves unsent is made
    anew.
    """

    kind: str
    about: str


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A command in a person's menu: its name without the slash, and its help line."""

    command: str
    description: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One answer. `text` is escaped markup with <b> and <i> that never runs over a line break.

    `choices` are rows of buttons; whatever stands on one can be typed instead. `menu` replaces the chat's
    command menu where it is not None. `orders` become `papers` before the message goes out. `kept` is
    written down in place of a text that holds a key or a code: that is shown once, or after a crash not at
    all. `thread` is the topic of a group to which it goes, or the letter that it answers. `is_notice`: it
    tells how far a deed has come, and the answer follows; `replaces` is the id of the notice in whose place
    it goes, where the channel can replace one. `links` stand for the choices where the channel shows links
    as buttons, and `unsubscribe` is the address that means *thôi*; both are made when the message leaves.
    """

    text: Markup
    choices: tuple[tuple[Choice, ...], ...] = ()
    papers: tuple[Paper, ...] = ()
    menu: tuple[MenuEntry, ...] | None = None
    orders: tuple[Order, ...] = ()
    kept: Markup | None = None
    thread: str = ""
    is_notice: bool = False
    replaces: str = ""
    links: tuple[tuple[Link, ...], ...] = ()
    unsubscribe: str = ""


def plain(text: Markup) -> str:
    """Return the words alone, for a channel without markup."""
    return text.striptags() if "\n" not in text else "\n".join(plain(Markup(t)) for t in text.split("\n"))  # noqa: S704 - already escaped


def to_json(answers: tuple[Outgoing, ...]) -> str:
    """Write answers down so that they survive a crash between the commit and the sending.

    Papers that are made already are kept as they are; they are gone with the row once they are out.
    """
    return json.dumps([_written(answer) for answer in answers], ensure_ascii=False)


def _written(answer: Outgoing) -> dict[str, object]:
    fields = {**asdict(answer), "papers": _papers(answer) if answer.kept is None else []}
    secret = fields.pop("kept")
    return fields if secret is None else {**fields, "text": secret}


def _papers(answer: Outgoing) -> list[tuple[str, str]]:
    return [(paper.name, b64encode(paper.data).decode("ascii")) for paper in answer.papers]


def from_json(text: str) -> tuple[Outgoing, ...]:
    """Read what `to_json` wrote."""
    return tuple(_answer(row) for row in json.loads(text))


def _answer(row: Mapping[str, Any]) -> Outgoing:
    menu = row["menu"]
    return Outgoing(
        text=Markup(row["text"]),  # noqa: S704 - written by to_json from an escaped text
        choices=tuple(tuple(Choice(**choice) for choice in line) for line in row["choices"]),
        menu=None if menu is None else tuple(MenuEntry(**entry) for entry in menu),
        papers=tuple(Paper(name, b64decode(data)) for name, data in row["papers"]),
        orders=tuple(Order(**order) for order in row.get("orders", ())),
        thread=row.get("thread", ""),
    )
