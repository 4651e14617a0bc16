"""Nobody learns, or changes, what is not theirs: every command and every button, by everybody."""

from collections.abc import Iterator

import pytest

from domain.common.text import fold
from handlers.common.conversation import Outgoing
from handlers.table import BUTTONS, COMMANDS
from tests.cast import (
    CAST,
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
    File,
    Press,
    Somebody,
    Stage,
    Tap,
    words_of,
)

ARGUMENTS = ("", " 1", " 1 xong")
SECRETS = ("33/KH-UBND", "chè", LEADING, SUPPORTING, SILENT, COMPILING, *(who.name for who in CAST))
"""What a stranger must not hear."""
OF_OTHERS = ("sao chè", "nhãn hiệu", "gian hàng", SILENT, TOAN.name, HANG.name)
"""What the people of the leading unit must not hear."""


def commands() -> Iterator[str]:
    for command in COMMANDS:
        yield from (f"/{name}{argument}" for name in (command.name, command.alias) for argument in ARGUMENTS)


def about_oneself(said: str, who: Somebody) -> tuple[str, ...]:
    """What somebody may hear of themselves, who asks what is held about them."""
    return (who.name, who.unit) if said.startswith(("/mydata", "/dulieu")) else ()


def leaks(answers: list[Outgoing], secrets: tuple[str, ...]) -> list[str]:
    told = fold(" ".join(map(words_of, answers)))
    return [secret for secret in secrets if fold(secret) in told]


async def test_a_stranger_hears_nothing_from_any_command(stage: Stage) -> None:
    before = await stage.everything()
    for number, said in enumerate(commands()):
        alone = Somebody(f"c-la-{number}", STRANGER.name)
        answers = await stage.hear(alone, said)
        assert len(answers) == 1, said
        assert not leaks(answers, SECRETS), said
        assert not answers[0].menu, said
        assert not answers[0].papers, said
    assert await stage.everything() == before


async def test_a_former_member_hears_nothing_any_more(stage: Stage) -> None:
    before = await stage.everything()
    for said in commands():
        answers = await stage.hear(NGOAN, said)
        assert len(answers) == 1, said
        own = (NGOAN.name, *about_oneself(said, NGOAN))
        assert not leaks(answers, tuple(s for s in SECRETS if s not in own)), said
    assert await stage.everything() == before


@pytest.mark.parametrize("who", [QUAN, LAM])
async def test_a_unit_hears_only_of_itself(stage: Stage, who: Somebody) -> None:
    await stage.talk((TOAN, "/capnhat 1.2 được 40%, đã in nhãn hiệu", "Đã ghi"))
    for said in commands():
        if "xong" not in said and "xin" not in said:
            assert not leaks(await stage.hear(who, said), OF_OTHERS), said


async def test_a_coordinator_of_nothing_hears_of_nothing(stage: Stage) -> None:
    for said in commands():
        if not said.lower().startswith(("/start", "/batdau")):
            secrets = tuple(s for s in SECRETS if s not in about_oneself(said, TUYEN))
            assert not leaks(await stage.hear(TUYEN, said), secrets), said


@pytest.mark.parametrize("said", ["đã xong", "1 xong", "chào em", "33/KH-UBND", "Sở Ngoại vụ", "/x", "/"])
@pytest.mark.parametrize("who", [STRANGER, NGOAN])
async def test_whatever_an_outsider_types_tells_them_how_to_get_a_code(
    stage: Stage, who: Somebody, said: str
) -> None:
    await stage.talk((who, said, "/start MÃ"))


async def test_a_file_from_an_outsider_is_not_even_fetched(stage: Stage) -> None:
    await stage.talk((STRANGER, File("ke-hoach.txt", b"..."), "/start MÃ"))
    await stage.talk((NGOAN, File("ke-hoach.txt", b"..."), "/start MÃ"))


HUGE = "9" * 30
FORGED = ("", "-1", HUGE, "²", "2026-13-45")


async def owed_by_others(stage: Stage) -> list[str]:
    """The assignments of the supporting unit, as a button's argument."""
    async with stage.database.reading() as conn:
        rows = await conn.exec_driver_sql(
            "SELECT assignment.id FROM assignment JOIN unit ON unit.id = unit_id WHERE unit.name = ?",
            (SUPPORTING,),
        )
        return [str(row.id) for row in rows]


async def prepared(stage: Stage) -> None:
    """Somebody's progress and wish, so that there is something to undo and to grant."""
    await stage.talk(
        (TOAN, "/viec", "2 việc"),
        (TOAN, "1.2 được 40%", "Đã ghi"),
        (TOAN, "2 xin lùi đến 20/11", "gia hạn"),
    )
    await stage.post()


@pytest.mark.parametrize("who", [STRANGER, NGOAN, TUYEN, QUAN, LAM])
async def test_no_forged_button_shows_or_moves_what_is_not_theirs(stage: Stage, who: Somebody) -> None:
    await prepared(stage)
    theirs, before = await owed_by_others(stage), await stage.everything()
    assert len(theirs) == 2
    for button in BUTTONS:
        for argument in (*theirs, *FORGED):  # "1" is also the wish, the progress and the plan
            data = f"{button.verb}:{argument}"
            answers = await stage.hear(who, Press(data))
            assert len(answers) == 1, data
            assert not leaks(answers, OF_OTHERS), data
    for data in ("", ":", "nothing:1", "undo:1", "grant:1", "refuse:1", "confirm:1", "discard:1"):
        answers = await stage.hear(who, Press(data))
        assert len(answers) == 1, data
        assert not leaks(answers, OF_OTHERS), data
    assert await stage.everything() == before


async def test_a_question_about_an_item_answers_for_that_item_alone(stage: Stage) -> None:
    """The data of a choice say which item; a forged one may not name another unit's."""
    await prepared(stage)
    theirs, before = await owed_by_others(stage), await stage.everything()
    for one in theirs:
        await stage.talk(
            (QUAN, "được 60%", "việc nào"),
            (QUAN, Press(f"for:{one}"), "Nút này đã cũ"),
        )
    assert await stage.everything() == before


async def test_forged_arguments_of_an_open_question_are_refused_politely(stage: Stage) -> None:
    await stage.talk((QUAN, "/viec", "3 việc"), (QUAN, Tap("1 Xin gia hạn"), "lùi đến ngày nào"))
    before = await stage.everything()
    for data in ("until:nonsense", "until:2026-02-30", "until:", "until:99999-01-01"):
        await stage.talk(
            (QUAN, Tap("1 Xin gia hạn"), "lùi đến ngày nào"), (QUAN, Press(data), "Nút này đã cũ")
        )
    assert await stage.everything() == before


async def test_a_group_hears_nothing_but_where_to_go(stage: Stage) -> None:
    for said in ("chào cả nhà", "1 xong", "đã xong"):
        assert await stage.hear(QUAN, said, group="g-1") == [], said
    assert await stage.hear(QUAN, File("x.txt", b"x"), group="g-1") == []
    for said in ("/start", "/viec 1", "/tinhhinh", "/x"):
        answers = await stage.hear(HANG, said, group="g-1")
        assert len(answers) == 1
        assert "nhắn riêng" in words_of(answers[0])


async def test_the_person_of_a_group_is_not_taken_for_a_person(stage: Stage) -> None:
    before = await stage.everything()
    code = await stage.code(LEADING, "focal")
    assert "nhắn riêng" in words_of((await stage.hear(STRANGER, f"/start {code}", group="g-1"))[0])
    assert (await stage.everything())["person"] == before["person"]
