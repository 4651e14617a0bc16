"""A table of units sent in the chat: shown first, stored by a tap, known at once."""

import pytest

from services.organisation.register_keepers import set_register_keepers
from storage.organisation import unit_store
from tests.cast import COMPILING, HANG, PLAN, QUAN, TUYEN, File, Press, Stage, Tap

TABLE = "Tên đơn vị;Viết tắt;Tên khác;Nhóm\nBan Quản lý vùng chè Hà Khê;BQLC;Ban Chè;\nSở Y tế;SYTHK;;\n"
FILE = File("don-vi.csv", TABLE.encode())
OTHER = PLAN.replace("33/KH-UBND", "41/KH-UBND").replace("chè", "mật ong").replace("CHÈ", "MẬT ONG")


async def names(stage: Stage) -> set[str]:
    async with stage.database.reading() as conn:
        return {unit.name for unit in await unit_store.load(conn)}


async def test_what_it_adds_and_changes_is_shown_and_stored_by_a_tap(stage: Stage) -> None:
    told = await stage.say(HANG, FILE)
    for words in (
        "thêm 1, đổi 1, giữ nguyên 0",
        "+ Ban Quản lý vùng chè Hà Khê",
        "± Sở Y tế: viết tắt",
        "Chưa lưu",
    ):
        assert words in told
    assert "Ban Quản lý vùng chè Hà Khê" not in await names(stage)
    await stage.talk((HANG, Tap("Lưu vào danh mục"), ("Đã lưu vào danh mục", "thêm 1, đổi 1")))
    assert "Ban Quản lý vùng chè Hà Khê" in await names(stage)
    await stage.talk((HANG, FILE, "không có gì mới"), (HANG, Press("units:store"), "đã cũ"))


async def test_the_next_plan_is_read_with_them_at_once(stage: Stage) -> None:
    plan = File("moi.txt", OTHER.replace("3. Sở Y tế:", "3. Ban Chè:").encode())
    await stage.talk((HANG, FILE, "thêm 1"), (HANG, Tap("Lưu vào danh mục"), "Đã lưu"))
    await stage.say(HANG, plan)
    async with stage.database.reading() as conn:
        found = await conn.exec_driver_sql(
            "SELECT u.name FROM duty d JOIN duty_unit x ON x.duty_id = d.id JOIN unit u ON u.id = x.unit_id"
            " WHERE d.plan_id = 2 AND d.text LIKE 'Kiểm tra an toàn%'"
        )
        assert list(found.scalars()) == ["Ban Quản lý vùng chè Hà Khê"]


async def test_it_may_be_left(stage: Stage) -> None:
    before = await names(stage)
    await stage.talk((HANG, FILE, "thêm 1"), (HANG, Tap("Không lưu"), "giữ như cũ"))
    assert await names(stage) == before


@pytest.mark.parametrize("keeper", [COMPILING, "Sở Nội vụ"])
async def test_only_the_keepers_of_the_register_may(stage: Stage, keeper: str) -> None:
    async with stage.database.writing() as conn:
        await set_register_keepers(conn, [(await unit_store.ids(conn))[keeper]])
    await stage.talk((TUYEN, FILE, "giao cho đơn vị khác"))
    await stage.talk((HANG, FILE, "thêm 1" if keeper == COMPILING else "giao cho đơn vị khác"))


async def test_who_compiles_nothing_is_not_read(stage: Stage) -> None:
    assert "thêm 1" not in await stage.say(QUAN, FILE)


async def test_a_line_that_is_no_unit_is_named(stage: Stage) -> None:
    bad = File("don-vi.csv", f"{TABLE};ABC;;\n".encode())
    await stage.talk((HANG, bad, ("dòng 4", "Chưa nhập gì")))


async def test_a_table_of_work_is_read_as_a_plan(stage: Stage) -> None:
    work = "Nhiệm vụ;Đơn vị;Loại;Thời gian\nTrồng chè;Sở Y tế;1;Tháng 6\n"
    assert "thêm" not in await stage.say(HANG, File("viec.csv", work.encode()))


async def test_the_numbers_of_offices_stand_on_the_list_of_whom_to_phone(stage: Stage) -> None:
    table = File("don-vi.csv", "Tên đơn vị;Điện thoại\nSở Y tế;0203 3812 345\n".encode())
    await stage.talk(
        (HANG, table, ("đổi 1", "± Sở Y tế: điện thoại 02033 812 345")),
        (HANG, Tap("Lưu vào danh mục"), "đổi 1"),
        (HANG, "/lienlac", "Sở Y tế: chưa có đầu mối; ĐT cơ quan 02033 812 345"),
        (HANG, table, "không có gì mới"),
        (HANG, FILE, "± Sở Y tế: viết tắt"),
        (HANG, Tap("Lưu vào danh mục"), "Đã lưu"),
        (HANG, "/lienlac", "02033 812 345"),
    )
