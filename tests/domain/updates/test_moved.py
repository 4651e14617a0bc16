"""Statements that are moved to another item in the same breath."""

import pytest

from domain.updates.moved import moved

ITEMS = ("1", "2", "3")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Việc 3 xong rồi. À nhầm, việc 2.", "việc 2 xong rồi"),
        ("1 xong à nhầm 2", "2 xong"),
        ("viec 1 dang lam, y em la viec 3", "viec 3 dang lam"),
        ("1 xong (nhầm, là số 2 ạ)", "số 2 xong"),
        ("đã gửi 5 tin việc 1, à nhầm, việc 3", "đã gửi 5 tin việc 3"),
    ],
)
def test_the_only_item_is_put_right(text: str, meant: str) -> None:
    assert moved(text, ITEMS) == meant


@pytest.mark.parametrize(
    "text",
    [
        "1 xong, 2 xong, à nhầm, 3",  # which of the two?
        "1 gửi 5 tin, à nhầm, 3",  # three tin, or item 3?
        "1 nộp nhầm 2",
        "1 xong à không 1 chưa",
        "1 xong, nhầm, 2 mới xong",
        "1 xong, nhầm 50%",
        "nhầm, 2 xong",
    ],
)
def test_whatever_else_is_put_right_stays_as_it_is(text: str) -> None:
    assert moved(text, ITEMS) == text
