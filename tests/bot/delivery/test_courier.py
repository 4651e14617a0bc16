import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from bot.app.clock import wall
from bot.channels.base import SendError
from handlers.common.capabilities import Capabilities
from handlers.common.conversation import Attachment
from storage.common import outbox
from storage.database.schema import unit
from tests.cast import HANG, LAM, LEADING, QUAN, SUPPORTING, TOAN, File, Somebody, Stage, Tap, words_of

RUNG = "2026-06-04 08:00"
"""Seven working days before 15 June: Quân and Toản are asked."""
BLOCKED = SendError("blocked", permanent=True, unreachable=True)
LOST = SendError("timeout", ambiguous=True, trouble="lost")


async def outbox_rows(stage: Stage) -> list[Mapping[str, Any]]:
    async with stage.database.reading() as conn:
        rows = await conn.exec_driver_sql(
            "SELECT outgoing.*, a.chat AS phone FROM outgoing JOIN account AS a USING (person_id)"
            " WHERE kind <> 'digest' ORDER BY outgoing.id"
        )
        return [dict(row._mapping) for row in rows]


async def nudge_of(stage: Stage, who: Somebody) -> Mapping[str, Any]:
    """The one message for somebody in the outbox."""
    (row,) = [row for row in await outbox_rows(stage) if row["phone"] == who.chat]
    return row


async def states(stage: Stage) -> list[tuple[str, str]]:
    return [(str(row["phone"]), str(row["state"])) for row in await outbox_rows(stage)]


async def hurry(stage: Stage) -> None:
    """Let the waiting times of what was put back be over."""
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql("UPDATE outgoing SET not_before = NULL")


async def test_a_nudge_is_sent_and_marked_with_what_it_numbered(stage: Stage) -> None:
    sent = await stage.nudged(RUNG)
    assert {each.chat for each in sent} == {QUAN.chat, TOAN.chat}
    for row in await outbox_rows(stage):
        assert row["state"] == "sent"
        assert row["message"] in {each.id for each in sent}
        assert row["numbered"] not in (None, "[]")


async def test_a_second_round_sends_nothing_twice(stage: Stage) -> None:
    await stage.nudged(RUNG)
    assert not await stage.nudged(RUNG)
    assert not await stage.nudged("2026-06-04 16:00")


async def test_who_blocks_the_bot_is_marked_and_the_coordinator_is_told_once(stage: Stage) -> None:
    stage.channel.refuse(QUAN, BLOCKED)
    sent = await stage.nudged(RUNG)
    assert {each.chat for each in sent} == {TOAN.chat, HANG.chat}
    told = words_of(stage.channel.to(HANG)[-1])
    for words in (QUAN.name, LEADING, "đã chặn", "gọi điện", f"còn nhắn được cho: {LAM.name} (lãnh đạo"):
        assert words in told
    await stage.talk((HANG, "/tinhhinh", f"{LEADING} · 0/1, không liên lạc được"))
    sent = await stage.nudged("2026-06-10 08:00")
    assert QUAN.chat not in {each.chat for each in sent}  # nobody rings at a shut door
    assert [row["kind"] for row in await outbox_rows(stage)].count("notice") == 1  # nor is it told again
    assert (QUAN.chat, "dropped") in await states(stage)


async def test_where_nobody_else_of_the_unit_can_be_reached_the_coordinator_is_told_so(stage: Stage) -> None:
    stage.channel.refuse(TOAN, BLOCKED)
    await stage.nudged(RUNG)
    assert "chưa còn ai khác nhắn được" in words_of(stage.channel.to(HANG)[-1])


async def test_who_writes_again_is_reachable_again(stage: Stage) -> None:
    stage.channel.refuse(QUAN, BLOCKED)
    await stage.nudged(RUNG)
    await stage.talk((QUAN, "/viec", "3 việc"))
    assert QUAN.chat in {sent.chat for sent in await stage.nudged("2026-06-10 08:00")}


async def test_a_message_that_is_never_taken_says_nothing_of_the_person(stage: Stage) -> None:
    stage.channel.refuse(QUAN, SendError("malformed", permanent=True))
    await stage.nudged(RUNG)
    assert (QUAN.chat, "failed") in await states(stage)
    assert QUAN.chat in {sent.chat for sent in await stage.nudged("2026-06-10 08:00")}
    assert "không liên lạc được" not in await stage.say(HANG, "/tinhhinh")


