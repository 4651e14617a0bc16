"""Until when one of several programs handles an update."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_WAITING = sa.text("answered_at IS NULL")


def upgrade() -> None:
    op.add_column("incoming", sa.Column("lease_until", sa.DateTime(), nullable=True))
    op.create_index(
        "ix_incoming_waiting",
        "incoming",
        ["channel", "chat", "id"],
        sqlite_where=_WAITING,
        postgresql_where=_WAITING,
    )


def downgrade() -> None:
    op.drop_index("ix_incoming_waiting", "incoming")
    op.drop_column("incoming", "lease_until")
