"""Files for those whose messenger carries none: links that go out, a form by which files come in."""

import contextlib
import re
from collections.abc import AsyncIterator

import httpx
import pytest

from bot.web.embedded_server import serving
from bot.web.handout_pages import FILE_LIMIT, HandoutPages
from bot.web.ports import listen
from bot.web.routes import dashboard_app
from handlers.common.conversation import Attachment
from storage.organisation import privacy_store, web_session_store
from storage.organisation.web_session_store import Address
from tests.bot.web.page_kit import browser_at, rows, words
from tests.cast import HANG, QUAN, STRANGER, Stage, Withholding, words_of
from tests.handlers.common.test_typed_choices import WITHOUT_BUTTONS

LINK = re.compile(r"https?://\S+/(?:tep|gui)/[\w-]+")
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n"


class Posted:
    """What came by the form."""

    def __init__(self) -> None:
        self.files: list[tuple[str, str, str, str]] = []
        self.is_open = True

    async def __call__(self, channel: str, chat: str, text: str, file: Attachment) -> bool:
        if self.is_open:
            self.files.append((channel, chat, text, file.name))
        return self.is_open


@contextlib.asynccontextmanager
async def served(stage: Stage) -> AsyncIterator[tuple[httpx.AsyncClient, Posted]]:
    stage.channel.capabilities = WITHOUT_BUTTONS
    posted = Posted()
    with listen("127.0.0.1", 0) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        pages = HandoutPages(stage.database, stage.clock.now, "vi", url, posted)
        app = dashboard_app(
            stage.database, stage.rules, stage.clock.now, "vi", secure=False, more=pages.routes()
        )
        async with stage.database.writing() as conn:
            await web_session_store.announce(conn, Address(url, public=True))
        async with serving(app, listening), browser_at(url) as client:
            yield client, posted


def link_in(text: str) -> str:
    found = LINK.search(text)
    assert found is not None, text
    return found[0]


async def test_a_report_goes_out_as_a_link_that_is_opened_by_a_press(stage: Stage) -> None:
    async with served(stage) as (client, _):
        await stage.hear(HANG, "/tonghop")
        (answer,) = await stage.hear(HANG, "1")
        assert answer.papers == ()
        link = link_in(words_of(answer))
        looked = await client.get(link)
        assert ".docx" in words(looked)
        assert b"PK\x03\x04" not in looked.content
        fetched = await client.post(link)
        assert fetched.content.startswith(b"PK\x03\x04")
        assert "attachment" in fetched.headers["content-disposition"]
        assert fetched.headers["cache-control"] == "no-store"
        stage.clock.let_pass(days=15)
        assert (await client.post(link)).status_code == 404


async def test_a_key_that_was_never_given_opens_nothing(stage: Stage) -> None:
    async with served(stage) as (client, _):
        for path in ("/tep/x", "/gui/x"):
            assert (await client.get(path)).status_code == 404
            assert (await client.post(path)).status_code == 404


async def test_of_keys_only_hashes_are_kept(stage: Stage) -> None:
    async with served(stage):
        await stage.hear(HANG, "/tonghop")
        (answer,) = await stage.hear(HANG, "1")
    key = link_in(words_of(answer)).rpartition("/")[2]
    for row in await rows(stage, "SELECT * FROM handout"):
        assert key not in str(row)


async def test_a_file_that_is_withheld_is_sent_by_a_form(stage: Stage) -> None:
    async with served(stage) as (client, posted):
        link = link_in(await stage.say(QUAN, Withholding("content")))
        assert "Gửi tệp" in words(await client.get(link))
        assert posted.files == []
        sent = await client.post(link, files={"tep": ("bao cao.pdf", PDF)}, data={"loi": "1.1 xong"})
        assert "Đã nhận tệp" in words(sent)
        assert posted.files == [("memory", QUAN.chat, "1.1 xong", "bao cao.pdf")]
        stage.clock.let_pass(hours=25)
        assert (await client.post(link, files={"tep": ("a.pdf", PDF)})).status_code == 404


@pytest.mark.parametrize(
    ("name", "data", "status", "told"),
    [
        ("a.pdf", b"x" * (FILE_LIMIT + 2**17), 413, "quá lớn"),
        ("ke hoach MẬT.pdf", PDF, 400, "mật"),
        ("", b"", 400, "Chưa chọn tệp"),
    ],
)
async def test_what_cannot_be_taken_is_told_and_not_kept(
    stage: Stage, name: str, data: bytes, status: int, told: str
) -> None:
    async with served(stage) as (client, posted):
        link = link_in(await stage.say(QUAN, Withholding("content")))
        sent = await client.post(link, files={"tep": (name, data)})
        assert sent.status_code == status
        assert told in sent.text
    assert posted.files == []
    assert await rows(stage, "SELECT count(*) FROM handout WHERE kind = 'in'") == [(0,)]


async def test_a_form_is_taken_from_our_own_page_alone(stage: Stage) -> None:
    async with served(stage) as (client, posted):
        link = link_in(await stage.say(QUAN, Withholding("content")))
        foreign = {"Origin": "https://elsewhere.example"}
        answer = await client.post(link, files={"tep": ("a.pdf", PDF)}, headers=foreign)
        assert answer.status_code == 404
    assert posted.files == []


async def test_what_the_program_cannot_take_now_is_told(stage: Stage) -> None:
    async with served(stage) as (client, posted):
        posted.is_open = False
        link = link_in(await stage.say(QUAN, Withholding("content")))
        assert (await client.post(link, files={"tep": ("a.pdf", PDF)})).status_code == 503


async def test_a_voice_message_is_answered_with_what_to_do(stage: Stage) -> None:
    answer = await stage.say(QUAN, Withholding("voice"))
    assert "gõ một dòng" in answer
    assert "thoại" in answer


async def test_without_a_public_address_words_do(stage: Stage) -> None:
    stage.channel.capabilities = WITHOUT_BUTTONS
    assert "gõ số, ngày văn bản" in await stage.say(QUAN, Withholding("content"))
    await stage.hear(HANG, "/tonghop")
    (answer,) = await stage.hear(HANG, "1")
    assert answer.papers == ()
    assert "không chuyển được tệp" in words_of(answer)


async def test_a_stranger_learns_how_to_join_and_no_more(stage: Stage) -> None:
    async with served(stage):
        answer = await stage.say(STRANGER, Withholding("content"))
    assert "mã tham gia" in answer
    assert LINK.search(answer) is None


async def test_who_is_erased_has_no_links_left(stage: Stage) -> None:
    async with served(stage):
        await stage.say(QUAN, Withholding("content"))
    async with stage.database.writing() as conn:
        person = await conn.exec_driver_sql("SELECT person_id FROM account WHERE chat = ?", (QUAN.chat,))
        await privacy_store.erase(conn, person.scalar_one(), stage.clock.now())
    assert await rows(stage, "SELECT * FROM handout") == []
