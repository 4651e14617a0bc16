"""A unit's group: it hears of its own unit alone, and takes progress from that unit's people."""

import pytest

from bot.channels.base import SendError
from domain.common.text import fold
from handlers.common.conversation import Outgoing
from handlers.table import BUTTONS, COMMANDS
from storage.organisation import group_chat_store
from tests.cast import (
    HANG,
    LAM,
    LEADING,
    NGOAN,
    QUAN,
    STRANGER,
    SUPPORTING,
    TOAN,
    TUYEN,
    File,
    Press,
    Somebody,
    Stage,
    words_of,
)

GROUP = "-100"
OF_OTHERS = ("sao chè", "nhãn hiệu", "gian hàng", SUPPORTING, TOAN.name, HANG.name)


@pytest.fixture
async def room(stage: Stage) -> Stage:
    """The group of the leading unit, bound by its focal point."""
    code = await stage.code(LEADING, "group")
    assert "nhóm của Sở Ngoại vụ" in await said(stage, QUAN, f"/start {code}")
    return stage


async def heard(stage: Stage, who: Somebody, words: str, group: str = GROUP) -> list[Outgoing]:
    """What comes back to the group where the bot is called."""
    return await stage.hear(who, words, group=group, called=True)


async def said(stage: Stage, who: Somebody, words: str, group: str = GROUP) -> str:
    (answer,) = await heard(stage, who, words, group)
    return words_of(answer)


async def rows(stage: Stage, question: str) -> list[tuple[object, ...]]:
    async with stage.database.reading() as conn:
        return [tuple(row) for row in await conn.exec_driver_sql(question)]


async def test_a_group_is_bound_by_a_code_that_works_once(stage: Stage) -> None:
    code = await stage.code(LEADING, "group")
    (answer,) = await heard(stage, QUAN, f"/start {code}")
    assert "nhóm của Sở Ngoại vụ" in words_of(answer)
    assert [entry.command for entry in answer.menu or ()] == ["viec", "tinhhinh", "capnhat", "trogiup"]
    assert await rows(stage, "SELECT chat FROM room") == [(GROUP,)]
    assert "đã dùng" in await said(stage, QUAN, f"/start {code}", "-200")
    assert await rows(stage, "SELECT chat FROM room") == [(GROUP,)]
    assert ("room", "bound") in await rows(stage, "SELECT what, became FROM audit")


@pytest.mark.parametrize("who", [STRANGER, NGOAN, TOAN, TUYEN, HANG])
async def test_nobody_but_the_units_people_binds_its_group(stage: Stage, who: Somebody) -> None:
    code = await stage.code(LEADING, "group")
    told = await said(stage, who, f"/start {code}")
    assert "chính đơn vị đó" in told
    assert LEADING not in told
    assert await rows(stage, "SELECT * FROM room") == []
    assert "nhóm của Sở Ngoại vụ" in await said(stage, QUAN, f"/start {code}")


async def test_a_code_for_a_group_gives_nobody_a_seat(stage: Stage) -> None:
    code = await stage.code(LEADING, "group")
    before = await stage.everything()
    await stage.talk((STRANGER, f"/start {code}", "gõ trong nhóm"), (QUAN, f"/start {code}", "gõ trong nhóm"))
    assert await stage.everything() == before


async def test_a_persons_own_code_is_not_used_up_in_a_group(stage: Stage) -> None:
    code = await stage.code(LEADING, "focal")
    assert "nhắn riêng" in await said(stage, STRANGER, f"/start {code}")
    await stage.talk((STRANGER, f"/start {code}", "mời anh/chị làm đầu mối"))


async def test_who_guesses_codes_in_groups_is_locked_out_everywhere(stage: Stage) -> None:
    for number in range(10):
        assert "không đúng" in await said(stage, STRANGER, f"/start ABCD-{number:04}", f"-{number + 1}")
    code = await stage.code(LEADING, "focal")
    assert "Đã nhập sai nhiều lần" in await said(stage, STRANGER, f"/start {code}", "-77")
    await stage.talk((STRANGER, f"/start {code}", "Đã nhập sai nhiều lần"))
    await stage.talk((QUAN, "/viec", "3 việc"))


