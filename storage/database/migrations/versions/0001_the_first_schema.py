"""The first schema."""

import sqlalchemy as sa
from alembic import op

import storage.database.schema

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dialog",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("chat", sa.String(length=64), nullable=False),
        sa.Column("topic", sa.String(length=16), nullable=True),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("numbered", sa.Text(), nullable=True),
        sa.Column("choices", sa.Text(), nullable=True),
        sa.Column("expires_at", storage.database.schema.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dialog")),
        sa.UniqueConstraint("channel", "chat", name=op.f("uq_dialog_channel_chat")),
    )
    op.create_table(
        "fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact")),
        sa.UniqueConstraint("name", name=op.f("uq_fact_name")),
    )
    op.create_table(
        "incoming",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("update_id", sa.String(length=64), nullable=False),
        sa.Column("chat", sa.String(length=64), nullable=False),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("received_at", storage.database.schema.Instant(), nullable=False),
        sa.Column("handled_at", storage.database.schema.Instant(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", storage.database.schema.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incoming")),
        sa.UniqueConstraint("channel", "update_id", name=op.f("uq_incoming_channel_update_id")),
    )
    op.create_index(op.f("ix_incoming_answered_at"), "incoming", ["answered_at"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), server_default="vi", nullable=False),
        sa.Column("consented_at", storage.database.schema.Instant(), nullable=True),
        sa.Column("consent_version", sa.Text(), nullable=True),
        sa.Column("joined_at", storage.database.schema.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("abbreviation", sa.Text(), nullable=True),
        sa.Column("tags", sa.Text(), server_default="", nullable=False),
        sa.Column("standing", sa.String(length=8), server_default="local", nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("successor", sa.Text(), nullable=True),
        sa.Column("common", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("shipped", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("name", name=op.f("uq_unit_name")),
    )
    op.create_table(
        "wrong_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("chat", sa.String(length=64), nullable=False),
        sa.Column("at", storage.database.schema.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrong_code")),
    )
    op.create_index("ix_wrong_code_chat", "wrong_code", ["channel", "chat", "at"], unique=False)
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("chat", sa.String(length=64), nullable=False),
        sa.Column("reachable", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("unreachable_why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("channel", "chat", name=op.f("uq_account_channel_chat")),
    )
    op.create_index(op.f("ix_account_person_id"), "account", ["person_id"], unique=False)
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", storage.database.schema.Instant(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_audit_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_table(
        "invite",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("expires_at", storage.database.schema.Instant(), nullable=False),
        sa.Column("used_at", storage.database.schema.Instant(), nullable=True),
        sa.Column("used_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_invite_unit_id")),
        sa.ForeignKeyConstraint(["used_by"], ["person.id"], name=op.f("fk_invite_used_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invite")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_invite_code_hash")),
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("since", storage.database.schema.Instant(), nullable=False),
        sa.Column("until", storage.database.schema.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_membership_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    op.create_index(op.f("ix_membership_person_id"), "membership", ["person_id"], unique=False)
    op.create_index(op.f("ix_membership_unit_id"), "membership", ["unit_id"], unique=False)
    op.create_table(
        "nudge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("topic", sa.String(length=64), server_default="", nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=8), server_default="pending", nullable=False),
        sa.Column("not_before", storage.database.schema.Instant(), nullable=True),
        sa.Column("lease_until", storage.database.schema.Instant(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("repeated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("sent_at", storage.database.schema.Instant(), nullable=True),
        sa.Column("chat", sa.String(length=64), nullable=True),
        sa.Column("message", sa.String(length=64), nullable=True),
        sa.Column("numbered", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_nudge_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nudge")),
        sa.UniqueConstraint(
            "person_id", "day", "kind", "topic", name=op.f("uq_nudge_person_id_day_kind_topic")
        ),
    )
    op.create_index("ix_nudge_state", "nudge", ["state", "not_before"], unique=False)
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("issuer", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("period_from", sa.Date(), nullable=True),
        sa.Column("period_to", sa.Date(), nullable=True),
        sa.Column("coordinator_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("imported_at", storage.database.schema.Instant(), nullable=False),
        sa.Column("live_on", sa.Date(), nullable=True),
        sa.Column("amends_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["amends_id"], ["plan.id"], name=op.f("fk_plan_amends_id")),
        sa.ForeignKeyConstraint(["coordinator_id"], ["unit.id"], name=op.f("fk_plan_coordinator_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_plan_fingerprint")),
    )
    op.create_index(op.f("ix_plan_amends_id"), "plan", ["amends_id"], unique=False)
    op.create_table(
        "unit_spelling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("spelling", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_spelling_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_spelling")),
        sa.UniqueConstraint("unit_id", "spelling", name=op.f("uq_unit_spelling_unit_id_spelling")),
    )
    op.create_index(op.f("ix_unit_spelling_unit_id"), "unit_spelling", ["unit_id"], unique=False)
    op.create_table(
        "duty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("heading", sa.Text(), server_default="", nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("time", sa.Text(), nullable=True),
        sa.Column("due", sa.Text(), server_default="", nullable=False),
        sa.Column("inclusive", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_duty_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty")),
    )
    op.create_index(op.f("ix_duty_plan_id"), "duty", ["plan_id"], unique=False)
    op.create_table(
        "group_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("expression", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_group_member_plan_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_group_member_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_member")),
    )
    op.create_index(op.f("ix_group_member_plan_id"), "group_member", ["plan_id"], unique=False)
    op.create_table(
        "reporting_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("to", sa.Text(), nullable=True),
        sa.Column("via", sa.Text(), nullable=True),
        sa.Column("recurrence", sa.String(length=12), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("due", sa.Text(), server_default="", nullable=False),
        sa.Column("rrule", sa.Text(), nullable=True),
        sa.Column("data_window", sa.String(length=8), server_default="decree", nullable=False),
        sa.Column("inclusive", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_reporting_rule_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporting_rule")),
    )
    op.create_index(op.f("ix_reporting_rule_plan_id"), "reporting_rule", ["plan_id"], unique=False)
    op.create_table(
        "settled",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("doubt", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_settled_plan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settled")),
        sa.UniqueConstraint("plan_id", "doubt", name=op.f("uq_settled_plan_id_doubt")),
    )
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=True),
        sa.Column("duty_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=16), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=12), server_default="not_started", nullable=False),
        sa.Column("blocked", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("past", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("next_nudge_on", sa.Date(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_assignment_duty_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_assignment_plan_id")),
        sa.ForeignKeyConstraint(["rule_id"], ["reporting_rule.id"], name=op.f("fk_assignment_rule_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_assignment_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    op.create_index(op.f("ix_assignment_next_nudge_on"), "assignment", ["next_nudge_on"], unique=False)
    op.create_index(op.f("ix_assignment_plan_id"), "assignment", ["plan_id"], unique=False)
    op.create_index(op.f("ix_assignment_unit_id"), "assignment", ["unit_id"], unique=False)
    op.create_table(
        "duty_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("part", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["duty_id"], ["duty.id"], name=op.f("fk_duty_name_duty_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_name")),
    )
    op.create_index(op.f("ix_duty_name_duty_id"), "duty_name", ["duty_id"], unique=False)
    op.create_table(
        "duty_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_duty_unit_duty_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_duty_unit_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_unit")),
        sa.UniqueConstraint("duty_id", "unit_id", name=op.f("uq_duty_unit_duty_id_unit_id")),
    )
    op.create_index(op.f("ix_duty_unit_duty_id"), "duty_unit", ["duty_id"], unique=False)
    op.create_index(op.f("ix_duty_unit_unit_id"), "duty_unit", ["unit_id"], unique=False)
    op.create_table(
        "extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", storage.database.schema.Instant(), nullable=False),
        sa.Column("original_due", sa.Date(), nullable=False),
        sa.Column("wanted_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", storage.database.schema.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_extension_asked_by")),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_extension_assignment_id")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_extension_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
    )
    op.create_index(op.f("ix_extension_assignment_id"), "extension", ["assignment_id"], unique=False)
    op.create_table(
        "progress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("said_at", storage.database.schema.Instant(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("done_part", sa.Integer(), nullable=True),
        sa.Column("done_whole", sa.Integer(), nullable=True),
        sa.Column("blocked", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("difficulty", sa.Text(), nullable=True),
        sa.Column("proposal", sa.Text(), nullable=True),
        sa.Column("documents", sa.Text(), server_default="", nullable=False),
        sa.Column("before_state", sa.String(length=12), nullable=False),
        sa.Column("before_blocked", sa.Boolean(), nullable=False),
        sa.Column("undone", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_progress_assignment_id")),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_progress_duty_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_progress_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress")),
    )
    op.create_index(op.f("ix_progress_assignment_id"), "progress", ["assignment_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_progress_assignment_id"), table_name="progress")
    op.drop_table("progress")
    op.drop_index(op.f("ix_extension_assignment_id"), table_name="extension")
    op.drop_table("extension")
    op.drop_index(op.f("ix_duty_unit_unit_id"), table_name="duty_unit")
    op.drop_index(op.f("ix_duty_unit_duty_id"), table_name="duty_unit")
    op.drop_table("duty_unit")
    op.drop_index(op.f("ix_duty_name_duty_id"), table_name="duty_name")
    op.drop_table("duty_name")
    op.drop_index(op.f("ix_assignment_unit_id"), table_name="assignment")
    op.drop_index(op.f("ix_assignment_plan_id"), table_name="assignment")
    op.drop_index(op.f("ix_assignment_next_nudge_on"), table_name="assignment")
    op.drop_table("assignment")
    op.drop_table("settled")
    op.drop_index(op.f("ix_reporting_rule_plan_id"), table_name="reporting_rule")
    op.drop_table("reporting_rule")
    op.drop_index(op.f("ix_group_member_plan_id"), table_name="group_member")
    op.drop_table("group_member")
    op.drop_index(op.f("ix_duty_plan_id"), table_name="duty")
    op.drop_table("duty")
    op.drop_index(op.f("ix_unit_spelling_unit_id"), table_name="unit_spelling")
    op.drop_table("unit_spelling")
    op.drop_index(op.f("ix_plan_amends_id"), table_name="plan")
    op.drop_table("plan")
    op.drop_index("ix_nudge_state", table_name="nudge")
    op.drop_table("nudge")
    op.drop_index(op.f("ix_membership_unit_id"), table_name="membership")
    op.drop_index(op.f("ix_membership_person_id"), table_name="membership")
    op.drop_table("membership")
    op.drop_table("invite")
    op.drop_table("audit")
    op.drop_index(op.f("ix_account_person_id"), table_name="account")
    op.drop_table("account")
    op.drop_index("ix_wrong_code_chat", table_name="wrong_code")
    op.drop_table("wrong_code")
    op.drop_table("unit")
    op.drop_table("person")
    op.drop_index(op.f("ix_incoming_answered_at"), table_name="incoming")
    op.drop_table("incoming")
    op.drop_table("fact")
    op.drop_table("dialog")
