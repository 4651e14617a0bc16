import asyncio
import contextlib
import time

from bot.channels.base import Raw, SendError
from bot.delivery.members import Members
from bot.delivery.strangers import A_CHAT, IN_ALL, Strangers
from handlers.common.capabilities import Limit
from handlers.common.conversation import Outgoing
from storage.common import terms
from storage.database.peers import BY_NOBODY, Alone
from tests.cast import LEADING, QUAN, TOAN, Somebody, Stage, words_of


def raw(stage: Stage, update_id: str, text: str, chat: str = QUAN.chat) -> Raw:
    return Raw(update_id, chat, {"sender": chat, "name": "x", "text": text})


async def progress(stage: Stage) -> int:
    return len((await stage.everything())["progress"])


async def test_an_update_that_comes_twice_is_handled_and_answered_once(stage: Stage) -> None:
    intake = stage.program.intake
    for _ in range(3):
        await intake.accept(stage.channel, [raw(stage, "x1", "1 được 20%")])
        await intake.idle()
    assert await progress(stage) == 1
    assert len(stage.channel.to(QUAN)) == 1


async def test_messages_of_one_chat_are_taken_in_their_order(stage: Stage) -> None:
    said = [raw(stage, f"x{n}", f"1 được {n}0%") for n in range(1, 8)]
    await stage.program.intake.accept(stage.channel, said)
    await stage.program.intake.idle()
    told = [words_of(outgoing) for outgoing in stage.channel.to(QUAN)]
    assert [f"{n}0%" in words for n, words in enumerate(told, 1)] == [True] * 7


async def test_nobody_waits_for_anothers_chat(stage: Stage) -> None:
    free = stage.channel.held[QUAN.chat] = asyncio.Event()
    await stage.program.intake.accept(
        stage.channel, [raw(stage, "x1", "/viec"), raw(stage, "x2", "/viec", TOAN.chat)]
    )
    while not stage.channel.to(TOAN):
        await asyncio.sleep(0.01)
    assert not stage.channel.to(QUAN)
    free.set()
    await stage.program.intake.idle()
    assert len(stage.channel.to(QUAN)) == 1


async def test_what_a_crash_left_is_taken_up_again(stage: Stage) -> None:
    """Stored and not handled; and handled, its answer not sent: neither is lost, neither is done twice."""
    async with stage.database.writing() as conn:
        from storage.common import inbox

        now = stage.clock.now()
        rows = [("x1", QUAN.chat, raw(stage, "x1", "1 được 20%").payload)]
        await inbox.store(conn, stage.channel.name, rows, now)
    stage.channel.refuse(TOAN, *[SendError("gone", permanent=True)])
    await stage.program.intake.resume(stage.channel)
    await stage.program.intake.idle()
    assert await progress(stage) == 1
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql(
            "UPDATE incoming SET answered_at = NULL, answer = '[]' WHERE update_id = 'x1'"
        )
    await stage.program.intake.resume(stage.channel)
    await stage.program.intake.idle()
    assert await progress(stage) == 1


async def test_what_is_no_update_is_passed_over_and_the_lane_goes_on(stage: Stage) -> None:
    await stage.program.intake.accept(stage.channel, [Raw("x1", QUAN.chat, {}), raw(stage, "x2", "/viec")])
    await stage.program.intake.idle()
    assert len(stage.channel.to(QUAN)) == 1


async def test_who_cannot_be_answered_is_marked_and_the_work_is_done_all_the_same(stage: Stage) -> None:
    stage.channel.refuse(QUAN, SendError("blocked", permanent=True, unreachable=True))
    assert await stage.hear(QUAN, "1 được 20%") == []
    assert await progress(stage) == 1
    async with stage.database.reading() as conn:
        rows = await conn.exec_driver_sql("SELECT reachable FROM account WHERE chat = ?", (QUAN.chat,))
        assert rows.scalar_one() == 0


