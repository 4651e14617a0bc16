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
from documents.reading.names import is_verb, longest, over_many
from documents.reading.recasing import spoken_case
from documents.reading.single_names import ends_name, is_one_of_fields
from documents.reading.words import Word, blank_brackets, cut
from domain.common.text import fold
from domain.organisation.register import words

_ADDRESS = re.compile(
    r"(?i)^(?:(?:kính )?đề nghị|về phía|các ông(?: \(bà\))?|các đồng chí:?|giao(?: cho)?|đối với"
    r"|riêng|yêu cầu|(?:trách nhiệm|nhiệm vụ) của|các đồng chí"
    r"|phân công(?: cho)?|khuyến khích|mời|kêu gọi|vận động)\s*:?\s+(?:đối với\s+)?"
)
_OFFICE = re.compile(
    rf"(?i)^(?:đồng chí )?(?:(?:{v.LED_BY}\s*(?:,|và)\s*)*{v.LED_BY}\s+(?:(?=các\b|những\b)|(?!chi bộ\b))"
    r"|(?:trưởng|chánh)\s+(?!các\b|những\b|thôn\b|bản\b|ban công tác\b))"
)
"""The head of a body, who is addressed for it: "Giám đốc Sở Y tế", "Chánh Văn phòng UBND tỉnh"."""
_LABEL = re.compile(
    r"(?i)(?:các )?(?:đơn vị|cơ quan)(?: được giao)? (?:chủ trì|phối hợp|thực hiện|tham gia)[^:.;]{0,30}:"
)
_LEAD_IN = re.compile(
    r"(?i)(?:căn cứ|trên cơ sở|ngoài|theo|để|nhằm|từ|định kỳ|trước|chậm nhất"
    r"|h[ằà]ng (?:tháng|quý|năm)|kết thúc|trong (?:vòng|thời|quá)|sau|khi|ngay)\b"
)
_TIME = re.compile(
    r"(?i)(?:và\s+)?(?:0?\d|trong|sau|khi|h[ằà]ng|(?:cả )?năm|quý|tháng|tuần|đột xuất"
    r"|trước|chậm nhất)\b"
)
_LONGEST_CLAUSE = 160
_LONGEST_HEADING, _LONGEST_NAME, _LONGEST_MANY = 250, 200, 12
_ASIDES = {word for phrase in ("khi", "nếu", "mà", "theo", "trong", "ngoài") for word in words(phrase)}
"""What opens a clause between a body and its verb, which is no part of the name."""
_SPOKEN, _ENDS = 40, (".", ";", "…", "!")


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
    if _LABEL.match(text):
        return None
    text = spoken_case(text, finder.register)
    start = _after_clause(text, finder)
    for opening in (_ADDRESS, _OFFICE):
        found = opening.match(text[start:])
        if found and (
            _OFFICE.match(text, start + found.end()) or _opens(text[start + found.end() :], finder)
        ):
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
    if rest.lstrip()[:1].islower() and rest.endswith(_ENDS) and _is_known(subject.bodies[-1], finder):
        return Owner(subject.bodies, rest.strip(), "sentence")
    return _longer_name(subject.bodies, rest) or _odd_heading(spoken)


def _is_known(body: Body, finder: Finder) -> bool:
    """Tell whether a name is surely whole: the register has it, or it ends with a level ("Hội Phụ nữ xã")."""
    ends = body.text.split()[-1].casefold() in ("xã", "phường", "tỉnh", "huyện")
    return body.kind == "unit" and (ends or finder.register.find(body.name) is not None)


def _after_clause(text: str, finder: Finder) -> int:
    """Where the subject stands after a clause of ground or time: "Hằng quý, năm, | các sở báo cáo"."""
    if not _LEAD_IN.match(text):
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
    bare = bool(subject.bodies) and longest(cut(text, most=4), 0, v.BARE_NOUNS) > 0
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
    seen = cut(rest, most=_LONGEST_MANY)
    if last.kind != "group" or not seen or seen[0].capital or _WITHIN.match(rest):
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
        rest.rstrip().endswith(_ENDS) or any(is_verb(seen, at) for at in range(len(seen)))
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
    if not any(tuple(w.key for w in noun) in v.GROUP_NOUNS for noun in nouns):
        return None
    return Owner((group_of(heading),), "", "alone")


