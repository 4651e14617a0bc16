"""By which request a message was left in the outbox."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outgoing", sa.Column("cause", sa.String(16), nullable=True))


def downgrade() -> None:
    op.drop_column("outgoing", "cause")
