"""Buttons of letters: a scanner's look changes nothing, a press counts once."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from bot.web.embedded_server import serving
from bot.web.letter_button_pages import LetterButtonPages
from bot.web.ports import listen
from bot.web.routes import dashboard_app
from storage.organisation import web_session_store
from storage.organisation.handout_store import LetterButton
from storage.organisation.web_session_store import Address
from tests.bot.channels.telegram_kit import until
from tests.bot.channels.test_mail_story import LAN, with_mail
from tests.bot.web.page_kit import browser_at, rows, words
from tests.cast import HANG, SILENT, Stage, words_of
from tests.mailserver import MailServer

BUTTON = re.compile(r'<a href="([^"]+/nut/[\w-]+)"[^>]*>([^<]+)</a>')


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as server:
        server.opens(LAN)
        yield server


@contextlib.asynccontextmanager
async def nudged_by_mail(stage: Stage, server: MailServer) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody of a unit has joined by e-mail and was nudged; the value is a browser without cookies."""
    code = await stage.code(SILENT, "focal")
    async with with_mail(stage, server) as channel, contextlib.AsyncExitStack() as stack:
        listening = stack.enter_context(listen("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        async with stage.database.writing() as conn:
            await web_session_store.announce(conn, Address(url, public=True))

        async def press(button: LetterButton) -> bool:
            assert button.channel == channel.name
            pressed = channel.pressed(button.chat, button.data, button.update_id)
            await stage.program.intake.accept(channel, [pressed])
            return True

        pages = LetterButtonPages(stage.database, stage.clock.now, "vi", press)
        now = stage.clock.now
        app = dashboard_app(stage.database, stage.rules, now, "vi", secure=False, more=pages.routes())
        await stack.enter_async_context(serving(app, listening))
        server.writes(LAN, f"/start {code}", name="Lò Thị Mây")
        await until(lambda: len(server.letters(LAN)) == 1)
        server.answers(LAN, "đồng ý", name="Lò Thị Mây")
        await until(lambda: len(server.letters(LAN)) == 2)
        await stage.nudged("2026-06-10 08:00")
        await until(lambda: len(server.letters(LAN)) == 3)
        yield await stack.enter_async_context(browser_at(url))


def buttons(server: MailServer) -> dict[str, str]:
    """The links of the newest letter by what stands on them."""
    body = server.letters(LAN)[-1].get_body(("html",))
    assert body is not None
    return {label: url for url, label in BUTTON.findall(body.get_content())}


async def states(stage: Stage) -> list[tuple[object, ...]]:
    return await rows(
        stage, "SELECT assignment.state FROM assignment JOIN progress ON assignment_id = assignment.id"
    )


async def test_to_follow_every_link_of_a_letter_changes_nothing(stage: Stage, server: MailServer) -> None:
    async with nudged_by_mail(stage, server) as browser:
        links = buttons(server)
        assert any("Đã xong" in label for label in links)
        for _ in range(2):
            for label, link in links.items():
                assert label in words(await browser.get(link))
        stop = str(server.letters(LAN)[-1]["List-Unsubscribe"]).strip("<>")
        assert "Xác nhận" in words(await browser.get(stop))
        assert await states(stage) == []
        assert len(server.letters(LAN)) == 3


async def test_a_confirmed_button_counts_once_and_is_answered_by_letter(
    stage: Stage, server: MailServer
) -> None:
    async with nudged_by_mail(stage, server) as browser:
        link = next(url for label, url in buttons(server).items() if "Đã xong" in label)
        both = await asyncio.gather(browser.post(link), browser.post(link))
        assert {answer.status_code for answer in both} <= {200, 404}
        await until(lambda: len(server.letters(LAN)) == 4)
        assert (await browser.post(link)).status_code == 404
        assert await states(stage) == [("done",)]


async def test_an_answer_has_buttons_too_and_no_unsubscribing(stage: Stage, server: MailServer) -> None:
    async with nudged_by_mail(stage, server) as browser:
        server.answers(LAN, "1 xong")
        await until(lambda: len(server.letters(LAN)) == 4)
        assert server.letters(LAN)[-1]["List-Unsubscribe"] is None
        undo = buttons(server)["Hoàn tác"]
        assert "Hoàn tác" in words(await browser.get(undo))
        assert await states(stage) == [("done",)]
        assert (await browser.post(undo)).status_code == 200
        await until(lambda: len(server.letters(LAN)) == 5)
        assert await states(stage) == [("not_started",)]
        assert (await browser.post(undo)).status_code == 404


async def test_unsubscribing_means_to_give_up_ones_part(stage: Stage, server: MailServer) -> None:
    async with nudged_by_mail(stage, server) as browser:
        stop = str(server.letters(LAN)[-1]["List-Unsubscribe"]).strip("<>")
        answer = await browser.post(stop, data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        await until(lambda: len(server.letters(LAN)) == 4)
        await stage.post()
        assert any(SILENT in words_of(message) for message in stage.channel.to(HANG)[-1:])
    held = "SELECT count(*) FROM membership JOIN account USING (person_id) WHERE chat = ? AND until IS NULL"
    assert await rows(stage, held, LAN) == [(0,)]


async def test_a_key_that_was_never_given_presses_nothing(stage: Stage, server: MailServer) -> None:
    async with nudged_by_mail(stage, server) as browser:
        gone = await browser.get("/nut/khong-co")
        assert gone.status_code == 404
        assert "<a " not in gone.text, "whoever reads letters has no other page here"
        assert (await browser.post("/nut/khong-co")).status_code == 404
