"""What units answered, in SQL: the twin of domain.reporting.figures."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, or_, select

from domain.assignments.lifecycle import FINISHED
from storage.database.schema import assignment, progress

_a = assignment.c
_other = progress.alias("other")


def was_late() -> ColumnElement[bool]:
    """Return whether an assignment was handed in after its last day in time."""
    return and_(_a.finished_on.is_not(None), _a.finished_on > _a.last_on)


def is_nil(plan_ids: Iterable[int]) -> ColumnElement[bool]:
    """Return whether a finished assignment of plans was answered by words that there is nothing to report.

    Either the last words on the whole say so, or those on every line by which a report came to its end.
    """
    word, other = progress.c, _other
    of_plans = select(_a.id).where(_a.plan_id.in_(list(plan_ids)), _a.state.in_(FINISHED))
    newer = and_(other.c.id > word.id, other.c.state.is_not(None), other.c.state != "nil")
    line_done = and_(word.duty_id.is_not(None), other.c.state == "done")
    something = select(other.c.id).where(
        other.c.assignment_id == word.assignment_id,
        other.c.kind == "said",
        ~other.c.undone,
        or_(newer, line_done),
    )
    nil = select(word.assignment_id).where(
        word.state == "nil",
        word.kind == "said",
        ~word.undone,
        word.assignment_id.in_(of_plans),
        ~something.exists(),
    )
    return _a.id.in_(nil)
