"""Finding bodies in a plan's words: single units, group expressions, lists of both.

A known unit is found by the register, an unknown one by its first word ("Sở", "UBND huyện") and its capitals;
a group by the small vocabulary of which such expressions are made. What is left open ("…") names nobody.
"""

import re
from collections.abc import ItemsView, Sequence
from dataclasses import dataclass, field

from documents.reading import vocabulary as v
from documents.reading.body import Body, Found, group_of, listed_name, renamed
from documents.reading.group_finder import GroupFinder
from documents.reading.group_words import (
    LONGEST_BRIDGE,
    office_at,
)
from documents.reading.names import (
    AND,
    LONGEST_NAME,
    longest,
    shared_head,
)
from documents.reading.words import Word, cut
from domain.organisation.register import Words, words

_MANY = words("các")[0]
_OFFICE = re.compile(r"(?i:(?<=\btrưởng )|(?<=\bphó ))(phòng|ban|trạm)(?= [A-ZĐ])")
_OPENING = 700
"""The subject of a line stands within so many characters."""
_BEFORE_WORDS = re.compile(r"^(?:\W|\([^()]*\))+")
_CODE = re.compile(r"\s*\([A-ZĐ]{2,6}\d{1,3}\)")
"""The code of a body after its name: "Phòng Cảnh sát bến (PC02)"."""
_EACH_LEVEL = re.compile(r"(?i)\b(?:cùng|các) cấp$")
_WINDOWS = (32, 128, 10_000)
"""A list is looked for in so many words, and in more where it ends near their end."""


def _of_one_level(bodies: list[Body], text: str) -> tuple[Body, ...]:
    """The bodies of a list; the last two are one group where both are of each level.

    Of "Mặt trận Tổ quốc và các hội cùng cấp" the first is none of the issuer's own.
    """
    if len(bodies) > 1 and _EACH_LEVEL.search(bodies[-1].text) and bodies[-2].kind == "unit":
        whole = f"{bodies[-2].text} và {bodies[-1].text}"
        if whole in text:
            return (*bodies[:-2], group_of(whole))
    return tuple(bodies)


