"""Messages that went out through a channel with a quota, by months."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "message_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_message_count"),
        sa.UniqueConstraint("channel", "month", name="uq_message_count_channel_month"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("message_count")
