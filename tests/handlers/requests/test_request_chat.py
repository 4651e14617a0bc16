"""/yeucau: an ad hoc report, asked in one line or in steps; its answers, its roll-call, its end."""

import pytest

from storage.organisation import unit_store
from tests.cast import (
    HANG,
    LAM,
    LEADING,
    QUAN,
    SILENT,
    SUPPORTING,
    TOAN,
    TUYEN,
    Answering,
    Press,
    Stage,
    Tap,
    words_of,
)

LINE = "15h hôm nay Sở Ngoại vụ, Sở Công Thương, Sở Y tế: báo cáo số đoàn khách bị ảnh hưởng do bão"


async def asks(stage: Stage, line: str = LINE) -> None:
    """Hằng sends a request, and the phones ring."""
    await stage.hear(HANG, f"/yeucau {line}")
    await stage.hear(HANG, Tap("Gửi yêu cầu"))
    await stage.post()


async def rows(stage: Stage, sql: str) -> list[tuple[object, ...]]:
    async with stage.database.reading() as conn:
        return [tuple(row) for row in await conn.exec_driver_sql(sql)]


OWED = (
    "SELECT unit.name, state, due_on FROM assignment JOIN unit ON unit.id = unit_id"
    " WHERE request_id IS NOT NULL ORDER BY assignment.id"
)


# ---- asking


async def test_one_line_is_shown_before_anything_goes_out(stage: Stage) -> None:
    await stage.talk(
        (
            HANG,
            f"/yeucau {LINE}",
            (
                "Yêu cầu báo cáo: báo cáo số đoàn khách bị ảnh hưởng do bão",
                "Hạn: 15:00 hôm nay",
                "Gửi 3 đơn vị, 3 người nhận được: Sở Ngoại vụ, Sở Công Thương, Sở Y tế",
                "Chưa có ai trên kênh này (1): Sở Y tế",
                "[Gửi yêu cầu] [Không gửi]",
            ),
        )
    )
    await stage.post()
    assert not stage.channel.to(QUAN)
    assert await rows(stage, "SELECT id FROM request") == []


async def test_confirmed_it_is_owed_by_each_unit_and_told_at_once(stage: Stage) -> None:
    await stage.hear(HANG, f"/yeucau {LINE}")
    await stage.talk((HANG, "gửi yêu cầu", ("3 đơn vị, 3 người", "hạn 15:00 hôm nay")))
    await stage.post()
    assert await rows(stage, OWED) == [
        (name, "not_started", "2026-06-01") for name in (LEADING, SUPPORTING, SILENT)
    ]
    for who, unit in ((QUAN, LEADING), (LAM, LEADING), (TOAN, SUPPORTING)):
        (message,) = stage.channel.to(who)[-1:]
        told = words_of(message)
        assert f"đề nghị {unit} báo cáo trước 15:00 hôm nay" in told
        assert "1. báo cáo số đoàn khách bị ảnh hưởng do bão" in told
        assert "[1 Đã xong]" in told
    assert len(stage.channel.to(QUAN)) == 1


async def test_step_by_step_each_thing_is_asked_for_once(stage: Stage) -> None:
    await stage.talk(
        (HANG, "/yeucau", ("đơn vị nào", "[Không gửi]")),
        (HANG, "Sở Ngoại vụ và SCT", "nội dung gì"),
        (HANG, "Danh sách khách mời từ 1/6 đến 10/6", "Hạn khi nào"),
        (HANG, "lúc nào cũng được", ("chưa rõ", "lúc nào cũng được", "Hạn khi nào")),
        (HANG, "08:00", ("08:00 hôm nay đã qua", "Hạn khi nào")),
        (HANG, "16h30 mai", ("Danh sách khách mời từ 1/6 đến 10/6", "16:30 ngày 2/6", "Gửi 2 đơn vị")),
        (HANG, Tap("Gửi yêu cầu"), "2 đơn vị, 2 người"),
    )
    assert [row[0] for row in await rows(stage, OWED)] == [LEADING, SUPPORTING]


