"""Who issues a document, from the names over its number: a committee, a department, a Party or Front body."""

import re
from collections.abc import Sequence

from domain.common.text import fold, squeeze
from domain.organisation.register import Words, words

COMMITTEE = re.compile(
    r"(?:ỦY BAN NHÂN DÂN|UBND)(?:\s+CỘNG H[^\n]*)?"
    r"\s+(TỈNH|THÀNH PHỐ|HUYỆN|THỊ XÃ|XÃ(?!\s+HỘI)|PHƯỜNG|ĐẶC KHU)\s+([^\n]+)"
)
_VOWEL = re.compile("[aeiouy]")
_LEVELS = r"(TỈNH|THÀNH PHỐ|HUYỆN|THỊ XÃ|XÃ(?!\s+HỘI)|PHƯỜNG|ĐẶC KHU)"
_FRONT = re.compile(rf"(?:ỦY BAN )?(?:MẶT TRẬN TỔ QUỐC|MTTQ) VIỆT NAM\s+(?:ỦY BAN )?{_LEVELS}\s+([^\n]+)")
_PARTY = re.compile(r"(TỈNH ỦY|THÀNH ỦY)\s+([^\n]+)")
_PARTY_COMMITTEE = re.compile(rf"ĐẢNG ỦY\s+{_LEVELS}\s+([^\n]+)")
_DEPARTMENT = re.compile(
    r"(?m)^(SỞ|THANH TRA|BAN(?! CHẤP HÀNH| THƯỜNG)|TRƯỜNG|VĂN PHÒNG|CHI CỤC|CỤC|VỤ|HỘI|LIÊN ĐOÀN|ĐOÀN"
    r"|TỈNH ĐOÀN|BỆNH VIỆN|TRUNG TÂM|VIỆN|HỌC VIỆN|CÔNG TY|TỔNG CÔNG TY|NGÂN HÀNG|PHÒNG|BỘ|CÔNG AN|THUẾ"
    r"|THỐNG KÊ|KHO BẠC|BẢO HIỂM XÃ HỘI|TÒA ÁN|TỔ|TIỂU BAN|QUỸ|BÁO|ĐÀI|HẢI QUAN)(\s[^\n]*)$"
)
_MOTTO = re.compile(r"ĐOÀN (?:TNCS|THANH NIÊN CỘNG SẢN) HỒ CHÍ MINH")
"""What stands over each document of the Union, beside the body that issues it."""
_AFTER_NAME = re.compile(r"\s+(?:CỘNG|Độc|ĐẢNG CỘNG|Số|SỐ|Căn|-{2,}|QUYẾT|\*)|\s{3,}")
_PLACE = r"((?:[A-ZĐÀ-ỸẠ-Ỹ][\w-]*\s?){1,4})"
_OF_PROVINCE = re.compile(r"(?:trên địa bàn|của) tỉnh ([A-ZĐÀ-ỸẠ-Ỹ][\w-]*(?: [A-ZĐÀ-ỸẠ-Ỹ][\w-]*){0,3})")
_HEAD_LINES, _LONGEST_WRITTEN, _FEWEST_OF_SHORT = 60, 8, 3
_TITLE = re.compile(r"^\W*(?:KẾ\s*HOẠCH|CHƯƠNG\s*TRÌNH|QUYẾT\s+ĐỊNH|ĐỀ\s*ÁN|PHƯƠNG\s*ÁN)\b")


def issuer_of(lines: Sequence[str]) -> str | None:
    """Return the body that issues, None where none is named.

    "ỦY BAN NHÂN DÂN / TỈNH HÀ KHÊ" is "UBND tỉnh Hà Khê".
    """
    text = " ".join(lines)
    head = "\n".join(_over_title(lines)).replace("UỶ", "ỦY")
    if committee := COMMITTEE.search(head):
        place = f"{committee[1].casefold()} {_place(committee[2], text)}"
        inner = _DEPARTMENT.search(head, committee.end())
        return f"{_written(inner[0], text)} {place}" if inner else f"UBND {place}"
    return _party_or_front(head, text) or _institution(head, text) or _below(lines, text) or _spoken(text)


def is_issuer(name: str, issuer: str | None) -> bool:
    """Tell whether a name is the issuer's, its standing committee's or its leader's."""
    own, plain = fold(issuer or ""), fold(name)
    bare = re.sub("^(?:(?:ban )?thuong (?:truc|vu)|lanh dao|chu tich|giam doc) ", "", plain)
    return bool(own) and (
        any(own == each or own.startswith(f"{each} ") for each in (plain, bare)) or _shortens(plain, own)
    )


