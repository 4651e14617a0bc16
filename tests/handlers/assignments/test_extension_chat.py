from datetime import date

import pytest

from domain.nudging import monthly
from tests.cast import HANG, LEADING, QUAN, TOAN, TUYEN, Answering, Press, Somebody, Stage, Tap, words_of

ASKED = "đã chuyển đơn vị tổng hợp"


async def asks(stage: Stage, until: str = "22/6 do chờ số liệu") -> None:
    """Quân asks for a later date for the report of 15/6, and the coordinator's phone rings."""
    await stage.talk(
        (QUAN, "/viec", "3 việc"),
        (QUAN, Tap("1 Xin gia hạn"), ("Việc 1", "hạn 15/6", "đến ngày nào")),
        (QUAN, until, ("1 xin gia hạn đến", ASKED)),
    )
    await stage.post()


async def due_dates(stage: Stage) -> list[str]:
    async with stage.database.reading() as conn:
        rows = await conn.exec_driver_sql(
            "SELECT due_on FROM assignment JOIN unit ON unit.id = unit_id WHERE name = ? ORDER BY due_on",
            (LEADING,),
        )
        return [str(row.due_on) for row in rows]


UNCHANGED = ["2026-06-15", "2026-06-30", "2026-11-15"]


async def test_three_later_working_days_are_offered(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "/viec", "3 việc"),
        (QUAN, Tap("1 Xin gia hạn"), ("[18/6]", "[22/6]", "[29/6]")),
        (QUAN, Tap("22/6"), ("đến 22/6", ASKED)),
    )


async def test_of_what_is_late_the_offered_days_count_from_today(stage: Stage) -> None:
    stage.clock.set("2026-06-24 09:00")
    await stage.talk((QUAN, "/viec", "quá 7 ngày làm việc"), (QUAN, Tap("1 Xin gia hạn"), "[29/6]"))


@pytest.mark.parametrize(
    ("typed", "until"),
    [
        ("22/6", "22/6"),
        ("đến 22/6 vì chờ số liệu", "22/6"),
        ("ngày 22 tháng 6", "22/6"),
        ("1 tuần", "22/6"),
        ("xin lùi 3 ngày", "18/6"),
        ("22.6.2026", "22/6"),
    ],
)
async def test_a_later_date_may_be_typed(stage: Stage, typed: str, until: str) -> None:
    await stage.talk(
        (QUAN, "/viec", "3 việc"),
        (QUAN, Tap("1 Xin gia hạn"), "đến ngày nào"),
        (QUAN, typed, (f"1 xin gia hạn đến {until}", ASKED)),
    )


async def test_a_later_date_may_be_asked_for_in_one_line(stage: Stage) -> None:
    before = (await stage.everything())["assignment"]
    await stage.talk((QUAN, "1 xin lùi đến 22/6 do chờ số liệu", ("1 xin gia hạn đến 22/6", ASKED)))
    assert (await stage.everything())["assignment"] == before


async def test_progress_and_a_wish_fit_in_one_line(stage: Stage) -> None:
    await stage.talk(
        (
            QUAN,
            "2 được 80%, xin lùi đến 10/7",
            ("Đã ghi việc 2: đang thực hiện, 80%", "2 xin gia hạn đến 10/7"),
        )
    )


async def test_an_answer_that_is_no_date_is_asked_about_again(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "/viec", "3 việc"),
        (QUAN, Tap("1 Xin gia hạn"), "đến ngày nào"),
        (QUAN, "ít hôm nữa", ("chưa rõ", "ít hôm nữa")),
        (QUAN, "31/6", "chưa rõ"),
        (QUAN, "22/6", ASKED),
    )


@pytest.mark.parametrize("earlier", ["15/6", "10/6"])
async def test_a_date_that_is_not_later_is_refused(stage: Stage, earlier: str) -> None:
    await stage.talk(
        (QUAN, "/viec", "3 việc"),
        (QUAN, Tap("1 Xin gia hạn"), "đến ngày nào"),
        (QUAN, earlier, (f"Ngày {earlier} không sau hạn hiện nay (15/6)",)),
    )
    assert not (await stage.everything())["extension"]


async def test_the_coordinator_is_told_who_asks_for_what_and_why(stage: Stage) -> None:
    await asks(stage)
    wish = words_of(stage.channel.to(HANG)[-1])
    for words in (
        LEADING,
        "Báo cáo 6 tháng",
        "từ 15/6/2026 đến 22/6/2026",
        "chờ số liệu",
        "[Đồng ý gia hạn]",
    ):
        assert words in wish
    assert not stage.channel.to(TUYEN)
    assert not stage.channel.to(TOAN)


