"""What expressions of documents mean here, as the people who compile plans have said."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "learnt_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_learnt_name_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learnt_name")),
        sa.UniqueConstraint("name", "unit_id", name=op.f("uq_learnt_name_name_unit_id")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("learnt_name")