@pytest.mark.parametrize("who", [QUAN, LAM, STRANGER, TOAN, HANG])
async def test_everybody_in_the_group_sees_what_its_unit_owes_and_no_more(room: Stage, who: Somebody) -> None:
    await room.talk((TOAN, "/capnhat 1.2 được 40%, đã in nhãn hiệu", "Đã ghi"))
    for command in ("/viec", "/tinhhinh", "/duties", "/status", "/viec 1"):
        (answer,) = await heard(room, who, command)
        told = words_of(answer)
        assert "Sở Ngoại vụ" in told or "thư mời" in told or "đoàn khách" in told
        assert not answer.choices
        for secret in OF_OTHERS:
            assert secret == SUPPORTING or fold(secret) not in fold(told), (command, secret)


async def test_a_members_word_in_the_group_is_recorded_and_can_be_taken_back_by_them(room: Stage) -> None:
    (answer,) = await heard(room, QUAN, "/capnhat 1 được 40%")
    assert "Đã ghi" in words_of(answer)
    assert await rows(room, "SELECT percent FROM progress") == [(40,)]
    (undo,) = [choice for row in answer.choices for choice in row]
    assert "Đã ghi" not in words_of((await room.hear(LAM, Press(undo.data), group=GROUP))[0])
    assert await rows(room, "SELECT undone FROM progress") == [(0,)]
    await room.hear(QUAN, Press(undo.data), group=GROUP)
    assert await rows(room, "SELECT undone FROM progress") == [(1,)]
    assert "Đã ghi" in await said(room, LAM, "1 được 60%")


@pytest.mark.parametrize("who", [STRANGER, NGOAN, TOAN, HANG, TUYEN])
async def test_who_has_no_seat_in_the_unit_changes_nothing_and_hears_how_to_join(
    room: Stage, who: Somebody
) -> None:
    before = await room.everything()
    for words in ("/capnhat 1 đã xong", "1 xong", "xin lùi 1 tuần"):
        told = await said(room, who, words)
        assert "/start MÃ" in told
        assert "\n" not in told.strip()
    for button in BUTTONS:
        (answer,) = await room.hear(who, Press(f"{button.verb}:1"), group=GROUP)
        assert "/start MÃ" in words_of(answer)
    assert await room.everything() == before


async def test_somebody_of_two_units_speaks_in_the_group_for_that_unit_alone(room: Stage) -> None:
    both = Somebody("c-hai", "Cao Thị Hai", LEADING, "focal")
    await room.joins(both)
    await room.hear(both, f"/start {await room.code(SUPPORTING, 'focal')}")
    assert "còn 5 việc" in await room.say(both, "/viec")
    assert "2." not in await said(room, both, "/viec")  # that number is the other unit's
    assert "Không có việc số 2" in await said(room, both, "2 xong")
    assert "Đã ghi" in await said(room, both, "1 được 20%")
    theirs = "SELECT unit.name FROM progress JOIN assignment ON assignment.id = assignment_id JOIN unit"
    assert await rows(room, f"{theirs} ON unit.id = unit_id") == [(LEADING,)]


async def test_what_is_said_among_people_is_not_the_bots(room: Stage) -> None:
    before = await room.everything()
    for words in ("1 xong", "đã xong hết rồi", "start lại đi", "viec", "thôi"):
        assert await room.hear(QUAN, words, group=GROUP) == [], words
    assert await room.hear(QUAN, File("x.txt", b"x"), group=GROUP) == []
    assert await room.everything() == before


async def test_a_question_is_not_left_open_before_all(room: Stage) -> None:
    (answer,) = await heard(room, QUAN, "vướng kinh phí")
    assert "ghi cả số việc" in words_of(answer)
    assert not answer.choices
    before = await room.everything()
    await heard(room, LAM, "1")
    assert await room.everything() == before


async def test_all_other_commands_are_for_private_talk(room: Stage) -> None:
    before = await room.everything()
    here = {"start", "help", "duties", "status", "update"}
    for command in COMMANDS:
        if command.name not in here:
            for who in (QUAN, HANG, STRANGER):
                assert "nhắn riêng" in await said(room, who, f"/{command.name} 1"), command.name
    assert await room.everything() == before


async def test_secret_words_are_refused_in_a_group_whether_the_bot_is_called_or_not(room: Stage) -> None:
    before = await room.everything()
    for called in (True, False):
        (answer,) = await room.hear(QUAN, "1 xong, báo cáo (MẬT)", group=GROUP, called=called)
        assert "mật" in words_of(answer).lower()
    assert await room.everything() == before
    assert await room.hear(QUAN, "báo cáo (MẬT)", group="-9") == []


