"""Whose duties a numbered line announces in a part that hands out duties, whatever it is called."""

import re

from documents.reading import vocabulary as v
from documents.reading.bodies import Finder
from documents.reading.body import Body, group_of
from documents.reading.names import is_verb, longest, over_many
from documents.reading.owners import (
    ADDRESS,
    ENDS,
    LABEL,
    LEAD_IN,
    LONGEST_MANY,
    OFFICE,
    PERSON,
    WITHIN,
    Owner,
    owner_of,
)
from documents.reading.recasing import spoken_case
from documents.reading.single_names import ends_name, is_one_of_fields
from documents.reading.words import blank_brackets, cut
from domain.common.text import fold

_LONGEST_HEADING, _LONGEST_NAME = 250, 200
_MATTER = re.compile(
    r"(?:(?:cac )?bao cao|che do|cong tac|kinh phi|nguon|thoi gian|khen thuong|thi dua|so ket|tong ket"
    r"|co che|tien do|lo trinh"
    r"|phuong (?:thuc|an|phap|huong|cham)|(?:cac )?(?:giai phap|nhiem vu|noi dung|hoat dong)|quy (?:trinh"
    r"|dinh)"
    r"|kiem tra|giam sat|theo doi|danh gia|tuyen truyen|giai doan|buoc|yeu cau|muc (?:dich|tieu)"
    r"|hinh thuc"
    r"|doi tuong|pham vi|dia diem|thanh phan|dieu khoan|dieu kien|hieu luc|huong dan|xu ly|luu y"
    r"|mot so (?!co quan|don vi|so)|(?:cac )?viec|to chuc (?:thuc|trien|hoi|kiem|le|cac hoat)|thanh lap"
    r"|kien toan|quan ly|che tai|chi dao|phan cong"
    r"|trach nhiem|nang cao|thong tin(?:,| ve| bao)|truyen thong|bao dam|dam bao|khac$|van de|linh vuc"
    r"|du an|tieu du an"
    r"|chuong trinh|tai lieu|bieu mau|phu luc|cap tinh$|cap xa$|cap huyen$|ho so|thu tuc|tuyen trinh|chi tieu"
    r"|ket qua|san pham|nam \d|quy (?:[ivx]+|\d)|thang \d|dot \d|tu ngay|truoc ngay|den nam)\b"
)
"""How the folded heading of a matter opens, which is nobody's: what it is about, a stage, a sum, a rule."""
_CLAUSE = re.compile(
    r"(?i)\s*[,–-]?\s*(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|căn cứ|trên cơ sở|theo chức năng"
    r"|chủ trì,? phối hợp"
    r"|chủ trì (?!,)|phối hợp|tổ chức|xây dựng|tiếp tục|chủ động|tăng cường|triển khai|thực hiện (?:tốt"
    r"|các (?:nội|nhiệm|công"
    r"|việc|giải))|thực hiện:?$|báo cáo|phải|cần|khẩn trương|rà soát|bố trí|tham mưu|đẩy mạnh"
    r"|là (?:cơ quan|đơn vị|đầu mối)"
    r"|nghiêm túc|kịp thời|lãnh đạo|chỉ đạo|hướng dẫn|định kỳ|h[àằ]ng (?:năm|quý|tháng))"
)
"""What a sentence goes on with after its subject; other words belong to the name of a group."""
_CHARGED = re.compile(
    r"(?i)\b(?:trách nhiệm|nhiệm vụ|thực hiện|tổ chức|triển khai|xây dựng|chủ động|sau)\W*$|\b(?:có"
    r"|chịu) trách nhiệm\b|có nhiệm vụ"
)
"""A clause between a group and what it is charged with."""
_FOR_WHOM = re.compile(r"(?i)(?:đối với|trách nhiệm của|nhiệm vụ của|về phía)\s+")
_SUFFIX = re.compile(
    r"(?i)\s*(?:[-–,(]\s*)(?:là\s+)?(?:cơ quan|đơn vị|tổ)?\s*(?:thường trực|đầu mối|chủ trì|giúp việc"
    r"|chủ quản)\b.*$|\s+[-–]\s+(?:là\s+)?(?:phó\s+)?(?:(?:tổ|trưởng)\s+\S+|ủy viên|uỷ viên|thành viên|thư ký"
    r"|chủ tịch)\b.*$"
)
"""An explanation after a name: "Sở Tài chính - Cơ quan thường trực Ban Chỉ đạo"."""
_PLURAL = re.compile(r"(?i)(?:các|những|mọi|tất cả|toàn thể|toàn bộ|một số|hệ thống)\b|trưởng (?:các|thôn)")
_IS_CHARGED = re.compile(r"(?i)([^.;:()]{4,100}?),?\s+(?:(?:có|chịu) trách nhiệm|có nhiệm vụ)\b")
_SAYS_WORK = re.compile(
    r"(?i)\b(?:nhiệm vụ|trách nhiệm|nội dung|kế hoạch|công việc|giải pháp|sau đây|như sau|theo|thực hiện"
    r"|báo cáo|gửi|chủ trì|phối hợp|chủ động|định kỳ|khẩn trương|căn cứ|tiếp tục|tăng cường)\b"
)
_OPENS_WORK = re.compile(
    r"(?i)([^.;:()]{4,100}?),?\s+((?:là (?:đơn vị|cơ quan) )?chủ trì\b.*|phối hợp (?:với|cùng)\b.*)$"
)
_MEMBERS = re.compile(r"(?i)\s*\(\s*(?:gồm|bao gồm|là)\s*(?:có)?\s*:?\s*([^()]+)\)\s*:?\s*$")


