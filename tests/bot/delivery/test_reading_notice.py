"""How far a long file has been read is told as the channel can: in one message, in one that changes, not."""

import asyncio
from dataclasses import replace

import pytest

from bot.channels.base import SendError
from bot.delivery import reading_notice
from bot.delivery.reading_notice import ReadingNotice
from config.texts import load_texts
from documents.reading import read_text
from documents.reading.progress import Progress
from domain.organisation.register import Register
from domain.plans.plan import Plan
from handlers.common.capabilities import Capabilities
from handlers.common.conversation import Outgoing
from tests.cast import HANG, PLAN, File, Stage, words_of

TEXTS = load_texts("vi")
CAN = Capabilities(longest_text=4096)
STEPS = ((1, 17), (4, 17), (17, 17))


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_notice, "EVERY", 0.01)


async def heard(can: Capabilities, steps: tuple[tuple[int, int], ...] = STEPS) -> list[tuple[str, str]]:
    """Return text by text what is sent while a file is read, and what each replaces."""
    sent: list[tuple[str, str]] = []

    async def send(message: Outgoing) -> str:
        assert message.is_notice
        sent.append((str(message.text), message.replaces))
        return f"m{len(sent)}"

    notice = ReadingNotice(send, can, TEXTS)
    async with notice.telling():
        for read, pages in steps:
            notice.note(read, pages)
            await asyncio.sleep(0.05)
    return sent


async def test_a_channel_that_can_shows_one_message_that_changes() -> None:
    assert await heard(replace(CAN, progress="replaced")) == [
        ("Đang đọc trang 2/17…", ""),
        ("Đang đọc trang 5/17…", "m1"),
        ("Đang đọc trang 17/17…", "m1"),
        ("Đã đọc xong 17 trang.", "m1"),
    ]


async def test_where_reading_is_given_up_the_message_says_so() -> None:
    *_, (last, _) = await heard(replace(CAN, progress="replaced"), STEPS[:2])
    assert last == "Đã dừng đọc ở trang 5/17."


async def test_a_channel_whose_messages_count_gets_one() -> None:
    assert await heard(replace(CAN, progress="once")) == [("Đang đọc trang 2/17…", "")]


async def test_by_letter_nothing_is_told_before_the_answer() -> None:
    assert await heard(replace(CAN, progress="none")) == []


async def test_of_a_file_that_is_read_at_once_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_notice, "EVERY", 5.0)
    assert await heard(replace(CAN, progress="replaced")) == []


async def test_a_notice_that_is_refused_holds_up_no_answer() -> None:
    async def send(message: Outgoing) -> str:
        raise SendError("away", trouble="away")

    notice = ReadingNotice(send, replace(CAN, progress="replaced"), TEXTS)
    async with notice.telling():
        notice.note(1, 2)
        await asyncio.sleep(0.05)


async def test_a_coordinator_sees_how_far_a_scan_is_and_then_the_draft(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slowly(data: bytes, name: str, register: Register, progress: Progress) -> Plan:
        for page in range(1, 4):
            progress(page, 3)
            await asyncio.sleep(0.1)
        return read_text(PLAN.replace("33/KH-UBND", "34/KH-UBND"), register)

    monkeypatch.setattr("bot.delivery.uploads.read_safely", slowly)
    await stage.hear(HANG, File("quet.pdf", b"%PDF-"))
    first, *_, last = [words_of(message) for message in stage.channel.to(HANG)]
    assert first.strip() == "Đang đọc trang 2/3…"
    assert "Đã đọc: 34/KH-UBND" in last
