"""A later version of a live plan: shown, applied or let go, and nothing lost of what was said."""

import pytest

from storage.plans import data_windows
from tests.cast import (
    COMPILING,
    HANG,
    LAM,
    LEADING,
    PLAN,
    QUAN,
    SILENT,
    SUPPORTING,
    TOAN,
    TUYEN,
    File,
    Press,
    Somebody,
    Stage,
    Tap,
    enter,
    words_of,
)

LATER = PLAN.replace("15/6 và 15/11", "22/6 và 15/11")
BOOKS = "- Dịch sách giới thiệu chè sang tiếng nước ngoài."
REWORDED = PLAN.replace(BOOKS, "- Dịch và in sách giới thiệu chè sang ba thứ tiếng nước ngoài.")
SHORTER = PLAN.replace("- Chủ trì gửi thư mời các đối tác, hoàn thành trước ngày 30/6/2026.\n\n", "")
LONGER = PLAN.replace(
    BOOKS, f"{BOOKS}\n\n- Chủ trì mở trang giới thiệu chè, hoàn thành trước ngày 30/9/2026."
)


def file(words: str) -> File:
    assert words != PLAN
    return File("sua-doi.txt", words.encode())


async def owed(stage: Stage, unit: str) -> list[tuple[str, str]]:
    """The dates and states of a unit's assignments, in the order in which they were made."""
    async with stage.database.reading() as conn:
        rows = await conn.exec_driver_sql(
            "SELECT due_on, state FROM assignment JOIN unit ON unit.id = unit_id"
            " WHERE unit.name = ? ORDER BY assignment.id",
            (unit,),
        )
        return [tuple(row) for row in rows]


async def apply(stage: Stage, words: str) -> str:
    await stage.talk((HANG, file(words), "[Áp dụng thay đổi] [Bỏ]"))
    return await stage.say(HANG, Tap("Áp dụng"))


async def test_a_later_version_shows_what_it_changes_and_changes_nothing_yet(stage: Stage) -> None:
    before = await owed(stage, LEADING)
    both = LATER.replace(BOOKS, "- Dịch sách giới thiệu chè sang tiếng Anh.").replace(
        "- Kiểm tra an toàn thực phẩm tại các cơ sở sao chè.", "- Khám sức khỏe cho người sao chè."
    )
    await stage.talk(
        (
            HANG,
            file(both),
            (
                "33/KH-UBND đã được nhập",
                "thêm 1, bỏ 1, đổi 2",
                f"Thêm II.3 {SILENT}: Khám sức khỏe",
                f"Bỏ II.3 {SILENT}: Kiểm tra an toàn",
                f"Đổi II.1 {LEADING}: Dịch sách giới thiệu chè sang tiếng Anh · lời văn",
                "hạn 15/6/2026, 15/11/2026 → 22/6/2026, 15/11/2026",
                "Chưa thay đổi gì",
                "[Áp dụng thay đổi] [Bỏ]",
            ),
        )
    )
    assert await owed(stage, LEADING) == before
    told = " ".join([words_of(outgoing) for outgoing in await stage.hear(HANG, "/tinhhinh")])
    assert "chưa được xác nhận" not in told
    assert "hạn gần nhất 15/6" in told


@pytest.mark.parametrize("said", [Tap("Áp dụng"), "ap dung thay doi"])
async def test_a_changed_date_moves_what_waits_and_keeps_what_was_said(stage: Stage, said: Tap | str) -> None:
    await stage.talk(
        (QUAN, "1.2 được 40%", "Đã ghi"),
        (TOAN, "1 xong, BC số 4/BC-SCT", "hoàn thành"),
        (HANG, file(LATER), "đổi 1"),
        (HANG, said, ("Đã áp dụng", "0 việc mới", "2 việc đổi hạn", "0 việc không còn")),
        (QUAN, "/viec", ("hạn 22/6", "40%")),
    )
    assert await owed(stage, SUPPORTING) == [("2026-06-15", "done"), ("2026-11-15", "not_started")]
    assert {sent.chat for sent in await stage.nudged("2026-06-11 09:00")} - {HANG.chat} == {QUAN.chat}


async def test_how_far_the_figures_reach_stays_as_it_was_chosen(stage: Stage) -> None:
    await stage.talk((QUAN, "/viec 1", "Số liệu từ 15/12/2025 đến 14/6/2026"))
    async with stage.database.writing() as conn:
        assert await data_windows.choose(conn, 1, None, "calendar") == 1
    await apply(stage, LATER)
    await stage.talk((QUAN, "/viec 1", "Số liệu từ 1/1/2026 đến 30/6/2026"))
    assert "Số liệu" not in await stage.say(QUAN, "/viec 2")


