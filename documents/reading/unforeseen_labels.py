"""Labels that no list knows, told by what stands after them: "Thực hiện: Sở Y tế", "CT: Sở Y tế; PH: ..."."""

import re
from collections import Counter
from collections.abc import Collection, Iterator

from documents.reading.activity_labels import labels_in
from documents.reading.bodies import Finder
from documents.reading.outline import Node

_LABEL = re.compile(
    r"(?:^|(?<=[.;] ))([^\W\d][^:.;,]{1,40}):\s*([^:]+?)(?=[.;]\s+[^:.;]{2,40}:|\s*[.;]?\s*$)"
)
_HELPS = re.compile(r"(?i)phối hợp|cùng|hỗ trợ|tham gia|giúp|^PH$|^CQPH$|^ĐVPH$")
_LEADS = re.compile(
    r"(?i)thực hiện|làm|trách nhiệm|giao|phụ trách|đầu mối|nòng cốt|tham mưu|chủ trì|^CT$|^CQCT$|^ĐVCT$"
)
_OTHERS = re.compile(
    r"(?i)lãnh đạo|chỉ đạo|nhận|gửi|đối tượng|thành phần|đại biểu|mời|địa|thụ hưởng|dự|kiểm tra|giám sát|khen"
)
"""What names those whom the work is for, or who hear of it."""
_FEWEST = 2


def with_known_labels(root: Node, parts: Collection[Node], finder: Finder) -> None:
    """Put known labels in place of others after which nothing but bodies stands, outside the duties parts.

    A label without a word for work must stand at least twice.
    """
    lines = list(_outside(root, parts))
    counted = Counter(found[1].casefold() for line in lines for found in _bodies_after(line, finder))
    for line in lines:
        for found in reversed(list(_bodies_after(line, finder))):
            label = found[1].strip()
            if _OTHERS.search(label) or not (
                _HELPS.search(label) or _LEADS.search(label) or counted[label.casefold()] >= _FEWEST
            ):
                continue
            known = "Phối hợp" if _HELPS.search(label) else "Chủ trì"
            line.text = f"{line.text[: found.start(1)]}{known}{line.text[found.end(1) :]}"


def _outside(node: Node, parts: Collection[Node]) -> Iterator[Node]:
    for child in node.children:
        if child not in parts and child.table is None:
            yield child
            yield from _outside(child, parts)


def _bodies_after(line: Node, finder: Finder) -> Iterator[re.Match[str]]:
    """Yield the labels of a line that are not known, and after which nothing but bodies stands."""
    for found in _LABEL.finditer(line.text) if ":" in line.text else ():
        if labels_in(f"{found[1]}: x") or finder.subject(found[1]).bodies:
            continue
        listed = finder.listed(found[2])
        if listed.bodies and not found[2][listed.end :].strip(" .,;"):
            yield found
