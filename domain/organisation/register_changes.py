"""What an import makes of the register: it adds and completes, and never takes away."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.organisation.body_kinds import Standing
from domain.organisation.register import Register, Unit, words


@dataclass(frozen=True, slots=True)
class UnitRow:
    """What a row of a table says of a unit; None, "" and nothing in a list: it says nothing of that.

    `phone` is the number of its office, in digits.
    """

    name: str
    abbreviation: str | None = None
    spellings: tuple[str, ...] = ()
    tags: frozenset[str] = frozenset()
    standing: Standing | None = None
    phone: str = ""


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A unit as it was and as it becomes. `alike` are other units that bear the name of a new one.

    `phone` is its office's number as it becomes, `was_phone` as it was, "" where there is none.
    """

    was: Unit | None
    becomes: Unit
    alike: tuple[str, ...] = ()
    was_phone: str = ""
    phone: str = ""

    @property
    def changes(self) -> bool:
        """Whether anything is added or changed."""
        return self.was != self.becomes or self.phone != self.was_phone


def unit_changes(
    known: Sequence[Unit], rows: Iterable[UnitRow], phones: Mapping[str, str]
) -> tuple[UnitChange, ...]:
    """Return what becomes of each unit that rows name; several rows of one unit complete each other.

    `phones` are the telephone numbers that are known, by the unit's name.
    """
    register = Register(tuple(known))
    by_name = {_key(unit.name): unit for unit in known}
    changes: dict[str, UnitChange] = {}
    for row in rows:
        key = _key(row.name)
        was = by_name.get(key)
        before = changes[key].becomes if key in changes else was or Unit(row.name)
        alike = () if was else tuple(unit.name for unit in register.candidates(row.name))
        was_phone = phones.get(was.name, "") if was else ""
        phone = row.phone or (changes[key].phone if key in changes else was_phone)
        changes[key] = UnitChange(was, merged(before, row), alike, was_phone, phone)
    return tuple(changes.values())


def merged(unit: Unit, row: UnitRow) -> Unit:
    """Return a unit with what a row says: lists grow, what the row leaves empty stays."""
    known = {_key(spelling) for spelling in (unit.name, *unit.spellings)}
    new = [spelling for spelling in dict.fromkeys(row.spellings) if _key(spelling) not in known]
    return replace(
        unit,
        abbreviation=row.abbreviation or unit.abbreviation,
        spellings=(*unit.spellings, *new),
        tags=unit.tags | row.tags,
        standing=row.standing or unit.standing,
    )


def _key(name: str) -> str:
    return " ".join(words(name))
