"""What people say beside their work is answered for what it is, and recorded nowhere."""

import pytest

from tests.cast import COMPILING, HANG, LAM, LEADING, QUAN, SILENT, STRANGER, TUYEN, Somebody, Stage, Tap

NEW = Somebody("c-moi", "Tẩn A Sử", LEADING)


@pytest.mark.parametrize(
    ("who", "said", "expected"),
    [
        (QUAN, "xin chào", (f"Chào anh/chị {QUAN.name}", "/viec")),
        (QUAN, "cảm ơn em", "cảm ơn anh/chị"),
        (QUAN, "hạn là ngày nào?", (LEADING, "còn 3 việc")),
        (QUAN, "1 hạn là bao giờ?", ("1. Báo cáo 6 tháng", "hạn 15/6")),
        (QUAN, "2", "2. Chủ trì gửi thư mời"),
        (QUAN, "12", "Không có việc số 12"),
        (QUAN, "em không biết dùng", "giúp được gì"),
        (QUAN, "ai là đơn vị tổng hợp?", (QUAN.name, LAM.name, COMPILING, HANG.name)),
        (QUAN, "đừng nhắc nữa", ("thông cảm", "/nghi", "/bangiao", "/thoi")),
        (QUAN, "ghi nhầm rồi", ("Hoàn tác", "sửa 1")),
        (QUAN, "tôi chuyển công tác rồi", ("Bàn giao", LEADING)),
        (QUAN, "mai em xin nghỉ", "/nghi"),
        (HANG, "chào em", (HANG.name, "/tinhhinh")),
        (HANG, "ok", "cảm ơn anh/chị"),
        (HANG, "ai chưa báo cáo?", "Chưa hoàn thành"),
        (HANG, "ai chưa có đầu mối?", ("Cần gọi điện", SILENT, "/bangiao")),
        (HANG, f"cấp mã cho {SILENT}", ("chưa có đầu mối", "[Lấy mã]")),
        (HANG, "1 xong", ("chưa rõ “1 xong”", "/tinhhinh", "/trogiup")),
        (HANG, "không đồng ý", "Không có đề nghị"),
        (TUYEN, "ai chưa có đầu mối?", "chưa rõ"),
    ],
)
async def test_a_question_is_answered_and_nothing_is_recorded(
    stage: Stage, who: Somebody, said: str, expected: tuple[str, ...] | str
) -> None:
    before = await stage.everything()
    await stage.talk((who, said, expected))
    assert await stage.everything() == before


async def test_a_greeting_is_not_taken_for_having_seen_a_nudge(stage: Stage) -> None:
    await stage.nudged("2026-06-04 08:00")
    await stage.talk((QUAN, "xin chào", QUAN.name))
    async with stage.database.reading() as conn:
        seen = await conn.exec_driver_sql("SELECT count(*) FROM audit WHERE what = 'seen'")
        assert seen.scalar_one() == 0


async def test_a_stranger_s_question_is_a_stranger_s(stage: Stage) -> None:
    for said in ("ai phụ trách mục 1?", "hạn bao giờ?", "cấp mã cho tôi", "ai chưa có đầu mối"):
        await stage.talk((STRANGER, said, "mã tham gia"))


async def test_a_bare_number_answers_the_request_that_asks_for_one(stage: Stage) -> None:
    await stage.talk((HANG, f"/yeucau {LEADING}: số hộ thiệt hại, hạn 20/6", "Gửi 1 đơn vị"))
    await stage.talk((HANG, Tap("Gửi yêu cầu"), "Đã gửi"))
    await stage.post()
    assert "Không có việc" not in await stage.say(QUAN, "37")


@pytest.mark.parametrize(
    ("who", "said", "expected"),
    [
        (QUAN, "tổng hợp", "Tổng hợp kết quả"),
        (QUAN, "/tổng hợp", "Tổng hợp kết quả"),
        (HANG, "tổng hợp 6 tháng đầu năm", "6 tháng đầu năm 2026"),
        (HANG, "/tổng hợp 6 tháng đầu năm", "6 tháng đầu năm 2026"),
        (HANG, "kế hoạch", "Kế hoạch của anh/chị"),
        (HANG, "kế hoạch 1", "dòng 1"),
        (HANG, f"nhắc {LEADING}", ("Nhắc:", QUAN.name)),
        (HANG, "yêu cầu", "gửi đến đơn vị nào"),
        (QUAN, "cập nhật", "Gõ số việc"),
        (QUAN, "/cập nhật 1 được 30%", "Đã ghi"),
        (QUAN, "/viec2", "2. Chủ trì gửi thư mời"),
        (QUAN, "/2 được 30%", "Đã ghi việc 2"),
        (QUAN, "tổng hợp báo chí xong", "việc nào"),
        (QUAN, "bắt đầu", QUAN.name),
    ],
)
async def test_a_command_may_be_typed_as_the_words_that_it_is_made_of(
    stage: Stage, who: Somebody, said: str, expected: tuple[str, ...] | str
) -> None:
    await stage.talk((who, said, expected))