async def test_a_file_in_the_group_is_not_kept_but_its_words_are(room: Stage) -> None:
    answers = await room.hear(QUAN, File("a.pdf", b"x", caption="1 được 30%"), group=GROUP, called=True)
    assert "Đã ghi" in words_of(answers[0])
    assert "gửi riêng" in words_of(answers[-1])


async def test_the_numbers_of_the_list_shown_last_hold_for_all_of_the_group(room: Stage) -> None:
    await said(room, QUAN, "/viec")
    assert "Đã ghi" in await said(room, QUAN, "1 xong, BC 5/BC-SNgV")
    await said(room, LAM, "2 được 25%")
    done = await rows(room, "SELECT due_on FROM progress JOIN assignment ON assignment.id = assignment_id")
    assert done == [("2026-06-15",), ("2026-06-30",)]


async def test_another_code_gives_the_group_to_another_unit(room: Stage) -> None:
    code = await room.code(SUPPORTING, "group")
    assert "nhóm của Sở Công Thương" in await said(room, TOAN, f"/start {code}")
    assert "nhãn hiệu" in await said(room, STRANGER, "/viec")
    assert "/start MÃ" in await said(room, QUAN, "1 xong")


async def moved(stage: Stage, to: str) -> None:
    await stage.program.intake._dispatcher.note_move("memory", GROUP, to)


async def test_a_group_that_moves_stays_its_units_with_the_numbers_it_was_shown(room: Stage) -> None:
    await said(room, QUAN, "/viec")
    await moved(room, "-100500")
    assert await rows(room, "SELECT chat FROM room") == [("-100500",)]
    assert "Đã ghi" in await said(room, QUAN, "2 được 25%", "-100500")
    assert "nhắn riêng" in await said(room, QUAN, "/viec")
    await moved(room, "-7")
    assert await rows(room, "SELECT chat FROM room") == [("-100500",)]


async def test_an_answer_that_finds_the_group_moved_follows_it(room: Stage) -> None:
    room.channel.refusals[GROUP].append(SendError("moved", moved_to="-100500"))
    assert await room.hear(QUAN, "/viec", group=GROUP) == []
    assert await rows(room, "SELECT chat FROM room") == [("-100500",)]
    assert [sent.chat for sent in room.channel.sent][-1] == "-100500"


async def test_a_group_that_shut_the_bot_out_is_nobodys_until_a_new_code(room: Stage) -> None:
    await room.program.intake._dispatcher.note_reach("memory", GROUP, room.clock.now(), reachable=False)
    assert await rows(room, "SELECT * FROM room") == []
    assert "nhắn riêng" in await said(room, QUAN, "/viec")
    assert ("room", "bound") in await rows(room, "SELECT what, was FROM audit")


async def test_a_group_with_an_older_menu_gets_todays_with_the_next_answer_once(room: Stage) -> None:
    async with room.database.writing() as conn:
        await group_chat_store.show(conn, "memory", GROUP, "of an older one")
    menus = [(await heard(room, QUAN, "/viec"))[0].menu for _ in range(2)]
    assert [entry.command for entry in menus[0] or ()] == ["viec", "tinhhinh", "capnhat", "trogiup"]
    assert menus[1] is None


async def test_the_new_chat_of_a_group_that_has_moved_gets_the_menu(room: Stage) -> None:
    async with room.database.writing() as conn:
        await group_chat_store.move(conn, "memory", GROUP, "-999")
    (answer,) = await room.hear(QUAN, "/viec", group="-999", called=True)
    assert answer.menu


async def test_a_word_on_an_item_in_the_group_is_no_call_for_the_list(room: Stage) -> None:
    (answer,) = await room.hear(QUAN, "việc 2 được 30%", group=GROUP, called=True)
    assert "Đã ghi việc 2" in words_of(answer)


async def test_an_anonymous_admin_is_told_why_nothing_is_recorded_and_may_look(room: Stage) -> None:
    hidden = Somebody("1087968824", "Group")
    (why,) = await room.hear(hidden, "/capnhat 1 xong", group=GROUP, anonymous=True)
    assert "ẩn danh" in words_of(why)
    (shown,) = await room.hear(hidden, "/viec", group=GROUP, anonymous=True)
    assert LEADING in words_of(shown)
    code = await room.code(LEADING, "group")
    (why,) = await room.hear(hidden, f"/start {code}", group="-200", anonymous=True)
    assert "ẩn danh" in words_of(why)
    assert await rows(room, "SELECT count(*) FROM progress") == [(0,)]
