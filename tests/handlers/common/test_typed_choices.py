"""Choices on a channel without buttons: numbers where they can mean nothing else, words always."""

import re
from dataclasses import replace

import pytest
from markupsafe import Markup

from config.files import FOLDER
from config.texts import load_texts
from handlers.common.capabilities import Capabilities
from handlers.common.conversation import Choice, Outgoing, plain
from handlers.common.typed_choices import chosen, labels, numbers, spelled_out
from tests.cast import HANG, LEADING, QUAN, Somebody, Stage, words_of

WITHOUT_BUTTONS = Capabilities(longest_text=2000, buttons=False, menu=False, files_in=0, files_out=0)
YES_NO = Outgoing(Markup("Anh/chị đồng ý không?"), ((Choice("Đồng ý", "a:1"), Choice("Không", "a:2")),))


def lines_of(message: Outgoing, *, numbered: bool = True) -> list[str]:
    return plain(spelled_out(message, load_texts("vi"), WITHOUT_BUTTONS, numbered=numbered).text).split("\n")


def test_each_choice_stands_on_a_line_with_its_number() -> None:
    assert lines_of(YES_NO)[-2:] == ["1 Đồng ý", "2 Không"]
    assert numbers([YES_NO]) == {"1": "a:1", "2": "a:2"}


def test_a_text_that_is_kept_in_place_of_a_secret_has_the_choices_too() -> None:
    message = Outgoing(Markup("Mã: X"), YES_NO.choices, kept=Markup("Mã đã đưa"))
    shown = spelled_out(message, load_texts("vi"), WITHOUT_BUTTONS, numbered=True)
    assert shown.kept is not None
    assert plain(shown.kept).startswith("Mã đã đưa")
    assert plain(shown.kept).endswith("2 Không")


def test_choices_stay_beside_their_words_where_links_can_stand_for_them() -> None:
    with_links = replace(WITHOUT_BUTTONS, button_links=True)
    shown = [
        spelled_out(YES_NO, load_texts("vi"), can, numbered=True) for can in (WITHOUT_BUTTONS, with_links)
    ]
    assert [message.choices for message in shown] == [(), YES_NO.choices]
    assert shown[0].text == shown[1].text


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("<b>1.</b> Tổng hợp dư luận\n<b>2.</b> Quảng bá", "Xem cả 5 việc"),
        ("Của việc nào ạ?", "1 Đã xong"),
        ("Của việc nào ạ?", "2.1 Vướng"),
        ("Còn một việc.", "Việc 3"),
    ],
)
def test_where_numbers_name_items_choices_are_typed_as_words(text: str, label: str) -> None:
    message = Outgoing(Markup(text), ((Choice(label, "a:1"), Choice("Hoàn tác", "a:2")),))  # noqa: S704 - ours
    assert numbers([message]) == {}
    assert lines_of(message)[-1] == f"{label} · Hoàn tác"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_words_of_the_chat_ask_for_a_button_to_be_pressed(language: str) -> None:
    """On Zalo there is none, in a letter there may be none."""
    said = (FOLDER / "texts" / f"{language}.toml").read_text(encoding="utf-8")
    asks = re.compile(r"\bbấm (?:một )?nút|\bbấm <|\bpress <|\b(?:press|tap) (?:a|the) button", re.IGNORECASE)
    assert asks.findall(said) == []


@pytest.mark.parametrize("label", ["12/6", "Nhắc 11 đơn vị", "Nhận 3 mã"])
def test_dates_and_counts_on_buttons_are_no_items(label: str) -> None:
    assert numbers([Outgoing(Markup("?"), ((Choice(label, "a:1"),),))]) == {"1": "a:1"}


@pytest.mark.parametrize(
    ("typed", "data"),
    [("1", "a:1"), ("2.", "a:2"), ("1)", "a:1"), ("dong y", "a:1"), ("Không", "a:2"), ("3", None)],
)
def test_a_choice_is_taken_by_its_number_or_its_words(typed: str, data: str | None) -> None:
    assert chosen({**numbers([YES_NO]), **labels([YES_NO])}, typed) == data


async def test_somebody_joins_by_numbers_alone(empty: Stage) -> None:
    empty.channel.capabilities = WITHOUT_BUTTONS
    somebody = Somebody("c-moi", "Trần Minh Quân", LEADING)
    (asked,) = await empty.hear(somebody, f"/start {await empty.code(LEADING, 'focal')}")
    assert not asked.choices
    assert "1 Đồng ý" in words_of(asked)
    (welcome,) = await empty.hear(somebody, "1")
    assert "Từ nay anh/chị là" in words_of(welcome)


async def test_a_nudge_lists_its_buttons_as_words_and_takes_them(stage: Stage) -> None:
    stage.channel.capabilities = WITHOUT_BUTTONS
    nudges = await stage.nudged("2026-06-10 08:00")
    nudge = next(sent.message for sent in nudges if sent.chat == QUAN.chat)
    assert not nudge.choices
    assert "1 Đã xong · 1 Đang làm" in words_of(nudge)
    (answer,) = await stage.hear(QUAN, "1 Đã xong")
    assert "Đã ghi" in words_of(answer)


async def test_a_bare_number_of_an_item_is_no_choice(stage: Stage) -> None:
    """After an answer that offers to take back, "1" must not mean the first button."""
    stage.channel.capabilities = WITHOUT_BUTTONS
    await stage.nudged("2026-06-10 08:00")
    (recorded,) = await stage.hear(QUAN, "1.1 được 30%")
    assert "Hoàn tác" in words_of(recorded)
    before = await stage.everything()
    await stage.hear(QUAN, "1")
    assert await stage.everything() == before


async def test_two_questions_at_once_take_no_numbers(stage: Stage) -> None:
    """A notice that comes upon an open question bears words: "1" could be either."""
    stage.channel.capabilities = WITHOUT_BUTTONS
    for wish in ("1.1 xin lùi đến 20/6", "1.2 xin lùi đến 22/6"):
        await stage.hear(QUAN, wish)
        await stage.post()
    first, second = (words_of(message) for message in stage.channel.to(HANG)[-2:])
    assert "1 Đồng ý" in first
    assert "1 Đồng ý" not in second
