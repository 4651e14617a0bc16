"""The wish to recall a live plan as it is typed: "thu hồi kế hoạch 17 (lý do: thay bằng kế hoạch 20)"."""

import re
from dataclasses import dataclass

from domain.common.text import fold, squeeze

_POLITE = r"(?:(?:da|vang|em|toi|anh|chi|minh|de nghi|xin|muon|can|cho|nho|hay)[ ,]+)*"
_VERB = r"(?:thu hoi|xoa|rut lai|rut|huy bo|huy|bai bo|dung|ngung|cham dut|recall|withdraw)"
_PLAN = r"(?:ke hoach|khoach|kh|plan)"
_NAME = r"(?:so )?(?P<plan>\d{1,5}(?:[/-][a-z0-9/-]*[a-z0-9])?)"
_BECAUSE = r"(?:ly do(?: la)?|vi(?: ly do)?|do|boi vi|boi|because)\b"
_LINE = re.compile(
    rf"{_POLITE}{_VERB}(?: thuc hien)? {_PLAN}(?: {_NAME})?(?: (?:nay|nhe|nha|a|di|luon|giup|em|toi|voi))*"
    rf"(?P<behind>[ ]*[,.;:(–-]+[ ]*(?:{_BECAUSE}[ :]*)?| {_BECAUSE}[ :]*|[ .!]*$)"
)


@dataclass(frozen=True, slots=True)
class RecallWish:
    """Which plan, folded, as it was typed, "" for none; why, "" where that is not told."""

    plan: str
    reason: str

    def names(self, number: str | None) -> bool:
        """Whether the words mean the plan of a number: "17" and "17/kh-ubnd" mean 17/KH-UBND."""
        whole = fold(number or "")
        return whole == self.plan or whole.startswith((f"{self.plan}/", f"{self.plan}-"))


def read_recall(text: str) -> RecallWish | None:
    """Return the wish that a whole line is; None where it is none."""
    line = squeeze(text)
    plain = fold(line)
    found = _LINE.match(plain)
    if found is None or len(plain) != len(line):
        return None
    reason = line[found.end() :].strip(" .,;:-–")
    if reason.endswith(")") and "(" in found["behind"]:
        reason = reason[:-1].strip(" .")
    return RecallWish(found["plan"] or "", reason)
