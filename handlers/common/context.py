"""What a handler works with, what it gives back, and how it is put into the command table."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from config.texts import Texts
from domain.assignments.item_numbers import ItemNumbers
from domain.organisation.people import Person
from domain.organisation.register_changes import UnitRow
from domain.plans.plan import Plan
from handlers.common.button_data import ButtonData, Verb
from handlers.common.capabilities import Capabilities
from handlers.common.conversation import Incoming, Outgoing
from services.common.rules import Rules
from storage.common.dialog_store import Dialog

Who = Literal["anyone", "joined", "member", "officer", "coordinator"]
"""Who may use a command: strangers too, whoever has joined though they may have left since, whoever holds a
seat, focal points and leaders, who compiles."""


def allowed(who: Who, person: Person | None) -> bool:
    """Whether somebody may do what is for `who`; None is a stranger."""
    if who == "anyone":
        return True
    if who == "joined":
        return person is not None
    if person is None or not person.seats:
        return False
    if who == "officer":
        return bool(person.units("focal", "leader"))
    return who == "member" or bool(person.units("coordinator"))


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a file could not be read: the key of a sentence under `unreadable`; `line` is the one at fault."""

    reason: str
    line: str = ""


@dataclass(frozen=True, slots=True)
class UnitsTable:
    """A file that is a table of units, to be imported into the register."""

    rows: tuple[UnitRow, ...]


@dataclass(frozen=True, slots=True)
class SeveralPlans:
    """A zip of documents of their own: what was read of each file, by its name."""

    readings: tuple[tuple[str, "Plan | Unread"], ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was kept as evidence: the hash under which its bytes lie, what it is, its size in bytes.

    `acts`: it runs or fetches something when it is opened.
    """

    sha256: str
    media_type: str
    size: int
    acts: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """One incoming message with all that is needed to answer it, in one transaction."""

    conn: AsyncConnection
    said: Incoming
    now: datetime
    rules: Rules
    texts: Texts
    dialog: Dialog
    somebody: Person | None
    can: Capabilities
    """What the channel can do through which this came."""
    commands: "tuple[Command, ...]" = ()
    menu: str = ""
    """The mark of the commands that the chat's menu shows, "" where it is not known."""
    reading: Plan | UnitsTable | SeveralPlans | Unread | None = None
    """What the attached file says as a plan or a table of units, or why it could not be read."""
    numbers: ItemNumbers | None = None
    """The numbers of items here as they stood when the line was taken up; None where nobody has read them."""
    kept: Kept | Unread | None = None
    """The attached file as evidence, or why it was not kept; None where it is no evidence."""

    @property
    def today(self) -> date:
        """The local day."""
        return self.now.astimezone(self.rules.zone).date()

    @property
    def person(self) -> Person:
        """Who speaks; only asked for where the table lets nobody else in."""
        if self.somebody is None:
            raise LookupError("a stranger reached a command for members")
        return self.somebody


@dataclass(frozen=True, slots=True)
class Reply:
    """Messages to send back, and where the chat stands then.

    `items` renumbers what the chat was shown (None: as before). `topic` opens a question about `about`.
    `forgets`: nothing of the chat is kept, not even what it was shown. `refused` tells the audit what
    somebody may not do, without a word of what they typed.
    """

    messages: tuple[Outgoing, ...]
    items: tuple[int, ...] | None = None
    topic: str = ""
    about: str = ""
    forgets: bool = False
    refused: str = ""


Run = Callable[[Context, str], Awaitable[Reply]]
RunPressed = Callable[[Context, ButtonData], Awaitable[Reply]]
Take = Callable[[Context, str], Awaitable[Reply | None]]


@dataclass(frozen=True, slots=True)
class Command:
    """A command; called with the context and with what was typed after its name."""

    name: str
    alias: str
    who: Who
    run: Run

    async def __call__(self, context: Context, argument: str) -> Reply:
        """Run it."""
        return await self.run(context, argument)


@dataclass(frozen=True, slots=True)
class Button:
    """What a button does; `verb` is that of its data."""

    verb: Verb
    who: Who
    run: RunPressed


@dataclass(frozen=True, slots=True)
class Question:
    """How the next line is taken while the question `topic` is open; None where it is no answer to it."""

    topic: str
    who: Who
    run: Take = field(repr=False)


def command(name: str, alias: str, who: Who) -> Callable[[Run], Command]:
    """Make a command of an async function; its help line is the sentence `help.<name>`."""
    return lambda run: Command(name, alias, who, run)


def button(verb: Verb, who: Who) -> Callable[[RunPressed], Button]:
    """Make what a button does of an async function."""
    return lambda run: Button(verb, who, run)


def question(topic: str, who: Who) -> Callable[[Take], Question]:
    """Make the taker of an answer of an async function."""
    return lambda run: Question(topic, who, run)


def reply(
    *messages: Outgoing, items: tuple[int, ...] | None = None, topic: str = "", about: str = ""
) -> Reply:
    """Return a reply of these messages."""
    return Reply(messages, items, topic, about)


def staying(context: Context, answer: Reply) -> Reply:
    """Return an answer after which the question that was open, with what waits in it, stays open."""
    return replace(answer, topic=context.dialog.topic, about=context.dialog.about)


def turned_away(context: Context, what: str, key: str = "error.old_button", **values: object) -> Reply:
    """Refuse what is somebody else's: answer with the sentence `key`; `what` stands in the audit."""
    return Reply((Outgoing(context.texts(key, **values)),), refused=what)
