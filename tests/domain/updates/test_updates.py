"""Short updates: the shared cases, and many more ways to type the same things."""

import json
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.common.text import fold, nfc
from domain.updates import Addressed, Update, dotted, maybe_behind, read_until, read_update, split_items
from domain.updates.loose import loose

SHARED = Path(__file__).parents[3] / ".." / "shared" / "domain" / "updates.jsonl"
MONDAY = date(2020, 6, 8)
DUE = date(2020, 6, 15)
DONE, GOING, WAITING_TO_START, NIL, NOTHING = "done", "in_progress", "not_started", "nil", None


def read(text: str, *, today: date = MONDAY, due: date | None = DUE) -> Update:
    return read_update(text, today=today, due=due)


def test_every_shared_case_comes_out_as_expected() -> None:
    if not SHARED.exists():
        pytest.skip("the shared cases are not here")
    for line in SHARED.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        update = read(
            case["text"],
            today=date.fromisoformat(case["today"]),
            due=date.fromisoformat(case["due"]),
        )
        got = {
            "state": update.state,
            "percent": update.percent,
            "done_of": list(update.done_of or ()),
            "blocked": update.blocked,
            "extension_to": update.extension_to and update.extension_to.isoformat(),
            "documents": list(update.documents),
        }
        assert got == got | case["expect"], case["text"]


@pytest.mark.parametrize(
    ("phrase", "typed", "is_meant"),
    [
        ("chưa", "chưa", True),
        ("chưa", "CHUA", True),
        ("chưa", "chùa", False),
        ("đã", "đả", True),
        ("được", "đươc", True),
        ("tắc", "tác", False),
        ("đang", "đăng", False),
        ("«chờ»", "cho", False),
        ("chưa làm", "chua   lam", True),
        ("ạ", "an", False),
    ],
)
def test_a_word_may_lack_marks_but_not_bear_those_of_another(phrase: str, typed: str, is_meant: bool) -> None:
    assert bool(loose(phrase).search(typed)) is is_meant


