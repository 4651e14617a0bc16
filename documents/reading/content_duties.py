"""The duties that single lines of the content part hand out: each opens with a body and what it does."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace

from documents.reading.closing import is_closing
from documents.reading.duties import headed_duties
from documents.reading.duty_parts import is_background, is_regime
from documents.reading.headings import heading_of
from documents.reading.marks import BULLET_RANK
from documents.reading.names import is_verb
from documents.reading.outline import Node
from documents.reading.owners import TIME_ALONE, Owner, owner_of
from documents.reading.reading_context import Context
from documents.reading.words import cut
from domain.common.text import fold
from domain.plans.plan import Duty

_DOES = re.compile(
    r"(?i)[\s,]*(?:(?:tiếp tục|chủ động|kịp thời|thường xuyên|khẩn trương|định kỳ|trực tiếp)[\s,]+)*"
    r"(?:có trách nhiệm|chịu trách nhiệm|chủ trì|phối hợp|tổ chức|xây dựng|thực hiện|tham mưu|tổng hợp"
    r"|thu thập|hướng dẫn"
    r"|triển khai|chỉ đạo|kiểm tra|rà soát|bố trí|thẩm định|theo dõi|đôn đốc|lập|cung cấp|tăng cường"
    r"|duy trì|cập nhật"
    r"|tuyên truyền|là (?:cơ quan|đơn vị|đầu mối)|căn cứ|trên cơ sở)\b"
)
_STATES = re.compile(
    r"(?i)[\s,]*(?:đã|đang|bị|được(?! giao)|là(?! (?:cơ quan|đơn vị|đầu mối))|có(?! (?:trách nhiệm"
    r"|nhiệm vụ))|không|chưa|còn|vẫn"
    r"|quy định|gồm|bao gồm|theo|các|những|tại|ở|trong|trên|của|thuộc|về|với|hoặc|và|cho|từ|đến|khi|nếu|mà|do"
    r"|để|như|cũng|mỗi|tối đa|chọn)\b"
)
"""What follows a body in a clause that tells or decides, rather than hands out work."""
_TITLE = re.compile(r"((?:[^:.;()]|\([^:()]*\)){3,80}):\s+(?=\S)")
_STAGE = re.compile(r"(?i)(?:bước|giai đoạn|đợt|tháng|quý|tuần|năm|ngày|từ|trước)\b")
_PARAGRAPH = 1000
_FEWEST = 2
_AFTER_COLON = re.compile(r"^[^:.;]{1,80}:\s+")
_NOT_HANDED_OUT = re.compile(r"(?i)(?:khuyến khích|đối với|mời|kêu gọi|riêng)\b")
_TOLD = re.compile(r"(?i)(?:(?:kính )?đề nghị|giao(?: cho)?|yêu cầu|phân công(?: cho)?)\s")
_SPEAKS_OF_REPORT = re.compile(r"(?i)\bbáo cáo\b|\b(?:gửi|nộp)\b[^.;]*\bvề\b|\b(?:sơ kết|tổng kết)\b")
_MONEY = re.compile(r"(?:nguon )?kinh phi|nguon (?:von|luc)|du toan")


def content_duties(root: Node, parts: Collection[Node], context: Context) -> Iterator[Duty]:
    """Yield the duties of single lines outside the duties parts, once activities have taken theirs.

    Nothing is taken from aims, criteria and the reporting regime, nor from before the first number; of what
    is said on money only what single bodies do.
    """
    counted: Counter[tuple[str, str]] = Counter()
    for node in root.children:
        if node.numbered:
            for duty in _in(node, parts, context):
                counted[duty.section, duty.unit] += 1
                yield replace(duty, n=counted[duty.section, duty.unit])


def _in(
    node: Node, parts: Collection[Node], context: Context, *, among_bodies: bool = False, regime: bool = False
) -> Iterator[Duty]:
    """The duties of a line and of what stands under it; not what speaks of reports in their `regime`."""
    if node.numbered and node not in parts and _MONEY.match(fold(node.text[:40])):
        yield from _of_money(node, context)
        return
    if node in parts or node.table is not None or (node.numbered and is_background(node.text)):
        return
    regime = regime or (node.numbered and is_regime(node.text))
    is_open = context.account.is_open(node.place) and not (regime and _SPEAKS_OF_REPORT.search(node.text))
    owner = _doer(node, context) if is_open else None
    if owner is None and among_bodies and is_open:
        owner = heading_of(node.text, context.finder, stands_alone=False)
        owner = None if owner is not None and TIME_ALONE.fullmatch(owner.rest) else owner
    if owner is not None:
        yield from headed_duties(node, owner, context)
        return
    among_bodies = _lists_bodies(node, context)
    for child in node.children:
        yield from _in(child, parts, context, among_bodies=among_bodies, regime=regime)


def _of_money(part: Node, context: Context) -> Iterator[Duty]:
    """The duties of single bodies in the part on money: "Sở Tài chính chủ trì, cân đối, bố trí kinh phí".

    What it says of many is a rule of who pays.
    """
    for node in part.walk():
        if node.children or node.table is not None or not context.account.is_open(node.place):
            continue
        owner = owner_of(node.text, context.finder)
        single = owner is not None and all(body.kind == "unit" for body in owner.bodies)
        if owner is not None and single and owner.form == "sentence" and _DOES.match(owner.rest):
            yield from headed_duties(node, owner, context)


def _lists_bodies(node: Node, context: Context) -> bool:
    """Tell whether most bullets of a line say after a colon what a body does: then all of them do."""
    bullets = [child for child in node.children if child.mark is not None and not child.numbered]
    owners = [owner_of(child.text, context.finder) for child in bullets if ":" in child.text]
    if len(bullets) >= _FEWEST and sum(bool(owner and owner.form == "colon") for owner in owners) == len(
        bullets
    ):
        return True
    told = [child for child in bullets if ":" in child.text and _doer(child, context)]
    return len(told) >= _FEWEST and len(told) * 2 > len(bullets)


def _doer(node: Node, context: Context) -> Owner | None:
    """Whom a line is about that opens with a body and what it does, also after a title of its own."""
    owner = owner_of(node.text, context.finder)
    if _NOT_HANDED_OUT.match(node.text):
        # "Đối với các xã: tổ chức ..." hands out work where a verb of work follows
        told = owner is not None and owner.form == "colon" and is_verb(cut(owner.rest, most=3), 0)
        return owner if told and node.numbered and not node.children else None
    if owner is not None and not node.text.startswith(owner.bodies[0].text) and not _is_told(node.text):
        return None
    if owner is None and (title := _TITLE.match(node.text)) and (node.numbered or _STAGE.match(title[1])):
        if is_background(title[1]):
            return None
        inner = owner_of(node.text[title.end() :], context.finder)
        owner = Owner(inner.bodies, node.text[title.end() :], "colon") if inner else None
        spoken = inner.rest if inner and inner.form == "sentence" else ""
    elif owner is not None and owner.form == "alone":
        return owner if _heads_duties(node) else None
    elif owner is not None and owner.form == "colon" and not node.numbered:
        return owner if is_verb(cut(owner.rest, most=3), 0) or _DOES.match(owner.rest) else None
    else:
        spoken = owner.rest if owner and owner.form == "sentence" else ""
    spoken = _AFTER_COLON.sub("", spoken)
    if owner is None or not (_DOES.match(spoken) or _acts(spoken)):
        return None
    deep = BULLET_RANK < node.rank < _PARAGRAPH and not all(body.kind == "unit" for body in owner.bodies)
    return owner if _DOES.match(spoken) or not deep else None


def _is_told(text: str) -> bool:
    """Tell whether a line hands its work to whom it names after an address: "Giao Sở A bố trí ..."."""
    return bool(_TOLD.match(text)) and not is_closing(text, calls=True)


def _heads_duties(node: Node) -> bool:
    """Tell whether bullets or paragraphs stand under a body alone on its line, and no items or labels."""
    return (
        node.numbered
        and bool(node.children)
        and not any(
            child.numbered or child.table is not None or _TITLE.match(child.text) for child in node.children
        )
    )


def _acts(spoken: str) -> bool:
    """Tell whether a clause hands out work, in whatever verb, rather than tells or decides."""
    return spoken[:1].islower() and not _STATES.match(spoken)
