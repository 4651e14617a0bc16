"""Whatever is refused stands in the audit: who, when, what; and not a word of what was typed."""

import pytest

from handlers.table import BUTTONS, COMMANDS
from storage.common import audit_log
from tests.cast import HANG, NGOAN, QUAN, STRANGER, TOAN, TUYEN, File, Press, Saying, Somebody, Stage


async def refused(stage: Stage) -> list[tuple[int | None, str]]:
    async with stage.database.reading() as conn:
        assert (await audit_log.verify(conn)).broken is None
        return [
            (line.person_id, line.about) for line in await audit_log.listing(conn) if line.what == "refused"
        ]


async def number(stage: Stage, who: Somebody) -> int | None:
    async with stage.database.reading() as conn:
        found = await conn.exec_driver_sql("SELECT person_id FROM account WHERE chat = ?", (who.chat,))
        return found.scalar_one_or_none()


@pytest.mark.parametrize(
    ("who", "said", "about"),
    [
        (STRANGER, "/start ABCD-2345", "code"),
        (QUAN, "/kehoach 1", "command plan"),
        (HANG, "/capnhat 1 xong", "command update"),
        (QUAN, Press("grant:1"), "button grant"),
        (TUYEN, Press("confirm:1"), "plan 1"),
        (QUAN, "1 xong, BC 12/BC-SNgV (MẬT)", "a secrecy mark"),
    ],
)
async def test_what_is_refused_is_kept_without_its_words(
    stage: Stage, who: Somebody, said: Saying, about: str
) -> None:
    before = await refused(stage)
    assert len(await stage.hear(who, said)) == 1
    assert await refused(stage) == [*before, (await number(stage, who), about)]


async def test_a_button_of_another_unit_s_item_is_an_attempt(stage: Stage) -> None:
    await stage.hear(TOAN, "/viec")
    theirs = stage.button(TOAN, "1 Đã xong").data
    await stage.hear(QUAN, Press(theirs))
    assert (await refused(stage))[-1] == (await number(stage, QUAN), f"assignment {theirs.partition(':')[2]}")


async def test_a_locked_chat_is_an_attempt_each_time(stage: Stage) -> None:
    for _ in range(11):
        await stage.hear(STRANGER, "/start ABCD-2345")
    assert [about for _, about in await refused(stage)][-2:] == ["code", "code, locked"]


async def test_what_is_allowed_is_no_attempt(stage: Stage) -> None:
    for said in ("/viec", "1 xong", "/trogiup", "trời đẹp quá", "/xyz"):
        await stage.hear(QUAN, said)
    await stage.hear(STRANGER, "/trogiup")
    assert await refused(stage) == []


@pytest.mark.parametrize(
    ("who", "said"),
    [
        (STRANGER, "/tinhhinh của tỉnh"),
        (STRANGER, "/không có lệnh này"),
        (STRANGER, "cho tôi xem với"),
        (STRANGER, Press("done:1")),
        (STRANGER, File("ke-hoach.txt", b"...")),
        (NGOAN, "/viec"),  # joined once, and has no seat any more
    ],
)
async def test_people_without_a_seat_are_counted_by_the_hour(
    stage: Stage, who: Somebody, said: Saying
) -> None:
    stage.clock.set("2026-06-04 09:10")
    for _ in range(3):
        assert len(await stage.hear(who, said)) == 1
    assert await counted(stage) == []
    stage.clock.set("2026-06-04 10:05")
    for _ in range(2):
        await stage.hear(who, said)
    assert await counted(stage) == ["2026-06-04T02Z: 3 messages"]
    assert await refused(stage) == []


async def counted(stage: Stage) -> list[str]:
    async with stage.database.reading() as conn:
        assert (await audit_log.verify(conn)).broken is None
        return [line.about for line in await audit_log.listing(conn) if line.what == "strangers"]


async def test_every_command_and_button_that_is_not_for_strangers_is_counted_when_one_tries(
    stage: Stage,
) -> None:
    stage.clock.set("2026-06-04 09:10")
    verbs: list[Saying] = [f"/{each.name}" for each in COMMANDS if each.who != "anyone"]
    presses: list[Saying] = [Press(f"{each.verb}:1") for each in BUTTONS if each.who != "anyone"]
    for said in (*verbs, *presses):
        await stage.hear(STRANGER, said)
    stage.clock.set("2026-06-04 11:00")
    await stage.hear(STRANGER, "alo")
    assert await counted(stage) == [f"2026-06-04T02Z: {len(verbs) + len(presses)} messages"]
