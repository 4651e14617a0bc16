"""A coordinator recalls a live plan in the chat: the reason is asked for first, the units hear it."""

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
