"""Whether a plan that comes may be a new version of one that is kept under no number or another."""

from dataclasses import dataclass
from datetime import date

from domain.common.text import fold

_FEW = 3
"""So many duties must two plans share to be alike by their duties."""


@dataclass(frozen=True, slots=True)
class Described:
    """A plan as far as it is compared: `period` is None where it tells none, `work` are its duties' words."""

    number: str | None
    title: str
    period: tuple[date, date] | None
    work: frozenset[str]


def may_be_version(new: Described, old: Described) -> bool:
    """Tell whether `new` may be `old` come again: the same title and a number missing, or most duties alike.

    Two numbered plans for different years are two plans.
    """
    numbered = new.number is not None and old.number is not None
    if numbered and not _overlap(new.period, old.period):
        return False
    if not numbered and fold(new.title) == fold(old.title):
        return True
    shared = len(new.work & old.work)
    return shared >= _FEW and shared * 2 > min(len(new.work), len(old.work))


def _overlap(one: tuple[date, date] | None, other: tuple[date, date] | None) -> bool:
    return one is None or other is None or (one[0] <= other[1] and other[0] <= one[1])
