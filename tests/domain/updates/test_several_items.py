"""One text for several items: all of it is read, or none of it is recorded."""

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.updates import Addressed, maybe_behind, read_update, split_items
from domain.updates.several_items import NotUnderstood, read_items

DAY, DUE = date(2026, 6, 8), date(2026, 6, 15)
DONE, GOING, NOT_BEGUN = "done", "in_progress", "not_started"
ITEMS = ("1", "2", "3", "1.1", "1.2", "4.1", "4.2")


def states(text: str, items: tuple[str, ...] = ITEMS) -> list[tuple[str, str | None]]:
    found = read_items(text, items, today=DAY, due=DUE)
    return (
        []
        if isinstance(found, NotUnderstood)
        else [(item_update.item, item_update.update.state) for item_update in found]
    )


READ: dict[str, list[tuple[str, str | None]]] = {
    "2 xong 3 dang lam 50%": [("2", DONE), ("3", GOING)],
    "1 xong, 4.1 dc 50%, 4.2 xong, 3 chua lam": [
        ("1", DONE),
        ("4.1", GOING),
        ("4.2", DONE),
        ("3", NOT_BEGUN),
    ],
    "4.1 xong, 3 xong": [("4.1", DONE), ("3", DONE)],
    "1.1 1.2 xong": [("1.1", DONE), ("1.2", DONE)],
    "1 xong\n2 đang làm": [("1", DONE), ("2", GOING)],
    "mục 1 hoàn thành mục 2 hoàn thành mục 3 đạt 50%": [("1", DONE), ("2", DONE), ("3", GOING)],
    "1️⃣ xong 2️⃣ chưa": [("1", DONE), ("2", NOT_BEGUN)],
    "1 ✅ 2 ❌": [("1", DONE), ("2", NOT_BEGUN)],
    "v1 xong v2 chưa": [("1", DONE), ("2", NOT_BEGUN)],
    "1 xong / 2 chưa": [("1", DONE), ("2", NOT_BEGUN)],
    "1 với 3 xong": [("1", DONE), ("3", DONE)],
    "1,2 xong 3 chua": [("1", DONE), ("2", DONE), ("3", NOT_BEGUN)],
    "1-3 xong": [("1", DONE), ("2", DONE), ("3", DONE)],
    "3 xong 2 xong 1 chưa": [("3", DONE), ("2", DONE), ("1", NOT_BEGUN)],
    "1 xong 3 xong còn 2 đang làm": [("1", DONE), ("3", DONE), ("2", GOING)],
    "1 xong 2 cho ky": [("1", DONE), ("2", GOING)],
    "1 xong,2 chưa,3 50%": [("1", DONE), ("2", NOT_BEGUN), ("3", GOING)],
    "1. hoàn thành, bc số 12/BC-STC. 2. đang làm": [("1", DONE), ("2", GOING)],
    "em xong 1 và 2 rồi, 3 đang làm": [("1", DONE), ("2", DONE), ("3", GOING)],
    "chưa xong 2, xong 1": [("2", GOING), ("1", DONE)],
    "1 xong, đang làm 2": [("1", DONE), ("2", GOING)],
    "mục một xong, mục hai chưa": [("1", DONE), ("2", NOT_BEGUN)],
    "1: 2/3 tin; 2: xong hôm 5/6": [("1", GOING), ("2", DONE)],
    "2 xogn": [("2", DONE)],
    "từ 1 đến 3 xong": [("1", DONE), ("2", DONE), ("3", DONE)],
    "1~3 xong": [("1", DONE), ("2", DONE), ("3", DONE)],
    "các mục 1→2 hoàn thành": [("1", DONE), ("2", DONE)],
    "cả 1 lẫn 2 đều xong rồi": [("1", DONE), ("2", DONE)],
    "① xong ② chưa làm": [("1", DONE), ("2", NOT_BEGUN)],
    "v.1 xong, v.2 chưa": [("1", DONE), ("2", NOT_BEGUN)],
    "việc thứ nhất xong việc thứ hai đang làm": [("1", DONE), ("2", GOING)],
    "Chào anh ạ. 1 xong. 2 được 80%": [("1", DONE), ("2", GOING)],
}


@pytest.mark.parametrize(("text", "expected"), READ.items())
def test_each_item_has_its_own_words(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert states(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "1 xong, 7 xong",
        "1 xong, 2",
        "1 xong còn 5",
        "1 2 3",
        "1 xong 2 sdfghj",
        "1 xong, 2 xong chưa",
        "1 xong 1 chưa",
        "mục 1 xong phần đầu, còn lại đang làm",
        "tất cả mục đã xong trừ mục 2",
        "xong 2 mục",
        "xong rồi",
        "xong 1 cái",
        "2 cái đầu xong, cái cuối thì tùy",
        "1 xong, à nhầm, 2 mới xong",
        "",
    ],
)
def test_where_anything_is_left_over_nothing_is_recorded(text: str) -> None:
    assert states(text) == []


