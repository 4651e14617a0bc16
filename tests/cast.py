"""The cast of the tests: invented people of an invented province, and a stage on which they talk to the bot.

The plan is `cast.txt`: Sở Ngoại vụ leads (a report of 15/6 with two lines, a dated duty of 30/6, a report of
15/11), Sở Công Thương supports (the two reports), Sở Y tế has work and nobody here; Sở Văn hóa compiles.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import select, update

from bot.app.program import Program
from bot.app.wiring import build, prepare
from bot.channels.base import Raw
from bot.delivery.members import Members
from bot.delivery.strangers import Strangers
from config.database_url import Place
from config.settings import Settings
from documents.reading import read_text
from domain.common.text import fold
from domain.organisation.people import Offer, Role
from domain.organisation.register import Register
from handlers.common.capabilities import Limit
from handlers.common.conversation import Choice, Outgoing, Withheld, plain
from services.common.rules import Rules
from services.organisation.invite_codes import make_code
from services.plans.confirm_draft import confirm_draft
from services.plans.import_plan import Imported, import_plan
from services.plans.join_version import keep_apart
from storage.database.engine import Database
from storage.database.schema import account, duty, membership, reporting_rule
from storage.organisation import unit_store
from tests.memory_channel import MemoryChannel, Sent
from tests.set_clock import ZONE, SetClock, at

PLAN = (Path(__file__).parent / "cast.txt").read_text(encoding="utf-8")
LEADING, SUPPORTING, SILENT = "Sở Ngoại vụ", "Sở Công Thương", "Sở Y tế"
COMPILING = "Sở Văn hóa, Thể thao và Du lịch"


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person and the phone that they write from; `unit` and `role` are what their code gives them."""

    chat: str
    name: str
    unit: str = ""
    role: Role = "focal"


HANG = Somebody("c-hang", "Lê Thu Hằng", COMPILING, "coordinator")
QUAN = Somebody("c-quan", "Trần Minh Quân", LEADING, "focal")
LAM = Somebody("c-lam", "Vũ Đình Lâm", LEADING, "leader")
TOAN = Somebody("c-toan", "Bùi Quốc Toản", SUPPORTING, "focal")
TUYEN = Somebody("c-tuyen", "Nguyễn Văn Tuyên", "Sở Tài chính", "coordinator")
NGOAN = Somebody("c-ngoan", "Lò Văn Ngoạn", SILENT, "focal")
STRANGER = Somebody("c-la", "Người Lạ")
CAST = (HANG, QUAN, LAM, TOAN, TUYEN, NGOAN)
"""All who have joined; Ngoạn has lost his seat since."""


@dataclass(frozen=True, slots=True)
class Tap:
    """A button of any message on the phone, by the words that begin it; the newest message first."""

    label: str


@dataclass(frozen=True, slots=True)
class Press:
    """A button's bare data, as a forger would send them."""

    data: str


@dataclass(frozen=True, slots=True)
class File:
    """A file that is sent to the bot."""

    name: str
    data: bytes = field(default=b"", repr=False)
    size: int | None = None
    caption: str = ""
    album: str = ""
    reply_to: str | None = None


@dataclass(frozen=True, slots=True)
class Answering:
    """A text that answers the newest message on the phone that has the words `to`."""

    to: str
    text: str


@dataclass(frozen=True, slots=True)
class Withholding:
    """Something that the messenger does not hand on: a voice message, a file or link, a call in a group."""

    what: Withheld


@dataclass(frozen=True, slots=True)
class Edited:
    """The words that stand now in a message that was sent at the local moment `of`."""

    text: str
    of: str


Saying = str | Tap | Press | File | Answering | Edited | Withholding
_UPDATES = count(1)
SILENCE = ("",)
"""Expected where the bot says nothing at all."""
Line = tuple[Somebody, Saying, tuple[str, ...] | str]


