"""The duties: who has to do what, from the part of the plan that says it body by body.

The forms are those of such parts: a heading that names a body, with bullets or paragraphs under it; the duty
on the heading's own line after a colon; body and verb in one sentence; a bullet that names a body itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from documents.reading import vocabulary as v
from documents.reading.bodies import Body, Finder
from documents.reading.names import is_verb, longest
from documents.reading.outline import Node
from documents.reading.plan_names import Ledger
from documents.reading.words import cut
from domain.common.text import fold
from domain.plans.plan import Duty, Role

_CLOSING = re.compile(
    r"(?i)(?:trên đây là|căn cứ (?:nội dung )?(?:vào )?(?:của )?kế hoạch"
    r"|yêu cầu (?:các|thủ trưởng|giám đốc|chủ tịch)|(?:trong )?quá trình (?:triển khai|thực hiện|tổ chức)"
    r"|nhận được|(?:ubnd|[uủ][ỷy] ban nhân dân) (?:tỉnh|thành phố)[^,.]{0,40} yêu cầu"
    r"|kế hoạch này (?:thay|có|được)|chủ tịch (?:ubnd|[uủ][ỷy] ban))"
)
_ADDRESS = re.compile(
    r"(?i)^(?:(?:kính )?đề nghị|giao(?: cho)?|đối với|riêng|yêu cầu|(?:trách nhiệm|nhiệm vụ) của|các đồng chí"
    r"|phân công(?: cho)?)\s*:?\s+"
)
_OFFICE = re.compile(
    r"(?i)^(?:đồng chí )?(?:giám đốc|thủ trưởng|trưởng|chánh|chủ tịch|hiệu trưởng|chỉ huy trưởng|bí thư)\s+"
    r"(?!các\b|những\b)"
)
"""The head of a body, who is addressed for it: "Giám đốc Sở Y tế", "Chánh Văn phòng UBND tỉnh"."""
_LABEL = re.compile(
    r"(?i)(?:các )?(?:đơn vị|cơ quan)(?: được giao)? (?:chủ trì|phối hợp|thực hiện|tham gia)[^:.;]{0,30}:"
)
_LEAD_IN = re.compile(
    r"(?i)^(?:căn cứ|trên cơ sở|ngoài|theo|để|nhằm|từ|định kỳ|trước|chậm nhất"
    r"|h[ằà]ng (?:tháng|quý|năm)|kết thúc)\b[^.;:]{0,160}?,\s+"
)
_HAVING = re.compile(
    r"(?i)^[\s,:–-]*(?:ngoài [^,]{3,80},\s*)?"
    r"(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|là đơn vị|là cơ quan|được giao)?[\s,:]*"
)
# Opens with the two cases of a letter rather than "(?i)": such a pattern is found many times as fast.
_TOGETHER = re.compile(
    r"[Pp](?i:hối hợp)(?i:(?:[,\s]+(?!với\b|cùng\b)[^\W\d_]+){0,4}?\s+(?:với|cùng với|cùng)\s+"
    r"|\s+(?=các\s|sở\s|ban\s|ubnd\s|công an\s))"
)
_BEFORE_TOGETHER = re.compile(
    r"(?i)(?:^|[.;,:(]\s*|\b(?:và|chủ trì|chủ động|thường xuyên|tích cực|đầu mối|trách nhiệm|tiếp tục"
    r"|tăng cường|cùng|trong đó|bàn|để|nhằm|hiện)\s+)$"
)
_LONGEST_BEFORE = 16
_LONGEST_TITLE = 180
_SPOKEN, _ENDS = 40, (".", ";", "…", "!")
_REPORTING = re.compile(r"(?i)\bbáo cáo\b")
_SUPPORTS = re.compile(r"(?i)(?:^|[.;]\s*)phối hợp\b")
_LEADS = re.compile(r"(?i)(?:^|[.;]\s*)chủ trì\b")


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose duties follow: the bodies of a heading, and what stands after them on its line."""

    bodies: tuple[Body, ...]
    rest: str
    form: str
    """ "alone" (nothing else on the line), "colon" (text after a colon), "sentence" (the line goes on)."""


