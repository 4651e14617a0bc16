"""Items of which no more is said than that they stand like another one."""

from datetime import date

import pytest

from domain.updates.several_items import NotUnderstood, read_items

DAY, DUE = date(2026, 6, 8), date(2026, 6, 15)
ITEMS = ("1", "2", "3")
DONE, GOING, NOT_BEGUN = "done", "in_progress", "not_started"


def read(text: str) -> list[tuple[str, str | None]] | NotUnderstood:
    found = read_items(text, ITEMS, today=DAY, due=DUE)
    if isinstance(found, NotUnderstood):
        return found
    return [(each.item, each.update.state) for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 xong, 2 cũng vậy, 3 chưa làm", [("1", DONE), ("2", DONE), ("3", NOT_BEGUN)]),
        ("1 rồi; 2 cũng rồi; 3 tương tự", [("1", DONE), ("2", DONE), ("3", DONE)]),
        ("viec 1 dang lam, viec 2 cung the", [("1", GOING), ("2", GOING)]),
        ("1 xong, 2 đang làm, 3 như việc 1", [("1", DONE), ("2", GOING), ("3", DONE)]),
        ("3 giống 2, 2 xong", [("3", DONE), ("2", DONE)]),
        ("1, 2 chưa làm, 3 y như vậy luôn ạ", [("1", NOT_BEGUN), ("2", NOT_BEGUN), ("3", NOT_BEGUN)]),
        ("1 xin lùi đến 20/6, 2 cũng vậy", [("1", None), ("2", None)]),
    ],
)
def test_an_item_like_another_has_its_words(text: str, expected: list[tuple[str, str]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "1 cũng vậy",
        "1 chưa làm, 2 cũng rồi",  # of which is it said that it is done?
        "1 đã gửi BC 45/BC-STC, 2 cũng vậy",  # no other item has that paper
        "2 đang làm như 1, 1 xong",
        "1 như 2, 2 như 1",
        "1 xong, 2 như 5",
    ],
)
def test_what_does_not_tell_how_the_other_stands_is_asked_about(text: str) -> None:
    assert isinstance(read(text), NotUnderstood)


def test_an_item_that_is_pointed_at_is_shown_as_it_was_typed() -> None:
    found = read("1 xong, như 2")
    assert isinstance(found, NotUnderstood)
    assert found.left == ("1 xong, như 2",)
    assert found.named == ("1", "2")
