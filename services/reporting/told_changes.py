"""Which changes a system of the province is told of, read from the audit: that they were, not what."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.api_access import ApiAccess
from storage.common import audit_log
from storage.common.audit_log import AuditLine
from storage.common.span import Span
from storage.reporting import api_pages

_AT_A_TIME = 200
_ABOUT = re.compile(r"(?P<kind>assignment|plan) (?P<id>\d{1,18})\b")
_WITHIN_THE_UNIT = ("laid before", "seen")
"""What waits for the unit's own leader, and that somebody has seen a nudge."""

ChangeKind = Literal["assignment_changed", "plan_changed"]


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A change of an assignment or of a plan; `line` is that of the audit."""

    line: int
    at: datetime
    kind: ChangeKind
    plan_id: int | None
    assignment_id: int | None
    unit_id: int | None


@dataclass(frozen=True, slots=True)
class ToldChanges:
    """Changes in order, and the line of the audit up to which was looked."""

    changes: tuple[ToldChange, ...]
    position: int


async def changes_after(conn: AsyncConnection, access: ApiAccess, position: int) -> ToldChanges:
    """Return what changed after a line of the audit, within the bounds of an address."""
    lines = await audit_log.after(conn, position, _AT_A_TIME)
    found = [await _change(conn, access, line) for line in lines if line.what not in _WITHIN_THE_UNIT]
    changes = tuple(change for change in found if change is not None)
    return ToldChanges(changes, lines[-1].id if lines else position)


async def _change(conn: AsyncConnection, access: ApiAccess, line: AuditLine) -> ToldChange | None:
    match = _ABOUT.match(line.about)
    if match is None:
        return None
    if match["kind"] == "plan":
        seen = await api_pages.plans(conn, access, Span(0, 1), plan_id=int(match["id"]))
        return ToldChange(line.id, line.at, "plan_changed", seen[0].id, None, None) if seen else None
    about = await api_pages.assignment_of(conn, access, int(match["id"]))
    if about is None:
        return None
    return ToldChange(line.id, line.at, "assignment_changed", about.plan_id, about.id, about.unit_id)