STATES: dict[str | None, tuple[str, ...]] = {
    DONE: (
        "Xong",
        "xong r",
        "xong rùi ạ",
        "xong roài nhé",
        "xog r nhe",
        "xong rồi anh ơi",
        "dạ xong rồi ạ",
        "Đã xong!",
        "da xong",
        "đả xong",
        "da song",
        "song rồi nhé",
        "đã ht",
        "ht rồi ạ",
        "hthanh r",
        "đã hthành",
        "đã hoàn tất",
        "em xong việc này rồi ạ",
        "bên em hoàn thành rồi nhé anh",
        "100%",
        "đạt 100%",
        "đã đạt 100 phần trăm kế hoạch",
        "đạt 120% kế hoạch",
        "3/3 tin",
        "đã đăng đủ 3/3 tin",
        "đã gửi",
        "gửi rồi",
        "gui bc r",
        "da nop roi",
        "đã nộp báo cáo qua trục liên thông",
        "vừa gửi xong ạ",
        "em vừa nộp báo cáo",
        "đã nghiệm thu và bàn giao",
        "hoàn thành tốt nhiệm vụ được giao",
        "ok xong",
        "oke e xong r",
        "rồi ạ",
        "xong hôm qua",
        "đã xong ngày 5/6",
        "đã hoàn thành, không có khó khăn vướng mắc gì",
        "xong, không vướng gì",
        "đã xong. Cảm ơn anh!",
        "Em chào anh, em đã gửi báo cáo rồi ạ",
        "xong rồi, hạn nộp bản giấy là bao giờ ạ?",
        "đã xong, tăng 15% so với cùng kỳ",
        "gửi báo cáo 45/BC-SNgV qua trục liên thông",
        "da trien khai xong toan bo",
        "đã ký số và gửi trục liên thông",
        "cả 3 tin đã đăng",
        "vượt kế hoạch 20%",
        "xong ùi",
        "đủ rồi ạ",
        "500/500 tờ rơi",
        "chị Mai đã gửi rồi",
        "đối ngoại đã xong",
        "xong muộn 2 ngày",
        "BC 87/BC-STC ngày 10/6",
    ),
    GOING: (
        "đã ban hành kế hoạch",
        "đã phát sóng 4 phóng sự trên đài tỉnh",
        "đã tổ chức 02 hội nghị",
        "đăng bài rồi ạ",
        "da dang bai roi",
        "đã đăng tin lên cổng thông tin",
        "chưa xong",
        "chua xong a",
        "chx xong",
        "ko xong kịp",
        "k kịp",
        "không kịp rồi anh",
        "chưa hoàn thành được",
        "chưa thể hoàn thành",
        "chưa làm xong",
        "chưa triển khai xong ở 2 huyện",
        "chưa gửi được",
        "gần xong",
        "gan xong roi",
        "sắp xong ạ",
        "cơ bản hoàn thành",
        "cơ bản đã hoàn thành",
        "đã làm xong phần 1",
        "xong một phần",
        "mới xong bước 1",
        "đã xong dự thảo",
        "đã gửi dự thảo xin ý kiến các sở",
        "đã gửi lãnh đạo duyệt",
        "đang làm",
        "dang lam",
        "đang lm dở",
        "đang triển khai",
        "vẫn đang thực hiện ạ",
        "đang trình ký",
        "đã trình UBND tỉnh",
        "chờ lãnh đạo ký",
        "xong rồi, chờ lãnh đạo ký",
        "mai gửi",
        "mai e gui nhe",
        "chiều nay xong",
        "sẽ gửi trước 15/6",
        "tuần này xong",
        "dự kiến thứ 6 xong",
        "70%",
        "70 phan tram",
        "được 7/10",
        "7/10",
        "một nửa",
        "1 nua",
        "được 1 nửa rồi",
        "2 phần 3",
        "gan 80%",
        "đạt trên 90%",
        "còn 20%",
        "2/3 tin",
        "đã đăng 2/3 tin",
        "đã nhận được 7/9 báo cáo của các huyện",
        "còn 1 bài chưa đăng",
        "xong 3 bài, còn 1 bài báo tỉnh",
        "đã xong 2 clip nhưng chưa đăng",
        "đang rà soát, bổ sung số liệu",
        "đã họp với các phòng để thống nhất",
        "đã xây dựng dự thảo kế hoạch",
        "đã bắt đầu làm",
        "bắt đầu triển khai",
        "đã nhận, đang làm",
        "vâng em đang làm ạ",
        "phối hợp với đài tỉnh quay phim tại bản Nà Lầu",
        "20/6 nộp",
        "20/6 xong",
        "hôm nay xong",
        "khó xong trước hạn",
        "tin xong rồi, ảnh chưa",
        "mới đăng 1 tin",
        "họp xong chưa có kết luận",
        "đã dự thảo xong, đang xin ý kiến",
        "500/1.000 tờ rơi",
        "gần hết rồi",
        "chậm tiến độ",
        "đúng tiến độ",
        "sếp ký rồi",
        "02 hội nghị đã tổ chức, 01 hội nghị xin lùi sang tháng 7",
    ),
    WAITING_TO_START: (
        "chưa làm",
        "chua lam gi",
        "chưa làm gì cả",
        "chx làm",
        "chưa triển khai được",
        "chưa thực hiện",
        "chưa bắt đầu",
        "chưa kịp làm ạ",
        "chưa ạ",
        "em chưa làm được ạ",
        "0%",
        "0/3 tin",
        "chưa tổ chức, đang chờ kế hoạch của tỉnh",
        "chưa có gì",
        "không thực hiện được do thiếu kinh phí",
        "đơn vị chưa triển khai vì chưa có hướng dẫn",
        "chưa làm, mai làm",
        "chưa ai làm",
        "chưa nhận được kế hoạch",
        "đã có kế hoạch, chưa triển khai",
        "Chưa thực hiện (lý do: chưa có hướng dẫn của Bộ)",
    ),
    NIL: (
        "không phát sinh",
        "ko phát sinh",
        "k ps gì thì ghi: không phát sinh",
        "kg phat sinh",
        "ko có gì",
        "k có gì ạ",
        "không có",
        "ko co",
        "không có nội dung phát sinh",
        "không phát sinh nội dung mới",
        "trong kỳ không có phát sinh",
        "dạ đơn vị không phát sinh ạ",
        "chưa phát sinh",
        "không có gì mới",
        "không có nội dung báo cáo",
        "không có hoạt động nào",
        "kỳ này ko có gì phát sinh nhé",
        "ko ps",
        "Đơn vị không có nội dung phát sinh trong quý II",
    ),
    NOTHING: (
        "ok",
        "oke",
        "Ok ạ",
        "vâng",
        "dạ vâng ạ",
        "đã nhận",
        "đã nhận ạ",
        "da nhan",
        "em đã nhận được thông tin",
        "đã nhận được văn bản",
        "đã rõ",
        "rõ",
        "nhất trí",
        "cảm ơn anh",
        "cám ơn chị nhiều nhé",
        "tks a",
        "chào anh",
        "em chào chị ạ",
        "chúc anh chị ngày mới vui vẻ",
        "hạn bao giờ?",
        "hạn bao giờ",
        "han bao gio a",
        "việc này ai làm",
        "viec nay ai lam",
        "gửi ở đâu ạ",
        "gui o dau a",
        "gửi cho ai ạ",
        "nộp ở đâu vậy anh",
        "xong chưa?",
        "xong chưa",
        "xong chua a",
        "đã gửi chưa ạ",
        "báo cáo theo mẫu nào",
        "có phải báo cáo không ạ",
        "có cần gửi bản giấy ko",
        "báo cáo này có mấy phần?",
        "làm thế nào ạ",
        "khi nào nộp",
        "cái này là gì",
        "nếu chưa xong thì có bị nhắc không ạ?",
        "có được gia hạn không?",
        "gia hạn được không ạ",
        "anh gửi lại em mẫu với",
        "cho em hỏi việc này giao cho phòng nào ạ",
        "em chưa rõ nội dung này",
        "đơn vị em không thuộc phạm vi báo cáo",
        "chưa đến hạn",
        "hết khó khăn rồi",
        "ngày mai nghỉ nhé",
        "số điện thoại của em 0912345678",
        "50",
        "1",
        "hủy",
        "Kiến nghị: không có",
        "alo",
        "👍",
        "",
        "   ",
        "...",
        "?",
    ),
}


@pytest.mark.parametrize(("state", "text"), [(state, t) for state, texts in STATES.items() for t in texts])
def test_the_state_is_what_the_officer_means(state: str | None, text: str) -> None:
    assert read(text).state == state
    assert read(text).says_something is (state is not NOTHING)


@pytest.mark.parametrize("text", STATES[DONE])
def test_what_is_done_is_done_to_the_full(text: str) -> None:
    assert read(text).percent == 100


