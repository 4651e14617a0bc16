"""An item has one number from the nudge to the answer to the list, for as long as it is open."""

import json
import re
from datetime import date
from zoneinfo import ZoneInfo

from services.assignments.number_items import number_items
from storage.assignments.number_store import NumberOwner
from tests.cast import LAM, LEADING, QUAN, Answering, Stage, Tap, words_of
from tests.owing import owe

JUNE_REPORT, INVITATIONS, YEAR_REPORT = "Báo cáo 6 tháng", "Chủ trì gửi thư mời", "Báo cáo năm 2026"


def numbers_in(text: str) -> dict[str, str]:
    """Return the number before each of the cast's items in a list or a nudge."""
    items = (JUNE_REPORT, INVITATIONS, YEAR_REPORT)
    return {what: found[1] for what in items if (found := re.search(rf"(\d+)\. {what}", text))}


async def test_nudge_answer_and_list_have_the_same_numbers(stage: Stage) -> None:
    await stage.nudged("2026-06-10 08:00")
    nudged = numbers_in(words_of(stage.channel.to(QUAN)[-1]))
    assert sorted(nudged.values()) == ["1", "2"]
    done = nudged[JUNE_REPORT]
    await stage.talk((QUAN, f"{done} xong", f"Đã ghi việc {done}: hoàn thành"))
    listed = numbers_in(await stage.say(QUAN, "/viec"))
    assert listed == {INVITATIONS: nudged[INVITATIONS], YEAR_REPORT: "3"}
    assert await stage.nudged("2026-06-22 08:00")
    assert numbers_in(words_of(stage.channel.to(QUAN)[-1])) == {INVITATIONS: nudged[INVITATIONS]}


async def test_a_new_item_gets_no_number_that_was_used_this_week(stage: Stage) -> None:
    await stage.say(QUAN, "/viec")
    await stage.talk((QUAN, "1 xong", "hoàn thành"))
    await owe(stage, LEADING, date(2026, 9, 1), today=stage.clock.now().date())
    assert "4. Báo cáo" in await stage.say(QUAN, "/viec")
    stage.clock.let_pass(days=7)
    await owe(stage, LEADING, date(2026, 9, 2), today=stage.clock.now().date())
    assert "1. Báo cáo" in await stage.say(QUAN, "/viec")


async def test_what_is_taken_back_has_its_number_again(stage: Stage) -> None:
    await stage.say(QUAN, "/viec")
    await stage.talk(
        (QUAN, "2 xong", "Đã ghi việc 2"), (QUAN, "/viec", "còn 2 việc"), (QUAN, Tap("Hoàn tác"), "hoàn tác")
    )
    assert numbers_in(await stage.say(QUAN, "/viec")) == {
        JUNE_REPORT: "1",
        INVITATIONS: "2",
        YEAR_REPORT: "3",
    }


async def test_colleagues_speak_of_one_item_by_one_number(stage: Stage) -> None:
    await stage.say(QUAN, "/viec")
    await stage.talk((QUAN, "1 xong", "hoàn thành"))
    assert numbers_in(await stage.say(LAM, "/viec")) == numbers_in(await stage.say(QUAN, "/viec"))


async def test_a_message_of_before_the_numbers_stayed_counts_from_one(stage: Stage) -> None:
    """Its reply means what it showed, whatever numbers its items have now."""
    await stage.nudged("2026-06-10 08:00")
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql("UPDATE outgoing SET numbers = NULL")
        (shown,) = (await conn.exec_driver_sql("SELECT numbered FROM outgoing WHERE chat = 'c-quan'")).one()
        await conn.exec_driver_sql("UPDATE item_number SET number = number + 10")
    first = json.loads(shown)[0]
    await stage.talk((QUAN, Answering("có 2 việc", "1 xong"), "hoàn thành"))
    async with stage.database.reading() as conn:
        done = await conn.exec_driver_sql("SELECT id FROM assignment WHERE state = 'done'")
        assert done.scalars().all() == [first]


async def test_a_nudge_says_how_much_it_leaves_out(stage: Stage) -> None:
    await stage.nudged("2026-06-04 08:00")  # of three items the report of 15/6 alone
    assert "Ngoài ra còn 2 việc đang mở" in words_of(stage.channel.to(QUAN)[-1])


async def test_numbers_of_many_people_are_given_at_once(stage: Stage) -> None:
    zone, now = ZoneInfo("Asia/Ho_Chi_Minh"), stage.clock.now()
    async with stage.database.writing() as conn:
        ids = (await conn.exec_driver_sql("SELECT id FROM assignment ORDER BY id")).scalars().all()
        numbers = await number_items(conn, NumberOwner(person_id=1), ids, now, zone)
        assert [numbers[id_] for id_ in ids] == list(range(1, len(ids) + 1))
        again = await number_items(conn, NumberOwner(person_id=1), reversed(ids), now, zone)
        assert again == numbers
