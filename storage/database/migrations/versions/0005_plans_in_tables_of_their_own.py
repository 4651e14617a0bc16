"""Who reports by a rule and what was corrected in a draft stand in tables; a plan may be recalled."""

import json

import sqlalchemy as sa
from alembic import op

from storage.database.migrations.before_servers import of_files

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_CORRECTIONS = "corrections:"


def upgrade() -> None:
    op.create_table(
        "rule_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["rule_id"], ["reporting_rule.id"], name=op.f("fk_rule_unit_rule_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_rule_unit_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_unit")),
        sa.UniqueConstraint("rule_id", "unit_id", name=op.f("uq_rule_unit_rule_id_unit_id")),
    )
    op.create_index(op.f("ix_rule_unit_unit_id"), "rule_unit", ["unit_id"], unique=False)
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("units", sa.Text(), nullable=False),
        sa.Column("due", sa.Text(), nullable=False),
        sa.Column("verb", sa.String(length=8), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_correction_plan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    op.create_index(op.f("ix_correction_plan_id"), "correction", ["plan_id"], unique=False)
    op.add_column("plan", sa.Column("recalled_on", sa.Date(), nullable=True))
    op.add_column("plan", sa.Column("recall_reason", sa.Text(), nullable=True))
    op.add_column("reporting_rule", sa.Column("rhythm", sa.String(length=12), nullable=True))
    _members_to_their_rules()
    _corrections_to_rows()


def _members_to_their_rules() -> None:
    """Members that named their rule as "rule:17" refer to it; an orphan has no rule to go to."""
    of_files(
        "INSERT INTO rule_unit (rule_id, unit_id)"
        " SELECT DISTINCT reporting_rule.id, group_member.unit_id FROM group_member"
        " JOIN reporting_rule ON 'rule:' || reporting_rule.id = group_member.expression"
        " WHERE group_member.unit_id IS NOT NULL ORDER BY group_member.id"
    )
    op.execute("DELETE FROM group_member WHERE expression LIKE 'rule:%'")


def _corrections_to_rows() -> None:
    """The corrections of drafts stood as JSON among the facts; those of plans that are live are past use."""
    conn = op.get_bind()
    drafts = set(conn.execute(sa.text("SELECT id FROM plan WHERE state = 'draft'")).scalars())
    facts = conn.execute(sa.text("SELECT name, value FROM fact WHERE name LIKE 'corrections:%'")).all()
    rows = [
        _row(int(name.removeprefix(_CORRECTIONS)), made)
        for name, value in facts
        if int(name.removeprefix(_CORRECTIONS)) in drafts
        for made in json.loads(value)
    ]
    if rows:
        names = ", ".join(rows[0])
        places = ", ".join(f":{name}" for name in rows[0])
        conn.execute(sa.text(f"INSERT INTO correction ({names}) VALUES ({places})"), rows)  # noqa: S608 - names of ours
    op.execute("DELETE FROM fact WHERE name LIKE 'corrections:%'")


def _row(plan_id: int, made: dict[str, object]) -> dict[str, object]:
    subject = made["subject"]
    if not isinstance(subject, dict):
        raise TypeError(f"a correction of plan {plan_id} has no subject")
    return {
        "plan_id": plan_id,
        "kind": subject["kind"],
        "heading": subject["heading"],
        "text": subject["text"],
        "nth": subject["nth"],
        "units": "\n".join(subject["units"]),
        "due": " ".join(subject["due"]),
        "verb": made["verb"],
        "words": made["words"],
    }


def downgrade() -> None:
    conn = op.get_bind()
    op.execute(
        "INSERT INTO group_member (plan_id, expression, unit_id)"
        " SELECT reporting_rule.plan_id, 'rule:' || rule_id, unit_id FROM rule_unit"
        " JOIN reporting_rule ON reporting_rule.id = rule_id ORDER BY rule_unit.id"
    )
    made: dict[int, list[dict[str, object]]] = {}
    for row in conn.execute(sa.text("SELECT * FROM correction ORDER BY id")).mappings():
        subject = {name: row[name] for name in ("kind", "heading", "text", "nth")}
        subject |= {"units": row["units"].split("\n") if row["units"] else [], "due": row["due"].split()}
        correction = {"subject": subject, "verb": row["verb"], "words": row["words"]}
        made.setdefault(row["plan_id"], []).append(correction)
    for plan_id, corrections in made.items():
        value = {"name": f"{_CORRECTIONS}{plan_id}", "value": json.dumps(corrections, ensure_ascii=False)}
        conn.execute(sa.text("INSERT INTO fact (name, value) VALUES (:name, :value)"), value)
    op.drop_table("correction")
    op.drop_table("rule_unit")
    op.execute("UPDATE plan SET state = 'live' WHERE state = 'recalled'")
    for table, column in (("plan", "recall_reason"), ("plan", "recalled_on"), ("reporting_rule", "rhythm")):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column(column)
