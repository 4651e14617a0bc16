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
    code = _LAST.search(text)
    if code is None or fold(text).replace(" ", "").strip("/") in _NAMES:
        return None
    before = _BEFORE.fullmatch(fold(text[: code.start()]))
    joins = before is not None and (before["word"] or "").startswith(("start", "bat"))
    if before is None or (seated and not joins and not _PRINTED.fullmatch(code["code"])):
        return None
    is_command = text.lstrip().startswith("/")
    command = f"{text[: code.start()].rstrip()} {_BLOT}" if joins and is_command else _BY_COMMAND
    return command, code["code"]


def without_code(payload: Mapping[str, Any], *, seated: bool) -> Mapping[str, Any]:
    """Return what a channel delivered with the hash of a typed code in the code's place."""
    codes: list[str] = []
    hidden: dict[str, Any] = _hidden(payload, seated, codes)
    return {**hidden, HASH: hash_code(codes[0])} if codes else hidden


def _hidden(value: Any, seated: bool, codes: list[str], *, quoted: bool = False) -> Any:
    if isinstance(value, list):
        return [_hidden(inner, seated, codes, quoted=quoted) for inner in value]
    if isinstance(value, Mapping):
        return {
            key: _typed(inner, seated, codes)
            if key == "text" and isinstance(inner, str) and not quoted
            else _hidden(inner, seated, codes, quoted=quoted or key in _QUOTES)
            for key, inner in value.items()
        }
    return _PRINTED.sub(_BLOT, value) if isinstance(value, str) and quoted else value


def _typed(text: str, seated: bool, codes: list[str]) -> str:
    split = split_code(text, seated=seated)
    if split is None:
        return text if seated else _PRINTED.sub(_BLOT, text)
    codes.append(split[1])
    return split[0]
