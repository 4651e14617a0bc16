"""The one object that a test holds: the server, its people, its faults and its log."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final, Self

from tests.botapi.server import HOST, Listener
from tests.zaloapi.app import App
from tests.zaloapi.state import State, ZaloMessage

__all__ = ["ZaloApi", "ZaloMessage", "ZaloUser"]

TOKEN: Final = "4036089216459021187:zaloTESTtestTESTtestTESTtestTEST"


class ZaloApi:
    """A server for one bot, listening while used as a context manager.

    `url` goes before "/bot<token>/<method>". `state.proxied` tells where the public addresses of
    webhooks are served in truth.
    """

    def __init__(self, *, token: str = TOKEN, name: str = "bot.nhacviec", port: int = 0) -> None:
        self.token = token
        self.state = State(token, name)
        app = App(self.state)
        self._listener = Listener(app.asgi, port)
        app.line = self._listener
        self.port = self._listener.port
        self.url = f"http://{HOST}:{self.port}"

    def __enter__(self) -> Self:
        self._listener.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.stop()

    @property
    def sent(self) -> list[ZaloMessage]:
        """The messages that were accepted, oldest first."""
        with self.state.changed:
            return list(self.state.sent)

    def user(self, user_id: str, name: str = "") -> "ZaloUser":
        """Return somebody who can write to the bot; it can write to them once they have."""
        return ZaloUser(self, user_id, name or user_id)

    def wait_until(self, condition: Callable[[], bool], timeout: float = 20.0, what: str = "") -> None:
        """Return once a condition holds; else AssertionError."""
        end = time.monotonic() + timeout
        with self.state.changed:
            while not condition():
                left = end - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"waited {timeout} s for {what or condition}")
                self.state.changed.wait(min(left, 0.1))

    def goes_down(self) -> None:
        """Stop listening and cut every connection."""
        self._listener.down()

    def comes_back(self) -> None:
        """Listen again, on the same port."""
        self._listener.up()


@dataclass(frozen=True, slots=True)
class ZaloUser:
    """Somebody with a phone."""

    api: ZaloApi
    id: str
    name: str

    def types(self, text: str, **more: object) -> str:
        """Say a text; return the message's id."""
        return self.api.state.hear(self._event("message.text.received", {"text": text, **more}))

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
