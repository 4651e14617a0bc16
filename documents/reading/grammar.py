"""From an outline to a plan: the one grammar for all kinds of files."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from documents.reading.account import Account, numbered
from documents.reading.activities import activities_in_bullets, activities_of
from documents.reading.bodies import Finder
from documents.reading.cells_above import with_cells_above
from documents.reading.content_duties import content_duties
from documents.reading.coordinator import coordinator_of
from documents.reading.duties import duties_of
from documents.reading.duty_parts import duty_parts
from documents.reading.errors import Unreadable
from documents.reading.fates import settle_block, settle_rest
from documents.reading.head import Envelope, envelope, suited
from documents.reading.heading_names import knowing_headings
from documents.reading.issuer import level_of, place_of
from documents.reading.outline import Line, Node, Table, build
from documents.reading.own_names import own_names
from documents.reading.own_wording import worded_as
from documents.reading.plan_names import Ledger
from documents.reading.reading_context import Context
from documents.reading.report_ways import Frame
from documents.reading.reports import reports_of
from documents.reading.short_names import with_short_names
from documents.reading.table_columns import Column, headed, with_headings
from documents.reading.unforeseen_labels import with_known_labels
from domain.common.text import squeeze
from domain.organisation.register import Register
from domain.plans.plan import Duty, Head, Plan, PlanPart, ReportingRule

_WHO: tuple[Column, ...] = ("lead", "support")
_LOW_LEVELS = ("xã", "phường", "đặc khu", "thị trấn", "huyện", "thị xã")
_ANNEX = re.compile(
    r"(?:BẢNG|BIỂU|LỊCH|DANH SÁCH|KHUNG|TỔNG HỢP|PHÂN CÔNG|NHIỆM VỤ|TIẾN ĐỘ|NỘI DUNG|CHỈ TIÊU|LỘ TRÌNH)\s"
)
"""The shouted heading of what stands after the signature, whatever it is called."""
_RECIPIENTS = re.compile(r"(?i)\W*nơi nhận\s*:?")
_TOLD_OF = re.compile(
    r"(?i)\b(?:phản ánh|báo cáo|thông tin|kiến nghị|gửi)\b[^.;]{0,60}?\b(?:về|qua|tới|đến)\s+(?=[A-ZĐ])"
)
_SIGNATURE = re.compile(
    r"(?:TM|KT|TL|TUQ|Q|T/M|K/T|T/L)\s*\.?\s*(?:ỦY|UỶ|CHỦ|GIÁM|BAN|CHÁNH|PHÓ|HỘI|TRƯỞNG|BÍ|ĐẢNG|CHI|THƯỜNG|LÃNH"
    r"|TẬP|HIỆU|CỤC|SỞ|VIỆN|THỦ|CẤP|LIÊN|ĐOÀN|TỔ)"
    r"|(?:PHÓ )?(?:CHỦ TỊCH|GIÁM ĐỐC|TRƯỞNG BAN|BÍ THƯ|HIỆU TRƯỞNG|CHÁNH VĂN PHÒNG)(?: [A-ZĐÀ-Ỹ]+){0,4}$"
)
_BACK = re.compile(
    r"(?i)\W*(?:phụ lục|phụ biểu|biểu\s+\d|danh mục|kế hoạch$|chương trình$|căn cứ\b"
    r"|(?:theo|xét) đề nghị\b|quyết định:$)"
)


def plan_of(blocks: Sequence[Line | Table], register: Register) -> Plan:
    """Return the plan that a document's blocks word.

    Raises Unreadable: "empty", "no_duties".
    """
    blocks = numbered(with_headings(blocks))
    account = Account.of(blocks)
    blocks = with_cells_above(list(_asked_about(blocks, account)))
    lines, places = _flat(blocks)
    if not any(c.isalnum() for line in lines for c in line) and all(isinstance(b, Line) for b in blocks):
        raise Unreadable("empty")
    said = envelope(lines)
    first = places[said.first] if said.first < len(places) else len(blocks)
    for block in blocks[:first]:
        settle_block(block, "head", account)
    root = build(_body(blocks[first:], account))
    for node in root.walk():
        if node.title >= 0:
            account.settle(node.title, "heading", node.section)
    register = with_short_names(suited(register, lines), account.texts)
    finder = _finder(said, lines, blocks, worded_as(register, account.texts, said.province))
    return _read(said, root, finder, account)


def _finder(
    said: Envelope, lines: Sequence[str], blocks: Sequence[Line | Table], register: Register
) -> Finder:
    """The finder of the names in one document."""
    level = level_of(said.issuer)
    own = own_names(lines, _cells_of_work(blocks), register)
    own_level = level if level in _LOW_LEVELS else ""
    return Finder(register, said.province, own, own_level, place_of(said.issuer))


def _read(said: Envelope, root: Node, finder: Finder, account: Account) -> Plan:
    """The plan that the outline of a document words."""
    parts = duty_parts(root, finder)
    finder, ledger = knowing_headings(finder, parts), Ledger()
    with_known_labels(root, parts, finder)
    context = Context(finder, ledger, account)
    duties = [duty for part in parts for duty in duties_of(part, context)]
    activities = list(activities_of(root, parts, context))
    if not duties and not activities:
        activities = list(activities_in_bullets(root, context))
    duties += content_duties(root, parts, context)
    if not duties and not activities:
        raise Unreadable("no_duties")
    reports = reports_of(
        root, duties, activities, Frame(finder, ledger, account, said.period, said.issued_on, said.issuer)
    )
    settle_rest(root, parts, context)
    notified = _notified_in_closing(account, finder)
    return Plan(
        _head(said, duties, reports, ledger.groups(), notified),
        ledger.units(),
        tuple(duties),
        tuple(activities),
        tuple(reports),
        tuple(_headings(root)),
        account.passages(),
    )


def own_number(blocks: Sequence[Line | Table]) -> str | None:
    """Return the number that the blocks of a file bear as a document of their own."""
    return envelope(_flat(blocks)[0]).number


def _asked_about(blocks: Sequence[Line | Table], account: Account) -> Iterator[Line | Table]:
    """Yield the blocks; lines that were struck out, hidden or unclear in their layout are left unread."""
    for block in blocks:
        if isinstance(block, Line) and block.aside:
            account.settle(block.place, "unread", why=block.aside)
        else:
            yield block


def _flat(blocks: Sequence[Line | Table]) -> tuple[list[str], list[int]]:
    """All lines of the document, those of frames cell by cell, and the block that each stands in.

    A table of duties is no frame: nothing that it says is said of the document.
    """
    lines: list[str] = []
    places: list[int] = []
    for place, block in enumerate(blocks):
        texts = [block.text] if isinstance(block, Line) else _cell_lines(block)
        texts = texts or [""]
        lines += texts
        places += [place] * len(texts)
    return lines, places


def _cell_lines(table: Table) -> list[str]:
    """The lines in a frame's cells; a cell that is merged over several places is given once."""
    if headed(table):
        return []
    cells = dict.fromkeys(cell for row in table.rows for cell in row)
    return [squeeze(line) for cell in cells for line in cell.split("\n") if line.strip()]