async def test_a_busy_server_is_given_the_time_it_asks_for(stage: Stage) -> None:
    stage.channel.refuse(QUAN, SendError("busy", retry_after=90))
    begun = wall()
    sent = await stage.nudged(RUNG)
    assert {each.chat for each in sent} == {TOAN.chat}
    row = await nudge_of(stage, QUAN)
    waits = nudges_until(row) - begun
    assert timedelta(seconds=89) < waits < timedelta(seconds=120)
    assert not await stage.nudged(RUNG)
    await hurry(stage)
    assert {each.chat for each in await stage.nudged(RUNG)} == {QUAN.chat}


def nudges_until(row: Mapping[str, Any]) -> Any:
    from datetime import UTC, datetime

    return datetime.fromisoformat(str(row["not_before"])).replace(tzinfo=UTC)


async def test_a_message_that_is_not_taken_is_tried_eight_times_and_no_more(stage: Stage) -> None:
    stage.channel.refuse(QUAN, *[SendError("odd")] * 20)
    for _ in range(10):
        await stage.nudged(RUNG)
        await hurry(stage)
    assert len(stage.channel.refusals[QUAN.chat]) == 12
    assert (QUAN.chat, "failed") in await states(stage)


async def test_a_nudge_whose_answer_was_lost_is_sent_again_and_known_to_be_a_repetition(stage: Stage) -> None:
    stage.channel.refuse(QUAN, LOST)
    await stage.nudged(RUNG)
    await hurry(stage)
    assert {sent.chat for sent in await stage.nudged(RUNG)} == {QUAN.chat}
    row = await nudge_of(stage, QUAN)
    assert (row["state"], row["repeated"], row["doubts"]) == ("sent", 1, 1)


async def test_a_nudge_whose_answer_was_lost_twice_is_not_sent_a_third_time_and_stands_so(
    stage: Stage,
) -> None:
    stage.channel.refuse(QUAN, *[LOST] * 5)
    for _ in range(4):
        await stage.nudged(RUNG)
        await hurry(stage)
    assert len(stage.channel.refusals[QUAN.chat]) == 3
    row = await nudge_of(stage, QUAN)
    assert (row["state"], row["why"], row["repeated"], row["doubts"]) == ("unsure", "timeout", 1, 2)


async def test_an_answer_that_is_none_of_the_servers_is_tried_ever_more_rarely(stage: Stage) -> None:
    stage.channel.refuse(QUAN, *[SendError("network: 502", trouble="faulty")] * 3)
    waits = []
    for _ in range(3):
        begun = wall()
        await stage.nudged(RUNG)
        waits.append((nudges_until(await nudge_of(stage, QUAN)) - begun).total_seconds())
        await hurry(stage)
    for wait, most in zip(waits, (5, 10, 20), strict=True):
        assert most / 2 <= wait < most + 1
    await stage.nudged(RUNG)
    row = await nudge_of(stage, QUAN)
    assert (row["state"], row["repeated"], row["doubts"]) == ("sent", 1, 0)


async def test_a_busy_server_uses_up_no_tries(stage: Stage) -> None:
    stage.channel.refuse(QUAN, *[SendError("busy", retry_after=90)] * 12)
    for _ in range(13):
        await stage.nudged(RUNG)
        await hurry(stage)
    row = await nudge_of(stage, QUAN)
    assert (row["state"], row["attempts"]) == ("sent", 1)


async def test_where_a_message_went_is_on_record(stage: Stage) -> None:
    await stage.nudged(RUNG)
    row = await nudge_of(stage, QUAN)
    assert (row["channel"], row["chat"]) == ("memory", QUAN.chat)


async def test_a_chat_that_has_moved_is_followed(stage: Stage) -> None:
    stage.channel.refuse(QUAN, SendError("moved", moved_to="c-new"))
    sent = await stage.nudged(RUNG)
    assert {each.chat for each in sent} == {TOAN.chat, "c-new"}
    async with stage.database.reading() as conn:
        rows = await conn.exec_driver_sql("SELECT chat FROM account")
        assert QUAN.chat not in set(rows.scalars())


async def test_a_poisoned_row_waits_and_the_others_go(stage: Stage) -> None:
    stage.channel.refuse(QUAN, RuntimeError("a bug in a channel"))
    sent = await stage.nudged(RUNG)
    assert {each.chat for each in sent} == {TOAN.chat}
    row = await nudge_of(stage, QUAN)
    assert (row["state"], row["why"]) == ("pending", "error")
    await hurry(stage)
    assert {each.chat for each in await stage.nudged(RUNG)} == {QUAN.chat}
    (fault,) = [event for event in stage.log if event["log_level"] == "error"]
    assert fault["event"] == "nudge_failed"
    stage.faults.append(fault)


