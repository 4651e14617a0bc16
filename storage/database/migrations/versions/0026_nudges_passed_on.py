"""A nudge that failed, or that nobody saw, goes by another channel: it stays one row of the outbox."""

import sqlalchemy as sa
from alembic import op

from storage.database.schema import Instant

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account", sa.Column("seen_at", Instant(), nullable=True))
    op.add_column("outgoing", sa.Column("avoids", sa.Text(), nullable=True))
    op.add_column("outgoing", sa.Column("passed_at", Instant(), nullable=True))
    op.add_column("outgoing", sa.Column("passed_channel", sa.String(16), nullable=True))
    op.add_column("outgoing", sa.Column("passed_chat", sa.String(64), nullable=True))
    op.add_column("outgoing", sa.Column("passed_message", sa.String(64), nullable=True))
    op.create_index("ix_outgoing_day", "outgoing", ["day"])
    op.create_index("ix_assignment_last_on", "assignment", ["last_on"])


def downgrade() -> None:
    op.drop_index("ix_assignment_last_on", "assignment")
    op.drop_index("ix_outgoing_day", "outgoing")
    for name in ("passed_message", "passed_chat", "passed_channel", "passed_at", "avoids"):
        op.drop_column("outgoing", name)
    op.drop_column("account", "seen_at")
