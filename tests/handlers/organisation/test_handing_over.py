"""/bangiao: a code for one's own seat, a leader's for the focal point, a coordinator's where nobody is."""

import re
from datetime import timedelta

import pytest

from storage.common import audit_log
from storage.organisation import unit_store
from tests.cast import (
    COMPILING,
    HANG,
    LAM,
    LEADING,
    NGOAN,
    QUAN,
    SILENT,
    STRANGER,
    SUPPORTING,
    TOAN,
    TUYEN,
    Press,
    Somebody,
    Stage,
    Tap,
    words_of,
)

MY = Somebody("c-my", "Sùng Thị Mỷ", LEADING)
CODE = re.compile(r"[A-Z2-9]{4}-[A-Z2-9]{4}")


async def code_of(stage: Stage, who: Somebody, *said: str | Tap) -> str:
    """Go through the questions and return the code that is shown."""
    for one in (*said, Tap("Lấy mã")):
        told = await stage.say(who, one)
    found = CODE.search(told)
    assert found is not None, told
    return found[0]


async def codes(stage: Stage) -> int:
    async with stage.database.reading() as conn:
        found = await conn.exec_driver_sql("SELECT count(*) FROM invite WHERE used_at IS NULL")
        return int(found.scalar_one())


async def test_an_officer_hands_over_their_own_seat_and_keeps_it_until_the_code_is_used(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "/bangiao", ("đầu mối", LEADING, "Chưa có gì thay đổi")),
        (QUAN, Tap("Lấy mã"), ("một lần", "đến hết 15/6/2026", "/start", "vẫn phụ trách")),
        (QUAN, "/viec", "còn 3 việc"),
    )
    code = CODE.search(words_of(stage.channel.to(QUAN)[-2]))
    assert code is not None
    await stage.talk((MY, f"/start {code[0]}", "có đồng ý không"), (MY, "đồng ý", MY.name))
    await stage.talk((MY, "/viec", "còn 3 việc"), (QUAN, "/viec", "không còn phụ trách"))
    await stage.post()
    assert [MY.name in words_of(outgoing) for outgoing in stage.channel.to(QUAN)][-1]


async def test_a_colleague_in_the_same_seat_keeps_theirs(stage: Stage) -> None:
    colleague = Somebody("c-pao", "Giàng A Páo", LEADING)
    await stage.joins(colleague)
    code = await code_of(stage, QUAN, "/bangiao")
    await stage.talk((MY, code, "có đồng ý không"), (MY, "đồng ý", MY.name))
    await stage.talk((colleague, "/viec", "còn 3 việc"), (QUAN, "/viec", "không còn phụ trách"))


async def test_a_leader_replaces_the_unit_s_focal_point(stage: Stage) -> None:
    await stage.talk(
        (LAM, "/bangiao", f"[{LEADING}: lãnh đạo phụ trách] [{LEADING}: đầu mối]"),
        (LAM, Tap(f"{LEADING}: đầu mối"), ("Đổi đầu mối", QUAN.name, "một ngày để phản đối")),
    )
    code = await code_of(stage, LAM)
    await stage.talk((MY, code, "có đồng ý không"), (MY, "đồng ý", MY.name))
    await stage.nudged("2026-06-02 10:00")
    await stage.talk((QUAN, "/viec", "không còn phụ trách"), (LAM, "/viec", "còn 3 việc"))


async def test_a_coordinator_takes_no_seat_of_a_unit_that_has_people(stage: Stage) -> None:
    before = await codes(stage)
    await stage.talk((HANG, f"/bangiao {LEADING}", ("đã có người phụ trách", "người quản trị")))
    for seat in ("focal", "leader"):
        async with stage.database.reading() as conn:
            unit_id = (await unit_store.ids(conn))[LEADING]
        await stage.talk((HANG, Press(f"handover:{unit_id}:{seat}"), "Nút này đã cũ"))
        await stage.talk((HANG, Press(f"handcode:{unit_id}:{seat}"), "Nút này đã cũ"))
    assert await codes(stage) == before


async def test_a_coordinator_invites_where_a_unit_has_nobody(stage: Stage) -> None:
    await stage.talk((HANG, f"/bangiao {SILENT}", "chưa có đầu mối"))
    code = await code_of(stage, HANG)
    await stage.talk((NGOAN, f"/start {code}", ("Cảm ơn", SILENT)))


