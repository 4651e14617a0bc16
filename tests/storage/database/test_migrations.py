"""A filled database of an earlier version keeps every row when it is brought up to date."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config

from storage.database.migrate import MIGRATIONS, bring_up_to_date

DAY, MOMENT = "2026-06-01", "2026-06-01 01:00:00"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "nhacviec.db"


def filled(path: Path, version: str, *rows: tuple[str, dict[str, object]]) -> None:
    """Make a file of an earlier version with these rows: (table, values)."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", f"sqlite:///{path}")
    command.upgrade(config, version)
    with closing(sqlite3.connect(path)) as file, file:
        for table, values in rows:
            places = ", ".join("?" for _ in values)
            file.execute(
                f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places})",  # noqa: S608
                tuple(values.values()),
            )


def query(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as file:
        return file.execute(sql).fetchall()


OFFICE: tuple[tuple[str, dict[str, object]], ...] = (
    ("unit", {"id": 1, "name": "Sở Nội vụ"}),
    ("person", {"id": 4, "name": "Trần Thị Hoa", "joined_at": MOMENT}),
    ("person", {"id": 5, "name": "Lê Văn Nam", "joined_at": MOMENT}),
    (
        "plan",
        {"id": 6, "title": "Kế hoạch", "state": "live", "fingerprint": "f", "imported_at": MOMENT},
    ),
    (
        "assignment",
        {"id": 2, "plan_id": 6, "unit_id": 1, "period": "2026-H1", "planned_on": DAY, "due_on": DAY},
    ),
    (
        "extension",
        {
            "id": 3,
            "assignment_id": 2,
            "asked_by": 4,
            "asked_at": MOMENT,
            "original_due": DAY,
            "wanted_on": DAY,
        },
    ),
    (
        "request",
        {
            "id": 7,
            "text": "số liệu",
            "coordinator_id": 1,
            "asked_by": 5,
            "asked_at": MOMENT,
            "due_at": MOMENT,
        },
    ),
)


def message(id_: int, kind: str, topic: str, **values: object) -> tuple[str, dict[str, object]]:
    return "nudge", {"id": id_, "person_id": 4, "day": DAY, "kind": kind, "topic": topic, **values}


def test_the_outbox_keeps_its_messages_and_knows_what_they_are_about(path: Path) -> None:
    filled(
        path,
        "0004",
        *OFFICE,
        message(11, "daily", "0", state="sent", message="m1", numbered="[2]", attempts=3, doubts=1),
        message(12, "request", "7"),
        message(13, "request", "7:2"),
        message(14, "notice", "wish:3", words="[]"),
        message(15, "notice", "lost:5"),
        message(16, "notice", "wish:99"),  # of an extension that is no longer there
    )
    bring_up_to_date(path)
    about = (
        "SELECT id, topic, request_id, hours_before, extension_id, lost_person_id FROM outgoing ORDER BY id"
    )
    assert query(path, about) == [
        (11, "0", None, None, None, None),
        (12, "7", 7, None, None, None),
        (13, "7:2", 7, 2, None, None),
        (14, "wish:3", None, None, 3, None),
        (15, "lost:5", None, None, None, 5),
        (16, "wish:99", None, None, None, None),
    ]
    whole = (
        "SELECT person_id, day, kind, state, message, numbered, attempts, doubts FROM outgoing WHERE id = 11"
    )
    assert query(path, whole) == [(4, DAY, "daily", "sent", "m1", "[2]", 3, 1)]
    assert query(path, "SELECT words FROM outgoing WHERE id = 14") == [("[]",)]
    assert query(path, "PRAGMA foreign_key_check") == []
    assert query(path, "SELECT name FROM sqlite_master WHERE name = 'nudge'") == []


def test_no_id_is_ever_given_twice_not_even_that_of_a_draft_discarded_before(path: Path) -> None:
    filled(
        path,
        "0004",
        *OFFICE,
        ("audit", {"id": 1, "at": MOMENT, "what": "discard", "about": "plan 9", "hash": "x"}),
        message(11, "daily", "0"),
    )
    before = query(path, "SELECT sql FROM sqlite_master WHERE type = 'index' AND name = 'ix_assignment_late'")
    bring_up_to_date(path)
    tables: dict[object, object] = dict(
        query(path, "SELECT name, sql FROM sqlite_master WHERE type = 'table'")
    )
    lasting = {name for name, sql in tables.items() if "AUTOINCREMENT" in str(sql)}
    assert {name for name in tables if not str(name).startswith("sqlite_")} - lasting == {
        "audit",
        "alembic_version",
    }
    with closing(sqlite3.connect(path)) as file, file:
        new_plan = "INSERT INTO plan (title, state, fingerprint, imported_at) VALUES ('x', 'draft', ?, '')"
        first = file.execute(new_plan, ("g",)).lastrowid
        file.execute("DELETE FROM plan WHERE id = ?", (first,))
        assert (first, file.execute(new_plan, ("h",)).lastrowid) == (10, 11)
    after = query(path, "SELECT sql FROM sqlite_master WHERE type = 'index' AND name = 'ix_assignment_late'")
    assert "next_nudge_on IS NOT NULL" in str(after)
    assert len(before) == len(after) == 1
    assert query(path, "PRAGMA foreign_key_check") == []
    assert query(path, "PRAGMA integrity_check") == [("ok",)]


def test_what_chats_were_shown_last_keeps_its_numbers(path: Path) -> None:
    june = {"plan_id": 6, "unit_id": 1, "period": "2026-06", "planned_on": DAY, "due_on": DAY}
    filled(
        path,
        "0020",
        *OFFICE[:-2],
        ("assignment", {"id": 8, **june}),
        ("assignment", {"id": 9, **june}),
        ("account", {"person_id": 4, "channel": "telegram", "chat": "c4"}),
        ("room", {"channel": "telegram", "chat": "g1", "unit_id": 1, "bound_by": 4, "since": MOMENT}),
        ("dialog", {"channel": "telegram", "chat": "c4", "numbered": "[9, 2, 77]"}),  # 77 is there no more
        ("dialog", {"channel": "telegram", "chat": "g1", "numbered": "[8]"}),
        ("dialog", {"channel": "telegram", "chat": "stranger", "numbered": "[8]"}),
        ("outgoing", {"id": 5, "person_id": 4, "day": DAY, "kind": "daily", "numbered": "[9, 2]"}),
    )
    bring_up_to_date(path)
    numbers = "SELECT person_id, unit_id, assignment_id, number, ended_on FROM item_number ORDER BY id"
    assert query(path, numbers) == [(4, None, 9, 1, None), (4, None, 2, 2, None), (None, 1, 8, 1, None)]
    assert query(path, "SELECT numbered, numbers FROM outgoing") == [("[9, 2]", None)]
    assert query(path, "PRAGMA foreign_key_check") == []


def test_an_extension_of_before_is_for_the_whole_assignment(path: Path) -> None:
    filled(path, "0021", *OFFICE[:-1])
    bring_up_to_date(path)
    assert query(path, "SELECT id, assignment_id, duty_id FROM extension") == [(3, 2, None)]
    assert query(path, "PRAGMA foreign_key_check") == []
