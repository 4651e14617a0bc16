"""The table `nudge` becomes `outgoing`; what a message is about stands in columns of its own.

Until now it was read out of the topic: "7" and "7:2" of a request, "wish:3", "lost:5".
"""

import sqlalchemy as sa
from alembic import op

from storage.database.migrations.before_servers import of_files
from storage.database.schema import Instant

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_REFERENCES = {"request_id": "request", "extension_id": "extension", "lost_person_id": "person"}
_COPIED = (
    "id, person_id, day, kind, topic, words, state, not_before, lease_until, attempts, repeated, doubts,"
    " sent_at, channel, chat, message, numbered, why"
)
_REQUEST = """
    UPDATE outgoing SET request_id = CAST(topic AS INTEGER), hours_before = CASE
        WHEN instr(topic, ':') > 0 THEN CAST(substr(topic, instr(topic, ':') + 1) AS INTEGER) END
    WHERE kind = 'request'
"""
_EXTENSION = """
    UPDATE outgoing SET extension_id = CAST(substr(topic, 6) AS INTEGER)
    WHERE kind = 'notice' AND topic GLOB 'wish:[0-9]*'
"""
_LOST = """
    UPDATE outgoing SET lost_person_id = CAST(substr(topic, 6) AS INTEGER)
    WHERE kind = 'notice' AND topic GLOB 'lost:[0-9]*'
"""


def upgrade() -> None:
    op.create_table(
        "outgoing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("topic", sa.String(length=64), server_default="", nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("hours_before", sa.Integer(), nullable=True),
        sa.Column("extension_id", sa.Integer(), nullable=True),
        sa.Column("lost_person_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=8), server_default="pending", nullable=False),
        sa.Column("not_before", Instant(), nullable=True),
        sa.Column("lease_until", Instant(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("repeated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("doubts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("sent_at", Instant(), nullable=True),
        sa.Column("channel", sa.String(length=16), nullable=True),
        sa.Column("chat", sa.String(length=64), nullable=True),
        sa.Column("message", sa.String(length=64), nullable=True),
        sa.Column("numbered", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_outgoing_person_id")),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_outgoing_{column}"))
            for column, table in _REFERENCES.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing")),
        sa.UniqueConstraint(
            "person_id", "day", "kind", "topic", name=op.f("uq_outgoing_person_id_day_kind_topic")
        ),
    )
    op.execute(f"INSERT INTO outgoing ({_COPIED}) SELECT {_COPIED} FROM nudge ORDER BY id")  # noqa: S608
    for statement in (_REQUEST, _EXTENSION, _LOST):
        of_files(statement)
    for column, table in _REFERENCES.items():  # a reference to what is no longer there is none
        gone = f"{column} NOT IN (SELECT id FROM {table})"  # noqa: S608
        op.execute(f"UPDATE outgoing SET {column} = NULL WHERE {gone}")  # noqa: S608
    op.drop_table("nudge")
    op.create_index("ix_outgoing_state", "outgoing", ["state", "not_before"])
