"""A chat as the people in it see it: what a test reads, and waits for."""

import re
import time
from collections.abc import Callable
from typing import Final

from tests.botapi.chats import Chat, Message
from tests.botapi.world import World

_SHOWN: Final = 8


class Inbox:
    """A chat as the people in it see it."""

    def __init__(self, world: World, chat: Chat) -> None:
        self.id = chat.id
        self.chat = chat
        self._world = world
        self._read = 0

    @property
    def messages(self) -> list[Message]:
        """What the bot has said here, as it stands now, oldest first."""
        with self._world.changed:
            return list(self.chat.posts.values())

    def wait_for(
        self,
        text: str | re.Pattern[str] | None = None,
        *,
        button: str | None = None,
        where: Callable[[Message], bool] | None = None,
        timeout: float = 20.0,
        anywhere: bool = False,
    ) -> Message:
        """Return the next message or edit that fits, waiting up to `timeout` seconds; else AssertionError.

        "Next" is since the people here last wrote or pressed something, or since the message that the last
        wait_for returned; with `anywhere` all messages count. `text` is contained in the message's plain text
        (or matches somewhere in it), `button` is a label or data on it, `where` is any other condition.
        """
        wanted = re.compile(re.escape(text)) if isinstance(text, str) else text

        def fits(message: Message) -> bool:
            return (
                (wanted is None or wanted.search(message.text) is not None)
                and (button is None or message.button(button) is not None)
                and (where is None or where(message))
            )

        end = time.monotonic() + timeout
        position = 0 if anywhere else self._read
        with self._world.changed:
            while True:
                for place, message in enumerate(self.chat.shown[position:], position + 1):
                    if fits(message):
                        self._read = place
                        return message
                position = len(self.chat.shown)
                if (left := end - time.monotonic()) <= 0:
                    sought = [repr(part) for part in (text, button, where) if part is not None]
                    raise AssertionError(f"chat {self.id} waited {timeout} s for {sought}\n{self.dump()}")
                self._world.changed.wait(left)

    def hears_nothing(self, seconds: float = 0.3) -> None:
        """Wait, and raise AssertionError if anything new arrives meanwhile."""
        with self._world.changed:
            before = self._read
            self._world.changed.wait_for(lambda: len(self.chat.shown) > before, seconds)
            if len(self.chat.shown) > before:
                raise AssertionError(f"chat {self.id} was to hear nothing\n{self.dump()}")

    def dump(self) -> str:
        """Describe the last messages here and the last calls, for a failure that can be read."""
        lines = ["--- the bot's last messages here:"]
        for message in self.chat.shown[-_SHOWN:]:
            rows = ["[" + "] [".join(button.text for button in row) + "]" for row in message.buttons]
            mark = "edited " if message.edited else ""
            lines += [f"{mark}#{message.id}: {message.text}", *(f"    {row}" for row in rows)]
        lines.append("--- the bot's last calls:")
        for request in self._world.log.requests[-_SHOWN:]:
            lines.append(f"{request.method} chat={request.chat} -> {request.status} {request.description}")
        return "\n".join(lines)

    def has_read(self) -> None:
        """Let the next wait_for look only at what comes from now on."""
        with self._world.changed:
            self._read = len(self.chat.shown)
