"""The list of changes by which a later version of a plan takes its place, clause by clause."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.common.text import fold, squeeze
from domain.plans.version_diff import Changes, Clause, Pair, compare

_NUMBERS = re.compile(r"\d[\d/.-]*")


@dataclass(frozen=True, slots=True)
class ClauseWithdrawn:
    """A clause of the plan is no longer in the later version; what units said of it stays on record."""

    clause: Clause


@dataclass(frozen=True, slots=True)
class TakenOver:
    """A clause of the plan stays, with the words, units and dates of the later version."""

    pair: Pair


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """A clause that was withdrawn earlier stands again, with all that units said of it before."""

    pair: Pair


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """A clause of the later version becomes one of the plan's."""

    clause: Clause


@dataclass(frozen=True, slots=True)
class CorrectedByHand:
    """A clause of a live plan was corrected by hand: its words, units and dates are written already."""

    pair: Pair


ClauseChange = ClauseWithdrawn | TakenOver | BroughtBack | BroughtIn | CorrectedByHand


def changes_by_version(found: Changes, withdrawn: Sequence[Clause]) -> tuple[ClauseChange, ...]:
    """Return the changes that a later version makes, as `found` compares it with its plan.

    `withdrawn` is what earlier versions took out of the plan: a clause that comes in the same words again,
    its dates aside, is brought back.
    """
    back = brought_back(withdrawn, found.added)
    again = [pair.new for pair in back]
    return (
        *map(ClauseWithdrawn, found.removed),
        *map(TakenOver, (*found.kept, *found.changed)),
        *map(BroughtBack, back),
        *(BroughtIn(clause) for clause in found.added if clause not in again),
    )


def brought_back(withdrawn: Sequence[Clause], added: Sequence[Clause]) -> tuple[Pair, ...]:
    """Pair what a version adds with what was withdrawn earlier in the same words, their dates aside."""
    found = compare(withdrawn, added)
    pairs = (*found.kept, *found.changed)
    return tuple(pair for pair in pairs if _undated(pair.old.text) == _undated(pair.new.text))


def changes_by_hand(before: Iterable[Clause], now: Iterable[Clause]) -> tuple[ClauseChange, ...]:
    """Return the clauses of a live plan that were corrected by hand, as they were and as they are."""
    as_they_are = {(clause.kind == "report", clause.id): clause for clause in now}
    pairs = (
        Pair(old, as_they_are[key])
        for old in before
        if (key := (old.kind == "report", old.id)) in as_they_are
    )
    return tuple(CorrectedByHand(pair) for pair in pairs if pair.changed)


def _undated(text: str) -> str:
    return squeeze(_NUMBERS.sub(" ", fold(text)))
