"""What is said to be done waits for the coordinator, where the plan wants that: confirmed, or returned."""

import pytest

from tests.cast import HANG, LAM, LEADING, QUAN, STRANGER, TOAN, TUYEN, Press, Somebody, Stage, Tap, words_of

WAITS = "Đã chuyển đơn vị tổng hợp xác nhận"


@pytest.fixture
async def confirming(stage: Stage) -> Stage:
    """The plan's coordinator has chosen to confirm what is done."""
    await stage.talk(
        (HANG, "/kehoach 1", "[Cần xác nhận khi xong]"),
        (HANG, Tap("Cần xác nhận"), ("33/KH-UBND", "sẽ chờ anh/chị xác nhận")),
        (HANG, "/kehoach 1", "[Không cần xác nhận]"),
    )
    return stage


async def newest(stage: Stage, who: Somebody) -> str:
    """What came to a phone last, after the courier's round."""
    await stage.post()
    return words_of(stage.channel.to(who)[-1])


async def row(stage: Stage, columns: str) -> tuple[object, ...]:
    """Columns of the leading unit's first assignment."""
    async with stage.database.reading() as conn:
        found = await conn.exec_driver_sql(
            f"SELECT {columns} FROM assignment JOIN unit ON unit.id = unit_id WHERE name = ?"  # noqa: S608 - names of ours
            " ORDER BY due_on LIMIT 1",
            (LEADING,),
        )
        return tuple(found.one())


async def test_what_is_done_reaches_the_coordinator_with_the_words_and_two_buttons(
    confirming: Stage,
) -> None:
    await confirming.talk(
        (QUAN, "1 xong, BC số 12/BC-SNgV", ("Đã ghi việc 1: hoàn thành", WAITS, "Còn 2 việc")),
        (QUAN, "/viec", ("còn 2 việc", "Chờ xác nhận: 1 việc")),
    )
    told = await newest(confirming, HANG)
    for words in (LEADING, "Báo cáo 6 tháng", "15/6", "“xong, BC số 12/BC-SNgV”", "[Xác nhận] [Trả lại]"):
        assert words in told
    assert await row(confirming, "state, finished_on") == ("submitted", "2026-06-01")


async def test_what_is_handed_in_on_its_day_and_confirmed_later_is_in_time(confirming: Stage) -> None:
    confirming.clock.set("2026-06-15 16:00")
    await confirming.talk((QUAN, "1 xong", WAITS))
    confirming.clock.set("2026-06-18 09:00")
    await confirming.post()
    await confirming.talk(
        (HANG, "/tinhhinh", ("Hoàn thành đúng hạn 0", "Chưa hoàn thành, trong hạn")),
        (HANG, Tap("Xác nhận"), ("Đã xác nhận", LEADING)),
        (HANG, "/tinhhinh", "Hoàn thành đúng hạn 1 · quá hạn 0"),
    )
    assert await row(confirming, "state, finished_on") == ("done", "2026-06-15")
    for who in (QUAN, LAM):
        assert "xác nhận Báo cáo 6 tháng" in await newest(confirming, who)


async def test_what_is_returned_goes_back_with_the_reason_and_is_asked_for_again(confirming: Stage) -> None:
    await confirming.talk((QUAN, "1 xong", WAITS))
    await confirming.post()
    await confirming.talk(
        (HANG, Tap("Trả lại"), (LEADING, "vì sao")),
        (HANG, "thiếu số liệu của <các xã>", ("Đã trả lại lần 1", LEADING)),
    )
    told = await newest(confirming, QUAN)
    assert "trả lại lần 1" in told
    assert "Lý do: thiếu số liệu của <các xã>" in told.replace("&lt;", "<").replace("&gt;", ">")
    assert "trả lại lần 1" in await newest(confirming, LAM)
    assert await row(confirming, "state, finished_on, returned") == ("returned", None, 1)
    sent = await confirming.nudged("2026-06-04 08:00")
    asked = [words_of(one.message) for one in sent if one.chat == QUAN.chat]
    assert any("Báo cáo 6 tháng" in words and "bị trả lại" in words for words in asked)