PERCENTS = {
    "đang làm khoảng 70%": 70,
    "70 phan tram": 70,
    "duoc 70 % roi": 70,
    "dc 1 nua": 50,
    "được một nữa": 50,
    "hơn một nửa": 50,
    "xong nửa rồi": 50,
    "7/10": 70,
    "mới được 7/10": 70,
    "2 phần 3": 67,
    "hai phần ba": 67,
    "3 phần 4 khối lượng": 75,
    "gan 80%": 80,
    "đạt trên 90%": 90,
    "72,4%": 72,
    "72,6%": 73,
    "khoảng 70-80%": 70,
    "tiến độ 45%": 45,
    "tien do dc 70%": 70,
    "còn 20%": 80,
    "còn lại khoảng 30% chưa xong": 70,
    "tuần trước 50%, nay 80%": 80,
    "chưa được 50%": 50,
    "chưa đến một nửa": 50,
    "0%": 0,
    "999/1000 tờ rơi": 99,
    "1/1000 tờ rơi": 1,
    "số tin tăng 15% so với cùng kỳ, đang làm tiếp": None,
    "đang làm, thiếu 20% kinh phí": None,
    "đang làm": None,
    "chưa làm": None,
    "nửa tháng nữa mới làm được": None,
}


@pytest.mark.parametrize(("text", "percent"), PERCENTS.items())
def test_percents_are_read_in_all_their_forms(text: str, percent: int | None) -> None:
    assert read(text).percent == percent
    assert read(fold(text)).percent == percent


SHARES = {
    "2/3 tin": (2, 3),
    "đã xong 2/3 tin, còn 1 bài": (2, 3),
    "đăng được 4 / 6 bài": (4, 6),
    "2 trong 3 tin": (2, 3),
    "hai trên ba hội nghị": (2, 3),
    "8 trên 10 bài rồi": (8, 10),
    "còn 1/3 tin": (2, 3),
    "37/103 xã đã báo cáo": (37, 103),
    "xong 2/3": (2, 3),
    "đăng 3/3 tin, 1/2 phóng sự": (1, 2),
    "đã gửi 5/6": None,
    "đã gửi ngày 2/3": None,
    "nộp 20/6": None,
    "đã xong 15/6": None,
    "trực 24/7 nên đã xong": None,
    "xong 2 tin": None,
}


@pytest.mark.parametrize(("text", "share"), SHARES.items())
def test_so_many_of_so_many_is_a_share_and_no_day(text: str, share: tuple[int, int] | None) -> None:
    assert read(text).done_of == share
    assert read(fold(text)).done_of == share


EXTENSIONS = {
    # absolute
    "xin lùi đến 20/6": date(2020, 6, 20),
    "xin lùi 20/6": date(2020, 6, 20),
    "lui den 20/6 nhe": date(2020, 6, 20),
    "xin lùi sang 20-6": date(2020, 6, 20),
    "xin lùi đến 20.6.2020": date(2020, 6, 20),
    "gia hạn đến ngày 25/6/2020": date(2020, 6, 25),
    "đề nghị gia hạn đến 25/6": date(2020, 6, 25),
    "xin gia hạn tới 20 tháng 6": date(2020, 6, 20),
    "xin phép nộp muộn đến ngày 18/6": date(2020, 6, 18),
    "xin lùi từ 15/6 sang 20/6": date(2020, 6, 20),
    "cho em xin đến 20/6 ạ": date(2020, 6, 20),
    "xin khất đến ngày 20": date(2020, 6, 20),
    "xin khất đến ngày 15": date(2020, 7, 15),
    "xin khất đến ngày 31": date(2020, 7, 31),
    "cho em lùi đến 20/6 được không ạ?": date(2020, 6, 20),
    "xin lùi hạn đến 20/6 vì 18/6 mới họp": date(2020, 6, 20),
    "chưa xong xin lùi 20/6": date(2020, 6, 20),
    # relative: from the due date
    "lùi 1 tuần": date(2020, 6, 22),
    "xin lui 1 tuan": date(2020, 6, 22),
    "xin lùi một tuần nữa": date(2020, 6, 22),
    "xin thêm 3 ngày": date(2020, 6, 18),
    "cho thêm 2 hôm nữa": date(2020, 6, 17),
    "cho em xin thêm 5 ngày làm việc": date(2020, 6, 22),
    "cho đơn vị thêm 10 ngày": date(2020, 6, 25),
    "xin gia hạn thêm nửa tháng": date(2020, 6, 30),
    "xin gia hạn 1 tháng": date(2020, 7, 15),
    "nộp chậm 2 ngày ạ": date(2020, 6, 17),
    "chưa xong, xin thêm hai tuần": date(2020, 6, 29),
    "xin gia hạn 2 tuần kể từ ngày 15/6": date(2020, 6, 29),
    "lùi 3 hôm dc ko anh": date(2020, 6, 18),
    "xin phép anh cho em nộp chậm 1 ngày": date(2020, 6, 16),
    # by the calendar
    "gia hạn đến hết tháng 6": date(2020, 6, 30),
    "xin lùi đến cuối tháng": date(2020, 6, 30),
    "xin lùi cuối tháng 7": date(2020, 7, 31),
    "xin lùi đến giữa tháng 7": date(2020, 7, 15),
    "xin gia hạn sang tháng 7": date(2020, 7, 31),
    "xin lùi sang tháng sau": date(2020, 7, 31),
    "xin gia hạn đến hết quý III": date(2020, 9, 30),
    "xin lùi đến hết năm": date(2020, 12, 31),
    "xin lùi sang thứ 6 tuần sau": date(2020, 6, 19),
    "xin lui sang thu 6 tuan sau": date(2020, 6, 19),
    "sang thứ 6 tuần sau": date(2020, 6, 19),
    "xin lùi đến thứ sáu": date(2020, 6, 19),
    "xin lùi đến t6 tuần sau": date(2020, 6, 19),
    "xin lùi sang tuần sau": date(2020, 6, 19),
    "xin lùi đến cuối tuần": date(2020, 6, 19),
    "cuối tháng": date(2020, 6, 30),
    # promised after the due date
    "20/6 nộp": date(2020, 6, 20),
    "20/6 e gửi ạ": date(2020, 6, 20),
    "dự kiến 20/6 hoàn thành": date(2020, 6, 20),
    "đang làm, cuối tháng nộp": date(2020, 6, 30),
    "2 tuần nữa xong": date(2020, 6, 22),
    "20/6": date(2020, 6, 20),
    "không kịp 15/6, cho em đến 18/6": date(2020, 6, 18),
    "phải 18/6 mới xong": date(2020, 6, 18),
    "chưa xong, hẹn 20/6": date(2020, 6, 20),
    # no wish for more time
    "mai gửi": None,
    "10/6 nộp": None,
    "thứ 6 nộp": None,
    "tuần sau gửi": None,
    "3 ngày nữa xong": None,
    "đã nộp 20/6": None,
    "đã xong, BC số 123/BC-STC ngày 20/6": None,
    "đã gửi công văn 12/SNgV-VP ngày 30/6/2020": None,
    "không cần gia hạn, đang làm": None,
    "đã gia hạn hợp đồng đến 20/12": None,
    "20/6 tổ chức hội nghị, đang chuẩn bị": None,
    "gửi báo cáo tháng 7": None,
    "xin ý kiến lãnh đạo": None,
    "xin hỗ trợ thêm kinh phí": None,
    "đã tuyên truyền công tác đối ngoại": None,
}


