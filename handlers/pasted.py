"""A plan pasted into the chat: one message of many lines, read as a file is."""

from domain.text import fold
from handlers import plans
from handlers.conversation import Outgoing
from handlers.desk import Desk, Reply, Unread, reply

_LINES, _LENGTH = 6, 300
"""The least that a plan has: lines with words on them, and characters."""

_CUT = range(3800, 4097)
"""The lengths, in characters, of a first piece where a messenger cuts long texts at 4096."""

_SIGNS = ("ke hoach", "chuong trinh", "quyet dinh", "nhiem vu", "chu tri", "to chuc thuc hien", "bao cao")
_LEAST_SIGNS = 2


def is_plan(text: str) -> bool:
    """Tell whether a message looks like the text of a plan: long, of many lines, in the words of one."""
    filled = [line for line in text.splitlines() if line.strip()]
    if len(filled) < _LINES or len(text) < _LENGTH:
        return False
    plain = fold(text)
    return sum(sign in plain for sign in _SIGNS) >= _LEAST_SIGNS


async def received(desk: Desk) -> Reply:
    """Take a pasted plan that the dispatcher has had read; one that may lack a part is not entered."""
    if len(desk.said.text) in _CUT:
        return reply(Outgoing(desk.texts("draft.cut")))
    if not isinstance(desk.reading, Unread) and desk.reading is not None:
        head = desk.reading.head
        if head.number is None and head.period is None:
            return reply(Outgoing(desk.texts("draft.no_head")))
    return await plans.received(desk)
