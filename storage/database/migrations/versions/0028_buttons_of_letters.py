"""Buttons of letters: each a link, good once, that opens a page of confirmation."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("handout", sa.Column("press", sa.String(64), nullable=True))


def downgrade() -> None:
    op.drop_column("handout", "press")
