"""A later date may be asked for one line of a report alone."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("extension") as extension:
        extension.add_column(sa.Column("duty_id", sa.Integer(), nullable=True))
        extension.create_foreign_key(op.f("fk_extension_duty_id"), "duty", ["duty_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("extension") as extension:
        extension.drop_constraint(op.f("fk_extension_duty_id"), type_="foreignkey")
        extension.drop_column("duty_id")
