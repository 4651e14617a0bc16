"""The activities: items of the content part and rows of annex tables that say who leads."""

import re
from collections.abc import Iterator, Sequence

from documents.reading.activity_labels import LABEL, TIME, ActivityLabels, before_labels, labels_in
from documents.reading.body import Body
from documents.reading.cells import bodies_of_cell
from documents.reading.duty_parts import is_regime
from documents.reading.matrix_tables import matrix_of
from documents.reading.outline import Node
from documents.reading.owners import owner_of
from documents.reading.partners import partners_in
from documents.reading.reading_context import Context
from documents.reading.table_columns import Columns, headed
from documents.reading.words import CAPITAL
from domain.common.text import fold, squeeze
from domain.plans.plan import Activity

_ORDINAL_TITLE = re.compile(
    r"(?i)(?:hoạt động|nhiệm vụ|nội dung|công việc|dự án|tiểu dự án)\s*(?:số\s*)?\d+\W*"
)
_CONTENT_LABEL = re.compile(r"(?i)\W*nội\s+dung(?:\s+(?:thực hiện|công việc|hoạt động))?\s*:\s*(?=\S)")
_CHARGED = re.compile(r"(?i)[\s,]*(?:có|chịu) trách nhiệm\b|[\s,]*có nhiệm vụ\b")
"""What makes a sentence in an item a body's duty rather than an activity."""
_ASSIGNED = re.compile(r"(?i)(?:^|[.;]\s+)(?:giao|phân công)(?:\s+cho)?\s+(?=\S)")
_LED = re.compile(
    r"(?i)\s*(?:\([^)]*\)\s*)?(?:là (?:đơn vị|cơ quan) )?"
    r"(?:chủ trì|làm đầu mối|thực hiện|tham mưu|tổ chức|có trách nhiệm|phối hợp)"
)
_BY = re.compile(rf"\bdo\s+(?=\S)|(?<=[.:;])\s+(?={CAPITAL})")
_LEADS_IT = re.compile(r"\s+(?:làm )?(?:chủ trì|phụ trách|đầu mối|đảm nhiệm)\b")
_OF_TIME = re.compile(r"(?i)^thời (?:gian|hạn)[^:]{0,20}:\s*")
_HELP_IT = re.compile(r"[,;]\s+([^,;]{3,160}?)\s+phối hợp(?=\s*[,;.]|\s*$)")
_IN_BRACKETS = re.compile(r"(?i)\(([^()]*\b(?:chủ trì|thực hiện|phối hợp)\b[^()]*)\)\s*[.;]*$")
_NOTE = re.compile(r"(?i)\W*(?:ghi chú|chú thích|lưu ý)\b")
_LONGEST_CAPTION = 8
"""In words: a longer row that ends in a stop is a sentence and no caption."""
_NO_CONTENT = re.compile(
    r"(?:muc dich|muc tieu|yeu cau|quan diem|kinh phi|nguon (?:kinh phi|luc)|can cu|dac diem|tinh hinh"
    r"|chi tieu|danh gia)\b"
)


def activities_of(root: Node, parts: Sequence[Node], context: Context) -> Iterator[Activity]:
    """Yield the activities in reading order; `parts` are the duties parts, which have none but in tables."""
    for node in root.children:
        labelled = sum(kind == "lead" for line in node.walk() for kind, _ in labels_in(line.text)) > 1
        yield from _in(node, parts, context, labelled)


def _in(node: Node, parts: Sequence[Node], context: Context, labelled: bool) -> Iterator[Activity]:
    if node.table is not None:
        yield from _rows(node, context)
        return
    if node in parts or (node.numbered and is_regime(node.text) and not _leads_in(node)):
        for child in node.walk():
            if child.table is not None:
                yield from _rows(child, context)
        return
    if node.numbered and not _NO_CONTENT.match(fold(node.text[:40])):
        yield from _item(node, parts, context, labelled)
        return
    for child in node.children:
        yield from _in(child, parts, context, labelled)


def _leads_in(node: Node) -> bool:
    """Tell whether a line of the item or under it says who leads."""
    return any(kind == "lead" for line in (node, *node.walk()) for kind, _ in labels_in(line.text))


