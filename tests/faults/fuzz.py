"""Hostile updates, through the Telegram adapter and the whole intake.

Run it as python -m tests.faults.fuzz [COUNT] [SEED].
Malformed, huge, nested, doubled and disordered ones, by people of the plan, by strangers and in groups.
Nothing may crash, stay in the queue, hold the loop, go out unescaped, or leave a row that is nobody's.
"""

import asyncio
import gc
import random
import resource
import sys
import tempfile
import time
from asyncio.events import Handle
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlalchemy import update

from bot.app.wiring import build, prepare
from bot.channels.base import Raw, SendError
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_updates import raw_of
from bot.delivery.message_parts import visible_length
from config.database_url import Place
from domain.updates.loose import compile_all
from handlers.common.conversation import Attachment, Outgoing
from handlers.table import BUTTONS, COMMANDS
from storage.database.engine import Database
from storage.database.schema import account
from tests.botapi.entities import parse
from tests.cast import HANG, LAM, NGOAN, QUAN, TOAN, furnish, settings_for
from tests.set_clock import SetClock, at

_NOW = "2026-06-01 09:00"
HOLD = 0.1
"""Seconds of the processor that one step may take."""
GROWTH = 80 * 2**20
"""Bytes that the memory may grow by, however many updates come."""
BATCH = 100
PEOPLE = {1001: HANG, 1002: QUAN, 1003: LAM, 1004: TOAN, 1005: NGOAN}
STRANGERS, GROUPS = range(2001, 2041), range(-3010, -3000)
KEPT = ("person", "membership", "account", "invite", "room", "plan", "duty", "unit", "web_key")
"""Tables in which no update of these may change a row: no code is known to anybody."""
PARTING = {"leave", "withdraw", "erase", "confirm", "web"}
"""What may lawfully change them."""
WORDS = (
    "đã xong", "1 xong", "1.1 duoc 80%, con 1 bai", "2 xin lùi 1 tuần", "vướng kinh phí", "/viec", "chào em",
    "<b>", "</b><i>", "&lt;&amp;&#0;", "<a href='x'>y</a>", "{0} {name} %s", "'; DROP TABLE unit; --",
    "\x00\x01", "\ud800", "\U0001f9ff" * 9, "\u202e\u200b\ufeff", "ｆｕｌｌ", "1" * 400, "9.9.9.9 xong",
    "1/0 tin", "31/2/2026", "1 xong 2 xong 3 xong 4 xong", "\n" * 50, "a" * 5000, "(MẬT) xong",
    "1 được 999999999999%", "²", "-1 xong",
)  # fmt: skip
JUNK: tuple[Any, ...] = (
    None, True, False, 0, -1, 2**63, -(2**80), 1e308, "", "x", "\ud800", [], {}, [[]], [None], {"id": None},
    {"": ""}, {"id": "x", "type": 5}, "x" * 20_000, [0] * 2_000, {"id": 1002, "type": "private"},
)  # fmt: skip


def nested(depth: int) -> Any:
    """Return lists and objects inside one another."""
    value: Any = "x"
    for level in range(depth):
        value = [value] if level % 2 else {"message": value}
    return value


