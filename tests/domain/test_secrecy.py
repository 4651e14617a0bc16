import pytest

from domain.secrecy import blotted, is_marked


@pytest.mark.parametrize(
    "text",
    [
        "MẬT\n1 xong",
        "1 xong, BC 12/BC-STC (MẬT)",
        "báo cáo TỐI MẬT số 5",
        "TUYỆT MẬT",
        "Độ mật: x\nĐỘ MẬT: A",
        "TÀI LIỆU THU HỒI\n1. Kết quả",
        "kèm bản LƯU HÀNH NỘI BỘ",
        "XEM XONG  TRẢ LẠI",
    ],
)
def test_a_mark_is_seen(text: str) -> None:
    assert is_marked(text)


@pytest.mark.parametrize(
    "text",
    [
        "1 xong, đã bán mật ong",
        "giữ bí mật nhà nước",
        "MẬT ONG HÀ KHÊ",
        "1 xong",
        "",
        "XONG MẬT ONG",
        "đã in sổ tay lưu hành nội bộ",
        "CÔNG TÁC BẢO MẬT",
        "đã gửi theo đường văn bản mật, số 12/BC-CAT",
    ],
)
def test_the_word_alone_is_no_mark(text: str) -> None:
    assert not is_marked(text)


def test_what_is_written_down_holds_the_mark_alone() -> None:
    payload = {
        "update_id": 7,
        "message": {"text": "1 xong (MẬT), tại km 12", "chat": {"id": 1}, "photo": [{"file_id": "a"}]},
        "caption": "đã xong",
    }
    assert blotted(payload) == {
        "update_id": 7,
        "message": {"text": "MẬT", "chat": {"id": 1}, "photo": [{"file_id": "a"}]},
        "caption": "đã xong",
    }
    assert is_marked(blotted(payload)["message"]["text"])
