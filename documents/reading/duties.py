"""The duties: who has to do what, from the parts of the plan that say it body by body.

The outline decides: in such a part a numbered line that stands alone is an owner, a bullet under it
is a duty.
The forms are a heading with bullets or paragraphs under it; the duty on the heading's own line after a colon;
body and verb in one sentence; a bullet that names a body itself; a line that hands its role down to a list.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from documents.reading.bodies import Finder
from documents.reading.body import Body
from documents.reading.closing import is_aside, is_closing
from documents.reading.duty_parts import announced, is_over_bodies, is_regime
from documents.reading.headings import heading_of
from documents.reading.names import is_verb
from documents.reading.outline import Node
from documents.reading.owners import Owner, owner_of
from documents.reading.partners import HAVING, Handed, handed_down, partners_in, role_of
from documents.reading.reading_context import Context
from documents.reading.words import cut
from domain.common.text import fold
from domain.plans.plan import Duty

_LEADS_OTHERS = re.compile(r"(?i)(?:lãnh đạo|vận động|khuyến khích|kêu gọi|mời)\b")
_LONGEST_TITLE = 180
_ENDS = (".", ";", "…", "!")
_REPORTING = re.compile(r"(?i)\bbáo cáo\b")
_TIMES = re.compile(
    r"(?i)(?:thời (?:gian|hạn|điểm)|tiến độ|hạn hoàn thành|hoàn thành|địa điểm|hình thức)"
    r"(?: (?:thực hiện|hoàn thành|tổ chức|triển khai))?\s*:\s*(?=\S)"
)
"""A label that says when, where or how what stands before it is done."""
_NO_WORK = re.compile(
    r"(?i)(?:\W|\b(?:có|chịu|được giao|trách nhiệm|nhiệm vụ|chủ trì|phối hợp|với|cùng|tổ chức|triển khai"
    r"|thực hiện|tham mưu"
    r"|giúp|hướng dẫn|các|những|một số|nội dung|công việc|việc|hoạt động|giải pháp|sau đây|sau|như|cụ thể"
    r"|trong đó|gồm|là"
    r"|đơn vị|cơ quan|đầu mối|thường trực|và|theo|chức năng|được|giao|phân công|chủ động|liên quan"
    r"|có liên quan|bao|chính"
    r"|căn cứ|của mình|mình|trên cơ sở|tốt|trong phạm vi|quyền hạn|thẩm quyền|lĩnh vực quản lý"
    r"|phạm vi quản lý)\b)*"
)
"""What a line that only opens a list consists of, bodies aside."""
_OPENS_LIST = re.compile(
    r"(?i)(?:[,;.]|(?<=\s)và(?=\s))\s*(?:tổ chức |triển khai |tập trung )*(?:(?:thực hiện|triển khai"
    r"|làm)(?: tốt)?"
    r" (?:các|những|một số) (?:nội dung|nhiệm vụ|công việc|hoạt động|giải pháp|việc)[^:.;]*|trong đó"
    r"|cụ thể(?: như sau)?)\s*:$"
)


def duties_of(part: Node, context: Context) -> Iterator[Duty]:
    """Yield the duties under the heading of a duties part, in reading order."""
    context.account.settle(part.place, "heading", part.section)
    yield from _under(part, context)


def _under(node: Node, context: Context) -> Iterator[Duty]:
    """The duties of the node's children, which stand above or beside the bodies."""
    finder, account = context.finder, context.account
    loose: _Writer | None = None
    following = [*node.children[1:], None]
    for at, (child, after) in enumerate(zip(node.children, following, strict=True)):
        if child.table is not None:
            continue
        calls = child.mark is None and (at > 0 or node.text.endswith(_ENDS))
        if is_closing(child.text, calls=True) if calls else not child.children and is_aside(child.text):
            account.settle(child.place, "closing", child.section)
            continue
        owner = announced(child, finder) or _titled(child, after, finder)
        if owner is None or is_over_bodies(child, owner, finder):
            if loose is not None and owner is None and not child.numbered:
                yield from loose.duty(child)
            elif child.children and not is_regime(child.text):
                if not child.text.endswith(_ENDS):
                    account.settle(child.place, "heading", child.section)
                yield from _under(child, context)
            continue
        loose = None
        if child.mark is None and owner.form == "alone":
            account.settle(child.place, "heading", child.section)
            loose = _Writer(owner, context, child.section)
            continue
        yield from headed_duties(child, owner, context)


