"""/nghi: days of absence in people's own words, and whoever hears meanwhile."""

from datetime import date

import pytest

from domain.organisation.absence import read_leave
from storage.common.audit_log import listing
from tests.cast import (
    HANG,
    LAM,
    LEADING,
    QUAN,
    SILENT,
    TOAN,
    Press,
    Somebody,
    Stage,
    Tap,
    words_of,
)

TODAY = date(2026, 6, 1)
"""A Monday."""
MY = Somebody("c-my", "Sùng Thị Mỷ", LEADING)


@pytest.mark.parametrize(
    ("words", "first", "last", "substitute"),
    [
        ("20/6-25/6 thay: Nguyễn A", (6, 20), (6, 25), "Nguyễn A"),
        ("20/6 – 25/6 thay Nguyễn A", (6, 20), (6, 25), "Nguyễn A"),
        ("tu 20/6 den 25/6 thay: lam", (6, 20), (6, 25), "lam"),
        ("từ 20/6 đến hết 25/6, người thay: anh Lâm", (6, 20), (6, 25), "Lâm"),
        ("20-25/6 thay đ/c Lâm", (6, 20), (6, 25), "Lâm"),
        ("20/6/2026-25/6/2026", (6, 20), (6, 25), ""),
        ("20/6", (6, 20), (6, 20), ""),
        ("đến 5/6", (6, 1), (6, 5), ""),
        ("mai thay chị Mai", (6, 2), (6, 2), "Mai"),
        ("thứ 2 tuần sau, chị Lâm nhận thay", (6, 8), (6, 8), "Lâm"),
        ("từ 8/6 đến 9/6, nhờ chị Mai nhận thay", (6, 8), (6, 9), "Mai"),
        ("nhờ anh Lâm từ 20/6 đến 22/6", (6, 20), (6, 22), "Lâm"),
        ("thay: Mai 20/6-25/6", (6, 20), (6, 25), "Mai"),
        ("tuan sau thay: My", (6, 8), (6, 12), "My"),
        ("từ mai đến thứ 6", (6, 2), (6, 5), ""),
        ("25/6-20/6", (6, 25), (6, 20), ""),
        ("1 tuần từ 20/6", (6, 20), (6, 26), ""),
        ("1 tuan tu 20/6 thay: Lâm", (6, 20), (6, 26), "Lâm"),
        ("thay: Lâm 1 tuần từ 20/6", (6, 20), (6, 26), "Lâm"),
        ("từ 20/6, 5 ngày", (6, 20), (6, 24), ""),
        ("từ mai trong 3 ngày", (6, 2), (6, 4), ""),
        ("hai tuần kể từ thứ 2 tuần sau", (6, 8), (6, 21), ""),
        ("nửa tháng từ 10/6", (6, 10), (6, 24), ""),
        ("1 tháng từ 10/6", (6, 10), (7, 9), ""),
        ("5 ngày từ ngày 20 tháng 6", (6, 20), (6, 24), ""),
        ("từ 20/6 đến 25/6 (6 ngày)", (6, 20), (6, 25), ""),
        ("thứ 2 tuần sau", (6, 8), (6, 8), ""),
        ("nghi phep tu 20/6 den 25/6", (6, 20), (6, 25), ""),
    ],
)
def test_days_are_read_as_people_write_them(
    words: str, first: tuple[int, int], last: tuple[int, int], substitute: str
) -> None:
    leave = read_leave(words, TODAY)
    assert leave.days == (date(2026, *first), date(2026, *last))
    assert leave.substitute == substitute


