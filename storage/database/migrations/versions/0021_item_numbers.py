"""The numbers of items stay: each person, and each unit's group chat, has them in a table.

What a chat was shown last keeps the numbers that it was shown with. A message that went out before numbers
its items from 1 on; later ones keep with what they number under which number.
"""

import sqlalchemy as sa
from alembic import op

from storage.database.migrations.before_servers import of_files

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_SHOWN_TO_PEOPLE = """
INSERT OR IGNORE INTO item_number (person_id, assignment_id, number)
SELECT account.person_id, assignment.id, shown.key + 1
FROM dialog
JOIN account ON account.channel = dialog.channel AND account.chat = dialog.chat
JOIN json_each(coalesce(dialog.numbered, '[]')) AS shown
JOIN assignment ON assignment.id = shown.value
ORDER BY dialog.id, shown.key
"""
_SHOWN_TO_GROUPS = """
INSERT OR IGNORE INTO item_number (unit_id, assignment_id, number)
SELECT room.unit_id, assignment.id, shown.key + 1
FROM dialog
JOIN room ON room.channel = dialog.channel AND room.chat = dialog.chat
JOIN json_each(coalesce(dialog.numbered, '[]')) AS shown
JOIN assignment ON assignment.id = shown.value
ORDER BY dialog.id, shown.key
"""


def upgrade() -> None:
    op.create_table(
        "item_number",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_item_number_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_item_number_unit_id")),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_item_number_assignment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_number")),
        sa.UniqueConstraint("person_id", "number", name=op.f("uq_item_number_person_id_number")),
        sa.UniqueConstraint(
            "person_id", "assignment_id", name=op.f("uq_item_number_person_id_assignment_id")
        ),
        sa.UniqueConstraint("unit_id", "number", name=op.f("uq_item_number_unit_id_number")),
        sa.UniqueConstraint("unit_id", "assignment_id", name=op.f("uq_item_number_unit_id_assignment_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_item_number_assignment_id"), "item_number", ["assignment_id"])
    op.add_column("outgoing", sa.Column("numbers", sa.Text(), nullable=True))
    of_files(_SHOWN_TO_PEOPLE)
    of_files(_SHOWN_TO_GROUPS)


def downgrade() -> None:
    op.drop_column("outgoing", "numbers")
    op.drop_table("item_number")
