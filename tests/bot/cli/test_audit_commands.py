"""`nhacviec audit`: one line that tells whether it is whole, and the exit status that says the same."""

import ast
import asyncio
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.audit_wording import Names, word_line
from bot.cli.command_context import Failed
from bot.cli.main import app
from config.texts import load_texts
from storage.common.audit_anchors import anchor
from storage.common.audit_log import AuditLine
from storage.database.opening import open_database
from tests.cast import PLAN

Nhacviec = Callable[..., Result]
ROOT = Path(__file__).parents[3]


@pytest.fixture
def nhacviec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Nhacviec:
    """The command line on a database of its own into which a plan was imported on 4 May 2026."""
    monkeypatch.setenv("NHACVIEC_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/nhacviec.db")
    monkeypatch.setenv("NHACVIEC_LANGUAGE", "vi")
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")

    def run(*words: str, day: str = "2026-05-04") -> Result:
        return CliRunner().invoke(app, ["--as-of", f"{day}T09:00+07:00", *words])

    assert run("plan", "import", f"{tmp_path}/plan.txt").exit_code == 0
    return run


def test_a_whole_audit_is_told_in_one_line_with_its_count_and_last_hash(nhacviec: Nhacviec) -> None:
    told = nhacviec("audit", "verify")
    assert told.exit_code == 0
    count = len(json.loads(nhacviec("audit", "list", "--json").stdout))
    assert told.stdout.count("\n") == 1
    assert f"nguyên vẹn: {count} dòng" in told.stdout
    assert json.loads(nhacviec("audit", "verify", "--json").stdout)["last"] in told.stdout


def test_a_broken_one_names_the_first_line_and_ends_with_status_one(
    nhacviec: Nhacviec, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "nhacviec.db")) as file, file:
        file.execute("DROP TRIGGER audit_no_update")
        file.execute("UPDATE audit SET about = 'plan 9' WHERE id = 1")
    told = nhacviec("audit", "verify")
    assert told.exit_code == 1
    assert isinstance(told.exception, Failed)
    assert "dòng 1 " in str(told.exception)
    data = nhacviec("audit", "verify", "--json")
    assert (data.exit_code, json.loads(data.stdout)["broken"]) == (1, 1)


def test_the_head_that_a_digest_told_is_compared(nhacviec: Nhacviec) -> None:
    last = json.loads(nhacviec("audit", "verify", "--json").stdout)
    count, code = last["count"], last["last"][:16]
    assert nhacviec("audit", "verify", "--head", f"{count}:{code}").exit_code == 0
    for told in (f"{count}:{code[::-1]}", f"{count + 5}:{code}"):
        result = nhacviec("audit", "verify", "--head", told)
        assert result.exit_code == 1
        assert f"({told})" in str(result.exception)
    assert nhacviec("audit", "verify", "--head", "many").exit_code == 2


def test_the_anchors_of_a_backup_are_compared_too(nhacviec: Nhacviec, tmp_path: Path) -> None:
    database, anchors = tmp_path / "nhacviec.db", tmp_path / "nhacviec.db.audit-anchors"

    async def sign() -> None:
        opened = await open_database(database)
        async with opened.writing() as conn:
            await anchor(conn, database, date(2026, 5, 4))
        await opened.close()

    asyncio.run(sign())
    assert nhacviec("backup", f"{tmp_path}/copy").exit_code == 0
    copied = tmp_path / "copy" / anchors.name
    assert "khớp 1 mốc" in nhacviec("audit", "verify", "--anchors", str(copied)).stdout
    with closing(sqlite3.connect(database)) as file, file:
        file.execute("DROP TRIGGER audit_no_delete")
        file.execute("DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)")
        file.execute("DELETE FROM fact")
    anchors.unlink()
    assert nhacviec("audit", "verify").exit_code == 0
    assert nhacviec("audit", "verify", "--anchors", str(copied)).exit_code == 1


