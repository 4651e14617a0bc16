"""/govai: a seat is taken away by the unit's own people, and everybody of it may object for a day."""

from tests.cast import HANG, LAM, LEADING, QUAN, TOAN, TUYEN, Press, Somebody, Stage, Tap, words_of

MY = Somebody("c-my", "Sùng Thị Mỷ", LEADING)


async def seat_of(stage: Stage, who: Somebody) -> int:
    async with stage.database.reading() as conn:
        found = await conn.exec_driver_sql(
            "SELECT m.id FROM membership m JOIN account a ON a.person_id = m.person_id"
            " WHERE a.chat = ? AND m.until IS NULL",
            (who.chat,),
        )
        return int(found.scalar_one())


async def heard(stage: Stage, who: Somebody) -> str:
    """The newest message on a phone, once what waits has gone out."""
    await stage.post()
    return words_of(stage.channel.to(who)[-1])


async def test_a_leader_takes_the_focal_points_seat_away_after_a_day(stage: Stage) -> None:
    await stage.talk(
        (LAM, "/govai", (f"{QUAN.name}: đầu mối", "Gỡ vai của ai")),
        (LAM, Tap(QUAN.name), ("Cả đơn vị được báo", "một ngày để phản đối")),
        (LAM, Tap("Gỡ vai"), ("sẽ thôi vai trò", "09:00, 2/6/2026", "Đã báo cả đơn vị")),
        (QUAN, "/viec", "còn 3 việc"),
    )
    assert "anh/chị không còn phụ trách nữa" in await heard(stage, QUAN)
    await stage.nudged("2026-06-02 10:00")
    await stage.talk((QUAN, "/viec", "không còn phụ trách"))
    told = [words_of(message) for message in stage.channel.to(HANG)]
    assert any(f"{LEADING} không còn đầu mối" in words for words in told)


async def test_whose_seat_it_is_may_object_and_keeps_it(stage: Stage) -> None:
    await stage.joins(MY)
    await stage.talk(
        (MY, "/govai", QUAN.name), (MY, Tap(QUAN.name), "Gỡ vai"), (MY, Tap("Gỡ vai"), "sẽ thôi")
    )
    await stage.post()
    await stage.talk((QUAN, Tap("Không đúng, giữ nguyên"), f"{QUAN.name} tiếp tục là đầu mối"))
    assert "có người phản đối" in await heard(stage, MY)
    await stage.nudged("2026-06-03 10:00")
    await stage.talk((QUAN, "/viec", "còn 3 việc"))
    await stage.talk((LAM, Press(f"keepseat:{await seat_of(stage, QUAN)}"), "đã xong hoặc đã dừng"))


async def test_a_plan_that_names_a_unit_gives_no_authority_over_its_seats(stage: Stage) -> None:
    seat = await seat_of(stage, TOAN)
    await stage.talk((HANG, "/govai", "Không có vai nào"))
    for stranger in (HANG, TUYEN, QUAN):
        await stage.talk((stranger, Press(f"unseat:{seat}:yes"), "cũ"), (TOAN, "/viec", "còn 2 việc"))


async def test_nobody_takes_the_leaders_seat_but_another_leader(stage: Stage) -> None:
    await stage.talk((QUAN, "/govai", "Không có vai nào"))
    await stage.talk((LAM, Press(f"unseat:{await seat_of(stage, LAM)}:yes"), "cũ"))
    await stage.talk((LAM, "/viec", "còn"))


async def test_only_the_units_people_object(stage: Stage) -> None:
    seat = await seat_of(stage, QUAN)
    await stage.talk((LAM, "/govai", QUAN.name), (LAM, Tap(QUAN.name), "Gỡ"), (LAM, Tap("Gỡ vai"), "sẽ thôi"))
    await stage.talk((TOAN, Press(f"keepseat:{seat}"), "đã cũ"))
    await stage.nudged("2026-06-02 10:00")
    await stage.talk((LAM, Press(f"keepseat:{seat}"), "đã xong hoặc đã dừng"))
