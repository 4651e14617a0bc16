"""The channels as the contract's tests see them: a phone on one side, the channel on the other."""

import asyncio
import contextlib
import json
import re
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    asynccontextmanager,
    contextmanager,
)
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from markupsafe import Markup

from bot.channels.base import Accept, Channel, Raw
from bot.channels.page import PageChannel
from bot.channels.sandbox import Message, Phone, WebChannel
from bot.channels.shown_as import Manner
from handlers.common.conversation import Outgoing, Paper, plain
from storage.database.opening import open_database
from storage.organisation import own_page_store
from tests.bot.channels import mail_kit, telegram_kit, zalo_kit
from tests.botapi import BotApi
from tests.mailserver import MailServer
from tests.mailserver.server import OWN
from tests.zaloapi import ZaloApi

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
UNKNOWN_CHAT = "999999"
BEHIND = "https://nhacviec.example/nut/"
"""A link that stands for a choice leads here, and ends in what the choice does."""
_LINK_IN_LETTER = re.compile(rf'<a href="{BEHIND}([^"]+)"[^>]*>([^<]+)</a>')


@dataclass(frozen=True, slots=True)
class Handset:
    """A phone before a channel that receives; `down` lets the channel's server be away for a while."""

    channel: Channel
    chat: str
    types: Callable[[str], Awaitable[object]]
    sends_file: Callable[[str, bytes], Awaitable[object]]
    presses: Callable[[str], Awaitable[object]]
    again: Callable[[], None]
    shown: Callable[[], list[str]]
    files: Callable[[], list[bytes]]
    down: Callable[[], AbstractContextManager[None]] | None


Opening = Callable[[Accept], AbstractAsyncContextManager[Handset]]


def _later(call: Callable[..., object]) -> Callable[..., Awaitable[object]]:
    """Let a call that blocks run beside the loop."""
    return lambda *given: asyncio.to_thread(call, *given)


@asynccontextmanager
async def telegram(accept: Accept) -> AsyncIterator[Handset]:
    """Telegram, by polling."""
    with telegram_kit.serving() as api:
        async with telegram_kit.receiving(api, accept) as channel:
            yield _on_telegram(api, channel)


@asynccontextmanager
async def telegram_by_webhook(accept: Accept) -> AsyncIterator[Handset]:
    """Telegram, which brings its updates."""
    with telegram_kit.serving() as api:
        async with telegram_kit.brought(api, accept) as (channel, _):
            yield _on_telegram(api, channel)


def _on_telegram(api: BotApi, channel: Channel) -> Handset:
    user, typed = api.user(1001, "Lan"), [0]
    user.chat.started = True

    def types(text: str) -> None:
        typed.append(user.types(text))

    return Handset(
        channel,
        "1001",
        _later(types),
        _later(user.uploads),
        _later(user.presses),
        lambda: api.redeliver(typed[-1]),
        lambda: [message.text for message in user.messages if not message.file],
        lambda: [message.file.data for message in user.messages if message.file],
        api.down,
    )


def sandbox(accept: Accept) -> AbstractAsyncContextManager[Handset]:
    """The sandbox's page."""
    return _sandbox(accept, "telegram")


def sandbox_as_zalo(accept: Accept) -> AbstractAsyncContextManager[Handset]:
    """A phone of the sandbox that is shown as one on Zalo."""
    return _sandbox(accept, "zalo")


def sandbox_as_mail(accept: Accept) -> AbstractAsyncContextManager[Handset]:
    """A phone of the sandbox that is shown as a mailbox."""
    return _sandbox(accept, "mail")


def sandbox_as_page(accept: Accept) -> AbstractAsyncContextManager[Handset]:
    """A phone of the sandbox that is shown as somebody's own page."""
    return _sandbox(accept, "page")


@asynccontextmanager
async def _sandbox(accept: Accept, manner: Manner) -> AsyncIterator[Handset]:
    channel = WebChannel([Phone("focal", "Lan", "Đầu mối", None)], lambda: NOW)
    channel.show_as("focal", manner)
    taken: list[Raw] = []

    async def noted(raws: Sequence[Raw]) -> None:
        taken.extend(raws)
        await accept(raws)

    def replies() -> list[Message]:
        return [message for message in channel.since(0) if not message.from_owner]

    async def presses(label: str) -> None:
        choices = (c for message in replies() for row in message.choices for c in row)
        offered = {choice.label: choice.data for choice in choices}
        links = (link for message in replies() for row in message.links for link in row)
        offered |= {link.label: link.url.removeprefix(BEHIND) for link in links}
        await channel.say("focal", press=offered[label], label=label)

    def again() -> None:
        task = asyncio.ensure_future(accept(taken[-1:]))
        again_tasks.append(task)

    again_tasks: list[asyncio.Future[None]] = []
    running = asyncio.create_task(channel.run(noted))
    await channel.receiving.wait()
    yield Handset(
        channel,
        "focal",
        lambda text: channel.say("focal", text=text),
        lambda name, data: channel.say("focal", file=Paper(name, data)),
        presses,
        again,
        lambda: [plain(message.text) for message in replies() if not message.files],
        lambda: [kept.data for m in replies() for f in m.files if (kept := channel.file(f.key))],
        None,
    )
    running.cancel()
    await asyncio.gather(running, *again_tasks, return_exceptions=True)


