"""A few words of a duty name it; what may be meant of several is left open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.matching import find
from domain.text import fold

WORK = (
    "Xây dựng 02 cụm pano tại cửa khẩu Nậm Lừ",
    "Tổ chức hội nghị tập huấn kỹ năng cho cán bộ thông tin cơ sở",
    "Đăng tải tin, bài trên báo tỉnh và trang thông tin điện tử",
    "Mời hai đoàn khách nước ngoài đến thăm vùng chè",
    "Dịch sách giới thiệu chè sang tiếng nước ngoài",
    "Báo cáo 6 tháng đầu năm 2026",
    "Báo cáo năm 2026",
)


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("pano xong roi", 0),
        ("PANO: đã dựng xong", 0),
        ("cụm pano được 60%", 0),
        ("hoi nghi tap huan da to chuc 5/6", 1),
        ("tập huấn xong, còn thanh toán", 1),
        ("da dang 12 tin bai tren bao tinh", 2),
        ("dịch sách được 80%", 4),
        ("doan khach da moi xong", 3),
        ("bc 6 tháng đang làm", 5),
    ],
)
def test_a_few_words_of_a_duty_find_it(said: str, place: int) -> None:
    assert find(said, WORK) == (place,)


@pytest.mark.parametrize(
    "said",
    ["xong rồi ạ", "được 60%", "đã hoàn thành, BC số 12/BC-SNgV ngày 9/6", "đang triển khai thực hiện",
     "vướng kinh phí", "báo cáo", "tháng này xong", "trời đẹp quá", "", "!!"],
)  # fmt: skip
def test_words_of_any_update_name_nothing(said: str) -> None:
    assert find(said, WORK) == ()


def test_words_that_two_have_are_left_open() -> None:
    assert set(find("chè xong rồi", WORK)) == {3, 4}
    assert set(find("nước ngoài xong", WORK)) == {3, 4}


def test_the_rarer_word_decides() -> None:
    texts = ["Tập huấn về pano", "Tập huấn về phóng sự", "Tập huấn về lễ hội"]
    assert find("tập huấn phóng sự xong", texts) == (1,)


SYLLABLES = "cụm pano hội nghị tập huấn tin bài đoàn khách chè 02 dựng mời báo cáo"
TEXTS = st.lists(
    st.lists(
        st.sampled_from(SYLLABLES.split()),
        min_size=1,
        max_size=7,
    ).map(" ".join),
    min_size=1,
    max_size=8,
    unique_by=lambda text: fold(text),
)


@given(TEXTS, st.data())
def test_the_whole_text_of_a_duty_always_finds_it_alone(texts: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(texts) - 1))
    assert find(texts[place], texts) == (place,)
    assert find(fold(texts[place]).upper(), texts) == (place,)


@given(TEXTS, st.data())
def test_two_of_the_same_words_are_never_told_apart(texts: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(texts) - 1))
    assert set(find(texts[place], [*texts, texts[place]])) == {place, len(texts)}


@given(st.text(), st.lists(st.text(), max_size=5))
def test_whatever_is_said_each_place_is_named_once_at_most(said: str, texts: list[str]) -> None:
    found = find(said, texts)
    assert len(set(found)) == len(found)
    assert all(0 <= place < len(texts) for place in found)


@given(TEXTS)
def test_the_order_of_the_work_does_not_matter(texts: list[str]) -> None:
    said = texts[0].split()[-1]
    there = {texts[place] for place in find(said, texts)}
    back = texts[::-1]
    assert {back[place] for place in find(said, back)} == there
