"""The sentences and clauses that speak of reports, and the words in them that say when."""

import re

from domain.common.text import squeeze

OFFICE = (
    r"(?:Sở|Ban|Văn phòng|VP|Phòng|Thanh tra|Công an|Chi cục|Bộ Chỉ huy|Trung tâm|UBND|Ủy ban|Uỷ ban|BTT"
    r"|Thuế|Mặt trận|Đảng ủy|Đảng bộ|Tỉnh ủy|Thành ủy|Cục|Hội|Liên đoàn|Tỉnh đoàn|Đoàn|Quỹ|Trạm|Hạt|Viện"
    r"|Trường|Bệnh viện|Kho bạc|Cơ quan|Tổ)"
)
_SENTENCE_END = re.compile(r"\.(?:(?<=[^\d./]\.)|(?<=\d{4}\.)|(?<=/\d\.)|(?<=/\d\d\.))\s+(?=[A-ZĐ])")
"""A number before the stop may be an item's own ("1. Sở ..."), but a year and a day end a sentence."""
WHEN = re.compile(
    r"(?i)(?:trước|chậm nhất|hết|vào|muộn nhất|đến|xong)?\s*(?:là\s+|vào\s+)?ngày\s+\d"
    r"|(?:trước|chậm nhất|hết|trong|vào)\s+(?:tháng|quý|\d{1,2}[/.])|(?:tháng|quý)\s+(?:\d{1,2}|[IV]+)"
    r"|(?:hằng|hàng|mỗi)\s+(?:tuần|tháng|quý|năm)|định kỳ\s+(?:\S+\s+)?(?:tuần|tháng|quý|năm|0?6)"
    r"|đột xuất|0?6 tháng|cuối năm|kết thúc năm|\d+\s*lần\s*/\s*ngày|(?:h[ằà]ng|mỗi) ngày"
    r"|trước \d{1,2}\s*(?:h|giờ)\d*"
)
_NEXT_TIME = re.compile(r"(?i)thời (?:gian|hạn)(?: hoàn thành| gửi| nộp| báo cáo| thực hiện)*\s*:\s*(.+)")
_AND_THEN = re.compile(
    rf"(?i),\s+(?:tổng hợp|các\s|{OFFICE}).*|,?\s+(?<!kỳ )báo cáo(?!.{{0,400}}(?:trước|chậm nhất|hết|vào"
    rf"|tháng|quý) ).*"
)
_AND_REPORTS = re.compile(r"(?i)\s+(và)\s+(?=báo cáo\b)")
_RECEIVER = re.compile(r"(?i)\s(?:gửi|về|\(qua)\s.*")
_NAMED_RHYTHM = re.compile(r"(?i)\bbáo cáo (?:kết quả |định kỳ )?(tuần|tháng|quý)\b(?!\s*\d|\s+[IVX])")
REPORT = re.compile(r"[Bb](?i:áo cáo)\b")


def clauses_of(sentence: str) -> list[str]:
    """Return the clauses between semicolons; one that says only when stays with the one before it."""
    clauses: list[str] = []
    for clause in filter(None, (part.strip() for part in sentence.split(";"))):
        if clauses and not REPORT.search(clause) and REPORT.search(clauses[-1]) and WHEN.match(clause):
            clauses[-1] = f"{clauses[-1]}; {clause}"
        else:
            clauses.append(clause)
    return [part for clause in clauses for part in _twofold(clause)]


def _twofold(clause: str) -> tuple[str, ...]:
    """The two reports of "báo cáo hằng tuần và báo cáo tổng kết trước ngày 25/12 gửi Sở A", each to Sở A."""
    first, joint, second = _AND_REPORTS.split(clause, 1) if _AND_REPORTS.search(clause) else (clause, "", "")
    if not joint or not (REPORT.search(first) and WHEN.search(first) and WHEN.search(second)):
        return (clause,)
    receiver = _RECEIVER.search(second)
    return f"{first} {receiver[0]}" if receiver else first, second


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [sentence for part in _SENTENCE_END.split(text) if (sentence := part.strip())]


def when_in(text: str) -> str | None:
    """Return the words that give a deadline: from the first that speak of time to the clause's end."""
    for found in WHEN.finditer(text):
        tail = re.split(r"(?i)\s+để\s+(?:tổng hợp|theo dõi|xem xét|báo cáo)|;", text[found.start() :])[0]
        tail = _AND_THEN.sub("", _within_brackets(tail))
        tail = tail.rpartition("(")[0] if tail.count("(") > tail.count(")") else tail
        quote = squeeze(tail).strip(" .,:")
        if not _is_citation(text, found.start()):
            return quote
    return None


def _within_brackets(text: str) -> str:
    """The text up to the bracket that closes one opened before it."""
    depth = 0
    for at, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return text[:at]
    return text


def _is_citation(text: str, at: int) -> bool:
    """Tell whether the date is that of a cited document: "Kế hoạch số 215/KH-UBND ngày 10/7/2018"."""
    return bool(re.search(r"(?:số\s+\S+|/[A-ZĐ][\wĐ&-]+|ký(?: kết)?|Luật[^,;]*)\s*$", text[:at]))


def with_rhythm(quote: str, clause: str) -> str:
    """Return the words of a deadline with the rhythm in the report's name: "báo cáo tháng trước ngày 25"."""
    named = _NAMED_RHYTHM.search(clause)
    return (
        f"{quote} hằng {named[1]}" if named and not re.search(r"\b(?:tháng|quý|năm|tuần)\b", quote) else quote
    )


def time_after(text: str) -> str | None:
    """Return the time that the words after a report give it: "Thời gian hoàn thành: trước ngày 31/5/2026"."""
    found = _NEXT_TIME.match(text)
    return squeeze(found[1]).strip(" .;") if found else None
