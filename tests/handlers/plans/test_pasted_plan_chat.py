"""A long plan pasted into the chat, which the messenger cuts into several messages."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cast import HANG, PLAN, QUAN, File, Stage, Tap, open_stage, words_of

OTHER = PLAN.replace("33/KH-UBND", "41/KH-UBND").replace("chè", "mật ong").replace("CHÈ", "MẬT ONG")
MANY = "\n\n".join(
    f"- Tổ chức hội thi nuôi ong lấy mật số {n} cho các hộ mới nuôi ong." for n in range(1, 141)
)
LONG = OTHER.replace("- Dịch sách", f"{MANY}\n\n- Dịch sách")
DENSE = LONG.replace("\n\n", "\n")
LATE = OTHER.replace("Đưa cây", "Đưa cây chè đi thật xa khỏi tỉnh.\n\n" * 140 + "Đưa cây")
"""Its first message names nobody who has anything to do."""

Cut = Callable[[str], list[str]]


def at_paragraphs(text: str) -> list[str]:
    """Cut as a desktop messenger does: behind the last paragraph that fits."""
    parts: list[str] = []
    while len(text) > 4096:
        end = text.rindex("\n\n", 0, 4096)
        parts, text = [*parts, text[:end]], text[end:].strip()
    return [*parts, text]


def anywhere(text: str) -> list[str]:
    """Cut at the limit, wherever that falls; what goes over the wire is trimmed."""
    return [text[start : start + 4096].strip() for start in range(0, len(text), 4096)]


def at_words(text: str) -> list[str]:
    parts: list[str] = []
    while len(text) > 4096:
        end = text.rindex(" ", 0, 4096)
        parts, text = [*parts, text[:end]], text[end:].strip()
    return [*parts, text]


async def drafted(stage: Stage) -> list[tuple[str, str]]:
    """What the newest plan asks: section and text in order."""
    async with stage.database.reading() as conn:
        found = await conn.exec_driver_sql(
            "SELECT section, text FROM duty WHERE plan_id = (SELECT max(id) FROM plan) ORDER BY place"
        )
        return [(row["section"], row["text"]) for row in found.mappings()]


async def paste(stage: Stage, parts: list[str]) -> list[str]:
    """Send the parts, a second after each other; return the answers."""
    told = []
    for part in parts:
        (answer,) = await stage.hear(HANG, part)
        told.append(words_of(answer))
        stage.clock.let_pass(seconds=1)
    return told


@pytest.mark.parametrize(
    ("cut", "text"),
    [(at_paragraphs, LONG), (at_words, LONG), (anywhere, LONG), (at_words, DENSE), (anywhere, LATE)],
)
async def test_the_parts_of_a_paste_are_one_draft(stage: Stage, cut: Cut, text: str) -> None:
    parts = cut(text)
    assert len(parts) > 1
    told = await paste(stage, parts)
    assert all("Đã nhận phần" in delivered for delivered in told[:-1])
    assert "Đã đọc: 41/KH-UBND" in told[-1]
    assert f"ghép từ {len(parts)} phần" in told[-1]
    pasted = await drafted(stage)
    await stage.hear(HANG, Tap("Bỏ"))
    await stage.talk((HANG, File("dai.txt", text.encode()), "Đã đọc: 41/KH-UBND"))
    assert pasted == await drafted(stage)
    assert len((await stage.everything())["plan"]) == 2


async def test_what_came_so_far_is_a_draft_wherever_it_stops(stage: Stage) -> None:
    (first, *_) = at_paragraphs(LONG)
    await stage.talk(
        (HANG, first, ("Đã đọc: 41/KH-UBND", "Đã nhận phần 1", "[Xem lại]", "[Xác nhận kế hoạch]")),
        (HANG, Tap("Xem lại"), ("Cần xem lại (1)", "1/1 đơn vị có nhiệm vụ nhưng không có hạn")),
        (HANG, Tap("Xác nhận"), "có hiệu lực"),
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("xac nhan ke hoach", "có hiệu lực"),
        ("/tinhhinh", "chưa được xác nhận"),
        ("1 la so noi vu", "→ Sở Nội vụ"),
        ("vâng cảm ơn", "chưa rõ “vâng"),
    ],
)
async def test_an_ordinary_message_behind_a_part_is_what_it_is(stage: Stage, said: str, told: str) -> None:
    (first, *_) = at_paragraphs(LONG.replace("1. Sở Ngoại vụ:", "1. SNV:"))
    before = await paste(stage, [first])
    assert "Đã nhận phần 1" in before[0]
    answers = " ".join(words_of(outgoing) for outgoing in await stage.hear(HANG, said))
    assert told in answers


async def test_a_part_that_comes_late_is_none(stage: Stage) -> None:
    first, second, *_ = at_paragraphs(LONG)
    await stage.hear(HANG, first)
    stage.clock.let_pass(seconds=30)
    assert "Đã nhận phần 2" not in await stage.say(HANG, second)


async def test_what_one_pastes_is_not_joined_to_anothers(stage: Stage) -> None:
    first, second, *_ = at_paragraphs(LONG)
    await stage.hear(HANG, first)
    before = await drafted(stage)
    assert "Đã nhận phần" not in await stage.say(QUAN, second)
    assert await drafted(stage) == before


async def test_a_later_part_finds_the_first_after_a_restart(stage: Stage, tmp_path: Path) -> None:
    first, *others = at_paragraphs(LONG)
    await stage.hear(HANG, first)
    again = await open_stage(tmp_path / "nhacviec.db", "2026-06-01 09:00")
    told = await paste(again, others)
    assert "Đã đọc: 41/KH-UBND" in told[-1]
    assert f"ghép từ {1 + len(others)} phần" in told[-1]
    await again.database.close()


async def test_nothing_is_kept_or_joined_of_a_paste_with_a_secrecy_mark(stage: Stage) -> None:
    first, second, *_ = at_paragraphs(LONG.replace("KẾ HOẠCH\n", "TỐI MẬT\n\nKẾ HOẠCH\n", 1))
    before = (await stage.everything())["plan"]
    await stage.talk((HANG, first, "mức độ mật"), (HANG, second, "chưa rõ"))
    assert (await stage.everything())["plan"] == before
    async with stage.database.reading() as conn:
        assert not list(await conn.exec_driver_sql("SELECT 1 FROM dialog WHERE about LIKE '%MẬT%'"))


async def test_a_paste_without_a_number_is_one_draft_too(stage: Stage) -> None:
    parts = at_paragraphs(LONG.replace("Số: 41/KH-UBND", "Số:        /KH-UBND"))
    await paste(stage, parts)
    assert len((await stage.everything())["plan"]) == 2


async def drafts(stage: Stage) -> list[str]:
    async with stage.database.reading() as conn:
        found = await conn.exec_driver_sql("SELECT title FROM plan WHERE state = 'draft'")
        return [row[0] for row in found]


@pytest.mark.parametrize("number", ["41/KH-UBND", "       /KH-UBND"])
async def test_a_part_that_cannot_be_taken_leaves_the_draft_before_it(stage: Stage, number: str) -> None:
    parts = at_paragraphs(LONG.replace("41/KH-UBND", number))
    await stage.hear(HANG, parts[0])
    (kept,) = await drafts(stage)
    broken = parts[1].replace("ong lấy mật", "ong\nTỐI MẬT\nlấy mật", 1)
    await stage.talk((HANG, broken, "mức độ mật"))
    assert await drafts(stage) == [kept]
    foreign = parts[1] + "\n\nGiao Sở Y tế tổng hợp, báo cáo UBND tỉnh."
    await stage.hear(HANG, foreign)
    assert len(await drafts(stage)) == 1
