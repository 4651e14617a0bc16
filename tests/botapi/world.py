"""All that one server knows, and the lock that both threads take before touching it."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from tests.botapi.chats import Chat, Json, Message
from tests.botapi.errors import bad_request
from tests.botapi.files import Files
from tests.botapi.limits import Limiter, Limits
from tests.botapi.log import Log, Sent
from tests.botapi.menus import Menus
from tests.botapi.updates import Updates

FIRST_UPDATE: Final = 700_000_001


@dataclass
class Answered:
    """A press of a button: what answerCallbackQuery showed for it; `text` is None while it is unanswered."""

    chat: int
    text: str | None = None
    alert: bool = False


@dataclass
class World:
    """`changed` is the lock; it is notified whenever something that a test may wait for has happened."""

    bot: Json
    limits: Limits | None
    changed: threading.Condition = field(default_factory=threading.Condition)
    chats: dict[int, Chat] = field(default_factory=dict)
    presses: dict[str, Answered] = field(default_factory=dict)
    updates: Updates = field(default_factory=lambda: Updates(FIRST_UPDATE))
    files: Files = field(default_factory=Files)
    menus: Menus = field(default_factory=Menus)
    log: Log = field(default_factory=Log)
    webhook: tuple[str, str] | None = None
    """Where updates are brought, and the secret that comes along."""
    served: dict[str, str] = field(default_factory=dict)
    """Where public addresses are served in truth."""
    brought: list[int] = field(default_factory=list)
    """The status with which each bringing was answered."""
    message_ids: Iterator[int] = field(default_factory=lambda: count(1))
    limiter: Limiter = field(init=False)

    def __post_init__(self) -> None:
        self.limiter = Limiter(self.limits, self.log.refusals)

    def chat(self, chat_id: int | None) -> Chat:
        """Return a chat that the bot may write to; raise Refused for any other."""
        if chat_id is None or chat_id not in self.chats:
            raise bad_request("chat not found")
        chat = self.chats[chat_id]
        chat.check_reachable()
        return chat

    def accept(self, chat: Chat, message: Message) -> Json:
        """Put a new message of the bot into a chat, unless the limits refuse it; return it as JSON."""
        self.limiter.admit(chat.id)
        chat.show(message)
        seen, confirmed = self.updates.last_of_chat.get(chat.id, 0), self.updates.confirmed
        self.log.sent(Sent(chat.id, message.id, message.text, message.at, seen, confirmed))
        self.changed.notify_all()
        return chat.as_json(message, self.bot)

    def edit(self, chat: Chat, message: Message) -> Json:
        """Replace a message of the bot; raise Refused where nobody would see a difference."""
        if message.same_as(chat.posts[message.id]):
            raise bad_request("message is not modified: text, formatting and buttons are the same as before")
        chat.show(message)
        self.changed.notify_all()
        return chat.as_json(message, self.bot)

    def hear(self, chat: Chat, sender: Json, content: Json, reply_to: Message | None) -> int:
        """Put a user's message into a chat; return its update's id, 0 if the bot asked for no messages."""
        message = {
            "message_id": next(self.message_ids),
            "from": sender,
            "chat": chat.profile,
            "date": int(time.time()),
            **content,
        }
        if reply_to:
            message["reply_to_message"] = chat.as_json(reply_to, self.bot)
        chat.started = True
        chat.heard[message["message_id"]] = message
        return self.updates.add("message", message, chat.id)
