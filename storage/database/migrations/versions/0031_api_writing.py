"""Systems that report through the API: for whom a token writes, and the calls that were taken."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("api_token") as table:
        table.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
        table.create_foreign_key("fk_api_token_person_id", "person", ["person_id"], ["id"])
    op.create_table(
        "api_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_api_call"),
        sa.ForeignKeyConstraint(["token_id"], ["api_token.id"], name="fk_api_call_token_id"),
        sa.UniqueConstraint("token_id", "key", name="uq_api_call_token_id_key"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("api_call")
    with op.batch_alter_table("api_token") as table:
        table.drop_constraint("fk_api_token_person_id", type_="foreignkey")
        table.drop_column("person_id")
