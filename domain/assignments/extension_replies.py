"""A decision on a wish for a later date as it is typed: "đồng ý đến 18/6", "không đồng ý vì ..."."""

from dataclasses import dataclass
from datetime import date

from domain.common.text import nfc
from domain.updates import read_until
from domain.updates.loose import loose

_POLITE = r"\s*(?:(?:dạ|vâng|thôi|anh|chị|em)[\s,]+)*"
_REFUSED = loose(
    rf"{_POLITE}(?:(?:không|ko|chưa|khong) (?:đồng ý|nhất trí|chấp thuận|duyệt|cho|gia hạn|được)|từ chối|"
    r"giữ nguyên)(?: (?:gia hạn|lùi|hạn))*(?!\w)",
    whole_words=False,
)
_GRANTED = loose(
    rf"{_POLITE}(?:đồng ý|nhất trí|chấp thuận|duyệt|(?:chỉ )?cho(?: phép)?|chỉ|gia hạn|ok|được)(?!\w)",
    whole_words=False,
)
_ENOUGH = loose(r"\s*(?:đồng ý|nhất trí|chấp thuận|duyệt)", whole_words=False)
_REASON = loose(r"(?:vì|do|lý do|bởi)(?: là)?:?")


@dataclass(frozen=True, slots=True)
class Decision:
    """Granted or refused. `until` is the coordinator's own date, None for the one that was asked for."""

    granted: bool
    until: date | None = None
    reason: str = ""


def read_decision(text: str, *, today: date, due: date | None) -> Decision | None:
    """Return what a coordinator decided; None where a text is no decision.

    "ok", "được", "cho" and the like are one only with a date: alone they may answer anything.
    """
    text = nfc(text)
    if refused := _REFUSED.match(text):
        return Decision(granted=False, reason=_reason(text[refused.end() :]))
    granted = _GRANTED.match(text)
    if granted is None:
        return None
    until = read_until(text[granted.end() :], today=today, due=due) if text[granted.end() :].strip() else None
    if until is None and (not _ENOUGH.match(text) or any(map(str.isdigit, text))):
        return None
    return Decision(granted=True, until=until, reason=_reason(text[granted.end() :]))


def _reason(rest: str) -> str:
    """What is said behind "vì"."""
    because = _REASON.search(rest)
    return rest[because.end() :].strip(" ,.;:-") if because else ""
