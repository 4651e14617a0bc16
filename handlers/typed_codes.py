"""Codes that people type, in what a channel delivers: only their hash is written down."""

import re
from collections.abc import Mapping
from typing import Any

from domain.common.text import fold
from handlers.table import COMMANDS
from services.organisation.invite_codes import hash_code

HASH = "code_hash"
"""Stands beside what a channel delivered, where nobody who writes to the bot can put anything."""
_BLOT = "****"
_BY_COMMAND = f"/start {_BLOT}"
_LETTERS = "[A-HJ-NP-Z2-9]"
"""Those of services.organisation.invite_codes."""
_PRINTED = re.compile(
    rf"(?<![\w-]){_LETTERS}{{4}}(?:-{_LETTERS}{{4}})+(?![\w-])|(?<=start=){_LETTERS}{{8}}\b"
)
_LAST = re.compile(rf"(?P<code>{_LETTERS}{{4}}[-\s]?{_LETTERS}{{4}})\s*$", re.IGNORECASE)
_BEFORE = re.compile(r"/?(?P<word>(?:ma|code|start|bat ?dau)(?:@\w+)?)?[\s:/]*")  # folded
_QUOTES = {"reply_to_message", "callback_query", "quote", "external_reply"}
"""What comes with a message and is none of its words: mostly what we said ourselves."""
_NAMES = {name for command in COMMANDS for name in (command.name, command.alias)}


def split_code(text: str, *, seated: bool) -> tuple[str, str] | None:
    """Return a text with its code blotted, and the code; None where it is none.

    A code is often all that a newcomer types. Of those who have a seat it is one only as it is printed, or
    behind a word that says so: "đang chạy" has its letters too.
    """
    found = _LAST.search(text)
    if found is None or fold(text).replace(" ", "").strip("/") in _NAMES:
        return None
    before = _BEFORE.fullmatch(fold(text[: found.start()]))
    joins = before is not None and (before["word"] or "").startswith(("start", "bat"))
    if before is None or (seated and not joins and not _PRINTED.fullmatch(found["code"])):
        return None
    is_command = text.lstrip().startswith("/")
    command = f"{text[: found.start()].rstrip()} {_BLOT}" if joins and is_command else _BY_COMMAND
    return command, found["code"]


def without_code(payload: Mapping[str, Any], *, seated: bool) -> Mapping[str, Any]:
    """Return what a channel delivered with the hash of a typed code in the code's place."""
    found: list[str] = []
    hidden: dict[str, Any] = _hidden(payload, seated, found)
    return {**hidden, HASH: hash_code(found[0])} if found else hidden


def _hidden(value: Any, seated: bool, found: list[str], *, quoted: bool = False) -> Any:
    if isinstance(value, list):
        return [_hidden(one, seated, found, quoted=quoted) for one in value]
    if isinstance(value, Mapping):
        return {
            key: _typed(one, seated, found)
            if key == "text" and isinstance(one, str) and not quoted
            else _hidden(one, seated, found, quoted=quoted or key in _QUOTES)
            for key, one in value.items()
        }
    return _PRINTED.sub(_BLOT, value) if isinstance(value, str) and quoted else value


def _typed(text: str, seated: bool, found: list[str]) -> str:
    split = split_code(text, seated=seated)
    if split is None:
        return text if seated else _PRINTED.sub(_BLOT, text)
    found.append(split[1])
    return split[0]
