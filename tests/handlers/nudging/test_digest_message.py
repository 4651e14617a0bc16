"""The coordinator's digest: when it comes, and what it tells."""

from datetime import date

import pytest
from sqlalchemy import update

from bot.channels.base import SendError
from storage.common.audit_anchors import last_anchor
from storage.database.schema import membership
from tests.cast import (
    COMPILING,
    HANG,
    LAM,
    LEADING,
    QUAN,
    SILENT,
    SUPPORTING,
    TOAN,
    Press,
    Somebody,
    Stage,
    Tap,
    words_of,
)
from tests.owing import owe


@pytest.fixture
async def told(stage: Stage) -> Stage:
    """The stage after the weekly digest of Monday 1 June; two units have ten working days left."""
    await stage.nudged("2026-06-01 09:00")
    stage.clock.set("2026-06-01 10:00")
    return stage


async def digest(stage: Stage, moment: str) -> str | None:
    """What the coordinator reads on a morning; None where nothing comes."""
    sent = [one.message for one in await stage.nudged(f"2026-{moment}") if one.chat == HANG.chat]
    found = [words_of(outgoing) for outgoing in sent if words_of(outgoing).startswith("Bản tin")]
    assert len(found) <= 1
    return found[0] if found else None


async def test_the_week_begins_with_the_whole(stage: Stage) -> None:
    words = await digest(stage, "06-01 08:00")
    assert words is not None
    assert words.startswith(
        "Bản tin tuần, 1/6\n\n33/KH-UBND · hạn 15/6 (còn 10 ngày làm việc): 0/3 đơn vị đã gửi"
    )
    assert f"Chưa có đầu mối (1): {SILENT}." in words


async def test_a_week_that_begins_with_a_day_off_begins_on_tuesday(stage: Stage) -> None:
    """27 April 2026 makes up for Giỗ Tổ, 3 June is in the middle of a week."""
    assert await digest(stage, "06-01 08:00") is not None
    assert await digest(stage, "06-03 08:00") is None


async def test_nothing_comes_on_a_morning_when_nothing_has_changed(told: Stage) -> None:
    assert [await digest(told, f"06-{day} 08:00") for day in ("02", "03", "04", "05")] == [None] * 4
    assert await digest(told, "06-06 08:00") is None  # a Saturday


async def test_it_comes_once_and_with_the_first_sweep(told: Stage) -> None:
    await told.talk((QUAN, "1.1 được 30%", "Đã ghi"))
    assert await digest(told, "06-02 07:30") is None
    assert await digest(told, "06-02 08:00") is not None
    await told.talk((QUAN, "1.1 được 40%", "Đã ghi"))
    assert await digest(told, "06-02 14:00") is None
    assert "Mới cập nhật 1 việc" in (await digest(told, "06-03 08:00") or "")


async def test_new_answers_difficulties_and_wishes_are_told(told: Stage) -> None:
    await told.talk(
        (QUAN, "1.1 được 30%", "Đã ghi"),
        (TOAN, "1 vướng kinh phí, xin lùi đến 22/6", "đã chuyển"),
    )
    words = await digest(told, "06-02 08:00")
    assert words is not None
    assert words.startswith("Bản tin sáng 2/6")
    for expected in (
        f"Mới cập nhật 2 việc: {LEADING}, {SUPPORTING}.",
        f"Vướng mắc: {SUPPORTING} “",
        f"Xin gia hạn, chờ ý kiến:\n1. {SUPPORTING}, Báo cáo 6 tháng đầu năm 2026: 15/6 → 22/6",
        "[1 Đồng ý gia hạn] [1 Không đồng ý]",
    ):
        assert expected in words
    assert SILENT not in words
    assert "Nhắc" not in words.split("[", 1)[1]
    await told.talk((HANG, Tap("1 Đồng ý"), "Đã đồng ý"), (HANG, Tap("1 Không"), "đã được trả lời"))
    assert await digest(told, "06-03 08:00") is None


async def test_a_button_of_the_digest_can_be_typed(told: Stage) -> None:
    await told.talk((TOAN, "1 xin lùi đến 22/6", "đã chuyển"))
    await digest(told, "06-02 08:00")
    await told.talk((HANG, "1 khong dong y", "không đồng ý"))


async def test_a_wish_is_named_every_working_morning_until_it_is_decided(told: Stage) -> None:
    await told.talk((TOAN, "1 xin lùi đến 22/6", "đã chuyển"))
    for day in ("02", "03", "04", "05", "08"):
        words = await digest(told, f"06-{day} 08:00") or ""
        assert f"chờ ý kiến:\n1. {SUPPORTING}, Báo cáo 6 tháng đầu năm 2026: 15/6 → 22/6" in words, day
        assert "[1 Đồng ý gia hạn] [1 Không đồng ý]" in words
    await told.talk((HANG, Tap("1 Không"), "không đồng ý"))
    assert await digest(told, "06-09 08:00") is None


