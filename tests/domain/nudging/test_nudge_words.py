"""Words for all who are late, beside names of units and duties."""

import pytest

from domain.nudging.nudge_words import means_everybody

ALL = (
    "tất cả",
    "tất cả đơn vị chưa báo cáo",
    "những ai chưa nộp",
    "các xã còn chưa gửi báo cáo",
    "đơn vị quá hạn",
    "het di nhe",
    "tat ca cac don vi cham nop",
    "mọi người",
)
NAMED = (
    "Sở Tài chính",
    "các sở y tế",
    "báo cáo 6 tháng",
    "xã Bản Mây",
    "tất cả việc của Sở Nội vụ",
    "hội nghị",
    "Ban Tổ chức",
)


@pytest.mark.parametrize("words", ALL)
def test_all_who_are_late(words: str) -> None:
    assert means_everybody(words)


@pytest.mark.parametrize("words", NAMED)
def test_a_name_is_looked_up(words: str) -> None:
    assert not means_everybody(words)
