"""Whose duties follow: the body that a line names, by its words or by the place where it stands.

A numbered line that stands alone in a part that hands out duties is an owner whatever it is called; the word
lists only tell where a name ends and whether it means one body or many.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.reading import vocabulary as v
from documents.reading.bodies import Finder
from documents.reading.body import Body, group_of
from documents.reading.group_words import opening_of_tail
from documents.reading.names import is_verb, leader_of_place, longest
from documents.reading.recasing import spoken_case
from documents.reading.words import Word, blank_brackets, cut
from domain.organisation.register import words

ADDRESS = re.compile(
    r"(?i)^(?:(?:kính )?đề nghị|về phía|các ông(?: \(bà\))?|giao(?: cho)?|đối với"
    r"|riêng|yêu cầu|(?:trách nhiệm|nhiệm vụ) của"
    r"|các đồng chí(?!:?\s+(?:(?:đảng|cấp|huyện|tỉnh|thành) )?(?:(?:ủy|uỷ) viên|đảng viên|thành viên))"
    r"|phân công(?: cho)?|khuyến khích|mời|kêu gọi|vận động)\s*:?\s+(?:đối với\s+)?"
)
OFFICE = re.compile(
    rf"(?i)^(?:đồng chí )?(?:(?:{v.LED_BY}\s*(?:,|và)\s*)*{v.LED_BY}\s+(?:(?=các\b|những\b)|(?!chi bộ\b))"
    r"|(?:trưởng|chánh)\s+(?!các\b|những\b|thôn\b|bản\b|ban công tác\b)"
    rf"|(?:các\s+)?trưởng\s+(?=các\s+{v.LED_PARTS}\b))"
)
"""The head of a body, who is addressed for it: "Giám đốc Sở Y tế", "Chánh Văn phòng UBND tỉnh"."""
_HOLDS = re.compile(
    r"(?i)^(?:các )?(?:phó )?"
    r"(?:trưởng ban|trưởng tiểu ban|trưởng đoàn|tổ trưởng|chủ tịch hội đồng|chỉ huy trưởng|ủy viên)"
    r"(?: thường trực)?\s*(?:[-–:]|là)\s+"
)
"""What somebody holds in a board, before who it is: "Trưởng ban - Giám đốc Sở Y tế"."""
LABEL = re.compile(
    r"(?i)(?:các )?(?:đơn vị|cơ quan)(?: được giao)? (?:chủ trì|phối hợp|thực hiện|tham gia)[^:.;]{0,30}:"
)
LEAD_IN = re.compile(
    r"(?i)(?:căn cứ|trên cơ sở|ngoài|theo|để|nhằm|từ|định kỳ|trước|chậm nhất"
    r"|h[ằà]ng (?:tháng|quý|năm)|kết thúc|trong (?:vòng|thời|quá|quý|tháng|năm|tuần|ngày|đợt)|sau|khi|ngay)\b"
)
_TITLES = (
    r"(?:[Đđ]ồng chí|[Đđ]/c|Ông|Bà|Thầy|Cô|(?:[Đđ]ồng chí )?(?:Bác sĩ|Thạc sĩ|Tiến sĩ|BS|ThS|TS|PGS|GS)\.?"
    r"|(?:Thiếu|Trung|Thượng|Đại) (?:úy|uý|tá|tướng))"
)
PERSON = re.compile(
    rf"{_TITLES}\s+[A-ZĐÀ-Ỹ][^\W\d_]*(?:\s+[A-ZĐÀ-Ỹ][^\W\d_]*){{1,4}}"
    r"(?:(?:\s+[-–]\s+|,\s+)[A-ZĐa-zđ][^:.;]{3,120}?(?=\s*(?::|$))|\s*\([^()]{3,80}\))?"
)
"""A person by name, with the office held: "Đồng chí Lý Thị Mai - Phó Chủ tịch UBND xã: ..."."""
_TIME = re.compile(
    r"(?i)(?:và\s+)?(?:0?\d|trong|sau|khi|h[ằà]ng|(?:cả )?năm|quý|tháng|tuần|đột xuất"
    r"|trước|chậm nhất)\b"
)
_TIME_BEFORE = re.compile(
    r"(?i)(?:vào |trước |sau |trong |đến |từ |chậm nhất |muộn nhất |định kỳ )*"
    r"(?:(?:cuối|đầu|giữa|(?:mỗi|từng)\s\S+|h[ằà]ng|là|trước|ngày|tháng|quý|năm|tuần|học kỳ|kỳ|đợt|của|0?6"
    r"|[IVX]+|\d{1,2}(?:[/.]\d{1,2})?(?:[/.]20\d\d)?|20\d\d)\s+){2,8}"
)
"""When something is done, with nothing between it and who does it: "Cuối mỗi học kỳ | các tổ báo cáo"."""
TIME_ALONE = re.compile(
    r"(?i)(?:(?:sáng|chiều|tối|lúc|vào|từ|đến|ngày|thứ|tháng|quý|năm|tuần|giờ|hai|ba|tư|sáu|bảy|chủ nhật|buổi"
    r"|trước|sau|trong|phút|[\d/.:hg]+|[IVX]+)[\s.,;()–-]*)+"
)
"""What stands after a body and only says when: a schedule gives it no work."""
_CASE = re.compile(
    r"(?:(?:Khi|Trường hợp|Nếu)\s[^:.;]{3,80}"
    r"|(?:Định kỳ|Đột xuất|H[ằà]ng (?:tuần|tháng|quý|năm))[^:.;]{0,40}):\s+"
)
"""In which case somebody does what follows: "Khi có lũ: UBND các xã báo cáo"."""
_RELATES = re.compile(r"(?i)\s*(?:tới|đến|trong|về)\b")
WITHIN = re.compile(
    r"(?i)\s*,?\s*(?:trong phạm vi|theo|tùy theo|tuỳ theo|với|ngoài|trên cơ sở|căn cứ|theo dõi)\b"
)
_LONGEST_CLAUSE = 160
LONGEST_MANY = 12
_ASIDES = {word for phrase in ("khi", "nếu", "mà", "theo", "trong", "ngoài") for word in words(phrase)}
"""What opens a clause between a body and its verb, which is no part of the name."""
_SPOKEN, ENDS = 40, (".", ";", "…", "!")


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose duties follow: the bodies of a heading, and what stands after them on its line."""

    bodies: tuple[Body, ...]
    rest: str
    form: str
    """ "alone" (nothing else on the line), "colon" (text after a colon), "sentence" (the line goes on)."""