def _titled(node: Node, after: Node | None, finder: Finder) -> Owner | None:
    """The owner that a line without a number names, if bullets follow it as if it were a heading."""
    opens = after is not None and after.mark is not None and not after.numbered
    if node.mark is not None or not opens or node.text.endswith(_ENDS) or len(node.text) > _LONGEST_TITLE:
        return None
    return heading_of(node.text, finder, stands_alone=True)


def headed_duties(node: Node, owner: Owner, context: Context, above: Handed | None = None) -> Iterator[Duty]:
    """The duties of a line that names its own body, and of what stands under it."""
    owner = _with_names(owner, context.finder) if node.children else owner
    timed = list[Node]()
    writer = _Writer(owner, context, node.section, above)
    if owner.form == "alone":
        if node.children or not node.text.endswith(_ENDS):
            context.account.settle(node.place, "heading", node.section)
    else:
        whole = node.text if owner.form == "sentence" or not node.numbered else owner.rest
        if timed := _all_times(node):
            whole = " ".join([whole, *(child.text for child in timed)])
            for child in timed:
                context.account.settle(child.place, "duty", child.section)
        opens = bool(node.children) and not timed and not whole.endswith(_ENDS)
        if opens:
            writer.handed = handed_down(owner.rest, context.finder)
        if opens and not _states_work(owner.rest, context.finder):
            context.account.settle(node.place, "lead_in", node.section)
        else:
            yield writer.write(whole, node, own_line=True)
    lines = _with_times([child for child in node.children if child not in timed], context)
    for child, after in zip(lines, [*lines[1:], None][: len(lines)], strict=True):
        if _opens_bullets(child, after) and not _states_work(child.text, context.finder):
            writer.handed = handed_down(child.text, context.finder)
            context.account.settle(child.place, "lead_in", node.section)
        else:
            yield from _child(child, owner, writer, node.section)


def _opens_bullets(line: Node, after: Node | None) -> bool:
    """Tell whether a paragraph only opens the bullets that stand after it: "Theo việc được giao:"."""
    bullets = after is not None and after.mark is not None and not after.numbered
    return bullets and line.mark is None and line.text.endswith(":")


def _all_times(node: Node) -> list[Node]:
    """The lines under a sentence if all that stands there only times it."""
    return node.children if all(_TIMES.match(child.text) for child in node.children) else []


def _with_times(children: Sequence[Node], context: Context) -> list[Node]:
    """The lines under an owner, each with the labels that only time it: "Thời gian: Quý II"."""
    lines: list[Node] = []
    for child in children:
        if lines and not child.children and not lines[-1].children and _TIMES.match(child.text):
            lines[-1] = replace(lines[-1], text=f"{lines[-1].text} {child.text}")
            context.account.settle(child.place, "duty", child.section)
        else:
            lines.append(child)
    return lines


def _child(child: Node, owner: Owner, writer: "_Writer", section: str) -> Iterator[Duty]:
    """The duties of a line under an owner: the owner's, or those of another body that a paragraph names."""
    context = writer.context
    if child.table is not None:
        return
    other = _others(child.text, owner, context.finder) if child.mark is None else None
    own = other is None and _names_part(child.text, owner, context.finder)
    if child.mark is None and not own and is_closing(child.text, calls=True):
        context.account.settle(child.place, "closing", section)
    elif other is None:
        yield from writer.duty(child)
    elif pieces := _shared_out(child.text, context.finder):
        yield from (writer.write(piece, child) for piece in pieces)
    elif not _REPORTING.search(child.text):
        yield _Writer(other, context, section).write(child.text, child, own_line=True)


