"""A coordinator recalls a live plan in the chat: the reason is asked for first, the units hear it."""

import pytest

from storage.plans import plan_store
from tests.cast import HANG, QUAN, TUYEN, Press, Stage, Tap, words_of


async def test_the_reason_is_asked_for_and_the_units_hear_it(stage: Stage) -> None:
    await stage.talk(
        (HANG, "/kehoach 1", "Thu hồi kế hoạch"),
        (HANG, Tap("Thu hồi kế hoạch"), ("33/KH-UBND", "lý do")),
    )
    async with stage.database.reading() as conn:
        assert (await plan_store.get(conn, 1)).state == "live", "nothing is done before it is said why"
    await stage.talk((HANG, "thay bằng kế hoạch của Chính phủ", ("Đã thu hồi 33/KH-UBND", "đơn vị")))
    async with stage.database.reading() as conn:
        assert (await plan_store.get(conn, 1)).state == "recalled"
    await stage.nudged("2026-06-02 08:00")
    heard = [words_of(message) for message in stage.channel.to(QUAN)]
    assert any("thay bằng kế hoạch của Chính phủ" in words for words in heard)
    await stage.talk((HANG, Press("recall:1"), "đã cũ"))


async def test_it_may_be_left_as_it_is(stage: Stage) -> None:
    await stage.talk(
        (HANG, Press("recall:1"), "lý do"),
        (HANG, Tap("Không thu hồi"), "dòng 1"),
        (HANG, "để xem đã", "chưa rõ"),
    )
    async with stage.database.reading() as conn:
        assert (await plan_store.get(conn, 1)).state == "live"


async def test_the_plan_of_others_stays(stage: Stage) -> None:
    await stage.talk((TUYEN, Press("recall:1"), "tổng hợp"))
    async with stage.database.reading() as conn:
        assert (await plan_store.get(conn, 1)).state == "live"


async def _state(stage: Stage) -> str:
    async with stage.database.reading() as conn:
        return (await plan_store.get(conn, 1)).state


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("thu hồi kế hoạch 33 (lý do: trùng với kế hoạch của Chính phủ)", "trùng với kế hoạch của Chính phủ"),
        ("thu hoi KH 33/KH-UBND vi het kinh phi", "het kinh phi"),
        ("đề nghị huỷ kế hoạch số 33, lý do thay bằng kế hoạch khác", "thay bằng kế hoạch khác"),
    ],
)
async def test_it_is_recalled_by_one_line_once_that_is_confirmed(
    stage: Stage, said: str, reason: str
) -> None:
    await stage.talk((HANG, said, ("33/KH-UBND", f"“{reason}”", "Thu hồi kế hoạch", "Không thu hồi")))
    assert await _state(stage) == "live"
    await stage.talk((HANG, Tap("Thu hồi kế hoạch"), "Đã thu hồi 33/KH-UBND"))
    assert await _state(stage) == "recalled"
    await stage.nudged("2026-06-02 08:00")
    assert any(reason in words_of(message) for message in stage.channel.to(QUAN))


async def test_a_line_that_tells_no_reason_is_asked_for_it(stage: Stage) -> None:
    await stage.talk(
        (HANG, "thu hồi kế hoạch 33", "gõ lý do"), (HANG, "hết kinh phí", "Đã thu hồi 33/KH-UBND")
    )


async def test_yes_and_no_may_be_typed_and_another_line_leaves_it(stage: Stage) -> None:
    wish = "thu hồi kế hoạch 33 vì hết kinh phí"
    await stage.talk(
        (HANG, wish, "Chưa có gì"),
        (HANG, "thôi", "bỏ qua"),
        (HANG, wish, "Chưa có gì"),
        (HANG, "không", "như cũ"),
        (HANG, Press("recall:1:now"), "gõ lý do"),
    )
    await stage.talk(
        (HANG, "/tinhhinh", "33/KH-UBND"), (HANG, wish, "Chưa có gì"), (HANG, "/kehoach", "33/KH-UBND")
    )
    assert await _state(stage) == "live"
    await stage.talk((HANG, wish, "Chưa có gì"), (HANG, "đồng ý", "Đã thu hồi"))


async def test_only_who_compiles_a_plan_recalls_it_by_a_line(stage: Stage) -> None:
    await stage.talk((TUYEN, "thu hồi kế hoạch 33 vì hết kinh phí", "không tổng hợp kế hoạch “33”"))
    assert "[Thu hồi kế hoạch]" not in await stage.say(QUAN, "thu hồi kế hoạch 33 vì hết kinh phí")
    assert await _state(stage) == "live"


async def test_the_rows_on_the_screen_tell_which_plan(stage: Stage) -> None:
    await stage.talk((HANG, "/kehoach 1", "dòng"), (HANG, "thu hồi kế hoạch này vì trùng", "33/KH-UBND"))