def heading_of(text: str, finder: Finder, *, stands_alone: bool) -> Owner | None:
    """Return whose duties a numbered line of a part that hands out duties announces; None for a matter's.

    `stands_alone`: what it announces stands under it. Such a line names an owner in whatever words, as does
    one that goes on after a colon; a sentence is about whom it opens with.
    """
    text = spoken_case(text, finder.register)
    if stands_alone and (_MEMBERS.search(text) or _SUFFIX.search(text)) and not text.endswith(ENDS):
        bodies = named_by(_without_address(text), finder)
        if bodies and not is_matter(text):
            return Owner(bodies, "", "alone")
    if stands_alone and (meant := _meant(text, finder)):
        return meant
    named = owner_of(text, finder)
    if LABEL.match(text) or PERSON.match(text):
        return named
    if named is not None and named.form == "alone":
        if is_one_of_fields(cut(text)) and longest(cut(text, most=3), 0, v.TEAMS):
            return Owner((Body(text.strip(" .:"), text.strip(" .:"), "unit"),), "", "alone")
        guessed = len(named.bodies) == 1 and named.bodies[0].kind == "unit"
        guessed = guessed and finder.register.find(named.bodies[0].name) is None
        bodies = named_by(_without_address(text), finder) if guessed else ()
        return Owner(bodies, "", "alone") if bodies else named
    spoken = _without_address(text)
    colon = blank_brackets(spoken).find(":")
    name = spoken[:colon] if 0 <= colon <= _LONGEST_NAME else spoken
    rest = spoken[colon + 1 :].strip() if name is not spoken else ""
    if name is spoken and stands_alone and (apart := _told_apart(spoken, finder)):
        return apart
    if name is not spoken and (opening := _opens_work(name, rest, finder, stands_alone=stands_alone)):
        return opening
    if name is spoken and (not stands_alone or len(spoken) > _LONGEST_HEADING or spoken.endswith(ENDS)):
        return named or _many_who(spoken) or _charged(spoken, finder)
    sentence = named if named is not None and named.form == "sentence" and len(named.bodies) == 1 else None
    if sentence and stands_alone and ends_name(name, sentence.bodies[0], sentence.rest, finder.register):
        return Owner((Body(name.strip(), name.strip(" .:"), "unit"),), rest, "colon" if rest else "alone")
    if named is not None and named.form == "sentence" and _is_clause(name, finder):
        return named
    if named is None and is_matter(name):
        return None
    if named is not None and named.form == "colon" and named.rest == rest:
        return named
    bodies = named_by(name, finder)
    return Owner(bodies, rest, "colon" if rest else "alone") if bodies else named


def _meant(text: str, finder: Finder) -> Owner | None:
    """The owner of a heading that says for whom all under it is: "2. Đối với các hội, tổ chức thành viên"."""
    found = _FOR_WHOM.match(text)
    if found is None or ":" in text[:-1] or text.endswith(ENDS) or len(text) > _LONGEST_HEADING:
        return None
    name = text[found.end() :].strip(" :")
    subject = finder.subject(name)
    rest = name[subject.end :]
    if not subject.bodies or subject.bodies[-1].kind != "group" or not rest.startswith(","):
        return None
    return None if _SAYS_WORK.search(rest) else Owner(named_by(name, finder), "", "alone")


def _told_apart(spoken: str, finder: Finder) -> Owner | None:
    """The owner of a heading whose group is told apart by what it does, in words that could be a sentence.

    "5. Các chủ đầu tư xây dựng và kinh doanh hạ tầng Khu công nghiệp": no list, no stop and no part follows.
    """
    subject = finder.subject(spoken)
    rest = spoken[subject.end :]
    seen = cut(rest)
    if len(subject.bodies) != 1 or subject.bodies[0].kind != "group" or not 0 < len(seen) <= LONGEST_MANY:
        return None
    if any(word.closes for word in seen) or _SAYS_WORK.search(rest):
        return None
    nouns = cut(subject.bodies[0].text)
    ends = any(
        longest(nouns, len(nouns) - size, v.MODIFIED_NOUNS) == size for size in (1, 2, 3) if size < len(nouns)
    )
    return Owner((group_of(spoken.strip()),), "", "alone") if ends else None


