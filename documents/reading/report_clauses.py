"""The sentences and clauses that speak of reports, and the words in them that say when."""

import re

from documents.reading.words import CAPITAL
from domain.common.text import squeeze

_KNOWN_OFFICE = (
    r"(?:Sở|Ban|Văn phòng|VP|Phòng|Thanh tra|Công an|Chi cục|Bộ Chỉ huy|Trung tâm|UBND|Ủy ban|Uỷ ban|BTT"
    r"|Thuế|Mặt trận|Đảng ủy|Đảng bộ|Tỉnh ủy|Thành ủy|Cục|Hội|Liên đoàn|Tỉnh đoàn|Đoàn|Quỹ|Trạm|Hạt|Viện"
    r"|Trường|Bệnh viện|Kho bạc|Cơ quan|Tổ)"
)
OFFICE = rf"(?:{_KNOWN_OFFICE}|(?-i:[A-ZĐ])[^\W\d_])"
"""What an office's name begins with: a known word in any case, or whatever is written large."""
_FEWEST = 2
_SENTENCE_END = re.compile(
    r"\.(?:(?<=[^\d./]\.)|(?<=\d{4}\.)|(?<=/\d\.)|(?<=/\d\d\.)|(?<=tháng \d\.)|(?<=tháng \d\d\.))"
    rf"\s+(?={CAPITAL})"
)
"""A number before the stop may be an item's own ("1. Sở ..."), but a year and a day end a sentence."""
WHEN = re.compile(
    r"(?i)(?:trước|chậm nhất|hết|vào|muộn nhất|đến|xong)?\s*(?:là\s+|vào\s+)?ngày\s+\d"
    r"|(?:trước|chậm nhất|hết|trong|vào)\s+(?:tháng|quý|\d{1,2}[/.])|(?:tháng|quý)\s+(?:\d{1,2}|[IV]+)"
    r"|(?:hằng|hàng|mỗi)\s+(?:tuần|tháng|quý|năm)|định kỳ\s+(?:\S+\s+)?(?:tuần|tháng|quý|năm|0?6)"
    r"|đột xuất|0?6 tháng|cuối năm|kết thúc năm|\d+\s*lần\s*/\s*ngày|(?:h[ằà]ng|mỗi) ngày"
    r"|trước \d{1,2}\s*(?:h|giờ)\d*|trong (?:vòng )?\d+ (?:ngày|giờ|tuần)\b"
)
_NEXT_TIME = re.compile(r"(?i)thời (?:gian|hạn)(?: hoàn thành| gửi| nộp| báo cáo| thực hiện)*\s*:\s*(.+)")
_AND_THEN = re.compile(
    rf"(?i),\s+(?:tổng hợp|các\s|{_KNOWN_OFFICE}).*"
    r"|,?\s+(?<!kỳ )báo cáo(?!.{0,400}(?:trước|chậm nhất|hết|vào|tháng|quý) ).*"
)
_LISTED = re.compile(r"(?i)([^:;]*\bbáo cáo\b[^:;]*:)\s+([^:]+)")
"""A report before a colon, and what of it is due when: "báo cáo UBND tỉnh: số liệu trước ngày 5/6; ..."."""
_THEN_REPORTS = re.compile(r",\s+(?=(?:gửi )?báo cáo\b)")
_DAY_FIRST = re.compile(
    r"(?i)(?:,|\s+và)\s+(?=(?:(?:trước|vào|chậm nhất|đến)\s+)?ngày\s+\d[\d/.]*\s+(?:gửi\s+)?báo cáo\b)"
)
_DAY = re.compile(r"\b\d{1,2}[/.]\d{1,2}\b|\bngày \d")
_AND_REPORTS = re.compile(r"(?i)\s+(và)\s+(?=báo cáo\b)")
_RECEIVER = re.compile(r"(?i)\s(?:gửi|về|\(qua)\s.*")
DAILY = re.compile(r"(?i)lần\s*/\s*ngày|(?:h[ằà]ng|mỗi) ngày")
_NEXT_RHYTHM = re.compile(
    r"(?i)\s*(?:[,;]|\bvà)\s+"
    r"(?=(?:(?:trước|vào|chậm nhất)\s)*ngày \d[^,;]*\b(?:h[ằà]ng|mỗi) (?:tháng|quý|năm))"
)
_NAMED_RHYTHM = re.compile(
    r"(?i)\bbáo cáo (?:kết quả |định kỳ )?(ngày(?=:|\s+trước)|tuần|tháng|quý)\b(?!\s*\d|\s+[IVX])"
)
_EVERY = r"(h[ằà]ng tháng|tháng|h[ằà]ng quý|quý|0?6 tháng(?: (?:đầu|cuối) năm)?|h[ằà]ng năm|(?:cả )?năm)"
_BRACKETED_RHYTHM = re.compile(rf"(?i)\b{_EVERY}\s*\(((?:trước|chậm nhất|muộn nhất)[^()]+)\)")
_PLAIN_RHYTHM = re.compile(
    rf"(?i)\b(?:(?:báo cáo|kết quả|sơ kết|tổng kết|số liệu|định kỳ)\s+){{0,3}}{_EVERY}(?:\s+20\d\d)?[:,]?\s+"
    r"((?:gửi\s+|nộp\s+)?(?:trước|chậm nhất(?:\s+là)?|muộn nhất(?:\s+là)?|vào)\s+(?:ngày\s+)?\d[^;()]*?)"
    r"(?=\s*(?:[,;.()](?:\s|$)|$)|,?\s+(?:và|báo cáo|kết quả|về|gửi|cho|để|tới|đến)\b)"
)
_AT_ONCE = re.compile(r"(?i)\bbáo cáo\s+(?:ngay|kịp thời|nhanh|khẩn)\b(?! (?:chóng|gọn))")
_DIFFICULTY = re.compile(r"(?i)khó khăn|vướng mắc|bất cập|sửa đổi|bổ sung|đề xuất|kiến nghị")
_OPENS_REPORT = re.compile(
    r"(?i)\W*(?:định kỳ|báo cáo|khi|h[ằà]ng (?:ngày|tuần|tháng|quý|năm)|trước ngày|chậm nhất|kết quả"
    r"|tổng hợp|gửi)\b"
)
REPORT = re.compile(r"[Bb](?i:áo cáo)\b")
_AFTER_TITLE = re.compile(r"(?i)^[^:.]{0,40}\b(?:báo cáo|sơ kết, tổng kết)[^:.]{0,30}:\s*(?=\S)")


