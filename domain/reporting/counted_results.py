"""What a unit counted in its own words: "đã tổ chức 02 hội nghị, 140 người dự". Only what is surely done.

A sum goes into a report that somebody signs. So the nouns are a closed list, and a number that is planned,
missing or of another thing ("dự kiến 3 lớp", "còn 2 bài", "tăng 5 điểm", "2 triệu") is left out.
"""

import re

from domain.common.text import fold, squeeze

_NOUNS = (
    *("tin, bài", "tin bài", "tin", "bài", "phóng sự", "video", "hội nghị", "hội thảo", "tọa đàm", "lớp"),
    *("buổi", "cuộc", "đợt", "đoàn khách", "đoàn", "lượt người", "lượt", "người", "đại biểu", "học viên"),
    *("cán bộ", "hộ", "cụm pano", "pano", "tờ rơi", "tờ gấp", "cuốn", "ấn phẩm", "gian hàng", "hội chợ"),
    *("chương trình", "sự kiện", "hồ sơ", "sản phẩm", "điểm", "công trình"),
)
_NAMED = {fold(noun): noun for noun in _NOUNS}
_COUNTED = re.compile(
    r"(?<!bc )(?<!cv )(?<!kh )(?<!so )(?<!ngay )(?<![\w/.,-])"
    r"(?P<n>\d{1,3}(?:\.\d{3})+|\d{1,6})(?: ?/ ?\d{1,6})? "
    rf"(?P<what>{'|'.join(map(re.escape, _NAMED))})(?!\w)"
)
_NOT_DONE = (
    *("còn", "dự kiến", "sẽ", "sắp", "thiếu", "chưa", "không", "tăng", "giảm", "chỉ tiêu", "kế hoạch", "xin"),
    *("đề nghị", "chuẩn bị", "đang", "mục tiêu", "phấn đấu", "trong tổng số", "trên tổng số"),
)
_TELLS_OF_MORE = re.compile(rf"(?<!\w)(?:{'|'.join((*_NOT_DONE, *map(fold, _NOT_DONE)))})(?!\w)")
"""As they are typed: "đăng 3 tin" is no "đang", which it would be without its marks."""
_CLAUSE = re.compile(r"(?<=[;.]) ")


def counted(text: str) -> tuple[tuple[int, str], ...]:
    """Return (how many, of what) in the order of the words; of a share "2/6 phóng sự" what is done.

    Words without diacritics count as well. A clause gives nothing behind a word for what is not done yet.
    """
    return tuple(
        (int(match["n"].replace(".", "")), _NAMED[match["what"]])
        for clause in _CLAUSE.split(squeeze(text).casefold())
        for match in _COUNTED.finditer(fold(clause))
        if not _TELLS_OF_MORE.search(clause[: match.start()])
    )
