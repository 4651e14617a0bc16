"""How a report says what a unit answered: its own words, or by rule what a bare or unmarked answer tells."""

from datetime import date

from domain.common.text import fold, squeeze
from domain.reporting.bare_answers import cited_on, is_bare, is_unmarked
from domain.updates import Update, read_update
from handlers.common.wording import Wording
from storage.reporting.report_store import LatestUpdate

_DONE = ("done", "nil")
REWORDED = "(*)"
"""Marks what the unit did not write so; a note at the end of the report explains it."""


def word_result(wording: Wording, update: LatestUpdate) -> str | None:
    """Return what a unit said; None where all of it stands among the difficulties and proposals.

    A sentence stays whole and word for word: what was misread may not go missing. What tells no more than a
    state, a number, a date, or was typed without diacritics, is said in proper words and marked. What was
    only tapped needs no mark.
    """
    said_on = update.said_at.astimezone(wording.zone).date()
    read = read_update(update.text, today=said_on, due=None)
    hinders = bool(update.difficulty or update.proposal)
    if read.result is None and hinders and read.state not in _DONE and read.percent is None:
        return None
    if _is_tap(wording, update.text):
        return _state(wording, update)
    if is_unmarked(update.text) or _has_bare_slang(update):
        return f"{_reworded(wording, update, read, said_on)} {REWORDED}"
    tells = hinders or read.result is not None or update.documents
    return squeeze(update.text) if tells else f"{_state(wording, update)} {REWORDED}"


def word_piece(wording: Wording, text: str | None) -> str | None:
    """Return a difficulty or a proposal as a report quotes it: one typed without diacritics is marked."""
    if text is None or not is_unmarked(text):
        return text
    return f"{wording.texts('report.quoted', words=squeeze(text)).unescape()} {REWORDED}"


def _is_tap(wording: Wording, text: str) -> bool:
    """Whether a text is no more than a button's words, or those by which a line ends a report."""
    return fold(text) in {
        fold(wording.texts(f"said.{key}").unescape()) for key in ("report", "done", "doing")
    }


def _has_bare_slang(update: LatestUpdate) -> bool:
    """Whether an answer that tells no more than a state is worded as in talk: "xong r nhé"."""
    rest = _without_pieces(update)
    return is_bare(rest) and not rest.strip()[:1].isupper()


def _without_pieces(update: LatestUpdate) -> str:
    text = update.text
    for piece in filter(None, (update.difficulty, update.proposal)):
        text = text.replace(piece, " ")
    return text


def _reworded(wording: Wording, update: LatestUpdate, read: Update, said_on: date) -> str:
    """The state, how much of it, by which document; then the reason, and what no rule can put better."""
    texts = wording.texts
    text = _measured(wording, update, read)
    if update.documents:
        numbers, day = ", ".join(update.documents), cited_on(update.text, said_on)
        key = "report.by_document" if day is None else "report.by_dated_document"
        text = texts(key, words=text, numbers=numbers, day=wording.full(day or said_on)).unescape()
    if not is_bare(_without_pieces(update)):
        return texts("report.told_as", words=text, text=squeeze(update.text)).unescape()
    if update.difficulty:
        reason = word_piece(wording, update.difficulty) or ""
        text = texts("report.hindered", words=text, reason=reason.removesuffix(f" {REWORDED}")).unescape()
    return text


def _measured(wording: Wording, update: LatestUpdate, read: Update) -> str:
    state = wording.told(update.state).unescape()
    if update.state in _DONE or (read.done_of is None and update.percent is None):
        return state
    amount = f"{read.done_of[0]}/{read.done_of[1]}" if read.done_of else f"{update.percent}%"
    return wording.texts("report.amount", words=state, amount=amount).unescape()


def _state(wording: Wording, update: LatestUpdate) -> str:
    """A bare tap is told by its state."""
    state = wording.told(update.state).unescape()
    is_measured = update.percent is not None and update.state not in _DONE
    return f"{state}, {update.percent}%" if is_measured else state