def rhythms_in(clause: str) -> list[re.Match[str]]:
    """Return the rhythms of a clause that has several: the words of each, and the day that it gives.

    "6 tháng (trước ngày 14/6), năm (trước ngày 20/11)", "6 tháng trước ngày 12/6 và năm trước ngày 5/12".
    """
    bracketed = list(_BRACKETED_RHYTHM.finditer(clause))
    plain = list(_PLAIN_RHYTHM.finditer(clause))
    return bracketed if len(bracketed) >= len(plain) else plain


def reports_at_once(clause: str) -> bool:
    """Tell whether something is to be reported whenever it happens; difficulties are nobody's report."""
    return bool(_AT_ONCE.search(clause)) and not _DIFFICULTY.search(clause)


def opens_report(clause: str) -> bool:
    """Tell whether a clause that names nobody opens with the report: all owe it."""
    return bool(_OPENS_REPORT.match(clause))


def clauses_of(sentence: str) -> list[str]:
    """Return the clauses between semicolons; one that says only when stays with the one before it."""
    clauses: list[str] = []
    for clause in filter(None, (part.strip() for part in _listed_apart(sentence) or sentence.split(";"))):
        if clauses and not REPORT.search(clause) and REPORT.search(clauses[-1]) and WHEN.match(clause):
            clauses[-1] = f"{clauses[-1]}; {clause}"
        else:
            clauses.append(clause)
    return [part for clause in clauses for each in _dated_apart(clause) for part in _twofold(each)]


def _listed_apart(sentence: str) -> list[str]:
    """The reports of one that lists after its colon what is due when, each with what stands before it."""
    found = _LISTED.fullmatch(sentence)
    pieces = found[2].split(";") if found else []
    if not found or len(pieces) < _FEWEST or not all(WHEN.search(piece) for piece in pieces):
        return []
    return [f"{found[1]} {piece.strip()}" for piece in pieces]


def _dated_apart(clause: str) -> tuple[str, ...]:
    """Work that has its own day apart from the report after it: "trồng ngày 3/2, | báo cáo trước 8/2"."""
    for joint in _THEN_REPORTS.finditer(clause):
        work, report = clause[: joint.start()], clause[joint.end() :]
        if not REPORT.search(work) and _DAY.search(work) and not WHEN.match(work) and WHEN.search(report):
            return work, report
    return _days_apart(clause)


def _days_apart(clause: str) -> tuple[str, ...]:
    """The reports of "ngày 16/7 báo cáo sơ kết, ngày 5/9 báo cáo tổng kết về Bộ A", each to Bộ A."""
    *before, last = _DAY_FIRST.split(clause)
    receiver = _RECEIVER.search(last)
    if not before or not all(REPORT.search(piece) and WHEN.search(piece) for piece in before):
        return (clause,)
    ends = ("" if receiver is None or _RECEIVER.search(piece) else receiver[0] for piece in before)
    return (*(f"{piece}{end}" for piece, end in zip(before, ends, strict=True)), last)


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


def times_in(quote: str) -> list[str]:
    """Return the several times of "trước 16 giờ hằng ngày trong mùa lũ, ngày 05 hằng tháng ngoài mùa lũ"."""
    return [piece for piece in _NEXT_RHYTHM.split(quote) if piece] if DAILY.search(quote) else [quote]


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


def after_title(text: str) -> str:
    """Return what stands on the line of a title ("7. Chế độ báo cáo: các sở gửi ..."), else nothing."""
    told = _AFTER_TITLE.sub("", text)
    return told if told != text else ""
