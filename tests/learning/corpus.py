"""The labelled lines that the model learns from, and those that it never sees."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from domain.updates import facts_of
from domain.updates.by_rules import read_by_rules

HERE: Final = Path(__file__).parent
TODAY, DUE = date(2026, 6, 8), date(2026, 6, 15)
_CURATED: Final = Path(__file__).parents[1] / "domain" / "updates"
_STATES: Final = frozenset({"done", "in_progress", "not_started", "nil"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line and the judgements right of it, the best first; rules were written after curated ones."""

    text: str
    judgements: tuple[str, ...]
    curated: bool = False

    @property
    def facts(self) -> frozenset[str]:
        """What the rules find in it; that they find the state of a curated line proves nothing."""
        read = read_by_rules(self.text, today=TODAY, due=DUE)
        facts = facts_of(self.text, read, today=TODAY, due=DUE)
        return _without_states(facts) if self.curated else facts


def lines(name: str = "lines.txt") -> Iterator[Line]:
    """Return the lines that were written for the model, before any rule had seen them."""
    for row in (HERE / name).read_text(encoding="utf-8").splitlines():
        if row and not row.startswith("# "):
            text, _, judgements = row.rpartition(" | ")
            yield Line(text, tuple(judgements.split("/")))


def curated() -> Iterator[Line]:
    """Return the lines that the rules were written after."""
    for name in ("update_lines.txt", "update_kinds.txt", "fresh_lines.txt"):
        for row in (_CURATED / name).read_text(encoding="utf-8").splitlines():
            text, _, fields = row.replace("\\n", "\n").rpartition(" | ")
            if text and not row.startswith("#") and (judgement := _judgement(fields)):
                yield Line(text, (judgement,), curated=True)


def _without_states(facts: frozenset[str]) -> frozenset[str]:
    return frozenset(fact for fact in facts if not fact.startswith("state ") and fact != "unclear")


def _judgement(fields: str) -> str | None:
    """What a line of the rules' tests teaches; None where it leaves the state open."""
    first = fields.split()[0].split("/")[0]
    if first in _STATES:
        return first
    return (
        "none" if first in ("-", "ack") or first.startswith("until") else "ask" if first == "asked" else None
    )


def digest(all_lines: Iterable[Line]) -> str:
    """Return the SHA-256 of what is learned from: stale weights are found by it."""
    told = sorted(f"{line.text} | {'/'.join(line.judgements)}" for line in all_lines)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()