@pytest.mark.parametrize(
    "words", ["nghỉ ốm", "1 tuần", "2 ngày", "31/6-2/7", "thay: Lâm", "thay: Mai", "đầu tháng 7"]
)
def test_days_that_are_not_clear_are_not_guessed(words: str) -> None:
    assert read_leave(words, TODAY).days is None


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/nghi ốm", ("chưa rõ “ốm”", "/nghi 20/6-25/6 thay")),
        ("/nghi 25/6-20/6 thay: Lâm", "Ngày cuối đứng trước ngày đầu (25/6–20/6)"),
        ("/nghi 20/5-25/5 thay: Lâm", "đã qua (20/5–25/5)"),
        ("/nghi 1/6-31/7 thay: Lâm", "dài quá 60 ngày"),
        ("/nghi 20/6-25/6 thay: Páo", ("không có ai tên “Páo”", "ai nhận lời nhắc thay", "[Vũ Đình Lâm")),
        ("/nghi", ("chưa báo nghỉ", "/nghi 20/6-25/6 thay: Lâm")),
    ],
)
async def test_what_will_not_do_is_said_plainly(
    stage: Stage, typed: str, told: str | tuple[str, ...]
) -> None:
    await stage.talk((QUAN, typed, told), (QUAN, "/nghi", "chưa báo nghỉ"))


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("nghi phep tu 20/6 den 25/6", "20/6–25/6"),
        ("em xin nghỉ 1 tuần từ 20/6", "20/6–26/6"),
        ("/nghi 1 tuần từ 20/6", "20/6–26/6"),
        ("mai em nghỉ", "2/6"),
    ],
)
async def test_a_leave_is_taken_as_it_is_typed_and_who_stands_in_is_asked(
    stage: Stage, typed: str, days: str
) -> None:
    await stage.talk(
        (QUAN, typed, (f"Nghỉ {days}: ai nhận", "[Vũ Đình Lâm")),
        (QUAN, "lâm", f"nghỉ {days}"),
        (QUAN, "/nghi", (days, "thay: Vũ Đình Lâm")),
    )


async def test_work_that_waits_because_of_a_leave_is_no_leave(stage: Stage) -> None:
    told = await stage.say(QUAN, "nghỉ phép từ 20/5 nên báo cáo chưa xong")
    assert "ai nhận" not in told
    await stage.talk((QUAN, "/nghi", "chưa báo nghỉ"))


async def test_the_longest_absence_is_sixty_days(stage: Stage) -> None:
    await stage.talk((QUAN, "/nghi 1/6-30/7 thay: Lâm", "Đã ghi"))


@pytest.mark.parametrize("who", [HANG, Somebody("c-x", "Ai Đó")])
async def test_it_is_for_officers_alone(stage: Stage, who: Somebody) -> None:
    assert "Đã ghi" not in await stage.say(who, "/nghi 20/6-25/6 thay: Lâm")


async def test_who_has_no_colleague_here_is_told_so(stage: Stage) -> None:
    await stage.talk((TOAN, "/nghi 20/6-25/6 thay: Lâm", "chưa có ai khác"), (TOAN, "/nghi", "chưa báo nghỉ"))


@pytest.mark.parametrize(
    "answer", [Tap("Vũ Đình Lâm"), "lam", "đình lâm", Press("standin:3"), "Vũ Đình Lâm, Sở Ngoại vụ"]
)
async def test_the_substitute_is_asked_for_where_none_is_named(
    stage: Stage, answer: str | Tap | Press
) -> None:
    await stage.joins(MY)
    await stage.talk(
        (QUAN, "/absence 20/6-25/6", ("Nghỉ 20/6–25/6: ai nhận", "[Vũ Đình Lâm", "[Sùng Thị Mỷ")),
        (QUAN, answer, ("nghỉ 20/6–25/6", "Vũ Đình Lâm nhận lời nhắc thay")),
        (QUAN, "/nghi", ("20/6–25/6, thay: Vũ Đình Lâm", "[Không nghỉ nữa: 20/6–25/6]")),
    )


async def test_a_name_that_fits_two_is_asked_about_and_a_whole_one_is_not(stage: Stage) -> None:
    await stage.joins(Somebody("c-lam2", "Bùi Lâm", LEADING))
    await stage.talk(
        (QUAN, "/nghi mai thay: lâm", ("[Vũ Đình Lâm", "[Bùi Lâm,")),
        (QUAN, "vũ", "Vũ Đình Lâm nhận lời nhắc thay"),
        (LAM, "/nghi mai thay: Trần Minh Quân", ("Trần Minh Quân nhận", "cũng có ngày nghỉ")),
    )


async def test_the_question_lets_updates_through_and_does_not_take_a_stranger(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "/nghi 20/6", "ai nhận"),
        (QUAN, "Páo", ("không có ai tên “Páo”", "ai nhận")),
        (QUAN, Press("standin:4"), "Nút này đã cũ"),
    )
    await stage.talk((QUAN, "/nghi 20/6", "ai nhận"), (QUAN, "1.1 được 30%", "Đã ghi việc 1.1"))
    await stage.talk((QUAN, Press("standin:3"), "Nút này đã cũ"), (QUAN, "/nghi", "chưa báo nghỉ"))


