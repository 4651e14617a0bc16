"""Files sent one after another are one document where they belong together; if unsure, that is asked."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.channels.base import Raw
from documents.reading import SourceFile, Unreadable, read_text
from documents.reading.progress import Progress, ignored
from domain.organisation.register import Register
from domain.plans.plan import Plan
from tests.cast import HANG, PLAN, File, Stage, Tap, words_of
from tests.documents.reading.test_several_files import zipped

HONEY = PLAN.replace("33/KH-UBND", "41/KH-UBND").replace("chè", "mật ong").replace("CHÈ", "MẬT ONG")
HALF = HONEY.index("\n", len(HONEY) // 2) + 1
ANNEX = (
    "PHỤ LỤC\nTT\tNội dung\tCơ quan chủ trì\tThời gian\n1\tMở hội chợ mật ong\tSở Công Thương\tTháng 9/2026\n"
)
SAME, OTHER = "Cùng một văn bản", "Văn bản khác"


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Let pictures say what their bytes say; return the names of those that were read together, each time."""
    read: list[list[str]] = []

    async def read_pictures(
        files: Sequence[SourceFile], register: Register, progress: Progress = ignored
    ) -> Plan:
        read.append([file.name for file in files])
        return read_text("".join(file.data.decode() for file in files), register)

    async def read_picture(data: bytes, name: str, register: Register, progress: Progress = ignored) -> Plan:
        if not data:
            raise Unreadable("empty")
        return await read_pictures([SourceFile(name, data)], register)

    monkeypatch.setattr("bot.delivery.uploads.read_together", read_pictures)
    monkeypatch.setattr("bot.delivery.uploads.read_safely", read_picture)
    return read


def picture(number: int, text: str, album: str = "") -> File:
    return File(f"{number}.jpg", text.encode(), album=album)


async def drafts(stage: Stage) -> list[tuple[object, ...]]:
    async with stage.database.reading() as conn:
        rows = await conn.exec_driver_sql("SELECT number, title FROM plan WHERE state = 'draft'")
        return [tuple(row) for row in rows]


async def test_photographs_that_come_at_once_are_read_once(stage: Stage, pages: list[list[str]]) -> None:
    photographs = [picture(1, HONEY[:HALF], "A1"), picture(2, HONEY[HALF:], "A1")]
    raws = [
        Raw(f"album-{at}", HANG.chat, {"sender": HANG.chat, "name": HANG.name, **stage._payload(HANG, file)})
        for at, file in enumerate(photographs)
    ]
    before = len(stage.channel.sent)
    await stage.program.intake.accept(stage.channel, raws)
    await stage.program.intake.idle()
    (answer,) = stage.channel.sent[before:]
    assert "Đã ghép 2 tệp thành một văn bản" in words_of(answer.message)
    assert pages == [["1.jpg", "2.jpg"]]
    assert len(await drafts(stage)) == 1


async def test_a_photograph_soon_after_another_goes_on_with_it(stage: Stage, pages: list[list[str]]) -> None:
    await stage.talk(
        (HANG, picture(1, HONEY[:HALF]), "Đã đọc"),
        (HANG, picture(2, HONEY[HALF:]), ("Đã ghép 2 tệp", "Đã đọc: 41/KH-UBND")),
        (HANG, Tap("Xác nhận"), "có hiệu lực"),
    )
    assert pages == [["1.jpg"], ["1.jpg", "2.jpg"]]


async def test_the_documents_of_a_zip_are_asked_about_one_by_one(stage: Stage) -> None:
    other = HONEY.replace("41/KH-UBND", "42/KH-UBND").replace("mật ong", "nón lá")
    files = [
        ("1.txt", HONEY.encode()),
        ("2.txt", other.encode()),
        ("3.txt", "Xin gửi các kế hoạch.".encode()),
    ]
    before = len(stage.channel.sent)
    await stage.hear(HANG, File("Các kế hoạch.zip", zipped(files)))
    head, *each = [words_of(sent.message) for sent in stage.channel.sent[before:]]
    assert ("Các kế hoạch.zip" in head, "3 văn bản riêng" in head) == (True, True)
    assert [name for name, text in zip(("1.txt", "2.txt", "3.txt"), each, strict=True) if name in text]
    assert ["41/KH-UBND" in each[0], "42/KH-UBND" in each[1], "không thấy nhiệm vụ nào" in each[2]] == [
        True
    ] * 3
    assert sorted(str(number) for number, _ in await drafts(stage)) == ["41/KH-UBND", "42/KH-UBND"]
    taps = [sent.message.choices for sent in stage.channel.sent[before:]]
    assert [any("Xác nhận" in c.label for row in rows for c in row) for rows in taps] == [
        False,
        True,
        True,
        False,
    ]


async def test_a_zip_in_which_one_document_bears_a_mark_gives_none(stage: Stage) -> None:
    other = HONEY.replace("41/KH-UBND", "42/KH-UBND")
    files = [("1.txt", HONEY.encode()), ("2.txt", b"M\xe1\xba\xacT\n" + other.encode())]
    await stage.talk((HANG, File("a.zip", zipped(files)), "mức độ mật"))
    assert await drafts(stage) == []


async def test_a_photograph_that_comes_later_is_asked_about(stage: Stage, pages: list[list[str]]) -> None:
    await stage.hear(HANG, picture(1, HONEY))
    stage.clock.set(stage.clock.now() + timedelta(minutes=5))
    await stage.talk(
        (HANG, picture(2, ANNEX), ("2.jpg", "cùng một văn bản không", SAME, OTHER)),
        (HANG, Tap(SAME), ("Đã ghép 2 tệp", "Đã đọc: 41/KH-UBND", "1 hoạt động")),
    )
    assert pages == [["1.jpg"], ["1.jpg", "2.jpg"]]


async def test_an_annex_after_its_text_is_asked_about_and_joined(stage: Stage) -> None:
    await stage.talk(
        (HANG, File("van-ban.txt", HONEY.encode()), "Đã đọc: 41/KH-UBND"),
        (HANG, File("phu-luc.txt", ANNEX.encode()), ("phu-luc.txt", "van-ban.txt", "cùng một văn bản không")),
        (HANG, Tap(SAME), ("Đã ghép 2 tệp", "Đã đọc: 41/KH-UBND", "1 hoạt động")),
        (HANG, Tap("Xác nhận"), "có hiệu lực"),
    )


async def test_what_belongs_apart_is_read_by_itself(stage: Stage) -> None:
    await stage.talk(
        (HANG, File("van-ban.txt", HONEY.encode()), "Đã đọc: 41/KH-UBND"),
        (HANG, File("phu-luc.txt", ANNEX.encode()), "cùng một văn bản không"),
        (HANG, Tap(OTHER), "1 hoạt động"),
    )
    assert [number for number, _ in await drafts(stage)] == ["41/KH-UBND", None]


async def test_two_numbered_plans_are_two(stage: Stage) -> None:
    third = HONEY.replace("41/KH-UBND", "42/KH-UBND").replace("mật ong", "măng khô")
    await stage.talk(
        (HANG, File("a.txt", HONEY.encode()), "Đã đọc: 41/KH-UBND"),
        (HANG, File("b.txt", third.encode()), "Đã đọc: 42/KH-UBND"),
    )
    assert len(await drafts(stage)) == 2
