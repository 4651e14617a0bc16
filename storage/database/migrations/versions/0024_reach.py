"""How people are reached: telephone numbers, and which of somebody's channels comes first."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("phone", sa.Text(), nullable=True))
    op.add_column("unit", sa.Column("phone", sa.Text(), nullable=True))
    op.add_column("account", sa.Column("first", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("account", "first")
    op.drop_column("unit", "phone")
    op.drop_column("person", "phone")
