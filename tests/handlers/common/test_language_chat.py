"""Each person is spoken to in the language that they chose, their menu and their nudges included."""

from tests.cast import HANG, LAM, QUAN, STRANGER, Stage, Tap, words_of


async def test_a_person_chooses_and_hears_it_from_then_on(stage: Stage) -> None:
    (asked,) = await stage.hear(QUAN, "/ngonngu")
    assert [choice.label for choice in asked.choices[0]] == ["Tiếng Việt", "English"]
    (changed,) = await stage.hear(QUAN, Tap("English"))
    assert "in English" in words_of(changed)
    assert changed.menu is not None
    assert {"duties", "update", "status"} <= {entry.command for entry in changed.menu}
    told = {sent.chat: words_of(sent.message) for sent in await stage.nudged("2026-06-15 08:00")}
    assert "due" in told[QUAN.chat]
    assert "hạn" in told[LAM.chat]


async def test_it_may_be_typed_with_the_command_and_taken_back(stage: Stage) -> None:
    await stage.talk(
        (HANG, "/language en", "in English"),
        (HANG, "/status", "due"),
        (HANG, "/language tieng viet", "tiếng Việt"),
        (HANG, "/tinhhinh", "hạn"),
    )


async def test_a_word_that_is_no_language_brings_the_choice(stage: Stage) -> None:
    (asked,) = await stage.hear(QUAN, "/ngonngu tiếng Lào")
    assert asked.choices
    await stage.talk((QUAN, "/viec", "hạn"))


async def test_a_stranger_has_no_language_to_choose(stage: Stage) -> None:
    await stage.talk((STRANGER, "/language en", "mã tham gia"))
