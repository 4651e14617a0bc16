"""The outline: what every kind of file is turned into before its duties are read.

A reader gives blocks in reading order, logical lines and tables; `build` arranges them under their numbers.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from documents.reading.closing import is_closing
from documents.reading.marks import ARABIC, BULLET_RANK, ListMark, split_mark
from documents.reading.words import CAPITAL
from domain.plans.plan import UnreadReason

_LONGEST_OPENING = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One logical line: a heading, a bullet, a paragraph; its number or bullet still stands in the text.

    `place` is the index of its passage in the document. `aside` says why the line is kept out of the plan
    and asked about, if it is.
    """

    text: str
    place: int = -1
    aside: UnreadReason | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table, the heading row first where it has one; every row is as long as the longest.

    `place` is the index of its first row's passage; the others follow it. `heading` are the heading rows
    of the table before it that it goes on from.
    """

    rows: tuple[tuple[str, ...], ...]
    place: int = -1
    heading: tuple[tuple[str, ...], ...] = ()


@dataclass(slots=True, eq=False)
class Node:
    """One numbered heading, bullet, paragraph or table, with what stands under it.

    `section` is the path of numbers ("II.3.6.a"); a bullet or paragraph bears that of its nearest number.
    `place` is the index of its passage, a table's that of its first row; `title` that of the line under a
    bare number ("Phần thứ hai") that words its heading, -1 where there is none.
    """

    text: str
    mark: ListMark | None = None
    section: str = ""
    table: Table | None = None
    place: int = -1
    title: int = -1
    children: list["Node"] = field(default_factory=list)

    @property
    def rank(self) -> int:
        """How deep the mark stands; a paragraph stands deepest."""
        return self.mark.rank if self.mark else 1000

    @property
    def numbered(self) -> bool:
        """Whether a number or letter stands before it, rather than a bullet or nothing."""
        return self.mark is not None and self.mark.rank < BULLET_RANK

    def walk(self) -> Iterator["Node"]:
        """Yield everything under the node, in reading order, the node itself left out."""
        for child in self.children:
            yield child
            yield from child.walk()


def build(blocks: Iterable[Line | Table]) -> Node:
    """Return the tree of the blocks: each under the nearest line before it whose mark ranks higher.

    A paragraph or a table stands under the nearest number, not under a bullet.
    """
    root = Node("", ListMark("root", "", -1))
    path = [root]
    for block in (item for whole in blocks for item in _items(whole)):
        node = _node(block)
        if _is_title(node, path[-1]):
            path[-1].text, path[-1].title = node.text, node.place
            continue
        del path[_depth(node, path) :]
        node.section = _section(path, node.mark) if node.mark and node.numbered else path[-1].section
        path[-1].children.append(node)
        if node.mark is not None:
            path.append(node)
    _release_closing(root)
    return root


def _release_closing(root: Node) -> None:
    """Let the closing formulas after the last item of the text, or of its last part, stand under no item."""
    parts = [at for at, node in enumerate(root.children) if node.mark and node.mark.style == "annex"]
    end = parts[0] if parts else len(root.children)
    last = root.children[end - 1] if end else root
    while last.children and last.children[-1].numbered:
        last = last.children[-1]
    if last is not root and last.numbered and last.children and all(map(_is_formula, last.children)):
        root.children[end:end] = last.children
        last.children = []


def _is_formula(node: Node) -> bool:
    return node.mark is None and node.table is None and is_closing(node.text, calls=True)


def _depth(node: Node, path: list[Node]) -> int:
    """How much of the path stands above a node, by its rank.

    A bullet stands beside the last of its own kind, and under a short one of another kind that ends in no
    stop, whichever of the two is the outer as a rule: "• Trước mùa lũ:" / "- Đắp đê" / "• Sau mùa lũ:". So
    do letters that begin under a Roman number.
    """
    if node.mark is not None and not node.numbered:
        styles = [above.mark.style if above.mark and not above.numbered else "" for above in path]
        if node.mark.style in styles:
            return styles.index(node.mark.style)
        if (
            styles[-1]
            and not path[-1].text.endswith((".", ";", ","))
            and len(path[-1].text) < _LONGEST_OPENING
        ):
            return len(path)
    if node.mark is not None and node.mark.style == "upper":
        styles = [above.mark.style if above.mark else "" for above in path]
        if "upper" in styles:
            return styles.index("upper")
        if node.mark.label == "A" and "roman" in styles:
            return styles.index("roman") + 1
    limit = min(node.rank, BULLET_RANK) if node.mark is None else node.rank
    return next((at for at, above in enumerate(path) if at and above.rank >= limit), len(path))


_FEWEST_LETTERED = 2
"""A line holds lettered items where at least two letters stand on it."""


def _is_title(node: Node, above: Node) -> bool:
    """Tell whether a line without a number words the heading of the bare "Phần thứ hai" before it."""
    bare = above.mark is not None and above.mark.style == "part" and not above.text and not above.children
    return bare and node.mark is None and node.table is None and not node.text.endswith((".", ";"))


def _items(block: Line | Table) -> Iterator[Line | Table]:
    """The items that stand on one line after one another: "1. Sở Y tế: Trực bến. 2. Sở Du lịch: Mở bến."."""
    mark = split_mark(block.text)[0] if isinstance(block, Line) else None
    if isinstance(block, Table) or mark is None or mark.style != ARABIC or not mark.label.isdigit():
        yield block
        return
    start, number = 0, int(mark.label)
    while following := re.compile(rf"(?<=[.;])\s+(?={number + 1}[.)]\s+{CAPITAL})").search(block.text, start):
        yield from _lettered(replace(block, text=block.text[start : following.start()]))
        start, number = following.end(), number + 1
    yield from _lettered(replace(block, text=block.text[start:]))


def _lettered(line: Line) -> Iterator[Line]:
    """The lettered items on the line of a numbered one: "2. Sở Y tế: a) Trực bến; b) Mở bến."."""
    starts = [0]
    for letter in "abcdđeghiklmn":
        following = re.compile(rf"(?<=[:;.])\s+(?={letter}\)\s)").search(line.text, starts[-1])
        if following is None:
            break
        starts.append(following.end())
    starts = starts if len(starts) > _FEWEST_LETTERED else [0]
    for start, end in zip(starts, [*starts[1:], len(line.text)], strict=True):
        yield replace(line, text=line.text[start:end].rstrip())


def _node(block: Line | Table) -> Node:
    if isinstance(block, Table):
        return Node("", table=block, place=block.place)
    mark, text = split_mark(block.text)
    return Node(text, mark, place=block.place)


def _section(path: list[Node], mark: ListMark) -> str:
    """Join the numbers on the way; "3.6" stands for its own "3", or "Mục 3", and is not put after it."""
    numbers = [node.mark for node in path if node.mark and 0 <= node.mark.rank < BULLET_RANK]
    labels: list[ListMark] = []
    for number in [*numbers, mark]:
        if number.style == ARABIC and "." in number.label:
            labels = [
                label
                for label in labels
                if label.style != ARABIC and not number.label.startswith(f"{label.label}.")
            ]
        labels.append(number)
    return ".".join(label.label for label in labels)
