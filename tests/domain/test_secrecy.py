import pytest

from domain.secrecy import is_marked


@pytest.mark.parametrize(
    "text",
    [
        "MẬT\n1 xong",
        "1 xong, BC 12/BC-STC (MẬT)",
        "báo cáo TỐI MẬT số 5",
        "TUYỆT MẬT",
        "Độ mật: x\nĐỘ MẬT: A",
    ],
)
def test_a_mark_is_seen(text: str) -> None:
    assert is_marked(text)


@pytest.mark.parametrize(
    "text", ["1 xong, đã bán mật ong", "giữ bí mật nhà nước", "MẬT ONG HÀ KHÊ", "1 xong", "", "XONG MẬT ONG"]
)
def test_the_word_alone_is_no_mark(text: str) -> None:
    assert not is_marked(text)
