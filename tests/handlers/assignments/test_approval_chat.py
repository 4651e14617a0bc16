"""What finishes a unit's work goes to its leader first, where the leader wants that."""

import pytest

from tests.cast import HANG, LAM, LEADING, QUAN, TOAN, File, Press, Somebody, Stage, Tap, words_of
from tests.handlers.assignments.test_evidence_chat import PDF

WAITS = "Đã trình lãnh đạo đơn vị duyệt"


@pytest.fixture
async def approving(stage: Stage) -> Stage:
    await stage.talk((LAM, "/duyet bat", "qua anh/chị duyệt"))
    return stage


async def newest(stage: Stage, who: Somebody) -> str:
    """What came to a phone last, after the courier's round."""
    await stage.post()
    return words_of(stage.channel.to(who)[-1])


async def rows(stage: Stage, sql: str, *values: object) -> list[tuple[object, ...]]:
    async with stage.database.reading() as conn:
        return [tuple(row) for row in await conn.exec_driver_sql(sql, values)]


@pytest.mark.parametrize("said", ["duyệt bật", "duyet bat", "Duyệt tắt."])
async def test_a_leader_turns_it_on_and_off_without_the_slash(stage: Stage, said: str) -> None:
    await stage.talk((LAM, said, "được tính ngay" if "tắt" in said else "qua anh/chị duyệt"))
    assert await rows(stage, "SELECT count(*) FROM progress") == [(0,)]


async def stands(stage: Stage, due: str = "2026-06-15") -> tuple[object, ...]:
    """The state of the leading unit's assignment due on a day, and when it was finished."""
    (row,) = await rows(
        stage,
        "SELECT state, finished_on FROM assignment JOIN unit ON unit.id = unit_id"
        " WHERE name = ? AND due_on = ?",
        LEADING,
        due,
    )
    return row


async def said(stage: Stage) -> list[tuple[object, ...]]:
    return await rows(stage, "SELECT text, kind, undone FROM progress ORDER BY id")


@pytest.mark.parametrize("words", ["1 xong, BC số 12/BC-SNgV", "1 không phát sinh"])
async def test_what_is_typed_waits_for_the_leader_and_is_on_record_at_once(
    approving: Stage, words: str
) -> None:
    await approving.talk(
        (QUAN, words, ("Đã ghi việc 1", WAITS, "Còn 2 việc", "[Hoàn tác]")),
        (QUAN, "/viec", ("còn 3 việc", "chờ lãnh đạo duyệt (1/6)")),
    )
    assert await said(approving) == [(words[2:], "laid", 0)]
    assert await stands(approving) == ("in_progress", None)
    asked = await newest(approving, LAM)
    for part in (
        "Trần Minh Quân báo xong, trình anh/chị duyệt: Báo cáo 6 tháng",
        f"“{words[2:]}”",
        "[Duyệt] [Chưa duyệt]",
    ):
        assert part in asked


async def test_a_tap_waits_as_well_and_a_second_one_asks_nobody_twice(approving: Stage) -> None:
    await approving.talk(
        (QUAN, "/viec", "3 việc"),
        (QUAN, Tap("2 Đã xong"), (WAITS, "Còn 2 việc")),
        (QUAN, Tap("2 Đã xong"), "đã được ghi: chờ lãnh đạo duyệt (1/6)"),
        (QUAN, "/viec", ("[1 Đã xong]", "[3 Đã xong]")),
    )
    assert "[2 Đã xong]" not in words_of(approving.channel.to(QUAN)[-1])
    await approving.post()
    assert sum("trình anh/chị duyệt" in words_of(delivered) for delivered in approving.channel.to(LAM)) == 1
    assert len(await said(approving)) == 1


