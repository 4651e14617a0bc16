"""Indices for what a message looks up: the nudge that it answers, and the units that have ended."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

_INDICES = (
    ("ix_outgoing_message", "outgoing", ["chat", "message"], sa.text("message IS NOT NULL")),
    (
        "ix_outgoing_passed",
        "outgoing",
        ["passed_chat", "passed_message"],
        sa.text("passed_message IS NOT NULL"),
    ),
    ("ix_unit_until", "unit", ["until"], sa.text("until IS NOT NULL")),
)


def upgrade() -> None:
    for name, table, columns, of_which in _INDICES:
        op.create_index(name, table, columns, sqlite_where=of_which, postgresql_where=of_which)


def downgrade() -> None:
    for name, table, _, _ in _INDICES:
        op.drop_index(name, table)