async def test_a_coordinator_s_code_is_worth_nothing_once_the_unit_has_people(stage: Stage) -> None:
    await stage.talk((HANG, f"/bangiao {SILENT}", "chưa có đầu mối"))
    code = await code_of(stage, HANG)
    await stage.joins(Somebody("c-khac", "Vừ Thị Dua", SILENT))
    await stage.talk((NGOAN, f"/start {code}", "hết hạn"))
    async with stage.database.reading() as conn:
        ended = await conn.exec_driver_sql("SELECT count(*) FROM audit WHERE what = 'handover'")
        assert ended.scalar_one() == 0


async def test_a_coordinator_s_own_seat_can_be_handed_over_as_well(stage: Stage) -> None:
    await stage.talk(
        (HANG, "/bangiao", ("vai trò nào", "/bangiao Sở Nội vụ", f"[{COMPILING}: người tổng hợp]"))
    )
    code = await code_of(stage, HANG, Tap(f"{COMPILING}: người tổng hợp"))
    await stage.talk((MY, code, "có đồng ý không"), (MY, "đồng ý", "người tổng hợp"))
    await stage.talk((HANG, "/tinhhinh", "không còn phụ trách"), (MY, "/tinhhinh", "33/KH-UBND"))


@pytest.mark.parametrize(
    ("who", "said", "refusal"),
    [
        (QUAN, f"/bangiao {SUPPORTING}", "của chính mình"),
        (LAM, f"/bangiao {SILENT}", "của chính mình"),
        (TUYEN, f"/bangiao {LEADING}", "của chính mình"),
        (HANG, "/bangiao Sở Xây dựng", "không có việc trong kế hoạch"),
        (STRANGER, "/bangiao", "mã tham gia"),
        (NGOAN, "/bangiao", "không còn phụ trách"),
        (QUAN, Press("handover:2:leader"), "Nút này đã cũ"),
        (QUAN, Press("handcode:2:leader"), "Nút này đã cũ"),
    ],
)
async def test_nobody_gets_a_code_for_a_seat_that_is_not_theirs_to_give(
    stage: Stage, who: Somebody, said: str | Press, refusal: str
) -> None:
    before = await codes(stage)
    await stage.talk((who, said, refusal))
    async with stage.database.reading() as conn:
        assert (await audit_log.listing(conn))[-1].what == "refused" or who in (
            STRANGER,
            NGOAN,
        )  # these are only counted
    assert await codes(stage) == before


async def test_a_second_press_makes_no_second_code_and_an_earlier_code_ends(stage: Stage) -> None:
    first = await code_of(stage, QUAN, "/bangiao")
    await stage.talk((QUAN, Tap("Lấy mã"), "gõ lại: /bangiao"))
    second = await code_of(stage, QUAN, "/bangiao")
    await stage.talk((MY, first, "đã hết hạn"), (MY, second, "có đồng ý không"))


async def test_an_officer_s_code_leaves_the_leader_s_alone(stage: Stage) -> None:
    theirs = await code_of(stage, LAM, "/bangiao", Tap(f"{LEADING}: đầu mối"))
    await code_of(stage, QUAN, "/bangiao")
    await stage.talk((MY, theirs, "có đồng ý không"))


async def test_who_was_replaced_has_no_way_back_by_a_code_of_their_own(stage: Stage) -> None:
    kept = await code_of(stage, QUAN, "/bangiao")
    theirs = await code_of(stage, LAM, "/bangiao", Tap(f"{LEADING}: đầu mối"))
    await stage.talk((MY, theirs, "có đồng ý không"), (MY, "đồng ý", MY.name), (STRANGER, kept, "đã hết hạn"))


async def test_a_code_ends_on_the_day_that_was_told(stage: Stage) -> None:
    code = await code_of(stage, QUAN, "/bangiao")
    stage.clock.set(stage.clock.now() + timedelta(days=14, minutes=1))
    await stage.talk((MY, code, "đã hết hạn"))


async def test_the_code_is_kept_nowhere_and_who_made_it_stands_in_the_audit(stage: Stage) -> None:
    code = await code_of(stage, TOAN, "/bangiao")
    async with stage.database.reading() as conn:
        line = (await audit_log.listing(conn))[-1]
        person = (
            await conn.exec_driver_sql("SELECT person_id FROM account WHERE chat = ?", (TOAN.chat,))
        ).scalar_one()
        dump = repr([(await conn.exec_driver_sql(f"SELECT * FROM {name}")).all() for name in TABLES])  # noqa: S608 - names of ours
    assert (line.what, line.person_id, line.became) == ("handover code", person, "focal")
    assert code not in dump
    assert code.replace("-", "") not in dump


TABLES = ("invite", "incoming", "dialog", "audit", "outgoing")
