"""One message for several items: all of it counts, or none; one button takes the whole line back."""

import pytest

from tests.cast import QUAN, Press, Stage, Tap, words_of


@pytest.mark.parametrize(
    "said",
    [
        "1 xong 2 dang lam 50%",
        "1 xong, 2 được 50%",
        "mục 1 hoàn thành mục 2 đạt 50%",
        "1 ✅\n2 đang làm 50%",
        "v1 xong / v2 đc 50%",
        "việc thứ nhất xong, việc thứ hai được 50%",
    ],
)
async def test_each_item_of_a_line_is_recorded(stage: Stage, said: str) -> None:
    await stage.talk((QUAN, said, ("việc 1: hoàn thành", "việc 2: đang thực hiện, 50%", "Còn 2 việc")))


async def test_items_side_by_side_have_the_same_words(stage: Stage) -> None:
    await stage.talk((QUAN, "1 với 3 xong", ("việc 1: hoàn thành", "việc 3: hoàn thành", "Còn 1 việc")))


async def test_lines_of_a_report_stand_beside_whole_items(stage: Stage) -> None:
    await stage.talk((QUAN, "1.1 xong, 2 dc 50%", ("việc 1.1: hoàn thành", "việc 2: đang thực hiện, 50%")))


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("1 xong, 7 xong", "7 xong"),
        ("1 xong. 7 xong. 1.9 xong", "1.9 xong"),
        ("1 xong, 2 sdfghj", "2 sdfghj"),
        ("1 xong 2", "2"),
    ],
)
async def test_where_a_number_is_left_over_nothing_is_recorded(stage: Stage, said: str, left: str) -> None:
    before = await stage.everything()
    await stage.talk((QUAN, said, ("chưa ghi gì", "việc 1: hoàn thành", f"“{left}”", "[Đúng] [Sửa]")))
    assert await stage.everything() == before


@pytest.mark.parametrize("way", [Tap("Đúng"), "đúng", "Đúng."])
async def test_what_was_understood_is_recorded_on_a_tap(stage: Stage, way: str | Tap) -> None:
    await stage.talk(
        (QUAN, "1 xong, 7 xong, 2 đang làm", "chưa ghi gì"),
        (QUAN, way, ("việc 1: hoàn thành", "việc 2: đang thực hiện", "[Hoàn tác]")),
        (QUAN, "/viec", "Đã hoàn thành: 1"),
    )


async def test_an_item_that_another_waits_for_is_not_recorded(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "mục 1 chưa nộp vì đang chờ mục 2 xong", "việc 1"),
        (QUAN, "/viec", "còn 3 việc"),
        (QUAN, "việc 2 chưa làm vì việc 3 chưa xong, việc 1 xong", ("việc 2: chưa", "việc 1: hoàn thành")),
    )


async def test_what_may_be_the_next_item_is_asked_about(stage: Stage) -> None:
    before = await stage.everything()
    await stage.talk((QUAN, "1 xong, 2 tuần sau nộp", ("chưa ghi gì", "“2 tuần sau nộp”")))
    assert await stage.everything() == before


async def test_what_is_said_of_all_is_shown_before_it_is_recorded(stage: Stage) -> None:
    before = await stage.everything()
    await stage.talk((QUAN, "xong hết trừ việc 1", ("chưa ghi gì", "việc 2: hoàn thành", "[Đúng] [Sửa]")))
    assert await stage.everything() == before
    await stage.talk((QUAN, Tap("Đúng"), ("việc 2: hoàn thành", "[Hoàn tác]")))


async def test_an_item_named_by_its_place_is_shown_before_it_is_recorded(stage: Stage) -> None:
    before = await stage.everything()
    await stage.talk((QUAN, "việc cuối xong rồi", ("chưa ghi gì", "việc 3: hoàn thành", "[Đúng] [Sửa]")))
    assert await stage.everything() == before
    await stage.talk(
        (QUAN, Tap("Đúng"), "việc 3: hoàn thành"),
        (QUAN, "2 việc đầu đang làm", ("việc 1: đang thực hiện", "việc 2: đang thực hiện")),
        (QUAN, "việc 2 hạn hôm nào ạ?", "việc"),
    )