async def test_nudges_go_out_on_time_while_a_file_takes_long(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrived = asyncio.Event()

    async def fetch(attachment: Attachment) -> bytes:
        await arrived.wait()
        return b"not a plan"

    monkeypatch.setattr(stage.channel, "fetch", fetch)
    reading = asyncio.create_task(stage.hear(HANG, File("ke-hoach.txt", b"x")))
    await asyncio.sleep(0)
    async with asyncio.timeout(20):
        sent = await stage.nudged(RUNG)
    assert {QUAN.chat, TOAN.chat} <= {each.chat for each in sent}
    assert not reading.done()
    arrived.set()
    assert len(await reading) == 1


async def test_a_nudge_in_flight_when_the_program_died_is_sent_by_its_successor(stage: Stage) -> None:
    stage.clock.set(RUNG)
    await stage.program.nudger.sweep()
    async with stage.database.writing() as conn:
        claimed = await outbox.claim(conn, wall(), 10, stage.clock.now().date())
    assert [outbox_message.kind for outbox_message in claimed].count("daily") == 2
    assert not await stage.nudged(RUNG)  # the lease holds
    async with stage.database.writing() as conn:
        await outbox.release(conn)
    assert {sent.chat for sent in await stage.nudged(RUNG)} == {QUAN.chat, TOAN.chat}


async def test_a_courier_that_is_stopped_claims_no_more(stage: Stage) -> None:
    stage.program.courier.stop()
    assert not await stage.nudged(RUNG)
    assert {state for _, state in await states(stage)} == {"pending"}


async def test_a_notice_goes_out_at_night_and_a_nudge_waits_for_the_morning(stage: Stage) -> None:
    stage.clock.set("2026-06-04 16:59")
    await stage.program.nudger.sweep()
    stage.clock.set("2026-06-04 21:00")
    await stage.talk((QUAN, "1 xin lùi đến 22/6", "đã chuyển"))
    await stage.post()
    assert {sent.chat for sent in stage.channel.sent} == {QUAN.chat, HANG.chat}
    assert len(stage.channel.to(QUAN)) == 1


async def test_the_numbers_of_the_nudge_are_what_an_answer_means(stage: Stage) -> None:
    await stage.talk((QUAN, "/viec", "3 việc"))
    await stage.nudged("2026-06-10 08:00")
    await stage.talk((QUAN, "2 được 30%", "Đã ghi việc 2"), (QUAN, "/viec 2", ("Chủ trì gửi thư", "30%")))


async def test_a_notice_leaves_the_numbers_of_the_list_as_they_were(stage: Stage) -> None:
    await stage.talk((QUAN, "3 xin lùi đến 20/11", "đã chuyển"), (QUAN, "/viec", "3 việc"))
    await stage.post()
    await stage.talk((HANG, Tap("Đồng ý gia hạn"), "Đã đồng ý"))
    await stage.post()
    await stage.talk((QUAN, "2 được 30%", "Đã ghi việc 2"), (QUAN, Tap("1 Đã xong"), "Đã ghi việc 1"))


async def test_a_long_nudge_comes_in_parts_with_its_buttons_under_the_last(stage: Stage) -> None:
    stage.channel.capabilities = Capabilities(longest_text=300)
    sent = [each.message for each in await stage.nudged("2026-06-15 08:00") if each.chat == QUAN.chat]
    assert len(sent) > 1
    assert [bool(outgoing.choices) for outgoing in sent] == [False] * (len(sent) - 1) + [True]


@pytest.mark.parametrize("day", ["2026-06-15", "2026-06-16"])
async def test_the_leader_reads_a_letter_of_their_own(stage: Stage, day: str) -> None:
    await stage.nudged(f"{day} 08:00")
    letter = words_of(stage.channel.to(LAM)[-1])
    assert f"Kính gửi anh/chị: đầu mối {QUAN.name} chưa trả lời" in letter
    assert LEADING in letter


async def test_a_party_body_is_asked_with_courtesy_and_never_told_that_it_is_late(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        await conn.execute(update(unit).where(unit.c.name == SUPPORTING).values(standing="party"))
    await stage.nudged("2026-06-17 08:00")
    told = words_of(stage.channel.to(TOAN)[-1])
    assert told.startswith(f"Kính đề nghị {SUPPORTING}")
    assert "quá hạn" not in told
    assert "đã đến hạn ngày 15/6" in told
