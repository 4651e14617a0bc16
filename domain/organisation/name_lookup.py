"""Which units somebody means who types their names in a line, with or without diacritics."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from domain.common.text import fold
from domain.organisation.register import Register, Unit, words

_LONGEST = 16
"""Words of the longest name or group phrase that is looked for."""

_LINKS = frozenset(words("va và voi với cung cùng ca cả tat tất la là cho"))
"""Words that stand between names and name nobody."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The units that a line names, in its order. `unclear` are the words that name none that is known.

    `choices` are the units that an abbreviation in it fits, where these are several.
    """

    units: tuple[Unit, ...]
    unclear: str = ""
    choices: tuple[Unit, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether every word was understood, and somebody is named."""
        return bool(self.units) and not self.unclear and not self.choices


def read_names(text: str, register: Register, working: Sequence[Unit], on: date) -> Meant:
    """Read the units in `text`: names, abbreviations, spellings, and groups as they stand on the day `on`.

    `working` are the units to which the plan gives work: "các đơn vị" means these.
    """
    return _Names(text, register, working, on).read()


class _Names:
    """One line, read from its first word to its last, the longest name first."""

    def __init__(self, text: str, register: Register, working: Sequence[Unit], on: date) -> None:
        self.register, self.working, self.on = register, working, on
        self.raw = re.findall(r"\w+", text)
        self.words = words(text)
        self.plain = tuple(fold(one) for one in self.raw)
        self.phrases = {
            tuple(fold(" ".join(words(phrase))).split()): phrase
            for group in register.groups
            for phrase in group.phrases
        }

    def read(self) -> Meant:
        units: dict[str, Unit] = {}
        unclear: list[str] = []
        at = 0
        while at < len(self.raw):
            length, units_here, sure = next(self._at(at), (1, (), True))
            if not sure:
                return Meant(tuple(units.values()), "", units_here)
            units.update({unit.name: unit for unit in units_here})
            if not units_here and self.plain[at] not in _LINKS:
                unclear.append(self.raw[at])
            at += length
        return Meant(tuple(units.values()), " ".join(unclear))

    def _at(self, at: int) -> Iterator[tuple[int, tuple[Unit, ...], bool]]:
        """Yield what begins at a word: its length, its units, and False where it may be one or the other."""
        exact = self.register.match(self.words, at) if len(self.words) == len(self.raw) else None
        for length in range(min(_LONGEST, len(self.raw) - at), 0, -1):
            if exact and exact[0] == length:
                yield length, (exact[1],), True
            key = self.plain[at : at + length]
            if key in self.phrases:
                yield length, self._members(self.phrases[key]), True
            fits = self.register.candidates(" ".join(key))
            if fits:
                yield length, fits, len(fits) == 1

    def _members(self, phrase: str) -> tuple[Unit, ...]:
        if self.register.means_everyone(phrase):
            return tuple(self.working)
        usual = {unit.name: unit for unit in self.register.units if unit.common}
        members = usual | {unit.name: unit for unit in self.working}
        return self.register.expand(phrase, members.values(), self.on) or ()