def _shortens(name: str, whole: str) -> bool:
    """Tell whether a name is another's head with some of its words: "Ban Chỉ huy tỉnh"."""
    few, many = name.split(), whole.split()
    left = iter(many)
    return len(few) >= _FEWEST_OF_SHORT and few[:2] == many[:2] and all(word in left for word in few)


def _institution(head: str, text: str) -> str | None:
    """The school, hospital or office that issues under its superior: the last such line over the title."""
    named = [found for found in _DEPARTMENT.finditer(head) if not _MOTTO.fullmatch(found[0].strip())]
    last = max(named, key=lambda found: found.start(), default=None)
    return _written(last[0], text) if last else None


def _below(lines: Sequence[str], text: str) -> str | None:
    """The committee whose name stands in capitals below the title of a document without a head."""
    found = COMMITTEE.search("\n".join(lines[:_HEAD_LINES]).replace("UỶ", "ỦY"))
    shouted = found is not None and found[2].split()[0].isupper()
    return f"UBND {found[1].casefold()} {_place(found[2], text)}" if found and shouted else None


def _over_title(lines: Sequence[str]) -> Sequence[str]:
    end = next((at for at, line in enumerate(lines[:_HEAD_LINES]) if _TITLE.match(line)), _HEAD_LINES)
    return [line.strip("* #_|") for line in lines[:end]]


def _party_or_front(head: str, text: str) -> str | None:
    if front := _FRONT.search(head):
        return f"Ủy ban MTTQ Việt Nam {front[1].casefold()} {_place(front[2], text)}"
    if party := _PARTY_COMMITTEE.search(head):
        return f"Đảng ủy {party[1].casefold()} {_place(party[2], text)}"
    if party := _PARTY.search(head):
        return f"{party[1].capitalize()} {_place(party[2], text)}"
    return None


def _spoken(text: str) -> str | None:
    for level in ("tỉnh", "thành phố", "huyện", "thị xã"):
        if spoken := re.search(rf"(?:UBND|[UỦ][ỶY] ban nhân dân)\s+{level}\s+{_PLACE}", text):
            return f"UBND {level} {squeeze(spoken[1])}"
    return None


def _place(shouted: str, text: str) -> str:
    return _written(_AFTER_NAME.split(shouted)[0].strip(" -–*|"), text)


def _written(shouted: str, text: str) -> str:
    """A name in the case in which the text writes it, as much of its beginning as it does."""
    parts = _AFTER_NAME.split(squeeze(shouted))[0].split()
    for size in range(min(len(parts), _LONGEST_WRITTEN), 1, -1):
        pattern = r"\s+".join(re.escape(part) for part in parts[:size])
        written = (found[0] for found in re.finditer(pattern, text, re.IGNORECASE) if not found[0].isupper())
        if name := next(written, ""):
            whole = size == min(len(parts), _LONGEST_WRITTEN)
            return squeeze(" ".join([name, *map(_capitalised, () if whole else parts[size:])]))
    return " ".join(map(_capitalised, parts))


def _capitalised(word: str) -> str:
    """A word with a capital; one without a vowel is spelt out and stays: "THPT"."""
    return word.title() if _VOWEL.search(fold(word)) else word


def province_of(issuer: str | None) -> Words:
    """Return the words of the province or city in an issuer's name, () where it names none."""
    found = re.search(r"(?:tỉnh|thành phố|Tỉnh ủy|Thành ủy)\s+(.+)", issuer or "")
    return words(found[1]) if found else ()


def province_in(lines: Sequence[str]) -> Words:
    """Return the words of the province of which a document speaks whose issuer does not name it."""
    spoken = province_of(_spoken(" ".join(lines)))
    found = None if spoken else _OF_PROVINCE.search("\n".join(lines[:_HEAD_LINES]))
    return words(found[1]) if found else spoken


def place_of(issuer: str | None) -> Words:
    """Return the words of the commune that issues, () where none does."""
    found = re.search(r"(?:xã|phường|đặc khu|thị trấn)\s+(\S.*)", issuer or "")
    return words(found[1]) if found else ()


def level_of(issuer: str | None) -> str:
    """Return the level of an issuer: "tỉnh", "thành phố", "xã", "phường"; "" where its name has none."""
    found = re.search(r"\b(tỉnh|thành phố|huyện|thị xã|xã|phường|đặc khu)\b", issuer or "", re.IGNORECASE)
    return found[1].casefold() if found else ""