def is_label(text: str, finder: Finder) -> bool:
    """Tell whether a line is a label that names bodies: "Cơ quan tham mưu: Sở Y tế"."""
    found = re.match(
        r"(?i)(?:các )?(?:đơn vị|cơ quan|bộ phận|chủ trì|phối hợp|phụ trách)[^:.;]{0,40}:\s*", text
    )
    return bool(found) and bool(finder.listed(text, found.end()).bodies) if found else False


def owner_of(text: str, finder: Finder) -> Owner | None:
    """Return whom the line is about: the body that it opens with, after an address or a clause."""
    if LABEL.match(text):
        return None
    if person := PERSON.match(text):
        rest = text[person.end() :].strip()
        form = "colon" if rest.startswith(":") else "sentence"
        rest = rest.strip(" :")
        return Owner((Body(person[0], person[0], "unit"),), rest, form if rest else "alone")
    text = spoken_case(text, finder.register)
    start = _after_clause(text, finder)
    for opening in (_HOLDS, ADDRESS, OFFICE):
        found = opening.match(text[start:])
        after = text[start + found.end() :] if found else ""
        if found and (OFFICE.match(after) or _opens(after, finder)):
            start += found.end()
    spoken = text[start:]
    subject = finder.subject(spoken)
    if not subject.bodies:
        return _plain_name(spoken) or _odd_heading(spoken)
    rest = re.sub(r"^\s*\([^()]*\)", "", spoken[subject.end :])
    if not rest.strip(" .:;,"):
        return Owner(subject.bodies, "", "alone")
    if further := _further_name(subject.bodies, rest):
        return further
    if longer := _up_to_verb(subject.bodies[-1], rest):
        return Owner((*subject.bodies[:-1], longer[0]), longer[1], "sentence")
    if rest.lstrip().startswith(":"):
        return Owner(subject.bodies, rest.lstrip(" :"), "colon")
    if _goes_on_as_sentence(rest):
        return Owner(subject.bodies, rest.strip(), "sentence")
    if rest.lstrip()[:1].islower() and rest.endswith(ENDS) and _is_known(subject.bodies[-1], finder):
        return Owner(subject.bodies, rest.strip(), "sentence")
    return _longer_name(subject.bodies, rest) or _odd_heading(spoken)


