"""What becomes of the passages that no duty, activity or report was read from: nothing is lost in silence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from documents.reading.account import Account
from documents.reading.bodies import Finder
from documents.reading.closing import is_closing
from documents.reading.duty_parts import is_background, is_regime
from documents.reading.names import is_verb
from documents.reading.outline import Line, Node, Table
from documents.reading.owners import TIME_ALONE, is_label, owner_of
from documents.reading.reading_context import Context
from documents.reading.table_columns import headed
from documents.reading.words import cut
from domain.common.text import squeeze
from domain.plans.plan import Fate, UnreadReason

_REPORTS = re.compile(r"(?i)\bbáo cáo\b")
_TIMED = re.compile(r"(?i)\b(?:trước|chậm nhất|hết|định kỳ|h[ằà]ng (?:tuần|tháng|quý|năm)|ngày \d)")
_SENDS = re.compile(r"(?i)\b(?:báo cáo|gửi|nộp)\b[^.;]*\b(?:về|cho|qua)\b")
_TELLS = re.compile(r"(?i)\b(?:báo cáo|gửi|nộp)\b")
_LEADS = re.compile(r"\s(?:là (?:đơn vị|cơ quan) )?chủ trì\b")
_APART = re.compile(r"\s[-–]\s|[\[(:;|]")
_DAY_OR_MONTH = re.compile(r"(?i)\d{1,2}[/.]\d|\btháng \d|\bngày \d")
_CLAUSE = re.compile(r"[;.]\s+")
_FEWEST_ROWS, _FEWEST_WORDS, _LONGEST_NAMES = 2, 3, 200
_MONEY = re.compile(r"(?i)(?:kinh phí|nguồn (?:kinh phí|vốn|lực))")


def settle_block(block: Line | Table, fate: Fate, account: Account) -> None:
    """Give all passages of a block one fate."""
    for place in range(block.place, block.place + (1 if isinstance(block, Line) else len(block.rows))):
        account.settle(place, fate)


def settle_rest(root: Node, parts: Sequence[Node], context: Context) -> None:
    """Give a fate to every passage of the plan's body that has none yet."""
    opening, among = True, _lists_duties(root, context)
    for node in root.children:
        opening = opening and not node.numbered  # the grounds stand before the first number
        _settle(node, parts, context, _Place(background=opening, among_duties=among and not node.children))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a line stands: in a part that hands out work, in background, in the regime, among duties."""

    works: bool = False
    background: bool = False
    regime: bool = False
    among_duties: bool = False


def _settle(node: Node, parts: Sequence[Node], context: Context, place: _Place) -> None:
    """Settle a node and what is under it."""
    place = replace(
        place,
        works=place.works or node in parts,
        background=place.background or (node.numbered and is_background(node.text)),
        regime=place.regime or (node.numbered and is_regime(node.text)),
    )
    if node.table is not None:
        _settle_table(node, context)
    elif context.account.is_open(node.place):
        fate, why = _fate(node, context, place)
        context.account.settle(node.place, fate, node.section, why)
    among = _lists_duties(node, context)
    for child in node.children:
        _settle(child, parts, context, replace(place, among_duties=among and not child.children))


def _lists_duties(node: Node, context: Context) -> bool:
    """Tell whether most lines of a list are duties or activities: then the others are asked about."""
    lines = [child for child in node.children if child.mark is not None and child.table is None]
    done = sum(context.account.fate_of(child.place) in ("duty", "activity") for child in lines)
    return done > 0 and done * 2 >= len(lines)


def _fate(node: Node, context: Context, place: _Place) -> tuple[Fate, UnreadReason | None]:
    works, background = place.works, place.background
    article = node.mark is not None and node.mark.style == "article"
    if (node.mark is None or article) and is_closing(node.text, calls=works and not article):
        return "closing", None
    if works:
        if node.children and not node.text.endswith((".", ";")):
            return "heading" if node.numbered else "lead_in", None
        return ("background", None) if _MONEY.match(node.text) else ("unread", "no_owner")
    if background and not node.children and _SENDS.search(node.text) and _TIMED.search(node.text):
        return "unread", "reports"
    if background:
        return "heading" if node.children and node.numbered else "background", None
    if place.among_duties and node.mark is not None:
        return "unread", "no_owner"
    if place.regime and not node.children and (node.numbered or _TELLS.search(node.text)):
        return "unread", "reports"
    owner = owner_of(node.text, context.finder)
    timed = owner is not None and owner.form == "colon" and TIME_ALONE.fullmatch(owner.rest)
    if timed or (owner is not None and owner.form == "sentence") or is_label(node.text, context.finder):
        return "unread", "names_body"
    if not node.children and any(
        tells(node.text, context.finder) for tells in (_names_apart, _is_led, _acts_later)
    ):
        return "unread", "names_body"
    tells = _REPORTS.search(node.text) or _SENDS.search(node.text)
    if tells and _TIMED.search(node.text) and not node.children:
        return "unread", "reports"
    if node.children:
        return "heading" if node.numbered else "lead_in", None
    return ("unread", "no_owner") if _is_step(node.text) else ("background", None)


def _is_step(text: str) -> bool:
    """Tell whether a line is a step of a time table: "Tháng 5/2026: Đoàn giám sát làm việc với các xã"."""
    opening, colon, rest = text.partition(":")
    return bool(colon and rest.strip()) and _is_time(opening)


def _is_time(words: str) -> bool:
    """Tell whether words say nothing but a day or a month."""
    return bool(TIME_ALONE.fullmatch(words.strip()) and _DAY_OR_MONTH.search(words))


def _names_apart(text: str, finder: Finder) -> bool:
    """Tell whether a piece of a line, set apart by a dash, colon or bracket, is nothing but bodies."""
    pieces = [piece.strip(" .") for piece in _APART.split(text)[1:]]
    named = (piece for piece in pieces if len(piece) < _LONGEST_NAMES and not piece.isupper())
    return any(_is_of_bodies(piece, finder) for piece in named)


def _is_led(text: str, finder: Finder) -> bool:
    """Tell whether a piece of a line says that some body leads: "Đường vào bến: Ban Quản lý A chủ trì"."""
    for found in _LEADS.finditer(text):
        start = max(text.rfind(stop, 0, found.start()) for stop in ".;:,(") + 1
        name = text[start : found.start()].strip().removeprefix("do ")
        apart = start > 0 and name[:1].isupper() and len(name) < _LONGEST_NAMES
        if apart or finder.listed(name).bodies:
            return True
    return False


def _acts_later(text: str, finder: Finder) -> bool:
    """Tell whether a later clause of a line gives a body its part: "Treo cờ từ ngày 30/8; Sở A đôn đốc"."""
    for clause in _CLAUSE.split(text)[1:]:
        owner = owner_of(clause, finder) if clause[:1].isupper() else None
        if owner is not None and owner.form == "sentence" and is_verb(cut(owner.rest, most=3), 0):
            return True
    return False


def _settle_table(node: Node, context: Context) -> None:
    """The rows of a table of work that gave nothing are unread; those of other tables are background."""
    assert node.table is not None  # noqa: S101  (the caller has seen to it)
    works = headed(node.table) is not None
    named = set() if works else _rows_of_work(node.table, context.finder)
    for at in range(len(node.table.rows)):
        why: UnreadReason | None = "no_lead" if works else "names_body" if at in named else None
        context.account.settle(node.place + at, "unread" if why else "background", node.section, why)


def _rows_of_work(table: Table, finder: Finder) -> set[int]:
    """The rows of a table without a known heading that name a body or day beside what is done, if most do."""
    named = {at for at, row in enumerate(table.rows) if _gives_work(row, finder)}
    return named if len(named) >= _FEWEST_ROWS and len(named) * 2 >= len(table.rows) - 1 else set()


def _gives_work(row: Sequence[str], finder: Finder) -> bool:
    """Tell whether a cell of a row is nothing but bodies or a day, and another one words."""
    cells = [squeeze(cell) for cell in dict.fromkeys(row) if 0 < len(cell) < _LONGEST_NAMES]
    bodies = [cell for cell in cells if _is_time(cell) or _is_of_bodies(cell, finder)]
    worded = [cell for cell in cells if cell not in bodies and len(cut(cell)) >= _FEWEST_WORDS]
    return bool(bodies) and bool(worded)


def _is_of_bodies(cell: str, finder: Finder) -> bool:
    found = finder.listed(cell)
    return bool(found.bodies) and not cell[found.end :].strip(" .,;")
