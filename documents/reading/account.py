"""The account of a document: every paragraph, table row, footnote and text box ends in exactly one fate."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from documents.reading.outline import Line, Table
from domain.common.text import squeeze
from domain.plans.plan import Fate, Passage, UnreadReason


def numbered(blocks: Iterable[Line | Table]) -> list[Line | Table]:
    """Return the blocks, each with the index of its first passage: a line is one, a table one a row."""
    found: list[Line | Table] = []
    place = 0
    for block in blocks:
        found.append(replace(block, place=place))
        place += 1 if isinstance(block, Line) else len(block.rows)
    return found


@dataclass(slots=True)
class Account:
    """Keeps what became of each passage while a document is read; the first fate given to one stands."""

    texts: tuple[str, ...]
    _fates: dict[int, tuple[Fate, UnreadReason | None]] = field(default_factory=dict)
    _sections: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, blocks: Iterable[Line | Table]) -> "Account":
        """Return an account of numbered blocks in which nothing is settled yet."""
        return cls(tuple(text for block in blocks for text in _texts(block)))

    def settle(self, place: int, fate: Fate, section: str = "", why: UnreadReason | None = None) -> None:
        """Give a passage its fate, unless it has one; `why` only with "unread"."""
        if place not in self._fates:
            self._fates[place] = (fate, why)
            self._sections[place] = section

    def fate_of(self, place: int) -> Fate | None:
        """Return the fate of a passage, None where it has none yet."""
        return self._fates[place][0] if place in self._fates else None

    def is_open(self, place: int) -> bool:
        """Tell whether the passage has no fate yet."""
        return place not in self._fates

    def passages(self) -> tuple[Passage, ...]:
        """Return all passages in order; one that nothing has settled is unread."""
        return tuple(
            Passage(
                place, self._sections.get(place, ""), text, *self._fates.get(place, ("unread", "outside"))
            )
            for place, text in enumerate(self.texts)
        )


def _texts(block: Line | Table) -> Iterator[str]:
    if isinstance(block, Line):
        yield block.text
        return
    for row in block.rows:
        cells = [squeeze(cell) for at, cell in enumerate(row) if at == 0 or cell != row[at - 1]]
        yield " | ".join(cell for cell in cells if cell)
