"""The menu on each phone names what its owner may use, in their language, and changes with both."""

import re

import pytest

from handlers.common.context import Command
from handlers.table import COMMANDS
from services.organisation.invite_codes import make_code
from storage.organisation import people_store, unit_store
from tests.cast import HANG, LAM, LEADING, NGOAN, QUAN, STRANGER, TOAN, Press, Somebody, Stage
from tests.set_clock import at

OPEN = {"anyone", "joined"}
MAY: dict[str, set[str]] = {
    "stranger": {"anyone"},
    "former": OPEN,
    "officer": {*OPEN, "member", "officer"},
    "coordinator": {*OPEN, "member", "coordinator"},
}
SEATED = ("officer", "coordinator")


def expected(role: str, language: str = "vi") -> list[str]:
    """What the table lets a role use; who has a seat needs no /start."""
    return [
        command.alias if language == "vi" else command.name
        for command in COMMANDS
        if command.who in MAY[role] and not (command.name == "start" and role in SEATED)
    ]


async def shown(stage: Stage, who: Somebody, said: str | Press) -> list[str] | None:
    """The menu that comes with the last answer."""
    menu = (await stage.hear(who, said))[-1].menu
    return None if menu is None else [entry.command for entry in menu]


def test_names_and_help_lines_are_such_as_telegram_takes() -> None:
    for command in COMMANDS:
        for name in (command.name, command.alias):
            assert re.fullmatch(r"[a-z0-9_]{1,32}", name), name


@pytest.mark.parametrize(
    ("who", "role"), [(QUAN, "officer"), (LAM, "officer"), (TOAN, "officer"), (HANG, "coordinator")]
)
async def test_each_has_the_menu_of_their_role_in_their_language(
    stage: Stage, who: Somebody, role: str
) -> None:
    assert await shown(stage, who, "/start") == expected(role)
    assert await shown(stage, who, "/trogiup") == expected(role)
    assert await shown(stage, who, "/language en") == expected(role, "en")
    assert await shown(stage, who, "/help") == expected(role, "en")
    (answer,) = await stage.hear(who, "/help")
    assert all(1 <= len(entry.description) <= 256 for entry in answer.menu or ())


async def test_a_stranger_keeps_the_menu_of_all_strangers(stage: Stage) -> None:
    assert await shown(stage, STRANGER, "/start") is None
    assert expected("stranger", "en") == ["start", "help"]


async def test_who_joins_and_takes_a_second_seat_gets_what_both_may(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        unit_id = (await unit_store.ids(conn))[LEADING]
        made = await make_code(conn, unit_id, LEADING, "coordinator", stage.clock.now())
    menu = await shown(stage, QUAN, f"/start {made.code}")
    assert menu == [
        command.alias
        for command in COMMANDS
        if command.name != "start" and command.who in MAY["officer"] | {"coordinator"}
    ]


@pytest.mark.parametrize("verb", ["leave", "withdraw"])
async def test_who_gives_up_their_seats_keeps_what_is_about_themselves(stage: Stage, verb: str) -> None:
    assert await shown(stage, QUAN, Press(f"{verb}:yes")) == expected("former")
    for name in expected("former"):
        assert await stage.hear(QUAN, f"/{name}"), name


async def test_who_is_erased_is_a_stranger_again(stage: Stage) -> None:
    assert await shown(stage, QUAN, Press("erase:yes")) == expected("stranger")


async def test_who_comes_back_has_the_whole_menu_again(stage: Stage) -> None:
    assert await shown(stage, NGOAN, f"/start {await stage.code(LEADING, 'leader')}") == expected("officer")


async def test_an_ordinary_answer_sets_no_menu(stage: Stage) -> None:
    for said in ("/viec", "1.1 được 30%", "trời đẹp quá", "/tinhhinh"):
        assert await shown(stage, QUAN, said) is None, said


async def forgotten(stage: Stage, who: Somebody) -> None:
    """Let a chat show what an older version of the program gave it."""
    async with stage.database.writing() as conn:
        await people_store.show(conn, "memory", who.chat, "of an older one")


async def test_a_chat_with_an_older_menu_gets_today_s_with_the_next_answer_once(stage: Stage) -> None:
    await forgotten(stage, QUAN)
    assert await shown(stage, QUAN, "/viec") == expected("officer")
    assert await shown(stage, QUAN, "/viec") is None


async def test_a_menu_that_was_just_set_is_not_set_again(stage: Stage) -> None:
    await forgotten(stage, QUAN)
    assert await shown(stage, QUAN, "/trogiup") == expected("officer")
    assert await shown(stage, QUAN, "/viec") is None


async def test_a_seat_lost_beside_the_chat_changes_the_menu_too(stage: Stage) -> None:
    assert await shown(stage, NGOAN, "/viec") == expected("former")
    assert await shown(stage, NGOAN, "/viec") is None


async def test_a_new_command_comes_to_the_chats_that_may_use_it(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def run(*_: object) -> None: ...

    new = Command("help", "moi", "coordinator", run)  # type: ignore[arg-type]  # never called
    monkeypatch.setattr("handlers.dispatch.COMMANDS", (*COMMANDS, new))
    assert await shown(stage, QUAN, "/viec") is None
    assert await shown(stage, HANG, "/tinhhinh") == [*expected("coordinator"), "moi"]


async def test_a_chat_that_could_not_be_reached_gets_its_menu_again(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        await people_store.mark(conn, "memory", QUAN.chat, reachable=False, why="blocked")
    assert await shown(stage, QUAN, "/viec") == expected("officer")
    async with stage.database.reading() as conn:
        found = await people_store.look_up(conn, "memory", QUAN.chat, at("2026-06-01 09:00").date())
    assert found is not None
    assert found.reachable


async def test_a_stranger_s_answer_sets_no_menu(stage: Stage) -> None:
    assert await shown(stage, STRANGER, "xin chào") is None