def owner_of(text: str, finder: Finder) -> Owner | None:
    """Return whom the line is about: the body that it opens with, after an address or a clause."""
    if _LABEL.match(text):
        return None
    start = 0
    for opening in (_LEAD_IN, _ADDRESS, _OFFICE):
        if (found := opening.match(text[start:])) and finder.subject(text[start + found.end() :]).bodies:
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
    if rest.lstrip().startswith(":"):
        return Owner(subject.bodies, rest.lstrip(" :"), "colon")
    if _goes_on_as_sentence(rest):
        return Owner(subject.bodies, rest.strip(), "sentence")
    return _longer_name(subject.bodies, rest) or _odd_heading(spoken)


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
    opening = re.match(r"(?i)(các|những)\s+(\S+)(?:\s+(\S+))?", heading)
    if not opening or len(heading) > 160 or not (text.rstrip().endswith(":") or len(heading) < 90):
        return None
    nouns = [cut(heading[opening.start(2) : opening.end(n)]) for n in (3, 2) if opening[n]]
    if not any(tuple(w.key for w in noun) in v.GROUP_NOUNS for noun in nouns):
        return None
    body = Body(heading, heading[0].upper() + heading[1:], "group")
    return Owner((body,), "", "alone")


def is_duty_part(title: str) -> bool:
    """Tell whether a heading's words announce the duties of each body."""
    return len(title) < _LONGEST_TITLE and bool(v.DUTY_TITLE.fullmatch(fold(title).strip(" .:")))


def duty_parts(root: Node, finder: Finder) -> list[Node]:
    """Return the headings under which the bodies' duties stand.

    By their words; where no heading has them, those of which most items name a body.
    """
    parts: list[Node] = []
    for node in root.walk():
        if (
            node.numbered
            and node.children
            and is_duty_part(node.text)
            and not owner_of(node.text, finder)
            and not any(node in part.walk() for part in parts)
        ):
            parts.append(node)
    if any(_owners_among(part, finder) for part in parts):
        return parts
    return [node for node in [*root.walk(), root] if _is_list_of_bodies(node, finder)]


def _owners_among(part: Node, finder: Finder) -> bool:
    return any(node.table is None and owner_of(node.text, finder) for node in part.walk())


def _is_list_of_bodies(node: Node, finder: Finder) -> bool:
    items = [child for child in node.children if child.numbered]
    named = [child for child in items if owner_of(child.text, finder)]
    return len(named) >= 2 and len(named) * 2 >= len(items)


def _parts_into_bodies(node: Node, finder: Finder) -> bool:
    """Tell whether a heading for many ("Trách nhiệm của các sở") has a heading for each of them under it."""
    items = [child for child in node.children if child.numbered]
    return bool(items) and sum(owner_of(child.text, finder) is not None for child in items) * 2 > len(items)


def duties_of(part: Node, finder: Finder, ledger: Ledger) -> Iterator[Duty]:
    """Yield the duties under the heading of a duties part, in reading order."""
    yield from _under(part, None, finder, ledger)


def _under(node: Node, owner: Owner | None, finder: Finder, ledger: Ledger) -> Iterator[Duty]:
    """The duties of the node's children; `owner` is whose list this is, None above the bodies."""
    writer = _Writer(owner, finder, ledger) if owner else None
    loose: _Writer | None = None
    bulleted = any(child.mark and not child.numbered for child in node.children)
    for child in node.children:
        if child.table is not None:
            continue
        if child.mark is None and child is not node.children[0] and _CLOSING.match(child.text):
            break
        if writer is not None:
            yield from writer.duty(child, bulleted=bulleted)
            continue
        named = owner_of(child.text, finder)
        if named is not None and named.form == "alone" and _parts_into_bodies(child, finder):
            yield from _under(child, None, finder, ledger)
            continue
        if named is None:
            if loose is not None and not child.numbered:
                yield from loose.duty(child, bulleted=True)
            elif child.children and (child.numbered or child.text.endswith(":")) and not _is_aside(child):
                yield from _under(child, None, finder, ledger)
            continue
        loose = None
        if child.mark is None and named.form == "alone":
            loose = _Writer(named, finder, ledger, child.section)
            continue
        yield from _headed(child, named, finder, ledger)


def _headed(node: Node, owner: Owner, finder: Finder, ledger: Ledger) -> Iterator[Duty]:
    """The duties of a line that names its own body, and of what stands under it."""
    owner = _with_names(owner, finder) if node.children else owner
    writer = _Writer(owner, finder, ledger, node.section)
    introduces = bool(node.children) and node.text.rstrip().endswith(":")
    if owner.form != "alone" and not introduces:
        whole = node.text if owner.form == "sentence" or not node.numbered else owner.rest
        yield writer.write(whole, own_line=True)
    bulleted = any(child.mark and not child.numbered for child in node.children)
    for child in node.children:
        if child.table is not None:
            continue
        if child.mark is None and _CLOSING.match(child.text):
            break
        if child.mark is None and (other := _others(child.text, owner, finder)):
            if not _REPORTING.search(child.text):
                yield _Writer(other, finder, ledger, node.section).write(child.text, own_line=True)
            continue
        yield from writer.duty(child, bulleted=bulleted and owner.form == "alone")


