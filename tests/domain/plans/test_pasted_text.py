"""Texts that a messenger cut into parts: where they were cut, and what goes on with what."""

import pytest

from domain.plans.pasted_text import is_part, joined, may_go_on


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("phối hợp với Sở Ng", "oại vụ mời", "phối hợp với Sở Ngoại vụ mời"),
        ("thuộc", "lòng thơ", "thuộc\nlòng thơ"),
        ("mời khách và", "các đối tác", "mời khách và\ncác đối tác"),
        ("trước ngày 15/6 và 15/1", "1 năm 2026", "trước ngày 15/6 và 15/11 năm 2026"),
        ("trước ngày 15/6/20", "26;", "trước ngày 15/6/2026;"),
        ("hoàn thành năm 2026", "2. Sở Y tế", "hoàn thành năm 2026\n2. Sở Y tế"),
        ("hoàn thành ngày 30/6", "- Dịch sách", "hoàn thành ngày 30/6\n- Dịch sách"),
        ("I. A\n\nchè.", "II. B", "I. A\n\nchè.\n\nII. B"),
        ("I. A\nchè.", "II. B", "I. A\nchè.\nII. B"),
        ("", "II. B", "\nII. B"),
    ],
)
def test_parts_are_joined_where_they_were_cut(first: str, second: str, whole: str) -> None:
    assert joined(first, second) == whole


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("- Lưu: VT.\n- Như trên", True),
        ("- Kiểm tra an toàn thực phẩm tại các cơ sở sao chè, báo cáo kết quả về Sở Công Thương.", True),
        ("2. Sở Công Thương:\n" + "- Hướng dẫn các hộ làm chè đăng ký nhãn hiệu.\n" * 9, True),
        ("xác nhận kế hoạch", False),
        ("ok", False),
        ("/tinhhinh", False),
        ("/kehoach 2\n" + "- dòng\n" * 60, False),
        ("2 la Sở Y tế\n3 han 20/6", False),
    ],
)
def test_commands_and_short_replies_are_no_part(text: str, part: bool) -> None:
    assert is_part(text) is part


def test_the_length_of_a_part_is_counted_as_messengers_count() -> None:
    assert may_go_on("😀" * 1024)
    assert not may_go_on("ă" * 2047)