async def test_of_many_wishes_the_oldest_are_numbered_and_the_others_counted(told: Stage) -> None:
    for who in (QUAN, TOAN):
        await told.hear(who, "/viec")  # the nudge has numbered what is asked for now, and no more
    for number, day in enumerate(("22/6", "7/7", "20/11"), 1):
        await told.talk((QUAN, f"{number} xin lùi đến {day}", "đã chuyển"))
    for number, day in enumerate(("22/6", "20/11"), 1):
        await told.talk((TOAN, f"{number} xin lùi đến {day}", "đã chuyển"))
    words = await digest(told, "06-02 08:00") or ""
    assert "đề nghị nữa" not in words
    await owe(told, LEADING, date(2026, 6, 25), today=date(2026, 6, 2))
    await told.hear(QUAN, "/viec")
    await told.talk((QUAN, "4 xin lùi đến 29/6", "đã chuyển"))
    words = await digest(told, "06-03 08:00") or ""
    assert "[5 Đồng ý gia hạn] [5 Không đồng ý]" in words
    assert "[6 Đồng ý" not in words
    assert "và 1 đề nghị nữa" in words


async def test_on_the_morning_after_a_date_it_tells_who_is_missing(told: Stage) -> None:
    await told.talk(
        (QUAN, "1 xong, BC số 5/BC-SNgV", "hoàn thành"), (TOAN, "1 xin lùi đến 22/6", "đã chuyển")
    )
    await digest(told, "06-15 08:00")
    words = await digest(told, "06-16 08:00")
    assert words is not None
    assert "Đã hết hạn 15/6: 1/3 đơn vị đã gửi." in words
    assert f"Chưa gửi: {SUPPORTING} (xin đến 22/6, chờ ý kiến), {SILENT}." in words
    assert "[Nhắc 1 đơn vị chưa gửi] [1 Đồng ý gia hạn]" in words  # who waits for a decision is not pressed
    assert SUPPORTING not in await told.say(HANG, Tap("Nhắc 1"))
    assert "Đã hết hạn" not in (await digest(told, "06-17 08:00") or "")


async def test_a_rung_that_the_coordinator_hears_is_told_once(told: Stage) -> None:
    """Eleven working days after 15 June is 30 June."""
    await told.talk((TOAN, "1 xong", "hoàn thành"))
    for day in ("15", "16", "22"):
        await digest(told, f"06-{day} 08:00")
    words = [await digest(told, f"06-{day} 08:00") for day in ("23", "24", "25", "26", "29", "30")]
    assert "Quá hạn 2 việc" in (words[4] or "")
    assert f"đề nghị có văn bản: {LEADING} (hạn 15/6)." in (words[5] or "")
    assert f"liên hệ trực tiếp: {SILENT} (hạn 15/6)." in (words[5] or "")
    assert words[:4] == [None] * 4
    assert "văn bản" not in (await digest(told, "07-02 08:00") or "")


async def test_who_cannot_be_reached_and_which_seat_is_empty_is_told_once(told: Stage) -> None:
    told.channel.refuse(QUAN, SendError("blocked", permanent=True, unreachable=True))
    await told.nudged("2026-06-04 08:00")
    words = await digest(told, "06-05 08:00")
    assert f"Không nhắn được, đề nghị gọi điện: {QUAN.name} ({LEADING})." in (words or "")
    assert "Sở Y tế" not in (words or "")
    async with told.database.writing() as conn:
        await conn.execute(
            update(membership).where(membership.c.person_id == 4).values(until=told.clock.now())
        )
    words = await digest(told, "06-08 08:00")
    assert f"Chưa có đầu mối (2): {SUPPORTING}, {SILENT}." in (words or "")
    assert await digest(told, "06-09 08:00") is None


@pytest.mark.parametrize(
    "refused",
    [
        SendError("malformed", permanent=True),
        SendError("timeout", ambiguous=True, trouble="lost"),
    ],
)
async def test_whom_a_reminder_did_not_reach_for_certain_is_told_once(
    told: Stage, refused: SendError
) -> None:
    told.channel.refuse(QUAN, *[refused] * 2)
    for _ in range(3):
        await told.nudged("2026-06-04 08:00")
        async with told.database.writing() as conn:
            await conn.exec_driver_sql("UPDATE outgoing SET not_before = NULL")
    words = await digest(told, "06-05 08:00") or ""
    assert f"Lời nhắc chưa chắc đã đến, đề nghị gọi điện: {QUAN.name} ({LEADING})." in words
    assert await digest(told, "06-08 08:00") != ""
    assert "chưa chắc" not in (words_of(told.channel.to(HANG)[-1]))