def _item(node: Node, parts: Sequence[Node], context: Context, labelled_beside: bool) -> Iterator[Activity]:
    """The activities of a numbered item: of the items in it, then its own."""
    labels = _label_items(node)
    own = [node, *_unnumbered(node), *(line for item in labels for line in (item, *_unnumbered(item)))]
    own = [line for line in own if not _parts_work(line, context)]
    labelled = [line for line in own if labels_in(line.text)]
    if any("lead" in dict(labels_in(line.text)) for line in labelled):
        yield from _labelled(node, own, context)
    elif bracketed := list(_bracketed(node, own, context)):
        yield from bracketed
    elif (spoken := _spoken(node, own, context, among_labelled=labelled_beside)) is not None:
        yield spoken
    for child in node.children:
        if (child.numbered or child.table is not None) and child not in labels:
            yield from _in(child, parts, context, labelled_beside)


def _label_items(node: Node) -> list[Node]:
    """Numbered items in an item that are its labels ("1.3. Cơ quan chủ trì: ..."), one of them a lead."""
    items = [child for child in node.children if child.numbered and LABEL.match(child.text)]
    return items if any("lead" in dict(labels_in(item.text)) for item in items) else []


def _unnumbered(node: Node) -> Iterator[Node]:
    """The lines of the item itself: its bullets and paragraphs, not those of numbered items in it."""
    for child in node.children:
        if child.table is None and not child.numbered:
            yield child
            yield from _unnumbered(child)


def _labelled(node: Node, own: list[Node], context: Context) -> Iterator[Activity]:
    """One activity per 'Đơn vị chủ trì'; of several under one item each goes by its own first line."""
    leads = sum(kind == "lead" and bool(words) for line in own for kind, words in labels_in(line.text))
    several = leads > 1 and _is_apart(own)
    title, labels, open_ = node, ActivityLabels(), False
    values = {id(value) for line in own for value in _values_under(line)}
    for line in own:
        if id(line) in values:
            continue
        pairs = labels_in(line.text)
        body = before_labels(line.text)
        if body and open_ and several:
            yield _activity(title, labels, context, section=node.section)
            title, labels, open_ = line, ActivityLabels(), False
        elif body and (
            not before_labels(title.text) or (several and title is node) or _is_worded_by(title, line)
        ):
            title = line
        for kind, words in pairs:
            labels.take_sentences(kind, words, context)
        for value in _values_under(line):
            labels.take_sentences(pairs[-1][0], value.text, context)
            context.account.settle(value.place, "activity", value.section)
        if not (body and line is not node and _names_a_body(line.text, context)):
            context.account.settle(line.place, "activity", line.section)
        open_ = open_ or any(kind == "lead" for kind, _ in pairs)
    if open_:
        yield _activity(title, labels, context, section=node.section)


def _values_under(line: Node) -> list[Node]:
    """The lines under a label that says nothing itself ("b) Đơn vị thực hiện:"), if they have no labels."""
    pairs = labels_in(line.text)
    lines = [child for child in line.children if child.table is None]
    bare = bool(pairs) and not pairs[-1][1] and pairs[-1][0] != "other"
    return lines if bare and not any(labels_in(child.text) for child in lines) else []


def _parts_work(line: Node, context: Context) -> bool:
    """Tell whether lines under a bare label say who does what ("- UBND xã: dọn hồ"), and so are duties."""
    owners = [owner_of(value.text, context.finder) for value in _values_under(line)]
    return any(owner is not None and owner.form == "colon" for owner in owners)


def _is_worded_by(title: Node, line: Node) -> bool:
    """Tell whether a line says what is done under a title that is only a number: "Hoạt động 1"."""
    return bool(_ORDINAL_TITLE.fullmatch(title.text) and _CONTENT_LABEL.match(line.text))


def _names_a_body(text: str, context: Context) -> bool:
    """Tell whether a line without labels says in a sentence who does what."""
    owner = owner_of(text, context.finder)
    return owner is not None and owner.form == "sentence" and bool(_LED.match(owner.rest))


def _is_apart(own: list[Node]) -> bool:
    """Tell whether work is worded between two leads, so that each has its own."""
    led = False
    for at, line in enumerate(own):
        if before_labels(line.text) and led:
            return any("lead" in dict(labels_in(later.text)) for later in own[at:])
        led = led or "lead" in dict(labels_in(line.text))
    return False


def _activity(title: Node, labels: ActivityLabels, context: Context, *, section: str) -> Activity:
    text = _CONTENT_LABEL.sub("", before_labels(title.text))
    return _with_bodies(section, text, labels, context, title.place)


