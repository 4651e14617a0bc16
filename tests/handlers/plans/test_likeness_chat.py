"""The chat asks whether a plan without a number is a new version of the one that is kept."""

from storage.plans import plan_store
from tests.cast import HANG, PLAN, File, Stage, Tap

NAMELESS = PLAN.replace("Số: 33/KH-UBND", "Số:     /KH-UBND").replace("30/6/2026", "20/6/2026")


async def test_a_new_version_is_shown_with_what_it_changes_and_applied(stage: Stage) -> None:
    await stage.talk(
        (HANG, File("moi.txt", NAMELESS.encode()), ("Giống kế hoạch đã có", "33/KH-UBND", "bản mới")),
        (HANG, Tap("Xác nhận kế hoạch"), ("chưa có hiệu lực", "bản mới của kế hoạch đó hay kế hoạch khác")),
        (HANG, Tap("Là bản mới"), ("đổi 1", "20/6/2026")),
        (HANG, Tap("Áp dụng thay đổi"), "1 việc đổi hạn"),
    )
    async with stage.database.reading() as conn:
        assert len(await plan_store.listing(conn)) == 1


async def test_another_plan_is_confirmed_as_one(stage: Stage) -> None:
    await stage.talk(
        (HANG, File("moi.txt", NAMELESS.encode()), "Giống kế hoạch đã có"),
        (HANG, Tap("Là kế hoạch khác"), ("kế hoạch riêng", "Xác nhận")),
        (HANG, Tap("Xác nhận kế hoạch"), "đã có hiệu lực"),
        (HANG, Tap("Là bản mới"), "không còn nữa"),
    )
    async with stage.database.reading() as conn:
        assert len(await plan_store.listing(conn)) == 2