def _is_known(body: Body, finder: Finder) -> bool:
    """Tell whether a name is surely whole: the register has it, or it ends with a level ("Hội Phụ nữ xã")."""
    seen = cut(body.text)
    ends = body.text.split()[-1].casefold() in ("xã", "phường", "tỉnh", "huyện")
    ends = ends or leader_of_place(seen, 0) == len(seen)
    if body.kind == "group":
        listed = finder.listed(body.text).bodies
        return len(listed) > 1 and all(finder.register.find(one.name) is not None for one in listed)
    return body.kind == "unit" and (ends or finder.register.find(body.name) is not None)


def _after_clause(text: str, finder: Finder) -> int:
    """Where the subject stands after a clause of ground or time: "Hằng quý, năm, | các sở báo cáo"."""
    for before in (_TIME_BEFORE, _CASE):
        if (found := before.match(text)) and _opens(text[found.end() :], finder):
            return found.end()
    if not LEAD_IN.match(text):
        return 0
    clause = re.split(r"[.;:]", blank_brackets(text)[:_LONGEST_CLAUSE])[0]
    for comma in re.finditer(r",\s+", clause):
        if _acts(text[comma.end() :], finder):
            return comma.end()
        if not _TIME.match(text, comma.end()):
            break
    return 0


def _acts(text: str, finder: Finder) -> bool:
    """Tell whether a clause opens with a body that acts, rather than goes on with a list of bodies."""
    subject = finder.subject(text)
    many = bool(subject.bodies) and subject.bodies[0].kind == "group"
    bare = many and longest(cut(text, most=4), 0, v.BARE_NOUNS) > 0
    return bool(subject.bodies) and not bare and not text[subject.end :].lstrip().startswith(",")


def _opens(text: str, finder: Finder) -> bool:
    return bool(finder.subject(text).bodies)


def _longer_name(bodies: tuple[Body, ...], rest: str) -> Owner | None:
    """The owner where the last name goes on in unforeseen words, up to a colon: "các trường nghề:"."""
    found = re.match(r"\s*([^:.;,()]{1,60}?)\s*(?::\s*|$)", rest)
    if not found or found[1][:1].isupper():
        return None
    name = f"{bodies[-1].name} {found[1]}"
    after = rest[found.end() :].strip()
    return Owner((*bodies[:-1], Body(name, name, bodies[-1].kind)), after, "colon" if after else "alone")


def _plain_name(text: str, *, listed: bool = False) -> Owner | None:
    """The owner whose name is written in small letters: "Trung tâm xúc tiến du lịch: ...".

    One that no colon follows may be a sentence, if a verb is in it, unless it is `listed` after another name.
    """
    found = re.fullmatch(r"([^:.;]{3,120}?)\s*(:\s*.*)?", text.strip())
    if not found or not text[0].isupper():
        return None
    name, rest = found[1], (found[2] or "").lstrip(" :")
    seen = cut(name)
    spoken = found[2] is None and not listed and any(longest(seen, at, v.DOES) for at in range(len(seen)))
    if spoken or not longest(seen, 0, v.SURE_HEADS):
        return None
    return Owner((Body(name, name, "unit"),), rest, "colon" if rest else "alone")


