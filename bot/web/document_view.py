"""A draft's document as its page shows it: passage by passage, each with what became of it."""

from dataclasses import dataclass

from domain.organisation.register import Register
from domain.plans.draft import Draft
from domain.plans.plan import Passage

_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage as it is laid out: a table row's cells, how deep it stands, the anchors of its rows."""

    passage: Passage
    cells: tuple[str, ...]
    depth: int
    rows: tuple[str, ...]


def shown_passages(draft: Draft) -> tuple[ShownPassage, ...]:
    """Return the passages of a draft, in the order of its document."""
    rows: dict[int, list[str]] = {}
    for row in draft.rows:
        if row.passage is not None:
            rows.setdefault(row.passage, []).append(row.key.replace(" ", "-"))
    return tuple(
        ShownPassage(
            passage, tuple(passage.text.split(" | ")), _depth(passage), tuple(rows.get(passage.index, ()))
        )
        for passage in draft.passages
    )


def names_to_choose(draft: Draft, register: Register) -> tuple[tuple[str, str], ...]:
    """Return the units that exist, those with work in the draft first, each with its abbreviation."""
    there = {
        unit.name: unit.abbreviation or ""
        for unit in register.units
        if unit.exists(draft.today) and unit.standing != "central"
    }
    first = [name for name in draft.working if name in there]
    return tuple((name, there[name]) for name in dict.fromkeys((*first, *there)))


def _depth(passage: Passage) -> int:
    """A heading stands where its number puts it; what it opens, one step deeper."""
    if not passage.section:
        return 0
    return min(passage.section.count(".") + (passage.fate != "heading"), _DEEPEST)
