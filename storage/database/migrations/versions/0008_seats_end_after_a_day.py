"""A seat that is taken over ends a day later; a code may be good for an empty unit only."""

import sqlalchemy as sa
from alembic import op

from storage.database.schema import Instant

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ends_at", Instant(), nullable=True))
        batch_op.add_column(sa.Column("heir_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_membership_heir_id"), "person", ["heir_id"], ["id"])
    with op.batch_alter_table("invite", schema=None) as batch_op:
        batch_op.add_column(sa.Column("only_vacant", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("invite", schema=None) as batch_op:
        batch_op.drop_column("only_vacant")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_membership_heir_id"), type_="foreignkey")
        batch_op.drop_column("heir_id")
        batch_op.drop_column("ends_at")