async def test_the_second_return_says_so_and_the_first_is_told_with_the_next_try(confirming: Stage) -> None:
    for count in (1, 2):
        await confirming.talk((QUAN, "/viec", "3 việc"), (QUAN, "1 xong", WAITS))
        told = await newest(confirming, HANG)
        assert ("đã bị trả lại 1 lần" in told) == (count == 2)
        await confirming.talk((HANG, Tap("Trả lại"), "vì sao"), (HANG, "vẫn thiếu", f"lần {count}"))
        assert f"trả lại lần {count}" in await newest(confirming, QUAN)


async def test_what_was_returned_after_its_day_is_overdue_and_done_late(confirming: Stage) -> None:
    await confirming.talk((QUAN, "1 xong", WAITS))
    await confirming.post()
    confirming.clock.set("2026-06-18 09:00")
    await confirming.talk(
        (HANG, Tap("Trả lại"), "vì sao"),
        (HANG, "thiếu phụ lục", "Đã trả lại"),
        (HANG, "/tinhhinh", "quá hạn 3"),
        (QUAN, "/viec", "3 việc"),
        (QUAN, "1 xong", WAITS),
    )
    await confirming.post()
    await confirming.talk(
        (HANG, Tap("Xác nhận"), "Đã xác nhận"), (HANG, "/tinhhinh", "đúng hạn 0 · quá hạn 1")
    )


async def test_a_report_that_is_completed_by_its_lines_waits_as_well(confirming: Stage) -> None:
    await confirming.talk((QUAN, "1.1 xong", "1.1: hoàn thành"))
    assert "báo hoàn thành" not in await newest(confirming, HANG)
    await confirming.talk((QUAN, "1.2 xong, BC 9/BC-SNgV", ("1.2: hoàn thành", WAITS)))
    assert "xong, BC 9/BC-SNgV" in await newest(confirming, HANG)


async def test_a_number_added_while_it_waits_asks_nobody_twice(confirming: Stage) -> None:
    await confirming.talk((QUAN, "1 xong", WAITS), (QUAN, "1 BC số 12/BC-SNgV", "12/BC-SNgV"))
    await confirming.post()
    notices = [
        words_of(delivered)
        for delivered in confirming.channel.to(HANG)
        if "[Xác nhận]" in words_of(delivered)
    ]
    assert len(notices) == 1
    assert (await row(confirming, "state"))[0] == "submitted"


async def test_what_is_taken_back_does_not_wait_any_more(confirming: Stage) -> None:
    await confirming.talk((QUAN, "1 xong", WAITS), (QUAN, Tap("Hoàn tác"), "Đã hoàn tác"))
    await confirming.post()
    await confirming.talk(
        (HANG, Tap("Xác nhận"), "không còn chờ xác nhận, hiện nay: chưa cập nhật"),
        (HANG, "/choxacnhan", "Không có việc nào chờ"),
    )


async def test_what_was_confirmed_is_not_taken_back_by_the_unit(confirming: Stage) -> None:
    await confirming.talk((QUAN, "1 xong", WAITS))
    await confirming.post()
    await confirming.talk(
        (HANG, Tap("Xác nhận"), "Đã xác nhận"),
        (QUAN, Tap("Hoàn tác"), "Không hoàn tác được nữa"),
        (HANG, Tap("Xác nhận"), "hiện nay: hoàn thành"),
    )
    assert (await row(confirming, "state"))[0] == "done"


async def test_a_verdict_is_not_taken_back_by_a_forged_button(confirming: Stage) -> None:
    await confirming.talk((QUAN, "1 xong", WAITS))
    await confirming.post()
    await confirming.talk((HANG, Tap("Xác nhận"), "Đã xác nhận"))
    async with confirming.database.reading() as conn:
        verdict = await conn.exec_driver_sql("SELECT id FROM progress WHERE kind = 'confirmed'")
        forged = f"undo:{verdict.scalar_one()}"
    await confirming.talk((HANG, Press(forged), "Không hoàn tác được nữa"))
    assert (await row(confirming, "state"))[0] == "done"


async def test_what_waits_is_listed_with_buttons_for_each(confirming: Stage) -> None:
    await confirming.talk(
        (HANG, "/waiting", "Không có việc nào chờ"),
        (QUAN, "1 xong. 2 xong, CV 8/SNgV-VP", WAITS),
        (
            HANG,
            "/choxacnhan",
            ("Chờ xác nhận: 2", "“xong, CV 8/SNgV-VP”", "[1 Xác nhận] [1 Trả lại]", "[2 X"),
        ),
        (HANG, "2 xac nhan", "Đã xác nhận"),
        (HANG, "/choxacnhan", "Chờ xác nhận: 1"),
    )


