"""The last day on which an assignment is in time: the day before its date where the plan says "before"."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_OPEN = sa.text("next_nudge_on IS NOT NULL")
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
    op.execute(_FILL)
    op.drop_index("ix_assignment_late", "assignment")
    op.create_index("ix_assignment_late", "assignment", ["unit_id", "last_on"], sqlite_where=_OPEN)


def downgrade() -> None:
    op.drop_index("ix_assignment_late", "assignment")
    op.create_index("ix_assignment_late", "assignment", ["unit_id", "due_on"], sqlite_where=_OPEN)
    op.drop_column("assignment", "last_on")