async def test_before_it_is_sent_the_hour_and_the_units_may_be_changed(stage: Stage) -> None:
    await stage.talk(
        (HANG, f"/yeucau {LINE}", "15:00 hôm nay"),
        (HANG, "trong 2 giờ", "Hạn: 11:00 hôm nay"),
        (HANG, "Sở Công Thương", ("Gửi 1 đơn vị, 1 người", "số đoàn khách", "11:00 hôm nay")),
        (HANG, "mấy đơn vị kia", ("chưa rõ", "mấy")),
        (HANG, Tap("Gửi yêu cầu"), "1 đơn vị, 1 người"),
    )


async def test_all_units_of_the_plan_are_meant_without_the_askers_own(stage: Stage) -> None:
    await stage.talk(
        (HANG, "/yeucau các đơn vị báo cáo tiến độ trước 16h", ("Gửi 3 đơn vị", LEADING, SUPPORTING, SILENT)),
        (HANG, Tap("Không gửi"), "không gửi gì"),
        (
            HANG,
            "/yeucau kế hoạch 33/KH-UBND: báo cáo khó khăn, hạn 20/6",
            ("Gửi 3 đơn vị", "17:00 ngày 20/6"),
        ),
    )


async def test_communes_are_asked_as_a_group(stage: Stage) -> None:
    await communes(stage)
    await stage.talk(
        (HANG, "/yeucau 15h các xã: báo cáo số hộ thiệt hại", ("Gửi 2 đơn vị", "UBND xã Suối Hương")),
        (HANG, "/yeucau 15h các xã, phường: báo cáo", "Gửi 3 đơn vị"),
        (HANG, "/yeucau 15h xã Suối Hương: báo cáo", ("Gửi 1 đơn vị", "UBND xã Suối Hương")),
    )


async def communes(stage: Stage) -> None:
    from domain.organisation.register import Unit

    async with stage.database.writing() as conn:
        names = ("UBND xã Suối Hương", "UBND xã Nà Lau", "UBND phường Hà Khê")
        await unit_store.save(conn, [Unit(name, tags=frozenset({"ubnd-xa"})) for name in names])


async def test_an_unknown_unit_is_asked_about_and_the_rest_is_kept(stage: Stage) -> None:
    await stage.talk(
        (HANG, "/yeucau 15h Sở Khí tượng: báo cáo mưa", ("chưa rõ", "Khí tượng", "đơn vị nào")),
        (HANG, "Sở Công Thương", ("báo cáo mưa", "15:00 hôm nay", "Gửi 1 đơn vị")),
    )


async def test_out_of_hours_it_still_goes_out_at_once_and_says_so(stage: Stage) -> None:
    stage.clock.set("2026-06-06 22:00")  # a Saturday night
    await stage.talk(
        (HANG, "/yeucau 6h mai Sở Công Thương: báo cáo ngập úng", ("tin vẫn đi ngay", "ngày nghỉ"))
    )
    await stage.hear(HANG, Tap("Gửi yêu cầu"))
    await stage.post()
    assert "ngập úng" in words_of(stage.channel.to(TOAN)[-1])


async def test_only_coordinators_ask(stage: Stage) -> None:
    await stage.talk(
        (QUAN, f"/yeucau {LINE}", "dành cho người tổng hợp"),
        (QUAN, Press("request:send"), "dành cho người tổng hợp"),
        (HANG, Press("request:send"), "Nút này đã cũ"),
    )


async def test_a_second_tap_sends_nothing_more(stage: Stage) -> None:
    await stage.hear(HANG, f"/yeucau {LINE}")
    await stage.hear(HANG, Tap("Gửi yêu cầu"))
    await stage.talk((HANG, Tap("Gửi yêu cầu"), "Nút này đã cũ"))
    assert len(await rows(stage, "SELECT id FROM request")) == 1


# ---- answering