async def test_days_overlap_nothing_that_is_noted(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "/nghi 20/6-25/6 thay: lâm", "Đã ghi"),
        (QUAN, "/nghi 25/6-30/6 thay: lâm", "đã báo nghỉ 20/6–25/6"),
        (QUAN, "/nghi 26/6 thay: lâm", "nghỉ 26/6"),
        (QUAN, "/nghi", ("20/6–25/6", "26/6, thay")),
        (QUAN, Tap("Không nghỉ nữa: 20/6"), "Đã bỏ lần nghỉ 20/6–25/6"),
        (QUAN, "/nghi 25/6 thay: lâm", "Đã ghi"),
        (QUAN, Press("unaway:1"), "đã qua hoặc đã bỏ"),
        (LAM, Press("unaway:2"), "đã qua hoặc đã bỏ"),
    )
    async with stage.database.reading() as conn:
        noted = [
            (audit_line.what, audit_line.about)
            for audit_line in await listing(conn)
            if audit_line.what in ("absence", "present")
        ]
    assert noted[0] == ("absence", "person 2, 2026-06-20 to 2026-06-25, by person 3")
    assert [what for what, _ in noted] == ["absence", "absence", "present", "absence"]


# ---- who hears meanwhile; the report of 15/6 rings on 4/6 (early), 10/6, 12/6 and 15/6


async def rings(stage: Stage, day: str) -> dict[str, str]:
    """What is asked on a morning, by phone; digests and notices aside."""
    sent = [(one.chat, words_of(one.message)) for one in await stage.nudged(f"2026-06-{day} 09:00")]
    return {chat: words for chat, words in sent if "Trả lời một dòng" in words}


async def test_the_substitute_hears_on_those_days_and_the_absent_one_nothing(stage: Stage) -> None:
    await stage.talk((QUAN, "/nghi 10/6-12/6 thay: lâm", "Đã ghi"))
    await stage.post()
    assert f"{QUAN.name} nghỉ 10/6–12/6" in words_of(stage.channel.to(LAM)[-1])
    assert QUAN.chat in await rings(stage, "04")
    for day in ("10", "12"):
        told = await rings(stage, day)
        assert QUAN.chat not in told
        assert told[LAM.chat].startswith(f"Thay anh/chị {QUAN.name} (nghỉ đến hết 12/6)\n")
        assert f"{LEADING} có" in told[LAM.chat]
    await stage.talk((LAM, "1.1 được 30%", "Đã ghi việc 1.1"))
    told = await rings(stage, "15")
    assert QUAN.chat in told
    assert "Thay anh/chị" not in told[LAM.chat]


async def test_a_substitute_who_hears_anyway_gets_one_message(stage: Stage) -> None:
    await stage.joins(MY)
    await stage.talk((QUAN, "/nghi 10/6 thay: mỷ", "Đã ghi"))
    await stage.nudged("2026-06-02 09:00")
    sent = await stage.nudged("2026-06-10 09:00")
    assert [one.chat for one in sent].count(MY.chat) == 1
    assert QUAN.chat not in {one.chat for one in sent}


async def test_the_one_who_was_chosen_hears_and_not_another_leader(stage: Stage) -> None:
    second = Somebody("c-hai", "Cao Thị Hai", LEADING, "leader")
    await stage.joins(second)
    await stage.talk((QUAN, "/nghi 3/6-5/6 thay: hai", "Đã ghi"))
    told = await rings(stage, "04")
    assert second.chat in told
    assert not {QUAN.chat, LAM.chat} & set(told)


async def test_where_the_substitute_is_away_too_the_leader_hears_else_the_absent_one(stage: Stage) -> None:
    await stage.joins(MY)
    await stage.nudged("2026-06-02 09:00")
    await stage.talk(
        (QUAN, "/nghi 3/6-12/6 thay: mỷ", "Đã ghi"),
        (MY, "/nghi 3/6-12/6 thay: quân", ("Đã ghi", "cũng có ngày nghỉ")),
    )
    told = await rings(stage, "04")
    assert LAM.chat in told
    assert "Thay anh/chị" in told[LAM.chat]
    assert not {QUAN.chat, MY.chat} & set(told)
    await stage.talk((LAM, "/nghi 10/6 thay: mỷ", "Đã ghi"))
    assert {QUAN.chat, MY.chat} <= set(await rings(stage, "10"))
    assert not {QUAN.chat, MY.chat} & set(await rings(stage, "12"))


async def test_where_the_substitute_has_left_the_leader_hears(stage: Stage) -> None:
    await stage.joins(MY)
    await stage.nudged("2026-06-02 09:00")
    await stage.talk((QUAN, "/nghi 3/6-12/6 thay: mỷ", "Đã ghi"), (MY, "/thoi", "thôi phụ trách"))
    await stage.hear(MY, Tap("Thôi phụ trách"))
    told = await rings(stage, "04")
    assert LAM.chat in told
    assert not {QUAN.chat, MY.chat} & set(told)