def words_of(message: Outgoing) -> str:
    """What a person reads: the text and then the buttons."""
    buttons = " ".join(f"[{choice.label}]" for row in message.choices for choice in row)
    return f"{plain(message.text)} {buttons}".replace("&#39;", "'")


class Stage:
    """The whole program with people around it."""

    def __init__(self, database: Database, rules: Rules, settings: Settings, clock: SetClock) -> None:
        self.database, self.rules, self.clock = database, rules, clock
        self.settings = settings
        self.channel = MemoryChannel(clock)
        self.program: Program = build(settings, database, rules, clock, [self.channel])
        self.program.intake.strangers = Strangers(Limit(10**6, 1.0), Limit(10**6, 1.0))
        self.program.intake.members = Members(Limit(10**6, 1.0))
        self.faults: list[Mapping[str, object]] = []
        """The errors that a test expects in the log; any other one fails it."""
        self.log: list[Any] = []

    async def restarted(self) -> "Stage":
        """Let the program end and start anew on the same database; the phones keep what they show."""
        again = Stage(self.database, self.rules, self.settings, self.clock)
        again.channel.sent, again.channel.files = self.channel.sent, self.channel.files
        return again

    async def hear(
        self,
        who: Somebody,
        saying: Saying,
        *,
        group: str | None = None,
        called: bool = False,
        anonymous: bool = False,
    ) -> list[Outgoing]:
        """Say something and return what comes back to the same chat.

        In a `group` the bot is called by commands and buttons, and else where `called` says so.
        """
        chat = group or who.chat
        payload = {
            "sender": who.chat,
            "name": who.name,
            "private": group is None,
            **self._payload(who, saying),
        }
        payload["anonymous"] = anonymous
        payload["addressed"] = called or group is None or str(payload.get("text", "/")).startswith("/")
        before = len(self.channel.sent)
        await self.program.intake.accept(self.channel, [Raw(f"u{next(_UPDATES)}", chat, payload)])
        await self.program.intake.idle()
        return [sent.message for sent in self.channel.sent[before:] if sent.chat == chat]

    def _payload(self, who: Somebody, saying: Saying) -> dict[str, object]:
        if isinstance(saying, str):
            return {"text": saying}
        if isinstance(saying, Tap):
            return {"press": self.button(who, saying.label).data}
        if isinstance(saying, Press):
            return {"press": saying.data}
        if isinstance(saying, Withholding):
            return {"withheld": saying.what}
        if isinstance(saying, Edited):
            return {"text": saying.text, "edited_of": saying.of}
        if isinstance(saying, Answering):
            messages = [
                o for o in self.channel.sent if o.chat == who.chat and saying.to in words_of(o.message)
            ]
            return {"text": saying.text, "reply_to": messages[-1].id}
        self.channel.files[saying.name] = saying.data
        size = len(saying.data) if saying.size is None else saying.size
        file = {"name": saying.name, "size": size, "key": saying.name, "album": saying.album}
        return {"text": saying.caption, "file": file, "reply_to": saying.reply_to}

    def button(self, who: Somebody, label: str) -> Choice:
        """Return the newest button on a phone whose label begins so."""
        for message in reversed(self.channel.to(who)):
            for row in message.choices:
                for choice in row:
                    if choice.label.startswith(label):
                        return choice
        raise AssertionError(f"{who.name} has no button {label!r}")

    async def talk(self, *conversation: Line) -> None:
        """Hold a conversation: each line is answered by exactly one message that has the expected words."""
        for who, saying, expected in conversation:
            wanted = (expected,) if isinstance(expected, str) else expected
            answers = await self.hear(who, saying)
            if wanted == SILENCE:
                assert not answers, f"{who.name}: {saying!r} was answered: {words_of(answers[0])}"
                continue
            assert len(answers) == 1, f"{who.name}: {saying!r} had {len(answers)} answers"
            heard = words_of(answers[0])
            for words in wanted:
                assert fold(words) in fold(heard), f"{who.name}: {saying!r}\nwanted: {words}\nheard: {heard}"

    async def say(self, who: Somebody, saying: Saying) -> str:
        """Say something; return the words of the one answer."""
        (answer,) = await self.hear(who, saying)
        return words_of(answer)

    async def post(self) -> None:
        """Let the courier take out what waits, without asking for anything new."""
        await self.program.courier.round()

    async def nudged(self, when: str | datetime) -> list[Sent]:
        """Let the loops run once at a moment; return what went out."""
        self.clock.set(when)
        before = len(self.channel.sent)
        await self.program.tick()
        return self.channel.sent[before:]

    async def code(self, unit: str, role: Offer) -> str:
        """Make a code as the command line does."""
        async with self.database.writing() as conn:
            unit_id = (await unit_store.ids(conn))[unit]
            return (await make_code(conn, unit_id, unit, role, self.clock.now())).code

    async def joins(self, who: Somebody) -> None:
        """Let somebody join by their code."""
        await self.hear(who, f"/start {await self.code(who.unit, who.role)}")
        (welcome,) = await self.hear(who, "đồng ý")
        assert who.name in words_of(welcome)

    async def everything(self) -> Mapping[str, Sequence[tuple[object, ...]]]:
        """Return the plan's own tables, to see that nothing has changed."""
        tables = ("assignment", "progress", "extension", "plan", "duty", "membership", "person", "invite")
        async with self.database.reading() as conn:
            return {
                name: [tuple(row) for row in await conn.exec_driver_sql(f"SELECT * FROM {name}")]  # noqa: S608 - names of ours
                for name in tables
            }