def _cells_of_work(blocks: Sequence[Line | Table]) -> Iterator[str]:
    """The cells of the tables of work that say who leads and who helps."""
    for block in blocks:
        found = headed(block) if isinstance(block, Table) else None
        if found is None or isinstance(block, Line):
            continue
        columns, start = found
        places = [columns.at[kind] for kind in _WHO if kind in columns.at]
        yield from dict.fromkeys(row[place] for row in block.rows[start:] for place in places)


def _body(blocks: Sequence[Line | Table], account: Account) -> list[Line | Table]:
    """The plan itself, without recipients, signatures and what a web page adds after them."""
    kept: list[Line | Table] = []
    skipping = False
    for block in blocks:
        text = block.text if isinstance(block, Line) else ""
        if _RECIPIENTS.match(text) or _SIGNATURE.match(text):
            skipping = True
        elif skipping and (isinstance(block, Table) or _BACK.match(text)):
            skipping = False
        elif skipping and isinstance(block, Line) and _ANNEX.match(text) and text.isupper():
            skipping, block = False, replace(block, text=f"PHỤ LỤC. {text}")
        if skipping:
            settle_block(block, "background", account)
        else:
            kept.append(block)
    return kept


def _head(
    said: Envelope, duties: Sequence[Duty], reports: Sequence[ReportingRule], groups: frozenset[str],
    notified: Sequence[str],
) -> Head:  # fmt: skip
    recipients: dict[str, None] = {}
    for rule in reports:
        if rule.via or rule.to:
            recipients |= dict.fromkeys((rule.to or "").split("; ") if rule.to else [])
    coordinator = coordinator_of(said.issuer, duties, reports, groups, notified)
    return Head(
        said.kind, said.number, said.issued_on, said.issuer, said.title, said.period, coordinator,
        tuple(recipients),
    )  # fmt: skip


def _notified_in_closing(account: Account, finder: Finder) -> list[str]:
    """Who is told of difficulties in the closing formulas: "phản ánh về Sở Nội vụ để tổng hợp"."""
    texts = (passage.text for passage in account.passages() if passage.fate == "closing")
    ends = ((text, found.end()) for text in texts for found in _TOLD_OF.finditer(text))
    return [body.name for text, end in ends for body in finder.listed(text, end).bodies[:1]]


def _headings(root: Node) -> list[PlanPart]:
    return [PlanPart(node.section, node.text.strip(" :")) for node in root.walk() if node.numbered]
