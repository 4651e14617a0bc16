"""What a later version of a plan changes: its duties, activities and reporting rules, old against new."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Literal

from domain.common.recurrence import Recurrence
from domain.common.text import fold, squeeze
from domain.plans.commitments import Part

Kind = Literal["duty", "activity", "report"]
Sign = Literal["+", "-", "~"]
"""What a version adds, takes out, changes."""

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
    inclusive: bool = True
    """Whether what comes on a date itself is in time."""
    asks_past: bool = False
    """Whether its last date is asked for though it has passed."""

    @property
    def asked(self) -> frozenset[str]:
        """The units that answer for it: partners are only named."""
        return frozenset(unit for unit, part in self.parts if part != "partner")


def key_of_clause(clause: Clause) -> str:
    """Return a clause's key among the rows of its plan: "line 12", "rule 3"."""
    return f"{'rule' if clause.kind == 'report' else 'line'} {clause.id}"


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

    @property
    def keys(self) -> tuple[tuple[Sign, str], ...]:
        """What can be left out, one by one: added, removed, changed; of what goes out the plan's own key."""
        return (
            *(("+", key_of_clause(clause)) for clause in self.added),
            *(("-", key_of_clause(clause)) for clause in self.removed),
            *(("~", key_of_clause(pair.new)) for pair in self.changed),
        )


@dataclass(frozen=True, slots=True)
class DateMatch:
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


def match_dates(old: Iterable[date], new: Iterable[date]) -> DateMatch:
    """Tell where each date went: what stays is left, then the nearest are the same date, moved."""
    before, after = set(old), set(new)
    gone, come = before - after, after - before
    moved: dict[date, date] = {}
    for _, was, now in sorted((abs(now - was), was, now) for was in gone for now in come):
        if was in gone and now in come:
            moved[was] = now
            gone.remove(was)
            come.remove(now)
    return DateMatch(moved, tuple(sorted(gone)), tuple(sorted(come)))


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
    before = _Index({place: _Worded.of(old[place]) for place in _left(old, known.values())})
    likenesses = [
        (-like, n, o) for n in _left(new, known) for o, like in before.likenesses(_Worded.of(new[n]))
    ]
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, n, o in sorted(likenesses):
        if n not in found and o not in taken:
            found[n] = o
            taken.add(o)
    return found


@dataclass(frozen=True, slots=True)
class _Worded:
    """A clause as its likeness to others is measured: its words in order, and how often it has each."""

    kind: Kind
    heading: str
    words: Sequence[str]
    counts: Counter[str]

    @classmethod
    def of(cls, clause: Clause) -> "_Worded":
        words = fold(clause.text).split()
        return cls(clause.kind, fold(clause.heading), words, Counter(words))

    def least(self, other: "_Worded") -> float:
        """The likeness from which on the two are the same clause."""
        if self.heading != other.heading:
            return _ALIKE_ELSEWHERE
        return _ALIKE_REPORT if self.kind == "report" else _ALIKE_HERE


class _Index:
    """Clauses by their words: two documents of some hundred clauses make more pairs than can be compared."""

    def __init__(self, clauses: dict[int, _Worded]) -> None:
        self._clauses = clauses
        self._places: dict[str, list[tuple[int, int]]] = {}
        for place, clause in clauses.items():
            for word, count in clause.counts.items():
                self._places.setdefault(word, []).append((place, count))

    def likenesses(self, clause: _Worded) -> Iterator[tuple[int, float]]:
        """Yield the places of those that may be an older form of the clause, with their likeness (0 to 1)."""
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(clause.words)
        for place, shared in self._shared(clause).items():
            other = self._clauses[place]
            least = clause.least(other)
            # No order of the words can make two clauses more alike than the words that they share.
            if other.kind != clause.kind or _ratio(shared, clause, other) < least:
                continue
            matcher.set_seq1(other.words)
            like = matcher.ratio()
            if like >= least:
                yield place, like

    def _shared(self, clause: _Worded) -> dict[int, int]:
        """How many words each of the others shares with the clause, one said twice counted twice."""
        shared: dict[int, int] = {}
        for word, count in clause.counts.items():
            for place, others in self._places.get(word, ()):
                shared[place] = shared.get(place, 0) + min(count, others)
        return shared


def _ratio(shared: int, one: _Worded, other: _Worded) -> float:
    return 2 * shared / (len(one.words) + len(other.words))


def _left(clauses: Sequence[Clause], taken: Iterable[int]) -> Iterator[int]:
    gone = set(taken)
    return (place for place in range(len(clauses)) if place not in gone)
