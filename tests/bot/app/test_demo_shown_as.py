"""The sandbox shows each of its phones as that of a channel, and any of them as another's."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import pytest

from bot.app.wiring import build
from bot.channels import mail, page, zalo
from bot.channels.sandbox import Message, Phone, RefusedError, WebChannel
from bot.channels.shown_as import SHOWN_AS, Manner
from handlers.common.conversation import Paper, plain
from storage.organisation import web_session_store
from storage.organisation.web_session_store import Address
from tests.cast import QUAN, SILENT, Stage

CAN = {"zalo": zalo.CAPABILITIES, "mail": mail.CAPABILITIES, "page": page.CAPABILITIES}


@pytest.mark.parametrize("manner", ["zalo", "mail", "page"])
def test_a_phone_shown_as_another_channel_can_do_what_that_can(manner: Manner) -> None:
    shown, real = SHOWN_AS[manner], CAN[manner]
    same = ("longest_text", "styles", "buttons", "button_links", "menu", "files_in", "files_out", "voice")
    assert all(getattr(shown, name) == getattr(real, name) for name in same)
    assert (shown.rates, shown.quota) == (None, None)


def test_each_phone_is_shown_as_a_channel_of_its_own(stage: Stage) -> None:
    channel = WebChannel([Phone(key, key, "", None) for key in ("lan", "mai")], stage.clock.now, "zalo")
    channel.show_as("mai", "mail")
    assert (channel.can("lan"), channel.can("mai")) == (SHOWN_AS["zalo"], SHOWN_AS["mail"])


@pytest.mark.parametrize(("phone", "manner"), [("nobody", "zalo"), ("lan", "fax"), ("lan", "")])
def test_there_are_no_other_phones_and_channels(stage: Stage, phone: str, manner: str) -> None:
    channel = WebChannel([Phone("lan", "Lan", "", None)], stage.clock.now)
    with pytest.raises(RefusedError):
        channel.show_as(phone, manner)
    assert channel.manners == {"lan": "telegram"}


class Sandbox:
    """A program that talks with one phone of the sandbox, whose owner has joined."""

    def __init__(self, stage: Stage, channel: WebChannel) -> None:
        self.stage, self.channel, self.seen = stage, channel, 0

    def heard(self) -> Message:
        """The one message that has come since the last time."""
        (message,) = [each for each in self.channel.since(self.seen) if not each.from_owner]
        self.seen = message.number
        return message

    async def says(self, text: str = "", **what: object) -> Message:
        await self.channel.say("lan", text=text, **what)  # type: ignore[arg-type]
        await self.stage.program.intake.idle()
        return self.heard()


@asynccontextmanager
async def sandbox(stage: Stage) -> AsyncIterator[Sandbox]:
    channel = WebChannel([Phone("lan", "Lò Thị Lan", "", None)], stage.clock.now)
    stage.program = build(stage.settings, stage.database, stage.rules, stage.clock, [stage.channel, channel])
    async with stage.database.writing() as conn:
        await web_session_store.announce(conn, Address("http://localhost/tong-hop", public=True))
    running = asyncio.create_task(channel.run(partial(stage.program.intake.accept, channel)))
    await channel.receiving.wait()
    talk = Sandbox(stage, channel)
    await talk.says(f"/start {await stage.code(SILENT, 'focal')}")
    await talk.says("đồng ý")
    yield talk
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_what_comes_next_comes_as_on_the_channel_that_was_chosen(stage: Stage) -> None:
    async with sandbox(stage) as talk:
        talk.channel.show_as("lan", "zalo")
        assert QUAN.chat in {sent.chat for sent in await stage.nudged("2026-06-10 08:00")}
        on_zalo = talk.heard()
        talk.channel.show_as("lan", "mail")
        by_mail = await talk.says("1 xong")
        talk.channel.show_as("lan", "page")
        await talk.says("hoàn tác")
        on_page = await talk.says("1 xong")
    assert (on_zalo.choices, on_zalo.links) == ((), ())
    assert "Đã xong" in plain(on_zalo.text)
    assert by_mail.choices == ()
    assert "Hoàn tác" in [link.label for row in by_mail.links for link in row]
    assert by_mail.links[0][0].url.startswith("http://localhost/tong-hop/nut/")
    assert on_page.choices != ()


async def test_a_file_that_the_channel_does_not_hand_on_is_sent_by_a_form(stage: Stage) -> None:
    async with sandbox(stage) as talk:
        talk.channel.show_as("lan", "zalo")
        told = await talk.says(file=Paper("bao-cao.pdf", b"%PDF"))
        assert "http://localhost/tong-hop/gui/" in plain(told.text)
        by_form = await talk.says(file=Paper("anh.docx", b"PK"), by_form=True)
        assert "/gui/" not in plain(by_form.text)
