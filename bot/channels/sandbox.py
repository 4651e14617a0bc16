"""The sandbox's channel: phones that live in this program's memory and are shown on a web page."""

import itertools
import secrets
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from markupsafe import Markup, escape

from bot.channels.base import Raw, SendError
from bot.channels.local_channel import LocalChannel
from bot.channels.shown_as import SHOWN_AS, Manner
from handlers.common.capabilities import Capabilities
from handlers.common.conversation import Attachment, Choice, Link, MenuEntry, Outgoing, Paper
from handlers.plans.file_series_chat import is_picture

KEPT_MESSAGES = 300
"""Messages remembered for each phone; older ones are forgotten."""

KEPT_BYTES = 200 * 2**20
"""Files remembered for all phones together; the oldest are forgotten first."""


class RefusedError(Exception):
    """What was done at the sandbox is not taken: `why` is a key of the page's texts, `status` an HTTP one."""

    def __init__(self, why: str, status: int = 400) -> None:
        super().__init__(why)
        self.why = why
        self.status = status


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone of the sandbox. `key` is both its chat id and its sender id.

    `person` and `role` are shown above it; `code` is the invite code on the note that sticks to it, None
    where nobody gave one; `typed` are examples of what one could type, offered above the input.
    """

    key: str
    person: str
    role: str
    code: str | None
    typed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """One bubble. Numbers grow over all phones. `from_owner`: the phone's owner said it."""

    number: int
    phone: str
    from_owner: bool
    at: datetime
    text: Markup
    choices: tuple[tuple[Choice, ...], ...] = ()
    files: tuple[Attachment, ...] = ()
    links: tuple[tuple[Link, ...], ...] = ()


class WebChannel(LocalChannel):
    """Keeps the phones' chats in memory. `epoch` tells one life of the program from the next.

    `manner` is the channel as whose each phone is shown, until `show_as` makes it another's.
    """

    name = "web"

    def __init__(
        self, phones: Sequence[Phone], now: Callable[[], datetime], manner: Manner = "telegram"
    ) -> None:
        super().__init__()
        self.capabilities: Capabilities = SHOWN_AS[manner]
        self.manners: dict[str, Manner] = {phone.key: manner for phone in phones}
        """By phone: the channel as whose it is shown."""
        self.phones = {phone.key: phone for phone in phones}
        self.epoch = secrets.token_hex(4)
        self.menus: dict[str, tuple[MenuEntry, ...]] = {}
        self.joined: set[str] = set()
        self._now = now
        self._numbers = itertools.count(1)
        self._chats: dict[str, deque[Message]] = {key: deque(maxlen=KEPT_MESSAGES) for key in self.phones}
        self._files: OrderedDict[str, Paper] = OrderedDict()

    def can(self, chat: str) -> Capabilities:
        """Return what the channel can do as whose a phone is shown."""
        return SHOWN_AS[self.manners[chat]] if chat in self.manners else self.capabilities

    def show_as(self, phone: str, manner: str) -> None:
        """Show a phone as another channel's from now on. Raises RefusedError."""
        if phone not in self.phones:
            raise RefusedError("error_phone", 404)
        if (known := next((each for each in SHOWN_AS if each == manner), None)) is None:
            raise RefusedError("error_request")
        self.manners[phone] = known

    async def send(self, chat: str, message: Outgoing) -> str:
        """Show one message on a phone; return its number. Raises SendError where there is no such phone."""
        if chat not in self.phones:
            raise SendError(f"no phone {chat!r} in the sandbox", permanent=True)
        files = tuple(self._keep(paper) for paper in message.papers)
        if message.menu is not None:
            self.menus[chat] = message.menu
        return str(self._show(chat, False, message.text, message.choices, files, message.links).number)

    async def fetch(self, attachment: Attachment) -> bytes:
        """Return an uploaded file's bytes. Raises SendError where it is forgotten already."""
        paper = self.file(attachment.key)
        if paper is None:
            raise SendError(f"the file {attachment.name!r} is no longer kept", permanent=True)
        return paper.data

    async def probe(self) -> None:
        """Do nothing: the page is the program's own."""

    async def say(
        self,
        phone: str,
        *,
        text: str = "",
        press: str | None = None,
        label: str | None = None,
        file: Paper | None = None,
        by_form: bool = False,
    ) -> None:
        """Say something at a phone: type a text, press a button that stands in its chat, or send a file.

        A button that a page offers, not the chat, is pressed with its `label`. A file that the channel does
        not hand on is withheld, unless it came `by_form`. Returns once the program has stored it. Raises
        RefusedError for a phone that is not there, for a button that was never offered, and before `run`
        or after it.
        """
        if phone not in self.phones:
            raise RefusedError("error_phone", 404)
        if self._accept is None:
            raise RefusedError("error_starting", 503)
        shown = text if press is None else label or self._label(phone, press)
        files = () if file is None else (self._keep(file),)
        bubble = self._show(phone, True, escape(shown), (), files)
        passes = by_form or not files or self.can(phone).files_in > 0 or is_picture(files[0])
        try:
            await self._accept([self._raw(bubble, text, press, withheld=not passes)])
        except BaseException:
            self._chats[phone].remove(bubble)
            raise
        code = self.phones[phone].code
        if code is not None and text.casefold().split() == ["/start", code.casefold()]:
            self.joined.add(phone)

    def since(self, number: int) -> list[Message]:
        """Return the messages of all phones with a higher number, in order."""
        messages = (message for chat in self._chats.values() for message in chat if message.number > number)
        return sorted(messages, key=lambda message: message.number)

    def file(self, key: str) -> Paper | None:
        """Return a file that came in or went out; None where it is not, or no longer, kept."""
        return self._files.get(key)

    def _label(self, phone: str, press: str) -> str:
        for message in reversed(self._chats[phone]):
            for choice in itertools.chain.from_iterable(message.choices):
                if choice.data == press:
                    return choice.label
        raise RefusedError("error_button", 409)

    def _show(
        self,
        phone: str,
        from_owner: bool,
        text: Markup,
        choices: tuple[tuple[Choice, ...], ...],
        files: tuple[Attachment, ...],
        links: tuple[tuple[Link, ...], ...] = (),
    ) -> Message:
        message = Message(next(self._numbers), phone, from_owner, self._now(), text, choices, files, links)
        self._chats[phone].append(message)
        return message

    def _keep(self, paper: Paper) -> Attachment:
        key = secrets.token_urlsafe(12)
        self._files[key] = paper
        while len(self._files) > 1 and sum(len(stored.data) for stored in self._files.values()) > KEPT_BYTES:
            self._files.popitem(last=False)
        return Attachment(name=paper.name, size=len(paper.data), key=key)

    def _raw(self, bubble: Message, text: str, press: str | None, *, withheld: bool) -> Raw:
        payload: dict[str, Any] = {
            "sender": bubble.phone,
            "name": self.phones[bubble.phone].person,
            "at": bubble.at.astimezone(UTC).isoformat(),
            "text": text,
            "press": press,
            "file": None,
            "withheld": "content" if withheld else None,
        }
        for file in () if withheld else bubble.files:
            payload["file"] = {"name": file.name, "size": file.size, "key": file.key}
        return Raw(update_id=f"{self.epoch}-{bubble.number}", chat=bubble.phone, payload=payload)
