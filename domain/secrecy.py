"""Secrecy marks: what bears one stays off public messengers (Luật Bảo vệ bí mật nhà nước 117/2025/QH15)."""

import re
from typing import Any

from domain.text import nfc

_DEGREE = r"(?:TỐI|TUYỆT)\s+MẬT"
_HANDLING = r"TÀI\s+LIỆU\s+THU\s+HỒI|LƯU\s+HÀNH\s+NỘI\s+BỘ|XEM\s+XONG\s+TRẢ\s+LẠI"
# In capitals, as it is stamped: on a line of its own, in brackets, or with its degree. "mật ong" is honey.
_MARK = re.compile(
    rf"^\W*(?:ĐỘ\s+MẬT\W+)?MẬT\W*$|[(\[]\s*MẬT\s*[)\]]|(?<!\w)(?:{_DEGREE}|{_HANDLING})(?!\w)|(?<!\w)ĐỘ\s+MẬT\s*:",
    re.MULTILINE,
)
_BLOT = "MẬT"


def is_marked(text: str) -> bool:
    """Whether a text bears a secrecy mark."""
    return bool(_MARK.search(nfc(text)))


def blotted(value: Any) -> Any:
    """Return JSON data with nothing but a mark in the place of each string that bears one."""
    if isinstance(value, str):
        return _BLOT if is_marked(value) else value
    if isinstance(value, list):
        return [blotted(one) for one in value]
    return {key: blotted(one) for key, one in value.items()} if isinstance(value, dict) else value
