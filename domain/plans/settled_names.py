"""What the corrections of a draft say that names mean, to be known when the next plan is read."""

from collections.abc import Iterable, Iterator

from domain.organisation.register import Register
from domain.plans.carried_corrections import Made
from domain.plans.draft import Draft
from domain.plans.draft_change import CorrectionNotUnderstood, read_units
from domain.plans.judgements import bare_heading


def settled_names(
    made: Iterable[Made], draft: Draft, register: Register
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each name that somebody explained, with the units that they named.

    A name that bodies of the register bear, or that means whoever has work in a plan, is not explained anew.
    """
    for correction in made:
        name = _explained(correction)
        if name is None or register.candidates(name) or register.means_everyone(name):
            continue
        units = read_units(draft, register, correction.words)
        if not isinstance(units, CorrectionNotUnderstood):
            yield name, units


def _explained(correction: Made) -> str | None:
    kind, text = correction.subject.kind, correction.subject.text
    if not correction.words:
        return None
    if kind in ("group", "unit") and correction.verb in ("who", "either"):
        return text
    return bare_heading(text) if kind == "passage" and correction.verb == "heading" else None