async def test_other_words_keep_the_progress_of_their_line(stage: Stage) -> None:
    await stage.talk((QUAN, "1.2 được 40%", "Đã ghi"))
    assert "0 việc mới" in await apply(stage, REWORDED)
    await stage.talk((QUAN, "/viec 1", ("1.2", "Dịch và in sách", "40%")))


async def test_what_is_new_is_asked_for_and_what_is_gone_is_not(stage: Stage) -> None:
    assert "1 việc mới, 0 việc đổi hạn, 0 việc" in await apply(stage, LONGER)
    await stage.talk((QUAN, "/viec", ("còn 4 việc", "mở trang giới thiệu chè", "hạn 30/9")))
    assert "0 việc mới, 0 việc đổi hạn, 2 việc" in await apply(stage, SHORTER)
    told = await stage.say(QUAN, "/viec")
    assert "còn 2 việc" in told
    assert "thư mời" not in told
    assert sorted(await owed(stage, LEADING))[1:3] == [
        ("2026-06-30", "cancelled"),
        ("2026-09-30", "cancelled"),
    ]


async def test_what_is_gone_but_was_done_stays_done(stage: Stage) -> None:
    await stage.talk((QUAN, "2 xong, CV số 8/SNgV-VP", "Đã ghi"))
    await apply(stage, SHORTER)
    assert ("2026-06-30", "done") in await owed(stage, LEADING)
    told = await stage.say(HANG, "/tonghop")
    assert "CV số 8/SNgV-VP" in told
    assert "thư mời" in told


async def test_a_date_that_had_passed_before_the_change_is_asked_about_and_then_not_nudged(
    stage: Stage,
) -> None:
    early = LONGER.replace("30/9/2026", "20/5/2026")
    before = await owed(stage, LEADING)
    await stage.talk(
        (HANG, file(early), "thêm 1"),
        (HANG, Tap("Áp dụng"), ("Chưa áp dụng", "Hạn 20/5/2026 đã qua", "mở trang giới thiệu chè")),
    )
    assert await owed(stage, LEADING) == before
    await stage.talk(
        (HANG, Tap("Giữ các hạn này"), "Đã áp dụng"),
        (QUAN, "/viec", ("còn 3 việc", "Hạn đã qua trước khi nhập kế hoạch, không nhắc: 1")),
    )


async def test_a_date_that_is_left_as_before_is_not_asked_about(stage: Stage) -> None:
    early = PLAN.replace("30/6/2026", "20/5/2026")
    await stage.talk(
        (HANG, file(early), "đổi 1"),
        (HANG, Tap("1 Giữ như cũ"), "Giữ như cũ"),
        (HANG, Tap("Áp dụng"), "Đã áp dụng"),
    )


async def test_a_later_day_that_was_granted_stands(stage: Stage) -> None:
    await stage.talk((QUAN, "1 xin lùi đến 30/6 do chờ số liệu", "đã chuyển"))
    await stage.post()
    await stage.talk((HANG, Tap("Đồng ý gia hạn"), "hạn mới 30/6/2026"))
    await apply(stage, LATER)
    assert (await owed(stage, LEADING))[0][0] == "2026-06-30"
    assert (await owed(stage, SUPPORTING))[0][0] == "2026-06-22"


async def test_the_applied_version_is_the_plan_from_then_on(stage: Stage) -> None:
    await apply(stage, LATER)
    before = await stage.everything()
    await stage.talk((HANG, file(LATER), "không có gì thay đổi"))
    assert await stage.everything() == before
    await apply(stage, PLAN + "\n")  # the words of the first version, and so that version again
    assert (await owed(stage, LEADING))[0][0] == "2026-06-15"


async def test_a_version_that_is_let_go_leaves_nothing(stage: Stage) -> None:
    before = await stage.everything()
    await stage.talk((HANG, file(LATER), "đổi 1"), (HANG, Tap("Bỏ"), "Đã bỏ bản nháp 33/KH-UBND"))
    assert await stage.everything() == before
    await stage.talk((HANG, Press("amend:2"), "không còn nữa"), (HANG, Press("amend:1"), "không còn nữa"))
    assert await stage.everything() == before


async def test_the_same_version_waits_once_and_a_newer_one_takes_its_place(stage: Stage) -> None:
    await stage.talk((HANG, file(LATER), "22/6/2026"))
    before = await stage.everything()
    await stage.talk((HANG, file(LATER), ("22/6/2026", "[Áp dụng thay đổi]")))
    assert await stage.everything() == before
    await stage.talk((HANG, file(LATER.replace("22/6", "23/6")), "23/6/2026"))
    assert len((await stage.everything())["plan"]) == 2