def test_what_was_understood_is_told_beside_what_was_not() -> None:
    found = read_items("1 xong, 7 đang làm", ("1", "2"), today=DAY, due=DUE)
    assert isinstance(found, NotUnderstood)
    assert [(item_update.item, item_update.update.state) for item_update in found.understood] == [("1", DONE)]
    assert found.left == ("7 đang làm",)
    assert found.named == ("1", "7")


def test_a_text_without_numbers_is_for_the_only_item_or_for_all_that_it_names() -> None:
    assert states("xong rồi ạ", ("2",)) == [("2", DONE)]
    assert states("xong cả 3 việc", ("1", "2", "3")) == [("1", DONE), ("2", DONE), ("3", DONE)]
    assert states("xong cả 3 việc", ("1", "2")) == []


@settings(deadline=None)  # the first text compiles the patterns
@given(
    st.one_of(st.text(), st.lists(st.sampled_from([*READ, "1", " ", ",", "xong", "2.", "\n"])).map("".join))
)
def test_any_text_is_read_without_an_error_and_names_only_open_items(text: str) -> None:
    found = read_items(text, ITEMS, today=DAY, due=DUE)
    told = found.understood if isinstance(found, NotUnderstood) else found
    assert {item_update.item for item_update in told} <= set(ITEMS)


@pytest.mark.parametrize(
    ("text", "item", "words"),
    [
        ("① xong", "1", "xong"),
        ("2️⃣ chưa làm", "2", "chưa làm"),
        ("3 ✅", "3", "xong"),
        ("việc một xong rồi", "1", "xong rồi"),
        ("mục số hai đang làm", "2", "đang làm"),
        ("việc thứ ba chưa", "3", "chưa"),
        ("1/xong", "1", "xong"),
    ],
)
def test_a_line_for_one_item_knows_the_numbers_of_a_line_for_several(
    text: str, item: str, words: str
) -> None:
    assert split_items(text) == (Addressed(item, words),)


@pytest.mark.parametrize("text", ["em nộp ✅ rồi", "phòng 1 xong", "45/BC-UBND", "một số xã chưa xong"])
def test_ticks_and_numbers_of_other_things_name_no_item(text: str) -> None:
    assert split_items(text) == (Addressed(None, text),)


@pytest.mark.parametrize(
    "words",
    ["tuần sau xong", "tuan sau xong", "cuối năm xong", "thứ năm xong"],
)
def test_the_time_at_which_an_item_will_be_done_names_no_other(words: str) -> None:
    assert states(f"việc 1: {words}; việc 2: đang làm") == [("1", GOING), ("2", GOING)]


def test_both_of_two_lines_are_named() -> None:
    assert states("cả 4.1 lẫn 4.2 đều đang làm") == [("4.1", GOING), ("4.2", GOING)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("chưa xong 1. Vướng 2. Xong 3", [("1", GOING), ("2", None), ("3", DONE)]),
        ("đang làm 1, còn vướng 2 rồi ạ", [("1", GOING), ("2", None)]),
        ("đã nộp 1; riêng đang soạn 2; còn đã xong 3", [("1", DONE), ("2", GOING), ("3", DONE)]),
        ("đã xong 1 | chưa nộp 2 | đang soạn 3 anh ạ", [("1", DONE), ("2", GOING), ("3", GOING)]),
        (
            "CHƯA LÀM VIỆC 1 / XONG VIỆC 4.2 / ĐANG LÀM VIỆC 3",
            [("1", NOT_BEGUN), ("4.2", DONE), ("3", GOING)],
        ),
        ("1 đã gửi BC 45/BC-UBND, 4.2: 80%", [("1", DONE), ("4.2", GOING)]),
        ("việc 1 xin lùi đến 20/6\nv2 - đã nộp", [("1", None), ("2", DONE)]),
        ("1 xin lùi đến 20/6 bc 2 xong", [("1", None), ("2", DONE)]),
        ("4.1 tuần sau xong, 4.2 xong", [("4.1", GOING), ("4.2", DONE)]),
        ("việc 1 việc 2 tuần sau xong", [("1", GOING), ("2", GOING)]),
        ("đang làm việc 1 việc 2 anh ạ", [("1", GOING), ("2", GOING)]),
        ("so 1 dang do\nso 2 xong", [("1", GOING), ("2", DONE)]),
        ("dạ việc 1: chưa làm; riêng việc 2 thì xong", [("1", NOT_BEGUN), ("2", DONE)]),
        (
            "đang làm việc 1 còn chưa làm việc 2 còn đã xong việc 3",
            [("1", GOING), ("2", NOT_BEGUN), ("3", DONE)],
        ),
        ("xong:\n- 1\n- 2", [("1", DONE), ("2", DONE)]),
    ],
)
def test_no_words_are_lost_and_none_goes_to_another_item(
    text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert states(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "1 xong còn 3 tuần sau xong",
        "1 3 tuần sau xong",
        "1+3 tuần sau xong",
        "1: đang làm - 2 tuần sau xong",
        "1 mới được 1 phần 3 xong rồi",
        "2 được 5/12 xã 3 được 50%",
        "em báo cáo 1 tuần sau xong\n2: đang làm",
        "chưa làm 1, 2 chưa xong việc 3 rồi ạ",
    ],
)
def test_whether_it_is_an_item_or_a_count_is_asked(text: str) -> None:
    assert states(text) == []


