"""The data of a button: what it does, and to what. Made and read here alone.

They go out as `verb:argument:argument` and come back when the button is pressed, perhaps months later: a
verb that is taken out of use leaves buttons behind that are answered as old ones.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from handlers.common.conversation import Choice

LIMIT = 64
"""How many bytes of UTF-8 a messenger carries."""

Verb = Literal[
    "accept",
    "amend",
    "answers",
    "apart",
    "approve",
    "asbefore",
    "changes",
    "close",
    "closed",
    "codes",
    "confirm",
    "confirms",
    "consent",
    "correct",
    "dates",
    "disapprove",
    "discard",
    "doing",
    "done",
    "doubts",
    "erase",
    "extend",
    "file",
    "files",
    "first",
    "for",
    "forget",
    "give_to",
    "grant",
    "handcode",
    "handover",
    "joins",
    "keepseat",
    "language",
    "leave",
    "letter",
    "made",
    "means",
    "missing",
    "never",
    "not_ours",
    "nudge",
    "object",
    "pass_on",
    "phone",
    "picture",
    "proof",
    "push",
    "recall",
    "refuse",
    "reply",
    "request",
    "rest",
    "return",
    "rhythm",
    "rows",
    "seen",
    "sentup",
    "several",
    "standin",
    "stays",
    "stuck",
    "successors",
    "sum",
    "together",
    "unaway",
    "undo",
    "units",
    "undraft",
    "unleave",
    "unfile",
    "unread",
    "unseat",
    "until",
    "walk",
    "withdraw",
]
VERBS: frozenset[str] = frozenset(get_args(Verb))


@dataclass(frozen=True, slots=True)
class ButtonData:
    """What a pressed button says. Its verb may be none that is known: buttons are old, or forged."""

    verb: str
    arguments: tuple[str, ...] = ()

    def text(self, place: int = 0) -> str:
        """Return an argument; "" where there is none."""
        return self.arguments[place] if place < len(self.arguments) else ""

    def id(self, place: int = 0) -> int:
        """Return the id that an argument names; 0, which nothing bears, where it is none."""
        return id_in(self.text(place))

    def rest(self, place: int = 0) -> str:
        """Return the arguments from a place on, as they came."""
        return ":".join(self.arguments[place:])


def button_data(verb: Verb, *arguments: object) -> str:
    """Return the data of a button: its verb, and the arguments as str() gives them.

    Raises ValueError where they are longer than LIMIT.
    """
    data = ":".join((verb, *map(str, arguments)))
    if len(data.encode()) > LIMIT:
        raise ValueError(f"the data of a button are longer than {LIMIT} bytes: {data}")
    return data


def choice_of(label: str, verb: Verb, *arguments: object) -> Choice:
    """Return a button that bears `label`; raises as `button_data` does."""
    return Choice(label, button_data(verb, *arguments))


def read_button_data(data: str) -> ButtonData:
    """Parse the data of a pressed button; never fails."""
    verb, *arguments = data.split(":")
    return ButtonData(verb, tuple(arguments))


def id_in(text: str) -> int:
    """Return the id that a text names; 0, which nothing bears, where it is none of ours."""
    return int(text) if text.isdecimal() and len(text) < 19 else 0