@pytest.mark.parametrize(
    "said",
    [
        "3 đoàn bị ảnh hưởng, 2 đoàn hoãn",
        "1 bị thương, 2 đoàn hoãn",
        "2 đoàn",
        "hai đoàn bạn đã hoãn chuyến đi",
    ],
)
async def test_whatever_a_unit_writes_is_its_answer_word_for_word(stage: Stage, said: str) -> None:
    await asks(stage)
    await stage.talk((QUAN, said, ("Đã ghi việc 1", "hoàn thành")))
    assert (LEADING, "done", "2026-06-01") in await rows(stage, OWED)
    await stage.talk((HANG, "/yeucau", "1/3 sở đã báo cáo"), (HANG, Tap("1 Kết quả"), f"- {LEADING}: {said}"))


@pytest.mark.parametrize(
    ("said", "state"), [("không phát sinh", "nil"), ("1 xong", "done"), ("1. không có", "nil")]
)
async def test_nothing_to_report_and_a_bare_number_are_answers_too(
    stage: Stage, said: str, state: str
) -> None:
    await asks(stage)
    await stage.talk((QUAN, said, "Đã ghi việc 1"))
    assert await rows(stage, "SELECT state FROM progress") == [(state,)]
    assert (LEADING, "done", "2026-06-01") in await rows(stage, OWED)


@pytest.mark.parametrize("said", ["ok em", "báo cáo theo mẫu nào ạ?", "cảm ơn anh"])
async def test_questions_and_courtesies_are_no_answer(stage: Stage, said: str) -> None:
    await asks(stage)
    await stage.hear(QUAN, said)
    assert (LEADING, "not_started", "2026-06-01") in await rows(stage, OWED)


async def test_a_word_on_another_number_is_no_answer(stage: Stage) -> None:
    await asks(stage)
    await stage.talk((QUAN, "2 xong", "Không có việc số 2"))
    assert (LEADING, "not_started", "2026-06-01") in await rows(stage, OWED)


async def test_work_that_goes_on_stays_open_and_shows_in_the_roll_call(stage: Stage) -> None:
    await asks(stage)
    await stage.hear(QUAN, "đang rà soát")
    assert (LEADING, "in_progress", "2026-06-01") in await rows(stage, OWED)
    await stage.talk(
        (HANG, "/yeucau", "0/3 sở"),
        (HANG, Tap("1 Chưa báo cáo"), (f"{LEADING} · Trần Minh Quân", "đang rà soát")),
    )


async def test_an_answer_to_the_message_itself_is_understood_later_too(stage: Stage) -> None:
    await asks(stage)
    await stage.hear(QUAN, "/viec")
    await stage.talk((QUAN, Answering("đề nghị Sở Ngoại vụ", "4 đoàn hoãn"), "hoàn thành"))
    assert (LEADING, "done", "2026-06-01") in await rows(stage, OWED)


async def test_among_other_work_it_is_asked_what_is_meant(stage: Stage) -> None:
    await stage.nudged("2026-06-15 08:00")
    stage.clock.set("2026-06-15 09:00")
    await asks(stage)
    await stage.hear(QUAN, "/viec")
    (asked,) = await stage.hear(QUAN, "4 đoàn hoãn")
    assert "việc nào" in words_of(asked)
    (choice,) = [button for row in asked.choices for button in row if "số đoàn khách" in button.label]
    await stage.talk((QUAN, Press(choice.data), "hoàn thành"))
    assert (LEADING, "done", "2026-06-15") in await rows(stage, OWED)


async def test_the_list_of_a_unit_shows_it_with_its_hour(stage: Stage) -> None:
    await asks(stage)
    told = await stage.say(QUAN, "/viec")
    assert "Yêu cầu đột xuất" in told
    assert "báo cáo số đoàn khách bị ảnh hưởng do bão · hạn 15:00 ngày 1/6, hôm nay" in told


# ---- reminders


