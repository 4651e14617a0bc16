"""Chats and what the bot has said in them."""

import time
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from tests.botapi.entities import Entity
from tests.botapi.errors import Refused, bad_request
from tests.botapi.files import SentFile
from tests.botapi.keyboards import Button, Rows

Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the bot as it stands now.

    `text` is what people read (of a file: its caption), `html` what the bot sent for it, `at` the monotonic
    time at which it was sent or last edited, `date` the same as a Unix time.
    """

    id: int
    chat: int
    text: str
    html: str
    entities: tuple[Entity, ...] = ()
    buttons: Rows = ()
    file: SentFile | None = None
    reply_to: int | None = None
    edited: bool = False
    at: float = field(default_factory=time.monotonic)
    date: int = field(default_factory=lambda: int(time.time()))

    @property
    def labels(self) -> list[str]:
        """The texts of all buttons, row after row."""
        return [button.text for row in self.buttons for button in row]

    def button(self, label_or_data: str) -> Button | None:
        """Return the first button with this text, else with this callback data."""
        every = [button for row in self.buttons for button in row]
        by_text = next((button for button in every if button.text == label_or_data), None)
        return by_text or next((button for button in every if button.data == label_or_data), None)

    def same_as(self, other: "Message") -> bool:
        """Tell whether people would see no difference."""
        mine = (self.text, self.entities, self.buttons)
        return mine == (other.text, other.entities, other.buttons)


@dataclass(eq=False)
class Chat:
    """A private chat or a group; `profile` is Telegram's Chat object. Use it under the world's lock.

    `posts` are the bot's messages by id, `shown` the same and each edit in the order in which they appeared,
    `heard` the messages of people by id, `actions` what sendChatAction has shown.
    """

    id: int
    profile: Json
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    migrated_to: int | None = None
    posts: dict[int, Message] = field(default_factory=dict)
    shown: list[Message] = field(default_factory=list)
    heard: dict[int, Json] = field(default_factory=dict)
    actions: list[str] = field(default_factory=list)

    def check_reachable(self) -> None:
        """Raise Refused where the bot cannot write to this chat."""
        if self.migrated_to is not None:
            moved = {"migrate_to_chat_id": self.migrated_to}
            raise Refused(400, "Bad Request: group chat was upgraded to a supergroup chat", moved)
        if not self.started:
            raise bad_request("chat not found")
        if self.deactivated:
            raise Refused(403, "Forbidden: user is deactivated")
        if self.blocked and self.id > 0:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        if self.blocked:
            raise Refused(403, "Forbidden: bot was kicked from the group chat")

    def show(self, message: Message) -> None:
        self.posts[message.id] = message
        self.shown.append(message)

    def post(self, message_id: int) -> Message:
        """Return the bot's message to edit; raise Refused for another's or none."""
        if message_id in self.heard:
            raise bad_request("message can't be edited")
        if message_id not in self.posts:
            raise bad_request("message to edit not found")
        return self.posts[message_id]

    def as_json(self, message: Message, bot: Json) -> Json:
        """Return Telegram's Message object for a message of the bot."""
        body: Json = {"message_id": message.id, "from": bot, "chat": self.profile, "date": message.date}
        words = ("caption", "caption_entities") if message.file else ("text", "entities")
        if message.file:
            body[message.file.kind] = message.file.as_json()
        if message.text or not message.file:
            body[words[0]] = message.text
        if message.entities:
            body[words[1]] = [entity.as_json() for entity in message.entities]
        if message.edited:
            body["edit_date"] = message.date
        if message.buttons:
            rows = [[button.as_json() for button in row] for row in message.buttons]
            body["reply_markup"] = {"inline_keyboard": rows}
        if message.reply_to in self.posts:
            body["reply_to_message"] = self.as_json(self.posts[message.reply_to], bot) | {
                "reply_to_message": None
            }
        elif message.reply_to in self.heard:
            body["reply_to_message"] = self.heard[message.reply_to]
        return body