@pytest.mark.parametrize(("text", "until"), EXTENSIONS.items())
def test_the_wish_for_more_time_names_its_day(text: str, until: date | None) -> None:
    for typed in (text, fold(text), text.upper()):
        update = read(typed)
        assert (update.extension_to, update.wants_extension) == (until, until is not None), typed
        assert update.unclear is None


UNCLEAR = {
    "lùi lại ít hôm": "lùi lại ít hôm",
    "lui lai it hom": "lui lai it hom",
    "xin lùi ít hôm nhé": "xin lùi ít hôm nhé",
    "cho em xin thêm vài ngày": "cho em xin thêm vài ngày",
    "cho em xin thêm vài hôm được không ạ?": "cho em xin thêm vài hôm được không ạ",
    "đang làm 50%, xin thêm 2-3 ngày": "xin thêm 2-3 ngày",
    "xin lùi hai ba hôm": "xin lùi hai ba hôm",
    "xin lùi đến đầu tháng 7": "xin lùi đến đầu tháng 7",
    "xin lùi đến 31/6": "xin lùi đến 31/6",
    "xin lùi đến t6": "xin lùi đến t6",
    "xin lùi đến 10/6": "xin lùi đến 10/6",
    "xin lùi đến khi có kinh phí": "xin lùi đến khi có kinh phí",
    "cho em thêm chút thời gian": None,
    "xin gia hạn": None,
    "xin thêm thời gian ạ": None,
}


@pytest.mark.parametrize(("text", "words"), UNCLEAR.items())
def test_more_time_without_a_readable_day_is_still_wanted(text: str, words: str | None) -> None:
    update = read(text)
    assert update.wants_extension
    assert update.extension_to is None
    assert update.unclear == words
    assert update.says_something


def test_a_day_that_does_not_exist_is_named_back() -> None:
    assert read("31/6 nộp").unclear == "31/6"


def test_without_a_due_date_a_span_counts_from_today_and_a_promise_extends_nothing() -> None:
    assert read("xin thêm 3 ngày", due=None).extension_to == date(2020, 6, 11)
    assert not read("20/6 nộp", due=None).wants_extension


def test_on_the_due_date_tomorrow_is_an_answer_and_a_date_a_wish_for_time() -> None:
    assert not read("mai gửi", today=DUE).wants_extension
    assert read("16/6 gửi", today=DUE).extension_to == date(2020, 6, 16)


def test_an_overdue_duty_is_put_off_to_the_next_friday_not_the_last() -> None:
    assert read("xin lùi đến thứ 6", today=date(2020, 6, 24)).extension_to == date(2020, 6, 26)


def test_a_day_without_a_year_crosses_the_turn_of_the_year() -> None:
    late = read("xin lùi đến 10/1", today=date(2020, 12, 28), due=date(2020, 12, 31))
    assert late.extension_to == date(2021, 1, 10)


DOCUMENTS = {
    "123/BC-STC ngày 10/6": ("123/BC-STC",),
    "da xong, bc so 123/bc-stc": ("123/BC-STC",),
    "báo cáo 45/BC-SNgV": ("45/BC-SNgV",),
    "CV 12/SNgV-VP": ("12/SNgV-VP",),
    "đã gửi tờ trình 9/ttr-svhttdl": ("9/TTr-SVHTTDL",),
    "theo Nghị định 09/2019/NĐ-CP, đã làm xong": ("09/2019/NĐ-CP",),
    "BC số 87": ("87/BC",),
    "bc 87 ngay 9/6": ("87/BC",),
    "cv so 12 gui roi": ("12/CV",),
    "đã gửi công văn số 12 và báo cáo số 45/BC-SNgV": ("12/CV", "45/BC-SNgV"),
    "đã gửi BC 87, BC 87": ("87/BC",),
    "số 87": (),
    "báo cáo 6 tháng đã gửi": (),
    "kế hoạch 2020 đã xong": (),
    "bc 15/6 nộp": (),
    "đã gửi báo cáo 9/6": (),
    "đạt 3 bài/tháng, 2/3 tin, 24/7": (),
    "chi 2 triệu/người, 5/tháng": (),
}


