"""Questions of units to those who compile, and what was answered."""

import sqlalchemy as sa
from alembic import op

from storage.database.schema import Instant

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("duty_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("coordinator_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("moved_to_id", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_question_{name}"))
            for name, table in (
                ("assignment_id", "assignment"),
                ("duty_id", "duty"),
                ("unit_id", "unit"),
                ("coordinator_id", "unit"),
                ("asked_by", "person"),
                ("answered_by", "person"),
                ("moved_to_id", "unit"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_question_assignment_id"), "question", ["assignment_id"])
    op.create_index(op.f("ix_question_coordinator_id"), "question", ["coordinator_id"])
    with op.batch_alter_table("outgoing", schema=None) as batch_op:
        batch_op.add_column(sa.Column("question_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_outgoing_question_id"), "question", ["question_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("outgoing", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_outgoing_question_id"), type_="foreignkey")
        batch_op.drop_column("question_id")
    op.drop_table("question")
