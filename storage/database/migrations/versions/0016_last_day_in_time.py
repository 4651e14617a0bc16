"""The last day on which an assignment is in time: the day before its date where the plan says "before"."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.database.migrations.before_servers import of_files

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_OPEN = sa.text("next_nudge_on IS NOT NULL")
_OF_OPEN: dict[str, Any] = {"sqlite_where": _OPEN, "postgresql_where": _OPEN}
_FILL = """
UPDATE assignment SET last_on = CASE
    WHEN due_on = planned_on AND NOT coalesce(
        (SELECT inclusive FROM duty WHERE duty.id = assignment.duty_id),
        (SELECT inclusive FROM reporting_rule WHERE reporting_rule.id = assignment.rule_id),
        1)
    THEN date(due_on, '-1 day') ELSE due_on END
"""


def upgrade() -> None:
    op.add_column("assignment", sa.Column("last_on", sa.Date(), nullable=True))
    of_files(_FILL)
    op.drop_index("ix_assignment_late", "assignment")
    op.create_index("ix_assignment_late", "assignment", ["unit_id", "last_on"], **_OF_OPEN)


def downgrade() -> None:
    op.drop_index("ix_assignment_late", "assignment")
    op.create_index("ix_assignment_late", "assignment", ["unit_id", "due_on"], **_OF_OPEN)
    op.drop_column("assignment", "last_on")