async def test_a_message_that_waits_on_the_first_day_goes_to_the_substitute(stage: Stage) -> None:
    """The sweep has been, the message is not out yet; then the answer that somebody is away."""
    stage.clock.set("2026-06-10 09:00")
    await stage.program.nudger.sweep()
    await stage.talk((QUAN, "/nghi hôm nay thay: lâm", "Đã ghi"))
    await stage.post()
    assert any("Thay anh/chị" in words_of(delivered) for delivered in stage.channel.to(LAM))
    assert not any("có 2 việc" in words_of(delivered) for delivered in stage.channel.to(QUAN))


async def test_a_message_that_could_not_go_out_is_heard_by_who_hears_the_next_day(stage: Stage) -> None:
    stage.clock.set("2026-06-10 16:50")
    await stage.program.nudger.sweep()
    await stage.talk((QUAN, "/nghi 11/6 thay: lâm", "Đã ghi"))
    told = await rings(stage, "11")
    assert "Thay anh/chị" in told[LAM.chat]
    assert QUAN.chat not in told


async def test_decisions_still_reach_the_absent_one(stage: Stage) -> None:
    await stage.talk((QUAN, "1 xin lùi đến 30/6 do chờ số liệu", "đã chuyển"))
    await stage.talk((QUAN, "/nghi 2/6-5/6 thay: lâm", "Đã ghi"))
    await stage.post()
    stage.clock.set("2026-06-03 09:00")
    await stage.talk((HANG, Tap("Đồng ý gia hạn"), "Đã đồng ý"))
    await stage.post()
    assert "đồng ý" in words_of(stage.channel.to(QUAN)[-1])


async def test_who_takes_it_back_hears_again_and_the_substitute_is_told(stage: Stage) -> None:
    await stage.talk((QUAN, "/nghi 3/6-12/6 thay: lâm", "Đã ghi"), (QUAN, "/nghi", "thay"))
    await stage.talk((QUAN, Tap("Không nghỉ nữa"), "lời nhắc lại đến anh/chị"))
    await stage.post()
    assert "không nghỉ 3/6–12/6 nữa" in words_of(stage.channel.to(LAM)[-1])
    told = await rings(stage, "04")
    assert QUAN.chat in told
    assert LAM.chat not in told


async def test_the_absence_of_one_unit_touches_no_other(stage: Stage) -> None:
    await stage.talk((QUAN, "/nghi 3/6-12/6 thay: lâm", "Đã ghi"))
    assert TOAN.chat in await rings(stage, "04")
    assert SILENT not in words_of(stage.channel.to(LAM)[-1])


async def test_leave_cancelled_and_taken_again_the_same_day_is_told_each_time(stage: Stage) -> None:
    for _ in range(2):
        await stage.talk((QUAN, "/nghi 20/6-25/6 thay: lâm", "Đã ghi"), (QUAN, "/nghi", "20/6–25/6"))
        await stage.talk((QUAN, Tap("Không nghỉ nữa: 20/6"), "Đã bỏ lần nghỉ 20/6–25/6"))
    await stage.post()
    told = [words_of(delivered) for delivered in stage.channel.to(LAM) if "20/6–25/6" in words_of(delivered)]
    assert len(told) == 4


@pytest.mark.parametrize(
    "said", ["tôi đi công tác từ 8/6 đến 10/6", "toi di cong tac tu 8/6 den 10/6", "8/6-10/6 em đi vắng"]
)
async def test_leave_told_in_words_is_taken_as_typed_after_the_command(stage: Stage, said: str) -> None:
    before = await stage.everything()
    await stage.talk((QUAN, said, ("8/6–10/6", "thay")))
    assert await stage.everything() == before


async def test_the_substitute_may_stand_in_the_same_line(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "tôi đi công tác từ 8/6 đến 10/6, nhờ anh Lâm thay", ("8/6–10/6", "Lâm")),
        (QUAN, "/nghi", ("8/6–10/6", "Lâm")),
    )


async def test_a_title_before_the_name_is_no_part_of_it(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "/nghi 8/6-10/6", "ai nhận lời nhắc thay"), (QUAN, "anh Lâm", ("8/6–10/6", "Vũ Đình Lâm"))
    )


async def test_other_days_are_no_name(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "tôi đi công tác từ 8/6 đến 10/6", "8/6–10/6"),
        (QUAN, "nghi phep tu 20/6 den 25/6", "Nghỉ 20/6–25/6"),
    )
