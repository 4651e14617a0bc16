"""Users and groups, as a test drives them: blocking calls, from the test's thread."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tests.botapi.chats import Chat, Json, Message
from tests.botapi.entities import units
from tests.botapi.inbox import Inbox
from tests.botapi.keyboards import Button
from tests.botapi.world import Answered, World

MAX_TEXT: Final = 4096
_COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,64}(?:@\w+)?")


class Group(Inbox):
    """A group with the bot in it."""

    def migrates_to(self, new_id: int) -> "Group":
        """Turn the group into a supergroup with a new id, as Telegram does when it grows; return that one."""
        world = self._world
        with world.changed:
            profile = {**self.chat.profile, "id": new_id, "type": "supergroup"}
            new = world.chats[new_id] = Chat(new_id, profile, started=True)
            world.hear(self.chat, world.bot, {"migrate_to_chat_id": new_id}, None)
            world.hear(new, world.bot, {"migrate_from_chat_id": self.id}, None)
            self.chat.migrated_to = new_id
        return Group(world, new)

    def removes_bot(self) -> None:
        self.chat.blocked = True


@dataclass(frozen=True, slots=True)
class Press:
    """A button pressed: the update that tells the bot, and what the bot showed for it."""

    update_id: int
    query_id: str
    world: World

    @property
    def answer(self) -> Answered:
        """What answerCallbackQuery has shown; its text is None as long as the button still spins."""
        return self.world.presses[self.query_id]

    def wait_for_answer(self, timeout: float = 20.0) -> str:
        """Return the text of the bot's answerCallbackQuery ("" for none)."""
        with self.world.changed:
            self.world.changed.wait_for(lambda: self.answer.text is not None, timeout)
            if self.answer.text is None:
                raise AssertionError(f"press {self.query_id} was not answered in {timeout} s")
            return self.answer.text


class User(Inbox):
    """A person with a private chat; what they do returns the id of the update that it makes."""

    def __init__(self, world: World, chat: Chat, profile: Json) -> None:
        super().__init__(world, chat)
        self.profile = profile

    def types(self, text: str, chat: Inbox | None = None) -> int:
        return self.says({"text": text, **_commands(text)}, chat)

    def replies(self, text: str, to_message: Message, chat: Inbox | None = None) -> int:
        return self.says({"text": text, **_commands(text)}, chat, to_message)

    def uploads(self, name: str, data: bytes, caption: str = "", chat: Inbox | None = None) -> int:
        with self._world.changed:
            file = self._world.files.add("document", name, data)
            content: Json = {"document": file.as_json()}
            return self.says(content | ({"caption": caption} if caption else {}), chat)

    def says(self, content: Json, chat: Inbox | None = None, reply_to: Message | None = None) -> int:
        """Send any content of a Telegram Message: {"sticker": {...}}, {"voice": {...}}, ..."""
        where = chat or self
        if units(content.get("text", "")) > MAX_TEXT:
            raise AssertionError(f"nobody can type more than {MAX_TEXT} characters into one message")
        with self._world.changed:
            self._check_able()
            where.has_read()
            return self._world.hear(where.chat, self.profile, content, reply_to)

    def presses(self, label_or_data: str, chat: Inbox | None = None) -> Press:
        """Press the button with this text or data on the newest message that has it; else AssertionError."""
        where, world = chat or self, self._world
        with world.changed:
            self._check_able()
            message, button = _newest_with(where, label_or_data)
            query_id = str(len(world.presses) + 1)
            world.presses[query_id] = Answered(where.id)
            where.has_read()
            query = {
                "id": query_id,
                "from": self.profile,
                "chat_instance": str(where.id),
                "message": where.chat.as_json(message, world.bot),
                "data": button.data,
            }
            return Press(world.updates.add("callback_query", query, where.id), query_id, world)

    def blocks_bot(self) -> int:
        return self._membership(blocked=True)

    def unblocks_bot(self) -> int:
        return self._membership(blocked=False)

    def deletes_account(self) -> None:
        with self._world.changed:
            self.chat.deactivated = True

    @property
    def menu(self) -> Sequence[tuple[str, str]]:
        """(command, description) as this user's phone shows them."""
        with self._world.changed:
            return self._world.menus.seen_in(self.id, self.profile.get("language_code", ""))

    def _check_able(self) -> None:
        if self.chat.blocked or self.chat.deactivated:
            raise AssertionError(f"user {self.id} has blocked the bot, or is gone: nothing can be sent")

    def _membership(self, *, blocked: bool) -> int:
        with self._world.changed:
            states = ("member", "kicked") if blocked else ("kicked", "member")
            old, new = ({"user": self._world.bot, "status": state} for state in states)
            change = {
                "chat": self.chat.profile,
                "from": self.profile,
                "date": int(time.time()),
                "old_chat_member": old | ({"until_date": 0} if not blocked else {}),
                "new_chat_member": new | ({"until_date": 0} if blocked else {}),
            }
            self.chat.blocked = blocked
            return self._world.updates.add("my_chat_member", change, self.id)


def _newest_with(where: Inbox, label_or_data: str) -> tuple[Message, Button]:
    for message in reversed(where.chat.posts.values()):
        if (button := message.button(label_or_data)) and button.data is not None:
            return message, button
    raise AssertionError(f"chat {where.id} has no button {label_or_data!r}\n{where.dump()}")


def _commands(text: str) -> Json:
    found = [
        {"type": "bot_command", "offset": units(text[: m.start()]), "length": len(m[0])}
        for m in _COMMAND.finditer(text)
    ]
    return {"entities": found} if found else {}
