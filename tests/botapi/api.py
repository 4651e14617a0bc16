"""The one object that a test holds: the server, its people, its faults and its log."""

from collections.abc import Sequence
from types import TracebackType
from typing import Any, Final, Literal

from tests.botapi.app import App
from tests.botapi.chats import Chat, Json
from tests.botapi.faults import Faults
from tests.botapi.limits import NAMED, Limits
from tests.botapi.log import Log, Sent
from tests.botapi.played import PlayedServer
from tests.botapi.users import Group, User
from tests.botapi.world import World

TOKEN: Final = "7000000001:AAGtestTESTtestTESTtestTESTtestTEST0"


class BotApi(PlayedServer):
    """A Bot API server for one bot, listening while used as a context manager.

    `url` goes before "/bot<token>/<method>" and "/file/bot<token>/<path>". `limits` is Telegram's pace as it
    is written ("strict"), with a second's worth at once after a rest ("lenient"), or None for none.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        username: str = "nhacviec_bot",
        port: int = 0,
        limits: Literal["strict", "lenient"] | Limits | None = None,
    ) -> None:
        self.token = token
        self.username = username
        bot: Json = {"is_bot": True, "first_name": "Nhắc Việc", "username": username}
        bot["id"] = int(token.partition(":")[0])
        self._world = World(bot, NAMED[limits] if isinstance(limits, str) else limits)
        self.faults = Faults()
        self._users: dict[int, User] = {}
        self._app = App(self._world, self.faults, token)
        super().__init__(self._app, self._world.changed, port)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        super().__exit__(kind, error, trace)
        if self.log.crashes and error is None:
            raise self.log.crashes[0]

    @property
    def log(self) -> Log:
        return self._world.log

    def accepted(self, chat: int) -> Sequence[Sent]:
        """Return the messages accepted for a chat, oldest first."""
        return self.log.by_chat.get(chat, [])

    def user(self, user_id: int, name: str = "", language: str = "vi") -> User:
        """Return a user, new or known; the bot cannot write to them before they have written."""
        if user_id not in self._users:
            person = {"id": user_id, "first_name": name or f"User {user_id}"}
            chat = Chat(user_id, {**person, "type": "private"})
            profile = {**person, "is_bot": False, "language_code": language}
            with self._world.changed:
                self._world.chats[user_id] = chat
            self._users[user_id] = User(self._world, chat, profile)
        return self._users[user_id]

    def group(self, group_id: int, title: str) -> Group:
        """Make a group, its id below zero, that the bot is a member of."""
        chat = Chat(group_id, {"id": group_id, "type": "group", "title": title}, started=True)
        with self._world.changed:
            self._world.chats[group_id] = chat
        return Group(self._world, chat)

    def raw_update(self, payload: Any, *, numbered: bool = True) -> int:
        """Queue any JSON as an update; an object gets an update_id unless it has one or `numbered` is False.

        Returns the id below which an offset does not confirm it.
        """
        with self._world.changed:
            if numbered and isinstance(payload, dict) and "update_id" not in payload:
                payload = {"update_id": self._world.updates.next_id, **payload}
            return self._world.updates.add_raw(payload)

    def redeliver(self, update_id: int) -> None:
        """Hand out an update once more, though it may have been confirmed."""
        with self._world.changed:
            self._world.updates.redeliver(update_id)

    @property
    def pending(self) -> int:
        """How many updates the bot has not confirmed."""
        with self._world.changed:
            return self._world.updates.pending

    def chat_of(self, update_id: int) -> int | None:
        """Return the chat in which an update came about; None where it has none."""
        with self._world.changed:
            return self._world.updates.chat_of(update_id)

    @property
    def confirmed(self) -> int:
        """The newest update that the bot has confirmed."""
        return self._world.updates.confirmed

    @property
    def webhook(self) -> tuple[str, str] | None:
        """The address to which updates are brought, and the secret."""
        return self._world.webhook

    @property
    def brought(self) -> list[int]:
        """The status with which each bringing was answered, 0 where nobody was there."""
        with self._world.changed:
            return list(self._world.brought)

    def serves(self, public: str, near: str) -> None:
        """Let a public address be served here, as a reverse proxy does."""
        self._world.served[public] = near

    def revokes_token(self) -> None:
        """Answer 401 from now on."""
        self._app.token = None

    def restores_token(self) -> None:
        self._app.token = self.token
