"""One-line progress updates, as officers type them with a thumb: what they say of a piece of work.

Two readers look at each: rules, which find numbers, days, reasons and wordings that somebody foresaw, and a
model that was learned from labelled lines and knows what the rules found. What is likely is recorded; else it
is asked about.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from domain.common.text import nfc
from domain.updates.behind import maybe_behind
from domain.updates.by_rules import is_open, read_by_rules
from domain.updates.items import Addressed, bare_item, corrected, split_items
from domain.updates.learned import Judgement, judge
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
LIKELY: Final[Mapping[str, float]] = {"done": 0.8, "in_progress": 0.55, "not_started": 0.55, "nil": 0.8}
"""How likely a state must be by the model to be recorded; done the most, since it ends the asking."""
_UNSEEN: Final = 0.7
"""How likely any state must be where the rules see none: a caption, a remark is no report."""
_DENIED: Final = 0.85
"""How likely done or nil must be where the rules know the work to be hindered; where open, it is neither."""
_AGREED: Final = 0.35
"""How likely the rules' state must be by the model; else it is asked about."""
_PROVED: Final = 0.25
"""How likely the rules' state must be where it is done, or where the words say no more than that state."""
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
    """Whether the rules alone decide: of courtesies, of what is measured by a number, of what they ask."""
    is_measured = read.state in ("in_progress", "not_started") and read.percent is not None
    return read.acknowledged or is_measured or (read.state is None and read.unclear is not None)


def _judged(read: Update, text: str, today: date, due: date | None) -> Update:
    """Return the update with the state that the model makes likely, knowing what the rules found; or none."""
    likelihoods = judge(text, facts_of(text, read, today=today, due=due))
    best = max(likelihoods, key=likelihoods.__getitem__)
    if read.state and _is_upheld(read, likelihoods[read.state], best):
        return read
    if best == "none" or best == "ask" or read.state in ("done", best):
        return _without_state(read, text)
    if likelihoods[best] < _needed(best, read) or (best in ("done", "nil") and is_open(text, today, due)):
        return _without_state(read, text)
    return replace(read, state=best, percent=_WHOLE if best == "done" else None, unclear=None)


def _is_upheld(read: Update, likelihood: float, best: Judgement) -> bool:
    """Whether the rules' state is recorded. What they call done is so or is asked about, and nothing else."""
    is_bare, says_nothing = read.result is None, best in ("none", "ask")
    if is_bare:
        return says_nothing or likelihood >= _PROVED
    if read.state == "done":
        return not says_nothing and likelihood >= _PROVED
    return best == read.state and likelihood >= _AGREED


def _needed(state: str, read: Update) -> float:
    """Return how likely a state must be that the rules did not find."""
    if state in ("done", "nil") and (read.blocked or read.wants_extension):
        return _DENIED
    return max(LIKELY[state], _UNSEEN if read.state is None else 0)


def _without_state(read: Update, text: str) -> Update:
    """Return what else the rules found; the whole line to be asked about where that is only a state."""
    if read.state is None:
        return read
    if read.blocked or read.wants_extension:
        return replace(read, state=None, percent=None)
    return Update(unclear=text.strip())


def read_until(text: str, *, today: date, due: date | None) -> date | None:
    """Return the day that answers the question until when: "20/6", "1 tuần", also one not after `due`."""
    as_request = f"{_ASKS_TIME} {text}"
    readings = ((as_request, due), (text, due), (as_request, None))
    days = (read_update(words, today=today, due=limit).extension_to for words, limit in readings)
    return next((day for day in days if day is not None), None)
