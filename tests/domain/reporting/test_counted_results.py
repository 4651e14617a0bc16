import pytest

from domain.reporting.counted_results import counted

SAID: tuple[tuple[str, tuple[tuple[int, str], ...]], ...] = (
    ("đã tổ chức 02 hội nghị, 140 người dự", ((2, "hội nghị"), (140, "người"))),
    ("2/6 phóng sự, đang dựng phóng sự thứ ba", ((2, "phóng sự"),)),
    ("da lam moi 6 cum pano, BC 45/BC-UBND", ((6, "cụm pano"),)),
    ("đã đăng 1.250 tin, bài và 22 chương trình", ((1250, "tin, bài"), (22, "chương trình"))),
    ("dự kiến 3 lớp; đã mở 2 lớp", ((2, "lớp"),)),
    ("còn 2 bài", ()),
    ("chưa tổ chức 2 hội nghị", ()),
    ("sẽ đón 2 đoàn trong tháng 8", ()),
    ("đang làm 3 phóng sự", ()),
    ("tăng 5 điểm", ()),
    ("xin 3 cuốn", ()),
    ("đã giải ngân 200 triệu đồng ngày 15/6", ()),
    ("đã gửi BC 12 hội nghị", ()),
    ("xong ạ", ()),
)


@pytest.mark.parametrize(("words", "found"), SAID)
def test_only_what_is_surely_done_is_counted(words: str, found: tuple[tuple[int, str], ...]) -> None:
    assert counted(words) == found
