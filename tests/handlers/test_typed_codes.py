"""Codes and keys: shown once, and in the database's files nowhere but as a hash."""

import asyncio
import re

import pytest

from bot.channels.base import Raw
from domain.organisation.people import GROUP
from handlers.typed_codes import HASH, split_code, without_code
from services.organisation.invite_codes import hash_code
from storage.common import inbox
from storage.organisation import web_session_store
from storage.organisation.web_session_store import Address
from tests.cast import HANG, LEADING, QUAN, Somebody, Stage, Tap, words_of

NEW = Somebody("c-moi", "Sùng Thị Mỷ", LEADING)
CODE = re.compile(r"[A-Z2-9]{4}-[A-Z2-9]{4}(?:-[A-Z2-9]{4})?")


def files(stage: Stage) -> bytes:
    """All bytes beside the database, its log included."""
    folder = stage.database.path.parent
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def is_kept(stage: Stage, code: str) -> bool:
    data = files(stage)
    return any(spelling.encode() in data for spelling in (code, code.replace("-", ""), code.lower()))


@pytest.mark.parametrize(
    ("text", "seated", "shown"),
    [
        ("/start ABCD-2345", False, "/start ****"),
        ("/start@nhac_bot abcd 2345", True, "/start@nhac_bot ****"),
        ("/batdau ABCD2345", True, "/batdau ****"),
        ("/startABCD-2345", False, "/start ****"),
        ("start abcd2345", False, "/start ****"),
        ("Mã: ABCD-2345", False, "/start ****"),
        ("ABCD-2345", True, "/start ****"),
        ("abcd2345", False, "/start ****"),
    ],
)
def test_a_typed_code_is_found_and_blotted(text: str, seated: bool, shown: str) -> None:
    found = split_code(text, seated=seated)
    assert found is not None
    assert (found[0], hash_code(found[1])) == (shown, hash_code("ABCD-2345"))


@pytest.mark.parametrize(
    "text", ["đang chạy", "mã đang chạy", "1 xong", "abcd2345", "/language", "số ABCD-2345 rồi"]
)
def test_what_a_member_writes_is_no_code_by_chance(text: str) -> None:
    assert split_code(text, seated=True) is None
    assert without_code({"text": text}, seated=True) == {"text": text}


def test_what_is_quoted_beside_a_message_loses_its_codes_too() -> None:
    quoted = {"text": "Mã: ABCD-2345, bấm https://t.me/nhac_bot?start=ABCD2345", "message_id": 7}
    hidden = without_code({"message": {"text": "cảm ơn", "reply_to_message": quoted}}, seated=True)
    assert "ABCD" not in repr(hidden)
    assert HASH not in hidden


async def test_a_handed_out_code_is_in_no_file_before_it_is_used_nor_after(stage: Stage) -> None:
    await stage.hear(QUAN, "/bangiao")
    found = CODE.search(await stage.say(QUAN, Tap("Lấy mã")))
    assert found is not None
    assert not is_kept(stage, found[0])
    await stage.talk((NEW, f"/start {found[0]}", "có đồng ý không"))
    assert not is_kept(stage, found[0])
    await stage.talk((NEW, "đồng ý", NEW.name))
    assert not is_kept(stage, found[0])


@pytest.mark.parametrize("typed", ["{}", "start {}", "ma {}", "mã tham gia của tôi là {} ạ"])
async def test_an_invite_is_in_no_file_however_it_is_typed(stage: Stage, typed: str) -> None:
    code = await stage.code(LEADING, "focal")
    await stage.hear(NEW, typed.format(code))
    assert not is_kept(stage, code)


async def test_a_group_s_code_is_in_no_file(stage: Stage) -> None:
    code = await stage.code(LEADING, GROUP)
    (bound,) = await stage.hear(QUAN, f"/start {code}", group="-100")
    assert LEADING in words_of(bound)
    assert not is_kept(stage, code)


@pytest.mark.parametrize("public", [True, False])
async def test_a_key_to_the_pages_is_in_no_file(stage: Stage, public: bool) -> None:
    async with stage.database.writing() as conn:
        await web_session_store.announce(conn, Address("https://nhac.example", public))
    found = CODE.search(await stage.say(HANG, "/trangweb"))
    assert found is not None
    assert not is_kept(stage, found[0])


async def test_a_code_whose_message_was_interrupted_is_not_shown_any_more(stage: Stage) -> None:
    """The program dies between its commit and the sending; the next one knows no code."""
    await stage.hear(QUAN, "/bangiao")
    press = stage.button(QUAN, "Lấy mã").data
    raw = Raw("u-gone", QUAN.chat, {"sender": QUAN.chat, "name": QUAN.name, "press": press})
    stage.channel.held[QUAN.chat] = asyncio.Event()
    await stage.program.intake.accept(stage.channel, [raw])
    async with asyncio.timeout(10):
        while not await answers(stage):
            await asyncio.sleep(0.05)
    await stage.program.intake.abandon()
    assert not CODE.search((await answers(stage))[0])
    again = await stage.restarted()
    await again.program.intake.resume(again.channel)
    await again.program.intake.idle()
    assert "lấy mã mới: /bangiao" in words_of(again.channel.to(QUAN)[-1])


async def answers(stage: Stage) -> list[str]:
    """The answers that are written down and not out yet."""
    async with stage.database.reading() as conn:
        return [row.answer for row in await inbox.unfinished(conn, "memory") if row.answer]
