"""The labels of an item: "Đơn vị chủ trì: ...", in whatever words, and what they say."""

import re
from dataclasses import dataclass
from functools import lru_cache
from string import digits

from documents.reading.cells import without_own_part
from documents.reading.owners import owner_of
from documents.reading.partners import partners_in
from documents.reading.reading_context import Context
from domain.common.text import squeeze

_WHO = r"(?:(?:các\s+)?(?:đơn\s+vị|cơ\s+quan|sở,?\s+ngành|đầu\s+mối|thành\s+phần)\s+)?"
_DONE = r"(?:\s+(?:thực\s+hiện|hoàn\s+thành|tổ\s+chức|triển\s+khai|dự\s+kiến|đầu\s+ra|tham\s+gia))*"
_LEADING = r"(?:\s*[,/]?\s*(?:thực\s+hiện|tham\s+mưu|triển\s+khai|tổ\s+chức)){0,3}"
_LABELS = (
    ("lead", r"(?:đơn\s+vị|cơ\s+quan)\s+(?:chủ\s+trì|thực\s+hiện)\s+là\s"),
    ("support", r"(?:đơn\s+vị|cơ\s+quan)\s+phối\s+hợp(?:\s+thực\s+hiện)?\s+là\s"),
    ("support", rf"{_WHO}(?:cùng|hỗ\s+trợ|tham\s+gia)(?:\s+(?:làm|thực\s+hiện|triển\s+khai))?\s*:"),
    ("lead", r"(?:giao(?:\s+cho)?|trách\s+nhiệm\s+chính|người\s+(?:thực\s+hiện|phụ\s+trách))\s*:"),
    ("when", r"(?:TG|xong|mốc|bắt\s+đầu|kết\s+thúc)(?:\s+[^\W\d_]+){0,2}\s*:"),
    ("support", rf"{_WHO}(?:tham\s+gia\s+)?phối\s+hợp(?:\s+thực\s+hiện)?(?:\s*\([^)]*\))?\s*:"),
    ("lead", rf"{_WHO}chủ\s+trì{_LEADING}(?:\s*\([^)]*\))?\s*:"),
    ("lead", r"(?:đơn\s+vị|cơ\s+quan)\s+(?:thực\s+hiện|được\s+giao|đầu\s+mối|phụ\s+trách)\s*:"),
    ("lead", r"(?:phân\s+công|phụ\s+trách|trách\s+nhiệm|tham\s+mưu)(?:\s+thực\s+hiện)?\s*:"),
    ("lead", (r"(?:đơn\s+vị|cơ\s+quan|bộ\s+phận)\s+(?:(?!phối|tính|tư\b|giám|thụ|liên"
     r"|khác)[^\W\d_]+\s*){1,4}:")),
    ("when", rf"(?:hoàn\s+thành|tiến\s+độ|hạn){_DONE}\s*:"),
    ("when", r"(?:thời\s+gian|thời\s+hạn|thời\s+điểm)(?:\s+[^\W\d_]+){0,4}\s*:"),
    ("other", rf"(?:kinh\s+phí|sản\s+phẩm|kết\s+quả|địa\s+điểm|đối\s+tượng|số\s+lượng){_DONE}\s*:"),
    ("other", rf"(?:nội\s+dung|hình\s+thức|quy\s+mô){_DONE}\s*:"),
)  # fmt: skip
_NAMED_LABELS = "|".join(f"(?P<{kind}{n}>{pattern})" for n, (kind, pattern) in enumerate(_LABELS))
LABEL = re.compile(rf"\s*[-+*•]?\s*(?:{_NAMED_LABELS})", re.IGNORECASE)
_STOP = re.compile(r"[.;(\n,]")
_LEADS_WITH = re.compile(r"(?is)(.+?)(?:\s+là (?:cơ quan|đơn vị))?\s+chủ trì\W+phối hợp (?:với |cùng )?(.+)")
_HELPS = re.compile(r"(?i)\bphối hợp(?: thực hiện)?\W*$")
_PART_AFTER = re.compile(
    r"(?i)[\s(]+(chủ trì|phối hợp)(?:\s+(?:thực hiện|chính|chung))?(?:\)|(?=\s*(?:[,;.\n]|$)))\s*[,;.]?"
    r"(?:\s*(?:và|cùng)\s)?"
)
"""The part of whom a name before it is in brackets or up to a stop."""
_NAMES = re.compile(r"(?:[A-ZĐ]|(?i:các|những|phối hợp|cùng)\s)")
_SENTENCE = re.compile(
    r"(?i)\b(?:chủ trì|phối hợp|chủ động|tham mưu|tổ chức|triển khai|thực hiện|tham gia|hỗ trợ"
    r"|đầu mối|trách nhiệm)\b"
)
_HELPS_FIRST = re.compile(r"(?i)\W*(?:phối hợp|cùng|tham gia|hỗ trợ)\b")
_LEADS = re.compile(r"(?i)\W*(?:là (?:cơ quan|đơn vị) )?(?:chủ trì|làm đầu mối|chịu trách nhiệm)\b")

