"""Which parts of a plan hand out duties, and whose heading stands over those of single bodies."""

import re
from collections.abc import Iterator
from dataclasses import replace

from documents.reading import vocabulary as v
from documents.reading.bodies import Finder
from documents.reading.headings import heading_of
from documents.reading.outline import Node
from documents.reading.owners import ENDS, Owner, owner_of
from domain.common.text import fold

_LONGEST_TITLE = 180
_BACKGROUND = re.compile(
    r"(?:muc (?:dich|tieu)|yeu cau(?! (?:so|ubnd|uy ban|cong an|thu truong|giam doc|chu tich|phong|ban|cac) )"
    r"|quan diem|can cu|doi tuong|pham vi|tieu (?:chi|chuan)|danh gia"
    r"|thuc trang|tinh hinh|dac diem|co so|su can thiet|chi tieu|hinh thuc khen|ket qua (?!bao cao)"
    r"|ton tai|han che|thuan loi|kho khan|nguyen nhan|bai hoc)"
)
_PAST = re.compile(
    r"(?:tinh hinh|thuc trang|ket qua|danh gia|dac diem|can cu|co so|su can thiet|ton tai|han che"
    r"|thuan loi|kho khan"
    r"|nguyen nhan|bai hoc)\b"
)
_MANY = re.compile(
    r"(?i)(?:các|những|ubnd|[uủ][ỷy] ban)\b(?! (?:giải pháp|nhiệm vụ|nội dung"
    r"|hoạt động|biện pháp|chỉ tiêu))"
)
_REGIME = re.compile(r"(?:che do|cong tac|thuc hien)?.{0,20}bao cao|so ket|tong ket")


def is_duty_part(title: str) -> bool:
    """Tell whether a heading's words announce the duties of each body."""
    return len(title) < _LONGEST_TITLE and bool(v.DUTY_TITLE.fullmatch(fold(title).strip(" .:")))


def duty_parts(root: Node, finder: Finder) -> list[Node]:
    """Return the headings under which the bodies' duties stand, in reading order; none stands in another.

    Those whose words say so, and any other most items of which name a body alone on their line. Where none
    of them names anybody, the lists whose items do so in sentences.
    """
    parts = list(_parts_under(root, finder))
    if any(_has_owner(part, finder) for part in parts):
        return parts
    lists = [node for node in [*root.walk(), root] if _is_list_of_bodies(node, finder, sentences=True)]
    return [_from_first_number(node) if node is root else node for node in lists]


def _from_first_number(root: Node) -> Node:
    """The text as a part without what introduces it before its first number, which hands out nothing."""
    first = next((at for at, child in enumerate(root.children) if child.numbered), 0)
    return replace(root, children=root.children[first:])


def _parts_under(node: Node, finder: Finder) -> Iterator[Node]:
    for child in node.children:
        if not child.children or is_background(child.text):
            continue
        parted = parts_into_bodies(child, finder) or not owner_of(child.text, finder)
        titled = child.numbered and is_duty_part(child.text) and parted
        if titled or (child.numbered and _is_list_of_bodies(child, finder)):
            yield child
        else:
            yield from _parts_under(child, finder)


def is_past(title: str) -> bool:
    """Tell whether a heading opens what tells of the time before the plan, or of its grounds."""
    return bool(_PAST.match(fold(title[:_LONGEST_TITLE]).strip(" .:")))


def is_background(title: str) -> bool:
    """Tell whether a heading opens what hands out no work: aims, grounds, those whom the plan is for."""
    matters = re.split(r"\s*[,;]\s*|\s+va\s+", fold(title[:_LONGEST_TITLE]).strip(" .:"))
    return all(_BACKGROUND.match(matter) for matter in matters)


def _has_owner(part: Node, finder: Finder) -> bool:
    return any(node.table is None and announced(node, finder) for node in part.walk())


def announced(node: Node, finder: Finder) -> Owner | None:
    """Return whose duties a line of a duties part announces, by its words or by where it stands."""
    if node.numbered:
        return heading_of(node.text, finder, stands_alone=bool(node.children))
    return owner_of(node.text, finder)


def _is_list_of_bodies(node: Node, finder: Finder, *, sentences: bool = False) -> bool:
    """Tell whether most items of a heading name a body: alone on their line, or also in `sentences`."""
    items = [child for child in node.children if child.numbered]
    owners = [
        owner for child in items if not _is_criterion(child) and (owner := owner_of(child.text, finder))
    ]
    named = [owner for owner in owners if sentences or owner.form != "sentence"]
    many = sum(bool(_MANY.match(child.text)) and bool(child.children) for child in items)
    return len(named) >= 2 and max(len(named), min(many, len(named)) + len(named)) * 2 >= len(items)


def _is_criterion(node: Node) -> bool:
    """Tell whether an item says for whom something holds ("Đối với các sở") rather than who does it."""
    return fold(node.text[:8]) == "doi voi "


def parts_into_bodies(node: Node, finder: Finder, *, whole: bool = False) -> bool:
    """Tell whether a heading for many ("Trách nhiệm của các sở") has a heading for each of them under it.

    `whole`: for each of its items, so that none is the duty of all.
    """
    items = [child for child in node.children if child.numbered]
    named = sum(announced(child, finder) is not None for child in items)
    return bool(items) and (named == len(items) if whole else named * 2 > len(items))


def is_over_bodies(node: Node, owner: Owner, finder: Finder) -> bool:
    """Tell whether a heading for many stands over the bodies that it means: "C. ĐỀ NGHỊ CÁC SỞ PHỐI HỢP"."""
    heads = owner.form == "alone" or (
        owner.form == "sentence" and node.numbered and not node.text.endswith(ENDS)
        and all(body.kind == "group" for body in owner.bodies)
    )  # fmt: skip
    return heads and parts_into_bodies(node, finder, whole=True)


def is_regime(title: str) -> bool:
    """Tell whether a heading is that of the reporting regime, whose lines are reports and no duties."""
    return bool(_REGIME.match(fold(title[:60])))
