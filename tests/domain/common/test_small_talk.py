"""What is neither a command nor progress is known by the whole line, so that no progress is taken for it."""

import pytest

from domain.common.small_talk import Aside, Kind, read_aside

ASIDES: tuple[tuple[str, Kind, str], ...] = (
    ("xin chào", "greeting", ""),
    ("Chào em nhé!", "greeting", ""),
    ("a lô", "greeting", ""),
    ("cảm ơn em nhiều ạ", "thanks", ""),
    ("việc của tôi", "mine", ""),
    ("hạn bao giờ?", "mine", ""),
    ("khi nao den han", "mine", ""),
    ("còn bao nhiêu việc chưa xong?", "mine", ""),
    ("ai chưa báo cáo?", "mine", ""),
    ("việc 2", "item", "2"),
    ("4.1", "item", "4"),
    ("việc 1 hạn là bao giờ?", "item", "1"),
    ("em không biết dùng ạ", "help", ""),
    ("???", "help", ""),
    ("ai phụ trách mục 2", "who", "muc 2"),
    ("ai phụ trách Sở Nội vụ vậy?", "who", "so noi vu"),
    ("ai là đầu mối Sở Y tế", "who", "so y te"),
    ("huỷ gia hạn", "unwish", ""),
    ("hủy đề nghị gia hạn việc 2", "unwish", "2"),
    ("thôi không xin gia hạn nữa ạ", "unwish", ""),
    ("2 rút đề nghị lùi hạn", "unwish", "2"),
    ("cho em sdt đơn vị tổng hợp", "who", ""),
    ("đừng nhắc nữa", "stop", ""),
    ("sao cứ nhắc mãi thế", "stop", ""),
    ("ghi nhầm rồi", "wrong", ""),
    ("tôi chuyển công tác, người mới là chị Lan", "successor", ""),
    ("xin nghỉ phép 2 ngày", "away", ""),
    ("nghi phep tu 20/6 den 25/6", "away", ""),
    ("nghỉ phép từ 20/6 đến 25/6, người thay: đồng chí Vũ Đình Lâm", "away", ""),
    ("em xin nghỉ 1 tuần từ 20/6", "away", ""),
    ("nghỉ từ mai đến thứ 6", "away", ""),
    ("cấp mã cho Sở Y tế", "code", "so y te"),
    ("ai chưa có đầu mối", "phone", ""),
    ("mẫu ở đâu", "ask", ""),
    ("cho em xin mẫu báo cáo ạ", "ask", ""),
    ("bao cao theo mau nao", "ask", ""),
    ("gửi báo cáo cho ai ạ?", "ask", ""),
    ("hỏi đơn vị tổng hợp: có cần ký số không", "ask", ""),
    ("số điện thoại bên tổng hợp", "who", ""),
    ("việc này không phải của sở tôi", "not_ours", ""),
    ("2 ko phai viec cua so minh ma cua So Y te", "not_ours", "2"),
    ("việc 3.2 không thuộc chức năng của Sở", "not_ours", "3.2"),
    ("mục 4 giao nhầm đơn vị", "not_ours", "4"),
    ("2 không phải việc của Sở Ngoại vụ", "not_ours", "2"),
    ("bên em không được giao việc này", "not_ours", ""),
)
PROGRESS = (
    "không phải việc của đơn vị tôi nhưng đã làm xong",
    "2 không phải việc của Sở Ngoại vụ đã xong",
    "mẫu báo cáo đã gửi",
    "mẫu 02 xong",
    "2 không phải 80% mà 90%",
    "giao nhầm 2 mẫu, đã thu hồi xong",
    "1 xong",
    "xong rồi ạ",
    "ok",
    "vâng ạ",
    "20/6",
    "1 50%",
    "3 hộ tốc mái",
    "chào cờ xong",
    "cảm ơn đoàn khách, đã xong",
    "đã dừng gửi tin bài từ tháng 5",
    "liên hệ với đoàn phóng viên xong",
    "bàn giao cho Công an tỉnh 20 bộ tài liệu",
    "việc 1 xong",
    "1 xin gia hạn đến 20/6",
    "đã họp về hủy gia hạn hợp đồng",
    "đang chờ ý kiến đơn vị tổng hợp",
    "sửa 1: được 80%",
    "đi công tác Lào 3 đoàn",
    "tình hình ổn định, không phát sinh",
    "😡",
    ".",
    "",
)


@pytest.mark.parametrize(("said", "kind", "words"), ASIDES, ids=[said for said, _, _ in ASIDES])
def test_what_is_no_progress_is_known(said: str, kind: Kind, words: str) -> None:
    assert read_aside(said) == Aside(kind, words)


@pytest.mark.parametrize("said", PROGRESS)
def test_what_may_be_progress_is_left_alone(said: str) -> None:
    assert read_aside(said) is None
