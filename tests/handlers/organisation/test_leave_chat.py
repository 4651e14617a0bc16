"""Who has left hears nothing more; what they said stays with the unit."""

from tests.cast import HANG, LAM, LEADING, QUAN, STRANGER, Stage, Tap


async def test_whoever_leaves_is_a_stranger_again_and_is_not_nudged(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "1 xong, BC 12/BC-SNgV", "hoàn thành"),
        (QUAN, "/thoi", ("đầu mối", LEADING)),
        (QUAN, Tap("Thôi phụ trách"), "đã thôi"),
        (QUAN, "/viec", "không còn phụ trách"),
    )
    assert [sent for sent in await stage.nudged("2026-06-12 08:00") if sent.chat == QUAN.chat] == []
    await stage.talk((LAM, "/viec", "Đã hoàn thành: 1 việc"), (HANG, "/tonghop", "BC 12/BC-SNgV"))


async def test_whoever_thinks_better_of_it_stays(stage: Stage) -> None:
    await stage.talk((QUAN, "thoi", "phụ trách"), (QUAN, "ở lại", "vẫn"), (QUAN, "/viec", LEADING))


async def test_a_stranger_has_nothing_to_leave(stage: Stage) -> None:
    await stage.talk((STRANGER, "/thoi", "mã tham gia"))