@pytest.mark.parametrize("second", ["1 xong", "1 xong rồi ạ", "1 đã hoàn thành"])
async def test_who_types_it_twice_asks_the_leader_once(approving: Stage, second: str) -> None:
    await approving.hear(QUAN, "1 xong, BC số 12/BC-SNgV")
    await approving.post()
    await approving.talk((QUAN, second, "đã được ghi: chờ lãnh đạo duyệt"))
    await approving.post()
    assert asked(approving) == 1
    assert len(await said(approving)) == 1
    await approving.talk((LAM, Tap("Duyệt"), "Đã duyệt và gửi"))


async def test_who_types_the_last_line_twice_asks_the_leader_once(approving: Stage) -> None:
    for words in ("1.1 xong", "1.2 xong", "1.2 xong", "1 xong", "1.1 xong, mời ba đoàn"):
        await approving.hear(QUAN, words)
    await approving.post()
    assert asked(approving) == 1
    assert [text for text, _, _ in await said(approving)] == ["xong", "xong", "xong, mời ba đoàn"]
    await approving.talk((LAM, Tap("Duyệt"), ("mời ba đoàn", "[Duyệt]")), (LAM, Tap("Duyệt"), "Đã duyệt"))


async def test_newer_words_are_shown_by_the_older_question(approving: Stage) -> None:
    for words in ("1 xong", "1 xong, mời hai đoàn"):
        await approving.hear(QUAN, words)
        await approving.post()
    assert asked(approving) == 1
    await approving.talk(
        (LAM, Tap("Duyệt"), ("“xong, mời hai đoàn”", "[Duyệt]")), (LAM, Tap("Duyệt"), "Đã duyệt")
    )


def asked(stage: Stage) -> int:
    """How often the leader's phone rang with a question."""
    return sum(
        "trình anh/chị duyệt" in words_of(delivered.message)
        for delivered in stage.channel.sent
        if delivered.chat == LAM.chat
    )


async def test_once_approved_it_counts_from_when_it_was_said(approving: Stage) -> None:
    approving.clock.set("2026-06-15 16:00")
    await approving.hear(QUAN, "1 xong, BC số 12/BC-SNgV")
    approving.clock.set("2026-06-18 09:00")
    await approving.post()
    await approving.talk(
        (HANG, "/tinhhinh", ("Hoàn thành đúng hạn 0", "quá hạn 3")),
        (LAM, Tap("Duyệt"), "Đã duyệt và gửi: Báo cáo 6 tháng"),
        (LAM, Tap("Duyệt"), ("không còn chờ anh/chị duyệt", "hoàn thành")),
        (HANG, "/tinhhinh", "Hoàn thành đúng hạn 1"),
    )
    assert await stands(approving) == ("done", "2026-06-15")
    assert "Vũ Đình Lâm đã duyệt" in await newest(approving, QUAN)


async def test_what_was_said_late_stays_late_when_it_is_approved(approving: Stage) -> None:
    approving.clock.set("2026-06-17 09:00")
    await approving.hear(QUAN, "1 xong")
    await approving.post()
    await approving.hear(LAM, Tap("Duyệt"))
    assert await stands(approving) == ("done", "2026-06-17")


async def test_the_coordinator_reads_nothing_of_it_before(approving: Stage) -> None:
    await approving.hear(HANG, Press("confirms:1:on"))
    await approving.hear(QUAN, "1 xong, đã mời đoàn cà cuống")
    await approving.post()
    for command in ("/tinhhinh", "/tonghop", "/choxacnhan"):
        assert "cà cuống" not in await approving.say(HANG, command)
    assert not any("cà cuống" in words_of(delivered) for delivered in approving.channel.to(HANG))
    await approving.hear(LAM, Tap("Duyệt"))
    assert "“xong, đã mời đoàn cà cuống”" in await newest(approving, HANG)
    await approving.talk((HANG, "/choxacnhan", "cà cuống"), (HANG, "/tonghop", "cà cuống"))
    assert await stands(approving) == ("submitted", "2026-06-01")


@pytest.mark.parametrize("words", ["1 được 50%", "1 đang làm", "1 vướng kinh phí", "1 chưa làm", "1.1 xong"])
async def test_what_finishes_nothing_needs_no_approval(approving: Stage, words: str) -> None:
    await approving.hear(QUAN, words)
    assert [kind for _, kind, _ in await said(approving)] == ["said"]
    await approving.post()
    assert not any("trình anh/chị duyệt" in words_of(delivered) for delivered in approving.channel.to(LAM))


