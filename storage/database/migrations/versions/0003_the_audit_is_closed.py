"""The audit: its lines are chained, and from now on the database refuses to change or remove one.

What was written before is chained as it stands; that it was not touched until now, the chain cannot tell.
Whoever rebuilds the table later (a batch operation does) must make its triggers anew.
"""

from datetime import UTC

import sqlalchemy as sa
from alembic import op

from storage.common.audit_log import AuditLine, seal
from storage.database.schema import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_REFUSED = "the audit is append-only"
_GUARDS = {
    "audit_no_update": "BEFORE UPDATE ON audit",
    "audit_no_delete": "BEFORE DELETE ON audit",
    # INSERT OR REPLACE removes a row without asking the guard against DELETE
    "audit_no_replace": "BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)",
}
_REFUSAL = f"""
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN RAISE EXCEPTION '{_REFUSED}'; END $$
"""
_SERVER_GUARDS = {
    "audit_append_only": "BEFORE UPDATE OR DELETE ON audit FOR EACH ROW",
    "audit_not_emptied": "BEFORE TRUNCATE ON audit FOR EACH STATEMENT",
}

_audit = sa.table(
    "audit",
    sa.column("id", sa.Integer),
    sa.column("at", Instant),
    sa.column("person_id", sa.Integer),
    sa.column("what", sa.String),
    sa.column("about", sa.Text),
    sa.column("was", sa.Text),
    sa.column("became", sa.Text),
    sa.column("hash", sa.String),
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_REFUSAL)
        for name, when in _SERVER_GUARDS.items():
            op.execute(f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION refuse_audit_change()")
        return
    _chain()
    for name, when in _GUARDS.items():
        op.execute(f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END")


def _chain() -> None:
    """Number the lines without gaps, which is what the chain counts by, and give each its hash."""
    work, previous = op.get_bind(), ""
    rows = work.execute(sa.select(_audit).order_by(_audit.c.id)).all()
    for number, row in enumerate(rows, 1):
        at = row.at.astimezone(UTC)
        line = AuditLine(number, at, row.person_id, row.what, row.about, row.was, row.became)
        previous = seal(previous, line)
        work.execute(_audit.update().where(_audit.c.id == row.id).values(id=number, hash=previous))


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for name in _SERVER_GUARDS:
            op.execute(f"DROP TRIGGER {name} ON audit")
        op.execute("DROP FUNCTION refuse_audit_change()")
        return
    for name in _GUARDS:
        op.execute(f"DROP TRIGGER {name}")
