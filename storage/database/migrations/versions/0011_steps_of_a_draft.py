"""What a draft was before each correction, so that it can be taken back; a passage's verb is longer."""

import sqlalchemy as sa
from alembic import op

from storage.database.schema import Instant

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draft_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("rows", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_draft_step_plan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_step")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_draft_step_plan_id"), "draft_step", ["plan_id"])
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.alter_column("verb", existing_type=sa.String(length=8), type_=sa.String(length=10))


def downgrade() -> None:
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.alter_column("verb", existing_type=sa.String(length=10), type_=sa.String(length=8))
    op.drop_index(op.f("ix_draft_step_plan_id"), "draft_step")
    op.drop_table("draft_step")
