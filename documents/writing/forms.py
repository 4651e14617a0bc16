"""What the documents of an office have in common: who sends, who signs, which plan, what was said.

Names of bodies are written as in a sentence ("Sở Ngoại vụ"); the template makes capitals of them.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.common.text import fold


@dataclass(frozen=True, slots=True)
class IssuingBody:
    """The issuing body. `superior` stands above it in the head, "" for none; `suffix` ends the number.

    `place` is the place of issue ("Hà Khê"), `suffix` what follows the slash ("BC-SVHTTDL").
    """

    superior: str
    body: str
    place: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Signer:
    """Who is to sign: the lines of authority from the top ("KT. Giám đốc", "Phó Giám đốc"), and the name."""

    authority: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """A plan as other documents name it: "Kế hoạch ... năm 2026", its number, its local date."""

    name: str
    number: str | None = None
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """So many of something, as a unit told it: 3 hội nghị."""

    amount: int
    what: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What one unit said, or several in the same words; the words are theirs and stay as they are.

    `counted` is what each of the units counted in them.
    """

    units: tuple[str, ...]
    words: str
    counted: tuple[Count, ...] = ()


def totals(results: Iterable[Remark]) -> tuple[Count, ...]:
    """Return what was counted, summed over all units that said it, in the order of its first mention."""
    sums: Counter[str] = Counter()
    names: dict[str, str] = {}
    for remark in results:
        for count in remark.counted:
            key = fold(count.what)
            names.setdefault(key, count.what)
            sums[key] += count.amount * len(remark.units)
    return tuple(Count(sums[key], what) for key, what in names.items())
