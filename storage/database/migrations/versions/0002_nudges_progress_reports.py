"""What nudges, progress and reports need beyond the first schema."""

import sqlalchemy as sa
from alembic import op

import storage.database.schema

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_OPEN = sa.text("next_nudge_on IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("substitute_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("said_at", storage.database.schema.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_absence_person_id")),
        sa.ForeignKeyConstraint(["substitute_id"], ["person.id"], name=op.f("fk_absence_substitute_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_absence_person_id"), ["person_id"], unique=False)

    op.create_table(
        "request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("coordinator_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", storage.database.schema.Instant(), nullable=False),
        sa.Column("due_at", storage.database.schema.Instant(), nullable=False),
        sa.Column("closed_at", storage.database.schema.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_request_asked_by")),
        sa.ForeignKeyConstraint(["coordinator_id"], ["unit.id"], name=op.f("fk_request_coordinator_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
    )
    op.create_table(
        "room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("chat", sa.String(length=64), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("bound_by", sa.Integer(), nullable=False),
        sa.Column("since", storage.database.schema.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["bound_by"], ["person.id"], name=op.f("fk_room_bound_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_room_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
        sa.UniqueConstraint("channel", "chat", name=op.f("uq_room_channel_chat")),
    )
    op.create_table(
        "web_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=7), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", storage.database.schema.Instant(), nullable=False),
        sa.Column("used_at", storage.database.schema.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_web_key_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_key")),
        sa.UniqueConstraint("hash", name=op.f("uq_web_key_hash")),
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=True),
        sa.Column("progress_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("received_at", storage.database.schema.Instant(), nullable=False),
        sa.Column("album", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_evidence_assignment_id")),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_evidence_duty_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_evidence_person_id")),
        sa.ForeignKeyConstraint(["progress_id"], ["progress.id"], name=op.f("fk_evidence_progress_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_assignment_id"), ["assignment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_sha256"), ["sha256"], unique=False)

    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("request_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("acknowledged_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("returned", sa.Integer(), server_default=sa.text("0"), nullable=False))
        batch_op.alter_column("plan_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.create_index(
            "ix_assignment_late",
            ["unit_id", "due_on"],
            unique=False,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        )
        batch_op.create_index(batch_op.f("ix_assignment_request_id"), ["request_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_assignment_request_id"), "request", ["request_id"], ["id"])

    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("was", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("became", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("hash", sa.String(length=64), server_default="", nullable=False))

    with op.batch_alter_table("nudge", schema=None) as batch_op:
        batch_op.add_column(sa.Column("doubts", sa.Integer(), server_default=sa.text("0"), nullable=False))
        batch_op.add_column(sa.Column("channel", sa.String(length=16), nullable=True))

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("erased_at", storage.database.schema.Instant(), nullable=True))

    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.add_column(sa.Column("confirms", sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table("progress", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=9), server_default="said", nullable=False))
        batch_op.add_column(sa.Column("amends_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_progress_amends_id"), "progress", ["amends_id"], ["id"])

    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("approves", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_column("approves")

    with op.batch_alter_table("progress", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_progress_amends_id"), type_="foreignkey")
        batch_op.drop_column("amends_id")
        batch_op.drop_column("kind")

    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.drop_column("confirms")

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("erased_at")

    with op.batch_alter_table("nudge", schema=None) as batch_op:
        batch_op.drop_column("channel")
        batch_op.drop_column("doubts")

    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_column("hash")
        batch_op.drop_column("became")
        batch_op.drop_column("was")

    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_assignment_request_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_assignment_request_id"))
        batch_op.drop_index(
            "ix_assignment_late",
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        )
        batch_op.alter_column("plan_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_column("returned")
        batch_op.drop_column("acknowledged_on")
        batch_op.drop_column("request_id")

    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_sha256"))
        batch_op.drop_index(batch_op.f("ix_evidence_assignment_id"))

    op.drop_table("evidence")
    op.drop_table("web_key")
    op.drop_table("room")
    op.drop_table("request")
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_absence_person_id"))

    op.drop_table("absence")