@pytest.mark.parametrize(("text", "numbers"), DOCUMENTS.items())
def test_documents_are_cited_by_number(text: str, numbers: tuple[str, ...]) -> None:
    assert read(text).documents == numbers


# text: (blocked, difficulty, proposal)
HINDRANCES: dict[str, tuple[bool, str | None, str | None]] = {
    "vướng kinh phí": (True, "vướng kinh phí", None),
    "da gioi thieu 3 doanh nghiep voi doi tac": (False, None, None),
    "giam thieu rac thai, dat toi thieu 90%": (False, None, None),
    "đang vướng mặt bằng": (True, "đang vướng mặt bằng", None),
    "chưa xong, khó khăn: thiếu người": (True, "khó khăn: thiếu người", None),
    "kẹt số liệu của huyện": (True, "kẹt số liệu của huyện", None),
    "dang ket so lieu": (True, "dang ket so lieu", None),
    "chưa có kinh phí": (True, "chưa có kinh phí", None),
    "chua co kinh phi nen chua lam": (True, "chua co kinh phi nen chua lam", None),
    "kinh phí đang thiếu": (True, "kinh phí đang thiếu", None),
    "đang làm nhưng thiếu nhân lực": (True, "thiếu nhân lực", None),
    "chưa làm do chưa được cấp kinh phí": (True, "do chưa được cấp kinh phí", None),
    "vướng kinh phí, các huyện chưa gửi số liệu": (True, "vướng kinh phí, các huyện chưa gửi số liệu", None),
    "vướng giá, đề nghị Sở hướng dẫn, bố trí thêm vốn": (
        True,
        "vướng giá",
        "đề nghị Sở hướng dẫn, bố trí thêm vốn",
    ),
    "đang làm 60%, kiến nghị tỉnh cấp thêm máy": (False, None, "kiến nghị tỉnh cấp thêm máy"),
    "de xuat mo lop thang 7": (False, None, "de xuat mo lop thang 7"),
    "Sở Tài chính chưa cấp kinh phí": (True, "Sở Tài chính chưa cấp kinh phí", None),
    "không liên lạc được với đài": (True, "không liên lạc được với đài", None),
    "hội nghị tạm dừng do dịch": (True, "hội nghị tạm dừng do dịch", None),
    "Chưa. Lý do: thiếu người": (True, "Lý do: thiếu người", None),
    "chưa làm (lý do: đợi hướng dẫn)": (False, "lý do: đợi hướng dẫn", None),
    "Do lãnh đạo đi công tác, xin lùi đến 19/6": (False, "Do lãnh đạo đi công tác", None),
    "xin hỗ trợ kinh phí": (False, None, "xin hỗ trợ kinh phí"),
    "đã xong, kết quả tốt": (False, None, None),
    "da xong, ket qua tot": (False, None, None),
    "xin lùi đến 20/6, các huyện chưa gửi số liệu": (True, "các huyện chưa gửi số liệu", None),
    "đã xong ở vùng dân tộc thiểu số": (False, None, None),
    "da xong o vung dan toc thieu so": (False, None, None),
    "không có khó khăn, vướng mắc": (False, None, None),
    "đang làm, ko vướng gì": (False, None, None),
    "đang làm. Khó khăn: không. Kiến nghị: không": (False, None, None),
    "đã tháo gỡ vướng mắc, đang làm": (False, None, None),
    "đã khắc phục khó khăn để hoàn thành": (False, None, None),
    "đã đề nghị các huyện gửi số liệu": (False, None, None),
    "xong 8/10 bài, còn thiếu 2 bài": (False, None, None),
    "xin lùi 1 tuần do chờ số liệu": (False, "do chờ số liệu", None),
    "đã hoàn thành sớm do chủ động": (False, None, None),
    "tiến độ 50%": (False, None, None),
    "tien do 50%": (False, None, None),
    "don vi dang lam": (False, None, None),
}


@pytest.mark.parametrize(("text", "expected"), HINDRANCES.items())
def test_what_hinders_and_what_is_proposed_are_kept_in_the_officers_words(
    text: str, expected: tuple[bool, str | None, str | None]
) -> None:
    update = read(text)
    assert (update.blocked, update.difficulty, update.proposal) == expected


RESULTS = {
    "xong rồi ạ": None,
    "đang làm khoảng 70%": None,
    "không phát sinh trong kỳ": None,
    "xin lùi 1 tuần": None,
    "vướng kinh phí": None,
    "Sở Y tế": None,
    "đã đăng 3 tin trên cổng": "đã đăng 3 tin trên cổng",
    "Em chào anh, em đã đăng 3 tin ạ. Cảm ơn anh!": "em đã đăng 3 tin ạ",
    "đã xong 2/3 tin, còn 1 bài, xin lùi 20/6": "đã xong 2/3 tin, còn 1 bài",
    "Đã tổ chức 02 hội nghị;\nđã in 500 tờ rơi; vướng kinh phí": "Đã tổ chức 02 hội nghị;\nđã in 500 tờ rơi",
    "da xong, BC so 123/BC-STC": "da xong, BC so 123/BC-STC",
    "còn 1 bài báo tỉnh, 20/6 nộp": "còn 1 bài báo tỉnh",
}


@pytest.mark.parametrize(("text", "result"), RESULTS.items())
def test_the_result_is_the_officers_own_words(text: str, result: str | None) -> None:
    assert read(text).result == result


