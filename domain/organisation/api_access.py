"""What a system of the province may see through the API, and do."""

from dataclasses import dataclass
from typing import Literal

ApiScope = Literal["read", "write"]


@dataclass(frozen=True, slots=True)
class ApiAccess:
    """What one token is good for. `unit_ids` and `plan_ids` None: all there are; else these alone.

    `person_id` is in whose name it reports, None where it only reads.
    """

    token_id: int
    scopes: frozenset[str]
    unit_ids: tuple[int, ...] | None = None
    plan_ids: tuple[int, ...] | None = None
    person_id: int | None = None

    def sees_plan(self, plan_id: int) -> bool:
        """Whether a plan is within its bounds."""
        return self.plan_ids is None or plan_id in self.plan_ids

    def sees_unit(self, unit_id: int) -> bool:
        """Whether a unit is within its bounds."""
        return self.unit_ids is None or unit_id in self.unit_ids