def _with_bodies(section: str, text: str, labels: ActivityLabels, context: Context, place: int) -> Activity:
    finder, ledger = context.finder, context.ledger
    lead = ledger.names(bodies_of_cell(labels.lead, finder))
    support = tuple(name for name in ledger.names(bodies_of_cell(labels.support, finder)) if name not in lead)
    named = " | ".join(squeeze(words).strip(" .;,") for words in (labels.lead, labels.support))
    return Activity(section, text, lead, support, _time(labels.when), named, place)


def _time(words: str) -> str | None:
    return squeeze(words).strip(" ;,").removesuffix("./.").removesuffix(".").strip() or None


def _spoken(node: Node, own: list[Node], context: Context, *, among_labelled: bool) -> Activity | None:
    """An item without labels that gives itself to somebody in a sentence: "Giao Sở Nội vụ chủ trì ...".

    A paragraph that opens with a body is that body's duty; only among items with labels it makes an activity.
    """
    for line in own:
        if line.mark is not None and not line.numbered:
            continue
        if led := _led_by(node, line, context):
            return led
        bodies = _assigned(line.text, context)
        if not bodies and among_labelled and line is not node:
            owner = owner_of(line.text, context.finder)
            tells = owner is not None and owner.form == "sentence" and not _CHARGED.match(owner.rest)
            bodies = owner.bodies if owner is not None and tells else ()
        if bodies:
            context.account.settle(line.place, "activity", node.section)
            return _told(node, line.text, bodies, context)
    return None


def _led_by(node: Node, line: Node, context: Context) -> Activity | None:
    """The activity of a line that says by whom it is led: "... do UBND xã chủ trì", "... Sở A chủ trì"."""
    for by in _BY.finditer(line.text):
        found = context.finder.listed(line.text, by.end())
        if not found.bodies or not _LEADS_IT.match(line.text, found.end):
            continue
        rest = line.text[found.end :]
        helped = next((hit for hit in _HELP_IT.finditer(rest) if context.finder.listed(hit[1]).bodies), None)
        helpers = [body.text for body in partners_in(rest, context.finder)] or ([helped[1]] if helped else [])
        times = (clause.strip() for clause in re.split("[,;.]", rest))
        labels = ActivityLabels(
            line.text[by.end() : found.end],
            "; ".join(helpers),
            next((_OF_TIME.sub("", clause) for clause in times if TIME.match(clause)), ""),
        )
        context.account.settle(line.place, "activity", node.section)
        told = by[0].startswith("do")
        text = line.text if told else line.text[: by.start()].strip(" .:;")
        return _with_bodies(node.section, text, labels, context, line.place)
    return None


def _assigned(text: str, context: Context) -> tuple[Body, ...]:
    """The bodies that a line gives its work to: "Giao Sở Nội vụ chủ trì"."""
    assigned = _ASSIGNED.search(text)
    found = context.finder.listed(text, assigned.end()) if assigned else None
    return found.bodies if found and _LED.match(text[found.end :]) else ()


def _bracketed(node: Node, own: list[Node], context: Context) -> Iterator[Activity]:
    """The lines of an item that end in who does it: "... (Sở Y tế chủ trì, phối hợp với Sở Nội vụ)."."""
    for line in own:
        found = _IN_BRACKETS.search(line.text)
        owner = owner_of(found[1], context.finder) if found else None
        if found and owner is not None and owner.form == "sentence":
            labels = ActivityLabels()
            labels.take_sentences("lead", found[1], context)
            context.account.settle(line.place, "activity", node.section)
            text, place = line.text[: found.start()].strip(" .;"), line.place
            if not text:  # the bracket stands alone, under the item's title and what it says
                text, place = node.text.strip(" .;:"), node.place
                for each in own[: next(at for at, each in enumerate(own) if each is line)]:
                    context.account.settle(each.place, "activity", node.section)
            yield _with_bodies(node.section, text, labels, context, place)


def activities_in_bullets(root: Node, context: Context) -> Iterator[Activity]:
    """Yield an activity for each bullet that says in a sentence who does it: "- Sở Y tế tổ chức ...".

    For a plan that says it nowhere else: in others such bullets tell of what a duty says again.
    """
    for node in root.walk():
        owner = owner_of(node.text, context.finder) if node.mark is not None and not node.numbered else None
        if owner is not None and owner.form == "sentence" and _LED.match(owner.rest):
            yield _told(node, node.text, owner.bodies, context)


