"""A plan that was moved to the next year: its coordinator hears of it, and confirms it in the chat."""

from handlers.plans.rollover_notice import tell_coordinators
from services.plans.roll_over import RolledOver, roll_over
from tests.cast import HANG, QUAN, Stage, Tap, words_of


async def test_the_coordinator_confirms_the_draft_for_the_next_year(stage: Stage) -> None:
    stage.clock.set("2027-01-04 09:00")
    async with stage.database.writing() as conn:
        rolled = await roll_over(conn, 1, None, now=stage.clock.now(), rules=stage.rules)
        assert isinstance(rolled, RolledOver)
        await tell_coordinators(conn, rolled, stage.clock.now().date())
        await tell_coordinators(conn, rolled, stage.clock.now().date())
    await stage.post()
    (notice,) = stage.channel.to(HANG)[-1:]
    assert {
        delivered.chat
        for delivered in stage.channel.sent
        if "bản nháp" in words_of(delivered.message).lower()
    } == {HANG.chat}
    for words in ("năm 2027", "lập từ 33/KH-UBND", "7 nội dung", "[Xác nhận kế hoạch] [Bỏ]"):
        assert words in words_of(notice)
    await stage.talk(
        (QUAN, "/viec", "còn 3 việc"),
        (HANG, Tap("Xác nhận"), ("có hiệu lực", "7 việc", "0 việc đã qua hạn")),
        (QUAN, "/viec", ("còn 6 việc", "hạn 15/6", "năm 2027")),
    )