class _PageRows:
    """What the database of a page holds, once it is gone as well."""

    SAID = "SELECT text FROM page_message WHERE NOT theirs AND files = '[]' ORDER BY id"
    SENT = "SELECT data FROM page_file ORDER BY id"
    CHOICES = "SELECT choices FROM page_message"

    def __init__(self, path: Path) -> None:
        self._path = path
        self._left: dict[str, list[Any]] = {}

    def __call__(self, query: str) -> list[Any]:
        if query in self._left:
            return self._left[query]
        with contextlib.closing(sqlite3.connect(self._path)) as reading:
            return [row[0] for row in reading.execute(query)]

    def behind(self, label: str) -> str:
        """What a choice does that was offered under a label."""
        rows = (row for text in self(self.CHOICES) for row in json.loads(text))
        return str(next(data for row in rows for shown, data in row if shown == label))

    def outlive(self) -> None:
        """Keep what the tests look at when all is over."""
        self._left |= {query: self(query) for query in (self.SAID, self.SENT)}


@asynccontextmanager
async def own_page(accept: Accept) -> AsyncIterator[Handset]:
    """Somebody's own page, in a database of its own."""
    chat, taken = "page-of-lan", list[Raw]()

    async def noted(raws: Sequence[Raw]) -> None:
        taken.extend(raws)
        await accept(raws)

    async def redelivered() -> None:
        await accept(taken[-1:])

    with tempfile.TemporaryDirectory() as folder:
        rows = _PageRows(Path(folder) / "page.db")
        database = await open_database(Path(folder) / "page.db")
        async with database.writing() as conn:
            await own_page_store.offer(conn, chat, "link", NOW)
        channel = PageChannel(database, lambda: NOW)

        def say(**what: Any) -> Awaitable[object]:
            return channel.say(chat, "Lan", shown="", seconds=0.0, **what)

        running, again = asyncio.create_task(channel.run(noted)), list[asyncio.Task[None]]()
        await asyncio.sleep(0)
        yield Handset(
            channel,
            chat,
            lambda text: say(text=text),
            lambda name, data: say(file=Paper(name, data)),
            lambda label: say(press=rows.behind(label)),
            lambda: again.append(asyncio.create_task(redelivered())),
            lambda: [plain(Markup(text)) for text in rows(rows.SAID)],  # noqa: S704 - written by the channel
            lambda: rows(rows.SENT),
            None,
        )
        running.cancel()
        await asyncio.gather(running, *again, return_exceptions=True)
        await database.close()
        rows.outlive()


@asynccontextmanager
async def zalo(accept: Accept) -> AsyncIterator[Handset]:
    """Zalo, by webhook."""
    with ZaloApi() as api:
        user = api.user("1001", "Lan")
        api.state.known.add("1001")

        @contextmanager
        def down() -> Iterator[None]:
            api.goes_down()
            yield
            api.comes_back()

        async with zalo_kit.brought(api, accept) as channel:
            yield Handset(
                channel,
                "1001",
                _later(user.types),
                _later(lambda *_: None),
                _later(lambda *_: None),
                api.state.say_again,
                lambda: [message.text for message in user.messages],
                list,
                down,
            )


@asynccontextmanager
async def mail(accept: Accept) -> AsyncIterator[Handset]:
    """A mailbox; whoever writes answers a letter of ours."""
    with MailServer() as server:
        lan = "lan@songoaivu.example"
        server.opens(lan)
        async with mail_kit.receiving(server, accept) as channel:
            await channel.send(lan, Outgoing(Markup("Chào")))

            def letters() -> list[EmailMessage]:
                return server.letters(lan)[1:]

            async def presses(label: str) -> None:
                body = letters()[-1].get_body(("html",))
                links = _LINK_IN_LETTER.findall(body.get_content() if body else "")
                data = next(data for data, shown in links if shown == label)
                await accept([channel.pressed(lan, data, "press-1")])

            def read(letter: EmailMessage) -> str:
                body = letter.get_body(("plain",))
                words = body.get_content().replace("\r\n", "\n") if body else ""
                return words.removesuffix(f"\n\n{mail_kit.FOOTER}\n")

            yield Handset(
                channel,
                lan,
                _later(lambda text: server.answers(lan, text)),
                _later(lambda name, data: server.answers(lan, "", files=((name, data),))),
                presses,
                lambda: server.state.boxes[OWN].append(server.state.boxes[OWN][-1]),
                lambda: [read(letter) for letter in letters() if not list(letter.iter_attachments())],
                lambda: [
                    data
                    for letter in letters()
                    for part in letter.iter_attachments()
                    if isinstance(data := part.get_payload(decode=True), bytes)
                ],
                server.down,
            )
