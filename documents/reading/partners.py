"""What a duty's words say beside the work: the part that the body has in it, and with whom it is done."""

import re
from dataclasses import dataclass

from documents.reading.bodies import Finder
from documents.reading.body import Body
from documents.reading.words import cut
from domain.plans.plan import Role

# Opens with the two cases of a letter rather than "(?i)": such a pattern is found many times as fast.
_TOGETHER = re.compile(
    r"(?:[Pp](?i:hối hợp)|[Hh](?i:iệp đồng))"
    r"(?i:(?:[,\s]+(?!với\b|cùng\b)[^\W\d_]+){0,4}?\s+(?:cùng với|với|cùng)\s+|\s+(?=\S))"
)
_BEFORE_TOGETHER = re.compile(
    r"(?i)(?:^|[.;,:(]\s*|\b(?:và|chủ trì|chủ động|thường xuyên|tích cực|đầu mối|trách nhiệm|tiếp tục"
    r"|tăng cường|cùng|trong đó|bàn|để|nhằm|hiện)\s+)$"
)
_ARRANGED = re.compile(
    r"(?i)\b(?:quy chế|cơ chế|công tác|kế hoạch|nội dung|chương trình|sự|việc|người dân|nhân dân"
    r"|quan hệ|hoạt động)\s+$"
)
"""What "phối hợp" is a kind of, rather than what the body does."""
HAVING = re.compile(
    r"(?i)^[\s,:–-]*(?:ngoài [^,]{3,80},\s*)?"
    r"(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|là đơn vị|là cơ quan|được giao)?[\s,:]*"
)
_OTHERS = 120
_LONGEST_BEFORE = 16
_SUPPORTS = re.compile(r"(?i)(?:^|[.;]\s*)phối hợp\b")
_LEADS = re.compile(r"(?i)(?:^|[.;]\s*)chủ trì\b")


def _is_others(before: str, finder: Finder) -> bool:
    """Tell whether another body stands right before the verb: "chỉ đạo Công an xã phối hợp với ..."."""
    before = before.rstrip()
    words = cut(before[-_OTHERS:])
    offset = max(0, len(before) - _OTHERS)
    return any(finder.listed(before, offset + word.start).end == len(before) for word in words)


def _is_subject(before: str, finder: Finder) -> bool:
    """Tell whether nothing but the bodies that the sentence is about stands before its verb."""
    opening = before[before.rfind(": ") + 1 :].strip()
    subject = finder.subject(opening)
    return bool(subject.bodies) and not opening[subject.end :].strip(" ,")


def role_of(spoken: str) -> Role:
    """Return the part that a duty's words give, the body's own name taken off before them."""
    opens_leading = bool(re.match(r"(?i)\W*chủ trì\b", spoken))
    opens_supporting = bool(re.match(r"(?i)\W*phối hợp\b", spoken))
    later = re.sub(r"^\W*\w+ \w+", "", spoken)
    if opens_leading:
        return "both" if _SUPPORTS.search(later) else "lead"
    if opens_supporting:
        return "both" if _LEADS.search(later) else "support"
    return "own"


def partners_in(text: str, finder: Finder) -> tuple[Body, ...]:
    """Return the bodies that a duty is to be done with: those after each 'phối hợp với' of its own body."""
    partners: list[Body] = []
    for found in _TOGETHER.finditer(text):
        before = text[max(0, found.start() - _LONGEST_BEFORE) : found.start()]
        own = _BEFORE_TOGETHER.search(before) or _is_subject(text[: found.start()], finder)
        if not own and (_ARRANGED.search(before) or _is_others(text[: found.start()], finder)):
            continue
        partners += [body for body in finder.listed(text, found.end()).bodies if body not in partners]
    return tuple(partners)


@dataclass(frozen=True, slots=True)
class Handed:
    """What a line that opens a list hands down to its items: a role, and partners."""

    role: Role
    partners: tuple[Body, ...]

    @property
    def says_something(self) -> bool:
        """Whether a list within another has a role or partners of its own, and not those of the outer one."""
        return self.role != "own" or bool(self.partners)


def handed_down(spoken: str, finder: Finder) -> Handed:
    """Return what a line that opens a list hands down; `spoken` is what follows the body in it."""
    return Handed(role_of(HAVING.sub("", spoken, count=1)), partners_in(spoken, finder))
