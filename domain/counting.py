"""What a unit counted in its own words: "đã tổ chức 02 hội nghị, 140 người dự". Only what is surely done.

A sum goes into a report that somebody signs. So the nouns are a closed list, and a number that is planned,
missing or of another thing ("dự kiến 3 lớp", "còn 2 bài", "tăng 5 điểm", "2 triệu") is left out.
"""

import re

from domain.text import nfc, squeeze

_NOUNS = (
    "tin, bài|tin bài|tin|bài|phóng sự|video|hội nghị|hội thảo|tọa đàm|lớp|buổi|cuộc|đợt|đoàn khách|đoàn|"
    "lượt người|lượt|người|đại biểu|học viên|cán bộ|hộ|cụm pano|pano|tờ rơi|tờ gấp|cuốn|ấn phẩm|"
    "gian hàng|hội chợ|chương trình|sự kiện|hồ sơ|sản phẩm|điểm|công trình"
)
_NUMBER = r"(?<![\w/.,-])(?P<n>\d{1,3}(?:\.\d{3})+|\d{1,6})"
_COUNTED = re.compile(
    rf"{_NUMBER}(?:\s*/\s*\d{{1,6}})?\s+(?P<what>{_NOUNS})(?P<kind>\s+(?:tập huấn|tuyên truyền))?(?!\w)",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(
    r"(?<!\w)(?:còn|dự kiến|sẽ|sắp|thiếu|chưa|không|tăng|giảm|trên tổng|chỉ tiêu|kế hoạch|xin|đề nghị|"
    r"chuẩn bị|đang|con|du kien|se|thieu|chua|khong|de nghi|chuan bi|dang)(?!\w)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[;.]\s|\n")


def counted(words: str) -> tuple[tuple[int, str], ...]:
    """Return (how many, of what) in the order of the words; of a share "2/6 phóng sự" what is done.

    A clause that tells of what is not done yet gives nothing.
    """
    found: list[tuple[int, str]] = []
    for clause in _CLAUSE.split(squeeze(nfc(words)) + " "):
        for match in _COUNTED.finditer(clause):
            if not _NOT_DONE.search(clause[: match.start()]):
                what = squeeze(f"{match['what']}{match['kind'] or ''}").lower()
                found.append((int(match["n"].replace(".", "")), what))
    return tuple(found)
