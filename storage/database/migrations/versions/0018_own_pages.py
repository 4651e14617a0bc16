"""A page of one's own: its keys, and what is said on it."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "page_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(7), nullable=False),
        sa.Column("chat", sa.String(64), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_key")),
        sa.UniqueConstraint("hash", name=op.f("uq_page_key_hash")),
    )
    op.create_index(op.f("ix_page_key_chat"), "page_key", ["chat"])
    op.create_table(
        "page_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("theirs", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("choices", sa.Text(), server_default="[]", nullable=False),
        sa.Column("files", sa.Text(), server_default="[]", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_message")),
    )
    op.create_index(op.f("ix_page_message_chat"), "page_message", ["chat"])
    op.create_table(
        "page_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("chat", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_file")),
        sa.UniqueConstraint("key", name=op.f("uq_page_file_key")),
    )
    op.create_index(op.f("ix_page_file_chat"), "page_file", ["chat"])


def downgrade() -> None:
    for name in ("page_file", "page_message", "page_key"):
        op.drop_table(name)
