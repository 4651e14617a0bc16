"""A statement that is moved to another item in the same breath: "việc 3 xong. À nhầm, việc 2"."""

from collections.abc import Container

from domain.updates.item_groups import NAMES, groups_of
from domain.updates.keyboard import as_meant
from domain.updates.loose import loose
from domain.updates.numbers import REF
from domain.updates.word_groups import TAIL

_OH = r"(?:à|ấy|ơ|ủa|ôi|chết|xin lỗi|sorry|dạ|em|e)"
_WRONG = (
    r"(?:(?:ghi |gõ |bấm |viết |nhắn |báo |nói )?(?:nhầm|lộn)(?: (?:rồi|số|việc|mục|tí|chút|ạ))*|"
    r"(?<=à\s)(?:không|quên)|ý (?:em|e|tôi|mình)(?: là)?)"
)
_MOVED = loose(
    rf"^(?P<told>.+?)(?:\s*[,.;:(!\n–-]+\s*|\s(?=(?:à|ấy|ơ|ủa) ))(?:{_OH}[\s,]+)*{_WRONG}[\s,.;:!]*+"
    rf"(?:(?:phải|mới|là|ý em) )*(?P<item>(?:(?:{NAMES}|số|v)(?: số)? ?)?{REF})(?![\w.%/]\w)"
    rf"(?: (?:mới đúng|cơ|chứ|mới phải)(?!\w))?\)?{TAIL}",
    whole_words=False,
)


def moved(text: str, numbers: Container[str]) -> str:
    """Return what a text says once its only item is put right; any other text as it is.

    Of "1 xong, 2 xong, à nhầm, 3" nobody knows which of the two is 3, and in "1 gửi 5 tin, à nhầm, 3" it
    may be tin.
    """
    match = _MOVED.match(text)
    if match is None:
        return text
    told = text[: match.end("told")]
    groups = groups_of(as_meant(told), numbers)
    if len(groups) != 1 or len(groups[0].items) != 1:
        return text
    before, after = told[: groups[0].start], told[groups[0].end :]
    may_be_a_count = match["item"][0].isdigit() and any(map(str.isdigit, before + after))
    return text if may_be_a_count else f"{before}{match['item']}{after}"