async def test_a_wish_alone_changes_no_date(stage: Stage) -> None:
    await asks(stage)
    assert await due_dates(stage) == UNCHANGED


@pytest.mark.parametrize("said", [Tap("Đồng ý gia hạn"), "dong y gia han"])
async def test_a_granted_wish_moves_the_date_and_tells_the_one_who_asked(
    stage: Stage, said: Tap | str
) -> None:
    await asks(stage)
    await stage.talk((HANG, said, ("Đã đồng ý", LEADING, "hạn mới 22/6/2026", "hạn gốc 15/6/2026")))
    await stage.post()
    assert "đồng ý gia hạn" in words_of(stage.channel.to(QUAN)[-1])
    assert await due_dates(stage) == ["2026-06-22", *UNCHANGED[1:]]
    await stage.talk((QUAN, "/viec", "hạn 22/6, còn 15 ngày làm việc"))


@pytest.mark.parametrize("said", [Tap("Không đồng ý"), "khong dong y"])
async def test_a_refused_wish_leaves_the_date_and_tells_the_one_who_asked(
    stage: Stage, said: Tap | str
) -> None:
    await asks(stage)
    await stage.talk((HANG, said, ("không đồng ý", "hạn vẫn là 15/6/2026")))
    await stage.post()
    assert "không đồng ý gia hạn" in words_of(stage.channel.to(QUAN)[-1])
    assert await due_dates(stage) == UNCHANGED


async def test_a_wish_is_decided_once(stage: Stage) -> None:
    await asks(stage)
    grant, refuse = stage.button(HANG, "Đồng ý gia hạn"), stage.button(HANG, "Không đồng ý")
    await stage.talk(
        (HANG, Press(refuse.data), "không đồng ý"),
        (HANG, Press(grant.data), "đã được trả lời rồi"),
        (HANG, Press(refuse.data), "đã được trả lời rồi"),
    )
    assert await due_dates(stage) == UNCHANGED
    await stage.post()
    assert len([m for m in stage.channel.to(QUAN) if "gia hạn Báo cáo" in words_of(m)]) == 1


async def test_only_the_coordinator_of_the_plan_decides(stage: Stage) -> None:
    await asks(stage)
    grant, before = stage.button(HANG, "Đồng ý gia hạn"), await stage.everything()
    await stage.talk(
        (TUYEN, Press(grant.data), "Nút này đã cũ"),
        (QUAN, Press(grant.data), "dành cho người tổng hợp"),
    )
    assert await stage.everything() == before


