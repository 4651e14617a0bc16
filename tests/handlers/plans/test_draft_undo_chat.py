"""One *Hoàn tác* takes the corrections of a whole line back; the draft stands as before it."""

from tests.cast import HANG, TUYEN, Press, Stage, Tap
from tests.handlers.plans.test_draft_chat import FILE, owed


async def test_one_undo_takes_a_line_of_corrections_back(stage: Stage) -> None:
    await stage.talk(
        (HANG, FILE, "Cần xem lại (3)"),
        (HANG, "1 đúng, 2 là Sở Nội vụ, 3 bỏ", ("1 ", "Sở Nội vụ", "Hoàn tác")),
        (HANG, Tap("Hoàn tác"), ("Đã hoàn tác 3 chỗ sửa", "Cần xem lại (3)")),
        (HANG, Press("undraft:2:3"), "Không còn chỗ sửa nào"),
        (HANG, "2 là Sở Ngoại vụ", "Sở Ngoại vụ"),
        (HANG, "hoàn tác", ("Đã hoàn tác 1 chỗ sửa", "Cần xem lại (3)")),
    )


async def test_what_is_live_is_not_taken_back(stage: Stage) -> None:
    await stage.talk((HANG, FILE, "Cần xem lại (3)"), (HANG, "1 đúng, 2 là Sở Nội vụ, 3 bỏ", "Hoàn tác"))
    before = await owed(stage)
    await stage.talk(
        (HANG, Press("undraft:2:3"), "Không còn chỗ sửa nào"), (TUYEN, Press("undraft:2:3"), "tổng hợp")
    )
    assert before