def _told(node: Node, sentence: str, bodies: tuple[Body, ...], context: Context) -> Activity:
    finder, ledger = context.finder, context.ledger
    context.account.settle(node.place, "activity", node.section)
    lead = ledger.names(bodies)
    support = tuple(name for name in ledger.names(partners_in(sentence, finder)) if name not in lead)
    return Activity(node.section, node.text, lead, support, named=squeeze(sentence), passage=node.place)


def _rows(node: Node, context: Context) -> Iterator[Activity]:
    """The activities of a table, if its heading row says that it is one of duties."""
    assert node.table is not None  # noqa: S101  (the caller has seen to it)
    head = headed(node.table)
    if head is None:
        yield from _matrix(node, context)
        return
    columns, start = head
    for at in range(start):
        context.account.settle(node.place + at, "heading", _place(node))
    group, last, n, work = "", "", 0, ""
    for at, written in enumerate(node.table.rows[start:], start):
        row = _filled_down(written, columns, work)
        work = text = columns.cell(row, "content")
        number = columns.cell(row, "number").strip("(). ")
        if _is_caption(row, columns):
            group = number if re.fullmatch(r"[IVX]+|[A-H]", number) else group
            if not _is_note(row):
                context.account.settle(node.place + at, "heading", _place(node))
            continue
        n += 1
        last = number or (last if "number" in columns.at else str(n))
        section = ".".join(part for part in (_place(node), group, last or str(n)) if part)
        context.account.settle(node.place + at, "activity", section)
        yield _with_bodies(section, text, _row_labels(columns, row), context, node.place + at)


def _matrix(node: Node, context: Context) -> Iterator[Activity]:
    """The activities of a table with a column for each body, which is signed for its part."""
    assert node.table is not None  # noqa: S101  (the caller has seen to it)
    matrix = matrix_of(node.table, context.finder)
    if matrix is None:
        return
    header = node.table.rows[0]
    context.account.settle(node.place, "heading", _place(node))
    for at, row in enumerate(node.table.rows[1:], 1):
        lead, support = matrix.parts(header, row)
        text = squeeze(row[matrix.content])
        if not text or not (lead or support):
            continue
        labels = ActivityLabels(lead, support, row[matrix.when] if matrix.when >= 0 else "")
        section = f"{_place(node)}.{at}"
        context.account.settle(node.place + at, "activity", section)
        yield _with_bodies(section, text, labels, context, node.place + at)


def _filled_down(row: Sequence[str], columns: Columns, work: str) -> Sequence[str]:
    """A row with the work of the row above where only its own cell is empty: a merged cell in plain text."""
    place = columns.at["content"]
    if columns.cell(row, "content") or not columns.cell(row, "lead") or columns.cell(row, "number"):
        return row
    return (*row[:place], work, *row[place + 1 :])


def _is_caption(row: Sequence[str], columns: Columns) -> bool:
    """Tell whether a row is a heading over others, a row of column numbers or an empty one."""
    text, lead = columns.cell(row, "content"), columns.cell(row, "lead")
    if not text or re.fullmatch(r"\(?\d+\)?", text) or len(set(row)) == 1:
        return True
    others = [columns.cell(row, kind) for kind in ("support", "when", "product") if kind in columns.at]
    return lead in ("", text) and not any(cell not in ("", text) for cell in others)


def _is_note(row: Sequence[str]) -> bool:
    """Tell whether a row is a sentence under the work of a table, which may say when all report."""
    text = squeeze(" ".join(dict.fromkeys(row)))
    return bool(_NOTE.match(text)) or (text.endswith(".") and len(text.split()) > _LONGEST_CAPTION)


def _row_labels(columns: Columns, row: Sequence[str]) -> ActivityLabels:
    """The bodies and time of a row; "Chủ trì: ...; phối hợp: ..." in one cell is taken apart."""
    labels = ActivityLabels()
    lead = row[columns.at["lead"]]
    inner = labels_in(lead)
    if all(kind != "lead" for kind, _ in inner):
        labels.take("lead", before_labels(lead) if inner else lead)
    for kind, words in inner:
        labels.take(kind, words)
    labels.take("support", row[columns.at["support"]] if "support" in columns.at else "")
    labels.take("when", columns.cell(row, "when"))
    return labels


def _place(node: Node) -> str:
    return node.section or "Phụ lục"