async def test_the_leaders_own_word_needs_none(approving: Stage) -> None:
    await approving.talk((LAM, "1 xong", "Đã ghi việc 1: hoàn thành"))
    assert await stands(approving) == ("done", "2026-06-01")


async def test_a_leader_who_says_so_too_approves_it(approving: Stage) -> None:
    await approving.hear(QUAN, "1 xong, BC số 12/BC-SNgV")
    approving.clock.set("2026-06-18 09:00")
    await approving.talk((LAM, "1 xong rồi", "Đã ghi việc 1: hoàn thành"))
    assert await stands(approving) == ("done", "2026-06-01")
    assert [kind for _, kind, _ in await said(approving)] == ["said", "approved", "said"]


async def test_the_last_line_of_a_report_lays_it_before_the_leader(approving: Stage) -> None:
    await approving.talk(
        (QUAN, "1.1 xong, mời hai đoàn", "1.1: hoàn thành"),
        (QUAN, "1.2 xong, in 500 cuốn", ("1.2: hoàn thành", WAITS)),
        (HANG, "/tonghop", ("mời hai đoàn", "in 500 cuốn")),
    )
    assert await stands(approving) == ("in_progress", None)
    asked = await newest(approving, LAM)
    assert "“xong, mời hai đoàn”" in asked
    assert "“xong, in 500 cuốn”" in asked
    await approving.talk((LAM, Tap("Duyệt"), "Đã duyệt"))
    assert await stands(approving) == ("done", "2026-06-01")


async def test_a_line_that_is_told_anew_takes_the_report_from_the_leaders_desk(approving: Stage) -> None:
    await approving.hear(QUAN, "1.1 xong")
    await approving.hear(QUAN, "1.2 xong")
    await approving.post()
    await approving.talk(
        (QUAN, "1.1 được 80%", "đang thực hiện"),
        (LAM, Tap("Duyệt"), "không còn chờ anh/chị duyệt"),
        (QUAN, Tap("Hoàn tác"), "chờ lãnh đạo duyệt"),
        (LAM, Tap("Duyệt"), "Đã duyệt"),
    )


async def test_what_was_taken_back_cannot_be_approved(approving: Stage) -> None:
    await approving.hear(QUAN, "1 xong")
    await approving.post()
    await approving.talk(
        (QUAN, Tap("Hoàn tác"), "Việc trở lại: chưa cập nhật"),
        (LAM, Tap("Duyệt"), "không còn chờ anh/chị duyệt"),
    )
    assert await stands(approving) == ("not_started", None)
    assert await said(approving) == [("xong", "laid", 1)]


async def test_a_leader_approves_the_words_that_stand_and_no_older_ones(approving: Stage) -> None:
    await approving.hear(QUAN, "1 xong")
    await approving.post()
    older = approving.button(LAM, "Duyệt")
    await approving.hear(QUAN, "1 xong, BC số 12/BC-SNgV")
    await approving.talk(
        (LAM, Press(older.data), ("“xong, BC số 12/BC-SNgV”", "[Duyệt]")),
        (LAM, Tap("Duyệt"), "Đã duyệt"),
        (HANG, "/tonghop", "xong; xong, BC số 12/BC-SNgV"),
    )


async def test_a_number_added_while_it_waits_is_told_with_it(approving: Stage) -> None:
    await approving.hear(QUAN, "1 xong, mời hai đoàn")
    approving.clock.let_pass(hours=2)
    await approving.hear(QUAN, "1 BC số 12/BC-SNgV")
    await approving.post()
    await approving.talk(
        (LAM, Tap("Duyệt"), "“BC số 12/BC-SNgV”"),
        (LAM, Tap("Duyệt"), "Đã duyệt"),
        (HANG, "/tonghop", "xong, mời hai đoàn; BC số 12"),
    )


