"""Verdicts as they are typed: "duyệt", "2 chưa duyệt: thiếu số liệu", "xác nhận 1", "trả lại vì thiếu"."""

from dataclasses import dataclass

from domain.common.text import nfc
from domain.updates.loose import Loose, loose

_POLITE = r"(?:(?:dạ|vâng|ok|oke|tôi|mình|anh|chị|em|rồi|thì)[\s,]+)*"
_NUMBER = r"(?:(?:việc|mục|số|báo cáo)\s+)*(?P<{name}>\d{{1,2}})"
_AFTER = r"(?:\s+(?:nhé|nha|ạ|a|luôn|rồi|đi|em|nhá|nội dung này|việc này|báo cáo này|cho gửi|gửi đi))*"
_NO = r"(?:chưa|không|ko|k|hong)(?: thể| được)?"
_BECAUSE = r"(?:vì|do|lý do|bởi|tại)(?: là)?[\s:]+"
_BEHIND = rf"(?:\s*[,.:;!\-–]+\s*(?:{_BECAUSE})?(?P<reason>.*)|\s+{_BECAUSE}(?P<why>.*))?"
"""A reason stands behind a mark or a "vì": what follows without is about something else."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Agreed or not; `reason` is "" where none was typed, `number` is that of a list, "" without one."""

    agreed: bool
    reason: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class _Words:
    """How one kind of verdict is typed."""

    agreed: Loose
    refused: Loose

    def read(self, text: str) -> Verdict | None:
        """Return the verdict that all of a text is; None where it is none."""
        line = " ".join(nfc(text).split())
        if agreed := self.refused.match(line):
            start = max(agreed.start("reason"), agreed.start("why"))
            reason = line[start:].strip(" ,.;:-") if start >= 0 else ""
            return Verdict(agreed=False, reason=reason, number=agreed["before"] or agreed["after"] or "")
        agreed = self.agreed.match(line)
        return Verdict(agreed=True, number=agreed["before"] or agreed["after"] or "") if agreed else None


def _words(agree: str, refuse: str) -> _Words:
    before, after = (_NUMBER.format(name=name) for name in ("before", "after"))
    start, number = rf"\s*(?:{before}[\s.,:]+)?{_POLITE}", rf"(?:\s+{after}(?![\d/%]))?"
    return _Words(
        loose(rf"{start}(?:{agree}){_AFTER}{number}{_AFTER}[\s.!]*\Z", whole_words=False),
        loose(rf"{start}(?:{refuse}){number}{_BEHIND}\Z", whole_words=False),
    )


_APPROVED = r"(?:đồng ý |nhất trí |xin |đã )*(?:phê )?duyệt|đồng ý|nhất trí"
_LEADER = _words(_APPROVED, rf"{_NO} (?:đồng ý |nhất trí )*(?:(?:phê )?duyệt|đồng ý|nhất trí)")
_COORDINATOR = _words(
    r"(?:đồng ý |đã )*xác nhận(?: hoàn thành| kết quả)?", rf"trả lại|trả về|{_NO} (?:đồng ý )*xác nhận"
)


def read_approval(text: str) -> Verdict | None:
    """Return whether a leader approves; None where a text is no such word."""
    return _LEADER.read(text)


def read_judgement(text: str) -> Verdict | None:
    """Return whether a coordinator confirms a result or gives it back; None where a text is no such word."""
    return _COORDINATOR.read(text)
