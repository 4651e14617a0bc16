"""Clauses whose last date is asked for though it had passed when the plan was confirmed."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_TABLES = ("duty", "reporting_rule")


def upgrade() -> None:
    for table in _TABLES:
        op.add_column(table, sa.Column("asks_past", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    for table in _TABLES:
        op.drop_column(table, "asks_past")
