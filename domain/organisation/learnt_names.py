"""Names that people have explained: an expression of a document, and the units that it means here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from domain.organisation.register import Group, Register, Unit

LearntNames = Mapping[str, Sequence[str]]
"""The names of units by the expression that means them."""


def with_learnt(units: Iterable[Unit], groups: Sequence[Group], learnt: LearntNames) -> Register:
    """Return a register that knows learnt names: one unit's as its spelling, several units' as a group."""
    known = {unit.name: unit for unit in units}
    more: list[Group] = []
    for number, (expression, names) in enumerate(learnt.items()):
        units_meant = [known[name] for name in names if name in known]
        if len(units_meant) == 1:
            known[units_meant[0].name] = replace(
                units_meant[0], spellings=(*units_meant[0].spellings, expression)
            )
            continue
        tag = f"learnt-{number}"
        more.append(Group((expression,), frozenset({tag})))
        known |= {unit.name: replace(unit, tags=unit.tags | {tag}) for unit in units_meant}
    return Register(tuple(known.values()), (*groups, *more))