def test_one_message_can_say_everything() -> None:
    update = read(
        "da xong 2/3 tin, con 1 bai bao tinh, vuong anh, de nghi dai cap anh, xin lui 20/6, bc 87/bc-stc"
    )
    assert update == Update(
        state="in_progress",
        percent=67,
        done_of=(2, 3),
        blocked=True,
        result="da xong 2/3 tin, con 1 bai bao tinh",
        difficulty="vuong anh",
        proposal="de nghi dai cap anh",
        extension_to=date(2020, 6, 20),
        wants_extension=True,
        unclear=None,
        documents=("87/BC-STC",),
    )


TABLED = [
    *(t for texts in STATES.values() for t in texts),
    *PERCENTS,
    *SHARES,
    *EXTENSIONS,
    *HINDRANCES,
]


@pytest.mark.parametrize("text", TABLED)
def test_without_marks_the_same_is_read_or_the_state_is_asked_about(text: str) -> None:
    marked, bare = read(text), read(fold(text))
    assert bare.state == marked.state or (bare.state is None and marked.state != "done")
    if bare.state == marked.state:
        assert (bare.percent, bare.done_of) == (marked.percent, marked.done_of)
    assert (bare.extension_to, bare.blocked) == (marked.extension_to, marked.blocked)


PIECES = (
    "xong",
    "chưa",
    "20/6",
    "31/6",
    "2/3",
    "70%",
    "lùi",
    "xin",
    "tuần",
    "999",
    "vướng",
    "đề nghị",
    "BC 87",
    ",",
    ".",
    "\n",
)
MESSAGES = st.one_of(
    st.text(),
    st.lists(st.one_of(st.sampled_from(PIECES), st.sampled_from(TABLED), st.text(max_size=3))).map(" ".join),
)


@given(text=MESSAGES, today=st.dates(), due=st.none() | st.dates())
def test_any_text_is_read_without_an_error_and_quoted_word_for_word(
    text: str, today: date, due: date | None
) -> None:
    update = read(text, today=today, due=due)
    for words in (update.result, update.difficulty, update.proposal, update.unclear):
        assert words is None or words in nfc(text)
    assert update.percent is None or 0 <= update.percent <= 100
    assert (update.state == "done") <= (update.percent == 100)
    assert update.extension_to is None or due is None or update.extension_to > due


