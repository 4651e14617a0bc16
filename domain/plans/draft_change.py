"""What a correction asks for: the change to one row or doubt of a draft, or why it asks for none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from domain.deadlines import Deadline, read_deadline
from domain.organisation.name_lookup import Meant, read_names
from domain.organisation.register import Register, Unit
from domain.plans.correction_replies import Verb
from domain.plans.draft import ASKED_KEY, Doubt, Draft
from domain.plans.rhythms import Rhythm, make_rhythm

ChangeVerb = Literal["drop", "quiet", "ask", "right", "who", "when"]
Reason = Literal[
    "unclear",
    "no_unit",
    "fits_two",
    "central",
    "no_date",
    "no_date_here",
    "no_rhythm",
    "order_how",
    "number_how",
    "no_number",
    "gone",
]

_ASKED_ONLY = frozenset({"order", "number"})
"""Kinds of doubts that are waved through, and not put right in the draft itself."""
_NAMES = ("line", "rule", "group", "unit")
_DATES = ("line", "rule")
_QUIET = ("line", "rule", "unit")
"""Which kinds of keys have units, have dates, and may be kept without anybody being asked."""


@dataclass(frozen=True, slots=True)
class DraftChange:
    """One change to the item `key` of a draft; `words` is what was typed, kept for the draft's next version.

    `units` are the names of those who answer for it ("who"), `deadline` has at least one date ("when");
    `rhythm` is chosen for all whom nobody would ask ("when" of the doubt "asked").
    """

    key: str
    verb: ChangeVerb
    words: str = ""
    units: tuple[str, ...] = ()
    deadline: Deadline | None = None
    rhythm: Rhythm | None = None


@dataclass(frozen=True, slots=True)
class CorrectionNotUnderstood:
    """A correction that changes nothing: why, the words that were not understood, the units that they fit."""

    reason: Reason
    words: str = ""
    choices: tuple[str, ...] = ()

    @property
    def may_be_no_correction(self) -> bool:
        """Whether the words may have been meant as something else than a correction."""
        return self.reason == "unclear"


def offered_verbs(key: str, doubt: Doubt | None) -> frozenset[Verb]:
    """Return what can be said of an item of a draft; `doubt` is what is doubtful in it, if anything is."""
    kind = key.split()[0]
    verbs: dict[Verb, bool] = {
        "who": kind in _NAMES,
        "drop": kind in _NAMES,
        "when": kind in _DATES,
        "quiet": kind in _QUIET,
        "ask": doubt is not None and doubt.kind == "passed",
        "right": doubt is not None and doubt.kind != "which",
    }
    return frozenset(verb for verb, may in verbs.items() if may)


def read_change(
    draft: Draft, register: Register, key: str, verb: Verb, words: str
) -> DraftChange | CorrectionNotUnderstood:
    """Read a correction of one item; `register` is the one in which names are looked up."""
    if not _is_there(draft, key):
        return CorrectionNotUnderstood("gone")
    return _ChangeReader(draft, register, key, words).read(verb)


def _is_there(draft: Draft, key: str) -> bool:
    names = {group.key for group in draft.open_groups} | {stranger for stranger, _ in draft.strangers}
    return draft.row(key) is not None or key in names or key == ASKED_KEY or key.split()[0] in _ASKED_ONLY


@dataclass(frozen=True, slots=True)
class _ChangeReader:
    draft: Draft
    register: Register
    key: str
    words: str

    def read(self, verb: Verb) -> DraftChange | CorrectionNotUnderstood:
        kind = self.key.split()[0]
        if kind == "order" and verb in ("who", "when", "either"):
            return CorrectionNotUnderstood("order_how")
        if kind == "number" and verb in ("who", "when", "either"):
            return CorrectionNotUnderstood("number_how")
        if kind == "asked" and verb in ("who", "when", "either"):
            return self._rhythm()
        if verb == "either":
            return self._either()
        if verb == "who":
            return self._who()
        if verb == "when":
            return self._when()
        if verb == "ask" and not self._has_date():
            return CorrectionNotUnderstood("no_date_here")
        if verb == "right" and kind == "unit":
            name = next(unit.name for key, unit in self.draft.strangers if key == self.key)
            fits = [unit for unit in self.register.candidates(name) if unit.name != name]
            if len(fits) > 1:
                return _fits_two(fits)
        return DraftChange(self.key, verb, self.words)

    def _has_date(self) -> bool:
        row = self.draft.row(self.key)
        return row is not None and bool(row.due)

    def _either(self) -> DraftChange | CorrectionNotUnderstood:
        """A date where one can be read, names where these are known."""
        meant = self._names()
        if meant.whole or meant.choices:
            return self._who()
        if read_deadline(self.words, *self.draft.period).dates:
            return self._when()
        return CorrectionNotUnderstood("unclear", self.words)

    def _who(self) -> DraftChange | CorrectionNotUnderstood:
        units = read_units(self.draft, self.register, self.words)
        if isinstance(units, CorrectionNotUnderstood):
            return units
        return DraftChange(self.key, "who", self.words, units=units)

    def _when(self) -> DraftChange | CorrectionNotUnderstood:
        if self.draft.row(self.key) is None:
            return CorrectionNotUnderstood("no_date_here")
        deadline = read_deadline(self.words, *self.draft.period)
        if not deadline.dates:
            return CorrectionNotUnderstood("no_date", self.words)
        return DraftChange(self.key, "when", self.words, deadline=deadline)

    def _rhythm(self) -> DraftChange | CorrectionNotUnderstood:
        rhythm = make_rhythm(self.words, self.draft)
        if rhythm is None:
            return CorrectionNotUnderstood("no_rhythm", self.words)
        return DraftChange(self.key, "when", self.words, rhythm=rhythm)

    def _names(self) -> Meant:
        return _meant(self.draft, self.register, self.words)


def read_units(draft: Draft, register: Register, words: str) -> tuple[str, ...] | CorrectionNotUnderstood:
    """Return the names of the units that somebody typed; "các đơn vị" are those that have work."""
    meant = _meant(draft, register, words)
    if meant.choices:
        return _fits_two(meant.choices)
    if not meant.whole:
        return CorrectionNotUnderstood("no_unit", meant.unclear or words)
    central = next((unit for unit in meant.units if unit.standing == "central"), None)
    if central is not None:
        return CorrectionNotUnderstood("central", central.name)
    return tuple(unit.name for unit in meant.units)


def _meant(draft: Draft, register: Register, words: str) -> Meant:
    known = {unit.name: unit for unit in register.units}
    working = [known[name] for name in draft.working if name in known]
    return read_names(words, register, working, draft.period[0])


def _fits_two(units: Sequence[Unit]) -> CorrectionNotUnderstood:
    return CorrectionNotUnderstood("fits_two", choices=tuple(unit.name for unit in units))