async def test_who_has_not_answered_is_reminded_two_hours_before_the_hour(stage: Stage) -> None:
    await asks(stage)
    await stage.hear(QUAN, "3 đoàn")
    await stage.nudged("2026-06-01 11:28")
    sent = await stage.nudged("2026-06-01 11:29")  # 13:00 lies in the noon break
    assert [one.chat for one in sent] == [TOAN.chat]
    assert "Sắp đến hạn 15:00 hôm nay" in words_of(sent[0].message)
    assert await stage.nudged("2026-06-01 14:00") == []
    await stage.talk((TOAN, "không có", "Đã ghi việc 1"))


async def test_the_day_after_what_is_late_comes_with_the_days_message(stage: Stage) -> None:
    await asks(stage)
    await stage.nudged("2026-06-01 15:30")
    sent = [one for one in await stage.nudged("2026-06-02 08:00") if one.chat == TOAN.chat]
    assert ["số đoàn khách" in words_of(delivered.message) for delivered in sent] == [True]


# ---- the roll-call


async def test_the_roll_call_counts_and_tells_who_was_late(stage: Stage) -> None:
    await asks(stage)
    stage.clock.set("2026-06-01 14:00")
    await stage.hear(QUAN, "3 đoàn")
    stage.clock.set("2026-06-01 16:20")
    await stage.hear(TOAN, "không có")
    await stage.talk(
        (
            HANG,
            "/yeucau",
            ("1. báo cáo số đoàn khách", "2/3 sở đã báo cáo", "hạn 15:00 hôm nay", "quá giờ 2"),
        ),
        (
            HANG,
            Tap("1 Kết quả"),
            (
                f"- {LEADING}: 3 đoàn",
                f"- {SUPPORTING}: không có (gửi 16:20 hôm nay)",
                f"Chưa báo cáo (1): {SILENT}",
            ),
        ),
        (HANG, "1 chưa báo cáo", (f"{SILENT} · chưa có đầu mối", "[1 Nhắc]")),
        (HANG, "1 kết quả", f"- {LEADING}: 3 đoàn"),
    )


async def test_the_rest_can_be_nudged(stage: Stage) -> None:
    await asks(stage)
    await stage.hear(QUAN, "3 đoàn")
    before = len(stage.channel.to(TOAN)), len(stage.channel.to(QUAN))
    await stage.talk(
        (HANG, "/yeucau", "[1 Nhắc]"),
        (HANG, Tap("1 Nhắc"), ("số đoàn khách", "2 đơn vị, 1 người nhận")),
        (HANG, Tap("Gửi 1 người"), "1 người"),
    )
    await stage.post()
    assert (len(stage.channel.to(TOAN)), len(stage.channel.to(QUAN))) == (before[0] + 1, before[1])


async def test_closing_calls_off_what_is_open_and_tells_those_who_were_asked(stage: Stage) -> None:
    await asks(stage)
    await stage.hear(QUAN, "3 đoàn")
    await stage.talk(
        (HANG, "/yeucau", "[1 Đóng]"),
        (HANG, Tap("1 Đóng"), ("2 đơn vị chưa báo cáo", "[Đóng yêu cầu] [Chưa đóng]")),
        (HANG, "đóng yêu cầu", "2 đơn vị không còn phải báo cáo"),
        (HANG, "/yeucau", "đơn vị nào"),
    )
    before = len(stage.channel.to(QUAN))
    await stage.post()
    assert "không phải báo cáo nội dung này nữa" in words_of(stage.channel.to(TOAN)[-1])
    assert len(stage.channel.to(QUAN)) == before
    assert [row[1] for row in await rows(stage, OWED)] == ["done", "cancelled", "cancelled"]
    sent = await stage.nudged("2026-06-02 08:00")
    assert not [delivered for delivered in sent if "số đoàn khách" in words_of(delivered.message)]
    await stage.talk((TOAN, "3 đoàn", "chưa rõ"))