ITEMS: dict[str, tuple[tuple[str | None, str], ...]] = {
    "1 xong roi, bc 87 ngay 9/6. 2 dc 80%": (("1", "xong roi, bc 87 ngay 9/6"), ("2", "dc 80%")),
    "1 va 3 xong": (("1", "xong"), ("3", "xong")),
    "1, 2 và 3 đã xong": (("1", "đã xong"), ("2", "đã xong"), ("3", "đã xong")),
    "1-3 xong": (("1", "xong"), ("2", "xong"), ("3", "xong")),
    "1 đến 3 xong rồi": (("1", "xong rồi"), ("2", "xong rồi"), ("3", "xong rồi")),
    "1.2 xong": (("1.2", "xong"),),
    "1.2: đang làm\n1.3: chưa": (("1.2", "đang làm"), ("1.3", "chưa")),
    "1: xong; 2: 2/3 tin": (("1", "xong"), ("2", "2/3 tin")),
    "1) xong\n2) đang làm 50%": (("1", "xong"), ("2", "đang làm 50%")),
    "1. xong\n2. chưa làm": (("1", "xong"), ("2", "chưa làm")),
    "1.xong": (("1", "xong"),),
    "1/ xong\n2/ chưa": (("1", "xong"), ("2", "chưa")),
    "- 1: xong\n- 2: chưa": (("1", "xong"), ("2", "chưa")),
    "2 - đã xong": (("2", "đã xong"),),
    "2: hội nghị đã tổ chức": (("2", "hội nghị đã tổ chức"),),
    "việc 2 họp rồi": (("2", "họp rồi"),),
    "viec 2: 80%": (("2", "80%"),),
    "Mục 3 chưa làm": (("3", "chưa làm"),),
    "câu 1 không, câu 2 có": (("1", "không"), ("2", "có")),
    "số 2 xong": (("2", "xong"),),
    "việc số 4 xong": (("4", "xong"),),
    "việc 1 và việc 3 xong": (("1", "xong"), ("3", "xong")),
    "1 100%": (("1", "100%"),),
    "1 xong, 2 chưa làm": (("1", "xong"), ("2", "chưa làm")),
    "dạ 1 xong ạ": (("1", "xong ạ"),),
    "1 bc 87 ngày 9/6": (("1", "bc 87 ngày 9/6"),),
    "Em chào anh. 1 xong": ((None, "Em chào anh"), ("1", "xong")),
    "xong rồi. 2 đang làm": ((None, "xong rồi"), ("2", "đang làm")),
    "#2 xong": (("2", "xong"),),
    "việc #2: xong": (("2", "xong"),),
    "2) xong": (("2", "xong"),),
    "2xong": (("2", "xong"),),
    "2chưa": (("2", "chưa"),),
    "1xong 2xong": (("1", "xong"), ("2", "xong")),
    "xong việc 2": (("2", "xong"),),
    "dạ em làm xong việc số 2 rồi ạ": (("2", "làm xong"),),
    "xong #2": (("2", "xong"),),
    "chưa xong mục 2 và 3": (("2", "chưa xong"), ("3", "chưa xong")),
    "đã xong việc 2, BC số 12/BC-STC": (("2", "đã xong việc 2, BC số 12/BC-STC"),),
    "xong việc 1, chưa làm việc 2": (("1", "xong"), ("2", "chưa làm")),
    "xong việc 1, 2 chưa": (("1", "xong"), ("2", "chưa")),
    "1 xong 2 xong 9 xong": (("1", "xong"), ("2", "xong"), ("9", "xong")),
    "1 xong 2 xong 10 xong": (("1", "xong"), ("2", "xong"), ("10", "xong")),
    "1.1 xong 1.2 xong 1.10 xong": (("1.1", "xong"), ("1.2", "xong"), ("1.10", "xong")),
    "1 xong 2 chưa xong 13": (("1", "xong 2 chưa xong 13"),),
    "1 xong 2 chưa 3 đang làm 4 60%": (("1", "xong"), ("2", "chưa"), ("3", "đang làm"), ("4", "60%")),
    "1 xong rồi 2 vướng kinh phí. 3 xong 4 chưa làm": (
        ("1", "xong rồi"),
        ("2", "vướng kinh phí"),
        ("3", "xong"),
        ("4", "chưa làm"),
    ),
    "2 xong 1 xong": (("2", "xong"), ("1", "xong")),
    "1 vướng kinh phí 2 xong": (("1", "vướng kinh phí"), ("2", "xong")),
    "việc 1 xong việc 2 đang làm": (("1", "xong"), ("2", "đang làm")),
    # no items
    "xong": ((None, "xong"),),
    "xong 2": ((None, "xong 2"),),
    "xong 2 việc": ((None, "xong 2 việc"),),
    "xong việc 2 bên thống nhất": ((None, "xong việc 2 bên thống nhất"),),
    "2 bài xong": ((None, "2 bài xong"),),
    "1 xong 2 bài": (("1", "xong 2 bài"),),
    "1 xong 2 còn 1": (("1", "xong 2 còn 1"),),
    "1 xong 2 chưa xong 3": (("1", "xong 2 chưa xong 3"),),
    "1: bước 2 xong": (("1", "bước 2 xong"),),
    "1: số liệu quý 2 chưa xong": (("1", "số liệu quý 2 chưa xong"),),
    "1: hội nghị lần 2 đã tổ chức": (("1", "hội nghị lần 2 đã tổ chức"),),
    "2 hội nghị đã tổ chức": ((None, "2 hội nghị đã tổ chức"),),
    "3 tin": ((None, "3 tin"),),
    "2 tin đã đăng": ((None, "2 tin đã đăng"),),
    "2 clip đã đăng": ((None, "2 clip đã đăng"),),
    "2 bc đã gửi": ((None, "2 bc đã gửi"),),
    "2-3 tin nữa là xong": ((None, "2-3 tin nữa là xong"),),
    "15/6": ((None, "15/6"),),
    "15/6 nộp": ((None, "15/6 nộp"),),
    "2/3 tin": ((None, "2/3 tin"),),
    "100%": ((None, "100%"),),
    "80 % rồi": ((None, "80 % rồi"),),
    "72,5% rồi": ((None, "72,5% rồi"),),
    "70 phần trăm": ((None, "70 phần trăm"),),
    "1": ((None, "1"),),
    "1.": ((None, "1."),),
    "3 ngày nữa xong": ((None, "3 ngày nữa xong"),),
    "87/BC-STC": ((None, "87/BC-STC"),),
    "số 87/BC-STC": ((None, "số 87/BC-STC"),),
    "đã đăng 3 tin, 2 bài": ((None, "đã đăng 3 tin, 2 bài"),),
    "3 xong, 2 đang viết": (("3", "xong, 2 đang viết"),),
    "đã đăng 3 tin, 2 đang viết": ((None, "đã đăng 3 tin, 2 đang viết"),),
    "0 phát sinh": ((None, "0 phát sinh"),),
    "15-6 nộp": ((None, "15-6 nộp"),),
    "": (),
    "  ": (),
}


@pytest.mark.parametrize(("text", "pieces"), ITEMS.items())
def test_items_are_told_from_counts(text: str, pieces: tuple[tuple[str | None, str], ...]) -> None:
    assert split_items(text) == tuple(Addressed(*piece) for piece in pieces)


SHOWN_LINES: dict[str, tuple[tuple[str | None, str], ...]] = {
    "1.1 mời được 1 đoàn, được 50%": (("1.1", "mời được 1 đoàn, được 50%"),),
    "dạ 1.2 hai cuốn sách": (("1.2", "hai cuốn sách"),),
    "1.1 mời 1 đoàn, 1.2 một cuốn": (("1.1", "mời 1 đoàn"), ("1.2", "một cuốn")),
    "1.1 và 1.2 nhờ Sở Tài chính": (("1.1", "nhờ Sở Tài chính"), ("1.2", "nhờ Sở Tài chính")),
    "1.3 mời được 1 đoàn": ((None, "1.3 mời được 1 đoàn"),),
    "1.1 và 1.3 nhờ Sở Tài chính": ((None, "1.1 và 1.3 nhờ Sở Tài chính"),),
    "1.2 tỷ đồng còn lại": ((None, "1.2 tỷ đồng còn lại"),),
    "1 mời được 1 đoàn": ((None, "1 mời được 1 đoàn"),),
}


@pytest.mark.parametrize(("text", "pieces"), SHOWN_LINES.items())
def test_a_line_that_was_shown_is_named_whatever_follows(
    text: str, pieces: tuple[tuple[str | None, str], ...]
) -> None:
    assert split_items(text, ("1.1", "1.2")) == tuple(Addressed(*piece) for piece in pieces)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("được 500%", "500%"),
        ("đã xong 150 %", "150 %"),
        ("đang làm, khoảng 101% rồi ạ", "101%"),
        ("hoàn thành 1000%, BC số 12/BC-STC", "1000%"),
    ],
)
def test_more_than_the_whole_is_unclear_and_nothing_is_recorded(text: str, words: str) -> None:
    said = read(text)
    assert (said.state, said.percent, said.unclear) == (None, None, words)
    assert not said.says_something


