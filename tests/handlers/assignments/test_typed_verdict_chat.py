"""A leader's approval, a coordinator's confirmation and their refusals, typed with or without diacritics."""

import pytest

from tests.cast import HANG, LAM, QUAN, Answering, Stage, Tap, words_of


@pytest.fixture
async def approving(stage: Stage) -> Stage:
    await stage.talk((LAM, "/duyet bat", "qua anh/chị duyệt"))
    return stage


async def state(stage: Stage, due: str) -> object:
    """The state of the leading unit's assignment that is due on a day."""
    async with stage.database.reading() as conn:
        found = await conn.exec_driver_sql(
            "SELECT state FROM assignment JOIN unit ON unit.id = unit_id"
            " WHERE name = 'Sở Ngoại vụ' AND due_on = ?",
            (due,),
        )
        return found.scalar_one()


@pytest.mark.parametrize("typed", ["duyệt", "Duyet nhe", "đồng ý", "dong y duyet a", "phê duyệt"])
async def test_a_leader_approves_in_words(approving: Stage, typed: str) -> None:
    await approving.talk(
        (QUAN, "1 xong, BC số 12/BC-SNgV", "trình lãnh đạo"), (LAM, typed, "Đã duyệt và gửi")
    )
    assert await state(approving, "2026-06-15") == "done"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [("chưa duyệt: thiếu số liệu", "thiếu số liệu"), ("ko duyet vi Sai Mau 02", "Sai Mau 02")],
)
async def test_a_leader_refuses_with_the_reason_in_one_line(
    approving: Stage, typed: str, reason: str
) -> None:
    await approving.talk((QUAN, "1 xong", "trình lãnh đạo"), (LAM, typed, "chưa gửi"))
    await approving.post()
    assert any(f"“{reason}”" in words_of(delivered) for delivered in approving.channel.to(QUAN))
    assert await state(approving, "2026-06-15") == "in_progress"


async def test_a_refusal_without_a_reason_is_asked_for_one(approving: Stage) -> None:
    await approving.talk(
        (QUAN, "1 xong", "trình lãnh đạo"),
        (LAM, "chua duyet", "cần sửa gì"),
        (LAM, "thiếu dấu", "chưa gửi"),
    )


async def test_of_several_nothing_is_guessed(approving: Stage) -> None:
    await approving.talk((QUAN, "/viec", "còn"), (QUAN, "1 xong", "trình"), (QUAN, "2 xong", "trình"))
    await approving.talk((LAM, "duyệt", ("chọn từng việc", "1 Duyệt", "2 Chưa duyệt")))
    assert await state(approving, "2026-06-15") == "in_progress"
    await approving.talk((LAM, "2 duyet", "Đã duyệt và gửi"))
    assert await state(approving, "2026-06-30") == "done"
    assert await state(approving, "2026-06-15") == "in_progress"


async def test_the_message_replied_to_tells_which(approving: Stage) -> None:
    await approving.talk((QUAN, "/viec", "còn"), (QUAN, "1 xong", "trình"), (QUAN, "2 xong", "trình"))
    await approving.post()
    await approving.talk((LAM, Answering("gửi thư mời", "duyet"), "Đã duyệt và gửi"))
    assert await state(approving, "2026-06-30") == "done"


async def test_without_anything_that_waits_the_words_mean_what_they_did(approving: Stage) -> None:
    await approving.talk((LAM, "duyệt", "đang qua anh/chị duyệt"), (LAM, "duyet tat", "được tính ngay"))


async def test_words_on_work_are_no_verdict(approving: Stage) -> None:
    await approving.talk((QUAN, "1 xong", "trình lãnh đạo"))
    await approving.hear(LAM, "chưa duyệt kinh phí nên chậm")
    assert await state(approving, "2026-06-15") == "in_progress"
    await approving.talk((LAM, "duyệt", "Đã duyệt và gửi"))


async def test_a_coordinator_confirms_and_gives_back_in_words(stage: Stage) -> None:
    await stage.talk(
        (HANG, "/kehoach 1", "33/KH-UBND"),
        (HANG, Tap("Cần xác nhận khi xong"), "chờ anh/chị xác nhận"),
        (QUAN, "1 xong", "chuyển đơn vị tổng hợp xác nhận"),
        (HANG, "tra lai: Thiếu phụ lục", "Đã trả lại lần 1"),
    )
    await stage.post()
    assert any("Lý do: Thiếu phụ lục" in words_of(delivered) for delivered in stage.channel.to(QUAN))
    await stage.talk((QUAN, "1 xong", "xác nhận"), (HANG, "xac nhan", "Đã xác nhận"))
    assert await state(stage, "2026-06-15") == "done"