async def test_a_later_version_never_goes_live_beside_its_plan(stage: Stage) -> None:
    await stage.talk((HANG, file(LATER), "đổi 1"), (HANG, Press("confirm:2"), "không có gì thay đổi"))
    assert len((await stage.everything())["assignment"]) == 7


async def test_only_the_unit_that_compiles_amends(stage: Stage) -> None:
    await stage.talk((TUYEN, file(LATER), f"do {COMPILING} tổng hợp"))
    await stage.talk((HANG, file(LATER), "đổi 1"))
    apply_, let_go = stage.button(HANG, "Áp dụng"), stage.button(HANG, "Bỏ")
    before = await stage.everything()
    await stage.talk(
        (TUYEN, Press(apply_.data), f"do {COMPILING} tổng hợp"),
        (TUYEN, Press(let_go.data), f"do {COMPILING} tổng hợp"),
        (TUYEN, file(LATER), f"do {COMPILING} tổng hợp"),
        (QUAN, Press(apply_.data), "dành cho người tổng hợp"),
    )
    assert await stage.everything() == before


async def test_a_draft_gives_way_to_its_later_version(stage: Stage) -> None:
    first = PLAN.replace("33/KH-UBND", "41/KH-UBND").replace("chè", "mật ong")
    await stage.talk(
        (HANG, file(first), "15/6/2026, 15/11/2026"),
        (HANG, file(first.replace("15/6", "22/6")), ("Đã đọc", "22/6/2026, 15/11/2026")),
        (HANG, Tap("Xác nhận"), "có hiệu lực"),
        (QUAN, "/viec", "hạn 22/6"),
    )
    assert len((await stage.everything())["plan"]) == 2


async def test_a_plan_of_another_number_amends_nothing(stage: Stage) -> None:
    plan_id = await enter(stage, LATER.replace("33/KH-UBND", "34/KH-UBND"), stage.rules.register)
    assert plan_id == 2
    assert (await owed(stage, LEADING))[0] == ("2026-06-15", "not_started")


async def test_what_comes_back_is_what_it_was_with_all_that_was_said_of_it(stage: Stage) -> None:
    await stage.talk((QUAN, "2 được 60%, còn chờ duyệt thư", "60%"))
    await apply(stage, SHORTER)
    assert ("2026-06-30", "cancelled") in await owed(stage, LEADING)
    await stage.talk((HANG, file(PLAN + " "), ("thêm 1", "↺ Giao lại", "gửi thư mời")))
    assert "0 việc mới" in (told := await stage.say(HANG, Tap("Áp dụng")))
    assert "1 việc được giao lại" in told
    assert ("2026-06-30", "in_progress") in await owed(stage, LEADING)
    await stage.talk((QUAN, "/viec", ("còn 3 việc", "thư mời", "60%")))


async def test_what_comes_back_by_another_day_is_due_then(stage: Stage) -> None:
    await stage.talk((QUAN, "2 được 60%", "60%"))
    await apply(stage, SHORTER)
    stage.clock.let_pass(minutes=1)
    assert "1 việc được giao lại" in await apply(stage, PLAN.replace("30/6/2026", "15/7/2026"))
    assert sorted(await owed(stage, LEADING)) == [
        ("2026-06-15", "not_started"),
        ("2026-07-15", "in_progress"),
        ("2026-11-15", "not_started"),
    ]
    await stage.post()
    assert "được giao lại, hạn 15/7" in words_of(stage.channel.to(QUAN)[-1])


async def test_what_was_done_before_it_was_taken_out_is_done_when_it_comes_back(stage: Stage) -> None:
    await stage.talk((QUAN, "2 xong, CV số 8/SNgV-VP", "Đã ghi"))
    await apply(stage, SHORTER)
    told = await apply(stage, PLAN + " ")
    assert "0 việc mới" in told
    assert "giao lại" not in told
    assert await owed(stage, LEADING) == [
        ("2026-06-15", "not_started"),
        ("2026-11-15", "not_started"),
        ("2026-06-30", "done"),
    ]


async def test_a_line_that_comes_back_has_its_progress(stage: Stage) -> None:
    await stage.talk((QUAN, "1.2 được 40%", "Đã ghi"))
    await apply(stage, PLAN.replace(f"{BOOKS}\n\n", ""))
    assert "Dịch sách" not in await stage.say(QUAN, "/viec 1")
    await apply(stage, PLAN + " ")
    await stage.talk((QUAN, "/viec 1", ("1.2", "Dịch sách", "40%")))


