"""What a unit answers to a request is its report, in whatever words."""

from datetime import date

import pytest

from domain.updates import Update
from domain.updates.answers import read_answer

DAY = date(2026, 6, 10)


def read(text: str) -> Update:
    return read_answer(text, today=DAY, due=DAY)


@pytest.mark.parametrize(
    "text",
    [
        "3 hộ tốc mái, 2 ha lúa đổ",
        "12 hộ",
        "0",
        "số hộ thiệt hại: 7",
        "3 hộ tốc mái, đang khắc phục",
        "có 2 trường hợp sốt xuất huyết, đã điều trị khỏi",
        "đường tỉnh lộ bị sạt lở 20m3, đi lại khó khăn",
        "Xã có 3 nhà sập, 1 người bị thương; đề nghị hỗ trợ lương thực",
        "hai đoàn bạn đã hoãn chuyến đi",
    ],
)
def test_the_whole_text_is_the_result_and_the_request_is_answered(text: str) -> None:
    said = read(text)
    assert (said.state, said.result, said.blocked) == ("done", text, False)


@pytest.mark.parametrize(
    "text",
    [
        "không có thiệt hại",
        "chưa ghi nhận thiệt hại",
        "không",
        "Dạ không phát sinh ạ",
        "xã không có hộ nào bị ảnh hưởng",
    ],
)
def test_nothing_is_an_answer(text: str) -> None:
    assert read(text).state == "nil"


@pytest.mark.parametrize(
    "text",
    ["ok em", "đã nhận", "cảm ơn anh", "báo cáo những gì ạ?", "có cần ảnh không", "bao giờ nộp vậy anh"],
)
def test_questions_and_courtesies_say_nothing(text: str) -> None:
    assert not read(text).says_something


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("đang rà soát, 15h gửi", "in_progress"),
        ("được 60%", "in_progress"),
        ("đã rà soát 5/10 thôn", "in_progress"),
    ],
)
def test_what_goes_on_is_no_answer_yet(text: str, state: str) -> None:
    assert read(text).state == state


def test_what_hinders_is_no_answer_yet() -> None:
    said = read("mất điện, chưa thống kê được")
    assert said.blocked
    assert said.state not in ("done", "nil")


def test_a_wish_for_time_stays_one() -> None:
    said = read("xin lùi đến 12/6")
    assert (said.state, said.extension_to) == (None, date(2026, 6, 12))


def test_what_the_grammar_knows_it_reads_as_ever() -> None:
    said = read("xong, BC 12/BC-UBND")
    assert (said.state, said.documents) == ("done", ("12/BC-UBND",))