async def test_where_all_have_answered_it_closes_at_once(stage: Stage) -> None:
    await asks(stage, "15h Sở Công Thương: báo cáo")
    await stage.hear(TOAN, "đủ cả, 3 chợ mở cửa")
    await stage.talk(
        (HANG, "/yeucau", ("1/1 sở đã báo cáo", "[1 Kết quả] [1 Đóng]")),
        (HANG, Tap("1 Đóng"), "tất cả đã báo cáo"),
    )


async def test_other_coordinators_see_nothing_of_it(stage: Stage) -> None:
    await asks(stage)
    (asked,) = await rows(stage, "SELECT id FROM request")
    await stage.talk((TUYEN, "/yeucau", "đơn vị nào"))
    for verb in ("missing", "answers", "close", "closed"):
        await stage.talk((TUYEN, Press(f"{verb}:{asked[0]}"), "Nút này đã cũ"))
    assert await rows(stage, "SELECT closed_at FROM request") == [(None,)]


async def test_the_status_points_to_what_runs(stage: Stage) -> None:
    assert "/yeucau" not in await stage.say(HANG, "/tinhhinh")
    await asks(stage)
    await stage.talk((HANG, "/tinhhinh", "Yêu cầu đột xuất đang mở: 1 · /yeucau"))


async def test_a_request_that_reaches_nobody_says_whom_to_phone(stage: Stage) -> None:
    await stage.hear(HANG, f"/yeucau 15h hôm nay {SILENT}: báo cáo số ca")
    told = await stage.say(HANG, Tap("Gửi yêu cầu"))
    assert "Đã gửi" not in told
    for words in ("không nhắn được cho ai", "gọi điện", f"{SILENT}: chưa có ai"):
        assert words in told
    assert len(await rows(stage, OWED)) == 1


async def test_a_request_to_a_unit_that_is_not_ones_own_shows_nobody_of_it(stage: Stage) -> None:
    """Tuyên compiles no plan: the people of a unit that he asks are named to its coordinator alone."""
    await stage.talk(
        (TUYEN, f"/yeucau 15h hôm nay {LEADING}: báo cáo số hộ", "Gửi 1 đơn vị"),
        (TUYEN, Tap("Gửi"), "Đã gửi"),
    )
    said = [await stage.say(TUYEN, text) for text in ("/yeucau", f"ai phụ trách {LEADING}", "/nhac")]
    said += [await stage.say(TUYEN, Press(data)) for data in ("missing:1", "nudge:request:1")]
    assert "1 người nhận được" in said[-2]
    assert "người nhận được" in said[-1]
    for who in (QUAN, LAM):
        assert not any(who.name in words for words in said)
    await stage.talk((HANG, f"/yeucau 15h hôm nay {LEADING}: báo cáo số hộ", "Gửi 1 đơn vị"))
    await stage.talk((HANG, Tap("Gửi"), "Đã gửi"), (HANG, Press("missing:2"), QUAN.name))


# ---- the roll is called, or answered, in words


@pytest.mark.parametrize("said", ["điểm danh", "em xin điểm danh ạ", "có mặt"])
async def test_a_word_of_presence_answers_the_request_that_waits(stage: Stage, said: str) -> None:
    await asks(stage, "15h hôm nay Sở Ngoại vụ, Sở Công Thương: điểm danh đầu mối trực bão")
    await stage.talk((QUAN, "/viec", "điểm danh đầu mối"), (QUAN, said, ("Đã ghi việc", "điểm danh đầu mối")))
    assert (LEADING, "done") in [row[:2] for row in await rows(stage, OWED)]


async def test_where_no_request_waits_a_word_of_presence_is_told_so(stage: Stage) -> None:
    before = await stage.everything()
    await stage.talk((QUAN, "điểm danh", "không có yêu cầu nào điểm danh"))
    assert await stage.everything() == before


async def test_a_coordinator_calls_the_roll_in_words(stage: Stage) -> None:
    await stage.talk((HANG, "điểm danh", "không có yêu cầu nào đang điểm danh"))
    await asks(stage)
    await stage.talk((HANG, "điểm danh", ("0/3", "15:00")), (HANG, "đơn vị nào chưa điểm danh", "0/3"))
