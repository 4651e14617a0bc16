"""One-line progress updates, as officers type them with a thumb: what they say of a piece of work.

Two readers look at each: rules, which find numbers, days, reasons and wordings that somebody foresaw, and a
model that was learned from labelled lines. What both together make likely is recorded; else it is asked.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from domain.common.text import nfc
from domain.updates.behind import maybe_behind
from domain.updates.by_rules import is_open, read_by_rules
from domain.updates.items import Addressed, bare_item, corrected, split_items
from domain.updates.learned import judge
from domain.updates.note import note_of
from domain.updates.numbers import dotted
from domain.updates.update import Update

__all__ = [
    "Addressed",
    "Update",
    "bare_item",
    "corrected",
    "dotted",
    "facts_of",
    "maybe_behind",
    "read_until",
    "read_update",
    "split_items",
]

_WHOLE: Final = 100
LIKELY: Final[Mapping[str, float]] = {"done": 0.8, "in_progress": 0.5, "not_started": 0.5, "nil": 0.8}
"""How likely a state must be by the model to overrule the rules; done the most, since it ends the asking."""
_UNSEEN: Final = 0.85
"""How likely any state must be where the rules see none: a caption, a remark is no report."""
_TENABLE: Final = 0.3
"""How likely the rules' state must be by the model; else it is asked about."""
_ASKS_TIME = "xin lùi đến"


def read_update(text: str, *, today: date, due: date | None) -> Update:
    """Return what `text` says; it never raises. `today` and `due` are local dates.

    "lùi 1 tuần" counts from the due date ("1 tuần nữa nộp" from today); the day of a cited document is no new
    due date. A question or a courtesy says nothing. Where a part is done the whole is in progress.
    """
    text = nfc(text)
    read = read_by_rules(text, today=today, due=due)
    if not _is_settled(read):
        read = _judged(read, text, today, due)
    # Words beside nothing that was understood are no result: they may be any remark.
    remark = replace(read, result=None)
    return read if remark.says_something else remark


def facts_of(text: str, read: Update, *, today: date, due: date | None) -> frozenset[str]:
    """Return what the rules found in a line, as words for the model."""
    told = {f"state {read.state}", f"percent {_amount(read.percent)}"}
    told |= {f"role {part.role}" for part in note_of(text, today, due).parts}
    flags = {
        "blocked": read.blocked,
        "time": read.wants_extension,
        "unclear": read.unclear,
        "number": read.documents,
    }
    return frozenset(told | {name for name, is_so in flags.items() if is_so})


def _amount(percent: int | None) -> str:
    return "none" if percent is None else "all" if percent == _WHOLE else "part" if percent else "zero"


def _is_settled(read: Update) -> bool:
    """Whether the rules alone decide: of courtesies, numbers, a bare state or obstacle, what they ask."""
    is_measured = read.state in ("in_progress", "not_started") and read.percent is not None
    is_bare = read.state is not None and read.result is None
    is_stateless = read.state is None and (read.blocked or read.unclear is not None)
    return read.acknowledged or is_measured or is_bare or is_stateless


def _judged(read: Update, text: str, today: date, due: date | None) -> Update:
    """Return the update with the state that is likely by rules and model together, or with the question.

    What the rules call done was proved word by word: it stays so, or is asked about.
    """
    likelihoods = judge(text, facts_of(text, read, today=today, due=due))
    best = max(likelihoods, key=likelihoods.__getitem__)
    if best == (read.state or "none"):
        return read
    if best != "none" and best != "ask" and read.state != "done":
        is_likely = likelihoods[best] >= (LIKELY[best] if read.state else _UNSEEN)
        is_denied = read.blocked or read.wants_extension or is_open(text, today, due)
        if is_likely and not (best in ("done", "nil") and is_denied):
            return replace(read, state=best, percent=_WHOLE if best == "done" else None)
    is_tenable = read.state is None or likelihoods[read.state] >= _TENABLE
    return read if is_tenable or read.blocked or read.wants_extension else Update(unclear=text.strip())


def read_until(text: str, *, today: date, due: date | None) -> date | None:
    """Return the day that answers the question until when: "20/6", "1 tuần", also one not after `due`."""
    as_request = f"{_ASKS_TIME} {text}"
    readings = ((as_request, due), (text, due), (as_request, None))
    days = (read_update(words, today=today, due=limit).extension_to for words, limit in readings)
    return next((day for day in days if day is not None), None)