async def test_who_is_away_is_told_when_it_begins(told: Stage) -> None:
    await told.talk((QUAN, "/nghi 3/6-9/6 thay: lâm", "Đã ghi"))
    assert await digest(told, "06-02 08:00") is None
    away = f"Đang nghỉ: {QUAN.name} (đến 9/6, thay: {LAM.name})."
    assert away in (await digest(told, "06-03 08:00") or "")
    assert await digest(told, "06-04 08:00") is None
    assert away in (await digest(told, "06-08 08:00") or "")
    assert await digest(told, "06-10 08:00") is None


async def test_a_coordinator_of_nothing_gets_none(told: Stage) -> None:
    await told.talk((QUAN, "1.1 được 30%", "Đã ghi"))
    sent = {one.chat for one in await told.nudged("2026-06-02 08:00")}
    assert sent == {HANG.chat}


async def test_who_came_to_compile_yesterday_hears_what_has_changed_since(told: Stage) -> None:
    await told.talk((TOAN, "1.1 được 30%", "Đã ghi"))
    told.clock.set("2026-06-01 15:00")
    new = Somebody("c-hoa", "Phàn Thị Hoa", COMPILING, "coordinator")
    await told.joins(new)
    told.clock.set("2026-06-01 16:00")
    await told.talk((QUAN, "1.1 được 30%", "Đã ghi"))
    sent = {one.chat: words_of(one.message) for one in await told.nudged("2026-06-02 08:00")}
    assert f"Mới cập nhật 1 việc: {LEADING}." in sent[new.chat]
    assert f"Mới cập nhật 2 việc: {SUPPORTING}, {LEADING}." in sent[HANG.chat]


async def test_a_digest_that_could_not_go_out_leaves_its_news_to_the_next(told: Stage) -> None:
    await told.talk((QUAN, "1.1 được 30%", "Đã ghi"))
    told.clock.set("2026-06-02 16:59")
    await told.program.nudger.sweep()
    told.clock.set("2026-06-02 20:00")
    await told.post()
    assert "Mới cập nhật" not in words_of(told.channel.to(HANG)[-1])
    assert "Mới cập nhật 1 việc" in (await digest(told, "06-03 08:00") or "")


async def test_nobody_presses_what_is_not_theirs(told: Stage) -> None:
    await told.talk((TOAN, "1 xin lùi đến 22/6", "đã chuyển"))
    await digest(told, "06-02 08:00")
    assert "Đã đồng ý" not in await told.say(QUAN, Press("grant:1"))


async def test_it_ends_with_the_signed_head_of_the_audit(told: Stage) -> None:
    await told.program.anchor_audit()
    await told.talk((QUAN, "1.1 được 30%", "Đã ghi"))
    words = await digest(told, "06-02 08:00")
    async with told.database.reading() as conn:
        signed = await last_anchor(conn)
    assert words is not None
    assert signed is not None
    assert words.rstrip().endswith(f"Mốc nhật ký 1/6: {signed.count} dòng, mã {signed.hash[:16]}")


async def test_how_many_have_reported_is_told_of_the_date_of_their_report(told: Stage) -> None:
    """On 16 June the next date is that of a dated duty, by which no report is due."""
    words = await digest(told, "06-16 08:00")
    assert words is not None
    assert "33/KH-UBND · hạn 30/6 (còn 10 ngày làm việc) · báo cáo hạn 15/6: 0/3 đơn vị đã gửi" in words


async def test_no_letter_is_proposed_to_whom_nobody_could_ask(told: Stage) -> None:
    await told.nudged("2026-06-16 08:00")
    words = await digest(told, "07-01 08:00")
    assert words is not None
    assert f"đề nghị có văn bản: {LEADING} (hạn 15/6), {SUPPORTING} (hạn 15/6)." in words
    assert f"chưa nhắc được ai, đề nghị liên hệ trực tiếp: {SILENT} (hạn 15/6)." in words
    assert "[Công văn đôn đốc (2 đơn vị)]" in words
    assert f"công văn đôn đốc {SILENT}]" not in words
    told.clock.set("2026-07-01 09:00")
    status = await told.say(HANG, "/tinhhinh")
    assert "[Công văn đôn đốc (2 đơn vị)]" in status
    assert f"công văn đôn đốc {SILENT}]" not in status
