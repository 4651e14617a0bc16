"""The data of buttons: made and read by one module, within what a messenger carries."""

import pytest

from domain.plans.periods import Period
from handlers.common.button_data import (
    LIMIT,
    VERBS,
    ButtonData,
    Verb,
    button_data,
    choice_of,
    read_button_data,
)
from handlers.table import BUTTONS
from services.reporting.report_scope import Scope, read_scope

LARGEST = 2**63 - 1


def test_every_verb_has_a_button_and_every_button_a_verb() -> None:
    assert sorted(button.verb for button in BUTTONS) == sorted(VERBS)


@pytest.mark.parametrize("verb", [button.verb for button in BUTTONS])
def test_the_data_of_every_verb_fit_with_the_largest_id_and_come_back(verb: Verb) -> None:
    data = button_data(verb, LARGEST, 99)
    assert len(data.encode()) <= LIMIT
    assert read_button_data(data) == ButtonData(verb, (str(LARGEST), "99"))
    assert read_button_data(data).id(1) == 99


@pytest.mark.parametrize(
    ("data", "verb", "arguments"),
    [
        ("confirm:12", "confirm", ("12",)),
        ("nudge:late", "nudge", ("late",)),
        ("push:7:plan:12", "push", ("7", "plan", "12")),
        ("walk:skip:4-19", "walk", ("skip", "4-19")),
        ("means:2:31:0", "means", ("2", "31", "0")),
        ("never:mind", "never", ("mind",)),
        ("undo:", "undo", ("",)),
        ("undo", "undo", ()),
        ("", "", ()),
    ],
)
def test_buttons_on_peoples_phones_are_read_as_they_were_sent(
    data: str, verb: str, arguments: tuple[str, ...]
) -> None:
    assert read_button_data(data) == ButtonData(verb, arguments)


def test_the_scope_of_a_summary_comes_back_from_a_button() -> None:
    scope = Scope(123456, str(Period("half", 2026, 1)), (98765,), "II.3", "")
    pressed = read_button_data(choice_of("Tải .docx", "sum", "docx", scope).data)
    assert (pressed.text(), read_scope(pressed.rest(1))) == ("docx", scope)


def test_what_is_no_id_names_nothing() -> None:
    assert [read_button_data(data).id() for data in ("seen:all", "seen", "seen:-1", f"seen:{'9' * 19}")] == [
        0
    ] * 4


def test_data_that_no_messenger_carries_are_not_made() -> None:
    with pytest.raises(ValueError, match="longer than 64 bytes"):
        button_data("sum", "text", "ế" * 22)
