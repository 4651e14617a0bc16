"""An update taken apart: which of its words tell a result, a difficulty, a proposal, a wish for time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from domain.common.text import fold
from domain.updates.loose import loose
from domain.updates.phrases import (
    A_MEETING_AT,
    ANSWERED_BACK,
    ASIDE,
    BARE_WORDS,
    COURTESY_WORDS,
    ENDED_BY,
    EXTENSION,
    FORWARDED,
    GREETING,
    IN_THE_PAST,
    NEGATION,
    NOT_ANY,
    OF_ONESELF,
    OPEN_QUESTION,
    OPENINGS,
    RECEIVED,
    REQUEST,
    STILL_ASKED,
    VAGUE_TIME,
    WILL_SEE_TO_IT,
    WISH,
    YES_NO_QUESTION,
    Opening,
)
from domain.updates.signs import signs_of
from domain.updates.word_groups import AMOUNT_MARK, DOCUMENT_MARK

Role = Literal["result", "difficulty", "proposal", "extension", "reason", "question", "courtesy"]

_BREAK = loose(
    r"(?P<asked>\?[?!]*)|(?P<full>[\n;!…]+|\.+(?=\s|$)|(?<=[^\W\d]{2})\.(?=[^\W\d]{2}))|(?<!\d),|,(?!\d)|"
    r"\s[-–]\s(?!(?:xã hội|hạ tầng|kế hoạch|ngân sách|thương binh|liệt sĩ|an ninh|công nghệ|hành "
    r"chính|thể thao|đô thị|kỹ thuật|môi trường|dân số)(?!\w))|\((?= ?(?:lý do|do|vì)(?!\w))|"
    r"(?<!\w)(?:nhưng mà|nhưng|tuy nhiên)(?!\w)",
    whole_words=False,
)


@dataclass(frozen=True, slots=True)
class Part:
    """The words [start, end) of an update and what they are there for; `opens`: they begin a sentence."""

    role: Role
    start: int
    end: int
    opens: bool = False


@dataclass(frozen=True, slots=True)
class _Clause:
    start: int
    end: int
    opens: bool
    is_question: bool


def words_of(text: str) -> list[str]:
    """Return the folded words of a text, without numbers and signs."""
    return re.findall(r"[^\W\d_]+", fold(text))


def is_bare(text: str) -> bool:
    """Whether the words say no more than a state: "đã xong rồi ạ"."""
    return all(word in BARE_WORDS for word in words_of(text))


def is_polite(text: str) -> bool:
    """Whether there is nothing but "dạ vâng ạ" in the words, or no word at all."""
    return all(word in COURTESY_WORDS for word in words_of(text))


def _clauses(text: str) -> Iterator[_Clause]:
    start, opens = 0, True
    for stop in _BREAK.finditer(text):
        yield _Clause(start, stop.start(), opens, bool(stop["asked"]))
        start, opens = stop.end(), bool(stop["asked"] or stop["full"])
    yield _Clause(start, len(text), opens, is_question=False)


def _progress_at(words: str) -> int | None:
    """Where the words first tell of the work itself."""
    amount = words.find(AMOUNT_MARK)
    return min([*signs_of(words).values(), *([amount] if amount >= 0 else [])], default=None)


def _leads_with_progress(words: str) -> bool:
    """Whether progress is told of the duty, "em chưa làm", and not of others, "các huyện chưa gửi"."""
    at = _progress_at(words)
    return at is not None and is_bare(words[:at])


def _whole_role(words: str, is_question: bool) -> Role | None:
    """The role of a clause as a whole; None where its words must be looked at one by one."""
    if not re.search(rf"[\w{AMOUNT_MARK}{DOCUMENT_MARK}]", words):
        return "courtesy"
    if not is_question and not re.search(r"[^\W\d_]", words):
        return "result"  # a number, an amount: no word to look at
    answered = NOT_ANY.sub(lambda match: " " * len(match[0]), words)
    if OPEN_QUESTION.search(answered):
        return "question"
    if WISH.search(words):
        return "courtesy"
    if ANSWERED_BACK.search(words):
        return None
    if is_question or YES_NO_QUESTION.search(answered):
        return "extension" if _asks_for_time(words) else "question"
    polite = is_polite(words) and not re.search(rf"[\d{AMOUNT_MARK}{DOCUMENT_MARK}]", words)
    if (polite and not signs_of(words)) or RECEIVED.search(words) or _is_aside(words):
        return "courtesy"
    return "courtesy" if GREETING.search(words) and _progress_at(words) is None else None


def _is_aside(words: str) -> bool:
    """Whether words tell of the person, or of a meeting to come, and not of the work."""
    return bool(ASIDE.match(words) or (A_MEETING_AT.search(words) and not IN_THE_PAST.search(words)))


def _asks_for_time(words: str) -> bool:
    """Whether a question is a wish for time, "cho em lùi 1 tuần được không?", and not one about the rules."""
    if STILL_ASKED.search(words):
        return False  # "đã được lùi đến 20/6 chưa?"
    return bool(EXTENSION.search(words) and (REQUEST.search(words) or VAGUE_TIME.search(words)))


def _openings(text: str, clause: _Clause) -> list[tuple[Opening, int, int]]:
    """What opens a part in a clause, in order; where two open at one place, in the order of the table."""
    openings = (
        (role, match.start(), match.end())
        for role, pattern in OPENINGS
        for match in pattern.finditer(text, clause.start, clause.end)
    )
    return sorted(openings, key=lambda opening: opening[1])


def _cut(text: str, clause: _Clause) -> Iterator[Part]:
    """Cut a clause where its words change sides: "chưa xong | xin thêm 3 ngày | vì thiếu người"."""
    role: Role = "result"
    start = place = clause.start
    for opened, begins, ends in _openings(text, clause):
        if begins < place or opened not in ENDED_BY[role]:
            continue
        head = text[start:begins]
        # "kinh phí đang thiếu": what comes before belongs to the opening unless it tells of the work.
        if role != "result" or (head.strip() and (opened == "reason" or _progress_at(head) is not None)):
            yield Part(role, start, begins, clause.opens and start == clause.start)
            start = begins
        role, place = opened, ends
    yield Part(role, start, clause.end, clause.opens and start == clause.start)


def _continued(part: Part, before: Part | None, words: str) -> Part:
    """Let "các huyện chưa gửi số liệu" after "vướng kinh phí," be the difficulty that it goes on with."""
    if part.role != "result" or part.opens or before is None or _leads_with_progress(words):
        return part
    if before.role in ("difficulty", "proposal", "reason"):
        return replace(part, role=before.role)
    if before.role == "extension" and NEGATION.search(words):
        return replace(part, role="reason")
    return part


def _seen_to(part: Part, before: Part | None, text: str) -> Part:
    """Let "đơn vị sẽ triển khai thực hiện" behind "đã tiếp nhận" be no more of a report than that is."""
    words = text[part.start : part.end]
    if (
        before
        and WISH.search(text[before.start : before.end])
        and not part.opens
        and not OF_ONESELF.search(words)
    ):
        return replace(part, role="courtesy")  # "chúc sếp ngày mới tốt lành, công việc hoàn thành"
    if before is None or before.role != "courtesy" or not WILL_SEE_TO_IT.match(words):
        return part
    return replace(part, role="courtesy") if RECEIVED.search(text[before.start : before.end]) else part


def take_apart(text: str) -> tuple[Part, ...]:
    """Return the parts of NFC `text`, in order; only separators and joining words lie between them."""
    if FORWARDED.match(text):
        return (Part("courtesy", 0, len(text), opens=True),)  # others' words tell nothing of one's own work
    parts: list[Part] = []
    for clause in _clauses(text):
        words = text[clause.start : clause.end]
        role = _whole_role(words, clause.is_question)
        pieces = [Part(role, clause.start, clause.end, clause.opens)] if role else list(_cut(text, clause))
        for piece in pieces:
            before = parts[-1] if parts else None
            # Courtesies and questions in between do not break a sentence's thread.
            parts.append(_continued(_seen_to(piece, before, text), before, text[piece.start : piece.end]))
    return tuple(parts)