ALONE = (
    "xong rồi ạ",
    "Đơn vị em đã hoàn thành",
    "chưa làm được gì",
    "đang làm được 50%",
    "Kỳ này không có gì phát sinh",
    "bị vướng kinh phí, đang chờ tỉnh",
    "đã gửi qua trục, số 214",
    "được 7/9 xã, còn 2 xã",
    "xin lùi đến 20/6",
    "thiếu biểu 3, đang làm lại",
    "Đã hoàn thành, BC số 88/BC-STC ngày 5/6",
    "chưa có hướng dẫn nên chưa làm",
)


@pytest.mark.parametrize(
    "form",
    [
        "1. {}\n2. {}",
        "mục 1: {}; mục 2: {}",
        "việc 1 {} việc 2 {}",
        "báo cáo 1 {}, báo cáo 2 {}",
        "số 1 {}, số 2 {}",
    ],
)
def test_each_item_is_read_as_if_it_stood_alone(form: str) -> None:
    for pair in permutations(ALONE, 2):
        alone = [read_update(words, today=DAY, due=DUE) for words in pair]
        together = read_items(form.format(*pair), ("1", "2", "3"), today=DAY, due=DUE)
        assert not isinstance(together, NotUnderstood), (form, pair, together.left)
        told = [(each.item, each.update.state, each.update.wants_extension) for each in together]
        expected = [
            (item, update.state, update.wants_extension) for item, update in zip("12", alone, strict=True)
        ]
        assert told == expected, (form, pair)


@pytest.mark.parametrize(
    "text",
    [
        "1 xong, 2 tuần sau nộp",
        "việc 1 xong, 2 tuần sau nộp",
        "1 xong; 2 mẫu nào ạ?",
        "1 xong 2 bài",
        "1 chưa có mẫu 2 xong",
    ],
)
def test_what_may_be_the_next_item_or_a_count_is_left(text: str) -> None:
    assert states(text) == []


def test_a_list_of_counts_is_no_item() -> None:
    assert states("1 đã đăng 3 tin, 2 bài") == [("1", GOING)]


@given(st.integers(2, 9), st.integers(2, 9), st.booleans())
def test_the_first_or_last_few_are_those_of_the_list_and_are_shown_first(
    there: int, told: int, of_the_end: bool
) -> None:
    items = [str(number) for number in range(1, there + 1)]
    place = "cuối" if of_the_end else "đầu"
    read = read_items(f"{told} việc {place} xong rồi", items, today=DAY, due=DUE)
    if told > there:
        assert isinstance(read, NotUnderstood)
        return
    assert not isinstance(read, NotUnderstood)
    assert [each.item for each in read] == (items[-told:] if of_the_end else items[:told])
    assert {each.update.state for each in read} == {DONE}
    assert not any(each.by_number for each in read)


@pytest.mark.parametrize(
    "text", ["việc đầu tư xong rồi", "cái đầu của tháng xong", "4 việc đầu xong", "thứ hai xong"]
)
def test_what_is_no_place_in_the_list_names_none(text: str) -> None:
    assert isinstance(read_items(text, ["1", "2", "3"], today=DAY, due=DUE), NotUnderstood)


def test_a_question_says_nothing_of_an_item() -> None:
    assert read_items("anh ơi việc 2 hạn hôm nào ạ?", ["1", "2"], today=DAY, due=DUE) == ()
    assert read_items("việc 2 xong rồi, mẫu ở đâu ạ?", ["1", "2"], today=DAY, due=DUE) != ()


@pytest.mark.parametrize("text", ["xong 1 nửa", "mới xong 1 nửa ạ", "xong 1 nua", "Xong 1 Nửa rồi"])
def test_one_half_is_no_item(text: str) -> None:
    assert maybe_behind(text) == ()
    assert [piece.item for piece in split_items(text, ["1"])] == [None]
    assert read_update(text, today=date(2026, 6, 1), due=None).state == "in_progress"


def test_one_more_is_an_item() -> None:
    assert maybe_behind("xong 1 nữa") == ("1",)