def _opens_work(name: str, rest: str, finder: Finder, *, stands_alone: bool) -> Owner | None:
    """The owner of a line that opens a list with its part in it: "Khoa X chủ trì, phối hợp với các khoa:"."""
    found = _OPENS_WORK.match(name) if stands_alone and not rest else None
    if found is None or is_matter(found[1]):
        return None
    bodies = named_by(found[1], finder)
    return Owner(bodies, f"{found[2]}:", "sentence") if bodies else None


def _many_who(text: str) -> Owner | None:
    """The owner of a sentence that opens with many in words that no list knows: "Các khối thi đua gửi ...".

    Its name ends at the first verb.
    """
    if not re.match(r"(?i)(?:các|những)\b", text) or is_matter(text):
        return None
    seen = cut(text, most=LONGEST_MANY)
    for at in range(2, len(seen)):
        if seen[at].gap not in ("", ",", "-", "–"):
            return None
        if is_verb(seen, at):
            return Owner((group_of(text[: seen[at - 1].end]),), text[seen[at].start :], "sentence")
    return None


def _charged(text: str, finder: Finder) -> Owner | None:
    """The owner of a sentence that charges somebody in whatever words: "Người nuôi cá có trách nhiệm ..."."""
    found = _IS_CHARGED.match(text)
    if found is None or is_matter(found[1]) or LEAD_IN.match(text) or not text[0].isupper():
        return None
    bodies = named_by(found[1], finder)
    return Owner(bodies, text[found.end(1) :].strip(" ,"), "sentence") if bodies else None


def is_matter(name: str) -> bool:
    """Tell whether a heading's words are of a matter rather than of a body: "Chế độ báo cáo"."""
    seen = cut(name, most=4)
    return not seen or bool(_MATTER.match(fold(name).strip(" .:"))) or is_verb(seen, 0)


def named_by(name: str, finder: Finder) -> tuple[Body, ...]:
    """Return the bodies that a heading consists of, whatever words it has; split only at ';'."""
    bodies: list[Body] = []
    for piece in blank_brackets(name).split(";") if ";" in name else [name]:
        bodies += [body for body in _named(piece, finder) if body not in bodies]
    return tuple(bodies)


def _named(piece: str, finder: Finder) -> tuple[Body, ...]:
    if members := _MEMBERS.search(piece):
        head = piece[: members.start()].strip()
        whole = f"{head}: {members[1].strip()}"
        return (Body(piece.strip(), whole[0].upper() + whole[1:], "group"),) if head else ()
    text = _SUFFIX.sub("", re.sub(r"\s*\([^()]*\)", "", piece)).strip(" .:,–-")
    text = " ".join(text.split())
    if not text or not any(character.isalpha() for character in text):
        return ()
    subject = finder.subject(text)
    if longest(cut(text, most=3), 0, v.MANY_NOUNS) > 0:
        return (group_of(text),)
    if subject.bodies and not text[subject.end :].strip(" .:,"):
        first = subject.bodies[0]
        known = finder.register.find(first.name) is not None or bool(over_many(cut(text), _head_of(text)))
        if known or len(subject.bodies) > 1 or first.kind == "group" or not re.search(r"\bcác\b", text):
            return subject.bodies
        return (group_of(text),)
    if is_one_of_fields(cut(text)):
        return (Body(text, text, "unit"),)
    many = (
        bool(_PLURAL.match(text))
        or bool(re.search(r",| và |&|\bcác\b", text))
        or _is_bare_group(text, finder)
    )
    return (group_of(text) if many else Body(text, text[0].upper() + text[1:], "unit"),)


def _head_of(text: str) -> int:
    return longest(cut(text), 0, v.HEADS_OVER_MANY)


def _is_bare_group(text: str, finder: Finder) -> bool:
    found = finder.subject(text).bodies
    return bool(found) and found[0].kind == "group"


def _is_clause(name: str, finder: Finder) -> bool:
    """Tell whether a sentence goes on after the body that a line opens with, rather than its name."""
    subject = finder.subject(name)
    after = name[subject.end :]
    if subject.bodies and subject.bodies[-1].kind == "unit":
        seen = cut(after, most=4)
        return bool(seen) and (is_verb(seen, 0) or bool(_CLAUSE.match(after) or WITHIN.match(after)))
    return bool(_CLAUSE.match(after) or (WITHIN.match(after) and _CHARGED.search(after)))


def _without_address(text: str) -> str:
    found = ADDRESS.match(text)
    spoken = text[found.end() :] if found else text
    office = OFFICE.match(spoken)
    return spoken[office.end() :] if office else spoken
