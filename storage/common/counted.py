"""Which assignments count in figures; docs/so-lieu.md states it for people."""

from typing import Final

from sqlalchemy import and_

from storage.database.schema import assignment

IS_PAST: Final = and_(assignment.c.past, assignment.c.state != "done")
"""Whether it was due before its plan was entered, so that nobody is asked for it."""

COUNTS: Final = and_(assignment.c.state != "cancelled", ~IS_PAST)
"""Whether a plan asks a unit for it: what was called off, or was past at the start, does not count."""
