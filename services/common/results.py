"""Results that deeds share. A result says what happened; the caller words it."""

from dataclasses import dataclass
from typing import Generic, TypeVar

_ReasonT = TypeVar("_ReasonT", bound=str, covariant=True)


@dataclass(frozen=True, slots=True)
class Refused(Generic[_ReasonT]):
    """Nothing was done. `reason` is one of the deed's own literals, never a sentence."""

    reason: _ReasonT
