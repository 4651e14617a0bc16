"""What each chat's menu shows, to set it anew when that has changed; whose seat a code hands over."""

import sqlalchemy as sa
from alembic import op

from storage.database.migrations.before_servers import of_files

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("account", "room"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("menu", sa.String(length=16), nullable=True))

    with op.batch_alter_table("invite", schema=None) as batch_op:
        batch_op.add_column(sa.Column("takes_over", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("holder_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_invite_holder_id"), "person", ["holder_id"], ["id"])
    of_files("UPDATE invite SET takes_over = 1, role = rtrim(role, '!') WHERE role LIKE '%!'")


def downgrade() -> None:
    op.execute("UPDATE invite SET role = role || '!' WHERE takes_over")
    with op.batch_alter_table("invite", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_invite_holder_id"), type_="foreignkey")
        batch_op.drop_column("holder_id")
        batch_op.drop_column("takes_over")

    for table in ("room", "account"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("menu")