def _shared_out(text: str, finder: Finder) -> list[str]:
    """The clauses of a line that each give one body its work: "Hội A lo quà; Đoàn B lo lều"; else none."""
    pieces = [piece.strip() for piece in text.split(";")] if ";" in text else []
    if not all(piece[:1].isupper() for piece in pieces):
        return []
    subjects = [finder.subject(piece) for piece in pieces]
    names = {
        found.bodies[0].name
        for piece, found in zip(pieces, subjects, strict=True)
        if [body.kind for body in found.bodies] == ["unit"] and piece[found.end :].strip()[:1].islower()
    }
    first = owner_of(pieces[0], finder) if len(names) == len(pieces) > 1 else None
    return pieces if first is not None and first.form == "sentence" else []


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
    """Return whom a paragraph is about where that is not the owner of the list before it, nor part of it."""
    named = _named_in(text, finder)
    if named is None or named.form == "alone" or _is_part(named, owner):
        return None
    return named


def _named_in(text: str, finder: Finder) -> Owner | None:
    """Whom a line under an owner opens with; who "lãnh đạo" or "vận động" a body is no body there."""
    return None if _LEADS_OTHERS.match(text) else owner_of(text, finder)


def _names_part(text: str, owner: Owner, finder: Finder) -> bool:
    named = owner_of(text, finder)
    return named is not None and _is_part(named, owner)


def _is_part(named: Owner, owner: Owner) -> bool:
    whole = fold(" ; ".join(body.text for body in owner.bodies))
    names = {body.name for body in owner.bodies}
    return all(body.name in names or fold(body.text) in whole for body in named.bodies)


def _states_work(spoken: str, finder: Finder) -> bool:
    """Tell whether a line that opens a list words work of its own as well."""
    opening = _OPENS_LIST.search(spoken)
    if not opening:
        return not spoken.rstrip().endswith(":") and not _is_plain(spoken, finder)
    return not _is_plain(spoken[: opening.start()], finder)


def _is_plain(spoken: str, finder: Finder) -> bool:
    """Tell whether words name a role, partners and nothing to do."""
    rest = spoken
    for body in partners_in(spoken, finder):
        rest = rest.replace(body.text, " ")
    return bool(_NO_WORK.fullmatch(rest))


@dataclass(slots=True)
class _Writer:
    """Writes down the duties of one owner, numbering them."""

    owner: Owner
    context: Context
    section: str = ""
    handed: Handed | None = None
    n: int = 0

    def duty(self, node: Node) -> Iterator[Duty]:
        """Yield the duties of one line under the owner: the leaves of what stands there."""
        leaves = _with_times([child for child in node.children if child.table is None], self.context)
        if not leaves:
            pieces = _shared_out(node.text, self.context.finder) or [node.text]
            yield from (self.write(piece, node) for piece in pieces)
            return
        inner = owner_of(node.text, self.context.finder)
        if inner is not None and inner.form == "alone":
            yield from headed_duties(node, inner, self.context, self.handed)
            return
        before = self.handed
        titles = node.numbered and not node.text.endswith((*_ENDS, ":"))
        if node.text.endswith(_ENDS) or (not titles and _states_work(node.text, self.context.finder)):
            yield self.write(node.text, node)
        else:
            opens = node.text.endswith(":")
            self.context.account.settle(node.place, "lead_in" if opens else "heading", node.section)
            own = handed_down(node.text, self.context.finder) if opens else None
            self.handed = own if own is not None and own.says_something else before
        for leaf in leaves:
            yield from _child(leaf, self.owner, self, node.section)
        self.handed = before

    def write(self, text: str, node: Node, *, own_line: bool = False) -> Duty:
        """Return the duty that the text words; a single body that it opens with is its own."""
        finder, ledger = self.context.finder, self.context.ledger
        self.n += 1
        self.context.account.settle(node.place, "duty", node.section)
        bodies = self.owner.bodies
        spoken = text
        named = owner_of(text, finder) if own_line else _named_in(text, finder)
        if named is not None and named.form != "alone":
            spoken = named.rest
            if not own_line and len(named.bodies) == 1 and named.bodies[0].kind == "unit":
                bodies = named.bodies
        spoken = HAVING.sub("", spoken, count=1) if spoken is not text else spoken
        names = ledger.names(bodies)
        role, partners = role_of(spoken), partners_in(text, finder)
        if self.handed is not None and role == "own" and not own_line:
            role, partners = self.handed.role, partners or self.handed.partners
        others = tuple(name for name in ledger.names(partners) if name not in names)
        worded = "; ".join(body.text for body in bodies)
        return Duty(
            self.section or node.section, names[0], self.n, text, role, others, names[1:], worded, node.place
        )
