"""Telephone numbers as people type them."""

import pytest

from domain.organisation.telephone import read_phone, shown_phone


@pytest.mark.parametrize(
    ("typed", "before", "digits"),
    [
        ("0912345678", "", "0912345678"),
        ("0912 345 678", "", "0912345678"),
        ("+84 912.345.678", "", "0912345678"),
        ("+84 (0)912 345 678", "", "0912345678"),
        ("0084912345678", "", "0912345678"),
        ("Sở Y tế 0203 3812 345", "Sở Y tế", "02033812345"),
        ("Sở Y tế: (0203) 381-2345", "Sở Y tế", "02033812345"),
        ("UBND xã Nậm Lạ, 024.3825.1234", "UBND xã Nậm Lạ", "02438251234"),
    ],
)
def test_a_number_at_the_end_is_split_from_the_words_before_it(typed: str, before: str, digits: str) -> None:
    assert read_phone(typed) == (before, digits)


@pytest.mark.parametrize("typed", ["Sở Y tế", "zalo", "0912", "115", "6/2026", "0912 345 678 901 234", ""])
def test_what_is_no_number_is_not_taken_for_one(typed: str) -> None:
    assert read_phone(typed) is None


def test_a_number_is_shown_in_groups() -> None:
    assert shown_phone("0912345678") == "0912 345 678"
    assert shown_phone("02033812345") == "02033 812 345"
    assert shown_phone("") == ""