async def test_a_unit_that_comes_back_has_what_it_said(stage: Stage) -> None:
    await stage.talk((TOAN, "1 được 70%", "70%"))
    await apply(stage, PLAN.replace("2. Sở Công Thương:", "2. Sở Xây dựng:"))
    assert {state for _, state in await owed(stage, SUPPORTING)} == {"cancelled"}
    await apply(stage, PLAN + " ")
    assert await owed(stage, SUPPORTING) == [("2026-06-15", "in_progress"), ("2026-11-15", "not_started")]


async def told_to(stage: Stage, *who: Somebody) -> list[str]:
    """What the notices say that go out now, a message a person."""
    before = {somebody: len(stage.channel.to(somebody)) for somebody in who}
    await stage.post()
    return [" ".join(words_of(m) for m in stage.channel.to(somebody)[before[somebody] :]) for somebody in who]


async def test_each_unit_is_told_once_of_its_new_dates_and_of_what_is_called_off(stage: Stage) -> None:
    both = SHORTER.replace("15/6 và 15/11", "22/6 và 15/11")
    assert "Đã báo 2 đơn vị" in await apply(stage, both)
    quan, toan, lam = await told_to(stage, QUAN, TOAN, LAM)
    assert "Kế hoạch 33/KH-UBND đã được sửa đổi" in quan
    assert f"Việc của {LEADING}" in quan
    assert "Báo cáo 6 tháng đầu năm 2026: hạn mới 22/6 (hạn cũ 15/6)" in quan
    assert "gửi thư mời các đối tác" in quan
    assert quan.count("không còn phải làm") == 1
    assert "hạn mới 22/6 (hạn cũ 15/6)" in toan
    assert "không còn phải làm" not in toan
    assert lam == ""


async def test_what_is_new_in_other_words_is_not_what_was_taken_out(stage: Stage) -> None:
    await stage.talk((QUAN, "2 được 60%", "60%"))
    await apply(stage, SHORTER)
    assert "1 việc mới" in await apply(
        stage, PLAN.replace("gửi thư mời các đối tác", "gửi thiếp mời các bạn hàng")
    )
    assert len(await owed(stage, LEADING)) == 4


async def test_a_second_change_on_the_same_day_is_told_too(stage: Stage) -> None:
    await apply(stage, LATER)
    await stage.post()
    stage.clock.let_pass(minutes=5)
    await apply(stage, PLAN.replace("15/6 và 15/11", "24/6 và 15/11"))
    (quan,) = await told_to(stage, QUAN)
    assert "hạn mới 24/6 (hạn cũ 22/6)" in quan


async def test_who_has_nothing_moved_or_called_off_hears_nothing(stage: Stage) -> None:
    await apply(stage, LONGER)
    assert await told_to(stage, QUAN, TOAN) == ["", ""]


async def test_a_line_and_a_unit_that_are_let_go_are_told(stage: Stage) -> None:
    await apply(stage, PLAN.replace("2. Sở Công Thương:", "2. Sở Xây dựng:"))
    (toan,) = await told_to(stage, TOAN)
    assert toan.count("không còn phải làm") == 4
    assert "Hướng dẫn các hộ làm chè" in toan


async def test_a_change_that_is_left_out_by_a_tap_is_not_applied(stage: Stage) -> None:
    both = PLAN.replace("15/6 và 15/11", "22/6 và 15/11").replace("30/6/2026", "20/7/2026")
    await stage.talk(
        (HANG, File("moi.txt", both.encode()), ("đổi 2", "[1 Giữ như cũ]", "[2 Giữ như cũ]")),
        (HANG, Tap("2 Giữ như cũ"), ("Giữ như cũ: II.4", "đổi 1", "[Hoàn tác]")),
        (HANG, Tap("Hoàn tác"), "đổi 2"),
        (HANG, Tap("2 Giữ như cũ"), "đổi 1"),
        (TUYEN, Press("asbefore:2:~:line:9"), "chỉ người tổng hợp"),
        (HANG, Press("asbefore:2:~:line:999"), "đổi 1"),
        (HANG, Tap("Áp dụng"), "Đã áp dụng"),
        (HANG, Press("changes:2:0"), "không còn"),
    )
    assert await told_to(stage, TOAN) == [""]


async def test_what_was_taken_out_is_no_row_of_the_plan_any_more(stage: Stage) -> None:
    assert "gửi thư mời" in await stage.say(HANG, "/kehoach 1")
    await apply(stage, SHORTER)
    assert "gửi thư mời" not in await stage.say(HANG, "/kehoach 1")
