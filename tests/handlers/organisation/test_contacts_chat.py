"""/lienlac: who is reached where, one's own channels and telephone number."""

from sqlalchemy import select

from services.organisation.register_keepers import set_register_keepers
from storage.database.schema import account
from storage.organisation import people_store, unit_store
from tests.cast import HANG, LAM, LEADING, NGOAN, QUAN, SILENT, TOAN, TUYEN, Press, Stage, Tap, words_of
from tests.handlers.organisation.test_second_chat import two


async def _shut(stage: Stage, chat: str) -> None:
    async with stage.database.writing() as conn:
        await people_store.mark(conn, "memory", chat, reachable=False, why="blocked")


async def test_a_coordinator_sees_in_how_many_units_somebody_is_reached(stage: Stage) -> None:
    await stage.talk((HANG, "/lienlac", ("2/3 đơn vị", "66%", "Memory: 2 đơn vị", "ngay ngày đầu 3")))


async def test_units_that_nothing_reaches_stand_there_with_the_reason_and_the_number(stage: Stage) -> None:
    await stage.talk((HANG, f"/lienlac {SILENT} 0203 3812 345", ("Đã ghi điện thoại", "02033 812 345")))
    await stage.talk((TOAN, "/lienlac 0912 345 678", "0912 345 678"))
    await _shut(stage, TOAN.chat)
    await stage.talk(
        (
            HANG,
            "/lienlac",
            (
                "1/3 đơn vị",
                "không tới được 2 đơn vị",
                f"{SILENT}: chưa có đầu mối; ĐT cơ quan 02033 812 345",
                "Bùi Quốc Toản không nhận được tin; Bùi Quốc Toản ĐT 0912 345 678",
            ),
        )
    )


async def test_a_unit_is_shown_with_all_its_people(stage: Stage) -> None:
    await stage.talk((HANG, f"/lienlac {LEADING}", (QUAN.name, LAM.name, "Memory", "chưa có số điện thoại")))


async def test_who_compiles_nothing_sees_no_contacts_of_others(stage: Stage) -> None:
    told = await stage.say(QUAN, "/lienlac")
    assert TOAN.name not in told
    assert SILENT not in told
    await stage.talk((QUAN, f"/lienlac {SILENT}", "Chưa rõ"))


async def test_a_coordinator_sees_units_of_their_own_plans_and_who_keeps_the_register_all(
    stage: Stage,
) -> None:
    assert SILENT not in await stage.say(TUYEN, "/lienlac")
    await stage.talk((TUYEN, f"/lienlac {SILENT} 0203 3812 345", "không thuộc kế hoạch"))
    async with stage.database.writing() as conn:
        await set_register_keepers(conn, [(await unit_store.ids(conn))[TUYEN.unit]])
    await stage.talk((TUYEN, "/lienlac", ("2/3 đơn vị", SILENT)))


async def test_a_number_goes_with_its_person(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "/lienlac +84 912 345 678", "0912 345 678"),
        (QUAN, "/dulieu", "0912345678"),
        (QUAN, "/lienlac xóa", "Đã bỏ số"),
        (QUAN, "/lienlac 0912 345 678", "Đã ghi số"),
        (QUAN, "/xoa", "xóa"),
    )
    await stage.hear(QUAN, Press("erase:yes"))
    async with stage.database.reading() as conn:
        left = (
            await conn.exec_driver_sql("SELECT count(*) FROM person WHERE phone IS NOT NULL")
        ).scalar_one()
    assert left == 0


async def test_a_person_says_by_button_which_channel_comes_first(stage: Stage) -> None:
    both = two(stage)
    await both.link()
    await stage.talk((QUAN, "/lienlac", ("Second → Memory", "[Memory trước]")))
    await stage.talk((QUAN, Tap("Memory trước"), "qua Memory trước"))
    await stage.talk((QUAN, "/lienlac", "Memory → Second"))
    await both.nudged()
    assert not any("Đã xong" in str(m.choices) for m in both.on(both.second, "z-quan"))
    assert any("Đã xong" in str(m.choices) for m in both.on(stage.channel, QUAN.chat))


async def test_a_person_says_in_words_which_channel_comes_first(stage: Stage) -> None:
    both = two(stage)
    await both.link()
    await stage.talk(
        (QUAN, "/lienket memory trước", "qua Memory trước"),
        (QUAN, "/lienlac second", "qua Second trước"),
        (QUAN, "/lienlac zalo", "chưa nối kênh Zalo"),
        (QUAN, "/lienlac thư điện tử trước", "chưa nối kênh Thư điện tử"),
    )
    await both.nudged()
    assert any("Đã xong" in str(m.choices) for m in both.on(both.second, "z-quan"))


async def test_nobody_puts_a_channel_of_somebody_else_first(stage: Stage) -> None:
    async with stage.database.reading() as conn:
        number = (await conn.execute(select(account.c.id).where(account.c.chat == TOAN.chat))).scalar_one()
    await stage.talk((QUAN, Press(f"first:{number}"), "đã cũ"))
    async with stage.database.reading() as conn:
        firsts = await conn.exec_driver_sql("SELECT count(*) FROM account WHERE first")
        assert firsts.scalar_one() == 0


async def test_somebody_without_a_seat_has_no_contacts(stage: Stage) -> None:
    assert SILENT not in await stage.say(NGOAN, "/lienlac")


async def test_units_of_a_plan_are_told_how_who_compiles_it_is_reached(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "số điện thoại bên tổng hợp", "chưa ghi số điện thoại"),
        (HANG, "/lienlac", "Để các đơn vị"),
        (
            HANG,
            "/lienlac 0987 654 321",
            ("Đã ghi số", "Các đơn vị trong kế hoạch anh/chị tổng hợp thấy số này"),
        ),
        (HANG, f"/lienlac {HANG.unit} 0203 3812 345", "Đã ghi điện thoại"),
    )
    for said in ("cho em xin sdt bên tổng hợp", "ai phụ trách ạ?", "liên hệ ai"):
        told = await stage.say(QUAN, said)
        assert f"{HANG.name} ĐT 0987 654 321; ĐT cơ quan 02033 812 345" in told
    assert "02033 812 345" in await stage.say(LAM, "đầu mối tổng hợp là ai")
    await stage.talk((HANG, "/lienlac xóa", "Đã bỏ số"))
    assert "0987" not in await stage.say(QUAN, "liên hệ ai")


async def test_who_has_no_part_in_a_plan_learns_no_number_of_who_compiles_it(stage: Stage) -> None:
    await stage.talk((HANG, "/lienlac 0987 654 321", "Đã ghi số"))
    for who in (TUYEN, NGOAN):
        assert "0987" not in await stage.say(who, "số điện thoại bên tổng hợp")


async def test_a_nudge_names_the_telephone_of_who_compiles(stage: Stage) -> None:
    await stage.talk((HANG, f"/lienlac {HANG.unit} 0203 3812 345", "Đã ghi điện thoại"))
    sent = await stage.nudged("2026-06-10 08:00")
    (told,) = [words_of(one.message) for one in sent if one.chat == QUAN.chat]
    assert f"{HANG.name}, 02033 812 345" in told


async def test_who_compiles_is_told_the_numbers_of_a_unit_of_theirs(stage: Stage) -> None:
    await stage.talk(
        (HANG, f"ai phụ trách {LEADING}", f"/lienlac {LEADING}"),
        (QUAN, "/lienlac 0912 345 678", "Chỉ đơn vị tổng hợp"),
        (HANG, f"ai phụ trách {LEADING}", "0912 345 678"),
    )