def test_the_lines_are_printed_from_a_day_on(nhacviec: Nhacviec) -> None:
    nhacviec("plan", "window", "1", "calendar", day="2026-05-05")
    assert "\tchương trình hoặc dòng lệnh\tđổi kỳ số liệu\t33/KH-UBND" in nhacviec("audit", "list").stdout
    late = json.loads(nhacviec("audit", "list", "--json", "--since", "2026-05-05").stdout)
    assert [line["what"] for line in late] == ["window"]
    assert late[0]["at"].startswith("2026-05-05T02:00:0")
    assert json.loads(nhacviec("audit", "list", "--json", "--since", "2026-05-06").stdout) == []


def test_what_the_command_line_changes_stands_in_the_audit(nhacviec: Nhacviec, tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text(
        "name,abbreviation,spellings,tags,standing\nBan Chè Hà Khê,,,,local\n", encoding="utf-8"
    )
    for words in (
        ("unit", "import", f"{tmp_path}/units.csv", "--yes"),
        ("invite", "--unit", "Ban Chè Hà Khê", "--role", "leader"),
        ("plan", "confirm", "1", "on"),
        ("plan", "confirm", "1", "on"),
        ("plan", "confirm", "1"),
    ):
        assert nhacviec(*words).exit_code == 0, words
    lines = json.loads(nhacviec("audit", "list", "--json").stdout)
    told = [(line["what"], line["was"], line["became"], line["person_id"]) for line in lines]
    assert told == [
        ("import", None, None, None),
        ("live", "draft", "live", None),
        ("units", None, None, None),
        ("invite", None, "leader", None),
        ("confirms", "off", "on", None),
    ]


def test_whether_a_plan_confirms_is_shown_and_set(nhacviec: Nhacviec) -> None:
    assert json.loads(nhacviec("plan", "confirm", "1", "--json").stdout) == {"plan": 1, "confirms": False}
    assert "sẽ chờ anh/chị xác nhận" in nhacviec("plan", "confirm", "1", "on").stdout
    assert json.loads(nhacviec("plan", "confirm", "1", "--json").stdout)["confirms"] is True
    assert "là hoàn thành" in nhacviec("plan", "confirm", "1", "off").stdout
    assert "Không có kế hoạch số 9" in str(nhacviec("plan", "confirm", "9", "on").exception)


def _told_of() -> set[str]:
    """What the program writes into the audit, wherever that stands as a word of its own."""
    found: set[str] = set()
    for folder in ("services", "handlers", "bot", "storage"):
        for path in (ROOT / folder).rglob("*.py"):
            for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("audit_log.note"):
                    words = (node.value for node in ast.walk(call.args[2]) if isinstance(node, ast.Constant))
                    found.update(word for word in words if isinstance(word, str))
    return found


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_line_has_its_words(language: str) -> None:
    texts = load_texts(language)
    told = _told_of()
    assert len(told) > 40
    assert {what for what in told if not texts.has(f"audit.{what.replace(' ', '_')}")} == set()


def test_a_line_is_worded_with_names_states_and_dates() -> None:
    texts, at = load_texts("vi"), datetime(2026, 6, 1, tzinfo=UTC)
    names = Names({4: "Trần Minh Quân"}, {7: "Sở Y tế", 8: "Sở Ngoại vụ"}, {1: "33/KH-UBND"})
    moved = AuditLine(1, at, 4, "reassign", "question 3", "unit 8", "unit 7")
    assert word_line(texts, names, moved) == (
        "Trần Minh Quân", "giao đơn vị khác", "câu hỏi #3: Sở Ngoại vụ → Sở Y tế",
    )  # fmt: skip
    wish = AuditLine(2, at, 9, "wish", "assignment 5", "2026-06-15", "2026-06-22")
    assert word_line(texts, names, wish) == ("#9", "xin gia hạn", "việc #5: 15/6/2026 → 22/6/2026")
    said = AuditLine(3, at, None, "progress", "assignment 5", "not_started", "done")
    assert word_line(texts, names, said)[2] == "việc #5: chưa cập nhật → hoàn thành"
    assert word_line(texts, names, AuditLine(4, at, None, "new deed", "plan 1"))[1:] == (
        "new deed",
        "33/KH-UBND",
    )
