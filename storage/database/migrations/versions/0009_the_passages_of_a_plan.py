"""The passages of a plan's document with what became of each; each duty and rule knows its own."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("fate", sa.String(length=10), nullable=False),
        sa.Column("why", sa.String(length=12), nullable=True),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_passage_plan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage")),
        sa.UniqueConstraint("plan_id", "place", name=op.f("uq_passage_plan_id_place")),
        sqlite_autoincrement=True,
    )
    for table in ("duty", "reporting_rule"):
        op.add_column(table, sa.Column("passage", sa.Integer(), nullable=True))


def downgrade() -> None:
    for table in ("reporting_rule", "duty"):
        op.drop_column(table, "passage")
    op.drop_table("passage")