@dataclass
class Fuzz:
    """A source of updates; `chance` decides everything."""

    chance: random.Random
    number: int = 1000
    past: list[Mapping[str, Any]] = field(default_factory=list)

    def next(self) -> Mapping[str, Any]:
        """Return an update: most of them like real ones, then distorted."""
        kind = self.chance.random()
        if kind < 0.08 and self.past:
            return self.chance.choice(self.past[-200:])
        update = self._made()
        for _ in range(self.chance.choice((0, 0, 0, 1, 1, 2, 4))):
            self._distort(update)
        self.past = [*self.past[-200:], update]
        return update

    def _made(self) -> dict[str, Any]:
        self.number += 1
        number = self.number if self.chance.random() < 0.9 else self.chance.randrange(10**9)
        kind = self.chance.choices(
            ("said", "pressed", "file", "member", "service", "odd"), (9, 6, 2, 1, 1, 1)
        )[0]
        return {"update_id": number, **getattr(self, f"_{kind}")()}

    def _message(self, **content: Any) -> dict[str, Any]:
        who = self.chance.choice((*PEOPLE, *self.chance.sample(STRANGERS, 3)))
        chat = {"id": who, "type": "private"}
        if self.chance.random() < 0.2:
            kind = self.chance.choice(("group", "supergroup", "channel"))
            chat = {"id": self.chance.choice(GROUPS), "type": kind, "title": "<Tổ> & Co"}
        name = self.chance.choice(("Lan", "<b>Lan", "&amp;", "\u202eLan", "x" * 300))
        base = {"message_id": self.number, "date": 1780000000, "chat": chat}
        return base | {"from": {"id": who, "is_bot": False, "first_name": name}, **content}

    def _text(self) -> str:
        kind, chance = self.chance.random(), self.chance
        if kind < 0.4:
            one = chance.choice(COMMANDS)
            name = chance.choice((one.name, one.alias))
            if one.name in PARTING:
                name = "viec"
            return f"/{name}{chance.choice(('', '@nhacviec_bot', '@other_bot'))} {chance.choice(WORDS)}"
        return " ".join(chance.choices(WORDS, k=chance.choice((1, 1, 2, 5))))

    def _said(self) -> dict[str, Any]:
        content: dict[str, Any] = {"text": self._text()}
        if self.chance.random() < 0.2:
            content["reply_to_message"] = self._message(text="x")
        return {"message": self._message(**content)}

    def _pressed(self) -> dict[str, Any]:
        verb = self.chance.choice([button.verb for button in BUTTONS if button.verb not in PARTING])
        argument = self.chance.choice(
            ("1", "2", "yes", "", "1:0", "plan:1", "text:1~~~~", "²", "9" * 40, "<b>")
        )
        message = self._message(text="x")
        press = {"id": str(self.number), "from": message["from"], "chat_instance": "1", "message": message}
        return {"callback_query": press | {"data": f"{verb}:{argument}"[: self.chance.choice((64, 64, 3))]}}

    def _file(self) -> dict[str, Any]:
        file = {"file_id": "F", "file_unique_id": "u", "file_name": self.chance.choice(WORDS), "file_size": 9}
        photo = [file | {"width": 9, "height": 9}]
        content = self.chance.choice(
            ({"document": file}, {"photo": photo}, {"voice": file | {"duration": 1}})
        )
        return {"message": self._message(caption=self.chance.choice(WORDS), media_group_id="7", **content)}

    def _member(self) -> dict[str, Any]:
        message = self._message()
        state = self.chance.choice(("member", "administrator", "restricted", "x", None))
        return {"my_chat_member": message | {"new_chat_member": {"status": state, "user": {"id": 1}}}}

    def _service(self) -> dict[str, Any]:
        key = self.chance.choice(
            ("migrate_to_chat_id", "migrate_from_chat_id", "new_chat_title", "pinned_message")
        )
        return {"message": self._message(**{key: self.chance.choice((-5, 1002, "x", None, {}))})}

    def _odd(self) -> dict[str, Any]:
        kind = self.chance.choice(
            ("edited_message", "channel_post", "poll", "message", "callback_query", "new")
        )
        return {kind: self.chance.choice((*JUNK, nested(self.chance.choice((30, 300, 900)))))}

    def _distort(self, update: dict[str, Any]) -> None:
        """Replace, remove or double something somewhere."""
        places = [(update, key) for key in update if key != "update_id"]
        for place, key in places:
            inner = place[key]
            if isinstance(inner, dict) and len(places) < 60:
                places += [(inner, one) for one in inner]
        if not places:
            return
        place, key = self.chance.choice(places)
        if place is update and self.chance.random() < 0.8:
            return
        if self.chance.random() < 0.3:
            del place[key]
        else:
            place[key] = deepcopy(self.chance.choice(JUNK))


class Mute(TelegramChannel):
    """Telegram's own channel but for the network: what it would send is judged here as Telegram does."""

    def __init__(self) -> None:
        super().__init__("1:AAGtest", now=lambda: at(_NOW))
        self.username = "nhacviec_bot"
        self.answers = 0
        self.wrong: list[str] = []

    async def send(self, chat: str, message: Outgoing) -> str:
        """Take a message, or note what Telegram would have refused."""
        self.answers += 1
        try:
            shown = parse(str(message.text), "HTML")
            int(chat)
        except Exception as refused:  # noqa: BLE001 - whatever the judge says is kept
            self.wrong.append(f"{refused}: {message.text[:200]}")
        else:
            if not shown.text or visible_length(message.text) > self.capabilities.longest_text:
                self.wrong.append(f"empty or too long: {message.text[:200]}")
        data = [choice.data.encode() for row in message.choices for choice in row]
        self.wrong += [f"a button of {len(one)} bytes" for one in data if not 1 <= len(one) <= 64]
        return str(self.answers)

    async def fetch(self, attachment: Attachment) -> bytes:
        """Have no files."""
        raise SendError("gone", permanent=True)


@dataclass(frozen=True, slots=True)
class Told:
    """What the updates brought about. `longest` is in seconds of the processor, `grown` in bytes."""

    updates: int
    answers: int
    seconds: float
    longest: float
    grown: int
    faults: Sequence[str]