def _up_to_verb(last: Body, rest: str) -> tuple[Body, str] | None:
    """The last group where its name goes on in unforeseen words up to the verb, and what follows them.

    "Các phòng|, xí nghiệp | gửi báo cáo", "UBND các xã | vùng hạ du | thông báo".
    """
    seen = cut(rest, most=LONGEST_MANY)
    if last.kind != "group" or not seen or seen[0].capital or WITHIN.match(rest):
        return None
    if last.text.endswith("liên quan") and _RELATES.match(rest):
        return None
    opening = 0 if seen[0].gap else opening_of_tail(seen, 0)
    if not opening and _is_verb_at(seen, 0):
        return None
    for at, word in enumerate(seen):
        if at < opening:
            continue
        if word.gap not in ("", ",", "-", "–", "/") or word.key in _ASIDES:
            return None
        if at and _is_verb_at(seen, at):
            name = f"{last.text}{rest[: seen[at - 1].end]}".rstrip(" ,")
            return None if word.gap else (group_of(name), rest[word.start :])
    return None


def _is_verb_at(seen: Sequence[Word], at: int) -> bool:
    return is_verb(seen, at) or longest(seen, at, v.DOES) > 0


def _further_name(bodies: tuple[Body, ...], rest: str) -> Owner | None:
    """The owner where another name follows in small letters: "Sở Xây dựng; Ban Quản lý dự án giao thông:"."""
    if rest.startswith(";") and (another := _plain_name(rest[1:].strip(), listed=True)):
        return Owner((*bodies, *another.bodies), another.rest, another.form)
    found = re.match(r", ([^\W\d_][^:.;,]{3,60}?):\s*", rest)
    if found is None or not found[1][0].isupper() or not longest(cut(found[1]), 0, v.HEADS):
        return None
    name = f"{bodies[-1].text}, {found[1]}"
    after = rest[found.end() :]
    many = Body(name, name[0].upper() + name[1:], "group")
    return Owner((*bodies[:-1], many), after, "colon" if after else "alone")


def _goes_on_as_sentence(rest: str) -> bool:
    """Tell whether a verb or a clause follows, not the rest of a longer name."""
    if rest.lstrip().startswith((",", "-", "–")) or re.match(r"\s*(?:được giao|được phân công)", rest):
        return True
    seen = cut(rest, most=7)
    if not seen or seen[0].capital:
        return False
    if any(tuple(w.key for w in seen[:n]) in v.VERBS for n in range(1, 4)):
        return True
    seen = cut(rest, most=_SPOKEN)
    return len(seen) > 6 and (
        rest.rstrip().endswith(ENDS) or any(is_verb(seen, at) for at in range(len(seen)))
    )


def _odd_heading(text: str) -> Owner | None:
    """A short heading whose group is worded as no rule foresees: "Các doanh nghiệp viễn thông:"."""
    heading = text.strip(" .:;")
    if ":" in blank_brackets(heading):
        return None
    opening = re.match(r"(?i)(các|những)\s+(\S+)(?:\s+(\S+))?", heading)
    if not opening or len(heading) > 160 or not (text.rstrip().endswith(":") or len(heading) < 90):
        return None
    nouns = [cut(heading[opening.start(2) : opening.end(n)]) for n in (3, 2) if opening[n]]
    if any(tuple(w.key for w in noun) in v.MATTERS for noun in nouns):
        return None
    if not any(tuple(w.key for w in noun) in v.GROUP_NOUNS for noun in nouns):
        return None
    return Owner((group_of(heading),), "", "alone")
