"""A report that has gone out, in whatever words, is done; a step on the way, or a doubt, is not."""

from datetime import date

import pytest

from domain.updates import Update, read_update

MONDAY, DUE = date(2020, 6, 8), date(2020, 6, 15)


def read(text: str) -> Update:
    return read_update(text, today=MONDAY, due=DUE)


GONE = [
    "nộp lên tỉnh rồi",
    "gửi cái đó hôm thứ sáu rồi",
    "up lên drive rồi nhé",
    "submit trên hệ thống rồi",
    "gửi báo cáo tổng kết về Phòng Văn hóa - Xã hội từ 29/5 rồi ạ",
    "nộp hồ sơ một cửa rồi",
    "gửi rồi, anh kiểm tra lại hộp thư giúp em với",
    "gửi rồi ạ anh nhận được chưa ạ",
    "gửi rồi mà sao vẫn nhắc?",
    "nộp bản có dấu đỏ rồi cô ạ",
    "chuyển báo cáo qua trục rồi",
]


@pytest.mark.parametrize("text", GONE)
def test_what_went_up_or_to_the_office_is_done(text: str) -> None:
    assert read(text).state == "done"


@pytest.mark.parametrize("text", GONE)
@pytest.mark.parametrize(
    "before", ["chưa", "chx", "mai", "sắp", "hình như", "nếu mà", "chị Hoa bảo", "chắc là", "lát nữa", "đang"]
)
def test_a_word_before_it_that_takes_it_back_leaves_it_open(text: str, before: str) -> None:
    assert read(f"{before} {text}").state != "done"


@pytest.mark.parametrize("text", GONE)
@pytest.mark.parametrize(
    "behind", ["nhưng bị trả lại", "mà thiếu biểu 2", "trừ xã A", "chỉ còn chữ ký", "nhưng sai mẫu"]
)
def test_a_word_behind_it_that_leaves_something_open_is_heard(text: str, behind: str) -> None:
    bare = text.split(",")[0].split(" ạ anh")[0].rstrip("?").removesuffix(" mà sao vẫn nhắc")
    assert read(f"{bare} {behind}").state != "done"


STEPS = [
    "gửi dự thảo lên sở rồi",
    "gửi lên sếp duyệt rồi",
    "gửi xuống các xã rồi",
    "gửi cho anh Nam xem rồi",
    "gửi hồ sơ lên Sở thẩm định rồi",
    "đã gửi công văn đề nghị lên tỉnh",
    "gửi phiếu khảo sát xuống thôn rồi",
    "nộp lên phòng, phòng trả về",
    "đã gửi lên Sở xin ý kiến",
    "gửi một phần lên tỉnh rồi",
    "nộp 5 xã lên tỉnh rồi",
]


@pytest.mark.parametrize("text", STEPS)
def test_a_step_on_the_way_is_not_done(text: str) -> None:
    assert read(text).state in ("in_progress", None)


@pytest.mark.parametrize("text", ["gửi qua bên thằng Tèo rồi", "đã nộp cho bà bán nước"])
def test_a_sending_in_words_nobody_foresaw_is_asked_about(text: str) -> None:
    assert read(text).state != "done"


ANSWERS = {
    "em nộp rồi sao còn nhắc?": "done",
    "sao em nộp rồi mà còn đòi hoài": "done",
    "nộp rồi hả anh?": None,
    "đơn vị nào đã xong cho em xin mẫu": None,
}


@pytest.mark.parametrize(("text", "state"), ANSWERS.items())
def test_an_answer_that_asks_back_is_an_answer(text: str, state: str | None) -> None:
    assert read(text).state == state


COUNTS = {
    "bốn trong số bảy chốt đã bàn giao rồi": (4, 7),
    "có 8 biểu xong được 5": (5, 8),
    "sáu xã thì bốn xã nộp rồi": (4, 6),
    "còn 3 xã nữa trong tổng 15 xã": (12, 15),
    "mười một ấp trên mười sáu ấp rồi": (11, 16),
    "hôm qua 5/9, nay lên 7/9 rồi": (7, 9),
    "bên em có mười lớp, mở được sáu lớp": (6, 10),
}


@pytest.mark.parametrize(("text", "count"), COUNTS.items())
def test_things_of_any_name_are_counted(text: str, count: tuple[int, int]) -> None:
    assert (read(text).state, read(text).done_of) == ("in_progress", count)


@pytest.mark.parametrize(("text", "percent"), [("làm ½ rồi", 50), ("được ¾ rồi ạ", 75), ("1¼", None)])
def test_a_fraction_of_one_sign_is_a_part_of_the_whole(text: str, percent: int | None) -> None:
    assert read(text).percent == percent


PROMISES = [
    "nếu không có gì thay đổi thì thứ sáu em nộp",
    "nếu kịp thì chiều mai xong",
    "hễ có số liệu là em nộp liền",
    "bao giờ có số liệu em làm",
]


@pytest.mark.parametrize("text", PROMISES)
def test_a_condition_is_a_promise(text: str) -> None:
    assert read(text).state == "in_progress"


NOT_SO = {
    "đã làm gì đâu": "not_started",
    "không có thời gian nên chưa làm xong": "in_progress",
    "tỷ lệ hoàn thành 85%": "in_progress",
    "báo cáo số 0": "nil",
    "Trường bị ngập, tủ hồ sơ hư hết, không có gì để tổng hợp": None,
    "Chúc sếp ngày mới tốt lành, công việc hoàn thành": None,
    "chị Thảo bảo gửi rồi": None,
}


@pytest.mark.parametrize(("text", "state"), NOT_SO.items())
def test_what_only_sounds_done_or_nil_is_neither(text: str, state: str | None) -> None:
    assert read(text).state == state


def test_to_see_to_it_behind_an_acknowledgement_is_no_report() -> None:
    assert read("Đã tiếp nhận thông tin, đơn vị sẽ triển khai thực hiện.").acknowledged