async def test_what_is_over_is_none_of_all(stage: Stage) -> None:
    await stage.talk((QUAN, "2 xong", "hoàn thành"), (QUAN, "tất cả đều chưa làm gì", "việc 1: chưa"))
    (shown,) = [words_of(answer) for answer in await stage.hear(QUAN, "tất cả đều chưa làm gì")]
    assert "việc 1: chưa" in shown
    assert "việc 2:" not in shown


async def test_the_line_may_be_typed_again_instead(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "1 xong, 7 xong", "chưa ghi gì"),
        (QUAN, Tap("Sửa"), "gõ lại cả dòng"),
        (QUAN, "1 xong, 2 xong", ("việc 1: hoàn thành", "việc 2: hoàn thành")),
    )


async def test_another_line_makes_the_list_old(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "1 xong, 7 xong", "chưa ghi gì"),
        (QUAN, "3 được 20%", "việc 3: đang thực hiện, 20%"),
        (QUAN, Press("several:right"), "Nút này đã cũ"),
    )


async def test_what_is_taken_back_in_the_line_itself_is_not_recorded(stage: Stage) -> None:
    before = await stage.everything()
    await stage.talk((QUAN, "1 xong, à nhầm, 2 xong", ("chưa ghi gì", "[Sửa]")))
    assert await stage.everything() == before


async def test_one_button_takes_the_whole_line_back(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "1 xong, 2 được 50%, 3 xong", ("việc 3", "[Hoàn tác]")),
        (QUAN, Tap("Hoàn tác"), ("việc 1", "việc 2", "việc 3", "trở lại: chưa cập nhật")),
        (QUAN, "/viec", "còn 3 việc"),
        (QUAN, Press("undo:1:3"), "Không hoàn tác được nữa"),
    )


@pytest.mark.parametrize("forged", ["undo::", "undo:1:", "undo:0:9", "undo:a:b", "undo:999:1000"])
async def test_a_forged_button_takes_nothing_back(stage: Stage, forged: str) -> None:
    await stage.hear(QUAN, "1 xong, 2 xong")
    before = await stage.everything()
    await stage.hear(QUAN, Press(forged))
    assert await stage.everything() == before


@pytest.mark.parametrize("said", ["1 xong, 7 xong", "1 vướng hay xong nhỉ, 2 xong, 7 xong", "được 60%"])
async def test_thoi_leaves_an_open_question_and_nothing_else(stage: Stage, said: str) -> None:
    before = await stage.everything()
    await stage.hear(QUAN, said)
    await stage.talk((QUAN, "thôi", ("bỏ qua câu vừa hỏi", "chưa ghi gì")), (QUAN, "thôi", "thôi phụ trách"))
    assert await stage.everything() == before


async def test_what_is_shown_and_undone_names_the_words_and_the_plan(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "1 xong, 7 xong", "việc 1: hoàn thành · Báo cáo 6 tháng đầu năm 2026 · 33/KH-UBND"),
        (QUAN, "1.2 được 50%, 2 đang làm", "việc 1.2"),
        (QUAN, Tap("Hoàn tác"), ("hoàn tác việc 1.2", "Dịch sách", "33/KH-UBND", "hoàn tác việc 2")),
    )


@pytest.mark.parametrize("said", ["báo cáo 1 nộp rồi", "cái số 1 xong", "dạ cái thứ nhất em nộp rồi ạ"])
async def test_a_line_for_one_item_is_read_as_those_for_several(stage: Stage, said: str) -> None:
    await stage.talk((QUAN, "/viec", "3 việc"), (QUAN, said, "Đã ghi việc 1: hoàn thành"))