async def test_a_fault_is_told_in_one_sentence_with_a_reference_and_undoes_everything(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql(
            "CREATE TRIGGER t BEFORE INSERT ON progress BEGIN SELECT raise(ABORT, 'the disk is full'); END"
        )
    before = await stage.everything()
    told = await stage.say(QUAN, "1 được 20%")
    assert await stage.everything() == before
    (fault,) = [event for event in stage.log if event["log_level"] == "error"]
    assert fault["event"] == "message_failed"
    assert fault["reference"] in told
    assert "disk" not in told
    stage.faults.append(fault)


async def test_the_program_runs_until_it_is_stopped_and_finishes_what_is_in_hand(stage: Stage) -> None:
    stop = asyncio.Event()
    running = asyncio.create_task(stage.program.run(stop, 0.05))
    stage.clock.set("2026-06-04 08:00")
    for _ in range(100):
        if stage.channel.to(QUAN) and stage.channel.to(TOAN):
            break
        await asyncio.sleep(0.05)
    stop.set()
    await asyncio.wait_for(running, 10)
    assert len(stage.channel.to(QUAN)) == len(stage.channel.to(TOAN)) == 1


async def test_an_answer_is_sent_twice_at_most_however_often_the_program_dies(stage: Stage) -> None:
    """Each time it is killed while the channel holds the answer, and nobody knows whether it arrived."""
    copies, reached = 0, asyncio.Event()
    send = stage.channel.send

    async def hang(chat: str, message: Outgoing) -> str:
        nonlocal copies
        copies += 1
        reached.set()
        await asyncio.sleep(60)
        return ""

    stage.channel.send = hang  # type: ignore[method-assign]
    await stage.program.intake.accept(stage.channel, [raw(stage, "x1", "1 được 20%")])
    for _ in range(4):
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(reached.wait(), 10 if copies < 2 else 0.3)
        reached.clear()
        await stage.program.intake.abandon()
        stage.program.intake._lanes.clear()  # what a new program begins with
        await stage.program.intake.resume(stage.channel)
    await asyncio.sleep(0.3)
    await stage.program.intake.idle()
    assert copies == 2
    assert await progress(stage) == 1
    stage.channel.send = send  # type: ignore[method-assign]
    await stage.program.intake.accept(stage.channel, [raw(stage, "x2", "2 được 30%")])
    await stage.program.intake.idle()
    assert len(stage.channel.to(QUAN)) == 1


class _OneOfSeveral(Alone):
    """The place of a program that has every duty, and is not alone on its database."""

    alone = False


async def test_what_was_taken_up_before_a_term_began_is_taken_up_anew_and_whole(stage: Stage) -> None:
    """Its first answer may be out already; what stands behind it does not wait for the lease to end."""
    intake, peers = stage.program.intake, _OneOfSeveral()
    peers.term = BY_NOBODY
    intake._peers = peers
    async with stage.database.writing() as conn:
        term = await terms.begin(conn)
    await intake.accept(stage.channel, [raw(stage, f"x{n}", f"1 được {n}0%") for n in (1, 2, 3)])
    await intake.take()
    peers.term = term
    await intake.idle()
    assert not stage.channel.to(QUAN)
    await intake.take()
    await intake.idle()
    told = [words_of(outgoing) for outgoing in stage.channel.to(QUAN)]
    assert [f"{n}0%" in words for n, words in enumerate(told, 1)] == [True] * 3


async def test_a_thousand_strangers_get_their_share_and_members_do_not_wait(stage: Stage) -> None:
    """Ten batches of a hundred; between them a member asks, who is answered before the next batch comes."""
    intake, waited = stage.program.intake, []
    intake.strangers = Strangers()
    for batch in range(10):
        flood = [
            Raw(f"f{batch}.{n}", f"9{batch}{n:03}", {"sender": "s", "name": "Ai đó", "text": "alo"})
            for n in range(100)
        ]
        await intake.accept(stage.channel, flood)
        began = time.monotonic()
        heard = len(stage.channel.to(QUAN))
        await intake.accept(stage.channel, [raw(stage, f"m{batch}", "/viec")])
        while len(stage.channel.to(QUAN)) == heard:
            await asyncio.sleep(0.005)
        waited.append(time.monotonic() - began)
    await intake.idle()
    strangers = [sent for sent in stage.channel.sent if sent.chat.startswith("9")]
    assert len(strangers) <= IN_ALL.messages * 3  # the flood may take some tens of seconds
    assert max(waited) < 2.0
    async with stage.database.reading() as conn:
        left = await conn.exec_driver_sql("SELECT count(*) FROM incoming WHERE answered_at IS NULL")
        assert left.scalar_one() == 0
        words = await conn.exec_driver_sql("SELECT count(*) FROM incoming WHERE payload IS NOT NULL")
        assert words.scalar_one() == 0
        audit = await conn.exec_driver_sql("SELECT count(*) FROM audit WHERE what = 'refused'")
        assert audit.scalar_one() == 0


async def test_a_newcomer_with_a_code_joins_while_strangers_flood(stage: Stage) -> None:
    stage.program.intake.strangers = Strangers(A_CHAT, Limit(3, 3600.0))
    my = Somebody("5005", "Hoàng Thị My", LEADING, "focal")
    await stage.hear(my, f"/start {await stage.code(my.unit, my.role)}")
    for n in range(5):
        flood = Raw(f"f{n}", f"9{n}", {"sender": "s", "name": "Ai đó", "text": "alo"})
        await stage.program.intake.accept(stage.channel, [flood])
    await stage.talk((my, "đồng ý", my.name), (my, "/viec", "việc"))


async def test_a_stranger_beyond_the_share_is_heard_again_after_a_minute(stage: Stage) -> None:
    intake, now = stage.program.intake, [1_000.0]
    intake.strangers, intake.seconds = Strangers(), lambda: now[0]

    async def answers(first: int, last: int) -> int:
        before = len(stage.channel.sent)
        for n in range(first, last):
            said = Raw(f"s{n}", "909", {"sender": "s", "name": "Ai đó", "text": "alo"})
            await intake.accept(stage.channel, [said])
        await intake.idle()
        return len(stage.channel.sent) - before

    assert await answers(0, 10) == A_CHAT.messages
    now[0] += A_CHAT.seconds
    assert await answers(10, 20) == A_CHAT.messages


async def test_a_member_who_sends_too_many_is_told_that_they_are_not_recorded(stage: Stage) -> None:
    """What is passed over comes after that word; others are heard, and so is the member a minute later."""
    intake, now = stage.program.intake, [1_000.0]
    intake.members, intake.seconds = Members(Limit(3, 60.0)), lambda: now[0]
    flood = [raw(stage, f"p{n}", f"1 được {10 + n}%") for n in range(6)]
    await intake.accept(stage.channel, flood)
    await stage.hear(TOAN, "1 được 50%")
    now[0] += 60.0
    await intake.accept(stage.channel, [raw(stage, "p9", "1 được 90%")])
    await intake.idle()
    told = [words_of(sent) for sent in stage.channel.to(QUAN)]
    assert [("Đã ghi" in each, "chưa được ghi nhận" in each) for each in told] == [
        *[(True, False)] * 3,
        (False, True),
        (True, False),
    ]
    assert "Đã ghi" in words_of(stage.channel.to(TOAN)[0])
    async with stage.database.reading() as conn:
        left = await conn.exec_driver_sql("SELECT count(*) FROM incoming WHERE answered_at IS NULL")
        assert left.scalar_one() == 0
        percents = await conn.exec_driver_sql("SELECT percent FROM progress ORDER BY id")
        assert sorted(percents.scalars()) == [10, 11, 12, 50, 90]
