"""The one object that a test holds: the server, its people, its faults and its log."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tests.botapi.played import PlayedServer
from tests.zaloapi.app import App
from tests.zaloapi.state import State, ZaloMessage

__all__ = ["ZaloApi", "ZaloMessage", "ZaloUser"]

TOKEN: Final = "4036089216459021187:zaloTESTtestTESTtestTESTtestTEST"


class ZaloApi(PlayedServer):
    """A server for one bot, listening while used as a context manager.

    `url` goes before "/bot<token>/<method>". `state.proxied` tells where the public addresses of
    webhooks are served in truth.
    """

    def __init__(self, *, token: str = TOKEN, name: str = "bot.nhacviec", port: int = 0) -> None:
        self.token = token
        self.state = State(token, name)
        super().__init__(App(self.state), self.state.changed, port)

    @property
    def sent(self) -> list[ZaloMessage]:
        """The messages that were accepted, oldest first."""
        with self.state.changed:
            return list(self.state.sent)

    def user(self, user_id: str, name: str = "") -> "ZaloUser":
        """Return somebody who can write to the bot; it can write to them once they have."""
        return ZaloUser(self, user_id, name or user_id)


@dataclass(frozen=True, slots=True)
class ZaloUser:
    """Somebody with a phone."""

    api: ZaloApi
    id: str
    name: str

    def types(self, text: str, **more: object) -> str:
        """Say a text; return the message's id."""
        return self.api.state.hear(self._event("message.text.received", {"text": text, **more}))

    def types_once_asked(self, text: str) -> str:
        """Say a text as soon as the program asks for news: between two questions it would be lost."""
        return self.api.state.hear_once_asked(self._event("message.text.received", {"text": text}))

    def sends(self, event_name: str, **content: object) -> str:
        """Cause any event of this chat."""
        return self.api.state.hear(self._event(event_name, content))

    def _event(self, name: str, content: Mapping[str, object]) -> dict[str, Any]:
        message = {
            "from": {"id": self.id, "display_name": self.name, "is_bot": False},
            "chat": {"id": self.id, "chat_type": "PRIVATE"},
            "message_id": self.api.state.next_id(),
            "date": int(time.time() * 1000),
            **content,
        }
        return {"event_name": name, "message": message}

    @property
    def messages(self) -> list[ZaloMessage]:
        """What has arrived on the phone."""
        return [message for message in self.api.sent if message.chat == self.id]

    def wait_for(self, words: str, timeout: float = 20.0) -> ZaloMessage:
        """Wait for a message that has the words; return the newest."""
        self.api.wait_until(lambda: any(words in m.text for m in self.messages), timeout, words)
        return next(m for m in reversed(self.messages) if words in m.text)
