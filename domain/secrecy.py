"""Secrecy marks: what bears one stays off public messengers (Luật Bảo vệ bí mật nhà nước, Điều 8)."""

import re

from domain.text import nfc

# In capitals, as it is stamped: on a line of its own, in brackets, or with its degree. "mật ong" is honey.
_MARK = re.compile(
    r"^\W*(?:ĐỘ MẬT\W+)?MẬT\W*$|[(\[]\s*MẬT\s*[)\]]|(?<!\w)(?:TỐI|TUYỆT)\s+MẬT(?!\w)|(?<!\w)ĐỘ MẬT\s*:",
    re.MULTILINE,
)


def is_marked(text: str) -> bool:
    """Whether a text bears a secrecy mark."""
    return bool(_MARK.search(nfc(text)))