_MATTER = re.compile(
    r"(?:che do|cong tac|kinh phi|nguon|thoi gian|khen thuong|thi dua|so ket|tong ket|co che|tien do|lo trinh"
    r"|phuong (?:thuc|an|phap|huong|cham)|(?:cac )?(?:giai phap|nhiem vu|noi dung|hoat dong)|quy (?:trinh"
    r"|dinh)"
    r"|bao cao|kiem tra|giam sat|theo doi|danh gia|tuyen truyen|giai doan|buoc|yeu cau|muc (?:dich|tieu)"
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
_WITHIN = re.compile(
    r"(?i)\s*,?\s*(?:trong phạm vi|theo|tùy theo|tuỳ theo|với|ngoài|trên cơ sở|căn cứ|theo dõi)\b"
)
_CHARGED = re.compile(
    r"(?i)\b(?:trách nhiệm|nhiệm vụ|thực hiện|tổ chức|triển khai|xây dựng|chủ động|sau)\W*$|\b(?:có"
    r"|chịu) trách nhiệm\b|có nhiệm vụ"
)
"""A clause between a group and what it is charged with."""
_SUFFIX = re.compile(
    r"(?i)\s*(?:[-–,(]\s*)(?:là\s+)?(?:cơ quan|đơn vị|tổ)?\s*(?:thường trực|đầu mối|chủ trì|giúp việc"
    r"|chủ quản)\b.*$"
)
"""An explanation after a name: "Sở Tài chính - Cơ quan thường trực Ban Chỉ đạo"."""
_PLURAL = re.compile(r"(?i)(?:các|những|mọi|tất cả|toàn thể|toàn bộ|một số|hệ thống)\b|trưởng (?:các|thôn)")
_IS_CHARGED = re.compile(r"(?i)([^.;:()]{4,100}?),?\s+(?:(?:có|chịu) trách nhiệm|có nhiệm vụ)\b")
_MEMBERS = re.compile(r"(?i)\s*\(\s*(?:gồm|bao gồm|là)\s*(?:có)?\s*:?\s*([^()]+)\)\s*:?\s*$")


def heading_of(text: str, finder: Finder, *, stands_alone: bool) -> Owner | None:
    """Return whose duties a numbered line of a part that hands out duties announces; None for a matter's.

    `stands_alone`: what it announces stands under it. Such a line names an owner in whatever words, as does
    one that goes on after a colon; a sentence is about whom it opens with.
    """
    text = spoken_case(text, finder.register)
    if stands_alone and (_MEMBERS.search(text) or _SUFFIX.search(text)) and not text.endswith(_ENDS):
        bodies = named_by(_without_address(text)[0], finder)
        if bodies and not is_matter(text):
            return Owner(bodies, "", "alone")
    named = owner_of(text, finder)
    if _LABEL.match(text):
        return named
    if named is not None and named.form == "alone":
        guessed = len(named.bodies) == 1 and named.bodies[0].kind == "unit"
        guessed = guessed and finder.register.find(named.bodies[0].name) is None
        bodies = named_by(_without_address(text)[0], finder) if guessed else ()
        return Owner(bodies, "", "alone") if bodies else named
    spoken, addressed = _without_address(text)
    colon = blank_brackets(spoken).find(":")
    name = spoken[:colon] if 0 <= colon <= _LONGEST_NAME else spoken
    rest = spoken[colon + 1 :].strip() if name is not spoken else ""
    if name is spoken and (not stands_alone or len(spoken) > _LONGEST_HEADING or spoken.endswith(_ENDS)):
        return named or _many_who(spoken) or _charged(spoken, finder)
    sentence = named if named is not None and named.form == "sentence" and len(named.bodies) == 1 else None
    if sentence and stands_alone and ends_name(name, sentence.bodies[0], sentence.rest, finder.register):
        return Owner((Body(name.strip(), name.strip(" .:"), "unit"),), rest, "colon" if rest else "alone")
    if named is not None and named.form == "sentence" and _is_clause(name, finder):
        return named
    if named is None and not addressed and is_matter(name):
        return None
    if named is not None and named.form == "colon" and named.rest == rest:
        return named
    bodies = named_by(name, finder)
    return Owner(bodies, rest, "colon" if rest else "alone") if bodies else named


def _many_who(text: str) -> Owner | None:
    """The owner of a sentence that opens with many in words that no list knows: "Các khối thi đua gửi ...".

    Its name ends at the first verb.
    """
    if not re.match(r"(?i)(?:các|những)\b", text) or is_matter(text):
        return None
    seen = cut(text, most=_LONGEST_MANY)
    for at in range(2, len(seen)):
        if seen[at].gap not in ("", ",", "-", "–"):
            return None
        if is_verb(seen, at):
            return Owner((group_of(text[: seen[at - 1].end]),), text[seen[at].start :], "sentence")
    return None


def _charged(text: str, finder: Finder) -> Owner | None:
    """The owner of a sentence that charges somebody in whatever words: "Người nuôi cá có trách nhiệm ..."."""
    found = _IS_CHARGED.match(text)
    if found is None or is_matter(found[1]) or _LEAD_IN.match(text) or not text[0].isupper():
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
    text = _SUFFIX.sub("", re.sub(r"\([^()]*\)", " ", piece)).strip(" .:,–-")
    text = " ".join(text.split())
    if not text or not any(character.isalpha() for character in text):
        return ()
    subject = finder.subject(text)
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
        or longest(cut(text, most=3), 0, v.MANY_NOUNS) > 0
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
        return bool(seen) and (is_verb(seen, 0) or bool(_CLAUSE.match(after) or _WITHIN.match(after)))
    return bool(_CLAUSE.match(after) or (_WITHIN.match(after) and _CHARGED.search(after)))


def _without_address(text: str) -> tuple[str, bool]:
    found = _ADDRESS.match(text)
    spoken = text[found.end() :] if found else text
    office = _OFFICE.match(spoken)
    return (spoken[office.end() :] if office else spoken), found is not None
