"""What the servers of others name may be of any length: a Message-ID has more than 64 letters."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

COLUMNS = (
    ("account", "chat"),
    ("room", "chat"),
    ("page_key", "chat"),
    ("page_message", "chat"),
    ("page_file", "chat"),
    ("wrong_code", "chat"),
    ("evidence", "album"),
    ("outgoing", "chat"),
    ("outgoing", "message"),
    ("outgoing", "passed_chat"),
    ("outgoing", "passed_message"),
    ("incoming", "update_id"),
    ("incoming", "chat"),
    ("dialog", "chat"),
    ("handout", "chat"),
)


def upgrade() -> None:
    """Change a server's columns: a file minds no length."""
    if op.get_context().dialect.name == "postgresql":
        for table, column in COLUMNS:
            op.alter_column(table, column, type_=sa.Text())
