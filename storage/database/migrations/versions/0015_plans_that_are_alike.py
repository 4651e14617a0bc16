"""Of which plan a draft may be a new version, until somebody has said whether it is."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("plan", sa.Column("resembles_id", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("plan", "resembles_id")