def settings_for(place: Place) -> Settings:
    """Settings that the surroundings cannot touch."""
    if isinstance(place, Path):
        url, folder = f"sqlite+aiosqlite:///{place}", place.parent
    else:
        url, folder = place.url, place.folder
    return Settings(database_url=SecretStr(url), data_folder=folder, language="vi", timezone=ZONE)


async def open_stage(place: Place, now: str) -> Stage:
    """Build the program on a database as the program itself does."""
    settings = settings_for(place)
    database, rules = await prepare(settings)
    return Stage(database, rules, settings, SetClock(at(now)))


async def enter(stage: Stage, text: str, register: Register, *, strict: bool = False) -> int:
    """Import a plan as the command line does; return its id.

    A date behind "trước" is let count as in time itself, so that tests of other things can speak of that
    date; `strict` takes the plan at its word.
    """
    read = read_text(text, register)
    rules, now = replace(stage.rules, register=register), stage.clock.now()
    async with stage.database.writing() as conn:
        result = await import_plan(conn, read, by=None, now=now, rules=rules)
        assert isinstance(result, Imported)
        await keep_apart(conn, result.plan.id, by=None, now=now)
        for table in () if strict else (duty, reporting_rule):
            of_plan = table.c.plan_id == result.plan.id
            await conn.execute(update(table).where(of_plan).values(inclusive=True))
        waved = {"unasked_too": True, "unread_too": True, "passed_too": True}
        await confirm_draft(conn, result.plan.id, by=None, now=now, rules=rules, **waved)
    return result.plan.id


async def furnish(place: Place) -> None:
    """Write the database with which each test begins: the plan is live, the cast has joined."""
    stage = await open_stage(place, "2026-05-04 09:00")
    await enter(stage, PLAN, stage.rules.register)
    for who in CAST:
        await stage.joins(who)
    async with stage.database.writing() as conn:
        left = select(account.c.person_id).where(account.c.chat == NGOAN.chat)
        seats = update(membership).where(membership.c.person_id.in_(left))
        await conn.execute(seats.values(until=at("2026-05-04 00:00")))
        await conn.exec_driver_sql("DELETE FROM outgoing")  # that they joined has been told
    await stage.database.close()
