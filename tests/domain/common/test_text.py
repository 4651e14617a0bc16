import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.common.text import fold, nfc, squeeze


@pytest.mark.parametrize(
    ("one", "other"),
    [("Đồng ý", "dong y"), ("ĐÃ XONG", "đã xong"), ("hoà", "hòa"), ("Uỷ ban", "Ủy  ban")],
)
def test_words_that_people_take_for_the_same_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_both_ways_of_writing_a_letter_are_kept_as_one() -> None:
    apart = unicodedata.normalize("NFD", "Nhắc Việc")
    assert apart != "Nhắc Việc"
    assert nfc(apart) == "Nhắc Việc"


def test_what_cannot_be_seen_is_not_kept() -> None:
    assert nfc("\ufeffa\u200bb\u00a0c\0") == "ab c"
    assert nfc("a\n\tb ") == "a\n\tb "
    assert squeeze("  a \n\t b\u00a0 c ") == "a b c"


@given(st.text())
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    assert nfc(nfc(text)) == nfc(text)
    assert squeeze(squeeze(text)) == squeeze(text)
    assert "\n" not in squeeze(text)
