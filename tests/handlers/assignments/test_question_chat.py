"""What a unit asks of the coordinating unit, and what it says is no work of its own: there and back."""

from tests.cast import (
    COMPILING,
    HANG,
    LAM,
    LEADING,
    NGOAN,
    QUAN,
    SILENT,
    TOAN,
    TUYEN,
    Answering,
    Press,
    Stage,
    Tap,
    words_of,
)


async def asked(stage: Stage, text: str = "mẫu ở đâu") -> None:
    """Let the leading unit pass a question on; what the coordinator is told has gone out."""
    await stage.talk(
        (QUAN, text, "Hỏi đơn vị tổng hợp"), (QUAN, Tap("Hỏi đơn vị tổng hợp"), f"Đã chuyển {COMPILING}")
    )
    await stage.post()


async def test_a_question_goes_to_the_coordinator_and_its_answer_comes_back(stage: Stage) -> None:
    await asked(stage)
    (told,) = [words_of(delivered) for delivered in stage.channel.to(HANG) if "hỏi về" in words_of(delivered)]
    assert LEADING in told
    assert "“mẫu ở đâu”" in told
    assert QUAN.name in told
    await stage.talk(
        (HANG, Tap("Trả lời"), "mẫu ở đâu"), (HANG, "Mẫu 02 kèm kế hoạch", f"Đã trả lời {LEADING}")
    )
    await stage.post()
    (answer,) = [
        words_of(delivered) for delivered in stage.channel.to(QUAN) if "trả lời về" in words_of(delivered)
    ]
    assert "“Mẫu 02 kèm kế hoạch”" in answer
    assert "“mẫu ở đâu”" in answer


async def test_an_answer_may_be_typed_in_reply_to_the_message(stage: Stage) -> None:
    await asked(stage)
    await stage.talk((HANG, Answering("mẫu ở đâu", "Mẫu 02"), "Đã trả lời"))


async def test_words_that_are_not_understood_can_be_passed_on(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "đoàn nào sang vậy", ("chưa rõ", "Hỏi đơn vị tổng hợp")),
        (QUAN, Tap("Hỏi đơn vị tổng hợp"), "“đoàn nào sang vậy”"),
    )


async def test_the_words_of_an_item_are_passed_on_with_the_item(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "/viec", "còn"),
        (QUAN, "2 có cần ký số", "Hỏi đơn vị tổng hợp"),
        (QUAN, Tap("Hỏi đơn vị tổng hợp"), "Đã chuyển"),
        (QUAN, "/viec 2", ("2 có cần ký số", "chờ trả lời")),
    )


async def test_the_next_line_is_progress_as_ever(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "mẫu ở đâu", "Hỏi đơn vị tổng hợp"), (QUAN, "/viec", "còn"), (QUAN, "1 xong", "hoàn thành")
    )


async def test_a_button_whose_words_are_gone_asks_for_them(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "mẫu ở đâu", "Hỏi đơn vị tổng hợp"),
        (QUAN, "/viec", "còn"),
        (QUAN, Tap("Hỏi đơn vị tổng hợp"), "muốn hỏi gì"),
        (QUAN, "Xin mẫu 02", "“Xin mẫu 02”"),
    )


async def test_question_and_answer_stand_with_the_item(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "/viec 1", "Hỏi đơn vị tổng hợp"),
        (QUAN, Tap("Hỏi đơn vị tổng hợp"), "muốn hỏi gì"),
        (QUAN, "Gửi bản giấy không ạ?", "Đã chuyển"),
    )
    await stage.post()
    await stage.talk(
        (HANG, Tap("Trả lời"), "bản giấy"),
        (HANG, "Chỉ cần bản ký số", "Đã trả lời"),
        (QUAN, "/viec 1", ("Gửi bản giấy không ạ?", "Trả lời: “Chỉ cần bản ký số”")),
    )


async def test_an_answer_is_given_once(stage: Stage) -> None:
    await asked(stage)
    answer = stage.button(HANG, "Trả lời").data
    await stage.talk(
        (HANG, Tap("Trả lời"), "mẫu"), (HANG, "Mẫu 02", "Đã trả lời"), (HANG, Press(answer), "đã trả lời lúc")
    )


async def test_only_those_who_compile_answer(stage: Stage) -> None:
    await asked(stage)
    answer = stage.button(HANG, "Trả lời").data
    await stage.talk(
        (TOAN, Press(answer), "dành cho người tổng hợp"),
        (TUYEN, Press(answer), "đã cũ"),
        (HANG, Press("reply:999"), "đã cũ"),
    )