@dataclass(frozen=True, slots=True)
class Finder(GroupFinder):
    """Finds the bodies of one document, and the lists in which they stand.

    Texts are NFC and on one line, as an outline holds them.
    """

    _subjects: dict[str, Found] = field(default_factory=dict, repr=False, compare=False)
    """What lines that were looked at open with; each is looked at by several rules."""

    def listed(self, text: str, start: int = 0) -> Found:
        """Return the bodies that stand one after another from `start`, none where it opens with none.

        Each single body is taken out; what is left between them is a group.
        """
        return self._opening(text, start)

    def subject(self, text: str) -> Found:
        """Return the body or bodies that a heading or a sentence opens with, in the order written.

        Many in one expression are one group, split only at ';'. `end` is where the rest begins.
        """
        text = text[:_OPENING]
        if text not in self._subjects:
            self._subjects[text] = self._subject(text)
        return self._subjects[text]

    def subjects(self) -> ItemsView[str, Found]:
        """Return the lines that were looked at, each with what it opens with."""
        return self._subjects.items()

    def _subject(self, text: str) -> Found:
        text = _OFFICE.sub(lambda found: found[1].capitalize(), text)
        bodies: list[Body] = []
        end = 0
        while True:
            found = self._opening(text, end, across=False)
            if not found.bodies:
                return Found(tuple(bodies), end)
            found = self._with_clause(text, found)
            many = len(found.bodies) > 1
            whole = _CODE.sub("", _BEFORE_WORDS.sub("", text[end : found.end])) if many else ""
            bodies.append(group_of(whole) if many else found.bodies[0])
            end = found.end
            following = cut(text, end, most=1)
            if not following or not following[0].gap.startswith(";"):
                return Found(tuple(bodies), end)

    def _opening(self, text: str, start: int, *, across: bool = True) -> Found:
        """The list with which the text opens at `start`; few texts are cut further than it can reach."""
        for most in _WINDOWS:
            seen = cut(text, start, most)
            found = self._list(text, seen, across=across)
            whole = len(seen) != most
            if whole or not found.bodies or found.end < seen[-LONGEST_NAME].start:
                break
        return found

    def _with_clause(self, text: str, found: Found) -> Found:
        """Take "được giao nhiệm vụ về ..." into the group that it tells, up to the verb of the sentence."""
        last = found.bodies[-1]
        after = cut(text, found.end, most=LONGEST_NAME) if last.kind == "group" else ()
        if not after or after[0].gap or not longest(after, 0, v.GIVEN):
            return found
        given = longest(after, 0, v.GIVEN)
        stop = next((at for at, word in enumerate(after) if at and word.gap), len(after))
        verbs = [at for at in range(given, stop) if longest(after, at, v.DOES)]
        # "được giao chủ trì | có trách nhiệm": the part is what is given, if anything is said after it
        further = [at for at in verbs if at >= given + longest(after, given, v.PARTS)]
        if verbs or stop < len(after):
            end = after[(further or verbs or [stop])[0] - 1].end
            return Found((*found.bodies[:-1], group_of(text[text.find(last.text) : end])), end)
        return found

    def _list(self, text: str, seen: Sequence[Word], *, across: bool = True) -> Found:
        bodies: list[Body] = []
        at, end, head = 0, 0, Words()
        start = seen[0].start if seen else 0
        while at < len(seen):
            at += office_at(seen, at) if bodies else 0
            if plural := self._plural_head(seen, at):
                head = plural[0]
                at += plural[1]
            step = (
                self._unit(text, seen, at)
                or self._shared(text, seen, at, head)
                or self._group(text, seen, at, across=across)
                or (listed_name(text, seen, at) if bodies else None)
            )
            if step is None:
                break
            body, length = step
            if bridge := self._bridge(seen, at + length, body):
                length += bridge
                body = renamed(body, text[seen[at].start : seen[at + length - 1].end])
            if body.kind == "unit":
                head = shared_head(seen, at, length, head)
            if body not in bodies:
                bodies.append(body)
            at += length
            end = seen[at - 1].end
            follows = self._joint(seen, at, across=across)
            if follows is None:
                break
            at = follows
        return Found(_of_one_level(bodies, text), max(end, start))

    def _bridge(self, seen: Sequence[Word], at: int, body: Body) -> int:
        """The length of unforeseen words between a body and the next of its list, which end its name.

        "Công ty Phát triển | bến bãi |, các doanh nghiệp": what is known by the register has no more words.
        """
        if body.kind == "unit" and self.register.find(body.name) is not None:
            return 0
        for end in range(at, min(at + LONGEST_BRIDGE, len(seen))):
            joined = seen[end].gap == "," or (not seen[end].gap and seen[end].key in AND)
            if joined:
                after = end + (seen[end].key in AND)
                opens = after < len(seen) and self._opens_at(seen, after)
                return end - at if opens else 0
            if seen[end].gap or longest(seen, end, v.VERBS) or seen[end].key == _MANY:
                return 0
        return 0

    def _joint(self, seen: Sequence[Word], at: int, *, across: bool) -> int | None:
        """Return where the next body of the list may begin; None where the list ends."""
        if at >= len(seen):
            return None
        gap = seen[at].gap
        if gap and (gap[0] in ",&/+" or (across and gap[0] == ";") or gap.strip(" .…,;") == ""):
            if "." in gap.strip() and not gap.startswith((",", ";", "…", "...")):
                return None
            if not across and ";" in gap:
                return None
            skipped = self._skip_joint(seen, at)
            return skipped if skipped is not None else at
        return self._skip_joint(seen, at) if not gap else None

    def _skip_joint(self, seen: Sequence[Word], at: int) -> int | None:
        return at + joint if (joint := longest(seen, at, v.JOINTS)) else None
