"""Lists of items that do not simply run from 1: lines of a report without it, numbers with gaps."""

from datetime import date

import pytest

from domain.updates.listed_items import by_report, in_list, mixes_lines
from domain.updates.several_items import NotUnderstood, read_items

DAY, DUE = date(2026, 6, 8), date(2026, 6, 15)
LINES = ("1", "2", "3", "4.1", "4.2", "5")
DONE, GOING, NOT_BEGUN = "done", "in_progress", "not_started"


def states(text: str, items: tuple[str, ...]) -> dict[str, str | None]:
    read = read_items(text, items, today=DAY, due=DUE)
    return {} if isinstance(read, NotUnderstood) else {each.item: each.update.state for each in read}


def test_a_report_of_which_only_lines_are_listed_stands_for_them() -> None:
    assert by_report(LINES) == {"1": ("1",), "2": ("2",), "3": ("3",), "4": ("4.1", "4.2"), "5": ("5",)}
    assert in_list(["3", "4", "4.2", "9"], LINES) == ("3", "4.1", "4.2", "9")
    assert not mixes_lines(LINES)
    assert mixes_lines(("1", "2", "2.1"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4 xong", {"4.1": DONE, "4.2": DONE}),
        (
            "mục 3-5 đang làm; 1, 2 xong",
            {"3": GOING, "4.1": GOING, "4.2": GOING, "5": GOING, "1": DONE, "2": DONE},
        ),
        ("trừ việc 4 ra thì xong hết", {"1": DONE, "2": DONE, "3": DONE, "5": DONE}),
        (
            "việc đầu xong, hai việc cuối chưa làm",
            {"1": DONE, "4.1": NOT_BEGUN, "4.2": NOT_BEGUN, "5": NOT_BEGUN},
        ),
        ("tất cả đều xong", dict.fromkeys(LINES, DONE)),
        ("xong cả 5 việc", dict.fromkeys(LINES, DONE)),
        ("xong cả 6 việc", dict.fromkeys(LINES, DONE)),
        ("xong cả 4 việc", {}),
        ("4.1 xong, còn lại chưa làm", {**dict.fromkeys(LINES, NOT_BEGUN), "4.1": DONE}),
        ("4 được 80%", {}),
        ("4 đạt 2/3 tin, 1 xong", {}),
    ],
)
def test_all_others_and_places_are_told_of_a_list_with_lines(text: str, expected: dict[str, str]) -> None:
    assert states(text, LINES) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("việc thứ ba xong, việc đầu tiên đang làm", {"7": DONE, "2": GOING}),
        ("mục thứ nhất đã xong, mục thứ nhì chưa làm", {"2": DONE, "5": NOT_BEGUN}),
        ("việc thứ hai xong rồi", {}),
        ("việc thứ 2 xong, việc 7 đang làm", {}),
        ("việc số hai xong rồi", {"2": DONE}),
    ],
)
def test_the_second_of_a_list_with_gaps_is_not_number_two(text: str, expected: dict[str, str]) -> None:
    assert states(text, ("2", "5", "7")) == expected


def test_both_items_that_an_ordinal_may_mean_are_told() -> None:
    read = read_items("việc thứ hai xong", ("2", "5", "7"), today=DAY, due=DUE)
    assert isinstance(read, NotUnderstood)
    assert read.named == ("5", "2")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "đầu việc thứ nhất xong, thứ nhì đang làm, thứ năm chưa làm",
            {"1": DONE, "2": GOING, "5": NOT_BEGUN},
        ),
        ("việc thứ nhất đang làm, thứ năm nộp", {"1": GOING}),
        ("thứ hai xong", {}),
    ],
)
def test_an_ordinal_goes_on_from_another_or_is_a_day(text: str, expected: dict[str, str]) -> None:
    assert states(text, LINES) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Việc I xong, việc II đang làm, việc III chưa làm", {"1": DONE, "2": GOING, "3": NOT_BEGUN}),
        ("mục I-III đã hoàn thành", {"1": DONE, "2": DONE, "3": DONE}),
        ("I. xong\nII. đang làm\nV. 50%", {"1": DONE, "2": GOING, "5": GOING}),
        ("mục ii, iii xong", {"2": DONE, "3": DONE}),
        ("phụ lục II xong", {}),
        ("quý I xong, quý II chưa", {}),
        ("mục II của kế hoạch đã xong", {}),
        ("mục vi phạm xong", {}),
    ],
)
def test_roman_numbers_of_items_are_read_and_those_of_other_things_are_not(
    text: str, expected: dict[str, str]
) -> None:
    assert states(text, LINES) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "1, 2 xong; từ 4 trở đi chưa làm",
            {"1": DONE, "2": DONE, "4.1": NOT_BEGUN, "4.2": NOT_BEGUN, "5": NOT_BEGUN},
        ),
        ("từ việc 3 trở lên xong", {}),
        ("việc cuối xong, các việc trên đang làm", {**dict.fromkeys(LINES, GOING), "5": DONE}),
        ("việc cuối xong, hai việc trên đang làm", {}),
        (
            "mọi việc sắp xong, ngoại trừ việc 3",
            {"1": GOING, "2": GOING, "4.1": GOING, "4.2": GOING, "5": GOING},
        ),
        ("chỉ có 1 với 4 ra thì cái nào cũng chưa", {}),
        ("em báo cáo: trừ 5 đang làm, các việc khác xong", {**dict.fromkeys(LINES, DONE), "5": GOING}),
        ("chưa cái nào xong, mới bắt tay vào 1 thôi", {**dict.fromkeys(LINES, NOT_BEGUN), "1": GOING}),
        ("1 xong, nhiệm vụ tại điểm 4.2 đang làm", {"1": DONE, "4.2": GOING}),
        ("đang chờ ký 2 với 3", {"2": GOING, "3": GOING}),
        (
            "1-3 đang làm, còn lại xong",
            {"1": GOING, "2": GOING, "3": GOING, "4.1": DONE, "4.2": DONE, "5": DONE},
        ),
        ("1 đang làm, còn lại xong", {}),
    ],
)
def test_words_for_many_items_are_read_whole_or_asked_about(text: str, expected: dict[str, str]) -> None:
    assert states(text, LINES) == expected
