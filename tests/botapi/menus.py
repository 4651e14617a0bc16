"""Command menus: one list per scope and language (core.telegram.org/bots/api#botcommandscope)."""

import re
from typing import Any, Final, TypeAlias

from tests.botapi.errors import bad_request
from tests.botapi.params import Params

MAX_COMMANDS: Final = 100
MAX_DESCRIPTION: Final = 256
_NAME: Final = re.compile(r"[a-z0-9_]{1,32}")
# What a scope must name besides its type.
_SCOPES: Final[dict[str, tuple[str, ...]]] = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}

Scope: TypeAlias = tuple[str, ...]
Commands: TypeAlias = list[dict[str, str]]


class Menus:
    """All menus of the bot. Call it under the world's lock."""

    def __init__(self) -> None:
        self._menus: dict[tuple[Scope, str], Commands] = {}

    def put(self, params: Params) -> None:
        key = _key(params)
        given = params.structure("commands")
        if not isinstance(given, list):
            raise bad_request("commands must be an Array")
        if len(given) > MAX_COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        commands = [_command(entry) for entry in given]
        if commands:
            self._menus[key] = commands
        else:
            self._menus.pop(key, None)

    def get(self, params: Params) -> Commands:
        return self._menus.get(_key(params), [])

    def delete(self, params: Params) -> None:
        self._menus.pop(_key(params), None)

    def seen_in(self, chat: int, language: str) -> list[tuple[str, str]]:
        """Return (command, description) as a chat shows them: the narrowest scope, its language first."""
        everybody = "all_private_chats" if chat > 0 else "all_group_chats"
        scopes: list[Scope] = [("chat", str(chat)), (everybody,), ("default",)]
        keys = [(scope, spoken) for scope in scopes for spoken in (language, "")]
        found = next((self._menus[key] for key in keys if key in self._menus), [])
        return [(entry["command"], entry["description"]) for entry in found]


def _key(params: Params) -> tuple[Scope, str]:
    scope = params.structure("scope") or {"type": "default"}
    if not isinstance(scope, dict) or scope.get("type") not in _SCOPES:
        raise bad_request("BotCommandScope must have a known type")
    wanted = _SCOPES[scope["type"]]
    if any(name not in scope for name in wanted):
        raise bad_request(f"BotCommandScope must have {' and '.join(wanted)}")
    language = params.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    return (scope["type"], *(str(scope[name]) for name in wanted)), language


def _command(entry: Any) -> dict[str, str]:
    if not isinstance(entry, dict):
        raise bad_request("expected an Object of BotCommand")
    name, description = entry.get("command"), entry.get("description")
    if not isinstance(name, str) or not _NAME.fullmatch(name.removeprefix("/")):
        raise bad_request("BOT_COMMAND_INVALID")
    if not isinstance(description, str) or not 1 <= len(description) <= MAX_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name.removeprefix("/"), "description": description}