async def fuzz(place: Place, updates: int, seed: int) -> Told:
    """Send so many updates to a program on a furnished database; return what came of it."""
    settings = settings_for(place)
    database, rules = await prepare(settings)
    await _give_numbers(database)
    compile_all()  # as the program does before it receives
    channel, source = Mute(), Fuzz(random.Random(seed))  # noqa: S311 - it keeps no secret
    program = build(settings, database, rules, SetClock(at(_NOW)), [channel], {})
    began, size, before = time.monotonic(), 0, await _rows(database)
    with structlog.testing.capture_logs([structlog.processors.format_exc_info]) as log, _measured() as steps:
        for first in range(0, updates, BATCH):
            raws = await asyncio.to_thread(_raws, source, min(BATCH, updates - first))
            async with asyncio.timeout(120):
                await program.intake.accept(channel, raws)
                await program.intake.idle()
            size = size or (_memory() if first >= min(20 * BATCH, updates // 2) else 0)
            log[:] = [one for one in log if one["log_level"] == "error"]
    faults = [*channel.wrong, *map(_fault, log), *await _strange(database, before)]
    await database.close()
    return Told(updates, channel.answers, time.monotonic() - began, steps[0], _memory() - size, faults)


def _fault(event: Mapping[str, Any]) -> str:
    return f"{event['event']} {event.get('update')}: {str(event.get('exception', ''))[-600:]}"


def _raws(source: Fuzz, count: int) -> list[Raw]:
    raws = (raw_of(source.next()) for _ in range(count))
    return [raw for raw in raws if raw is not None]


async def _give_numbers(database: Database) -> None:
    """Let the people of the cast write from Telegram."""
    async with database.writing() as conn:
        for number, who in PEOPLE.items():
            theirs = update(account).where(account.c.chat == who.chat)
            await conn.execute(theirs.values(channel="telegram", chat=str(number)))


async def _rows(database: Database) -> Mapping[str, Sequence[tuple[object, ...]]]:
    told = {}
    async with database.reading() as conn:
        for name in KEPT:
            columns = "id, channel, chat, person_id" if name == "account" else "*"
            if name == "person":
                columns = "id, name, consented_at"  # a language may change
            rows = await conn.exec_driver_sql(f"SELECT {columns} FROM {name} ORDER BY id")  # noqa: S608 - words of ours
            told[name] = [tuple(row) for row in rows]
    return told


STRANGE = {
    "an update is left in the queue": "SELECT count(*) FROM incoming WHERE answered_at IS NULL",
    "what was said is kept": "SELECT count(*) FROM incoming WHERE payload IS NOT NULL",
    "somebody answered for another unit": "SELECT count(*) FROM progress JOIN assignment ON assignment.id ="
    " assignment_id WHERE NOT EXISTS (SELECT 1 FROM membership m WHERE m.person_id = progress.person_id AND"
    " m.unit_id = assignment.unit_id AND m.until IS NULL AND m.role <> 'coordinator')",
}
STRANGE_IN_A_FILE = {
    "the database is damaged": "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
    "a row points nowhere": "SELECT count(*) FROM pragma_foreign_key_check",
}


async def _strange(database: Database, before: Mapping[str, object]) -> list[str]:
    """Return what stands in the database and should not."""
    after = await _rows(database)
    found = [f"{name} has changed" for name in KEPT if after[name] != before[name]]
    async with database.reading() as conn:
        in_a_file = STRANGE_IN_A_FILE if conn.dialect.name == "sqlite" else {}
        for what, question in {**STRANGE, **in_a_file}.items():
            count = (await conn.exec_driver_sql(question)).scalar_one()
            found += [f"{what}: {count}"] if count else []
    return found


@contextmanager
def _measured() -> Iterator[list[float]]:
    """Measure the longest step of the loop, in seconds of the processor."""
    longest, run = [0.0], Handle._run
    gc.collect()
    gc.freeze()  # as the program does: to search all that is loaded would hold the loop by itself

    def measured(self: Handle) -> None:
        began = time.thread_time()
        run(self)
        longest[0] = max(longest[0], time.thread_time() - began)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Handle, "_run", measured)
        yield longest
    gc.unfreeze()


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main(updates: int = 100_000, seed: int = 20260615) -> int:
    """Send so many; 1 where something came of it that should not."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fuzz.db"
        asyncio.run(furnish(path))
        told = asyncio.run(fuzz(path, updates, seed))
    sys.stdout.write(
        f"{told.updates} hostile updates, {told.answers} answers, {told.seconds:.0f} s, longest step"
        f" {told.longest * 1000:.0f} ms, grown by {told.grown / 2**20:.0f} MB, {len(told.faults)} faults\n"
    )
    sys.stdout.writelines(f"  {fault}\n" for fault in told.faults[:20])
    return int(bool(told.faults) or told.longest > HOLD or told.grown > GROWTH)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
