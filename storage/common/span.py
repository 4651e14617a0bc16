"""Some of a long list: what follows the last thing that was given."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """So many, with greater ids than that of the last one that was given."""

    after: int
    limit: int
