"""Wishes for a later date that wait for the coordinator's word, as a part of other questions."""

from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, select

from domain.assignments.lifecycle import OPEN
from storage.database.schema import assignment, extension


def wanted_on() -> ScalarSelect[date]:
    """Return the date that is wished for an assignment, NULL where no wish waits for a decision."""
    whole = (extension.c.assignment_id == assignment.c.id, extension.c.duty_id.is_(None))
    later = extension.c.wanted_on > assignment.c.due_on  # the plan itself may have put it off since
    return (
        select(func.max(extension.c.wanted_on))
        .where(*whole, extension.c.granted.is_(None), later)
        .correlate(assignment)
        .scalar_subquery()
    )


def is_held_on(day: date) -> ColumnElement[bool]:
    """Return whether an assignment is open and held on a local day: domain.nudging.ladder's rule in SQL."""
    is_open = and_(assignment.c.state.in_(OPEN), ~assignment.c.past)
    return and_(is_open, assignment.c.last_on <= day, func.coalesce(wanted_on() >= day, False))