async def test_what_is_not_approved_goes_back_with_the_reason_and_is_laid_anew(approving: Stage) -> None:
    await approving.hear(QUAN, "1 xong, mời hai đoàn")
    await approving.post()
    await approving.talk((LAM, Tap("Chưa duyệt"), "sửa gì"), (LAM, "bổ sung <số khách>", "Đã chuyển ý kiến"))
    assert "chưa duyệt Báo cáo 6 tháng đầu năm 2026: “bổ sung <số khách>”" in (
        await newest(approving, QUAN)
    ).replace("&lt;", "<").replace("&gt;", ">")
    await approving.talk(
        (LAM, Tap("Duyệt"), "không còn chờ"),
        (QUAN, "/viec", "đang thực hiện"),
        (QUAN, "1 xong, mời hai đoàn, 30 khách", WAITS),
    )
    assert [(text, kind) for text, kind, _ in await said(approving)] == [
        ("xong, mời hai đoàn", "laid"),
        ("bổ sung <số khách>", "refused"),
        ("xong, mời hai đoàn, 30 khách", "laid"),
    ]
    assert "30 khách" in await newest(approving, LAM)


async def test_a_correction_of_what_waits_keeps_the_day_on_which_it_was_said(approving: Stage) -> None:
    approving.clock.set("2026-06-15 16:00")
    await approving.hear(QUAN, "1 xong, BC số 12/BC-SNgV")
    approving.clock.set("2026-06-17 09:00")
    await approving.talk((QUAN, "sửa 1: xong, BC số 13/BC-SNgV", WAITS))
    await approving.post()
    await approving.hear(LAM, Tap("Duyệt"))
    assert await stands(approving) == ("done", "2026-06-15")


async def test_turned_off_or_without_a_leader_it_counts_from_when_it_was_said_first(approving: Stage) -> None:
    await approving.hear(QUAN, "1 xong")
    await approving.hear(LAM, "/duyet tat")
    approving.clock.set("2026-06-18 09:00")
    await approving.talk((QUAN, "1 xong", "Đã ghi việc 1: hoàn thành"))
    assert await stands(approving) == ("done", "2026-06-01")


async def test_the_command_shows_what_waits(approving: Stage) -> None:
    await approving.hear(QUAN, "1 xong. 2 xong, CV số 8/SNgV-VP")
    told = [words_of(outgoing) for outgoing in await approving.hear(LAM, "/duyet")]
    assert len(told) == 3
    assert "đang qua anh/chị duyệt" in told[0]
    assert "Báo cáo 6 tháng" in told[1]
    assert "8/SNgV-VP" in told[2]


async def test_who_has_said_it_is_not_nudged_for_it_and_the_leader_is(approving: Stage) -> None:
    await approving.hear(QUAN, "1 xong")
    sent = await approving.nudged("2026-06-15 08:00")
    assert not any(
        "Báo cáo 6 tháng" in words_of(delivered.message) for delivered in sent if delivered.chat == QUAN.chat
    )
    assert any(
        "chờ lãnh đạo duyệt (1/6)" in words_of(delivered.message)
        for delivered in sent
        if delivered.chat == LAM.chat
    )


async def test_the_leader_looks_at_the_files_before_approving(approving: Stage) -> None:
    await approving.hear(QUAN, File("bao-cao.pdf", PDF, caption="1 xong"))
    await approving.post()
    (answer,) = await approving.hear(LAM, Tap("Minh chứng"))
    assert [paper.data for paper in answer.papers] == [PDF]


async def test_nobody_but_the_units_leader_approves(approving: Stage) -> None:
    await approving.hear(QUAN, "1 xong")
    await approving.post()
    for label in ("Duyệt", "Chưa duyệt"):
        data = approving.button(LAM, label).data
        await approving.talk((QUAN, Press(data), "Nút này đã cũ"), (TOAN, Press(data), "Nút này đã cũ"))
    assert await stands(approving) == ("in_progress", None)
