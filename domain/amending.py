"""What a later version of a plan changes: its duties, activities and reporting rules, old against new."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Literal

from domain.commitments import Part
from domain.plan import Recurrence
from domain.text import fold, squeeze

Kind = Literal["duty", "activity", "report"]

_ALIKE_HERE, _ALIKE_ELSEWHERE = 0.5, 0.75
"""How much of its words a clause keeps (0 to 1) to be the same one: under its heading, and under another."""

_ALIKE_REPORT = 0.3
"""The same of a reporting rule with the same reporter, whose words are few beside its dates."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A duty, an activity or a reporting rule as it is compared; `id` is its keeper's own.

    `heading` is what it stands under; for a rule, who reports. `due` holds its dates, ascending.
    """

    id: int
    kind: Kind
    section: str
    heading: str
    text: str
    parts: tuple[tuple[str, Part], ...]
    due: tuple[date, ...]
    recurrence: Recurrence = "once"

    @property
    def asked(self) -> frozenset[str]:
        """The units that answer for it: partners are only named."""
        return frozenset(unit for unit, part in self.parts if part != "partner")


@dataclass(frozen=True, slots=True)
class Pair:
    """A clause in the older version, and the same one in the newer."""

    old: Clause
    new: Clause

    @property
    def reworded(self) -> bool:
        """Whether it says the same in other words."""
        return squeeze(self.old.text) != squeeze(self.new.text)

    @property
    def moved(self) -> bool:
        """Whether its dates differ."""
        return self.old.due != self.new.due

    @property
    def joined(self) -> frozenset[str]:
        """The units that answer for it from now on."""
        return self.new.asked - self.old.asked

    @property
    def left(self) -> frozenset[str]:
        """The units that answer for it no longer."""
        return self.old.asked - self.new.asked

    @property
    def changed(self) -> bool:
        """Whether anybody has to do something else; a new section number alone is no change."""
        return self.reworded or self.moved or bool(self.joined or self.left)


@dataclass(frozen=True, slots=True)
class Changes:
    """The difference between two versions, each part in the order of the document."""

    added: tuple[Clause, ...]
    removed: tuple[Clause, ...]
    changed: tuple[Pair, ...]
    kept: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Dates:
    """Where the dates of a clause went: old to new, those that fell away, those that came."""

    moved: dict[date, date]
    gone: tuple[date, ...]
    come: tuple[date, ...]


def compare(old: Sequence[Clause], new: Sequence[Clause]) -> Changes:
    """Tell which clauses of `new` are which of `old`: by their words, then by likeness."""
    pairs: dict[int, int] = {}
    for key in (_place_and_words, _words):
        pairs |= _equal(old, new, pairs, key)
    pairs |= _alike(old, new, pairs)
    taken = set(pairs.values())
    matched = [Pair(old[pairs[n]], clause) for n, clause in enumerate(new) if n in pairs]
    return Changes(
        added=tuple(clause for n, clause in enumerate(new) if n not in pairs),
        removed=tuple(clause for n, clause in enumerate(old) if n not in taken),
        changed=tuple(pair for pair in matched if pair.changed),
        kept=tuple(pair for pair in matched if not pair.changed),
    )


def match_dates(old: Iterable[date], new: Iterable[date]) -> Dates:
    """Tell where each date went: what stays is left, then the nearest are the same date, moved."""
    before, after = set(old), set(new)
    gone, come = before - after, after - before
    moved: dict[date, date] = {}
    for _, was, now in sorted((abs(now - was), was, now) for was in gone for now in come):
        if was in gone and now in come:
            moved[was] = now
            gone.remove(was)
            come.remove(now)
    return Dates(moved, tuple(sorted(gone)), tuple(sorted(come)))


def _place_and_words(clause: Clause) -> Hashable:
    return clause.kind, fold(clause.heading), squeeze(clause.text)


def _words(clause: Clause) -> Hashable:
    return clause.kind, squeeze(clause.text)


def _equal(
    old: Sequence[Clause], new: Sequence[Clause], known: dict[int, int], key: Callable[[Clause], Hashable]
) -> dict[int, int]:
    """Pair those of the same key, the first with the first: a document may say a thing twice."""
    waiting: dict[Hashable, list[int]] = {}
    for o in _left(old, known.values()):
        waiting.setdefault(key(old[o]), []).append(o)
    found: dict[int, int] = {}
    for n in _left(new, known):
        if places := waiting.get(key(new[n])):
            found[n] = places.pop(0)
    return found


def _alike(old: Sequence[Clause], new: Sequence[Clause], known: dict[int, int]) -> dict[int, int]:
    """Pair those that are alike enough, the likest first."""
    places = list(_left(old, known.values()))
    likenesses = [(-like, n, o) for n in _left(new, known) for o, like in _likenesses(new[n], old, places)]
    found: dict[int, int] = {}
    for _, n, o in sorted(likenesses):
        if n not in found and o not in found.values():
            found[n] = o
    return found


def _likenesses(
    clause: Clause, among: Sequence[Clause], places: Iterable[int]
) -> Iterator[tuple[int, float]]:
    """Yield the places of those that may be an older form of the clause, with their likeness."""
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(fold(clause.text).split())
    for place in places:
        other = among[place]
        if other.kind != clause.kind:
            continue
        matcher.set_seq1(fold(other.text).split())
        least = _least(clause, other)
        if min(matcher.real_quick_ratio(), matcher.quick_ratio()) >= least:  # a document rewritten throughout
            like = matcher.ratio()
            if like >= least:
                yield place, like


def _least(clause: Clause, other: Clause) -> float:
    if fold(clause.heading) != fold(other.heading):
        return _ALIKE_ELSEWHERE
    return _ALIKE_REPORT if clause.kind == "report" else _ALIKE_HERE


def _left(clauses: Sequence[Clause], taken: Iterable[int]) -> Iterator[int]:
    gone = set(taken)
    return (place for place in range(len(clauses)) if place not in gone)