async def test_what_waits_for_an_answer_is_listed(stage: Stage) -> None:
    await asked(stage)
    await stage.talk((HANG, "/choxacnhan", ("chờ trả lời: 1", "mẫu ở đâu", "1 Trả lời")))


async def test_work_that_is_not_the_units_is_given_to_another_and_both_hear(stage: Stage) -> None:
    await stage.hear(NGOAN, f"/start {await stage.code(SILENT, 'focal')}")
    await stage.talk(
        (QUAN, "/viec", "còn"),
        (QUAN, "2 không phải việc của sở tôi, của Sở Y tế", ("Đã chuyển", "việc vẫn là của đơn vị")),
    )
    await stage.post()
    await stage.talk(
        (HANG, Tap("Giao đơn vị khác"), "cho đơn vị nào"),
        (HANG, "so y te", (f"cho {SILENT}", f"Giao {SILENT}")),
        (HANG, Tap(f"Giao {SILENT}"), f"Đã giao {SILENT}"),
    )
    await stage.post()
    assert any(f"cho {SILENT}" in words_of(outgoing) for outgoing in stage.channel.to(QUAN))
    assert any(f"giao {SILENT}" in words_of(outgoing) for outgoing in stage.channel.to(NGOAN))
    await stage.talk((NGOAN, "/viec", "30/6"))
    assert "30/6" not in await stage.say(QUAN, "/viec")


async def test_work_stays_with_the_unit_for_a_reason_that_it_hears(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "/viec 2", "Không phải việc của đơn vị tôi"),
        (QUAN, Tap("Không phải việc của đơn vị tôi"), "vì sao"),
        (QUAN, "Sở Y tế chủ trì", "Đã chuyển"),
    )
    await stage.post()
    await stage.talk((HANG, Tap("Vẫn là việc"), "Vì sao"), (HANG, "Kế hoạch giao đích danh", "vẫn là việc"))
    await stage.post()
    (told,) = [
        words_of(delivered)
        for delivered in stage.channel.to(QUAN)
        if "vẫn là việc của đơn vị anh/chị" in words_of(delivered)
    ]
    assert "Kế hoạch giao đích danh" in told
    await stage.talk((QUAN, "/viec", "30/6"))


async def test_a_line_of_a_report_is_chosen_before_it_is_said_to_be_anothers(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "/viec", "còn"),
        (QUAN, "1 không phải việc của sở tôi", ("Việc nào", "1.1", "1.2")),
        (QUAN, Tap("1.2"), "Đã chuyển"),
    )
    await stage.post()
    await stage.talk(
        (HANG, Tap("Giao đơn vị khác"), "cho đơn vị nào"),
        (HANG, "Sở Công Thương", "Chọn bên dưới"),
        (HANG, Tap("Giao Sở Công Thương"), "Đã giao"),
    )
    assert "1.2" not in await stage.say(QUAN, "/viec 1")


async def test_a_unit_without_people_is_told_of_to_the_coordinator(stage: Stage) -> None:
    await stage.talk((QUAN, "/viec", "còn"), (QUAN, "2 giao nhầm đơn vị", "Đã chuyển"))
    await stage.post()
    await stage.talk(
        (HANG, Tap("Giao đơn vị khác"), "cho đơn vị nào"),
        (HANG, "Sở Trời", "không có đơn vị"),
        (HANG, SILENT, "Chọn bên dưới"),
        (HANG, Tap(f"Giao {SILENT}"), "chưa có ai trên kênh này"),
    )


async def test_a_nudge_names_the_coordinating_unit_and_offers_to_ask(stage: Stage) -> None:
    sent = await stage.nudged("2026-06-10 08:00")
    (told,) = [words_of(one.message) for one in sent if one.chat == QUAN.chat]
    assert f"Đơn vị tổng hợp: {COMPILING}, {HANG.name}" in told
    assert "[Hỏi đơn vị tổng hợp]" in told
    assert "[Không phải việc của đơn vị tôi]" in told


async def test_a_question_that_nobody_answered_stands_in_the_digest(stage: Stage) -> None:
    await asked(stage)
    sent = await stage.nudged("2026-06-02 08:00")
    assert any(
        "chờ trả lời: 1" in words_of(delivered.message) for delivered in sent if delivered.chat == HANG.chat
    )


async def test_a_leader_asks_too(stage: Stage) -> None:
    await asked(stage)
    await stage.talk((LAM, "nộp ở đâu", "Hỏi đơn vị tổng hợp"))
