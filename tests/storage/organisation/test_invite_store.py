"""Codes of an older schema keep what they offer."""

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config

from storage.database.migrate import MIGRATIONS, bring_up_to_date


def test_a_handover_code_of_the_third_schema_still_hands_over(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", f"sqlite:///{path}")
    command.upgrade(config, "0003")
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("INSERT INTO unit (id, name) VALUES (1, 'Sở Nội vụ')")
        for code, role in (("a", "coordinator!"), ("b", "focal")):
            file.execute(
                "INSERT INTO invite (code_hash, unit_id, role, expires_at)"
                " VALUES (?, 1, ?, '2026-07-01 00:00:00')",
                (code, role),
            )
    bring_up_to_date(path)
    with closing(sqlite3.connect(path)) as file:
        kept = file.execute(
            "SELECT code_hash, role, takes_over, holder_id FROM invite ORDER BY id"
        ).fetchall()
        broken = file.execute("PRAGMA foreign_key_check").fetchall()
    assert kept == [("a", "coordinator", 1, None), ("b", "focal", 0, None)]
    assert broken == []