async def test_the_ladder_follows_the_new_date(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(monthly, "MOST_A_MONTH", 31)  # the whole ladder is looked at
    await asks(stage)
    await stage.talk((HANG, Tap("Đồng ý gia hạn"), "Đã đồng ý"))
    asked = []
    for day in range(2, 24):
        when = date(2026, 6, day)
        sent = [one.message for one in await stage.nudged(f"{when} 08:00") if one.chat == QUAN.chat]
        asked += [day for message in sent if "hạn 22/6," in words_of(message)]
    assert asked == [2, 11, 17, 19, 22, 23]  # 14, 7, 3, 1 working days before Monday 22 June, on it, after


async def test_a_wish_is_kept_where_nobody_coordinates_here(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql("UPDATE membership SET until = since WHERE role = 'coordinator'")
    await stage.talk((QUAN, "1 xin lùi đến 22/6", ("đã lưu", "chưa có người tổng hợp")))
    assert len((await stage.everything())["extension"]) == 1


async def test_a_wish_for_the_day_of_the_next_report_can_be_granted(stage: Stage) -> None:
    await asks(stage, "15/11 do chờ số liệu")
    await stage.talk((HANG, Tap("Đồng ý gia hạn"), "hạn mới 15/11/2026"))


# ---- another date, another wish


@pytest.mark.parametrize("said", ["đồng ý đến 18/6", "ok 18/6", "chi cho lui den 18/6"])
async def test_the_coordinator_may_grant_another_date_in_words(stage: Stage, said: str) -> None:
    await asks(stage)
    await stage.talk(
        (HANG, said, ("Đã đồng ý", "hạn mới 18/6/2026", "xin đến 22/6/2026", "hạn gốc 15/6/2026"))
    )
    await stage.post()
    told = words_of(stage.channel.to(QUAN)[-1])
    assert "đồng ý gia hạn Báo cáo 6 tháng đầu năm 2026, 33/KH-UBND đến 18/6/2026" in told
    assert await due_dates(stage) == ["2026-06-18", *UNCHANGED[1:]]
    (wish,) = (await stage.everything())["extension"]
    assert "2026-06-22" in map(str, wish)  # what was asked for stays on record


@pytest.mark.parametrize("said", ["đồng ý đến 15/6", "đồng ý đến 10/6"])
async def test_another_date_must_be_later_too(stage: Stage, said: str) -> None:
    await asks(stage)
    await stage.talk(
        (HANG, said, "không sau hạn hiện nay (15/6)"), (HANG, "đồng ý đến 18/6", "hạn mới 18/6/2026")
    )


async def test_a_refusal_in_words_takes_its_reason_along(stage: Stage) -> None:
    await asks(stage)
    await stage.talk((HANG, "không đồng ý vì UBND tỉnh họp ngày 17/6", "không đồng ý"))
    await stage.post()
    told = words_of(stage.channel.to(QUAN)[-1])
    assert "hạn vẫn là 15/6/2026" in told
    assert "Lý do: UBND tỉnh họp ngày 17/6" in told


async def test_of_several_wishes_the_message_answered_is_meant(stage: Stage) -> None:
    await asks(stage)
    await stage.hear(TOAN, "1 xin lùi đến 25/6")
    await stage.post()
    await stage.talk((HANG, Answering("Sở Ngoại vụ xin gia hạn", "đồng ý đến 18/6"), (LEADING, "18/6/2026")))
    assert await due_dates(stage) == ["2026-06-18", *UNCHANGED[1:]]


async def test_where_it_is_not_clear_which_wish_is_meant_all_are_shown(stage: Stage) -> None:
    await asks(stage)
    await stage.hear(TOAN, "1 xin lùi đến 25/6")
    await stage.post()
    await stage.hear(HANG, "/trogiup")
    await stage.hear(HANG, Tap("Đồng ý gia hạn"))
    await stage.hear(QUAN, "2 xin lùi đến 10/7")
    await stage.hear(QUAN, "3 xin lùi đến 20/11")
    await stage.talk((HANG, "đồng ý", ("trả lời từng đề nghị", "30/6 → 10/7", "[3 Đồng ý gia hạn]")))


async def test_a_coordinator_for_whom_nothing_waits_decides_nothing(stage: Stage) -> None:
    await asks(stage)
    before = await stage.everything()
    await stage.talk((TUYEN, "đồng ý đến 18/6", "Không có đề nghị"))
    assert await stage.everything() == before


async def test_the_same_wish_twice_is_passed_on_once(stage: Stage) -> None:
    await asks(stage)
    await stage.talk((QUAN, "1 xin lùi đến 22/6", "đang chờ đơn vị tổng hợp"))
    await stage.post()
    assert len([m for m in stage.channel.to(HANG) if "xin gia hạn" in words_of(m)]) == 1


async def test_a_second_wish_takes_the_place_of_one_that_waits(stage: Stage) -> None:
    await asks(stage)
    first = stage.button(HANG, "Đồng ý gia hạn")
    await stage.talk((QUAN, "1 xin lùi đến 25/6", ASKED))
    await stage.post()
    assert "Thay cho đề nghị trước (đến 22/6)" in words_of(stage.channel.to(HANG)[-1])
    await stage.talk(
        (HANG, Press(first.data), "không còn chờ trả lời"),
        (HANG, Tap("Đồng ý gia hạn"), "hạn mới 25/6/2026"),
    )
    assert await due_dates(stage) == ["2026-06-25", *UNCHANGED[1:]]


async def test_after_a_second_extension_the_first_date_is_still_the_original_one(stage: Stage) -> None:
    await asks(stage)
    await stage.hear(HANG, Tap("Đồng ý gia hạn"))
    await stage.hear(QUAN, "1 xin lùi đến 29/6")
    await stage.post()
    await stage.talk((HANG, Tap("Đồng ý gia hạn"), ("hạn mới 29/6/2026", "hạn gốc 15/6/2026")))


async def test_for_what_is_done_no_time_can_be_asked_for(stage: Stage) -> None:
    await stage.hear(QUAN, "/viec")
    button = stage.button(QUAN, "1 Xin gia hạn")
    await stage.hear(QUAN, "1 xong")
    await stage.talk(
        (QUAN, "1 xin lùi đến 22/6", "đã được ghi là hoàn thành"), (QUAN, Press(button.data), "Nút này đã cũ")
    )
    assert not (await stage.everything())["extension"]


async def test_whoever_asked_and_has_left_is_not_told_but_the_unit_is(stage: Stage) -> None:
    await asks(stage)
    await stage.hear(QUAN, "/thoi")
    await stage.hear(QUAN, Tap("Thôi phụ trách"))
    heir = Somebody("c-moi", "Đỗ Mai Chi", LEADING, "focal")
    await stage.joins(heir)
    await stage.hear(HANG, Tap("Đồng ý gia hạn"))
    await stage.post()
    assert "hạn mới 22/6/2026" in words_of(stage.channel.to(heir)[-1])


async def test_the_status_counts_what_was_put_off(stage: Stage) -> None:
    assert "gia hạn" not in await stage.say(HANG, "/tinhhinh")
    await asks(stage)
    assert "gia hạn" not in await stage.say(HANG, "/tinhhinh")
    await stage.hear(HANG, Tap("Đồng ý gia hạn"))
    await stage.talk((HANG, "/tinhhinh", "Được gia hạn: 1 việc"))


@pytest.fixture
async def overdue(stage: Stage) -> Stage:
    """Wednesday 24 June: the report of 15/6 is seven working days late."""
    stage.clock.set("2026-06-24 09:00")
    return stage


@pytest.mark.parametrize("said", ["1 xin lùi 1 tuần", "1 xin lùi đến 20/6", "1 xin lùi đến 24/6"])
async def test_a_wish_for_a_day_that_is_behind_is_asked_about(overdue: Stage, said: str) -> None:
    await overdue.talk((QUAN, said, ("không sau hôm nay", "Việc 1", "đến ngày nào", "[29/6]")))
    assert not (await overdue.everything())["extension"]
    await overdue.talk(
        (QUAN, "22/6", ("Ngày 22/6 không sau hôm nay", "đến ngày nào")),
        (QUAN, "1 tuần do chờ số liệu", ("1 xin gia hạn đến 1/7", ASKED)),
    )


async def test_progress_beside_a_day_that_is_behind_is_recorded_and_the_day_asked_about(
    overdue: Stage,
) -> None:
    await overdue.talk(
        (QUAN, "1 được 80%, xin lùi 1 tuần", ("Đã ghi việc 1", "80%", "không sau hôm nay", "lùi đến 1/7"))
    )
    assert not (await overdue.everything())["extension"]


async def test_a_wish_whose_day_has_come_cannot_be_granted_as_it_stands(stage: Stage) -> None:
    await asks(stage)
    stage.clock.set("2026-06-22 09:00")
    await stage.talk((HANG, Tap("Đồng ý gia hạn"), ("Ngày 22/6 không sau hôm nay", "không đồng ý")))
    assert await due_dates(stage) == UNCHANGED
    await stage.talk((HANG, "đồng ý đến 26/6", "hạn mới 26/6/2026"))


async def wishes(stage: Stage) -> list[tuple[object, ...]]:
    async with stage.database.reading() as conn:
        found = await conn.exec_driver_sql("SELECT granted, decided_by FROM extension ORDER BY id")
        return [tuple(row) for row in found]


@pytest.mark.parametrize("said", ["huỷ gia hạn", "thôi không xin gia hạn nữa", "1 rút đề nghị lùi hạn"])
async def test_a_unit_takes_its_wish_back(stage: Stage, said: str) -> None:
    await asks(stage)
    before = (await stage.everything())["progress"]
    await stage.talk((QUAN, said, ("Đã rút đề nghị gia hạn Báo cáo 6 tháng", "hạn vẫn là 15/6")))
    await stage.post()
    assert "rút đề nghị gia hạn" in words_of(stage.channel.to(HANG)[-1])
    await stage.talk((HANG, Tap("Đồng ý gia hạn"), "không còn chờ trả lời"))
    assert await due_dates(stage) == UNCHANGED
    assert await wishes(stage) == [(0, None)]
    assert (await stage.everything())["progress"] == before
    await stage.talk((QUAN, said, "Không có đề nghị gia hạn nào"))


async def test_of_several_wishes_the_one_is_named_that_is_taken_back(stage: Stage) -> None:
    await asks(stage)
    await stage.talk(
        (QUAN, "2 xin lùi đến 7/7", ASKED),
        (QUAN, "huỷ gia hạn", ("rút đề nghị nào", "1. Báo cáo 6 tháng", "2. ", "(đến 7/7)")),
        (QUAN, "huỷ gia hạn 2", ("Đã rút", "đến 7/7")),
    )
    assert await wishes(stage) == [(None, None), (0, None)]


async def test_who_takes_a_wish_back_is_asked_by_the_date_that_holds(stage: Stage) -> None:
    await asks(stage)
    stage.clock.set("2026-06-16 09:00")
    await stage.hear(QUAN, "huỷ gia hạn")
    sent = await stage.nudged("2026-06-17 08:00")
    assert any("quá hạn" in words_of(delivered.message) for delivered in sent if delivered.chat == QUAN.chat)
