"""How many answers to an update are out, and how often the next one was sent: two copies at most."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("answers_sent", "doubts"):
        op.add_column("incoming", sa.Column(name, sa.Integer(), server_default=sa.text("0"), nullable=False))