@pytest.mark.parametrize("form", ["{}", "mã {}", "Mã: {}", "/{}", "bắt đầu {}", "/start{}"])
async def test_a_newcomer_may_type_the_code_alone(stage: Stage, form: str) -> None:
    code = await stage.code(LEADING, "focal")
    for shown in (code, code.lower(), code.replace("-", ""), code.replace("-", " ")):
        await stage.talk((NEW, form.format(shown), ("có đồng ý không", LEADING)))


async def test_a_second_code_is_taken_as_it_is_printed(stage: Stage) -> None:
    await stage.talk((QUAN, await stage.code(SILENT, "focal"), ("Cảm ơn", SILENT)))


@pytest.mark.parametrize("yes", ["đồng ý nhé", "Dạ đồng ý ạ", "vâng, em đồng ý", "có ạ"])
async def test_consent_may_be_polite(stage: Stage, yes: str) -> None:
    await stage.talk(
        (NEW, f"/start {await stage.code(LEADING, 'focal')}", "có đồng ý không"),
        (NEW, "là sao?", "Chưa lưu gì"),
        (NEW, yes, NEW.name),
    )


@pytest.mark.parametrize("other", ["vâng", "ok", "chưa đồng ý", "đồng ý làm gì?"])
async def test_politeness_alone_is_no_consent(stage: Stage, other: str) -> None:
    await stage.talk(
        (NEW, f"/start {await stage.code(LEADING, 'focal')}", "có đồng ý không"), (NEW, other, "Chưa lưu gì")
    )


async def test_the_help_of_who_reports_nothing_shows_no_progress(stage: Stage) -> None:
    assert "1 xong" in await stage.say(QUAN, "/trogiup")
    assert "1 xong" not in await stage.say(HANG, "/trogiup")


async def test_the_list_to_phone_has_every_unit_that_still_owes_something(stage: Stage) -> None:
    """Sở Y tế has work with nobody in the seat; done up to the next date, it still has later work."""
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql(
            "UPDATE assignment SET state = 'done' WHERE due_on < '2026-07-01' AND unit_id ="
            " (SELECT id FROM unit WHERE name = ?)",
            (SILENT,),
        )
        later = await conn.exec_driver_sql(
            "SELECT count(*) FROM assignment JOIN unit ON unit.id = unit_id"
            " WHERE unit.name = ? AND state <> 'done'",
            (SILENT,),
        )
        assert later.scalar_one() > 0
    await stage.talk((HANG, "/tinhhinh", "[Danh sách gọi điện]"), (HANG, "danh sách gọi điện", SILENT))
    await stage.talk((HANG, "danh sách gọi điện", SILENT))  # and once more, without the button


async def test_whoever_has_the_rows_of_a_plan_open_may_still_type_commands_as_words(stage: Stage) -> None:
    await stage.talk(
        (HANG, "/kehoach 1", "dòng 1"), (HANG, "tổng hợp 6 tháng đầu năm", "6 tháng đầu năm 2026")
    )


@pytest.mark.parametrize("said", ["thôi", "Hủy.", "không"])
async def test_thinking_better_of_a_request_gives_up_nothing_else(stage: Stage, said: str) -> None:
    await stage.talk(
        (HANG, "/yeucau", "đơn vị nào"), (HANG, said, "không gửi gì"), (HANG, "thôi", "thôi phụ trách")
    )


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (f"ai phụ trách {LEADING}?", (f"{QUAN.name} (đầu mối)", f"{LAM.name} (lãnh đạo phụ trách)")),
        (f"ai là đầu mối {SILENT} vậy?", f"{SILENT}: chưa có ai"),
        ("ai phụ trách so ngoai vu", QUAN.name),
    ],
)
async def test_a_coordinator_is_told_who_is_in_charge_of_a_unit(
    stage: Stage, said: str, expected: tuple[str, ...] | str
) -> None:
    before = await stage.everything()
    await stage.talk((HANG, said, expected))
    assert await stage.everything() == before
    assert QUAN.name not in await stage.say(TUYEN, said)


async def test_who_cannot_be_written_to_is_named_so(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql("UPDATE account SET reachable = 0 WHERE chat = ?", (QUAN.chat,))
    await stage.talk((HANG, f"ai phụ trách {LEADING}", f"{QUAN.name} (không nhắn được) (đầu mối)"))