def _with_names(owner: Owner, finder: Finder) -> Owner:
    """The owner where a heading goes on after its colon with those whom it means, and with nothing else."""
    last, first, *others = owner.bodies[-1], *owner.rest.split(";")
    named = [piece.strip() for piece in first.split(",")]
    spoken = not all(piece[:1].isupper() for piece in named) or (len(named) == 1 and is_verb(cut(first), 0))
    if owner.form != "colon" or last.kind != "group" or owner.rest.endswith(_ENDS) or spoken:
        return owner
    name = f"{last.text}: {first.strip(' :')}"
    group = Body(name, name[0].upper() + name[1:], "group")
    rest = [body for other in others for body in finder.listed(other).bodies]
    return Owner((*owner.bodies[:-1], group, *rest), "", "alone")


def _others(text: str, owner: Owner, finder: Finder) -> Owner | None:
    """Return whom a paragraph is about where that is not the owner of the list before it."""
    named = owner_of(text, finder)
    if named is None or named.form == "alone" or named.bodies[0].name == owner.bodies[0].name:
        return None
    return named


def _is_aside(node: Node) -> bool:
    """Tell whether a numbered item is about reports, money or checks rather than a list of bodies."""
    return bool(re.match(r"(?i)(?:chế độ|công tác|kinh phí|nguồn|thời gian|khen thưởng|sơ kết)", node.text))


@dataclass(slots=True)
class _Writer:
    """Writes down the duties of one owner, numbering them."""

    owner: Owner | None
    finder: Finder
    ledger: Ledger
    section: str = ""
    n: int = 0

    def duty(self, node: Node, *, bulleted: bool) -> Iterator[Duty]:
        """Yield the duties of one line under the owner: the leaves of what stands there."""
        if node.mark is None and bulleted:
            return
        leaves = [child for child in node.children if child.table is None and child.mark is not None]
        if not leaves:
            yield self.write(node.text, section=node.section)
            return
        inner = owner_of(node.text, self.finder)
        if inner is not None and inner.form == "alone":
            yield from _headed(node, inner, self.finder, self.ledger)
            return
        for leaf in leaves:
            yield from self.duty(leaf, bulleted=True)

    def write(self, text: str, *, section: str = "", own_line: bool = False) -> Duty:
        """Return the duty that the text words; a single body that it opens with is its own."""
        assert self.owner is not None  # noqa: S101  (a writer is made for an owner)
        self.n += 1
        bodies = self.owner.bodies
        spoken = text
        named = owner_of(text, self.finder)
        if named is not None and named.form != "alone":
            spoken = named.rest
            if not own_line and len(named.bodies) == 1 and named.bodies[0].kind == "unit":
                bodies = named.bodies
        spoken = _HAVING.sub("", spoken, count=1) if spoken is not text else spoken
        names = self.ledger.names(bodies)
        partners = tuple(
            name for name in self.ledger.names(partners_in(text, self.finder)) if name not in names
        )
        worded = "; ".join(body.text for body in bodies)
        place = self.section or section
        return Duty(place, names[0], self.n, text, role_of(spoken), partners, names[1:], worded)


def role_of(spoken: str) -> Role:
    """Return the part that a duty's words give, the body's own name taken off before them."""
    opens_leading = bool(re.match(r"(?i)\W*chủ trì\b", spoken))
    opens_supporting = bool(re.match(r"(?i)\W*phối hợp\b", spoken))
    later = re.sub(r"^\W*\w+ \w+", "", spoken)
    if opens_leading:
        return "both" if _SUPPORTS.search(later) else "lead"
    if opens_supporting:
        return "both" if _LEADS.search(later) else "support"
    return "own"


def partners_in(text: str, finder: Finder) -> tuple[Body, ...]:
    """Return the bodies that a duty is to be done with: those after each 'phối hợp với' of its own body."""
    partners: list[Body] = []
    for found in _TOGETHER.finditer(text):
        if not _BEFORE_TOGETHER.search(text[max(0, found.start() - _LONGEST_BEFORE) : found.start()]):
            continue
        partners += [body for body in finder.listed(text, found.end()).bodies if body not in partners]
    return tuple(partners)