TIME = re.compile(
    r"(?i)\W*(?:hoàn thành|xong|thường xuyên|h[ằà]ng (?:ngày|tuần|tháng|quý|năm)|cả năm|trước"
    r"|trong (?:tháng|quý|năm)|tháng|quý|năm 20|từ (?:ngày|tháng|năm|nay)|ngày \d|\d{1,2}[/.]\d|chậm nhất"
    r"|thời (?:gian|hạn)|định kỳ|đến)\b"
)
"""A piece of a list of who does what that only says when."""


@dataclass(slots=True)
class ActivityLabels:
    """What the labels under one item say."""

    lead: str = ""
    support: str = ""
    when: str = ""

    def take(self, kind: str, text: str) -> None:
        """Keep the text of a label; a second of the same kind adds to it, but for a time."""
        if kind == "lead" and (parted := _LEADS_WITH.match(text)):  # "Sở A chủ trì, phối hợp với Sở B"
            self.take("support", parted[2])
            text = parted[1]
        if kind == "lead" and (parts := _parts_after(text)):  # "Sở A (chủ trì), Sở B (phối hợp)"
            self.take("support", "; ".join(names for part, names in parts if part == "support"))
            text = "; ".join(names for part, names in parts if part == "lead")
        pieces = text.split(";") if kind == "lead" else []
        helpers = [piece for piece in pieces if _HELPS.search(piece)]
        if helpers and len(helpers) < len(pieces):  # "Thanh tra tỉnh chủ trì; Sở Nội vụ phối hợp"
            self.take("support", ";".join(helpers))
            text = ";".join(piece for piece in pieces if piece not in helpers)
        if kind == "lead":
            self.lead = f"{self.lead}; {text}" if self.lead else text
        elif kind == "support":
            self.support = f"{self.support}; {text}" if self.support else text
        elif kind == "when" and text:
            self.when = self.when or text

    def take_sentences(self, kind: str, text: str, context: Context) -> None:
        """Keep what stands after a label, or a line under it: names, or sentences that say who does what.

        Where one of several sentences says who leads, the bodies of the others help.
        """
        text = without_own_part(text)
        may_speak = kind == "lead" and _SENTENCE.search(text) is not None
        pieces = [piece for piece in text.split(";") if piece.strip()] if may_speak else []
        owners = [owner_of(piece.strip(), context.finder) for piece in pieces]
        if not any(owner is not None and owner.form == "sentence" for owner in owners):
            self.take(kind, text)
            return
        led = any(owner is not None and _LEADS.match(owner.rest) for owner in owners)
        for piece, owner in zip(pieces, owners, strict=True):
            if owner is None and TIME.match(piece):
                self.take("when", squeeze(piece))
                continue
            spoken = owner.rest if owner is not None and owner.form == "sentence" else ""
            helps = _HELPS_FIRST.match(spoken) or (led and not _LEADS.match(spoken))
            self.take("support" if helps else "lead", piece[: piece.rfind(spoken)] if spoken else piece)
            if partners := partners_in(piece, context.finder) if spoken else ():
                self.take("support", "; ".join(body.text for body in partners))


def _parts_after(text: str) -> list[tuple[str, str]]:
    """Return the names of a text, each with the part that is worded behind it; none where nobody leads so.

    Names behind the last of these words help.
    """
    parts: list[tuple[str, str]] = []
    start = 0
    for found in _PART_AFTER.finditer(text):
        part = "lead" if found[1].lower() == "chủ trì" else "support"
        parts.append((part, text[start : found.start()].strip(" \n,;.")))
        start = found.end()
    rest = text[start:].strip(" \n,;.")
    if rest and not _NAMES.match(rest):
        return []
    parts += [("support", rest)] if rest else []
    return parts if len(parts) > 1 and any(part == "lead" for part, _ in parts) else []


def labels_in(text: str) -> list[tuple[str, str]]:
    """Return the labels of a line with the words after each: [("lead", "Sở Nội vụ"), ("when", "Quý II")]."""
    found = _labels(text)
    pairs = []
    for at, label in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(text)
        words = squeeze(text[label.end() : end]).strip(" ;,")
        pairs.append((_kind(label), words.rstrip(" .)") if words.count(")") > words.count("(") else words))
    return pairs


def before_labels(text: str) -> str:
    """Return the words before the first label that says who or when."""
    first = next((label for label in _labels(text) if _kind(label) != "other"), None)
    return (text[: first.start()] if first else text).strip(" (;")


@lru_cache(maxsize=256)
def _labels(text: str) -> tuple[re.Match[str], ...]:
    """The labels of a line: at its beginning or after a stop, and only there are they looked for."""
    if ":" not in text and " là " not in text:
        return ()
    found: list[re.Match[str]] = []
    for place in (0, *(stop.end() for stop in _STOP.finditer(text))):
        label = LABEL.match(text, place)
        if label and not (found and place < found[-1].end()):
            found.append(label)
    return tuple(found)


def _kind(label: re.Match[str]) -> str:
    return (label.lastgroup or "").rstrip(digits)