async def test_a_plan_that_does_not_confirm_asks_nobody(stage: Stage) -> None:
    (answer,) = await stage.hear(QUAN, "1 xong")
    assert WAITS not in words_of(answer)
    await stage.post()
    assert not any("báo hoàn thành" in words_of(delivered) for delivered in stage.channel.to(HANG))
    assert (await row(stage, "state"))[0] == "done"


async def test_what_waits_can_still_be_confirmed_when_the_plan_does_not_want_it_any_more(
    confirming: Stage,
) -> None:
    await confirming.talk(
        (QUAN, "1 xong", WAITS),
        (HANG, "/kehoach 1", "[Không cần xác nhận]"),
        (HANG, Tap("Không cần xác nhận"), "là hoàn thành"),
        (HANG, "/choxacnhan", "Chờ xác nhận: 1"),
        (HANG, Tap("1 Xác nhận"), "Đã xác nhận"),
    )


async def test_the_reason_is_kept_and_hides_no_words_of_the_unit(confirming: Stage) -> None:
    await confirming.talk((QUAN, "1 xong, mời được hai đoàn", WAITS))
    await confirming.post()
    await confirming.talk((HANG, Tap("Trả lại"), "vì sao"), (HANG, "thiếu ảnh", "Đã trả lại"))
    told = await confirming.say(HANG, "/tonghop")
    assert "mời được hai đoàn" in told
    assert "thiếu ảnh" not in told
    async with confirming.database.reading() as conn:
        kept = await conn.exec_driver_sql("SELECT kind, text FROM progress ORDER BY id")
        assert [tuple(one) for one in kept] == [
            ("said", "xong, mời được hai đoàn"),
            ("returned", "thiếu ảnh"),
        ]


@pytest.mark.parametrize("who", [STRANGER, QUAN, LAM, TOAN, TUYEN])
async def test_nobody_else_confirms_returns_or_sets_it(confirming: Stage, who: Somebody) -> None:
    await confirming.talk((QUAN, "1 xong", WAITS))
    (waiting,) = await row(confirming, "assignment.id")
    before = await confirming.everything()
    for data in (f"accept:{waiting}", f"return:{waiting}", "confirms:1:off", "confirms:1:x"):
        (answer,) = await confirming.hear(who, Press(data))
        assert "BC" not in words_of(answer), data
    assert await confirming.everything() == before


async def test_every_decision_stands_in_the_audit(confirming: Stage) -> None:
    await confirming.talk((QUAN, "1 xong", WAITS))
    await confirming.post()
    await confirming.talk((HANG, Tap("Trả lại"), "vì sao"), (HANG, "thiếu ảnh", "Đã trả lại"))
    await confirming.talk((QUAN, "/viec", "3 việc"), (QUAN, "1 xong", WAITS))
    await confirming.post()
    await confirming.talk((HANG, Tap("Xác nhận"), "Đã xác nhận"))
    async with confirming.database.reading() as conn:
        rows = await conn.exec_driver_sql(
            "SELECT what, was, became FROM audit WHERE at > '2026-05-31' ORDER BY id"
        )
        assert [tuple(one) for one in rows] == [
            ("confirms", "off", "on"),
            ("progress", "not_started", "submitted"),
            ("return", "submitted", "returned"),
            ("progress", "returned", "submitted"),
            ("confirm", "submitted", "done"),
        ]


async def test_what_waits_to_be_confirmed_counts_as_reported_wherever_reports_are_counted(
    confirming: Stage,
) -> None:
    await confirming.talk((QUAN, "1 xong", WAITS))
    await confirming.talk(
        (HANG, "/tinhhinh", ("Đã báo cáo: 1/3 đơn vị", f"{LEADING} · 0/1, 1 việc chờ xác nhận", "[Nhắc 2")),
        (HANG, "/tonghop", ("1/3 đơn vị", "Chưa báo cáo (2)")),
    )
    assert LEADING not in (await confirming.say(HANG, "/tonghop")).rpartition("Chưa")[2]
    sent = await confirming.nudged("2026-06-08 08:00")
    digests = [words_of(one.message) for one in sent if one.chat == HANG.chat]
    assert any("1/3 đơn vị đã gửi" in words for words in digests)