@pytest.mark.parametrize(
    "text",
    ["được 100%", "đạt 120% kế hoạch", "hoàn thành 105% chỉ tiêu", "xong 100%, tăng 150% so với năm trước"],
)
def test_the_whole_and_more_than_was_planned_are_done(text: str) -> None:
    said = read(text)
    assert (said.state, said.percent, said.unclear) == ("done", 100, None)


BEHIND: dict[str, tuple[tuple[str | None, str], ...]] = {
    "done 2": (("2", "done"),),
    "xong 2": (("2", "xong"),),
    "đã xong 2 rồi ạ": (("2", "đã xong"),),
    "xong2": (("2", "xong"),),
    "xong 1 và 2": (("1", "xong"), ("2", "xong")),
    "xong 1, xong 2": (("1", "xong"), ("2", "xong")),
    "xong 1, chưa xong 2": (("1", "xong"), ("2", "chưa xong")),
    "xong 2, 3 chưa": (("2", "xong"), ("3", "chưa")),
    "xong 9": ((None, "xong 9"),),
    "xong 2/3 tin": ((None, "xong 2/3 tin"),),
    "xong 2/3": ((None, "xong 2/3"),),
    "xong 2%": ((None, "xong 2%"),),
    "xong 2 tin": ((None, "xong 2 tin"),),
    "xong 2 bài": ((None, "xong 2 bài"),),
    "2 bài xong": ((None, "2 bài xong"),),
    "xong 2 còn 1": ((None, "xong 2 còn 1"),),
    "xong 2, còn 1": ((None, "xong 2, còn 1"),),
    "xong 2, còn chờ ký": ((None, "xong 2, còn chờ ký"),),
}


@pytest.mark.parametrize(("text", "pieces"), BEHIND.items())
def test_a_number_behind_a_word_of_state_names_what_is_there(
    text: str, pieces: tuple[tuple[str | None, str], ...]
) -> None:
    assert split_items(text, ("1", "2")) == tuple(Addressed(*piece) for piece in pieces)


def test_what_may_name_an_item_behind_its_state_is_told_from_counts() -> None:
    assert maybe_behind("xong 2, còn chờ ký") == ("2",)
    assert maybe_behind("chào em. done 20") == ("20",)
    for counted in ("xong 2 còn 1", "xong 2, còn 1", "xong 2 tin", "xong 2/3", "2 bài xong", "xong việc 2"):
        assert maybe_behind(counted) == ()


def test_what_may_name_a_line_is_told_from_dates_and_shares() -> None:
    assert dotted("1.1 mời 2 đoàn, 1.2; 15.6.2026, 72.5%, 3.1/4, 0.5, 10.000") == {"1.1", "1.2"}


@given(st.one_of(MESSAGES, st.lists(st.sampled_from([*ITEMS, *TABLED, "1 ", "2. ", "3-5 "])).map("; ".join)))
def test_any_text_is_split_without_an_error_into_its_own_words(text: str) -> None:
    for piece in split_items(text):
        assert piece.text in nfc(text)
        assert piece.text.strip()


def test_a_very_long_message_is_read_in_good_time() -> None:
    for piece in ("chưa ", "xin thêm ", "20/6 ", "a", "bc 1 ", "1, ", "không có ", "- ", "đã gửi x "):
        message = (piece * 4_096)[:4_096]
        started = time.perf_counter()
        read(message)
        split_items(message)
        assert time.perf_counter() - started < 5  # it takes 0.2 s; what grows with the square takes minutes


def test_the_days_between_are_no_trouble_at_the_ends_of_the_calendar() -> None:
    for day in (date.min, date.max, date.max - timedelta(days=40)):
        for text in EXTENSIONS:
            read(text, today=day, due=day)


@pytest.mark.parametrize("text", ["ok", "Vâng ạ", "da nhan", "dạ cảm ơn anh"])
def test_a_courtesy_is_acknowledged_and_says_nothing(text: str) -> None:
    assert read(text).acknowledged
    assert not read(text).says_something


@pytest.mark.parametrize("text", ["xong", "hạn bao giờ ạ?", "vâng, đang làm 30%", "", "🙂"])
def test_what_tells_or_asks_something_is_no_courtesy(text: str) -> None:
    assert not read(text).acknowledged


@pytest.mark.parametrize(
    ("text", "day"), [("20/6", 20), ("20/6 do chờ số liệu", 20), ("đến ngày 22/6 a", 22)]
)
def test_a_bare_day_answers_until_when(text: str, day: int) -> None:
    assert read_until(text, today=MONDAY, due=DUE) == date(2020, 6, day)


def test_words_without_a_day_do_not_answer_until_when() -> None:
    assert read_until("ít hôm nữa", today=MONDAY, due=DUE) is None


@pytest.mark.parametrize(
    "text", ["tuần sau xong rồi ạ", "tuan toi la xong roi", "quý 3 xong", "quy iv xong nhe"]
)
def test_what_is_finished_at_a_time_to_come_is_asked_about(text: str) -> None:
    assert read_update(text, today=date(2020, 6, 8), due=date(2020, 6, 15)).state != "done"


def test_a_quarter_that_is_over_may_be_finished() -> None:
    assert read_update("quý 1 xong", today=date(2020, 6, 8), due=date(2020, 6, 15)).state == "done"
