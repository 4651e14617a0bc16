"""Words that name nobody: those by which a coordinator means whoever is late."""

import re
from typing import Final

from domain.common.text import fold

_ALL = r"(?:tat ca|toan bo|het|moi|cac|nhung|ca)"
_WHO = r"(?:don vi|co quan|so|nganh|dia phuong|xa|phuong|nguoi|dau moi|noi|viec|ai|ban)"
_LATE = (
    r"(?:qua han|tre(?: han)?|cham(?: bao cao| nop| tien do| han)?|con no|con thieu|con lai|"
    r"(?:con |van |ma )*chua (?:bao cao|nop|gui|tra loi|lam|xong|cap nhat)(?: bao cao| xong)?)"
)
_EVERYBODY: Final = re.compile(
    rf"(?:nhac )*(?:{_ALL} )*(?:{_ALL}|{_WHO}|{_LATE})(?: (?:{_ALL}|{_WHO}|nao|dang|bi))*(?: {_LATE})?"
    r"(?: (?:di|nhe|a|nha|giup|voi))*"
)


def means_everybody(words: str) -> bool:
    """Whether words mean all who are late, and no unit by its name: "tất cả đơn vị chưa báo cáo"."""
    return _EVERYBODY.fullmatch(" ".join(fold(words).strip(" .,!").split())) is not None
