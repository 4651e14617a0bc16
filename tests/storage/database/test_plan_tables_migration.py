"""Migration 0005 on a filled database: who reports by a rule, and what was corrected in a draft, stay."""

import asyncio
import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from domain.plans.carried_corrections import Made, Subject
from storage.database.migrate import MIGRATIONS
from storage.database.opening import open_database
from storage.plans import correction_store, plan_store
from storage.plans.clause_store import clauses

_MADE = {
    "subject": {
        "kind": "report",
        "heading": "Các sở",
        "text": "Báo cáo kết quả",
        "nth": 0,
        "units": ["Sở Nội vụ", "Sở Y tế"],
        "due": ["2026-06-15"],
    },
    "verb": "when",
    "words": "20/6",
}


def config_of(path: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", f"sqlite:///{path}")
    return config


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A file of version 0004 with a live plan, a draft, two reporters, an open group and a correction."""
    path = tmp_path / "nhacviec.db"
    command.upgrade(config_of(path), "0004")
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("INSERT INTO unit (id, name) VALUES (1, 'Sở Nội vụ'), (2, 'Sở Y tế')")
        file.execute(
            "INSERT INTO plan (id, title, state, fingerprint, imported_at) VALUES"
            " (1, 'Kế hoạch', 'live', 'f', '2026-01-05 01:00:00'),"
            " (2, 'Nháp', 'draft', 'g', '2026-01-05 01:00:00')"
        )
        for rule_id, plan_id in ((17, 1), (18, 2)):
            file.execute(
                "INSERT INTO reporting_rule (id, plan_id, section, who, recurrence, quote, due)"
                " VALUES (?, ?, 'III', 'Các sở', 'once', 'Báo cáo kết quả', '2026-06-15')",
                (rule_id, plan_id),
            )
        file.executemany(
            "INSERT INTO group_member (plan_id, expression, unit_id) VALUES (?, ?, ?)",
            [
                (1, "rule:17", 2),
                (1, "rule:17", 1),
                (1, "các sở", 1),
                (1, "các đơn vị …", None),
                (2, "rule:18", None),
                (2, "các sở", 2),
            ],
        )
        file.executemany(
            "INSERT INTO fact (name, value) VALUES (?, ?)",
            [("corrections:2", json.dumps([_MADE])), ("corrections:1", json.dumps([_MADE])), ("other", "x")],
        )
    return path


def table(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as file:
        return file.execute(query).fetchall()


async def test_reporters_groups_and_corrections_are_where_they_belong(filled: Path) -> None:
    database = await open_database(filled)
    async with database.reading() as conn:
        (rule,) = await clauses(conn, 1)
        assert [unit for unit, _ in rule.parts] == ["Sở Y tế", "Sở Nội vụ"]
        assert await plan_store.left_open(conn, 1) == ("các đơn vị …",)
        assert await plan_store.left_open(conn, 2) == ()
        subject = Subject(
            "report", "Các sở", "Báo cáo kết quả", 0, ("Sở Nội vụ", "Sở Y tế"), (date(2026, 6, 15),)
        )
        assert await correction_store.of_plan(conn, 2) == (Made(subject, "when", "20/6"),)
        assert await correction_store.of_plan(conn, 1) == ()
    await database.close()
    assert table(filled, "SELECT name FROM fact WHERE name LIKE 'corrections%' OR name = 'other'") == [
        ("other",)
    ]


async def test_back_and_forth_loses_nothing(filled: Path) -> None:
    groups = "SELECT plan_id, expression, unit_id FROM group_member WHERE unit_id > 0 ORDER BY 1, 2, 3"
    before = table(filled, groups)
    await asyncio.to_thread(command.upgrade, config_of(filled), "0005")
    await asyncio.to_thread(command.downgrade, config_of(filled), "0004")
    assert table(filled, groups) == before
    ((value,),) = table(filled, "SELECT value FROM fact WHERE name = 'corrections:2'")
    assert json.loads(str(value)) == [_MADE]
